"""Groups: kinds of people (WorkerGroup) and kinds of bodies (OrganisationGroup), by head noun and modifiers.

    向 2000 名 因疫情失业的 困难 职工 和 农民工 提供
       └ amount ┘└ clause ┘└word┘└head┘   └ head ┘

A head noun makes a group unless a longer noun swallows it (职工书屋); to its left modifiers are taken as long as they
are known ones, and a 的-clause from its opening word on.  A bare general head (职工, 企业) names a group only where the
words before it show that it receives or does something.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from kg.language.tokens import tokens
from kg.lexicon import Finder, longest_prefix, longest_suffix, table, words
from kg.model import Mention, Span

STOP = "。，,、；;：:！!？?（）()《》“”‘’【】\n \u3000"
RELATIVE = frozenset(
    {"子女", "家庭", "家属", "遗属", "代表", "群众", "骨干", "人才", "会员", "新生", "学生", "工会", "企业"}
)
CLAUSE_REACH = 24
QUOTED_MODIFIER = re.compile(r"“[一-鿿]{2,8}”$")
TITLE = re.compile(r"《[^《》]{1,60}》")
SHORT_QUOTE = re.compile(r"“[^“”]{1,24}”")
HANDS = re.compile("手[上中里]|家[中里]|身[上边]|心[上中里]")  # 环卫工人|手上, not 工|人手
HOLDS = re.compile("手[上中里]|账户|账上|家[中里]")  # what they have in hand they got
GETS = re.compile(
    "(?:可以?|均|都|也|已|将|还|就|共|一次性|凭证件|凭证)*(?:每[人户名家位亩头只台套]|每[月年天日](?:可|能|都)?(?:领|获|得|拿)|人均|户均|获(?!悉|奖|知)|领[到取了]|收到|拿到|享受|得到|分到|申领|从)"
)
HOUSE = re.compile("[一-鿿]{1,4}[店厂铺摊馆坊场站]$")
COUNTED = re.compile(r"[0-9余多几数两千百万十来][名位个家户人所批对]$|[0-9][余多]?[名位个家户人所批]$")


def find_groups(text: str) -> list[Mention]:
    """The groups a text names, from left to right; the name leaves numbers out.

    >>> [m.name for m in find_groups("向2000名工会会员提供补助,为因疫情失业的困难职工和农民工免费培训,建职工书屋")]
    ['工会会员', '因疫情失业的困难职工', '农民工']
    >>> [(m.name, m.type) for m in find_groups("对符合条件的小微企业进行工会经费返还")]
    [('符合条件的小微企业', 'OrganisationGroup')]
    """
    closed = _closed(text)
    heads = [h for h in _heads(text) if not any(closed[h.start : h.end])]
    found: list[Mention] = []
    floor = 0
    for head in heads:
        start = _left(text, head.start, floor)
        if start == head.start and _flag(text, head) == "open":
            start = _noun_before(text, head.start, floor)
        if start == head.start and _flag(text, head) == "trade":
            start = _house_before(text, head.start, floor)
        floor = head.end
        if not _swallowed(text, head, start) and _counts(text, head, start):
            name = text[start : head.end]
            found.append(Mention(_class(text, head), Span(start, head.end), name, "group", name))
    return found


def _closed(text: str) -> bytearray:
    """For every code point: is it in a title or a short quotation?  No group is looked for there.

    A quotation may still be a modifier: “八大群体”职工.
    """
    mask = bytearray(len(text))
    for pattern in (TITLE, SHORT_QUOTE):
        for m in pattern.finditer(text):
            mask[m.start() : m.end()] = b"\1" * len(m.group())
    return mask


def _class(text: str, head: Span) -> str:
    size = longest_suffix(text, head.end, _nouns().keys(), 10, head.start)
    return _nouns()[text[head.end - size : head.end]][0]


@cache
def _nouns() -> Mapping[str, Sequence[str]]:
    """The head nouns, each with its class and flag; an occupation names a group as 职工 does (退休|工人 is no such word)."""
    known = words("group-heads")
    parts = known | words("group-modifiers", 1, "word")
    trades = (
        name
        for name in words("posts", 1, "occupation")
        if name[: -(longest_suffix(name, len(name), known, 10, 1) or len(name))] not in parts
    )
    return dict.fromkeys(trades, ("WorkerGroup", "trade")) | table("group-heads")


@cache
def _finder() -> Finder:
    return Finder(_nouns())


def _heads(text: str) -> list[Span]:
    """Head nouns; heads that stand side by side, or as A的B with B a relative, are one (困难职工 + 家庭)."""
    merged: list[Span] = []
    for span in _finder().spans(text):
        relative = text[span.start : span.end] in RELATIVE
        if merged:
            between = text[merged[-1].end : span.start]
            if not between or (relative and (between == "的" or between in words("group-modifiers", 1, "word"))):
                merged[-1] = Span(merged[-1].start, span.end)
                continue
        merged.append(span)
    return merged


def _left(text: str, at: int, floor: int) -> int:
    """Where the modifiers before a head begin."""
    modifiers = words("group-modifiers", 1, "word")
    start = at
    while True:
        size = longest_suffix(text, start, modifiers, 12, floor)
        if size:
            start -= size
        elif (
            start < at
            and start > floor
            and text[start - 1] == "、"
            and longest_suffix(text, start - 1, modifiers, 12, floor)
        ):
            size = longest_suffix(text, start - 1, modifiers, 12, floor)
            start -= size + 1
        elif quoted := QUOTED_MODIFIER.search(text[max(floor, start - 10) : start]):
            start -= len(quoted.group())
        else:
            break
    if floor < start < at and text.startswith("总工会", start - 1):
        start += len("工会")  # 上级总工会|困难职工
    if start > floor and text[start - 1] == "的":
        return _clause(text, start, floor)
    if start > floor and start < at and (opened := _clause(text, start, floor, bare=True)) < start:
        return opened
    return start


def _clause(text: str, at: int, floor: int, bare: bool = False) -> int:
    """The start of a clause ending in 的 (or, bare, running straight into the noun: 因疫情影响需转岗职工)."""
    low = max(floor, at - CLAUSE_REACH)
    stretch = text[low:at]
    cut = max((stretch.rfind(c) for c in STOP if c != "、"), default=-1) + 1
    openers = words("group-modifiers", 1, "opener")
    if bare:
        hit = re.search(r"(?:因|受)[一-鿿]{2,8}(?:影响|失业|致贫|返贫)$", stretch[cut:])
        return low + cut + hit.start() if hit else at
    modifiers = words("group-modifiers", 1, "word")
    size = longest_suffix(text, at - 1, modifiers, 12, low)
    first = at - 1 - size
    if size and not longest_suffix(text, first, openers, 6, low) and _may_open(text, first, floor):
        return first  # but not 待遇的老人 behind 享受
    best = at
    for index in range(cut, len(stretch) - 2):
        if longest_prefix(stretch, index, openers, 6) and _may_open(text, low + index, floor):
            best = low + index
            break
    return best


def _may_open(text: str, at: int, floor: int) -> bool:
    """An opener opens a clause after a stop, a cue or a measure word."""
    if at == 0 or text[at - 1] in STOP:
        return True
    return bool(COUNTED.search(text[max(0, at - 4) : at])) or bool(
        longest_suffix(text, at, words("group-cues"), 6, floor)
    )


def _swallowed(text: str, head: Span, start: int) -> bool:
    """Does a longer noun go on after the head (职工书屋), so that no group is named?"""
    at = head.end
    if text[at : at + 1] == "们" or HANDS.match(text, at):
        return False
    if text[at - 1] == "工" and text.startswith("会", at):
        return True  # 该矿|工会
    if any(head.start + t.start < at < head.start + t.end for t in tokens(text[head.start : at + 4])):
        return True  # a word of the dictionary goes on: 建筑工|地, 矿工|会
    size = longest_prefix(text, at, words("group-continuations", 1, "compound"), 8)
    if size > 1 or (size and len(next(iter(tokens(text[at : at + 4])))) == 1):
        return True  # 职工报, not 职工|报销
    generic = start == head.start and _generic(text, head)
    return generic and bool(longest_prefix(text, at, words("group-continuations", 1, "possession"), 8))


def _flag(text: str, head: Span) -> str:
    """What the lexicon says of a head: kind, generic, vague, open, of an occupation trade; of merged heads kind."""
    return _nouns().get(text[head.start : head.end], ("", "kind"))[1]


def _generic(text: str, head: Span) -> bool:
    return _flag(text, head) != "kind"


def _noun_before(text: str, at: int, floor: int) -> int:
    """Where the word before an open head begins (联调联试|人员), if it is one that can modify it."""
    low = max(floor, at - 8)
    cut = low + max((text[low:at].rfind(c) for c in STOP), default=-1) + 1
    last = next(reversed(tokens(text[cut:at])), Span(0, 0)) if cut < at else Span(0, 0)
    word = text[cut + last.start : at]
    barred = words("programme-stops") | words("programme-verbs") | words("group-cues")
    if len(word) < 2 or word in barred or not all("一" <= c <= "鿿" for c in word):
        return at
    return cut + last.start


def _house_before(text: str, at: int, floor: int) -> int:
    """Where the shop or works begins of which somebody is: 水果店|老板娘."""
    house = HOUSE.search(text, max(floor, at - 6), at)
    starts = {max(floor, at - 6) + token.start for token in tokens(text[max(floor, at - 6) : at])}
    return min((start for start in starts if house and start >= house.start()), default=at)


def _counts(text: str, head: Span, start: int) -> bool:
    """A modified or a telling head counts; a bare general one after a cue only, a vague or an open one never."""
    flag = _flag(text, head)
    if start < head.start or flag == "kind":
        return True
    if flag not in ("generic", "trade"):
        return False
    if COUNTED.search(text[max(0, start - 4) : start]):
        return True
    after = head.end + text.startswith("们", head.end)
    if longest_prefix(text, after, words("giving-verbs"), 4) or HOLDS.match(text, after):
        return True  # 网友捐的, 村民手中
    if GETS.match(text, after) and (start == 0 or text[start - 1] in STOP):
        return True  # 村民每人可领
    return bool(longest_suffix(text, start, words("group-cues"), 6))
