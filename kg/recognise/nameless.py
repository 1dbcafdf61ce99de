"""Bodies of which a place has one, so that they need no name of their own: 县移动公司, 市机械冶金工会, 园区管委会.

县 移动 公司      市 机械 冶金 工会      第一 机床厂
└ level └ trade   └ level └ trades        └ ordinal
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from kg.language.spans import Row
from kg.lexicon import rows
from kg.model import Mention, Span

_ORDINAL = "(?<![一-鿿])(?<!第)第[一二三四五六七八九十]{1,2}"
_LEAGUE = re.compile(
    "(?<![一-鿿])团(?:自治区|[省市区县州地旗])委|(?<=[由与和、,向从省市县区州])团(?:自治区|[省市区县州地旗])委"
    "|共青团(?:自治区|[省市区县州地旗])委|(?:(?<![一-鿿])|(?<=[由与和向从给过]))团[一-鿿]{2,5}[省市区县州旗]委(?![员托派])"
)
# 第一人民医院, where the town goes without saying
_SCHOOL = re.compile(_ORDINAL + "(?:(?:高级|初级|职业|实验|完全)?中学|军医大学|小学|幼儿园)")
_HOSPITAL = re.compile(_ORDINAL + "(?:人民|中医|妇幼|附属)?医院")
_WORKS = re.compile(
    _ORDINAL
    + "(?:(?![年月日天次批期个家名位轮届季周步条项场代线车])[^\\W0-9A-Za-z的了在进入到出建办开]{1,3}厂(?![长房家区商矿子])|建筑(?:工程)?公司|建设公司|运输公司)"
)
# of the village or the neighbourhood that the text is about
_VILLAGE = re.compile(
    "(?:(?<![一-鿿])|(?<=[由与和在从向给据请是]))(?P<level>村|社区)"
    "(?P<body>党支部|党总支|党委|委会|民委员会|居委会|居民委员会|团支部|妇联|民理事会|老年协会|经济合作社|集体经济合作社)"
)
_BY_NUMBER = (("School", _SCHOOL), ("Institution", _HOSPITAL), ("Company", _WORKS))

# What stands before those of one place: 镇|工会, 园区|管委会, 开发区|总工会
_AREAS = "(?:园区|开发区|经济开发区|高新区|经开区|景区|风景区|度假区|新区|保税区)$"
_OF_AREAS = {
    "工会": re.compile("(?:镇|乡|街道)$|" + _AREAS),
    "总工会": re.compile("(?:镇|乡|街道)$|" + _AREAS),
    "管委会": re.compile(_AREAS),
    "管理处": re.compile("(?:景区|风景区|保护区|库区|林区)$"),
}
_COMPANY = "(?:总公司|分公司|公司|集团公司|集团|总厂|厂|总站|场|行)"
_SCHOOL_ENDS = "(?:大学|学院|专科学校|学校|中专|高中|中学)"


def league_and_numbered(text: str) -> Iterator[Mention]:
    """The youth league of a place, and what has a number for its name.

    >>> [m.text for m in league_and_numbered("团市委、第一人民医院、第三棉纺厂捐款,共青团县委发放")]
    ['团市委', '共青团县委', '第一人民医院', '第三棉纺厂']
    """
    for match in _LEAGUE.finditer(text):
        yield Mention("Institution", Span(*match.span()), match.group(), "level-body")
    for kind, pattern in _BY_NUMBER:
        for match in pattern.finditer(text):
            yield Mention(kind, Span(*match.span()), match.group(), "ordinal-body")


def of_villages(text: str, places: Iterable[Mention]) -> Iterator[Mention]:
    """The bodies of a village or a neighbourhood, where the text names one before: 村党支部, of 群英村.

    >>> village = Mention("Place", Span(0, 3), "群英村", "township", "群英村")
    >>> [(m.text, m.name) for m in of_villages("群英村变样了。村党支部书记李明说。", [village])]
    [('村党支部', '群英村党支部')]
    """
    named = list(places)
    villages = {level: Row(p for p in named if p.text.endswith(level)) for level in ("村", "社区")}
    for match in _VILLAGE.finditer(text):
        village = next(villages[match["level"]].before(match.start()), None)
        if village:
            place = village.name or village.text
            name = place + (match.group() if match["body"][0] in "民委" else match["body"])  # 大凹村|村民理事会
            yield Mention("Institution", Span(*match.span()), match.group(), "level-body", name)


def area_before(text: str, start: int, end: int) -> int | None:
    """Where the kind of area begins whose body a head is that takes no name: 镇|工会, 园区|管委会."""
    pattern = _OF_AREAS.get(text[start:end])
    bare = pattern.search(text, max(0, start - 5), start) if pattern else None
    return bare.start() if bare else None


def is_of_trades(core: str) -> bool:
    """Do nothing but trades stand before 工会?

    >>> is_of_trades("机械冶金"), is_of_trades("企业"), is_of_trades("")
    (True, False, False)
    """
    return _trades().fullmatch(core) is not None


def is_local(name: str) -> bool:
    """May what stands behind a level word be the name of a school or a company: 县|移动公司, but not 县|企业公司?

    >>> is_local("移动公司"), is_local("化肥厂"), is_local("农业大学"), is_local("小学"), is_local("工厂")
    (True, True, True, False, False)
    """
    return _local().fullmatch(name) is not None


@cache
def _words(kind: str) -> str:
    lines = {row[0]: row[1] for row in rows("local-lines")}
    return "|".join(sorted(lines[kind].split(), key=len, reverse=True))


@cache
def _trades() -> re.Pattern[str]:
    return re.compile(f"(?:(?:{_words('trade')})[、和]?)+(?:系统|行业)?")


@cache
def _local() -> re.Pattern[str]:
    number = "(?:第?[一二三四五六七八九十])?"
    works = "(?!工厂)[^\\W0-9A-Za-z的了在进入到出建办开]{1,6}厂"
    return re.compile(
        f"{number}(?:(?:{_words('trade')})+{_COMPANY}|(?:{_words('school')})+{_SCHOOL_ENDS}|{_words('alone')}|{works})"
    )
