"""What an amount counts or pays for: the noun phrase beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg import ontology
from kg.language.phrases import noun_phrase_after, noun_phrase_before
from kg.model import Article, Entity, EntityRecord, Mention, Span, Stated

_BETWEEN = re.compile(r"^(?:的|了)?")
_PURPOSE = re.compile(r"用于|用作|用来|购买|采购|选购|发放|提供|开展|新建|建设|建成|举办|赠送|安装|实施|补助|支付|作为")
_JOINT = re.compile(r"、|和|与|及(?!其)|以及")
_OPENING = re.compile(r"^(?:了|的|对|给|向|为)*")


def money_like(mention: Mention) -> bool:
    """Is it an amount of money?"""
    return mention.type == "Money"


class Items:
    """Reads items off the text, and remembers them as entities."""

    def __init__(self, article: Article, mentions: Sequence[Mention]) -> None:
        self._text = article.text
        self._amounts = [m.span for m in mentions if m.amount is not None]
        self._dates = [m.span for m in mentions if m.type == "Date"]
        self._groups = [m for m in mentions if m.type in ontology.subclasses("Group")]
        self._found: dict[Entity, list[Mention]] = {}

    def attach(
        self,
        clause: Span,
        amounts: Sequence[Mention],
        mentions: Sequence[Mention],
        entities: Mapping[Mention, Entity],
        sentence: Span,
    ) -> tuple[tuple[Stated, ...], tuple[Entity, ...]]:
        """The amounts with what each counts, and what the clause provides."""
        stated = [Stated(m, self._of(m, clause, entities)) for m in amounts]
        provided = self._purpose(clause, entities)
        if not provided and any(money_like(m) for m in amounts):
            following = min((a.start for a in self._amounts if a.start >= clause.end), default=sentence.end)
            provided = self._purpose(Span(clause.end, max(clause.end, min(following, sentence.end))), entities)
        if not provided and not any(s.of for s in stated):
            provided = self._purpose(Span(sentence.start, clause.start), entities)[-1:]
        return tuple(stated), tuple(dict.fromkeys(provided))

    def records(self) -> tuple[EntityRecord, ...]:
        """The items found, each with its mentions."""
        return tuple(EntityRecord(e, (), tuple(ms)) for e, ms in sorted(self._found.items()))

    def _of(self, amount: Mention, clause: Span, entities: Mapping[Mention, Entity]) -> tuple[Entity, ...]:
        found: list[Entity] = []
        at = amount.span.end + len(_match(_BETWEEN, self._text[amount.span.end : clause.end]))
        others = [s for s in self._amounts if s != amount.span]
        after = noun_phrase_after(self._text, at, clause.end, [*others, *self._dates])
        if after:
            found.extend(self._entities_of(self._group_at(after) or after, entities))
        before = noun_phrase_before(self._text, clause.start, amount.span.start, [*others, *self._dates])
        if before and (not after or amount.type in ("Percentage", "Money")):
            found.extend(self._entities_of(before, entities))
        return tuple(dict.fromkeys(found))

    def _group_at(self, phrase: Span) -> Span | None:
        """The group that begins a phrase and makes up most of it: 学生 in 学生的申请."""
        inside = [g.span for g in self._groups if g.span.start == phrase.start and 2 * len(g.span) >= len(phrase)]
        return max(inside, key=len, default=None)

    def _purpose(self, span: Span, entities: Mapping[Mention, Entity]) -> list[Entity]:
        found = []
        for m in _PURPOSE.finditer(self._text, span.start, span.end):
            at = m.end() + len(_match(_OPENING, self._text[m.end() : span.end]))
            at = next((a.end for a in self._amounts if a.start == at), at)
            phrase = noun_phrase_after(self._text, at, span.end, self._amounts)
            if phrase:
                found.extend(self._entities_of(phrase, entities))
        return found

    def _entities_of(self, phrase: Span, entities: Mapping[Mention, Entity]) -> list[Entity]:
        """The things a phrase names: one for each member of a list, each without the clause before its 的."""
        spans: list[Span] = []
        at = phrase.start
        text = self._text[phrase.start : phrase.end]
        for joint in [*_JOINT.finditer(text), None] if not _closed(text) else [None]:
            end = phrase.start + joint.start() if joint else phrase.end
            head = max(self._text.rfind("的", at, end) + 1, at)
            start = head if end - head >= 2 else at
            if end - start >= 2:
                spans.append(Span(start, end))
            at = phrase.start + joint.end() if joint else end
        return [self._entity(s, entities) for s in spans or [phrase]]

    def _entity(self, span: Span, entities: Mapping[Mention, Entity]) -> Entity:
        """The entity at a span: one already recognised there, else an item."""
        for m, entity in entities.items():
            if m.span == span and m.type not in ("Place", "Person"):
                return entity
        name = self._text[span.start : span.end]
        entity = Entity("Item", name)
        mention = Mention("Item", span, name, "noun phrase beside an amount", name)
        held = self._found.setdefault(entity, [])
        if mention not in held:
            held.append(mention)
        return entity


def _closed(text: str) -> bool:
    """Is the phrase a name in quotation marks, which is never taken apart?"""
    return any(mark in text for mark in "“《(")


def _match(pattern: re.Pattern[str], text: str) -> str:
    m = pattern.match(text)
    return m.group() if m else ""
