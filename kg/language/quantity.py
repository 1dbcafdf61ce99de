"""A numeral with its unit, as it is read before it is known what bounds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.language.numerals import Numeral
from kg.language.units import Unit

Rule = Literal["quantity", "range", "fraction", "coins", "bare-number"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A numeral with its unit, as it stands between `start` and `end`."""

    start: int
    end: int
    surface: str
    numeral: Numeral
    unit: Unit
    vague: bool
    rule: Rule = "quantity"
