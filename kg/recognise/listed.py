"""Bodies that their surroundings tell: members of a list whose kind is named after it, communities that act."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.language.spans import Places
from kg.lexicon import vocabulary
from kg.model import Mention, Span
from kg.recognise.bodies import View
from kg.recognise.places import find_places

PARENTS = frozenset({"TradeUnion", "PublicBody"})
ACTING = re.compile(
    "争取到|筹集|筹措|投入|拿出|出资|举办|组织|开展|联合|携手|推出|启动|打造|发起|主办|承办|牵头|出资|办起|开设|设立"
)
LIST = re.compile("(?:[一-鿿A-Za-z()]{2,14}、)+[一-鿿A-Za-z()]{2,14}$")
LIST_REACH = 400
KIND_OF_LIST = re.compile(
    "等(?:[0-9]+|[一二三四五六七八九十两多几数百]+)?余?[家所个名]?[一-鿿]{0,6}?(公司|企业|集团|学校|院校|高校|医院|银行)"
)
LISTED_CLASS = {"学校": "School", "院校": "School", "高校": "School", "医院": "Institution"}
COMMUNITY = re.compile("(?:社区|村|街道)$")
STANDS_FIRST = re.compile(r"[,。:;、!?\s由]")


def acting_communities(text: str, taken: Sequence[Mention]) -> list[Mention]:
    """A community or village that acts is a body: 光明社区举办招聘会."""
    placed = Places(taken)
    return [
        Mention("PublicBody", place.span, place.text, "acting-community")
        for place in find_places(text)
        if place.rule == "township-in-division" and COMMUNITY.search(place.text) and ACTING.match(text, place.span.end)
        if place.span.start == 0 or STANDS_FIRST.match(text[place.span.start - 1])
        if not placed.touch(place.span)
    ]


def listed_bodies(view: View, found: Places[Mention]) -> list[Mention]:
    """中简科技、今创集团、中天钢铁等16家公司: where one of a list is a body, the others are too."""
    more = []
    generic = vocabulary("organisation-generic")
    last = 0
    for kind_told in KIND_OF_LIST.finditer(view.text):
        match = LIST.search(view.text, max(last, kind_told.start() - LIST_REACH), kind_told.start())
        last = kind_told.end()
        if not match:
            continue
        place = match.start()
        items = []
        for item in match.group().split("、"):
            items.append(Span(place, place + len(item)))
            place += len(item) + 1
        if not any(m.type not in PARENTS for item in items for m in found.ending(item.end)):
            continue
        kind = LISTED_CLASS.get(kind_told.group(1), "Company")
        for span in items:
            pieces = view.pieces(span.start, span.end)
            if found.touch(span) or _runs_across(pieces):
                continue
            if len(span) <= 8 and not all(piece in generic for piece in pieces) and not view.level_at(span.start):
                more.append(Mention(kind, span, view.text[span.start : span.end], "listed-body"))
    return more


def _runs_across(pieces: list[str]) -> bool:
    """Does a stretch hold words that no name holds?  Single characters stop at its start only: 中简科技."""
    stops = vocabulary("organisation-stops")
    return pieces[0] in set("由向与和在从对为有是把被家所个名") or any(
        len(piece) > 1 and piece in stops for piece in pieces
    )
