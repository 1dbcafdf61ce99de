"""What adds up: which way each sum of money goes, how many get it, what contains it, and whether it is told again.

An article's measures come out with their sums accounted for; which bodies are paid in all follows from that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import cast

from kg.account.flows import flows
from kg.account.ledger import Ledger, Sum
from kg.account.portions import portions
from kg.account.recipients import EACH, recipients
from kg.account.repeats import repeated, replaced
from kg.account.wholes import Witnesses, wholes
from kg.model import Candidate, Flow, Measure, Mention, Stated
from kg.reckon.claims import is_change
from kg.relate.choice import best
from kg.relate.stage import Stage

_REACH = 40  # sums on either side
_SEVERAL = 3  # fewer at so much each come to another sum by chance


def account(stage: Stage, measures: Sequence[Measure]) -> tuple[Measure, ...]:
    """The measures of an article with their sums accounted for, seen the stage on which they are told."""
    ledger = Ledger.of(stage, measures)
    if not ledger.sums:
        return tuple(measures)
    proven = Witnesses(ledger)
    ways = [flows(stage, ledger, told) for told in ledger.sums]
    flow = {i: cast(Flow, best(found).filler[0]) for i, found in enumerate(ways)}
    dealt = [recipients(ledger, told, proven) for told in ledger.sums]
    times = {i: _times(best(found)) for i, found in enumerate(dealt)}
    rates = {told.number for told, found in zip(ledger.sums, dealt, strict=True) if _is_rate(told, best(found))}
    held = [wholes(stage, ledger, told, flow, times, rates, proven) for told in ledger.sums]
    old, again, dealt_in = replaced(ledger), repeated(ledger), portions(ledger)
    accounted: dict[int, Stated] = {}
    for told, way, heads, whole in zip(ledger.sums, ways, dealt, held, strict=True):
        portion = dealt_in.get(told.number)
        accounted[told.start] = replace(
            told.stated,
            flow=flow[told.number],
            times=portion.times if portion else times[told.number],
            each=portion is None and EACH in best(heads).filler,
            times_of=portion.counts if portion else _mentions(best(heads)),
            included_in=_grown(ledger, told)
            or (portion.whole if portion else None)
            or (next(iter(_mentions(best(whole))), None) if whole else None)
            or _dealt_out(ledger, told, times[told.number]),
            replaced_by=old.get(told.number),
            same_as=again.get(told.number),
            considered=(*told.stated.considered, *way, *heads, *whole),
        )
    told_in = {told.start: told for told in ledger.sums}
    return tuple(
        _paid_as_its_whole(
            replace(m, amounts=tuple(accounted.get(s.mention.span.start, s) for s in m.amounts)), told_in
        )
        for m in measures
    )


def _paid_as_its_whole(measure: Measure, told_in: Mapping[int, Sum]) -> Measure:
    """A measure that tells part of a sum of its paragraph, and not who pays it, with those who pay the whole."""
    if len(measure.amounts) > 1 or not measure.weighed("agent"):
        return measure
    told = measure.amounts[0]
    part, whole = (told_in.get(m.span.start) if m else None for m in (told.mention, told.included_in))
    payers = whole.measure.agents if part and whole and part.paragraph == whole.paragraph else ()
    if not payers or payers == measure.agents:
        return measure
    return replace(measure, agents=payers, agents_by="pays the whole")


def _grown(ledger: Ledger, told: Sum) -> Mention | None:
    """The sum that grew by this one, right before it in its sentence: 500万元,比上年增加60万元."""
    before = ledger.sums[told.number - 1] if told.number else None
    grown = before is not None and before.sentence == told.sentence and is_change(told.figure)
    return (
        before.stated.mention if grown and before and not before.figure.per and not is_change(before.figure) else None
    )


def _dealt_out(ledger: Ledger, told: Sum, times: Decimal | None) -> Mention | None:
    """The sum that is dealt out to so many, told in another sentence: 用15万元资助学生, where 30名学生每人领取5000元."""
    figure, payers = told.figure, set(told.measure.agents)
    low, high = (figure.allows.low, figure.allows.high) if figure.value is None else (figure.value, figure.value)
    if not times or times < _SEVERAL:
        return None
    for one in ledger.near(told, _REACH):
        value, theirs = one.figure.value, set(one.measure.agents)
        apart = one.sentence != told.sentence and not one.figure.per
        comes_to = value is not None and low * times <= value <= high * times
        if apart and comes_to and (not payers or not theirs or payers & theirs):
            return one.stated.mention
    return None


def _times(told: Candidate) -> Decimal | None:
    return Decimal(str(told.filler[0])) if told.filler and told.filler[0] != EACH else None


def _is_rate(told: Sum, heads: Candidate) -> bool:
    """Is it so much for each, and nobody knows for how many?"""
    return heads.filler == (EACH,) or (bool(told.figure.per) and not heads.filler)


def _mentions(told: Candidate) -> tuple[Mention, ...]:
    return tuple(filler for filler in told.filler if isinstance(filler, Mention))
