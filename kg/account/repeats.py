"""Sums that say nothing new: an old value (由50万元提高到60万元), and a sum that the article has told before.

市总工会 拨付 [530万元] 补助 …。 [530万元] 补助 惠及 21家企业     the second tells the first again
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

from kg.account.ledger import Ledger, Sum
from kg.model import Mention
from kg.reckon.changes import replaces
from kg.reckon.extents import digits

_ERROR = re.compile(r"(?:误为|误作|误写[为成作]|错写[为成]|误植为|误登为|写成了?|错为|而非|而不是|并非)[“‘]?$")
_IN_ERROR = re.compile(r"[”’]?(?:一?[数处]?)?(?:有误|错误|系误)")
_CORRECT = re.compile("(?:应为|应是|更正为|改为|实为|为准|应系)[“‘]?$")
_THIS = re.compile("(?:[这那]笔?|上述|该笔)$")  # 这|20万元还不够
_EARLIER = re.compile("去年|上年|往年|前年|同期|此前|上一年")
_LOOKED_AT = 8  # sums of one value, the last ones, of which a later one may be the same
_NEXT = 8  # characters before a sum
_ROUND = 2  # a sum with so many digits is told twice by chance only where it is for the same thing


def replaced(ledger: Ledger) -> Mapping[int, Mention]:
    """Which sum took the place of which: the numbers of the old ones."""
    found: dict[int, Mention] = {}
    text = ledger.article.text
    for one, other in pairwise(ledger.sums):
        if one.figure.unit != other.figure.unit:
            continue
        if replaces(one.figure, other.figure):
            found[one.number] = other.stated.mention
        elif one.sentence == other.sentence and (wrong := _wrong(text, one, other)):
            right = other if wrong is one else one
            found[wrong.number] = right.stated.mention
    return found


def _wrong(text: str, one: Sum, other: Sum) -> Sum | None:
    """The one of two sums that a correction calls wrong: 应为35万元,误为53万元; 原文“63万元”有误."""
    for wrong, right in ((one, other), (other, one)):
        mention, end = wrong.stated.mention.span, right.stated.mention.span
        called = _ERROR.search(text, max(0, mention.start - _NEXT), mention.start) or _IN_ERROR.match(text, mention.end)
        if called and _CORRECT.search(text, max(0, end.start - _NEXT), end.start):
            return wrong
    return None


def repeated(ledger: Ledger) -> Mapping[int, Mention]:
    """Which sum tells another again: the numbers of those that do, with the one that is told best."""
    found: dict[int, Mention] = {}
    alike: dict[object, list[Sum]] = defaultdict(list)
    for told in ledger.sums:
        figure = told.figure
        if figure.value is not None and not figure.per:
            alike[figure.unit, figure.value].append(told)
    for row in alike.values():
        told_first: list[Sum] = []
        for told in sorted(row, key=lambda one: one.in_head):  # the body tells better what a headline tells
            meant = _THIS.search(ledger.article.text, max(0, told.start - _NEXT), told.start) is not None
            first = next((s for s in told_first[-_LOOKED_AT:] if meant or _same(s, told)), None)
            if first:
                found[told.number] = first.stated.mention
            else:
                told_first.append(told)
    return found


def _same(one: Sum, other: Sum) -> bool:
    """Do two sums of the same value tell the same?"""
    if one.sentence == other.sentence or one.measure.modality != other.measure.modality:
        return False
    if bool(_EARLIER.search(one.figure.clause.text)) != bool(_EARLIER.search(other.figure.clause.text)):
        return False
    payers, others = set(one.measure.agents), set(other.measure.agents)
    if payers and others and not payers & others:
        return False
    if one.things & other.things:
        return True
    telling = digits(one.figure.value or one.figure.allows.low) > _ROUND
    return telling and (not one.things or not other.things or _alike(_names(one), _names(other)))


def _names(told: Sum) -> set[str]:
    return {entity.name for entity in told.things}


def _alike(names: Iterable[str], others: Iterable[str]) -> bool:
    """Does one of the names stand in one of the others, or the other way round?"""
    return any(a in b or b in a for a in names for b in others)
