"""Who says what is told at a place, so that 我们 and 他们 can be somebody; else 他 and 他们 are whom a reader has in mind.

“去年 我们 慰问了 300人。” 市总工会 主席 马林 说        合作社 理事长 温木根 介绍, 他们 拨出 2万元
                          └────────────┴ speak        └──────────┴ speak
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from kg import ontology
from kg.language.spans import Row
from kg.model import Article, Block, Entity, Mention, Span
from kg.relate.cast import Cast

_SPEAKS = re.compile("介绍|说|表示|告诉记者|坦言|透露|回忆|感慨|称|算了?一?笔账|解释")
_BEFORE, _BEHIND, _LONG = 60, 60, 400
_PRONOUN = re.compile("(?:[我他她咱]们|[我他她])$")
_BODIES = ontology.subclasses("Organisation")


class Pronouns:
    """Whom the pronouns of an article mean that give or do something."""

    def __init__(
        self, article: Article, mentions: Sequence[Mention], entities: Mapping[Mention, Entity], cast: Cast
    ) -> None:
        self._article, self._entities, self._cast = article, entities, cast
        self._named = Row(m for m in mentions if m in entities and m.type in {*_BODIES, "Person"})

    def mean(self, stretch: Span) -> tuple[Entity, ...]:
        """Whom the pronoun at the end of a stretch means: in what somebody says 我们 his body and 我 himself, in a report 他们 and 他."""
        pronoun = _PRONOUN.search(self._article.text, stretch.start, stretch.end)
        if pronoun is None:
            return ()
        several = pronoun.group().endswith("们")
        told, quoted = speakers(self._article, self._named, stretch.end)
        if quoted != (pronoun.group()[0] in "我咱"):
            return ()
        meant = [self._entities[m] for m in told if (m.type == "Person") != several][-1:]
        if meant or quoted:
            return tuple(meant)
        kinds = {"Person", "WorkerGroup", *_BODIES} if several else {"Person"}
        return tuple(islice(self._cast.meant(pronoun.start(), kinds), 1))


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
