"""Who speaks where something is told, and the words there that stand for somebody named before.

“去年 我们 慰问了 300人。” 市总工会 主席 马林 说        合作社 理事长 温木根 介绍, 社里 拨出 2万元
      └ we                 └────────────┴ speaks                └──────────┴ speaks  └ here
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from kg.lexicon import Finder, rows
from kg.model import Mention, Span
from kg.relate.stage import Stage

_SPEAKS = re.compile("介绍|说|表示|告诉记者|坦言|透露|回忆|感慨|称|算了?一?笔账|解释")
_BEFORE, _BEHIND, _LONG = 60, 60, 400


def speakers(stage: Stage, cast: Sequence[Mention], starts: Sequence[int], at: int) -> list[Mention]:
    """Those named as who says the quotation that a place lies in, or the report that leads up to it."""
    text = stage.article.text
    for zone, last in _zones(stage, at):
        verbs = list(_SPEAKS.finditer(text, zone.start, zone.end))
        if verbs:
            verb = verbs[-1] if last else verbs[0]
            found = cast[bisect_left(starts, zone.start) : bisect_left(starts, verb.start())]
            if found:
                return list(found)
    return []


def _zones(stage: Stage, at: int) -> Iterator[tuple[Span, bool]]:
    """Where the one who speaks may be told, and whether the last verb of speaking counts there or the first."""
    text, block, opened = stage.article.text, stage.article.block_at(at), stage.quotation(at)
    if opened < 0:
        yield Span(stage.sentence_start(at), at), False
        return
    low = max(block.start, opened - _BEFORE)
    yield Span(max(low, text.rfind("。", low, opened) + 1), opened), True
    closed = text.find("”", at, min(block.end, at + _LONG))
    if closed >= 0:
        limit = min(block.end, closed + _BEHIND)
        stop = text.find("。", closed + 1, limit)
        yield Span(closed + 1, stop if stop >= 0 else limit), False


@cache
def _pronouns() -> tuple[Finder, Mapping[str, str]]:
    kinds = {word: kind for kind, line in rows("pronouns") for word in line.split()}
    return Finder(kinds), kinds


def pronouns(text: str) -> list[str]:
    """The kinds of words in a text that stand for somebody, each once.

    >>> pronouns("我们村里,我国")
    ['here', 'we']
    """
    finder, kinds = _pronouns()
    return sorted({kinds[text[s.start : s.end]] for s in finder.spans(text)} - {"none"})
