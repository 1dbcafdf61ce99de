"""Figures with a measure word that are no amounts: 前三名, 每万人, 一名, 千家, 两头忙, 2012款."""

from __future__ import annotations

import re

from kg.language.quantity import Quantity

_AHEAD_IN_TIME = frozenset("目日此以之提月天会节赛岗班当产先")
_ORDINAL_RANGE = re.compile("第[0-9一二三四五六七八九十]{1,3}(?:至|到|-|、)$")
_CLAUSE_START = frozenset(["", *",。;:!?、\n“"])
_BODY_AHEAD = frozenset("企工单中小基商民规非")
_SERIES = frozenset("期届层批类档季轮楼审点")
_BEASTS = re.compile("[\u4e00-\u9fff]{0,3}[牛羊猪驴骡鹿象驼]")
_FAMILY = re.compile("(?:家|家里|家有|祖孙|人口|夫妻|母子|父子)$")
_ADDRESS = re.compile("(?:社区|小区|[院苑园区村里])$")
_MODEL = re.compile("(?:19|20)[0-9]{2}")


def says_no_amount(text: str, quantity: Quantity, bounded: bool) -> bool:
    """Ordinals, 一 for "a", denominators (每万人), and round numbers that stand for "very many"."""
    before = text[quantity.start - 1 : quantity.start]
    if before == "每":
        return True
    if before == "届" or _ORDINAL_RANGE.search(text, max(0, quantity.start - 6), quantity.start):
        return True  # 十八届五次全会, 第3至5名
    if before == "前" and text[quantity.start - 2 : quantity.start - 1] not in _AHEAD_IN_TIME:
        return True
    surface, unit = quantity.surface, quantity.unit
    if quantity.numeral.high is not None and len(surface) <= 3 and text[quantity.end - 1] in _SERIES:
        return True  # 一二期, 二三层: the first and the second
    if quantity.vague or quantity.numeral.high is not None or quantity.rule in ("fraction", "range", "coins"):
        return False
    own = _by_its_word(text, quantity, before)
    if own is not None:
        return own
    if surface == "一":
        halved = quantity.numeral.value != 1
        return not (
            halved
            or unit.unit == "倍"
            or (unit.kind == "money" and (bounded or unit.unit != "CNY"))
            or (unit.kind == "percent" and unit.factor != 1)
        )
    if surface == "二":
        return True
    if unit.kind == "percent" and text[quantity.end - 1] in "成折":
        return _no_tenths(quantity, text[quantity.end - 1])
    following = text[quantity.end : quantity.end + 1]
    return not bounded and _round_figure(quantity, following)


def _by_its_word(text: str, quantity: Quantity, before: str) -> bool | None:
    """What its measure word says of a figure, if that says anything: 两人都鼓励, 一家五口, 2012款 are no amounts."""
    surface, unit, start, end = quantity.surface, quantity.unit.unit, quantity.start, quantity.end
    if surface == "两" and unit == "人":
        return before in _CLAUSE_START  # they, not a figure
    if surface == "两" and unit == "头":
        return not _BEASTS.match(text, end)  # 两头忙: at both ends
    none = (
        unit == "CNY" and text.endswith("人民币", 0, end) and _a_name(text, quantity),  # 向张三人民币借款
        unit == "款" and (_MODEL.fullmatch(surface) is not None or before == "唯"),  # 2012款本田, 唯一一款
        unit == "栋" and _ADDRESS.search(text, max(0, start - 2), start) is not None,  # 翠屏社区5栋
        unit in _SERIES and before == "(" and text.startswith(")", end),  # 专项债券(三期)
        unit == "口" and _FAMILY.search(text, max(0, start - 2), start) is not None,
    )
    return True if any(none) else None


def _a_name(text: str, quantity: Quantity) -> bool:
    """Is the one digit before 人民币 the end of a name?"""
    return (
        quantity.surface in "一二三四五六七八九" and "\u4e00" <= text[quantity.start - 1 : quantity.start] <= "\u9fff"
    )


def _no_tenths(quantity: Quantity, word: str) -> bool:
    """成 and 折 count tenths: 七成, 8折, 七五折; 千成 and 百折 are other words, and 十折 is no discount."""
    whole = quantity.surface in ("十", "10") and word == "折"
    return whole or not 0 < quantity.numeral.value <= 1000 or any(c in "百千万亿" for c in quantity.surface)


def _round_figure(quantity: Quantity, following: str) -> bool:
    """百年, 万元, 千人, 情暖万家, 百万职工: a power of ten alone, where it makes set phrases."""
    surface, unit = quantity.surface, quantity.unit
    if surface == "十":
        return unit.unit == "分"
    if not set(surface) <= set("百千万亿"):
        return False
    if unit.kind == "money":
        return len(surface) == 1
    if unit.unit in ("家", "户") and following not in _BODY_AHEAD:
        return True
    loose = unit.unit in ("人", "分", "点", "次", "步", "面", "把")
    return quantity.rule == "bare-number" or unit.kind == "duration" or loose
