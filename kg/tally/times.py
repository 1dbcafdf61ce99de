"""Can two times be one: which years and which months each may mean.

2022年7月 and 7月           yes: the year of the second is not told
今年3月 and 今年9月         no
前三季度 and 9月            yes: the ninth month is one of the nine
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from kg.language.periods import period as period_of

_ANY_YEAR = "2000-01-01"  # some year, so that the months come out
_SO_FAR = re.compile("截至|截止|以来|至今")

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Time:
    """First and last year, first and last month, None where it is not told; is it all the time up to then?"""

    years: Range | None = None
    months: Range | None = None
    so_far: bool = False
    words: str = ""

    @classmethod
    def of(cls, start: str, end: str, period: str) -> Self:
        """From the dates of a measure, and from how its time is worded where it has none.

        >>> Time.of("2022-07", "2022-07", "2022年7月").months, Time.of("", "", "截至11月底").months
        ((7, 7), (1, 11))
        """
        so_far = _SO_FAR.search(period) is not None
        first, last = start or end, end or start
        years = (int(first[:4]), int(last[:4])) if first else None
        if years and len(first) > 4 and len(last) > 4 and years[0] == years[1]:
            months: Range | None = (1 if so_far else int(first[5:7]), int(last[5:7]))
        else:
            months = _months(period)
        return cls(years, months, so_far, period)

    def may_be(self, other: Time) -> bool:
        """Is there a time that both may mean?

        >>> Time.of("", "", "今年3月").may_be(Time.of("", "", "今年9月"))
        False
        """
        return self.same_year(other) and _meet(self.months, other.months)

    def same_year(self, other: Time) -> bool:
        """Can both be in one year?"""
        return _meet(self.years, other.years)


def _months(words: str) -> Range | None:
    """The months that a time is worded with, whatever its year."""
    start, end = period_of(words, anchor=_ANY_YEAR)
    first, last = (day[5:7] if day and len(day) > 4 else "" for day in (start, end))
    return (int(first or 1), int(last or 12)) if first or last else None


def _meet(one: Range | None, other: Range | None) -> bool:
    return one is None or other is None or (one[0] <= other[1] and other[0] <= one[1])
