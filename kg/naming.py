"""How names of bodies relate: abbreviations, places in front, words left out."""

from __future__ import annotations

import re
from functools import cache

from kg.lexicon import rows, vocabulary
from kg.recognise.bodies import LEGAL_FORMS
from kg.recognise.gazetteer import Found, by_code, find_divisions, short_name
from kg.recognise.places import chains

LEVEL_WORDS = ("自治区", "自治州", "省", "市", "县", "区", "州", "旗", "镇", "乡")
CORPORATE = re.compile(r"(?:股份|集团)?有限(?:责任)?公司$|\(集团\)有限(?:责任)?公司$|集团公司$|集团$|公司$")

BRANCH = re.compile(r"(?:分公司|支公司|供电公司)$")


@cache
def expand(name: str) -> str:
    """A body's name with its well-known abbreviations written out.

    >>> expand("威海市残联"), expand("省总"), expand("全总法律工作部"), expand("市人社局")
    ('威海市残疾人联合会', '省总工会', '中华全国总工会法律工作部', '市人力资源和社会保障局')
    """
    for row in rows("organisation-national"):
        for short in row[2].split() if len(row) > 2 else ():
            if name == short or (name.startswith(short) and not name.startswith(row[0]) and len(short) > 1):
                return expand_end(row[0] + name[len(short) :])
    union = _UNION_SHORT.match(name)
    if union:
        return expand_end(f"{union.group(1)}总工会{union.group(2)}")
    return expand_end(name)


def expand_end(name: str) -> str:
    """The abbreviation at the end of a name written out, the longest that fits."""
    for short, full in sorted(rows("organisation-abbreviations"), key=lambda row: -len(row[0])):
        if name.endswith(short) and not name.endswith(full) and len(name) > len(short) and short != "总":
            return name[: -len(short)] + full
    return name


@cache
def lead(name: str) -> tuple[Found, ...]:
    """The chain of divisions a name begins with."""
    found = find_divisions(name, frozenset({0}))
    joined = chains(found)
    return joined[0] if joined and joined[0][0].start == 0 else ()


def level_of(name: str) -> str:
    """The level word a short form begins with: 市 in 市残联.

    >>> level_of("市残联"), level_of("自治区总工会"), level_of("大连市总工会")
    ('市', '自治区', '')
    """
    if lead(name):
        return ""
    return next((level for level in LEVEL_WORDS if name.startswith(level)), "")


_UNION_SHORT = re.compile(rf"(.*[省市区县旗州])总(?!{'|'.join(vocabulary('union-short-not'))})(.*)$")
_MARKS = re.compile("[《》“”‘’〈〉]|系列|主题|专项")
_UNDERTAKING = re.compile("(?:活动|行动|项目|工程|计划)$")


def bare(programme: str) -> str:
    """A programme's name without its marks and without the word for what it is.

    >>> bare("“送清凉”活动"), bare("《实施方案》"), bare("暖冬行动")
    ('送清凉', '实施方案', '暖冬')
    """
    plain = _MARKS.sub("", programme)
    return _UNDERTAKING.sub("", plain) or plain


def is_common(programme: str) -> bool:
    """Do programmes of many organisers have this name?

    >>> is_common("“送清凉”活动"), is_common("春风行动")
    (True, False)
    """
    known = vocabulary("common-programmes")
    return bare(programme) in known or _MARKS.sub("", programme) in known


_ORDINAL = re.compile("第[一二三四五六七八九十]+")


@cache
def _national() -> frozenset[str]:
    return frozenset(row[0] for row in rows("organisation-national"))


@cache
def is_placeless(name: str) -> bool:
    """Is it a name that bodies of many places have, and that does not say of which?

    >>> [is_placeless(name) for name in ("市总工会", "第一人民医院", "大连市某公司", "大连市总工会", "交通银行")]
    [True, True, True, False, False]
    """
    if "某" in name:
        return True
    if lead(name) or name in _national():
        return False
    plain = _ORDINAL.sub("", name)
    suffixes = {row[0] for row in rows("organisation-suffixes")}
    generic = vocabulary("organisation-generic") | {""}
    return bool(level_of(name)) or any(plain[i:] in suffixes and plain[:i] in generic for i in range(len(plain)))


