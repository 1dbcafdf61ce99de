"""Amounts that their kind cannot have: a share above 100%, a county of fifty million people, 万 for 亿."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kg import lexicon
from kg.reckon.claims import Claim, Severity
from kg.reckon.figures import Figure, Story

_HERE = "￮"  # stands for the amount in the words beside it
_OF_A_PLAN = re.compile("计划|目标|任务|预算|上年|去年|同期|往年")  # of these one may reach more than all


@dataclass(frozen=True, slots=True)
class Range:
    """What the amounts of a kind can be, and why."""

    name: str
    kind: str
    unit: re.Pattern[str]
    per: re.Pattern[str]
    words: re.Pattern[str]
    least: Decimal
    most: Decimal
    severity: Severity
    reason: str


@cache
def ranges() -> tuple[Range, ...]:
    """The lines of `plausible-ranges.tsv`.

    >>> next(r.most for r in ranges() if r.name == "share")
    Decimal('100')
    """
    return tuple(_range(row) for row in lexicon.rows("plausible-ranges"))


def _range(row: tuple[str, ...]) -> Range:
    if len(row) != 9 or row[7] not in ("violation", "warning"):
        raise ValueError(f"plausible-ranges.tsv: not nine columns with a verdict: {row!r}")
    name, kind, unit, per, words, least, most, verdict, reason = row
    severity: Severity = "violation" if verdict == "violation" else "warning"
    return Range(
        name, kind, _some(unit), _some(per), re.compile(words), Decimal(least), Decimal(most), severity, reason
    )


def _some(pattern: str) -> re.Pattern[str]:
    return re.compile({"*": ".*", "-": ""}.get(pattern, pattern))


def implausible(story: Story) -> Iterator[Claim]:
    """The figures of a story that are outside of a range, the first range that says so."""
    for figure in story.figures:
        broken = next((r for r in ranges() if _applies(r, figure) and _outside(r, figure)), None)
        if broken:
            message = f"out of range ({broken.name}): {figure.label}; {broken.reason}"
            yield Claim("range", broken.severity, figure, (), message)


def _applies(limits: Range, figure: Figure) -> bool:
    if figure.kind != limits.kind or not limits.unit.fullmatch(figure.unit) or not limits.per.fullmatch(figure.per):
        return False
    if figure.kind == "Percentage" and _OF_A_PLAN.search(figure.before):
        return False
    return bool(limits.words.search(f"{figure.before}{_HERE}{figure.after}"))


def _outside(limits: Range, figure: Figure) -> bool:
    """Is all of what a figure allows outside?  One told without its number says nothing."""
    if figure.value is None and not figure.allows.known:
        return False
    return figure.allows.low > limits.most or 0 < figure.allows.high < limits.least
