"""Organisations: named bodies found by their structure, place + name + kind of body."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from kg.model import Mention, Span
from kg.recognise.bodies import Start, View
from kg.recognise.lexicons import rows, words
from kg.recognise.places import find_places

UNION_SHORT = re.compile(r"(?<=[省市区县旗州])总(?!" + "|".join(words("union-short-not")) + ")")
PARTY_SHORT = re.compile(r"(?<=[省市区县州旗])委(?![员托派会身屈以任])")
SHORT_UNIONS = re.compile(r"(?:[局场矿厂校院]|集团公司|公司|集团|医院|学校)工会(?![会员经费组织干])")
QUOTED = re.compile(r"《[^《》]*》|“[^“”,。;:!?]{1,22}”|〈[^〈〉]*〉")
NOT_AFTER = {
    "工会": re.compile(r"会员|经费|组织|爱心|乡村|活动"),
    "公司": re.compile(r"法(?!律|务)"),
    "集团": re.compile("军"),
    "大学": re.compile("[生新毕]"),
    "中学": re.compile("生"),
    "小学": re.compile("生"),
}
NEEDS_CORE = frozenset(
    [
        "局",
        "厅",
        "委员会",
        "办公室",
        "中心",
        "协会",
        "集团",
        "公司",
        "管理委员会",
        "联合会",
        "大队",
        "中队",
        "指挥部",
        "领导小组",
        "商会",
        "学会",
        "研究会",
        "促进会",
        "基金会",
        "常委会",
        "厂",
        "矿",
        "银行",
        "分公司",
    ]
)
BAD_TOKENS = frozenset(
    [
        "格局",
        "布局",
        "全局",
        "大局",
        "结局",
        "当局",
        "开局",
        "僵局",
        "客厅",
        "餐厅",
        "大厅",
        "舞厅",
        "展厅",
        "厂矿",
        "工矿",
        "全部",
        "内部",
        "外部",
        "总部",
        "干部",
        "到处",
        "好处",
        "之处",
        "处处",
        "本科",
        "学科",
        "百科",
        "教室",
        "车站",
        "部队",
        "党委",
        "机关党委",
        "各部",
        "办公室",
        "中部",
        "西部",
        "东部",
        "南部",
        "北部",
        "上部",
        "下部",
        "局部",
        "深处",
        "远处",
        "高处",
        "何处",
        "此处",
        "各处",
        "科室",
        "寝室",
        "浴室",
        "地下室",
        "团队",
        "车队",
        "排队",
        "组队",
        "带队",
        "领队",
        "站",
    ]
) - {"党委", "机关党委", "办公室"}
PARENTS = frozenset({"TradeUnion", "PublicBody"})
DEPARTMENT_REACH = 16


@dataclass(frozen=True, slots=True)
class Head:
    """The last word of a body's name, the class it tells, and what must stand before it."""

    start: int
    end: int
    type: str
    needs: str


@cache
def _suffixes() -> tuple[ahocorasick_rs.AhoCorasick, tuple[tuple[str, ...], ...]]:
    table = rows("organisation-suffixes")
    kind = ahocorasick_rs.MatchKind.LeftmostLongest
    return ahocorasick_rs.AhoCorasick([row[0] for row in table], matchkind=kind), table


@cache
def _national() -> tuple[ahocorasick_rs.AhoCorasick, tuple[tuple[str, str, str], ...]]:
    names = [
        (name, row[0], row[1])
        for row in rows("organisation-national")
        for name in (row[0], *(row[2].split() if len(row) > 2 else ()))
    ]
    kind = ahocorasick_rs.MatchKind.LeftmostLongest
    return ahocorasick_rs.AhoCorasick([name for name, *_ in names], matchkind=kind), tuple(names)


def heads(text: str, view: View) -> list[Head]:
    """Every word of the text that could end a body's name."""
    automaton, table = _suffixes()
    found = []
    for index, start, end in automaton.find_matches_as_indexes(text):
        suffix, kind, needs = table[index]
        if suffix in NOT_AFTER and NOT_AFTER[suffix].match(text, end):
            continue
        before_union = text.startswith("工会", end)
        if (
            len(suffix) == 1
            and not before_union
            and (end not in view.edges or text[view.token_over(end - 1) : end] in BAD_TOKENS)
        ):
            continue
        found.append(Head(start, end, kind, needs))
    found.extend(Head(m.start(), m.end(), "TradeUnion", "exact") for m in UNION_SHORT.finditer(text))
    found.extend(Head(m.start(), m.end(), "PublicBody", "exact") for m in PARTY_SHORT.finditer(text))
    covered = {(h.start, h.end) for h in found if h.needs != "exact"}
    exact = [h for h in found if h.needs == "exact" and not any(s <= h.start < e for s, e in covered)]
    return sorted([h for h in found if h.needs != "exact"] + exact, key=lambda h: (h.end, h.start))