def without_upper(name: str) -> str:
    """A name without the divisions above the body's own.

    >>> without_upper("浙江省杭州市总工会"), without_upper("大连市总工会"), without_upper("湖南湘江新区投资集团有限公司")
    ('杭州市总工会', '大连市总工会', '湖南湘江新区投资集团有限公司')
    """
    chain = lead(name)
    if len(chain) == 1 and chain[0].full and chain[0].start == 0:
        return _with_city(name, chain[0])
    if len(chain) < 2 or not chain[-1].full:
        return name
    keep = chain[-1]
    if len(chain) > 1 and any(d.level == 3 and name[keep.start : keep.end].endswith("区") for d in keep.divisions):
        keep = chain[-2]  # a district is known by its city: 太原市尖草坪区总工会
    return name[keep.start :]


def _with_city(name: str, division: Found) -> str:
    """A body of a district under its city's name, where there is one district of that name only.

    >>> without_upper("顺庆区残联"), without_upper("鼓楼区残联")
    ('南充市顺庆区残联', '鼓楼区残联')
    """
    known = [d for d in division.divisions if d.level == 3]
    above = by_code().get(known[0].code[:4]) if len(known) == 1 and len(division.divisions) == 1 else None
    if above is None or not name[: division.end].endswith("区") or not above.name.endswith("市"):
        return name
    return above.name + name


def rest(name: str) -> str:
    """A name without its divisions.

    >>> rest("浙江省杭州市总工会"), rest("大庆职业学院")
    ('总工会', '职业学院')
    """
    chain = lead(name)
    return name[chain[-1].end :] if chain else name


def subsequence(short: str, long: str) -> bool:
    """Do all characters of the one stand in the other, in order?

    >>> subsequence("众惠公司", "大庆市众惠人力资源有限公司"), subsequence("公司众惠", "众惠公司")
    (True, False)
    """
    rest_of = iter(long)
    return all(character in rest_of for character in short)


def stem(name: str) -> str:
    """A company's name without its legal form; any other name as it is.

    >>> stem("大庆市众惠人力资源有限公司"), stem("众惠公司"), stem("大庆职业学院")
    ('大庆市众惠人力资源', '众惠', '大庆职业学院')
    """
    return CORPORATE.sub("", name)


def shortens(short: str, long: str) -> bool:
    """Can the one be a shortened form of the other?

    >>> shortens("众惠公司", "大庆市众惠人力资源有限公司"), shortens("三都农商行", "贵州三都农商行")
    (True, True)
    >>> shortens("湖南大学", "湖南农业大学"), shortens("工桥通业就业服务中心", "工桥通业职工就业再就业服务中心")
    (False, True)
    >>> shortens("锦泰置业", "锦泰置业有限公司")
    True
    >>> shortens("苏州市总工会", "苏州市吴江区总工会"), shortens("建安集团", "建安集团大庆分公司")
    (False, False)
    """
    if len(short) >= len(long):
        return False
    if len(short) >= 4 and long.startswith(short) and long[len(short) :] in LEGAL_FORMS:
        return True
    if long.endswith(short):
        return len(short) >= 3 and not level_of(short)
    if CORPORATE.search(short) and CORPORATE.search(long):
        return not BRANCH.search(long) and _same_brand(stem(short), stem(long))
    if lead(short) or lead(long):
        return False  # what a place leaves out tells bodies apart: 湖南大学, 湖南农业大学
    return len(short) >= 6 and short[:2] == long[:2] and short[-2:] == long[-2:] and subsequence(short, long)


def _same_brand(short: str, long: str) -> bool:
    brand = rest(short) or short
    return len(brand) >= 2 and (rest(long).startswith(brand) or long.startswith(brand))


def upper_names(code: str) -> list[str]:
    """A division and those above it, the nearest first.

    >>> upper_names("210203")
    ['西岗区', '大连市', '辽宁省']
    """
    codes = [code[:width] for width in (6, 4, 2) if len(code) >= width]
    return [by_code()[c].name for c in codes if c in by_code()]


def full_place(name: str) -> str:
    """The full form of a division's short name, when there is one only.

    >>> full_place("大连"), full_place("湖北"), full_place("湘江新区")
    ('大连市', '湖北省', '湘江新区')
    """
    chain = lead(name)
    if len(chain) == 1 and chain[0].end == len(name):
        names = {d.name for d in chain[0].divisions if short_name(d.name) == name}
        if len(names) == 1:
            return names.pop()
    return name
