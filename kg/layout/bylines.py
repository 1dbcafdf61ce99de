"""Who wrote it: datelines, by-lines, photo credits, dates of publication."""

from __future__ import annotations

import re

from kg.language.dates import day
from kg.layout.lines import HAN

_OUTLET = (
    "(?:本报|本网|本刊|本台|本社|新华社|中新社|中新网|中工网|人民网"
    rf"|[{HAN}]{{0,6}}?(?:日报|晚报|时报|晨报)|[{HAN}]{{2,6}}?(?:网|在线|社|报|客户端))"
)
_ROLE = (
    rf"(?:{_OUTLET}(?:[—·-]+{_OUTLET})?)?(?:全媒体|融媒体|见习|实习|特约|首席|特派|驻[{HAN}]{{2,4}})*"
    r"(?:记者|通讯员|实习生|撰稿人|评论员)"
)
_NAME = rf"(?:[{HAN}]{{2,4}}(?:·[{HAN}]{{1,8}})*|[{HAN}]\s+[{HAN}])"
_NAMES = rf"{_NAME}(?:(?:\s+|\s*[、,]\s*){_NAME})*"
_SIGNED = re.compile(r"\([^()]*(?:记者|通讯员|实习生|撰稿|作者)[^()]*\)")
LEAD = re.compile(
    rf"^(?:{_OUTLET}(?:[—·-]+{_OUTLET})?(?:[{HAN}]{{0,10}}?(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?)(?:综合|专)?(?:讯|电|报道|消息)"
    rf"(?:\s*\([^()]*(?:记者|通讯员|实习生|撰稿)[^()]*\)|\({_NAMES}\)|(?<=讯)\({_OUTLET}\)|(?=[\s:]|[今昨近前日当]日?|\d{{1,2}}月))"
    rf"(?:\s*{_ROLE}\s+{_NAMES}\s+报道)?|本报讯(?![{HAN}]{{0,2}}[员号])|据{_OUTLET}(?:报道|消息|电|讯)(?=[\s,:])"
    rf"|\((?:{_ROLE})[^()]*\))\s*[:,]?\s*"
)
_LINE = re.compile(
    rf"^[□■◆○\s]*(?:(?:{_OUTLET}[^\s]*?(?:记者|通讯员|实习生)\s*|{_ROLE}[\s:/]+){_NAMES}[\s,;]*)+"
    r"(?:文/?图|图/?文|文|图|摄影报道|报道|摄)?$"
)
_META = re.compile(
    r"^(?:发布时间|发布日期|发表时间|更新时间|来源|信息来源|稿件来源|作者|编辑|责任编辑|责编|审核|校对|供稿|撰稿|记者|通讯员"
    r"|摄影|浏览次数|点击数|阅读次数|字号|发布机构|发布单位|索引号)\s*[:/]|^(?:文|图|文图)/"
)
_DATED = re.compile(
    r"^\(?\d{4}[年/.-]\d{1,2}[月/.-]\d{1,2}日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?"
    r"(?:\s*星期.)?(?:\s*(?:来源:\S+|第?[\dA-Z]+版\S*))?\)?$"
)
_DATE = re.compile(r"(?<!\d)(\d{4})[年/.-](\d{1,2})[月/.-](\d{1,2})(?!\d)")
_CREDIT = re.compile(
    rf"(?<=[。!?”)…])\s*(?P<credit>\(?(?:{_ROLE}[\s/]*)?{_NAMES}\s*/?\s*(?:摄影报道|摄影|摄|文/图|供图)\)?)$"
)
_END = re.compile(
    rf"(?<=[。!?”…])\s*(?P<credit>\((?:{_ROLE}[\s:]*{_NAMES}[\s,;]*)+\)|\(完\)|\(下转第?[^()]{{1,4}}版\))$"
)
_ROLES = re.compile(
    rf"{_ROLE}|(?:作者|撰稿|摄影|供图|摄影报道|文图|图文|文|图)\s*[:/]|摄影报道|摄影|供图|摄|文/图|图/文"
)
_UNNAMED = re.compile(r"(?:来源|信息来源|稿件来源|编辑|责任编辑|责编|审核|校对|供稿|发布机构|发布单位)\s*[:/]\s*\S+")
_PUBLISHER = re.compile(r"(?:信息来源|稿件来源|文章来源|来源|发布机构|发布单位)\s*[:/]\s*([^\s,;:|()]{2,24})")
_TOKEN = re.compile(rf"[{HAN}]+(?:·[{HAN}]+)*")


def lead_length(text: str) -> int:
    """How much of a paragraph is dateline and by-line, white space after it included.

    >>> lead_length("本报讯(记者刘旭)6月27日"), lead_length("本报长沙5月15日电(记者 周湘)今天")
    (9, 17)
    >>> lead_length("新华社太原1月26日电 2013年以来"), lead_length("本报的报道说")
    (12, 0)
    """
    match = LEAD.match(text)
    return match.end() if match else 0


def is_byline(text: str) -> bool:
    """Is the whole line a by-line or what a web page says of its publication?

    >>> is_byline("本报记者 张群 本报通讯员 匡载舟 谢文哲"), is_byline("发布时间:2023-07-29  来源:区总工会")
    (True, True)
    >>> is_byline("记者节来了")
    False
    """
    if len(text) > 90 or "。" in text:
        return False
    return bool(_LINE.match(text) or _META.match(text) or _DATED.match(text))


def credit_start(text: str) -> int | None:
    """Where the photo credit that ends a caption begins.

    >>> credit_start("送去清凉。本报记者 赖志凯 摄")
    5
    """
    match = _CREDIT.search(text)
    return match.start("credit") if match else None


def signature_start(text: str) -> int | None:
    """Where the by-line that ends a body, or its note that it goes on elsewhere, begins.

    >>> signature_start("已全部落实。(记者 王明)")
    6
    """
    match = _END.search(text)
    return match.start("credit") if match else None


def names(text: str) -> tuple[str, ...]:
    """The people a by-line names, as written.

    >>> names("本报讯(记者邹佩然 通讯员张晓燕)"), names("本报记者 王　莹 李四 摄")
    (('邹佩然', '张晓燕'), ('王莹', '李四'))
    """
    signed = _SIGNED.search(text)
    if signed:
        text = signed[0]
    elif LEAD.match(text):
        return ()
    if not _ROLES.search(text):
        return ()
    plain = _ROLES.sub("\n", _UNNAMED.sub("\n", text))
    plain = re.sub(rf"(?<![{HAN}·])([{HAN}])\s+([{HAN}])(?![{HAN}·])", r"\1\2", plain)
    return tuple(token for token in _TOKEN.findall(plain) if 2 <= len(token) <= 4 or "·" in token)


def date(text: str) -> str | None:
    """The full date a by-line gives, in ISO 8601.

    >>> date("发布时间:2023-07-29"), date("本报长沙5月15日电")
    ('2023-07-29', None)
    """
    match = _DATE.search(text)
    return day(match[0]) if match else None  # 2023-13-45 is a number of something, not a date


def publisher(text: str) -> str:
    """The outlet that a by-line names as the source.

    >>> publisher("发布时间:2023-07-29  来源:区总工会"), publisher("本报记者 张群")
    ('区总工会', '')
    """
    match = _PUBLISHER.search(text)
    return match[1] if match else ""
