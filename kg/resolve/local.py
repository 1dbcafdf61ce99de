"""Which place 县里, 全区 and 该市 mean: the division of that level that the text is in.

环县水务局 … 到8月底, 全县 建成供水工程9处
└ 621022 ──────────── └ 环县: a county, the last one named or told by a body's name
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from kg.language.phrases import tagged
from kg.language.spans import Places
from kg.lexicon import words
from kg.model import Mention, Span
from kg.naming import lead
from kg.recognise.gazetteer import by_code
from kg.recognise.places import canonical, code_of

_WORD = re.compile("(?:[全该本我](?P<whole>自治区|省|市|县|区|州|旗|镇|乡|村)|(?P<in>省|市|县|区|州|旗|镇|乡|村)里)")
_WIDTHS = {"自治区": (2,), "省": (2,), "市": (4, 6), "州": (4,), "县": (6,), "区": (6, 2), "旗": (6,)}
_GOES_ON = frozenset("vdpmtxrwcu")
_SAYS = frozenset(
    ("规定", "补贴", "补助", "奖励", "要求", "通知", "计划", "决定", "财政")
)  # which the dictionary takes for nouns
_LOOK_AHEAD = 8
_LOOKED_AT = 100  # as many places before and behind are looked at for the one that is meant

T = TypeVar("T")


def local_places(text: str, mentions: Iterable[Mention], names: Mapping[Mention, str]) -> list[Mention]:
    """New mentions of places by their level alone, where the text has named such a place.

    >>> place = Mention("Place", Span(0, 2), "环县", "division", "环县")
    >>> [(m.text, m.name) for m in local_places("环县缺水。去年,全县建成水站9处,县里补了钱。", [place], {})]
    [('全县', '环县'), ('县里', '环县')]
    """
    given = list(mentions)
    taken = Places([*given, *names])
    alone = [m for m in _WORD.finditer(text) if _stands_alone(text, Span(*m.span()))]
    alone = [m for m in alone if not taken.touch(Span(*m.span()))]
    if not alone:
        return []
    places = sorted((m for m in given if m.type == "Place"), key=lambda m: m.span)
    divisions = sorted([*_named(places), *_of_bodies(names)])
    found = []
    for match in alone:
        span, level = Span(*match.span()), match["whole"] or match["in"]
        if name := _meant(span.start, level, divisions, places):
            found.append(Mention("Place", span, match.group(), "level word", name))
    return found


def _named(places: Sequence[Mention]) -> Iterator[tuple[int, str]]:
    for m in places:
        if code := code_of(m.name or m.text):
            yield m.span.start, code


def _of_bodies(names: Mapping[Mention, str]) -> Iterator[tuple[int, str]]:
    for m, name in names.items():
        chain = lead(name)
        if chain and chain[-1].full and (code := code_of(name[: chain[-1].end])):
            yield m.span.start, code


def _meant(at: int, level: str, divisions: Sequence[tuple[int, str]], places: Sequence[Mention]) -> str | None:
    """The division of a level named last before a place, or the one that lies around it; else the first in the text."""
    if level not in _WIDTHS:
        return next((m.name or m.text for m in _nearest(places, _before(places, at)) if m.text.endswith(level)), None)
    for _, code in _nearest(divisions, bisect_left(divisions, (at, ""))):
        for width in _WIDTHS[level]:
            division = by_code().get(code[:width]) if len(code) >= width else None
            if division and division.name.endswith(level):
                return canonical(division.code)
    return None


def _before(places: Sequence[Mention], at: int) -> int:
    return bisect_left(places, at, key=lambda m: m.span.start)


def _nearest(things: Sequence[T], until: int) -> Iterator[T]:
    """Those before a place, the last first, then the first ones behind it; no more than a text's reader keeps in mind."""
    yield from (things[i] for i in range(until - 1, max(-1, until - 1 - _LOOKED_AT), -1))
    yield from (things[i] for i in range(until, min(len(things), until + _LOOKED_AT)))


def _stands_alone(text: str, span: Span) -> bool:
    """Is the word a phrase of its own, as a subject is, and not the beginning of one (全县|职工)?"""
    before = text[span.start - 1 : span.start]
    if before and "一" <= before <= "鿿" and before not in "和与及由从向在是到,":
        return False
    word = next(iter(tagged(text, span.end, min(len(text), span.end + _LOOK_AHEAD))), None)
    return word is None or word.tag[0] in _GOES_ON or word.text in words("action-verbs") or word.text in _SAYS
