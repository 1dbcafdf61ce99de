"""The same thing told twice: the same body, the same programme or purpose, and two different sums."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, pairwise

from kg.check.figures import Figures
from kg.reckon.claims import Claim, Part, Severity, is_plain
from kg.reckon.extents import digits
from kg.reckon.figures import Figure

# What makes two sums of a body different things: another time, a part, one of several, so far.
_OTHER = re.compile(
    r"其中|包括|累计|合计|共计|总计|截至|以来|至今|年来|第[一二三四五六七八九十\d]|首批|[一二三四五六七八九十\d]批|[再又还另]|追加|各|分别|每|[本市县区省]级"
    r"|去年|今年|上年|明年|往年|(?<!20\d)\d年|\d月|季度|上半年|下半年|平均|计划|目标|筹[集得资措]|剩"
)

_YEAR = re.compile(r"20\d\d年")
_MOSTLY = 0.6


def retold(figures: Figures) -> Iterator[Claim]:
    """Sums that two clauses tell of the same thing: alike in two documents, or not alike."""
    groups: defaultdict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for story in figures.stories:
        for figure in story.figures:
            if figure.kind == "Money" and is_plain(figure) and figure.allows.point is not None:
                key = _matter(figures, figure)
                if key:
                    groups[key].append(figure)
    for group in groups.values():
        ordered = sorted(group, key=lambda f: (f.clause.article, f.start))
        yield from _alike(ordered)
        for row in (*_by(ordered, _without), *_by(ordered, lambda f: f.clause.article)):
            for one, other in combinations(row, 2):
                yield from _compared(figures, one, other)


def _by(group: list[Figure], key: Callable[[Figure], str]) -> Iterable[list[Figure]]:
    found: defaultdict[str, list[Figure]] = defaultdict(list)
    for figure in group:
        found[key(figure)].append(figure)
    return found.values()


def _matter(figures: Figures, figure: Figure) -> tuple[object, ...]:
    """Who pays, under which programme, what for and for whom; nothing where the graph does not say enough."""
    about = {
        slot: frozenset(iri for m in figure.measures for iri, _ in figures.slots.get((m, slot), ()))
        for slot in ("agent", "programme", "beneficiary")
    }
    purpose = figure.of or frozenset()
    if not about["agent"] or not (purpose or about["programme"]):
        return ()
    return figure.unit, about["agent"], about["programme"], about["beneficiary"], purpose


def _alike(group: list[Figure]) -> Iterator[Claim]:
    """The same sum in one article after another."""
    for row in _by(group, lambda f: str(f.allows.point)):
        for one, other in pairwise(row):
            if one.clause.article != other.clause.article and digits(one.value or one.allows.low) > 1:
                message = f"two articles tell the same sum: {one.label} = {other.label}"
                yield Claim("retold", "info", other, (Part((one,), one.allows, one.label),), message)


def _compared(figures: Figures, one: Figure, other: Figure) -> Iterator[Claim]:
    if one.allows.meets(other.allows) or one.clause == other.clause:
        return
    if _OTHER.search(one.clause.text) or _OTHER.search(other.clause.text):
        return
    severity = _how_sure(figures, one, other)
    if severity:
        sign = "≠" if severity == "violation" else "?"
        message = f"the same thing with two sums: {one.label} {sign} {other.label}"
        yield Claim("retold", severity, other, (Part((one,), one.allows, one.label),), message)


def _how_sure(figures: Figures, one: Figure, other: Figure) -> Severity | None:
    """The same words on the same occasion contradict each other; on another day it may be another grant."""
    words, others = _without(one), _without(other)
    if one.clause.article == other.clause.article:
        return "warning" if any(len(name) > 3 for name in one.of) and _overlap(words, others) >= _MOSTLY else None
    if words != others:
        return None
    told, retold = figures.articles[one.clause.article], figures.articles[other.clause.article]
    if told.title == retold.title or (told.date and told.date == retold.date) or _YEAR.search(words):
        return "violation"
    return None if told.date and retold.date else "warning"


def _without(figure: Figure) -> str:
    """The clause without its amount: what is said to be so much."""
    text = figure.clause.text
    return (text[: figure.at] + "…" + text[figure.at + len(figure.label) :]).strip("。")


def _overlap(one: str, other: str) -> float:
    """How much of their pairs of characters two stretches share.

    >>> _overlap("下拨补助", "下拨补助")
    1.0
    """
    pairs, others = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (one, other))
    return len(pairs & others) / max(1, len(pairs | others))
