"""Which sums of several documents are one, and which are parts of one that another document tells.

杭州市总工会 向 21家企业 下拨 [530万元] 试点补助        one: the same payer, 530万元, 21家 and 试点补助 beside both
杭州市总工会 拨出 试点补助 [530万元], 惠及 21家企业
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from kg.reckon.extents import digits
from kg.tally.sums import Sum

ENOUGH = 3  # what must speak for it that two sums are one
_WIDE = Decimal("1.2")  # 近120万元 and 119.7万元: values further apart than this are never one
_MOSTLY = 0.6
_MOST = 64  # groups of one payer and value that are looked at: more are hardly told apart by what is said
_YEAR = re.compile("今年|本年|20\\d\\d年")
_IN_ALL = re.compile("累计|共|合计|总")


@dataclass(frozen=True, slots=True)
class Tie:
    """A sum that tells another one again, or lies in it, and what speaks for that."""

    sum: Sum
    other: Sum
    reason: str


def repeats(sums: Iterable[Sum], names: Mapping[str, str]) -> Iterator[Tie]:
    """The sums that tell again what another document tells; of all that are one, the one told best is what they repeat.

    `names` are those of the payers, which tell nothing where they stand beside both.
    """
    import networkx as nx  # a sixth of a second, which a build without news need not wait for

    same: nx.Graph[str] = nx.Graph()
    known: dict[str, Sum] = {}
    for row in _blocks(sums):
        groups: list[list[Sum]] = []
        for told in row:
            known[told.iri] = told
            for group in groups[-_MOST:]:
                reasons = [_same(told, other, names) for other in group]
                if all(reasons):
                    same.add_edge(told.iri, group[0].iri, reason=reasons[0])
                    group.append(told)
                    break
            else:
                groups.append([told])
    for one in nx.connected_components(same):
        best = min((known[iri] for iri in one), key=_rank)
        for iri in sorted(one - {best.iri}):
            yield Tie(known[iri], best, next(same.edges[edge]["reason"] for edge in sorted(same.edges(iri))))


def _blocks(sums: Iterable[Sum]) -> Iterator[list[Sum]]:
    """Sums of one payer whose values may be one, in an order of their own; of joint payers in a block of each."""
    by_payer: dict[tuple[str, str], list[Sum]] = defaultdict(list)
    for told in sums:
        if told.plain and not told.rate and not told.replaced and not told.same:
            for payer in told.payers:
                by_payer[payer, told.unit].append(told)
    for key in sorted(by_payer):
        row: list[Sum] = []
        for told in sorted(by_payer[key], key=lambda s: (s.high, s.iri)):
            if row and told.high > row[-1].high * _WIDE:
                yield row
                row = []
            row.append(told)
        if row:
            yield row


def _rank(told: Sum) -> tuple[object, ...]:
    """The sum that counts: done rather than planned, exact rather than rounded, of the most digits."""
    exact = told.bound == "exact"
    return (told.status == "Planned", not exact, -digits(told.high) if told.high else 0, -len(told.payers), told.iri)


def _same(one: Sum, other: Sum, names: Mapping[str, str]) -> str:
    """What speaks for it that two sums are one; nothing if that is not enough."""
    if one.article == other.article or one.flow != other.flow or not _value(one, other) or not _when(one, other):
        return ""
    reasons: dict[str, int] = {}
    sharper = max(digits(s.high) for s in (one, other) if s.high) if one.high or other.high else 0
    if sharper > 1:
        reasons[f"{sharper} digits alike"] = min(2, sharper - 1)
    shared = one.counts & other.counts
    if shared:
        told = "、".join(sorted(f"{number:f}{unit}" for number, unit in shared))
        reasons[f"both beside {told}"] = 2
    elif {unit for _, unit in one.counts} & {unit for _, unit in other.counts}:
        reasons["other counts beside them"] = -2
    if thing := _alike(one.things, other.things) or _told_of(one, other) or _told_of(other, one):
        reasons[f"both for {thing}"] = 2
    if one.programmes and other.programmes:
        programme = _alike(one.programmes, other.programmes)
        reasons[f"both under {programme}" if programme else "other programmes"] = 1 if programme else -3
    if words := _shared_words(one, other, names):
        reasons[f"both say {'、'.join(words[:3])}"] = 1 if len(words) < 6 else 2
    if one.time.months and one.time.months == other.time.months:
        reasons["in the same month"] = 1
    return "; ".join(r for r, n in reasons.items() if n > 0) if sum(reasons.values()) >= ENOUGH else ""


def _value(one: Sum, other: Sum) -> bool:
    return (one.low, one.high) == (other.low, other.high) or (
        one.allows.agrees(other.allows) or (one.allows.meets(other.allows) and "about" in (one.bound, other.bound))
    )


def _when(one: Sum, other: Sum) -> bool:
    """May both be of one time? What is planned is done at another."""
    if (one.status == "Planned") != (other.status == "Planned"):
        return one.time.same_year(other.time)
    return one.time.may_be(other.time)


def _alike(names: Iterable[str], others: Iterable[str]) -> str:
    """A name that stands in one of the others, or the other way round."""
    return next((a for a in sorted(names) for b in sorted(others) if a in b or b in a), "")


def _told_of(one: Sum, other: Sum) -> str:
    """A thing of the one that the words around the other tell, too, in their own way."""
    pairs = _pairs(other.words)
    return next((t for t in sorted(one.things) if (own := _pairs(t)) and len(own & pairs) >= _MOSTLY * len(own)), "")


def _shared_words(one: Sum, other: Sum, names: Mapping[str, str]) -> list[str]:
    """Pairs of characters that both clauses have, but for those of the payer's name."""
    payer = "".join(names.get(p, "") for p in sorted(one.payers | other.payers))
    pairs = _pairs(one.words) & _pairs(other.words) - _pairs(payer)
    found = sorted(pairs)
    return found if len(found) >= 3 else []


@lru_cache(maxsize=4096)  # the sums of a block are compared with each other
def _pairs(text: str) -> frozenset[str]:
    return frozenset(a + b for a, b in pairwise(text) if "一" <= a <= "鿿" and "一" <= b <= "鿿")


def parts(sums: Sequence[Sum]) -> Iterator[Tie]:
    """Sums of a month that lie within what another document tells of the year so far: the same payer, the same thing."""
    by_payer: dict[tuple[str, str, str], list[Sum]] = defaultdict(list)
    for told in sums:
        if told.plain and not told.rate and not told.replaced and not told.same and told.flow == "Outlay":
            for payer in told.payers:
                for thing in told.things:
                    by_payer[payer, told.unit, thing].append(told)
    for row in by_payer.values():
        totals = [s for s in row if s.time.so_far and _YEAR.search(s.time.words) and _IN_ALL.search(s.words)]
        for whole in sorted(totals, key=lambda s: (s.high, s.iri))[:_MOST]:
            for part in row:
                if part.article != whole.article and not part.time.so_far and _in_year(part, whole):
                    yield Tie(part, whole, f"{part.time.words} lies within {whole.time.words}, for the same")


def _in_year(part: Sum, whole: Sum) -> bool:
    """Is the part of a month that the whole's time holds?"""
    if part.high >= whole.high or part.whole or not part.time.months:
        return False
    both = part.time.years and whole.time.years
    year = part.time.may_be(whole.time) if both else _this_year(part) and _this_year(whole)
    return bool(year) and part.time.may_be(whole.time)


def _this_year(told: Sum) -> bool:
    return told.time.words.startswith(("今年", "本年"))
