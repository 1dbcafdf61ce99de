"""Bodies whose names a court or a paper keeps back: 某科技公司, 南漳县某建筑安装公司, 湖北某某集团有限公司.

向 | 南漳县 | 某 | 建筑安装 | 公司 | 追讨
     place          trade
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from kg.lexicon import vocabulary, words
from kg.model import Mention, Span
from kg.recognise.bodies import View
from kg.recognise.brands import Head

_TRADE = re.compile("[一-鿿A-Za-z()]{0,12}")
_TIME = re.compile("[天日月年时次种些个位名家件项段地处类方]")
_STANDS_BEFORE = re.compile(
    "(?:^|[^一-鿿]|[由与和在从向给据被把将对到为经因于及让帮替入至判欠诉告罚]|[镇乡村县市区省])$"
)


def anonymous_bodies(view: View, heads: Iterable[Head]) -> Iterator[Mention]:
    """Bodies that are called 某, with the place before it.

    >>> from kg.recognise.organisations import heads
    >>> told = "李某起诉某科技公司,南漳县某建筑公司欠薪。某天公司停工,李某公司也是。"
    >>> [m.text for m in anonymous_bodies(View(told), heads(told, View(told)))]
    ['某科技公司', '南漳县某建筑公司']
    """
    text, kinds = view.text, tuple(vocabulary("anonymous-kinds"))
    for head in heads:
        at = text.rfind("某", max(0, head.start - 14), head.start)
        if at < 0 or not text.endswith(kinds, 0, head.end) or not _TRADE.fullmatch(text, at + 1, head.start):
            continue
        if _TIME.match(text, at + 1) or (at + 1 < head.start and view.limit(head.start, at + 1) != at + 1):
            continue
        while text.startswith("某", at - 1):
            at -= 1
        begin = _place_before(view, at)
        if begin < at or _may_begin(view, at):
            yield Mention(head.type, Span(begin, head.end), text[begin : head.end], "anonymous-body")


def _place_before(view: View, at: int) -> int:
    """Where the place begins that ends at `at`, or `at`."""
    n = bisect_left(view.chain_starts, at) - 1
    return view.chain_starts[n] if n >= 0 and view.chains[n][-1].end == at else view.place_ends.get(at, at)


def _may_begin(view: View, at: int) -> bool:
    """Is 某 here a word of its own, and no name's: 起诉|某公司, not 李某|公司?"""
    if _STANDS_BEFORE.search(view.text, max(0, at - 1), at):
        return True
    before = view.text[view.token_over(at - 1) : at]
    return (len(before) > 1 and before[-1] not in words("surnames")) or before in words("action-verbs")
