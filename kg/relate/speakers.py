"""Who says what is told at a place, so that 我们 and 他们 can be somebody.

“去年 我们 慰问了 300人。” 市总工会 主席 马林 说        合作社 理事长 温木根 介绍, 他们 拨出 2万元
                          └────────────┴ speak        └──────────┴ speak
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.language.spans import Row
from kg.model import Article, Block, Mention, Span

_SPEAKS = re.compile("介绍|说|表示|告诉记者|坦言|透露|回忆|感慨|称|算了?一?笔账|解释")
_BEFORE, _BEHIND, _LONG = 60, 60, 400


def speakers(article: Article, named: Row[Mention], at: int) -> tuple[list[Mention], bool]:
    """Those named as who says the quotation that a place lies in, or the report that leads up to it; is it a quotation?"""
    block = article.block_at(at)
    low = max(block.start, at - _LONG)
    opened, closed = (article.text.rfind(mark, low, at) for mark in "“”")
    quoted = opened > closed
    for zone, last in _around(article.text, block, opened, at) if quoted else _before(article.text, low, at):
        verbs = list(_SPEAKS.finditer(article.text, zone.start, zone.end))
        if verbs:
            verb = verbs[-1] if last else verbs[0]
            if found := named.within(Span(zone.start, verb.start())):
                return found, quoted
    return [], quoted


def _before(text: str, low: int, at: int) -> Iterator[tuple[Span, bool]]:
    """The sentence up to a place, where who reports may be told, by the first verb of speaking."""
    yield Span(max(low, *(text.rfind(mark, low, at) + 1 for mark in "。!?")), at), False


def _around(text: str, block: Block, opened: int, at: int) -> Iterator[tuple[Span, bool]]:
    """What leads up to a quotation, by its last verb of speaking, and what follows it, by the first."""
    low = max(block.start, opened - _BEFORE)
    yield Span(max(low, text.rfind("。", low, opened) + 1), opened), True
    closed = text.find("”", at, min(block.end, at + _LONG))
    if closed >= 0:
        limit = min(block.end, closed + _BEHIND)
        stop = text.find("。", closed + 1, limit)
        yield Span(closed + 1, stop if stop >= 0 else limit), False
