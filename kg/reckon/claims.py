"""What the figures of a text claim of each other, and how a claim is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.reckon.extents import Extent, exactly
from kg.reckon.figures import Figure

# Contradicts, is doubtful, is confirmed: the severities of W3C SHACL, section 2.1.4.
Severity = Literal["violation", "warning", "info"]
# 比上年多1000万元, 增加了20万元: by how much, not how much.
_CHANGE = re.compile(
    r"(?:[比较].*?(?:[多少增减升降]|提高|扩大|上浮)|(?:增加|增长|提高|减少|下降|降低|上升|增|减)了|同比\S*)[加长到了约]?$"
)
_CUE = r"(?:各|分别|均|每[家个人名位户])"
_DEALT = re.compile(
    rf"{_CUE}(?:获?得到?|获|领到|给予?|奖励|补助|补贴|资助|拨付|下拨|发放|投入|捐款|捐赠?|出资|安排|筹集?|配套|支持|救助)?$"
)
_NAMES = re.compile("[、和与及]")


@dataclass(frozen=True, slots=True)
class Part:
    """A term of a sum: a figure, or several times one; `told` is how a reader would write it."""

    figures: tuple[Figure, ...]
    allows: Extent
    told: str
    heads: int = 1


@dataclass(frozen=True, slots=True)
class Claim:
    """Terms that a figure is said to come to, and whether it does."""

    check: str
    severity: Severity
    whole: Figure
    parts: tuple[Part, ...]
    message: str

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures of the claim, the whole first."""
        return self.whole, *(f for part in self.parts for f in part.figures)


def adds_up(check: str, severity: Severity, whole: Figure, parts: Sequence[Part], words: str) -> Claim:
    """A claim that the parts come to the whole: `530万元 = 2 × 50万元 + 5 × 30万元`."""
    ordered = tuple(sorted(parts, key=lambda p: p.figures[0].start))
    sign = {"info": "=", "warning": "?", "violation": "<" if check == "part" else "≠"}[severity]
    message = f"{words}: {whole.label} {sign} {' + '.join(p.told for p in ordered)}"
    return Claim(check, severity, whole, ordered, message)


def settled(claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims without doubts about a figure that another of them confirms, and each once."""
    every = list(dict.fromkeys(claims))
    sure = {claim.whole.iri for claim in every if claim.severity == "info"}
    told: set[tuple[str, str, frozenset[str]]] = set()
    for claim in every:
        key = (claim.check, claim.whole.iri, frozenset(f.iri for f in claim.figures))
        if key not in told and (claim.severity == "info" or claim.whole.iri not in sure):
            told.add(key)
            yield claim


def is_plain(figure: Figure) -> bool:
    """Is it an amount that can be a term of a sum: no rate, no limit, no difference?

    A share or a duration is not added up.
    """
    return figure.kind in ("Money", "Count") and not figure.per and figure.allows.known and not is_change(figure)


def is_change(figure: Figure) -> bool:
    """Is it by how much something rose or fell, and not how much it is?"""
    return _CHANGE.search(figure.before) is not None


def like(figures: Iterable[Figure], figure: Figure) -> list[Figure]:
    """Those that can be added up to a figure."""
    return [f for f in figures if f != figure and f.measured == figure.measured and f.kind == figure.kind]


def part(figure: Figure, figures: Sequence[Figure]) -> Part | None:
    """A figure as a term: as often as there are recipients, where each of them gets it; none if none can tell.

    对包头市和乌海市两个地区分别给予50万元 is 2 × 50万元; of 分别奖励5万元和1万元 each is one.
    """
    if not dealt(figure):
        return Part((figure,), figure.allows, figure.label)
    here = [f for f in figures if f.clause == figure.clause]
    if any(f.measured == figure.measured and f != figure for f in here):
        return Part((figure,), figure.allows, figure.label)
    counts = [f for f in here if f.kind == "Count" and f.start < figure.start]
    if counts:
        count = counts[-1]
        point = count.allows.point
        return None if point is None else _times(figure, (figure, count), int(point))
    names = _recipients(figure)
    return _times(figure, (figure,), names) if names else None


def dealt(figure: Figure) -> bool:
    """Does each of several get it: 各, 分别, 每户?"""
    return _DEALT.search(figure.before) is not None or "分别" in figure.before


def _times(figure: Figure, figures: tuple[Figure, ...], heads: int) -> Part:
    if heads == 1:
        return Part(figures, figure.allows, figure.label)
    return Part(figures, exactly(heads) * figure.allows.sharp, f"{heads} × {figure.label}", heads)


def _recipients(figure: Figure) -> int:
    """How many names stand before 各 or 分别; 0 where 等 leaves it open."""
    found = re.search(_CUE, figure.before)
    listed = figure.before[: found.start()] if found else ""
    listed = re.sub("^.*?(?:其中|对|向|给|为)", "", listed)
    names = _NAMES.split(listed)
    return len(names) if len(names) > 1 and all(1 < len(n) <= 20 for n in names) and "等" not in listed else 0
