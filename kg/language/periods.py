"""When something begins and ends by how its time is worded: a day, a month or a year each, as far as the text tells.

2019至2021年   2019 … 2021        今年上半年 (of a text of 2024-08-02)   2024-01 … 2024-06
截至2020年底        … 2020-12     2022年以来                             2022 …
"""

from __future__ import annotations

import datetime
import re

from kg.language.dates import iso
from kg.language.numerals import read_numeral

_BACK = {
    "今年": 0,
    "本年": 0,
    "当年": 0,
    "去年": -1,
    "昨年": -1,
    "上年": -1,
    "前年": -2,
    "明年": 1,
    "次年": 1,
    "后年": 2,
}
_RELATIVE = re.compile("|".join(_BACK))
_YEARS = re.compile(r"((?:19|20)\d{2}) ?年? ?(?:至|到|-|~|—{1,2}|–|―) ?((?:19|20)\d{2}) ?年")
_YEAR = re.compile(r"(?:19|20)\d{2}(?= ?年)")
_MONTH = "(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_MONTHS = re.compile(rf"{_MONTH} ?月? ?(?:至|到|-|~|—{{1,2}}|–|―|、) ?{_MONTH} ?月")
_DAYS = re.compile(
    rf"{_MONTH} ?月 ?(\d{{1,2}}) ?[日号]? ?(?:至|到|-|~|—{{1,2}}|–|―) ?(?:{_MONTH} ?月 ?)?(\d{{1,2}}) ?[日号]"
)
_DAY = re.compile(rf"{_MONTH} ?月(?: ?(\d{{1,2}}) ?[日号])?")
_PARTS = {"上半年": (1, 6), "下半年": (7, 12), "年初": (1, 1), "年底": (12, 12), "年末": (12, 12)}
_QUARTER = re.compile("(前)?第?([一二三四1-4])(?:个)?季度")
_UNTIL = re.compile("^(?:截至|截止到?)")
_TO_BE = re.compile("(?:到|至|在|于)$")
_SINCE = re.compile("(?:以来|来|起)$")

Period = tuple[str | None, str | None]


def period(surface: str, before: str = "", anchor: str | None = None) -> Period:
    """The first and the last day, month or year (ISO 8601) of a date as worded; None where it is open or not told.

    `before` is what stands before it, `anchor` the date of the text, by which 去年 and 6月27日 are told.

    >>> period("2019至2021年"), period("2022年以来"), period("截至2020年底"), period("2027年底", "力争到")
    (('2019', '2021'), ('2022', None), (None, '2020-12'), (None, '2027-12'))
    >>> period("今年上半年", anchor="2024-08-02"), period("6月27日", anchor="2024-08-02"), period("去年")
    (('2024-01', '2024-06'), ('2024-06-27', '2024-06-27'), (None, None))
    """
    start, end = map(_possible, _bounds(surface, anchor))
    if end and (_UNTIL.match(surface) or (_TO_BE.search(before) and before.endswith("到"))):
        return None, end
    if start and _SINCE.search(surface):
        return start, None
    return start, end


def _bounds(surface: str, anchor: str | None) -> Period:
    if years := _YEARS.search(surface):
        return years[1], years[2]
    if day := iso(surface):
        return (day, day) if len(day) > 4 else _within(surface, day)
    year = _year(surface, anchor)
    return _within(surface, year) if year else (None, None)


def _possible(day: str | None) -> str | None:
    """A day that the calendar has, or its month."""
    try:
        return day if not day or len(day) < 10 else datetime.date.fromisoformat(day).isoformat()
    except ValueError:
        return day[:7] if day else None


def _year(surface: str, anchor: str | None) -> str | None:
    """The year that a date names or means."""
    if named := _YEAR.search(surface):
        return named[0]
    if anchor is None:
        return None
    relative = _RELATIVE.search(surface)
    told = relative or _DAY.search(surface) or _QUARTER.search(surface) or any(part in surface for part in _PARTS)
    shift = _BACK[relative[0]] if relative else 0
    return str(int(anchor[:4]) + shift) if told or "全年" in surface else None


def _within(surface: str, year: str) -> Period:
    """The part of a year that a date means: months, days, a quarter, half of it, or all."""
    if days := _DAYS.search(surface):
        first, last = _number(days[1]), _number(days[3] or days[1])
        return f"{year}-{first:02d}-{int(days[2]):02d}", f"{year}-{last:02d}-{int(days[4]):02d}"
    if months := _MONTHS.search(surface):
        return f"{year}-{_number(months[1]):02d}", f"{year}-{_number(months[2]):02d}"
    if day := _DAY.search(surface):
        told = f"{year}-{_number(day[1]):02d}" + (f"-{int(day[2]):02d}" if day[2] else "")
        return told, told
    if quarter := _QUARTER.search(surface):
        n = _number(quarter[2])
        return f"{year}-{1 if quarter[1] else 3 * n - 2:02d}", f"{year}-{3 * n:02d}"
    for part, (first, last) in _PARTS.items():
        if part in surface or (part[0] == "年" and surface.endswith(part[1])):
            return f"{year}-{first:02d}", f"{year}-{last:02d}"
    return year, year


def _number(numeral: str) -> int:
    return int(read_numeral(numeral).value)
