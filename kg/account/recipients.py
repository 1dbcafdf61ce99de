"""How many get a sum each: 分别给予, 每户, 每人, with the heads told beside it; for how long where it is by the month.

为 [200名] 职工 每人发放 [500元]            500元, 200 times: the count before, per head
最高 奖励 [5000元]                         each of nobody knows how many
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal

from kg import ontology
from kg.account.ledger import Ledger, Sum
from kg.account.wholes import Witnesses
from kg.model import Candidate
from kg.reckon.claims import dealt, part
from kg.reckon.extents import digits
from kg.reckon.figures import PEOPLE, Figure
from kg.reckon.products import factors
from kg.relate.choice import PLAIN, Proposal, candidates

EACH = "each"
_GROUPS = ontology.subclasses("Group")
_REACH = 3  # counts on either side
_LIMITS = re.compile("最高|至多|最多|不超过|上限|封顶|平均|人均|户均|标准|档|可|起")
_GIFT = re.compile("奖励|补贴|补助|资助|救助|慰问|红包|津贴|一次性|领|给予|发|送|捐|赔")
_DISTRIBUTED = re.compile("各|分别|均|每|逐|人手")
_ONCE = re.compile("一次性")
_WHOEVER = re.compile(
    "的(?:,|一次性|分别|每|再|另|给予|奖励|奖|补助|补贴|资助|按|最高)|凡|对(?:新|获|首次|符合)|新(?:认定|建成?|命名|增|入)|符合"
)
_IN_ALL = re.compile("(?:合计|共计|总计|总共|一共|总额|总价值|总金额)[为达是约近超过逾至]{0,3}$")
_VARIED = re.compile("不等")
_TOGETHER = re.compile("共|合计|总|累计|全部|一共")


def recipients(ledger: Ledger, told: Sum, proven: Witnesses) -> tuple[Candidate, ...]:
    """How many times a sum may be paid, and the counts that say so, with what speaks for each."""
    if not told.figure.per and _IN_ALL.search(told.figure.before):
        return candidates("times", ())  # 每人发放700元,共计7万元
    said = list(_said(ledger, told))
    beside = proven.beside(told.figure.iri)
    proposals = []
    if not told.figure.per:
        proposals.append(Proposal((EACH,), "each of nobody knows how many", ((PLAIN, [EACH]), ((EACH,), said))))
    seen: set[object] = set()
    for heads, counts, how in _found(ledger, told):
        if (heads, counts) in seen or heads <= 1 or any(_others(ledger, told, count) for count in counts):
            continue
        seen.add((heads, counts))
        names = [how, *(f"{how}: {n}" for n in said), *_counted(ledger, told, counts)]
        if beside and all(c.iri in beside for c in counts):
            names.append("the product is told")
        mentions = (ledger.mentions[f.iri] for f in counts)
        proposals.append(Proposal((str(heads), *mentions), how, ((PLAIN, ["times", *names]),)))
    found = candidates("times", proposals)
    varied = _VARIED.match(told.figure.after) and not _WHOEVER.search(told.figure.before)
    counted = tuple(c for c in found if c.filler[:1] not in ((), (EACH,)))
    return counted if varied and counted else found  # 2000元至4000元|不等 is what each of them gets


def _found(ledger: Ledger, told: Sum) -> Iterator[tuple[Decimal, tuple[Figure, ...], str]]:
    """Numbers of recipients, with the figures that give them, and how they are found."""
    figure = told.figure
    if figure.per:
        for row in factors(ledger.story, figure):
            yield _product(row), row, "by the head"
    term = part(figure, ledger.story.around(figure.start))
    if term and term.heads > 1:
        yield Decimal(term.heads), tuple(f for f in term.figures if f is not figure), "dealt"
    for count in _near(ledger, figure):
        yield _product((count,)), (count,), "beside a rate" if figure.per else "beside"


def _near(ledger: Ledger, figure: Figure) -> list[Figure]:
    """The counts around a sum, in its sentence and the ones beside it."""
    at = bisect_left(ledger.counts, figure.start, key=lambda count: count.start)
    before, after = ledger.counts[max(0, at - _REACH) : at], ledger.counts[at : at + _REACH]
    return [f for f in (*reversed(before), *after) if abs(f.clause.sentence - figure.clause.sentence) <= 1]


def _product(counts: tuple[Figure, ...]) -> Decimal:
    found = Decimal(1)
    for count in counts:
        found *= count.value if count.value is not None else count.allows.low
    return found


def _said(ledger: Ledger, told: Sum) -> Iterator[str]:
    """What is told of the sum."""
    figure = told.figure
    yield f"per {figure.per or 'nothing'}"
    yield f"bound {figure.bound}"
    yield f"status {told.measure.status}"
    yield f"size {len(str(int(figure.value or figure.allows.low)))}"
    yield "written in 万" if "万" in figure.label or "亿" in figure.label else "written out"
    yield "for a group" if any(e.type.endswith("Group") for e in told.measure.beneficiaries) else "for no group"
    yield f"digits {min(4, digits(figure.value or figure.allows.low))}"
    here = [f for f in _near(ledger, figure) if f.clause.sentence == figure.clause.sentence]
    yield f"counts before {min(2, sum(f.start < figure.start for f in here))}"
    tests = {
        "limit": _LIMITS,
        "gift": _GIFT,
        "distributed": _DISTRIBUTED,
        "together": _TOGETHER,
        "once": _ONCE,
        "whoever": _WHOEVER,
    }
    last = ledger.sums[told.number - 1] if told.number else None
    for name, pattern in tests.items():
        if pattern.search(figure.before):
            yield f"says {name}"
        if pattern.search(figure.clause.text):
            yield f"tells {name}"
        if last and last.sentence == told.sentence and pattern.search(last.figure.clause.text):
            yield f"the sum before tells {name}"
    if dealt(figure):
        yield "is dealt"
    beside = [s for s in ledger.near(told, 2) if s.sentence == told.sentence]
    if any(s.figure.per for s in beside):
        yield "rates beside"
    if beside:
        yield "sums beside"
    if any(s.figure.allows.low >= 20 * figure.allows.low for s in beside):
        yield "a far larger sum beside"


def _counted(ledger: Ledger, told: Sum, counts: tuple[Figure, ...]) -> Iterator[str]:
    """What is told of the counts, as seen from the sum."""
    figure = told.figure
    for count in counts:
        side = "behind" if count.start > figure.start else "before"
        apart = abs(figure.clause.number - count.clause.number)
        yield f"{count.kind} {side}, clauses {min(3, apart)}"
        yield f"{side} in {'the same' if count.clause.sentence == figure.clause.sentence else 'another'} sentence"
        between = ledger.story.around(*sorted((count.start, figure.start)))
        between = tuple(f for f in between if min(count.start, figure.start) < f.start < max(count.start, figure.start))
        yield f"{side}, sums between {min(2, sum(f.kind == 'Money' for f in between))}"
        yield f"{side}, counts between {min(2, sum(f.kind == 'Count' and not f.per for f in between))}"
        yield f"counts {'people' if count.measured == '人' else count.measured}"
        yield f"count {count.bound}"
        yield "as the rate says" if _is_of(count, figure.per) else "not as the rate says"
        if "其中" in count.before:
            yield "of some only"
        if _TOGETHER.search(count.before):
            yield "counts all"
        if _DISTRIBUTED.search(count.after) or (side == "before" and dealt(figure)):
            yield f"distributed to them, {side}"
        if count.clause is figure.clause and _DISTRIBUTED.search(figure.before):
            yield f"distributed in the clause, {side}"
        if re.search("获|领|享|受益|惠及", count.clause.text):
            yield "they receive"


def _others(ledger: Ledger, told: Sum, count: Figure) -> bool:
    """Does a count count others than get the sum: 1.3万名群众住进安置点, 遇难者家属|每位发给2万元?

    Those who get it may be called by the end of a longer name: 群众, 受灾群众.
    """
    get = [e.name for e in told.measure.beneficiaries if e.type in _GROUPS]
    counted = [e.name for e in ledger.things[count.iri] if e.type in _GROUPS]
    return bool(get and counted) and not any(a.endswith(b) or b.endswith(a) for a in counted for b in get)


def _is_of(count: Figure, per: str) -> bool:
    """Does a count count what a rate is per?"""
    if not per:
        return False
    if per[0] in PEOPLE or per[0] in "生员":
        return count.measured == "人"
    return count.unit == per or per in count.after[:6]
