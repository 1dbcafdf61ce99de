"""Organisations: named bodies found by their structure, place + name + kind of body."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

import ahocorasick_rs

from kg.language.phrases import tagged
from kg.language.spans import Places, Row
from kg.lexicon import rows, vocabulary, words
from kg.model import Mention, Span
from kg.recognise.anonymous import anonymous_bodies
from kg.recognise.bodies import AREA, REACH, Start, View
from kg.recognise.brands import Head, branded, has_name
from kg.recognise.departments import IN_HOUSE, department_of, leads_in_house, whole_of
from kg.recognise.famous import find_famous, known_names
from kg.recognise.listed import PARENTS, acting_communities, listed_bodies
from kg.recognise.nameless import area_before, is_local, is_of_trades, league_and_numbered, of_villages
from kg.recognise.quoted import quoted_bodies

UNION_SHORT = re.compile(r"(?<=[省市区县旗州])总(?!" + "|".join(vocabulary("union-short-not")) + ")")
PARTY_SHORT = re.compile(r"(?<=[省市区县州旗])委(?![员托派会身屈以任])")
SCHOOL_SHORT = re.compile("(?<=[一-鿿])(?<!第)十?[一二三四五六七八九十][中小](?![学心央等期国时队组型微])|职高|职中")
HOSPITAL_SHORT = re.compile("(?<=[市县区州旗])[一二三四五六七八九]院(?![子校落长士系])")
SHORT_UNIONS = re.compile(
    r"(?:(?![该本我各每某贵])[一-鿿]{0,3}[局场矿厂校院]|[一二三四五六七八九十][中小院]|集团公司|公司|集团|医院|学校)工会(?!会员|经费|组织|干部)"
)
INDEFINITE = re.compile("(?:[一二三四五六七八九十某这那几两多数]|[0-9]+)(?:余|多)?[家所个]$|某$")
INDEFINITE_REACH = 8
QUOTED = re.compile(r"《[^《》]*》|“[^“”,。;:!?]{1,22}”|〈[^〈〉]*〉")
NOT_AFTER = {
    "公司": re.compile(r"法(?!律|务)"),
    "集团": re.compile("军"),
    "大学": re.compile("[生新毕梦城]"),
    "中学": re.compile("[生习]"),
    "小学": re.compile("生"),
    "学会": re.compile("[了使用做编操后以]|怎|如何"),
    "银行": re.compile("[业卡]"),
    "联盟": re.compile("[村路街乡镇]"),
    "建委": re.compile("员会"),
    "财险": re.compile("[处科部]"),
    "城管委": re.compile("会"),
    "证券": re.compile("化|业(?!务)|市场|基金(?!部)"),
    "中心": re.compile("城"),
    "人大": re.compile("代表|常委|[附校]"),
}
NOT_AFTER_END = {
    "会": re.compile("议"),
    "协": re.compile("[议定助调作商]|会(?![签商同谈见晤])"),
    "小": re.compile("区"),
    "办": re.compile("[法理学案]|公室?(?![布开告示])"),  # 出台|办法
    "社": re.compile("[区会]"),
    "大": re.compile("学"),
    "寺": re.compile("[镇村乡街路巷沟]"),
    "报": re.compile("[价名告道销考到喜警]"),
    "品": re.compile("[园厂店安]"),
    "中": re.compile("[心央等小期国华共西东]"),
}
OF_ALL = re.compile(
    "系统|组织(?!了|(?:开展|举办|举行|召开|动员|发动|职工|全体|会员|人员|志愿|医护|专家|辖区|一线|困难|劳模|慰问|走访|策划|实施|[0-9两三]))|"
    "干部|会员|经费|工作|界"
)
OF_SEVERAL = re.compile("[各全每某本该我两三几]|乡镇|村镇|城镇|市镇")
PAYS = frozenset(("补贴", "补助", "奖励", "资助", "慰问", "奖补", "扶持", "表彰"))
UNION_AREAS = ("社区", "街道", "园区", "产业园", "工业园", "市场", "小镇", "村", "大厦", "楼宇", "商圈", "广场")
BRANCHES = ("支行", "分行", "分公司", "支公司", "供电公司", "营业部")


@cache
def _suffixes() -> tuple[ahocorasick_rs.AhoCorasick, tuple[tuple[str, ...], ...]]:
    table = rows("organisation-suffixes")
    return ahocorasick_rs.AhoCorasick([row[0] for row in table]), table


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
    found: list[Head] = []
    ends = automaton.find_matches_as_indexes(text, overlapping=True)
    for index, start, end in sorted(ends, key=lambda at: (at[1], -at[2])):
        suffix, kind, needs = table[index]
        if (found and start < found[-1].end) or not _is_head(text, view, suffix, end, needs):
            continue
        found.append(Head(start, end, kind, needs))
    found.extend(Head(m.start(), m.end(), "TradeUnion", "exact") for m in UNION_SHORT.finditer(text))
    found.extend(Head(m.start(), m.end(), "School", "exact") for m in SCHOOL_SHORT.finditer(text))
    found.extend(Head(m.start(), m.end(), "Institution", "exact") for m in HOSPITAL_SHORT.finditer(text))
    found.extend(Head(m.start(), m.end(), "PublicBody", "exact") for m in PARTY_SHORT.finditer(text))
    covered = {(h.start, h.end) for h in found if h.needs != "exact"}
    exact = [h for h in found if h.needs == "exact" and not any(s <= h.start < e for s, e in covered)]
    return sorted([h for h in found if h.needs != "exact"] + exact, key=lambda h: (h.end, h.start))


def _is_head(text: str, view: View, suffix: str, end: int, needs: str) -> bool:
    """Does a word that could end a body's name end one here, and not go on?"""
    unlike = NOT_AFTER.get(suffix) or NOT_AFTER_END.get(suffix[-1])
    if unlike and unlike.match(text, end):
        return False
    if text.endswith(suffix, 0, end - len(suffix)) and text.startswith("长", end):
        return False  # 劳动监察大队|大队长
    if needs in ("brand", "told") and end not in view.edges:
        return False  # 星光电|子厂
    if needs == "brand" and (start := end - len(suffix)) not in view.edges:
        word = view.words_in(view.token_over(start), start + 1)[0]
        return word in known_names()  # 华新水泥|厂, but not 保健食品
    headed = text.startswith((suffix + "长", "工会"), end)  # 人社局|局长, which the dictionary cuts 局局长
    return len(suffix) > 1 or headed or _ends_word(view, end)