ACTING = re.compile("举办|组织|开展|联合|携手|推出|启动|打造")
INDEFINITE = re.compile("(?:[一某这那几两多数]|[0-9]+)(?:余|多)?[家所个]$|某$")
LISTED = re.compile(
    r"((?:[一-鿿A-Za-z()]{2,14}、)+[一-鿿A-Za-z()]{2,14})等(?:[0-9]+|[一二三四五六七八九十两多几数百]+)?余?[家所个名]?"
    r"[一-鿿]{0,6}?(公司|企业|集团|学校|院校|高校|医院|银行)"
)
LISTED_CLASS = {"学校": "School", "院校": "School", "高校": "School", "医院": "Institution"}
COMMUNITY = re.compile("(?:社区|村|街道)$")
STANDS_FIRST = re.compile(r"[,。:;、!?\s]")


def _communities(text: str, taken: list[Mention]) -> list[Mention]:
    """A community or village that acts is a body: 光明社区举办招聘会."""
    return [
        Mention("PublicBody", place.span, place.text, "acting-community")
        for place in find_places(text)
        if place.rule == "township-in-division" and COMMUNITY.search(place.text) and ACTING.match(text, place.span.end)
        if place.span.start == 0 or STANDS_FIRST.match(text[place.span.start - 1])
        if not any(place.span.overlaps(m.span) for m in taken)
    ]


def _listed(view: View, found: list[Mention]) -> list[Mention]:
    """中简科技、今创集团、中天钢铁等16家公司: where one of a list is a body, the others are too."""
    more = []
    generic = words("organisation-generic")
    for match in LISTED.finditer(view.text):
        place = match.start(1)
        items = []
        for item in match.group(1).split("、"):
            items.append(Span(place, place + len(item)))
            place += len(item) + 1
        if not any(item.end == m.span.end and m.type not in PARENTS for item in items for m in found):
            continue
        kind = LISTED_CLASS.get(match.group(2), "Company")
        for item in items:
            pieces = view.pieces(item.start, item.end)
            if any(item.overlaps(m.span) for m in found) or _runs_across(pieces):
                continue
            if len(item) <= 8 and not all(piece in generic for piece in pieces) and not view.level_at(item.start):
                more.append(Mention(kind, item, view.text[item.start : item.end], "listed-body"))
    return more


def _runs_across(pieces: list[str]) -> bool:
    """Does a stretch hold words that no name holds?  Single characters stop at its start only: 中简科技."""
    stops = words("organisation-stops")
    return pieces[0] in set("由向与和在从对为有是把被") or any(len(piece) > 1 and piece in stops for piece in pieces)


def find_organisations(text: str) -> list[Mention]:
    """Mentions of named bodies; nested ones only for a body and its own department.

    >>> [(m.text, m.type) for m in find_organisations("湖北省总工会和省交通运输厅、湖北交投集团开展活动")]
    [('湖北省总工会', 'TradeUnion'), ('省交通运输厅', 'PublicBody'), ('湖北交投集团', 'Company')]
    >>> [m.text for m in find_organisations("全总法律工作部有关负责人对各级工会和用人单位表示")]
    ['全总', '全总法律工作部']
    """
    view = View(text)
    hidden = [m.span() for m in QUOTED.finditer(text) if not text[: m.start()].endswith("简称")]
    found: list[Mention] = list(_national_bodies(text, view))
    for head in heads(text, view):
        mention = _body(view, head, found)
        if mention and not _hidden(mention.span, hidden):
            _add(found, mention)
    for parent in sorted(found, key=lambda m: m.span):
        department = _department(view, parent)
        if department and not _hidden(department.span, hidden):
            _add(found, department)
    found.extend(_listed(view, found))
    found.extend(_communities(text, found))
    return sorted(found, key=lambda m: (m.span.start, m.span.end))


def _hidden(span: Span, hidden: list[tuple[int, int]]) -> bool:
    return any(s <= span.start and span.end <= e for s, e in hidden)


def _national_bodies(text: str, view: View) -> list[Mention]:
    automaton, names = _national()
    found = []
    for index, start, end in automaton.find_matches_as_indexes(text):
        name, canonical, kind = names[index]
        if name.endswith("部") and text.startswith("门", end):
            continue  # 财政部门 is a kind of body
        inside_word = start not in view.edges and len(name) == 2
        if inside_word or (len(name) == 2 and end not in view.edges and name != "全总"):
            continue
        found.append(Mention(kind, Span(start, end), name, "national-body", canonical))
    return found


