"""Where the name of a body begins: the walk to the left from its last word (局, 总工会, 有限公司 …).

向|大庆市|众惠|人力|资源|有限公司
 ^ stop   <---------------- head
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache, cached_property

from kg.language.phrases import tagged
from kg.language.tokens import tokens
from kg.lexicon import vocabulary
from kg.model import Mention, Span
from kg.recognise.gazetteer import Found, find_divisions
from kg.recognise.places import chains, find_places

REACH = 40
JOINERS = frozenset("和与及")
LEVELS = ("自治区", "自治州", "自治县", "自治旗", "省", "市", "县", "区", "州", "盟", "旗", "镇", "乡")
BEFORE_LEVEL = frozenset("全各每跨两三数多何某外省市县")
# Verbs and counters of one character that also stand in names right after a place: 浙江金达…, 工桥…再就业….
SOFT = frozenset("电万天达得获先正中上下外内前后共同超近约多推都做办项件条支元时间起止再最更名位")
NO_BRAND = frozenset(
    "他她我你它您这那哪谁不没又也都就才还很最更再要会能可应已正在被把向从由为给对于与和及或而但如若因此其各每某之其本该"
)
NAME = re.compile("[一-鿿]")
COUNTED = re.compile(
    "(?:[近这前后第]?[一二三四五六七八九十两几数多百千万]+[多余几]?[年月日家个名所次些位支项件趟批轮届场间座]|[近前后])"
)
MORE = re.compile("[0-9上近数几余多超第逾成约过前后一二三四五六七八九十百千万]$")
COUNTERS = frozenset("家个名位人户所份张项件场次期届批种类条支元天年月日号岁")
BEFORE_COUNTER = re.compile("[0-9一二三四五六七八九十百千万亿两几数多余首每各某整半]$")
PEOPLE_OR_BODIES = re.compile(
    ".*(?:职工|员工|工人|群众|人员|企业|单位|劳动者|学生|儿童|老人|居民|农民|青年|妇女|企业家|教师|护士|会员)$"
)
EVERY = re.compile("[各多几数0-9一二三四五六七八九十]个?地$")
KINDS_OF_FIRM = tuple("央国民外名车药房")
SMALL_AREAS = ("社区", "村", "镇", "乡", "街道", "小区", "路", "里")
AREA = re.compile(
    "(?!城市|农村|智慧|老旧|新型|示范|试点|市内|镇村)[一-鿿]{2,6}(?:新区|经开区|经济开发区|开发区|高新区|产业园|园区|街道|保税区|示范区|林区|镇|乡|苏木|(?<![各全本该每我个镇道建新])社区)"
)
NAME_CHARACTER = re.compile(r"[一-鿿A-Za-z·]")
LEGAL_FORMS = ("有限公司", "有限责任公司", "股份有限公司", "集团有限公司", "股份公司")
NEVER_SPELT = frozenset("的了着过是和与及或由向在从经对为给把被将让使以等据并也还就都又已应要会能所其该本某")
LED = frozenset("在从把被给")
# How a verb of two characters and more ends that no name holds: 请来, 绕过, 腾出 — not 联想, 得力, 奋进.
GOING = re.compile("[^好][来着到过出回起掉完入去走住给向为至令增停往了]$")
BRACKET = re.compile(r"\((?:以下简称[一-鿿]{2,4}|[一-鿿]{2,4})\)$")


@cache
def _prefixes() -> dict[str, tuple[str, ...]]:
    """What may stand before the place in a body's name, by its first character."""
    known = sorted(vocabulary("organisation-prefixes"))
    return {first: tuple(name for name in known if name[0] == first) for first in {name[0] for name in known}}


@cache
def is_going(word: str) -> bool:
    """Is the word a verb that says how something went on (请来, 绕过), so that no name runs across it?"""
    return bool(GOING.search(word)) and [part.tag for part in tagged(word, 0, len(word))] in (["v"], ["vd"])


@dataclass(frozen=True, slots=True)
class Start:
    """Where a name begins and what it begins with: `place`, `level`, `prefix` or plain `name`."""

    at: int
    kind: str


