"""Short forms of bodies: those that the article defines, and those that only one longer name fits."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from kg.language.spans import Places
from kg.lexicon import occurrences
from kg.model import Mention
from kg.naming import CORPORATE, lead, rest, shortens, stem
from kg.recognise.bodies import LEGAL_FORMS

# Short names that are words of every day: they name a body only where they stand first in a clause.
COMMON_NOUN = re.compile("中心|公司|集团|学校|协会|医院|学院|银行|本会")


BREAK_BEFORE = re.compile(r"^|[^一-鿿\w]$")


HAN = re.compile("[一-鿿]")


Named = TypeVar("Named")


def defined_short_forms(
    text: str, defined: Mapping[str, Mention], names: Mapping[Mention, str]
) -> Iterator[tuple[Mention, Mention]]:
    """Where defined short names stand outside other mentions, each with what it stands for."""
    taken = Places(names)
    for span in occurrences(text, defined):
        alias = text[span.start : span.end]
        target = defined[alias]
        common = COMMON_NOUN.fullmatch(alias)
        if common and not (BREAK_BEFORE.search(text, max(0, span.start - 1), span.start) and HAN.match(text, span.end)):
            continue
        if span.start >= target.span.end and not taken.touch(span):
            extra = Mention(target.type, span, alias, "defined-short-form", alias)
            taken.add(extra)
            yield extra, target


def merge_short_forms(names: dict[Mention, str]) -> None:
    """众惠公司 is 大庆市众惠人力资源有限公司 where only one longer name fits."""
    kinds = {name: mention.type for mention, name in names.items()}
    longer_names = _Longer(kinds)
    target: dict[str, str] = {}
    for short in sorted(kinds, key=len):
        longer = [
            long
            for long in longer_names.candidates(short)
            if kinds[long] == kinds[short] and shortens(short, long) and _same_place(short, long)
        ]
        longest = [long for long in longer if not any(long != other and shortens(long, other) for other in longer)]
        if len(longest) == 1:
            target[short] = longest[0]
    for mention, name in names.items():
        while name in target:
            name = target[name]
        names[mention] = name


class _Longer:
    """Names that another can be short for (`naming.shortens`), found by what the two must share."""

    def __init__(self, names: Iterable[str]) -> None:
        known = sorted(names)
        self._known = frozenset(known)
        self._backwards = sorted((name[::-1], name) for name in known)
        self._brands = sorted({(start, name) for name in known for start in (name, rest(name))})
        self._edges: dict[tuple[str, str], list[str]] = defaultdict(list)
        for name in known:
            self._edges[name[:2], name[-2:]].append(name)

    def candidates(self, short: str) -> list[str]:
        """Those that end like it, begin with its brand, or share its first and its last two characters."""
        brand = rest(stem(short)) or stem(short)
        found = {*beginning(self._backwards, short[::-1]), *self._edges[short[:2], short[-2:]]}
        if CORPORATE.search(short):
            found.update(beginning(self._brands, brand))
        found.update(short + form for form in LEGAL_FORMS if short + form in self._known)
        return sorted(found)


def beginning(keyed: Sequence[tuple[str, Named]], start: str) -> Iterator[Named]:
    """The names whose key begins so, of pairs sorted by key."""
    for i in range(bisect_left(keyed, start, key=lambda pair: pair[0]), len(keyed)):
        key, name = keyed[i]
        if not key.startswith(start):
            return
        yield name


def _same_place(short: str, long: str) -> bool:
    one, other = lead(short), lead(long)
    if not one or not other:
        return True
    return any(
        b.code.startswith(a.code) or a.code.startswith(b.code) for a in one[-1].divisions for b in other[-1].divisions
    )
