"""Shares and changes: 其中300人，占30%; 由100万元增至150万元，增长50%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kg.reckon.changes import FROM, TO
from kg.reckon.claims import Claim, Part, is_plain, like
from kg.reckon.extents import Extent, exactly
from kg.reckon.figures import Figure, Story

_SHARE = re.compile(r"占(?:比|比例|(?P<of>[^,、占]{0,6})(?:总数|总额|总量|总人数)|其中)?(?:的|为|达到?)?$")
_ROSE = re.compile(r"^(?:,|同比|比例?|共|净)*(?:增长|增加|提高|上升|上涨|增幅|涨幅|升幅)(?:了|为|达到?|率为)?$")
_FELL = re.compile(r"^(?:,|同比|共|净)*(?:下降|减少|降低|降幅|减幅)(?:了|为|达到?)?$")
_HUNDRED = exactly(100)
_ONE = Decimal(1)  # percentage point


def shares(story: Story) -> Iterator[Claim]:
    """Percentages that the figures beside them bear out, or not."""
    for i, figure in enumerate(story.figures):
        if figure.kind != "Percentage" or figure.value is None or i == 0:
            continue
        if figure.allows.point is None and figure.bound != "about":
            continue
        if _SHARE.search(figure.before):
            yield from _share(story, figure, story.figures[i - 1])
        elif i > 1 and (_ROSE.search(figure.before) or _FELL.search(figure.before)):
            yield from _change(figure, story.figures[i - 2], story.figures[i - 1])


def _share(story: Story, percent: Figure, part: Figure) -> Iterator[Claim]:
    """The part is the figure right before 占; the base is a figure before it, the nearest unless another fits."""
    bases = [f for f in like(story.figures, part) if f.start < part.start and is_plain(f)]
    bases = [f for f in bases if percent.clause.sentence - f.clause.sentence <= 1]
    if not bases or not is_plain(part) or not _adjoins(part, percent):
        return
    for base in reversed(bases):
        if _borne_out(part.allows / base.allows * _HUNDRED, percent.allows):
            message = f"the share is right: {percent.label} = {part.label} / {base.label}"
            yield Claim("share", "info", percent, (_term(part), _term(base)), message)
            return
    base = bases[-1]
    if _meets(part.allows / base.allows * _HUNDRED, percent.allows):
        return
    sure = "其中" in part.clause.text and not part.clause.hidden and part.clause.number - base.clause.number <= 1
    one = len([f for f in story.figures if f.clause == part.clause and f.measured == part.measured]) == 1
    told = _SHARE.search(percent.before)
    bare = told is not None and told.start() == 0 and (told["of"] or "") in base.clause.text
    if sure and one and bare:
        message = f"the share is not what the figures give: {percent.label} ≠ {part.label} / {base.label}"
        yield Claim("share", "violation", percent, (_term(part), _term(base)), message)


def _change(percent: Figure, old: Figure, new: Figure) -> Iterator[Claim]:
    """由A增至B, 增长p%; how a rate changes is told in points or in per cent of it, so it is not reckoned."""
    if old.kind == "Percentage":
        return
    rose, alike = bool(_ROSE.search(percent.before)), old.measured == new.measured and old.kind == new.kind
    told = old.clause == new.clause and FROM.search(old.before) and TO.search(new.before)
    if not (alike and told and old.allows.known and new.allows.known and _adjoins(new, percent)):
        return
    growth = new.allows / old.allows * _HUNDRED
    change = growth + exactly(-100) if rose else Extent(100 - growth.high, 100 - growth.low)
    if not rose and growth.point is not None:
        change = replace(change, point=100 - growth.point)
    right = _borne_out(change, percent.allows)
    if right or not _meets(change, percent.allows):
        sign = "=" if right else "≠"
        words = "the change is right" if right else "the change is not what the figures give"
        message = f"{words}: {percent.label} {sign} ({new.label} − {old.label}) / {old.label}"
        yield Claim("change", "info" if right else "violation", percent, (_term(new), _term(old)), message)


def _adjoins(figure: Figure, percent: Figure) -> bool:
    """Does the percentage come right after, in the same clause or the next one?"""
    return percent.clause.number - figure.clause.number <= 1 and (
        percent.clause == figure.clause or not percent.clause.hidden
    )


def _meets(found: Extent, told: Extent) -> bool:
    """Do they meet, when the last digit told may also have been cut off?"""
    slack = (told.high - told.low) / 2
    return found.meets(Extent(told.low - slack, told.high + slack))


def _borne_out(found: Extent, told: Extent) -> bool:
    """Do they meet, where the figures are sharp enough to tell?"""
    if found.point is not None:
        return _meets(exactly(found.point), told)
    return _meets(found, told) and found.high - found.low <= max(_ONE, told.high - told.low)


def _term(figure: Figure) -> Part:
    return Part((figure,), figure.allows, figure.label)