class View:
    """A text with its words and its divisions, made once for all heads in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [part for token in tokens(text) for part in self._split(token)]
        self.starts = [token.start for token in self.tokens]
        self.edges = frozenset(self.starts) | {len(text)}

    def _split(self, token: Span) -> tuple[Span, ...]:
        """会同县 and 和县 are counties, but in running text a verb or conjunction before 县人社局."""
        word = self.text[token.start : token.end]
        if word.endswith("矿工") and self.text.startswith("会", token.end):
            return Span(token.start, token.end - 1), Span(token.end - 1, token.end)  # 九矿|工会
        if len(word) == 2 and word[0] in "该我" and word[1] in LEVELS:
            return Span(token.start, token.start + 1), Span(token.start + 1, token.end)  # 该|市总工会
        split = word in vocabulary("places-ambiguous") and word[:-1] in vocabulary("organisation-stops")
        if split and not self.text.startswith(SMALL_AREAS, token.end):  # 和平|社区
            return Span(token.start, token.end - 1), Span(token.end - 1, token.end)
        return (token,)

    @cached_property
    def chains(self) -> list[tuple[Found, ...]]:
        """Chains of divisions, in order."""
        return chains(find_divisions(self.text, self.edges))

    @cached_property
    def chain_starts(self) -> list[int]:
        """Where the chains start."""
        return [chain[0].start for chain in self.chains]

    @cached_property
    def full_ends(self) -> frozenset[int]:
        """Where the full name of a division ends: 包头市|."""
        return frozenset(chain[-1].end for chain in self.chains if chain[-1].full)

    @cached_property
    def places(self) -> dict[int, Mention]:
        """The places of the text by where they start."""
        return {place.span.start: place for place in reversed(find_places(self.text))}

    def place_over(self, at: int) -> Mention | None:
        """The village that a code point lies inside, and does not begin."""
        starts = self._place_starts
        n = bisect_left(starts, at) - 1
        place = self.places[starts[n]] if n >= 0 else None
        inside = place and at < place.span.end and place.text.endswith(("村", "社区"))
        return place if inside else None

    @cached_property
    def place_ends(self) -> dict[int, int]:
        """Where the places of the text start by where they end."""
        return {place.span.end: start for start, place in self.places.items()}

    @cached_property
    def _place_starts(self) -> list[int]:
        return sorted(self.places)

    def words_in(self, start: int, end: int) -> list[str]:
        """The words that begin in a stretch, whole."""
        low, high = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return [self.text[t.start : t.end] for t in self.tokens[low:high]]

    def division_over(self, place: int) -> Found | None:
        """The division that covers a code point."""
        at = bisect_right(self.chain_starts, place) - 1
        if at < 0:
            return None
        return next((item for item in self.chains[at] if item.start <= place < item.end), None)

    def token_over(self, place: int) -> int:
        """The start of the word that covers a code point."""
        return self.starts[bisect_right(self.starts, place) - 1]

    def pieces(self, start: int, end: int) -> list[str]:
        """The words of a stretch, cut off at its ends."""
        low, high = bisect_right(self.starts, start) - 1, bisect_left(self.starts, end)
        return [self.text[max(t.start, start) : min(t.end, end)] for t in self.tokens[max(low, 0) : high]]

    def limit(self, head: int, floor: int) -> int:
        """How far to the left a name that ends in the head at `head` can reach."""
        place, lowest = head, max(floor, head - REACH)
        while place > lowest:
            division = self.division_over(place - 1)
            if division and division.start >= lowest:
                place = division.start
                continue
            if self.text[place - 1] == ")":
                bracket = BRACKET.search(self.text, lowest, place)
                if not bracket:
                    break
                place = bracket.start()
                continue
            if self.text[place - 1] == "”" and (quote := self._quoted(place, lowest, head)) is not None:
                place = quote
                continue
            start = max(self.token_over(place - 1), lowest)
            word = self.text[start:place]
            if not NAME_CHARACTER.match(word[-1]):
                break
            whole = place < head or head in self.edges  # else the head is part of the word: 县|中医院
            if whole and self._stops(word, start, place, head, lowest):
                break
            place = start
        return place

    def _stops(self, word: str, start: int, end: int, head: int, lowest: int) -> bool:
        """Does a word end the walk?"""
        if len(word) == 1 and self.text.startswith(_prefixes().get(word, ()), start):
            return False  # 中车|四方
        if word == "经" and self.text.startswith("开区", end):
            return False  # 萍乡经开区
        if word == "企" and self.text[start - 1 : start] in KINDS_OF_FIRM:
            return True  # 央企|中建四局
        if len(word) == 2 and word[1] in LED:
            return True  # 是从, 贵在: two words that the dictionary takes for one
        if COUNTED.fullmatch(word) or COUNTED.fullmatch(self.text, start, end + 1):
            return word not in vocabulary("brand-words") or bool(MORE.search(self.text, lowest, start))  # 万家|物业公司
        stops = vocabulary("organisation-stops")
        if word not in stops:
            return is_going(word) or (len(word) == 4 and {word[:2], word[2:]} <= stops)  # 切实加强
        if word in JOINERS and self.text.startswith(("政府", "人民政府"), head):
            return True  # 党委|和|政府 are two
        if word == "再" and self.text.startswith("就业", end):
            return False
        if word in JOINERS:
            return not self._joins(start, end, lowest)
        if word in COUNTERS:
            return bool(BEFORE_COUNTER.search(self.text, lowest, start))
        if word in vocabulary("organisation-verbal-nouns"):
            if self.level_at(end) or self.division_over(end):
                return True
            generic = vocabulary("organisation-generic") | vocabulary("organisation-verbal-nouns")
            return not all(piece in generic for piece in self.pieces(end, head))
        return not (self._soft(word, start, lowest) or self._spelt(word, start, head, lowest))

    def _quoted(self, end: int, lowest: int, head: int) -> int | None:
        """市“金秋助学”办公室: the start of a short quotation that a place or level word stands before."""
        start = self.text.rfind("“", max(lowest, end - 10), end)
        before = start - 1
        if start >= lowest and self.text.startswith("组委会", head):
            return start  # “月亮山杯”足球赛组委会
        if start > lowest and (self.division_over(before) or self.level_at(self.token_over(before))):
            return start
        return None

    def _soft(self, word: str, start: int, lowest: int) -> bool:
        """Does a verb of one character stand inside a name, a place or a brand shortly before it?"""
        if word not in SOFT or start <= lowest:
            return False
        first = start - 1
        opens = first in self.edges and not NAME.match(self.text, max(0, first - 1), first)
        if opens and self.text.startswith(("公司", "集团"), start + 1) and self.text[first] not in NO_BRAND | SOFT:
            return True  # 恒|达|公司捐了
        at = bisect_right(self.chain_starts, start - 1) - 1
        if at >= 0 and self.chain_starts[at] >= lowest:
            between = self.text[self.chains[at][-1].end : start]
            return len(between) <= 3 and not any(w in vocabulary("organisation-stops") for w in between)
        return False

    def _spelt(self, word: str, start: int, head: int, lowest: int) -> bool:
        """Is a character one of those that spell a company's name: 阿|帕|比|技术|有限公司?"""
        before = self.text[self.token_over(start - 1) : start] if start > lowest else ""
        named = len(word) == len(before) == 1 and bool(NAME.match(before)) and self.text.startswith(LEGAL_FORMS, head)
        return named and word not in NEVER_SPELT and before not in vocabulary("organisation-stops")

    def _joins(self, start: int, end: int, lowest: int) -> bool:
        """Does 和 stand inside a name (住房和城乡建设局) and not between two?"""
        if self.level_at(end) or self.division_over(end) or start <= lowest:
            return False
        left = self.limit(start, lowest)
        begin = self.begin(left, start)
        if begin.kind == "name" or not 0 < len(self.core(begin, start)) <= 8:
            return False
        return not self.text.endswith(tuple(vocabulary("organisation-joined-ends")), 0, start)

    def core(self, begin: Start, head: int) -> str:
        """What stands between the place or level a name begins with, and its head."""
        if begin.kind == "level":
            return self.text[begin.at + len(self.level_at(begin.at)) : head]
        at = bisect_left(self.chain_starts, begin.at)
        if (
            begin.kind == "place"
            and (area := AREA.match(self.text, begin.at, head))
            and not self.division_over(begin.at)
        ):
            return self.text[area.end() : head]
        if begin.kind in {"place", "prefix"} and at < len(self.chains) and self.chain_starts[at] < head:
            return self.text[min(self.chains[at][-1].end, head) : head]
        return self.text[begin.at : head]

    def level_at(self, place: int) -> str:
        """The level word (市 in 市残联) that begins a word here, or nothing."""
        if place not in self.edges or place >= len(self.text) or self.division_over(place):
            return ""
        at = bisect_left(self.starts, place)
        word = self.text[self.tokens[at].start : self.tokens[at].end]
        if word in vocabulary("not-levels") or (place and self.text[place - 1] in BEFORE_LEVEL):
            return ""
        if (
            word[0] == "市"
            and self.text.startswith("地", place - 1)
            and EVERY.search(self.text, max(0, place - 4), place)
        ):
            return ""  # 各地市|残联, 7地市|残联
        return next((level for level in LEVELS if self.text.startswith(level, place)), "")

    def begin(self, left: int, head: int) -> Start:
        """Where between `left` and `head` the name begins."""
        at = bisect_left(self.chain_starts, left)
        while at < len(self.chains) and self.text[self.chain_starts[at] - 1 : self.chain_starts[at]] == "(":
            at += 1  # 青禾食品(无锡)有限公司 begins before its bracket
        if at < len(self.chains) and self.chain_starts[at] < head:
            return self._prefixed(self.chain_starts[at], left)
        if area := AREA.match(self.text, left, head):
            near = self._unknown_start(left, area.end())
            return self._prefixed(near, near, "place")
        for place in sorted(p for p in range(left, head) if p in self.edges):
            if self.level_at(place):
                unknown = self.pieces(left, place) if place > left else []
                rural = self.level_at(place) in {"县", "区", "镇", "乡"}
                if rural and place - left >= 2 and not any(w in vocabulary("organisation-generic") for w in unknown):
                    # a township or a county of old that the gazetteer lacks
                    return Start(self._unknown_start(left, place), "place")
                return Start(place, "level")
        return self._prefixed(left, left) if left < head else Start(head, "name")

    def _unknown_start(self, left: int, end: int) -> int:
        """Where a place that no list knows begins: all of a short stretch, else its last word."""
        at = bisect_left(self.starts, end) - 1
        place = end
        while at >= 0 and place > left:
            place = max(self.starts[at], left)
            if end - place >= 4 and end - left > 6:
                break
            at -= 1
        return place

    def _prefixed(self, place: int, left: int, otherwise: str = "name") -> Start:
        before = [p for p in vocabulary("organisation-prefixes") if self.text.endswith(p, left, place)]
        if before:
            return Start(place - max(map(len, before)), "prefix")
        if self.division_over(place):
            return Start(place, "place")
        if any(self.text.startswith(prefix, place) for prefix in vocabulary("organisation-prefixes")):
            return Start(place, "prefix")
        return Start(place, otherwise)

    def brand_start(self, left: int, head: int) -> int | None:
        """Where a name without a place begins: generic words may follow the brand, never lead it.

        捐资|单位|特步|有限公司 → 特步
        """
        generic, nouns = vocabulary("organisation-generic"), vocabulary("organisation-verbal-nouns")
        bracket = BRACKET.search(self.text, left, head)
        head = bracket.start() if bracket else head  # 青禾食品(无锡)有限公司: the place is not the brand
        at, place, brand = bisect_left(self.starts, head) - 1, head, 0
        while at >= 0 and place > left:
            start = max(self.tokens[at].start, left)
            word = self.text[start:place]
            common = word in generic or word in nouns or word == "再" or bool(PEOPLE_OR_BODIES.match(word))
            if common and brand and len(word) > 1:
                break
            opens = brand == 1 == len(word) and start == left and word in generic  # 三|电|集团
            if (opens or not common) and NAME_CHARACTER.match(word):
                brand += len(word)
            place, at = start, at - 1
        if brand == 1 and left and self.text[left - 1] in SOFT:
            return left - 1  # 中|泰|财险
        return place if brand >= 2 else None