def _body(view: View, head: Head, found: list[Mention]) -> Mention | None:
    text, suffix = view.text, view.text[head.start : head.end]
    before = next((m for m in reversed(found) if m.span.end == head.start), None)
    if before and head.needs != "exact" and _extends(before, head):
        rule = "body-of-body"
        return Mention(head.type, Span(before.span.start, head.end), text[before.span.start : head.end], rule)
    if head.needs == "body":
        short = SHORT_UNIONS.match(text, view.token_over(head.start - 1)) if head.start else None
        if short and short.end() == head.end and view.limit(head.start, 0) == short.start():
            return Mention(head.type, Span(short.start(), head.end), short.group(), "short-union")
        return None
    floor = max((m.span.end for m in found if m.span.end <= head.start and _closes(view, m)), default=0)
    left = view.limit(head.start, floor)
    begin = view.begin(left, head.start)
    begin = _attached(view, begin, found)
    if not _acceptable(view, head, begin, suffix):
        return None
    start = view.brand_start(left, head.start) if begin.kind == "name" else begin.at
    if start is None:
        return None
    if (begin.kind == "name" and INDEFINITE.search(text, 0, start)) or text[start] in "各每某":
        return None
    first = [m for m in found if m.span.start == start and m.span.end < head.start]
    if suffix.endswith("中心") and any(m.type == "Company" or m.rule == "body-of-body" for m in first):
        return None  # a site of a company, not a body
    parent = any(m.type in PARENTS for m in first)
    rule = "department" if parent else f"{begin.kind}-body"
    kind = next(m.type for m in first if m.type in PARENTS) if parent and suffix.endswith("委员会") else head.type
    return Mention(kind, Span(start, head.end), text[start : head.end], rule)


def _extends(before: Mention, head: Head) -> bool:
    if head.type == "TradeUnion" and head.needs == "body":
        return True
    return before.type == "Company" and head.type == "Company"


def _closes(view: View, mention: Mention) -> bool:
    """Does a new name begin right after this body, so that it cannot be part of the next one?"""
    end = mention.span.end
    return mention.type != "Company" and bool(
        view.level_at(end) or view.division_over(end) if end < len(view.text) else 0
    )


def _attached(view: View, begin: Start, found: list[Mention]) -> Start:
    """首都医科大学附属|北京康复医院: the name begins with the body that it is attached to."""
    if view.text[: begin.at].endswith("附属"):
        for mention in found:
            if mention.span.end == begin.at - 2:
                return Start(mention.span.start, "place")
    return begin


def _acceptable(view: View, head: Head, begin: Start, suffix: str) -> bool:
    core = view.core(begin, head.start)
    if head.needs == "exact":
        return begin.kind in {"place", "level", "prefix"} and not core
    if begin.kind == "name":
        return head.needs == "name" and head.start - begin.at >= 2
    if begin.kind == "prefix" and not core and not view.division_over(head.start - 1):
        return False
    if not core:
        short = begin.kind == "place" and not view.text[begin.at : head.start].endswith(
            ("省", "市", "区", "县", "州", "旗")
        )
        if suffix in {"集团", "有限公司", "股份有限公司", "集团有限公司"} and short:
            return True  # 建安集团: a brand that is also a place
        return suffix not in NEEDS_CORE and not (begin.kind == "level" and head.type in {"School", "Company"})
    if begin.kind == "level" and head.type in {"School", "Company"}:
        if re.search("第[一二三四五六七八九十]|实验|特殊教育|职业|师范|机关", core):
            return True
        return not all(
            word in words("organisation-generic") for word in view.pieces(head.start - len(core), head.start)
        )
    return True


def _add(found: list[Mention], mention: Mention) -> None:
    """Keep the longer of two that overlap, both where one is the other's department."""
    if any(other.span == mention.span for other in found):
        return
    for other in list(found):
        if not other.span.overlaps(mention.span):
            continue
        inside = other.span.start >= mention.span.start and other.span.end <= mention.span.end
        if inside and other.span.start == mention.span.start and mention.rule == "department" and other.type in PARENTS:
            continue
        if inside:
            found.remove(other)
        else:
            return
    found.append(mention)


def _department(view: View, parent: Mention) -> Mention | None:
    """全总|法律工作部: the department that is named right after its body."""
    if parent.type not in PARENTS or parent.rule == "short-union":
        return None
    text, start = view.text, parent.span.end
    at = bisect_left(view.starts, start)
    if at >= len(view.tokens) or view.starts[at] != start:
        return None
    endings, stops = words("organisation-departments"), words("organisation-stops")
    best = None
    for token in view.tokens[at:]:
        word = text[token.start : token.end]
        if token.end - start > DEPARTMENT_REACH or word in stops or not re.match("[一-鿿]", word):
            break
        suffix = next((e for e in endings if word.endswith(e)), "")
        if suffix and word not in BAD_TOKENS and (token.end - start >= 3 or len(suffix) > 1):
            best = token.end
            break
    if best is None:
        return None
    span = Span(parent.span.start, best)
    return Mention(parent.type, span, text[span.start : best], "department")
