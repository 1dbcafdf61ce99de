"""What numbers a written amount allows: 1.5亿 is anything that rounds to it, 240多万 anything up to 250万."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kg.language.numerals import SCALES

_FIGURE = re.compile(r"\d[\d,]*(?:\.(\d+))?[余多几来]*([十百千万亿]*)")
_DIGIT = re.compile(r"[\d零〇一二两三四五六七八九十半]")
_SOME_MORE = re.compile("[余多几来]")
_INFINITE = Decimal("Infinity")
# How wide two roundings may be together for their agreement to mean anything, and one beside a number known exactly.
_CLOSE, _CLOSE_TO_EXACT = Decimal("0.03"), Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Extent:
    """From `low` to `high`, both allowed; `point` is the number as written, where it is told without more or less."""

    low: Decimal
    high: Decimal
    point: Decimal | None = None

    def __add__(self, other: Extent) -> Extent:
        both = None if self.point is None or other.point is None else self.point + other.point
        return Extent(self.low + other.low, self.high + other.high, both)

    def __mul__(self, other: Extent) -> Extent:
        both = None if self.point is None or other.point is None else self.point * other.point
        return Extent(self.low * other.low, self.high * other.high, both)

    def __truediv__(self, other: Extent) -> Extent:
        both = None if self.point is None or other.point is None else self.point / other.point
        return Extent(self.low / other.high, self.high / other.low, both)

    @property
    def known(self) -> bool:
        """Is it bounded, and not by nothing?"""
        return self.low > 0 and self.high < _INFINITE

    @property
    def sharp(self) -> Extent:
        """The number as written, not taken for a rounding: what each of several is given."""
        return self if self.point is None else exactly(self.point)

    def meets(self, other: Extent) -> bool:
        """Is there a number that both allow?"""
        return self.low <= other.high and other.low <= self.high

    def agrees(self, other: Extent) -> bool:
        """Do they meet, narrowly enough for that to be no accident?

        >>> Extent(Decimal(99), Decimal(101)).agrees(Extent(Decimal(100), Decimal(100)))
        True
        >>> Extent(Decimal(50), Decimal(150)).agrees(Extent(Decimal(100), Decimal(100)))
        False
        """
        if self.point is not None and self.point == other.point:
            return True
        if not (self.known and other.known and self.meets(other)):
            return False
        width, its = self.high - self.low, other.high - other.low
        return width + its <= (_CLOSE if width and its else _CLOSE_TO_EXACT) * max(self.high, other.high)


def total(extents: Iterable[Extent]) -> Extent:
    """The sum of several."""
    return sum(extents, exactly(Decimal(0)))


def exactly(number: Decimal | int) -> Extent:
    """A number that is known exactly."""
    return Extent(Decimal(number), Decimal(number), Decimal(number))


def extent(
    label: str, bound: str, value: Decimal | None, low: Decimal | None, high: Decimal | None, percent: bool = False
) -> Extent:
    """What an amount allows, by its bound and by how it is written.

    >>> extent("1.5亿元", "exact", Decimal(150000000), None, None)
    Extent(low=Decimal('145000000.0'), high=Decimal('155000000.0'), point=Decimal('150000000'))
    >>> extent("6000元", "exact", Decimal(6000), None, None).high
    Decimal('6000')
    >>> extent("240多万元", "min", Decimal(2400000), Decimal(2400000), None).high
    Decimal('2500000')
    >>> extent("不少于20家", "min", Decimal(20), Decimal(20), None).high
    Decimal('Infinity')
    """
    if value is None:
        return Extent(low or Decimal(0), _INFINITE if high is None else high)
    if not _DIGIT.search(label):  # 万名, 千人: a manner of speaking
        return Extent(value / 2, _INFINITE)
    if bound == "min":
        return Extent(value, value + _place(value) if _SOME_MORE.search(label) else _INFINITE)
    if bound == "max":
        return Extent(Decimal(0), value)
    if bound == "about":
        return Extent(value * Decimal("0.9"), value * Decimal("1.1"))
    half = _step(label, percent) / 2
    return Extent(value - half, value + half, value)


def _step(label: str, percent: bool) -> Decimal:
    """The worth of the last digit written, where a number may have been rounded; 0 where it is written out."""
    found = list(_FIGURE.finditer(label))
    if not found:
        return Decimal(1) if percent else Decimal(0)
    decimals, scales = found[-1].groups()
    scale = Decimal(1)
    for character in scales:
        scale *= SCALES[character]
    if scale == 1 and not decimals:
        return Decimal(1) if percent else Decimal(0)
    return scale * Decimal(10) ** -len(decimals or "")


def _place(value: Decimal) -> Decimal:
    """The worth of the last digit that is not 0.

    >>> _place(Decimal(2400000)), _place(Decimal("7.5"))
    (Decimal('1E+5'), Decimal('0.1'))
    """
    _, _, exponent = value.normalize().as_tuple()
    return Decimal(10).scaleb(int(exponent)) / 10


def digits(value: Decimal) -> int:
    """How many digits say something: 4510万 has three.

    >>> digits(Decimal(45100000))
    3
    """
    return len(value.normalize().as_tuple().digits)
