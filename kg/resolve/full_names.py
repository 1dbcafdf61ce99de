"""Bodies by their full names: 市人社局 of which city, 湖北总工会 written out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from kg.model import Mention
from kg.naming import LEVEL_WORDS, expand, full_place, lead, level_of, rest, upper_names, without_upper
from kg.recognise.gazetteer import LEVEL
from kg.recognise.places import around, code_of, find_places

DEFINITION_INSIDE = re.compile(r"\((?:以下)?简称[^()]*\)")

LEAGUE = re.compile("团(自治区|[省市区县州地旗])委")


class Levels:
    """The divisions that a text names, by their level: which city is 市 at a place of the text?

    Where it names none of a level, it is the one that its home is or lies in.
    """

    def __init__(self, text: str, home: str = "") -> None:
        code = code_of(home) if home else None
        self._home = {level: _name_of_level(level, code) for level in LEVEL_WORDS} if code else {}
        self._named: dict[tuple[str, bool], tuple[list[int], list[str]]] = defaultdict(lambda: ([], []))
        seen: set[str] = set()
        for place in find_places(text):
            code = code_of(place.name, seen)
            if not code and (town := place.text[-1:]) in ("镇", "乡"):
                at, names = self._named[town, True]
                at.append(place.span.start)
                names.append(place.name)
            if code:
                seen |= around([code])
                for level in LEVEL_WORDS:
                    if name := _name_of_level(level, code):
                        at, names = self._named[level, bool(LEVEL.search(place.text))]
                        at.append(place.span.start)
                        names.append(name)

    def nearest(self, level: str, before: int) -> str:
        """The nearest division of that level named before a place in the text, else the first after it.

        送去江苏、山东 are passing places; those written with their 省, 市, 县 come first.
        """
        for full in (True, False):
            at, names = self._named[level, full]
            if names:
                return names[max(0, bisect_left(at, before) - 1)]
        return self._home.get(level, "")


def _name_of_level(level: str, code: str) -> str:
    for name in upper_names(code):
        if name.endswith(level) and (level != "区" or not name.endswith("自治区")):
            return name
        if level == "区" and name.endswith("自治区") and len(code) == 2:
            return name
    return ""


class FullNames:
    """The bodies that are named with their place, by what follows it: whose 人社局 is meant?"""

    def __init__(self, found: Sequence[Mention]) -> None:
        self._placed: dict[tuple[str, str], list[Mention]] = defaultdict(list)
        self._leagues = [m for m in found if m.text.startswith("共青团")]
        for m in found:
            if lead(m.text):
                tail = rest(without_upper(expand(m.text)))
                for level in _levels_named(m.text):
                    self._placed[level, tail].append(m)
        for named in self._placed.values():
            named.sort(key=lambda m: m.span.start)

    def league(self, level: str) -> Mention | None:
        """The committee of the Youth League of that level that the text names in full: 共青团阿克苏地区委员会 for 团地委."""
        ends = re.compile(f"共青团.*{level}(?:区)?委(?:员会)?")
        return next((m for m in self._leagues if ends.fullmatch(m.text)), None)

    def nearest(self, level: str, tail: str, before: int) -> Mention | None:
        """The last of that level and tail before a place of the text, else the first behind it."""
        named = self._placed.get((level, tail))
        if not named:
            return None
        at = bisect_right(named, before, key=lambda m: m.span.start)
        return named[max(0, at - 1)]


def full_name(mention: Mention, full: FullNames, levels: Levels) -> str:
    text = DEFINITION_INSIDE.sub("", mention.name or mention.text)
    level = level_of(text)
    if league := LEAGUE.fullmatch(text):
        if whole := full.league(league.group(1)):
            return without_upper(expand(_complete_place(whole.text)))
        return f"共青团{levels.nearest(league.group(1), mention.span.start) or league.group(1)}委"
    if not level:
        return without_upper(expand(_complete_place(text)))
    tail = expand(text)[len(level) :]
    nearest = full.nearest(level, tail, mention.span.start)
    if nearest:
        return without_upper(expand(nearest.text))
    place = levels.nearest(level, mention.span.start)
    return without_upper(place + tail) if place else expand(text)


@cache
def _levels_named(name: str) -> tuple[str, ...]:
    """The levels that the place at the head of a name has: 市 of 大连市总工会 and of 大连总工会."""
    last = lead(name)[-1]
    ends = [name[last.start : last.end]] if last.full else [division.name for division in last.divisions]
    return tuple(level for level in LEVEL_WORDS if any(end.endswith(level) for end in ends))


def _complete_place(name: str) -> str:
    """湖北总工会 → 湖北省总工会: only for bodies that every division has, whose name has nothing else in it."""
    chain = lead(name)
    if (
        len(chain) == 1
        and not chain[0].full
        and name[chain[0].end :] in {"总工会", "总", "妇联", "残联", "团委", "政府"}
    ):
        return full_place(name[: chain[0].end]) + name[chain[0].end :]
    return name
