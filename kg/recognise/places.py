"""Places: GB/T 2260 divisions, chains of them, and townships, villages and communities by their suffix."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from kg.language.spans import Places
from kg.language.tokens import tokens
from kg.lexicon import vocabulary
from kg.model import Mention, Span
from kg.recognise.gazetteer import Division, Found, by_code, find_divisions, named

# A county's townships, streets and villages: 何埂镇, 东光街道, 光明社区, 联盟村.
BELOW = re.compile(r"(?:[一-鿿]{2,5}?(?:街道|社区|镇|乡|苏木|村|嘎查))+")
BELOW_ALONE = re.compile(
    r"(?:[一-鿿]{2,4}?(?:街道|镇|乡))(?:[一-鿿]{2,5}?(?:社区|村))?|[一-鿿]{2,4}(?:街道|社区|村|镇)"
)
NOT_BELOW = re.compile(
    r".*[的了给].*|.*(?:各|全|个|每|本|该|这|所在|深度|贫困|行政|自然|农|返|(?<=[国老回大专在厂商管两几多三人住自到离百千万])家|异|故|还|他|等|和|与|在|是|被|把|[0-9]|办事处).{0,3}$"
    r"|.*[城下进入回](?:街道|社区|镇|乡|苏木|村|嘎查)$"
)
_OF_ANOTHER = frozenset("小大老新东西南北上下中前后")  # 小|恒山 is another place
_TOWN = re.compile(
    "[湖河江溪塘桥口坪坝岭沟湾店铺洲港庄堡寨田塔石泉岗集关坡冲井沙滩浦潭营屯墩]?(?:镇|乡|街道)(?![长上里内下])"
)
_NEVER_INSIDE = ("由", "向", "给", "对", "驻")  # 由|社区; but 乐从镇
_SHORTEST = 3  # characters of a township's name: 石桥镇
_WIDTHS = (2, 4, 6)  # digits of a province, a prefecture, a county
# What may stand before a township and is a word of its own: 走进|何埂镇, 拨给了|石桥镇, 受灾的|石桥镇.
_BEFORE_BELOW = re.compile("驻|在|是|用|和|与|到|来自|走进|位于|给|向|对|由|从|赴|往|了|的")


def edges_of(text: str) -> frozenset[int]:
    """Where words begin or end.

    >>> sorted(edges_of("大连市工会"))
    [0, 3, 5]
    """
    return frozenset(place for token in tokens(text) for place in (token.start, token.end))


def chains(found: Sequence[Found]) -> list[tuple[Found, ...]]:
    """Adjacent names of divisions, joined from the larger to the smaller: 浙江省|杭州市."""
    joined: list[list[Found]] = []
    for item in found:
        if joined and joined[-1][-1].end == item.start and _fits(joined[-1][-1], item):
            joined[-1].append(item)
        else:
            joined.append([item])
    return [tuple(chain) for chain in joined]


def _fits(upper: Found, lower: Found) -> bool:
    return any(
        low.code.startswith(up.code) and low.code != up.code for up in upper.divisions for low in lower.divisions
    )


def around(codes: Iterable[str]) -> frozenset[str]:
    """The provinces, prefectures and counties that codes lie in, each by the digits of its own.

    >>> sorted(around(["320106", "32"]))
    ['32', '3201', '320106']
    """
    return frozenset(code[:width] for code in codes for width in _WIDTHS if len(code) >= width)


def choose(candidates: Sequence[Division], context: AbstractSet[str] = frozenset()) -> Division | None:
    """The division that a name means, seen what is named around it; the highest level where all else is equal."""
    if not candidates:
        return None

    def near(division: Division) -> tuple[int, int]:
        shared = sum(1 for width in _WIDTHS if len(division.code) >= width and division.code[:width] in context)
        return (-shared, division.level)

    ranked = sorted(candidates, key=near)
    if len(ranked) > 1 and near(ranked[0]) == near(ranked[1]):
        return None
    return ranked[0]


def code_of(name: str, context: AbstractSet[str] = frozenset()) -> str | None:
    """The GB/T 2260 code of a place, `context` being the divisions named around it.

    >>> code_of("襄樊"), code_of("鼓楼区", around(["3201"])), code_of("鼓楼区")
    ('4206', '320106', None)
    """
    direct = choose(named(name), context)
    if direct:
        return direct.code
    divisions = find_divisions(name, frozenset({0, len(name)}))
    if not divisions or divisions[0].start or divisions[-1].end != len(name):
        return None
    return _code_of_chain(chains(divisions)[-1], context)


def _code_of_chain(chain: Sequence[Found], context: AbstractSet[str] = frozenset()) -> str | None:
    code = None
    for item in chain:
        division = choose(item.divisions, context)
        code = division.code if division else None
        context = around([code]) if code else context
    return code


def canonical(code: str) -> str:
    """A division's name, with its prefecture where the bare name belongs to several.

    >>> canonical("2102"), canonical("320106")
    ('大连市', '南京市鼓楼区')
    """
    division = by_code().get(code)
    if division is None:
        return ""
    if len(named(division.name)) > 1:
        above = by_code().get(code[:4]) or by_code().get(code[:2])
        return (above.name if above else "") + division.name
    return division.name


_ORIGIN = re.compile("籍(?!贯)")  # 湖北籍农民工: where somebody is from


@lru_cache(maxsize=4)  # every room that names things asks of the same article
def find_places(text: str) -> tuple[Mention, ...]:
    """Mentions of places, a chain of divisions being one place.

    >>> [(m.text, m.name) for m in find_places("重庆智能学院走进永川区何埂镇联盟村,来自襄樊的吴师傅")][1:]
    [('永川区何埂镇联盟村', '永川区何埂镇联盟村'), ('襄樊', '襄阳市')]
    """
    edges = edges_of(text)
    found = chains(find_divisions(text, edges))
    context = around(code for chain in found if (code := _code_of_chain(chain)))
    told = {division.code for chain in found for item in chain if item.full for division in item.divisions}
    mentions: list[Mention] = []
    covered = 0
    for chain in found:
        if chain[0].start < covered or _ORIGIN.match(text, chain[-1].end):
            continue
        alone = not chain[0].full and all(d.level == 3 for d in chain[0].divisions)
        known = alone and text[max(0, chain[0].start - 1) : chain[0].start] not in _OF_ANOTHER
        known = known and not told.isdisjoint(division.code for division in chain[0].divisions)
        if alone and not known and not _announced(text, chain[0].start, chain[-1].end):
            continue  # the short name of a county (凤凰, 平安) is something else where the text has not told of it
        mention = _mention(text, chain, context, edges)
        covered = mention.span.end
        mentions.append(mention)
    taken = Places(mentions)
    mentions.extend(m for m in _townships(text, edges) if not taken.touch(m.span))
    return tuple(sorted(mentions, key=lambda m: (m.span.start, m.span.end)))


def _announced(text: str, start: int, end: int) -> bool:
    """Does a line begin with the place and a colon, as headlines do: 德昌:敬老院有了新厨房?"""
    return text[start - 1 : start] in ("", "\n") and text[end : end + 1] in (":", "|")


def _mention(text: str, chain: Sequence[Found], context: AbstractSet[str], edges: Collection[int]) -> Mention:
    start, end = chain[0].start, chain[-1].end
    code = _code_of_chain(chain, context)
    below = BELOW.match(text, end)
    if below and below.end() in edges and not NOT_BELOW.match(below.group()):
        stretch = text[start : below.end()]
        return Mention(
            "Place", Span(start, below.end()), stretch, "township-in-division", text[chain[-1].start : below.end()]
        )
    own = _TOWN.match(text, end)
    short = len(chain) == 1 and (not chain[0].full or text[end - 1] not in "省市区县旗州")
    if own and own.end() in edges and short:
        stretch = text[start : own.end()]  # 三沙|镇 is no part of 三沙市
        return Mention("Place", Span(start, own.end()), stretch, "township", stretch)
    name = canonical(code) if code else text[chain[-1].start : end]
    rule = "division-chain" if len(chain) > 1 else "division"
    return Mention("Place", Span(start, end), text[start:end], rule, name)


def _without_verbs(text: str, start: int, end: int) -> int:
    """Where a township's name begins behind words that no name begins with: 用于|桃园街道, 资助|桥头镇."""
    for token in tokens(text[start:end]):
        word = text[start + token.start : start + token.end]
        if len(word) < 2 or word not in vocabulary("organisation-stops"):
            return start + token.start
    return start


def _townships(text: str, edges: AbstractSet[int]) -> list[Mention]:
    mentions = []
    for match in BELOW_ALONE.finditer(text):
        start = match.start()
        for word in _BEFORE_BELOW.finditer(text, start, match.end()):
            whole = {word.start(), word.end()} <= edges
            if whole and (match.end() - word.end() >= _SHORTEST or word.group() in _NEVER_INSIDE):
                start = word.end()
        start = _without_verbs(text, start, match.end())
        name = text[start : match.end()]
        if len(name) < _SHORTEST or start not in edges or match.end() not in edges or NOT_BELOW.match(name):
            continue
        if text[start - 1 : start] == "“" and text.startswith("”", match.end()):
            continue  # “安心社区”等活动
        mentions.append(Mention("Place", Span(start, match.end()), name, "township", name))
    return mentions
