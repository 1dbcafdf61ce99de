"""Dates and periods of the calendar in Chinese text: 2022年7月7日, 去年, 2013年以来, 1至10月."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from kg.language.numerals import DIGITS, read_numeral
from kg.model import Mention, Span

_TO = r" ?(?:至|到|-|~|—{1,2}|–|―) ?"
_YEAR = r"(?:19|20)\d{2}|[一二][〇零九0][〇零一二三四五六七八九0]{2}"
_MONTH = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_ARABIC_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
_DAY = r"3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九]"
_REL_YEAR = "今年|去年|前年|明年|后年|当年|本年度?|同年|次年|昨年|上年|近年"
_AFTER_YEAR = "(?:度|以来|来|底|初|末|年中|上半年|下半年|前?[一二三四]季度|全年|间)?"
_LEAD = "(?:截至|截止到?|自从?)?"

_FULL = re.compile(
    rf"(?P<y>{_YEAR}) ?年 ?(?:(?P<m>{_MONTH}) ?月(?!饼|薪|票|嫂|租) ?(?:(?P<d>{_DAY}) ?[日号])?)?"
    rf"|(?P<iy>(?:19|20)\d{{2}})[-/.](?P<im>1[0-2]|0?[1-9])[-/.](?P<id>3[01]|[12]\d|0?[1-9])(?!\d)"
)
DATE = re.compile(
    rf"(?<![\d.个一二三四五六七八九十百千万亿两几多半])(?:"
    rf"{_LEAD}(?:{_YEAR}) ?年?{_TO}(?:{_YEAR}) ?年{_AFTER_YEAR}"
    rf"|{_LEAD}(?:(?:{_YEAR})、)*(?:{_YEAR}) ?年 ?(?:前?(?:{_MONTH})(?:{_TO}|、)(?:{_MONTH}) ?月份?"
    rf"|(?:{_MONTH}) ?月 ?(?:(?:{_DAY}) ?[日号](?:{_TO}(?:(?:{_MONTH}) ?月 ?)?(?:{_DAY}) ?[日号])?)?)?{_AFTER_YEAR}"
    rf"|(?:19|20)\d{{2}}[-/.](?:1[0-2]|0?[1-9])[-/.](?:3[01]|[12]\d|0?[1-9])(?!\d)"
    rf"|{_LEAD}(?:{_REL_YEAR})?(?:{_MONTH})(?:{_TO}|、)(?:{_MONTH}) ?月(?!饼|薪|票|嫂|租)份?"
    rf"|{_LEAD}(?:{_REL_YEAR})?(?:{_MONTH}) ?月(?!饼|薪|票|嫂|租)"
    rf"(?:(?: ?(?:{_DAY})(?:{_TO}|、))?(?:(?:{_MONTH})月)? ?(?:{_DAY}) ?[日号](?!楼|线|院|馆)"
    rf"(?:{_TO}(?:{_DAY}) ?[日号])?|份|底|初|末|[上中下]旬)?(?:以来|起)?"
    rf"|{_LEAD}(?:{_REL_YEAR}){_AFTER_YEAR}"
    rf"|(?:(?:{_ARABIC_DAY})(?:{_TO}|、))?(?:{_ARABIC_DAY}) ?日(?!内|以内|之内|均|照|记|游|元|常|报|薪)"
    rf"|前?(?:第?[一二三四]|[1-4])季度|[上下]半年|近日|日前|近期|今日|昨日|当日|本月|上月|当月|全年|年内|年底|年初|今天|昨天)"
)

_WHOLE_DAY = re.compile(r"(?<!\d)(\d{4})\s*[年/.\-]?\s*(\d{1,2})\s*[月/.\-]?\s*(\d{1,2})(?!\d{3})")


@lru_cache(maxsize=4)  # amounts ask for the dates of the same text
def find_dates(text: str) -> tuple[Mention, ...]:
    """The dates of a text; `name` is ISO 8601 where the text gives at least the year.

    >>> [(m.text, m.name) for m in find_dates("2022年7月7日,7500元于6月27日发放,截至2020年底")]
    [('2022年7月7日', '2022-07-07'), ('6月27日', ''), ('截至2020年底', '2020')]
    """
    return tuple(
        Mention("Date", Span(*match.span()), match.group(), "date", iso(match.group())) for match in DATE.finditer(text)
    )


def iso(surface: str) -> str:
    """A date's ISO form, as far as it is known; empty for a period or a date without its year.

    >>> iso("2022年7月"), iso("2019至2021年"), iso("二〇二一年三月五日")
    ('2022-07', '', '2021-03-05')
    """
    parts = list(_FULL.finditer(surface))
    single = len(parts) == 1 and not re.search(rf"\d(?:至|到|~|—|–|、)\d|年{_TO}|[月日号]{_TO}", surface)
    if not single:
        return ""
    groups = parts[0].groupdict()
    year = groups["y"] or groups["iy"]
    digits = [str(DIGITS.get(c, c)) for c in year]
    numbers = ["".join(digits)]
    for part in (groups["m"] or groups["im"], groups["d"] or groups["id"]):
        if part is None:
            break
        numbers.append(f"{int(read_numeral(part).value):02d}")
    return "-".join(numbers)


def day(written: str) -> str | None:
    """A day as ISO 8601 has it, of whatever a page, a row or a mail says.

    >>> day("2023年7月9日 10:02"), day("2023-07-09T10:02:00+08:00"), day("20230709"), day("2023-13-45"), day("昨天")
    ('2023-07-09', '2023-07-09', '2023-07-09', None, None)
    """
    match = _WHOLE_DAY.search(written)
    if not match:
        return None
    try:
        return datetime.date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        return None
