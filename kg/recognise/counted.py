"""Groups known by being counted: whoever comes in 名 or 位 is a kind of people, in the lexicon or not."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from kg.language.phrases import noun_phrase_after, noun_phrase_before
from kg.model import Mention, Span

_PEOPLE = frozenset("名位")
_HOUSEHOLDS = re.compile("(?!户)[一-鿿]{0,6}?(?:户(?![籍口型均外])|村民|居民|农民|牧民|渔民|群众|家庭|职工)(?!委|小组)")
_ENDS = re.compile(
    r"(?:[工员师手者生民农户嫂匠医护警兵模]|家庭|群众|学子|少年|老人|妇女|儿童|患儿|孩子|骨干|干部|村官|新人|夫妇|母亲|父母|司机|代表|居民|旅客|乘客|队友)$"
)


def find_counted(text: str, amounts: Sequence[Mention], names: Sequence[Mention]) -> Iterator[Mention]:
    """The people that counts count where no name stands yet.

    >>> from kg.language.amounts import find_amounts
    >>> text = "向63名养路工发放棉衣,走访12位代表"
    >>> [m.text for m in find_counted(text, find_amounts(text), [])]
    ['养路工', '代表']
    """
    starts, ends = sorted(name.span.start for name in names), sorted(name.span.end for name in names)
    for amount in amounts:
        unit = amount.amount.unit if amount.amount else ""
        at = amount.span.end
        if unit == "户" and at not in starts and (found := _HOUSEHOLDS.match(text, at)):  # 20余户|村民|发展养殖
            yield Mention("WorkerGroup", Span(*found.span()), found.group(), "counted people", found.group())
        if unit not in _PEOPLE:
            continue
        following = bisect_left(starts, amount.span.end)
        end = min([len(text), amount.span.end + 14, *starts[following : following + 1]])
        phrase = noun_phrase_after(text, amount.span.end, end)
        if phrase is None:  # 引进拾花工4.6万名
            before = bisect_right(ends, amount.span.start)
            start = max([0, *ends[max(0, before - 1) : before], amount.span.start - 10])
            phrase = noun_phrase_before(text, start, amount.span.start)
            phrase = phrase if phrase and phrase.end == amount.span.start else None
        if phrase and len(phrase) >= 2 and _ENDS.search(text[phrase.start : phrase.end]):
            name = text[phrase.start : phrase.end]
            yield Mention("WorkerGroup", phrase, name, "counted people", name)
