"""The derived graph: which sums are one, which lie in which, and which count in whose total, each with its reason."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.describe import decimal
from kg.ontology import BASE, term
from kg.rdf import RDF_TYPE, Statement, literal, ref
from kg.tally.blocks import blocks
from kg.tally.corrections import corrected
from kg.tally.people import candidates
from kg.tally.same import parts, repeats
from kg.tally.sums import Sum, Told

DERIVED = f"{BASE}derived"
_DEEP = 8  # wholes in wholes


def derive(documents: Iterable[Told]) -> set[Statement]:
    """What follows from all documents: a function of the set of them."""
    return {found for block in blocks(documents) for found in derived(block)}


def derived(block: Told) -> set[Statement]:
    """What follows from a block, which has nothing to do with any other."""
    sums, names = block.sums, block.names
    tally = _Tally(sums)
    found: set[Statement] = set()
    for wrong, right in corrected(sums):
        tally.replaced[wrong.iri] = right.iri
        found |= _stated(wrong.iri, "replacedBy", right.iri, "a correction names it as wrong", wrong, right)
    live = [s for s in sums if s.iri not in tally.replaced]
    for again in repeats(live, names):
        tally.repeated[again.sum.iri] = again.other.iri
        found |= _stated(again.sum.iri, "sameSum", again.other.iri, again.reason, again.sum, again.other)
    for within in parts(live):
        part, whole = tally.best(within.sum), tally.best(within.other)
        if tally.contain(part, whole):
            found |= _stated(part.iri, "includedIn", whole.iri, within.reason, part, whole)
    for part, whole, by in tally.lifted():
        found |= _stated(part.iri, "includedIn", whole.iri, f"so {by.label} is told elsewhere", part, whole)
    found |= set(tally.counted())
    for one, other, reason, passages in candidates(block.posts):
        found |= _statement(one, "sameAs", other, reason, passages)
    return found


def about(state: str) -> set[Statement]:
    """What the derived graph says of itself: of which set of documents it is (`Store.state`)."""
    return {
        Statement(ref(DERIVED), RDF_TYPE, ref("http://www.w3.org/ns/prov#Bundle")),
        _said(DERIVED, "dcterms:identifier", literal(state)),
    }


class _Tally:
    """The sums of all documents, as far as it is known which are one and which lie in which."""

    def __init__(self, sums: Sequence[Sum]) -> None:
        self.sums = {told.iri: told for told in sums}
        self.replaced = {told.iri: told.replaced for told in sums if told.replaced}
        self.repeated = {told.iri: told.same for told in sums if told.same}
        self.wholes: dict[str, set[str]] = {told.iri: {told.whole} for told in sums if told.whole}

    def best(self, told: Sum) -> Sum:
        """The sum that counts, of all that tell the same."""
        for _ in range(_DEEP):
            following = self.sums.get(self.repeated.get(told.iri, ""))
            if following is None:
                break
            told = following
        return told

    def contain(self, part: Sum, whole: Sum) -> bool:
        """Put one sum into another; False where it is there, or the other way round."""
        if part is whole or part.iri in self._above(whole.iri) or whole.iri in self.wholes.get(part.iri, ()):
            return False
        self.wholes.setdefault(part.iri, set()).add(whole.iri)
        return True

    def lifted(self) -> Iterator[tuple[Sum, Sum, Sum]]:
        """What the sums that count lie in, since a sum that they repeat does: part, whole, and the sum that says so."""
        for iri, above in sorted((i, sorted(a)) for i, a in self.wholes.items()):
            told = self.sums[iri]
            for other in above:
                if other in self.sums:
                    part, whole = self.best(told), self.best(self.sums[other])
                    if (part is not told or whole.iri != other) and self.contain(part, whole):
                        yield part, whole, told

    def _above(self, iri: str) -> set[str]:
        found: set[str] = set()
        level = {iri}
        for _ in range(_DEEP):
            level = {w for i in level for w in self.wholes.get(i, ())} - found
            found |= level
        return found

    def counted(self) -> Iterator[Statement]:
        """What each sum comes to and in whose total it is, or why it is in none."""
        payers = self._payers()
        for iri, told in sorted(self.sums.items()):
            reason = self._omitted(told)
            if reason is None:
                yield _said(iri, "atLeast", decimal(told.low))
                yield _said(iri, "asStated", decimal(told.high))
                above = [w for w in self._above(iri) if w in self.sums and not self._omitted(self.sums[w])]
                held = {payer for whole in above for payer in payers[whole]}
                for payer in sorted(payers[iri] - held):
                    yield _said(iri, "countsFor", ref(payer))
                reason = None if payers[iri] - held else "PartOfAnother"
            if reason:
                yield _said(iri, "leftOut", ref(term(reason)))

    def _payers(self) -> Mapping[str, set[str]]:
        """Who pays a sum, by all that tell it."""
        found = {iri: set(told.payers) for iri, told in self.sums.items()}
        for iri in self.repeated:
            found[self.best(self.sums[iri]).iri] |= self.sums[iri].payers
        return found

    def _omitted(self, told: Sum) -> str | None:
        """Why a sum is in no total, whatever it is part of."""
        if told.flow != "Outlay":
            return "NotPaidOut"
        if told.unit != "CNY":
            return "OtherCurrency"
        if not told.plain:
            return "NotPlainlyTold"
        if told.iri in self.replaced:
            return "Superseded"
        if told.rate:
            return "RateAlone"
        if told.iri in self.repeated:
            return "ToldAgain"
        return None if told.payers else "NobodyPays"


def _said(subject: str, name: str, value: str) -> Statement:
    return Statement(ref(subject), ref(term(name)), value)


def _stated(subject: str, name: str, value: str, reason: str, *told: Sum) -> set[Statement]:
    return _statement(subject, name, value, reason, [s.passage for s in told])


def _statement(subject: str, name: str, value: str, reason: str, passages: list[str]) -> set[Statement]:
    """A link of the derived graph, with its statement node, its reason and its passages."""
    key = hashlib.sha256(f"{name} {subject} {value}".encode()).hexdigest()[:32]
    node = f"{BASE}statement/derived/{key}"
    return {
        _said(subject, name, ref(value)),
        Statement(ref(node), RDF_TYPE, ref(term("rdf:Statement"))),
        _said(node, "rdf:subject", ref(subject)),
        _said(node, "rdf:predicate", ref(term(name))),
        _said(node, "rdf:object", ref(value)),
        _said(node, "reason", literal(reason)),
        *(_said(node, "evidence", ref(passage)) for passage in passages if passage),
    }
