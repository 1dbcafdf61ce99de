"""What stands around a figure: the words that bound it and say per what, and the places where no amount can be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.language.units import bounds
from kg.lexicon import words
from kg.model import Bound, Kind, Mention

_PER_NOUN = (
    "平方米|公斤|课时|学年|学期|小时|季度|人次|人|户|家|个|名|位|年|月|天|日|周|次|班|县|村|区|市|省|乡|镇|校|院|生|亩|只|件|份|套|台|辆|场|期|项"
    "|条|单|笔|头|吨|所|间|栋|床|组|点|度|站|分钟|斤|株|棵|盒|瓶|张|米|公里|箱|种|企|餐|晚|顿|股|碗|双|趟|节(?!约)|桶|袋|座|处(?!理|置)|桌"
)
_PER_FRONT = rf"(?:平均)?(?:(?:每一?(?:{_PER_NOUN}))+|[人户年月日家村县校][均](?!衡|等|匀))(?:平均)?"
_VERB = (
    "(?:可|将|各|再|分别|一次性|另|已|能|均|约)?(?:资助|补助|补贴|奖励|奖|给予|发放|发给|领到|领取|获得|获|得到|可得|得|捐款|捐赠|捐"
    "|拿到|拿|拨付|拨|投入|增收|增加|支付|缴纳|交|缴|收费|收入|收|发|给|补|效益|标准|享受|报销|救助|慰问|达到|达|为|有|是|申请|返还|贷款|赔付|赔偿|赔|理赔|给付|补偿|减免|授信|可贷|可借|贷|借)"
)
_FRONT_PATTERN, _FRONT = bounds("front")
_TAIL_PATTERN, _TAIL = bounds("tail")
_LEFT = re.compile(
    rf"(?:(?P<per1>{_PER_FRONT})(?:{_VERB}){{0,2}} ?)?(?:(?P<bound1>{_FRONT_PATTERN})可?(?:{_VERB})? ?)?"
    rf"(?:(?P<per2>{_PER_FRONT})(?:{_VERB})? ?)?(?P<bound2>{_FRONT_PATTERN})? ?\Z"  # \Z: $ would end before a line break, too
)
_LEFT_REACH = 24
_LOOSE_PER = re.compile(
    rf"每一?(?P<time>年|月|天)[^,。;:!?\n\d每]{{1,20}}\Z|每一?(?P<per>{_PER_NOUN})[^,。;:!?、\n\d每]{{1,12}}\Z"
    r"|(?<![全今去本上当前年\d])(?P<wage>[月年日])(?:平均)?(?:工资|收入|薪酬?|租金|租|补贴|销售额|产值)[^,。;:!?、\n\d每]{0,6}$"
)
_SLASH_PER = re.compile(
    rf" ?/ ?(?P<per>(?:{_PER_NOUN})(?:[·./](?:{_PER_NOUN}))*)|每(?P<each>人|月|年|户|家|天)(?=[,。;、)\n]|$)"
)
_TAIL_BOUND = re.compile(rf" ?(?P<bound>{_TAIL_PATTERN})(?![班游级来到诉草])")
_MEASURE = re.compile(_PER_NOUN)


@dataclass(frozen=True, slots=True)
class Around:
    """What one side of a figure adds: how far the span reaches, the bound, and per what."""

    edge: int
    bound: Bound | None = None
    per: str | None = None


def left_of(text: str, floor: int, start: int) -> Around:
    """The bound and the 每… in front of a figure, not before `floor`.

    >>> left_of("由每人每月不低于791元", 0, 8)
    Around(edge=1, bound='min', per='人月')
    """
    begin = max(floor, start - _LEFT_REACH)
    # one character more, so that a guard sees what stands before the first word
    match = _LEFT.search(text, begin, start)
    if match is None:
        return Around(start)
    word = match["bound1"] or match["bound2"]
    per = match["per1"] or match["per2"]
    edge = match.start() + (len(match.group()) - len(match.group().lstrip(" ")))
    return Around(edge, _FRONT[word] if word else None, _nouns(per) if per else _loose_per(text, begin, start))


def right_of(text: str, end: int, kind: Kind) -> Around:
    """The tail bound and the /… behind a figure.

    >>> right_of("3万元/家左右", 3, "money")
    Around(edge=7, bound='about', per='家')
    """
    bound: Bound | None = None
    per: str | None = None
    for _ in range(2):
        slash, tail = _SLASH_PER.match(text, end), _TAIL_BOUND.match(text, end)
        if slash and per is None:
            per, end = "".join(_MEASURE.findall(slash["per"] or slash["each"])), slash.end()
        elif tail and bound is None and (tail["bound"] not in ("起", "起步") or kind in ("money", "percent")):
            bound, end = _TAIL[tail["bound"]], tail.end()
    return Around(end, bound, per)


def _nouns(surface: str) -> str:
    """每人每月 → 人月, 户均 → 户."""
    return "".join(_MEASURE.findall(surface.replace("平均", "").replace("每", "").replace("均", "")))


def _loose_per(text: str, begin: int, start: int) -> str | None:
    match = _LOOSE_PER.search(text, begin, start)
    return match[match.lastgroup or "per"] if match else None


_CLOCK = (
    r"(?:上午|下午|凌晨|早上|晚上|晚|早|中午|傍晚|当日) ?"
    r"[\d一二两三四五六七八九十]{1,3} ?[时点](?:[\d一二三四五六七八九十]{1,3}分)?"
    r"|\d{1,2}[时点]\d{1,2}分|\d{1,2}:\d{2}(?::\d{2})?"
)
_BOOK = r"《[^《》\n]{1,60}》|〔[^〕\n]{1,12}〕"
_IDIOM = "|".join(sorted(map(re.escape, words("not-amounts")), key=len, reverse=True))
_ADDRESS = r"(?:https?|ftp)://[!-~]+|www\.[!-~]+|(?<![\w.-])[\w.-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}"
_BARRED = re.compile(f"{_CLOCK}|{_BOOK}|{_ADDRESS}|{_IDIOM}", re.ASCII)
_QUOTED = re.compile('“[^”,。;:!?\n]{1,12}”|‘[^’,。;:!?\n]{1,12}’|[「『][^」』,。\n]{1,12}[」』]|"[^",。;:!?\n]{1,12}"')
BARRED, QUOTED = 1, 2


def no_amount_here(text: str, dates: Iterable[Mention]) -> bytearray:
    """For every code point: barred (dates, clock times, titles, set phrases), in a short quotation, or free."""
    mask = bytearray(len(text))
    for match in _QUOTED.finditer(text):
        mask[match.start() : match.end()] = bytes([QUOTED]) * len(match.group())
    for match in _BARRED.finditer(text):
        mask[match.start() : match.end()] = bytes([BARRED]) * len(match.group())
    for date in dates:
        mask[date.span.start : date.span.end] = bytes([BARRED]) * len(date.span)
    return mask
