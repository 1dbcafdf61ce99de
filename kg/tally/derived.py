"""The derived graph: which sums are one, which lie in which, and which count in whose total, each with its reason."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from kg.describe import decimal
from kg.ontology import BASE, term
from kg.store import Store
from kg.tally.corrections import corrected
from kg.tally.people import candidates
from kg.tally.same import parts, repeats
from kg.tally.sums import Graph, Sum, load

DERIVED = f"{BASE}derived"
_RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_DEEP = 8  # wholes in wholes


def settle(store: Store) -> None:
    """Work out what follows from all documents of a store together, in place of what followed before.

    The derived graph is marked with the set of documents that it was worked out from: of the same set it is not made again.
    """
    mark = _triple(DERIVED, "dcterms:identifier", Literal(store.state(DERIVED)))
    if mark not in set(store.graph(DERIVED)):
        kind = Triple(NamedNode(DERIVED), _RDF_TYPE, NamedNode("http://www.w3.org/ns/prov#Bundle"))
        store.put(DERIVED, derive(store) | {mark, kind} if store.documents() else ())
        store.flush()


def derive(store: Store) -> set[Triple]:
    """What follows from all documents of a store: a function of the set of them."""
    graph = Graph(store, DERIVED)
    sums, names = load(graph)
    tally = _Tally(sums)
    found: set[Triple] = set()
    for wrong, right in corrected(sums):
        tally.replaced[wrong.iri] = right.iri
        found |= _stated(wrong.iri, "replacedBy", right.iri, "a correction names it as wrong", wrong, right)
    live = [s for s in sums if s.iri not in tally.replaced]
    for told in repeats(live, names):
        tally.repeated[told.sum.iri] = told.other.iri
        found |= _stated(told.sum.iri, "sameSum", told.other.iri, told.reason, told.sum, told.other)
    for within in parts(live):
        part, whole = tally.best(within.sum), tally.best(within.other)
        if tally.contain(part, whole):
            found |= _stated(part.iri, "includedIn", whole.iri, within.reason, part, whole)
    for part, whole, by in tally.lifted():
        found |= _stated(part.iri, "includedIn", whole.iri, f"so {by.label} is told elsewhere", part, whole)
    found |= set(tally.counted())
    for one, other, reason, passages in candidates(graph):
        found |= _statement(one, "sameAs", other, reason, passages)
    return found


class _Tally:
    """The sums of all documents, as far as it is known which are one and which lie in which."""

    def __init__(self, sums: list[Sum]) -> None:
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

    def counted(self) -> Iterator[Triple]:
        """What each sum comes to and in whose total it is, or why it is in none."""
        payers = self._payers()
        for iri, told in sorted(self.sums.items()):
            reason = self._omitted(told)
            if reason is None:
                yield _triple(iri, "atLeast", decimal(told.low))
                yield _triple(iri, "asStated", decimal(told.high))
                above = [w for w in self._above(iri) if w in self.sums and not self._omitted(self.sums[w])]
                held = {payer for whole in above for payer in payers[whole]}
                for payer in sorted(payers[iri] - held):
                    yield _triple(iri, "countsFor", NamedNode(payer))
                reason = None if payers[iri] - held else "PartOfAnother"
            if reason:
                yield _triple(iri, "leftOut", NamedNode(term(reason)))

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


def _triple(subject: str, name: str, value: NamedNode | Literal) -> Triple:
    return Triple(NamedNode(subject), NamedNode(term(name)), value)


def _stated(subject: str, name: str, value: str, reason: str, *told: Sum) -> set[Triple]:
    return _statement(subject, name, value, reason, [s.passage for s in told])


def _statement(subject: str, name: str, value: str, reason: str, passages: list[str]) -> set[Triple]:
    """A link of the derived graph, with its statement node, its reason and its passages."""
    key = hashlib.sha256(f"{name} {subject} {value}".encode()).hexdigest()[:32]
    node = f"{BASE}statement/derived/{key}"
    return {
        _triple(subject, name, NamedNode(value)),
        Triple(NamedNode(node), _RDF_TYPE, NamedNode(term("rdf:Statement"))),
        _triple(node, "rdf:subject", NamedNode(subject)),
        _triple(node, "rdf:predicate", NamedNode(term(name))),
        _triple(node, "rdf:object", NamedNode(value)),
        _triple(node, "reason", Literal(reason)),
        *(_triple(node, "evidence", NamedNode(passage)) for passage in passages if passage),
    }