def _ends_word(view: View, end: int) -> bool:
    return end in view.edges and view.text[view.token_over(end - 1) : end] not in vocabulary("organisation-not-heads")


def find_organisations(text: str) -> list[Mention]:
    """Mentions of named bodies; nested ones only for a body and its own department.

    >>> [(m.text, m.type) for m in find_organisations("湖北省总工会和省交通运输厅、湖北交投集团开展活动")]
    [('湖北省总工会', 'TradeUnion'), ('省交通运输厅', 'PublicBody'), ('湖北交投集团', 'Company')]
    >>> [m.text for m in find_organisations("全总法律工作部有关负责人对各级工会和用人单位表示")]
    ['全总', '全总法律工作部']
    """
    view = View(text)
    hidden = Row(_Quoted(Span(*m.span())) for m in QUOTED.finditer(text) if not text.endswith("简称", 0, m.start()))
    found = Places(_national_bodies(text, view))
    ends = heads(text, view)
    for head in ends:
        mention = _body(view, head, found)
        if mention and not _hidden(mention.span, hidden):
            _add(found, mention)
    for quoted in quoted_bodies(text):
        _add(found, quoted)
    for known in find_famous(view):
        clear = not _hidden(known.span, hidden) and not found.ending(known.span.start)
        if clear and not any(len(m.span) >= len(known.span) for m in found.overlapping(known.span)):
            _add(found, known)
    for known in (
        *league_and_numbered(text),
        *of_villages(text, view.places.values()),
        *anonymous_bodies(view, ends),
    ):
        _add(found, known)
    for parent in sorted(found, key=lambda m: m.span):
        department = department_of(view, parent)
        if department and not _hidden(department.span, hidden):
            _add(found, department)
    places = sorted({(head.end, head.type) for head in ends})
    for part in sorted(found, key=lambda m: m.span):
        whole = whole_of(view, part, places)
        if whole and not any(other.span == whole.span for other in found.starting(whole.span.start)):
            found.add(whole)
    listed = listed_bodies(view, found)
    acting = acting_communities(text, [*found, *listed])
    return sorted([*found, *listed, *acting], key=lambda m: (m.span.start, m.span.end))


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A title or a short quotation."""

    span: Span


def _hidden(span: Span, quotations: Row[_Quoted]) -> bool:
    """Does a stretch lie inside a title or a short quotation?"""
    last = next(quotations.before(span.start + 1), None)
    return last is not None and span.end <= last.span.end


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


def _body(view: View, head: Head, found: Places[Mention]) -> Mention | None:
    text, suffix = view.text, view.text[head.start : head.end]
    before = next(reversed(found.ending(head.start)), None)
    if before and head.needs not in ("exact", "brand", "told") and _extends(before, head):
        span = Span(before.span.start, head.end)
        return Mention(head.type, span, text[span.start : span.end], "body-of-body")
    if suffix == "厂" and (works := view.token_over(head.start)) < head.start:
        called = branded(view, replace(head, start=works))  # 东方红|拖拉机厂
        if called:
            return called
    if head.needs == "told":
        return branded(view, head)
    if head.needs == "brand":
        called = branded(view, head)
        if called or not (suffix.endswith("厂") or is_local(suffix)):
            return called
        head = replace(head, needs="place")  # 瑞安服装厂, 县招待所
    area = area_before(text, head.start, head.end)
    if area is not None and area in view.edges and view.limit(area, 0) == area:
        return Mention(head.type, Span(area, head.end), text[area : head.end], "level-body")
    if head.needs == "body":
        short = SHORT_UNIONS.match(text, view.token_over(head.start - 1)) if head.start else None
        if not short and head.start in view.full_ends and not OF_ALL.match(text, head.end):
            begin = _begin(view, head, found)  # 包头市|工会
            return Mention(head.type, Span(begin.at, head.end), text[begin.at : head.end], "place-body")
        if short and short.end() == head.end and view.limit(head.start, 0) == short.start():
            rule = "short-union" if head.start - short.start() < 3 else "name-body"  # 局|工会, 铁路局|工会
            return Mention(head.type, Span(short.start(), head.end), short.group(), rule)
        return _union_of_a_place(view, head, found)
    begin = _begin(view, head, found)
    if not _acceptable(view, head, begin, suffix):
        return None
    start = begin.at
    if begin.kind == "name":
        brand = view.brand_start(begin.at, head.start)
        if brand is None or INDEFINITE.search(text, max(0, brand - INDEFINITE_REACH), brand):
            return None
        if not has_name(text, brand, head):
            return None
        start = _attached(view, Start(brand, "name"), found).at
    if text[start] in "各每某个":
        return None
    beside = head.start + int(
        len(suffix) > 3 or suffix in IN_HOUSE
    )  # 总工会|法律援助中心 is a part, 政府|办公室 is one with it
    first = [m for m in found.starting(start) if m.span.end < beside]
    if suffix.endswith("中心") and any(m.type == "Company" or m.rule == "body-of-body" for m in first):
        return None  # a site of a company, not a body
    parent = next((m.type for m in first if m.type in PARENTS), None)
    if any(leads_in_house(text, m, head.end) for m in first):
        return None
    department = parent is not None and head.type not in {"Company", "TradeUnion"}
    department = department or (bool(first) and suffix in IN_HOUSE)
    kind = parent if parent and suffix.endswith("委员会") else head.type
    rule = "department" if department else f"{begin.kind}-body"
    return Mention(kind, Span(start, head.end), text[start : head.end], rule)


def _union_of_a_place(view: View, head: Head, found: Places[Mention]) -> Mention | None:
    """市|机械冶金|工会, 东湖|社区|工会."""
    begin = _begin(view, head, found)
    core, start = view.core(begin, head.start), begin.at
    if begin.kind == "name":
        brand = view.brand_start(start, head.start)
        if brand is None or not view.text.endswith(UNION_AREAS, 0, head.start):
            return None
        start = brand
    elif not is_of_trades(core) and not core.endswith(UNION_AREAS):
        named = begin.kind in ("place", "prefix") and not OF_SEVERAL.match(view.text, start)
        if not named or not AREA.fullmatch(view.text, start, head.start):  # 柳林镇|工会
            return None
    if OF_ALL.match(view.text, head.end):
        return None
    return Mention(head.type, Span(start, head.end), view.text[start : head.end], f"{begin.kind}-body")


def _begin(view: View, head: Head, found: Places[Mention]) -> Start:
    """Where the name of a head begins, seen the bodies found to its left."""
    ends = range(head.start, max(0, head.start - REACH), -1)
    floor = next((at for at in ends if any(_closes(view, m) for m in found.ending(at))), 0)
    begin = _attached(view, view.begin(view.limit(head.start, floor), head.start), found)
    begin = _behind_another(view, begin, head, found)
    if place := view.place_over(begin.at):
        begin = Start(place.span.start, "place")  # 上江村|党总支, where 上 is no word of its own
    if view.text.startswith(BRANCHES, head.start):
        bank = next(
            (
                m
                for m in found.ending(begin.at)
                if m.text.endswith(("银行", "公司", "集团", "财险", "人寿", "保险", "证券", "农险"))
            ),
            None,
        )
        if bank:
            return Start(bank.span.start, "prefix")
    return begin


@cache
def _deeds() -> frozenset[str]:
    return words("action-verbs") | words("nominal-verbs") | vocabulary("organisation-verbal-nouns")


def _behind_another(view: View, begin: Start, head: Head, found: Places[Mention]) -> Start:
    """省总工会|奖励|县总工会, 市妇联|奖励|巧手协会: behind a body and a deed a name of its own begins."""
    for end in [m.span.end for m in found.overlapping(Span(begin.at, head.start)) if m.span.start >= begin.at]:
        if level := next((at for at in range(end + 1, head.start) if view.level_at(at)), 0):
            return Start(level, "level")
        deed = next(iter(tagged(view.text, end, head.start)), None)
        if deed and deed.text in PAYS and deed.end < head.start:
            return Start(view.brand_start(deed.end, head.start) or head.start, "name")  # 县文旅局|补贴|民营剧团
        if deed and deed.text in _deeds() and (brand := view.brand_start(deed.end, head.start)):
            return Start(brand, "name")
    return begin


def _extends(before: Mention, head: Head) -> bool:
    if head.type == "TradeUnion" and head.needs == "body":
        return True
    return before.type == "Company" and head.type == "Company"


def _closes(view: View, mention: Mention) -> bool:
    """Does a new name begin right after this body, so that it cannot be part of the next one?"""
    end = mention.span.end
    if mention.type == "Company" or end >= len(view.text):
        return False
    return bool(view.level_at(end) or view.division_over(end))


def _attached(view: View, begin: Start, found: Places[Mention]) -> Start:
    """首都医科大学附属|北京康复医院: the name begins with the body that it is attached to."""
    if view.text.endswith("附属", 0, begin.at):
        for mention in found.ending(begin.at - 2):
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
        county = all(d.level == 3 for d in division.divisions) if (division := view.division_over(begin.at)) else False
        corporate = {"集团", "有限公司", "股份有限公司", "集团有限公司"} | ({"公司"} if county else set())
        if suffix in corporate and short:
            return True  # 建安集团: a brand that is also a place
        if begin.kind == "prefix" or (suffix.startswith("中心") and view.text[begin.at] in "镇乡"):
            return True  # 共青团阿克苏地区委员会, 镇|中心小学
        return suffix not in vocabulary("organisation-bare-heads") and not (
            begin.kind == "level" and head.type in {"School", "Company"} and not is_local(suffix)
        )
    if begin.kind == "level" and head.type in {"School", "Company"}:
        if is_local(core + suffix):
            return True
        if re.search("第[一二三四五六七八九十]|实验|特殊教育|职业|师范|机关", core):
            return True
        return not all(
            word in vocabulary("organisation-generic") for word in view.pieces(head.start - len(core), head.start)
        )
    return True


def _add(found: Places[Mention], mention: Mention) -> None:
    """Keep the longer of two that overlap, both where one is the other's department."""
    if any(other.span == mention.span for other in found.starting(mention.span.start)):
        return
    for other in list(found.overlapping(mention.span)):
        inside = other.span.start >= mention.span.start and other.span.end <= mention.span.end
        if inside and other.span.start == mention.span.start and mention.rule == "department":
            continue
        if inside:
            found.remove(other)
        else:
            return
    found.add(mention)
