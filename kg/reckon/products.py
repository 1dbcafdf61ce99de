"""So many recipients at so much each: 为200名职工每人发放500元，共10万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from kg.reckon.claims import Claim, Part, adds_up
from kg.reckon.extents import Extent, exactly, total
from kg.reckon.figures import PEOPLE, Figure, Story

_PER = re.compile("工作日|学期|个月|季度|人次|学年|.")
_TIMES = {"年": ("年",), "月": ("个月", "月"), "天": ("天", "日"), "日": ("天", "日"), "周": ("周",)}
_MONTHS = 12
_CUE = re.compile(r"^[^,]{0,4}(?:合计|共计|总计|总共|一共|共|计)[^,、]{0,6}$")
_LOOSE = re.compile("平均|人均|户均|左右|最高|最低|标准")
_OTHER = re.compile("其中|另|累计|此外|还|全[年市省县区国]|今年|截至|[比较]")
_ABOUT = Extent(Decimal("0.9"), Decimal("1.1"))
_NEAR = 3  # clauses
_FAR = 400  # characters


def products(story: Story) -> Iterator[Claim]:
    """What rates, recipients and totals say of each other."""
    terms = [t for f in story.figures if _is_rate(f) for t in _terms(story, f)]
    rows = [[t] for t in terms]
    rows += [run for run in _rows(terms) if len(run) > 1]
    for row in rows:
        yield from _confirmed(story, row)
    for row in [*_rows(terms), *([t] for t in terms if len(t.figures) == 3)]:
        yield from _told(story, row)


def _is_rate(figure: Figure) -> bool:
    return figure.kind == "Money" and bool(figure.per) and figure.allows.known


def _terms(story: Story, rate: Figure) -> list[Part]:
    """A rate times its recipients, its time, or both."""
    return [_times(rate, row) for row in factors(story, rate)]


def factors(story: Story, rate: Figure) -> list[tuple[Figure, ...]]:
    """The figures by which a rate may be multiplied: its recipients, for how long, or both."""
    people = _counts(story, rate)
    spans = _spans(story, rate)
    return [*((f,) for f in people), *((s,) for s in spans), *((f, s) for f in people for s in spans)]


def _times(rate: Figure, factors: Sequence[Figure]) -> Part:
    allows = rate.allows.sharp
    for factor in factors:
        allows = allows * _factor(rate, factor)
    told = " × ".join([*(f.label for f in factors), rate.label])
    return Part((*factors, rate), allows, told)


def _factor(rate: Figure, factor: Figure) -> Extent:
    """A duration of years is twelve months each where the rate is by the month."""
    yearly = factor.kind == "Duration" and factor.unit == "年" and "年" not in rate.per
    return factor.allows * exactly(_MONTHS) if yearly else factor.allows


def _counts(story: Story, rate: Figure) -> list[Figure]:
    """Those who get the rate: the nearest figure of that unit on either side, in the same sentence."""
    heads = [p for p in _PER.findall(rate.per) if p not in _TIMES]
    if not heads:
        return []
    fits = [
        f
        for f in story.around(rate.start)
        if f.kind == "Count" and not f.per and _is_of(f, heads[0]) and f.allows.known
    ]
    before = [f for f in fits if f.start < rate.start and rate.start - f.start <= _FAR]
    after = [f for f in fits if f.start > rate.start and f.clause.sentence == rate.clause.sentence]
    here = [f for f in before if f.clause.sentence == rate.clause.sentence][-1:]
    if after and after[0].clause.number - rate.clause.number <= _NEAR:
        here.append(after[0])
    return here or before[-1:]


def _is_of(figure: Figure, per: str) -> bool:
    """Does a figure count what the rate is per: 名 for 每人, 23个县 for 每县?"""
    if per in PEOPLE or per == "生":
        return figure.measured == "人"
    return figure.unit == per or (figure.unit == "个" and per in figure.after[:20])


def _spans(story: Story, rate: Figure) -> list[Figure]:
    """For how long the rate is paid."""
    units = {unit for p in _PER.findall(rate.per) for unit in _TIMES.get(p, ())}
    if "个月" in units:
        units.add("年")
    return [
        f
        for f in story.around(rate.start)
        if f.kind == "Duration"
        and f.unit in units
        and f.allows.known
        and f.clause.sentence == rate.clause.sentence
        and abs(f.clause.number - rate.clause.number) <= _NEAR
    ]


def _rows(terms: Sequence[Part]) -> list[list[Part]]:
    """Rates by the head that follow each other in a sentence, each with its own recipients beside it."""
    beside = [t for t in terms if len(t.figures) == 2 and t.figures[0].kind == "Count" and _beside(t)]
    found: list[list[Part]] = [beside[:1]] if beside else []
    for earlier, later in pairwise(beside):
        one, other = earlier.figures[-1].clause, later.figures[-1].clause
        if one.sentence == other.sentence and not set(earlier.figures) & set(later.figures):
            found[-1].append(later)
        elif earlier.figures[-1] != later.figures[-1]:
            found.append([later])
    return found


def _beside(term: Part) -> bool:
    count, rate = term.figures
    return 0 <= rate.clause.number - count.clause.number <= 1 and count.start < rate.start and not rate.clause.hidden


def _wholes(story: Story, row: Sequence[Part]) -> list[Figure]:
    """The figures that the row may come to: of its currency, of no more heads and times than are multiplied out."""
    rate, last = row[0].figures[-1], max(f.start for t in row for f in t.figures)
    taken = {f for t in row for f in t.figures}
    found = []
    for f in story.around(rate.start, last):
        apart = f.clause.sentence - rate.clause.sentence
        if f.kind == "Money" and f.unit == rate.unit and f not in taken and f.allows.known and -1 <= apart <= 0:
            near = f.start < rate.start or f.clause.number - row[-1].figures[-1].clause.number <= _NEAR
            if near and _left(row[0]) <= _heads(f) and f.start < last + _FAR and _belongs(story, row, f):
                found.append(f)
    return found


def _belongs(story: Story, row: Sequence[Part], whole: Figure) -> bool:
    """Is a figure not the total of other rates? One that comes after its rates must say that it is a total."""
    first, last = row[0].figures[-1], row[-1].figures[-1]
    rates = [f for f in story.around(min(first.start, whole.start), last.start) if _is_rate(f) and f != whole]
    if whole.start > last.start:
        said = _CUE.search(whole.before) or whole.per
        return bool(said) and not any(last.start < r.start < whole.start for r in rates)
    closed = _CUE.search(whole.before) and any(0 <= whole.clause.number - r.clause.number <= _NEAR for r in rates)
    return not closed and not any(whole.start < r.start < first.start for r in rates)


def _heads(figure: Figure) -> set[str]:
    return {"人" if p in PEOPLE or p == "生" else p for p in _PER.findall(figure.per)}


def _left(term: Part) -> set[str]:
    """What a product is still per, when its factors are taken: 每人每月 by 6个月 is by the head."""
    left = _heads(term.figures[-1])
    for factor in term.figures[:-1]:
        if factor.kind == "Duration":
            left -= {p for p in left if p in _TIMES and (factor.unit in _TIMES[p] or factor.unit == "年")}
        else:
            left -= {p for p in left if p not in _TIMES}
    return left


def _confirmed(story: Story, row: Sequence[Part]) -> Iterator[Claim]:
    allows = total(t.allows for t in row)
    for whole in _wholes(story, row):
        if _heads(whole) - _left(row[0]) <= _heads(row[0].figures[-1]) | {"人", "年"} and allows.agrees(whole.allows):
            yield adds_up("product", "info", whole, row, "the product comes to the total")


def _told(story: Story, row: Sequence[Part]) -> Iterator[Claim]:
    """A total that is said right after its rates, or before them, and that they do not come to."""
    rates = [t.figures[-1] for t in row]
    if any(_left(t) or r.allows.point is None for t, r in zip(row, rates, strict=True)):
        return
    if len(row) == 1 and (len(_counts(story, rates[0])) > 1 or len(_spans(story, rates[0])) > 1):
        return
    allows = total(t.allows for t in row)
    for whole in _wholes(story, row):
        if whole.per or allows.meets(whole.allows) or whole.start < rates[-1].start:
            continue
        clauses = {f.clause for t in row for f in t.figures} | {whole.clause}
        numbers = sorted(c.number for c in clauses)
        joined = numbers == list(range(numbers[0], numbers[-1] + 1)) and not whole.clause.hidden
        plainly = not any(_LOOSE.search(c.text) or _OTHER.search(c.text) for c in clauses)
        if joined and plainly and _CUE.search(whole.before) and _only(story, row, whole):
            yield adds_up("product", "violation", whole, row, "the product does not come to the total")


def _only(story: Story, row: Sequence[Part], whole: Figure) -> bool:
    """Is there no other figure of money or of recipients from the first term to the total?"""
    taken = {f for t in row for f in t.figures} | {whole}
    first = min(f.start for f in taken)
    between = [f for f in story.around(first, whole.start) if first <= f.start <= whole.start and f not in taken]
    heads = {f.measured for t in row for f in t.figures[:-1]}
    return not any(f.kind in ("Money", "Duration") or f.measured in heads for f in between)


def averages(story: Story) -> Iterator[Claim]:
    """A sum, 平均每户 so much, so many households: the sum is not what these come to."""
    money = [f for f in story.figures if f.kind == "Money" and not f.per and f.allows.known]
    for whole, following in pairwise([*money, None]):
        if whole is None:
            continue
        end = following.start if following else whole.start + _FAR
        here = [
            f
            for f in story.around(whole.start)
            if whole.start < f.start < end and f.clause.sentence == whole.clause.sentence
        ]
        rates = [f for f in here if _is_rate(f) and len(_PER.findall(f.per)) == 1 and f.allows.point is not None]
        if len(rates) != 1:
            continue
        counts = [f for f in here if f.kind == "Count" and _is_of(f, _PER.findall(rates[0].per)[0])]
        if len(counts) != 1 or not counts[0].allows.known or "其中" in counts[0].clause.text:
            continue
        term = _times(rates[0], counts)
        if not (term.allows * _ABOUT).meets(whole.allows):
            yield adds_up("product", "warning", whole, [term], "the average and the number do not come to the sum")
