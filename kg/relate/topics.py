"""Which programme a place in an article speaks of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg import ontology
from kg.model import Article, Entity, Mention, Span

_ITEM = re.compile(r"\s*(?:[0-9]{1,2}[.、]|[①-⑳]|[(][一二三四五六七八九十0-9]+[)]|[一二三四五六七八九十]+、)")
# Agreements bind those who sign them; they do not lay down what others are given.
_AGREED = re.compile("(?:协议书?|合同|协定|备忘录|意向书|章程)[》”]?$")


class Topic:
    """The programme an article is about at a place; `listed` are those that the items of a list are headed by."""

    def __init__(self, article: Article, mentions: Sequence[Mention], entities: Mapping[Mention, Entity]) -> None:
        self._named = [
            (m.span.start, entities[m], m.type)
            for m in mentions
            if m in entities
            and m.type in ontology.subclasses("Programme")
            and not entities[m].name.endswith(("模式", "机制"))
        ]
        self._main = _commonest([e for _, e, _ in self._named])
        self._blocks = article.blocks
        self._text = article.text
        heads = {m.end() for b in article.blocks if (m := _ITEM.match(article.text, b.start))}
        self.listed = {e for at, e, t in self._named if at in heads and t != "PolicyDocument"}

    def programmes(self, span: Span) -> tuple[Entity, ...]:
        """The programme named last before the end of the span, to the end of its paragraph; the main one all along.

        Where none has been named, the next of the paragraph, or the one that the article names again and again.
        """
        block = next((b for b in self._blocks if b.start <= span.start < b.end), span)
        before = [(at, e) for at, e, _ in self._named if at < span.end]
        if not before:
            after = [e for at, e, _ in self._named if span.end <= at < block.end]
            often = self._main and sum(e == self._main for _, e, _ in self._named) > 1
            return tuple(after[:1]) or ((self._main,) if self._main and often else ())
        at, last = before[-1]
        if at < block.start and any(b.start <= at < b.end and _ITEM.match(self._text, b.start) for b in self._blocks):
            return ()  # what one item of a list is about, the next one and what follows the list are not
        return (last,) if at >= block.start or last == self._main else ()

    def document(self, span: Span) -> tuple[Entity, ...]:
        """The policy document that the article is about, once it has been named."""
        laid_down = [(at, e) for at, e, t in self._named if t == "PolicyDocument" and not _AGREED.search(e.name)]
        return tuple(e for at, e in laid_down if at < span.end)[:1]

    def status(self, span: Span) -> str | None:
        """What a policy document or a package of measures lays down is planned unless the clause says otherwise."""
        laid_down = [
            m for m in self._named if m[0] < span.end and (m[2] == "PolicyDocument" or m[1].name.endswith("措施"))
        ]
        return "planned" if laid_down else None


def _commonest(named: Sequence[Entity]) -> Entity | None:
    """The entity named most often, the first of them if several are."""
    return max(named, key=lambda e: (named.count(e), -named.index(e)), default=None)
