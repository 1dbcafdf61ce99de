"""Can two times be one: which years and which months each may mean.

2022年7月 and 7月           yes: the year of the second is not told
今年3月 and 今年9月         no
前三季度 and 9月            yes: the ninth month is one of the nine
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

_MONTH = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])\s?月")
_MONTHS = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])\s?月?(?:至|到|-|~|—{1,2}|–|―|、)(1[0-2]|[1-9])\s?月")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_QUARTER = re.compile("(前)?第?([一二三四1-4])(?:个)?季度")
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
            months = _months(period, so_far)
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


def _months(period: str, so_far: bool) -> Range | None:
    if found := _MONTHS.search(period):
        return int(found[1]), int(found[2])
    if found := _QUARTER.search(period):
        n = _QUARTERS[found[2]]
        return (1 if found[1] or so_far else 3 * n - 2), 3 * n
    if "上半年" in period:
        return 1, 6
    if "下半年" in period:
        return 7, 12
    if found := _MONTH.search(period):
        return (1 if so_far else int(found[1])), int(found[1])
    return None


def _meet(one: Range | None, other: Range | None) -> bool:
    return one is None or other is None or (one[0] <= other[1] and other[0] <= one[1])
