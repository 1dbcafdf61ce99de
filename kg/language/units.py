"""Measure words, currencies and the words that bound an amount, from the lexicons."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from kg.lexicon import rows
from kg.model import Bound, Kind


@dataclass(frozen=True, slots=True)
class Unit:
    """A measure word: `kind` says of what, `none` that the word looks like a measure and is not."""

    kind: Kind | Literal["none"]
    unit: str
    factor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Units:
    """All units with the one pattern that finds the longest of them."""

    pattern: re.Pattern[str]
    by_word: dict[str, Unit]

    def at(self, text: str, position: int) -> tuple[Unit, int] | None:
        """The unit that begins there, and where it ends.

        >>> units().at("5万名职工", 2)
        (Unit(kind='count', unit='名', factor=Decimal('1')), 3)
        """
        match = self.pattern.match(text, position)
        return (self.by_word[match.group()], match.end()) if match else None


@cache
def units() -> Units:
    """The units of the lexicons, read once."""
    kinds: dict[str, Kind | Literal["none"]] = {
        "count": "count",
        "duration": "duration",
        "percent": "percent",
        "none": "none",
    }
    by_word = {"%": Unit("percent", "%"), "‰": Unit("percent", "‰")}
    patterns = {"%": "%", "‰": "‰"}
    for word, kind, *rest in rows("measure-words"):
        unit, avoid, need, factor = (*rest, "", "", "", "")[:4]
        by_word[word] = Unit(kinds[kind], unit, Decimal(factor or 1))
        patterns[word] = _guarded(word, avoid, need)
    for word, code, factor, *guards in rows("currencies"):
        by_word[word] = Unit("money", code, Decimal(factor))
        patterns[word] = _guarded(word, guards[0] if guards else "", "")
    longest_first = sorted(patterns, key=lambda word: (-len(word), word))
    return Units(re.compile("|".join(patterns[word] for word in longest_first)), by_word)


def _guarded(word: str, avoid: str, need: str) -> str:
    pattern = re.escape(word)
    if avoid:
        pattern += f"(?!{avoid})" if "|" in avoid else f"(?![{avoid}])"
    return pattern + (f"(?={need})" if need else "")


@cache
def bounds(place: Literal["front", "tail"]) -> tuple[str, dict[str, Bound]]:
    """The pattern of the bounding words of a place, longest first, and what each says."""
    names: dict[str, Bound] = {"min": "min", "max": "max", "about": "about"}
    table = {word: (names[bound], guard) for word, bound, where, guard in map(_four, rows("bounds")) if where == place}
    ordered = sorted(table, key=lambda word: (-len(word), word))
    pattern = "|".join((f"(?<![{table[w][1]}])" if table[w][1] else "") + re.escape(w) for w in ordered)
    return pattern, {word: bound for word, (bound, _) in table.items()}


@cache
def signs() -> dict[str, str]:
    """What stands before a sum of money, with the currency's code.

    >>> signs()["￥"], signs()["RMB"]
    ('CNY', 'CNY')
    """
    return {row[0]: row[1] for row in rows("currency-signs")}


def _four(row: tuple[str, ...]) -> tuple[str, str, str, str]:
    word, bound, where, guard = (*row, "")[:4]
    return word, bound, where, guard
