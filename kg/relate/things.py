"""Phrases of the text as the things they name: what was recognised there, else an item."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping

from kg import ontology
from kg.model import Article, Entity, EntityRecord, Mention, Span

_JOINT = re.compile(r"、|和|与|(?<!普)及(?!其|时|格)|以及")
# from the first to the last character that a name can begin and end with
_NAME = re.compile(r"[\w“‘《〈(「『](?:.*[\w”’》〉)」』%℃])?", re.DOTALL)
_QUOTE_MARKS = "“《("
_FUNDS = ("基金", "互助金")


class Things:
    """Reads things off an article's text, and remembers the items nobody had recognised."""

    def __init__(self, article: Article, entities: Mapping[Mention, Entity]) -> None:
        self._text = article.text
        self._known = {(m.span.start, m.span.end): e for m, e in entities.items() if m.type not in ("Place", "Person")}
        self._called = _by_their_heads(entities.values())
        self._found: dict[Entity, dict[Span, str]] = {}  # where each item stands, and what found it

    def named(self, phrase: Span) -> tuple[Entity, ...]:
        """The things a phrase names: one for each member of a list, each without the clause before its 的."""
        named = self._trimmed(phrase)
        if named is None:
            return ()
        phrase = named
        text = self._text[phrase.start : phrase.end]
        if (whose := max(text.rfind("”的"), text.rfind("》的")) + 2) > 1 and len(text) - whose > 1:
            return self.named(Span(phrase.start + whose, phrase.end))  # “马铃薯贷”的|单户额度
        if (phrase.start, phrase.end) in self._known or any(mark in text for mark in _QUOTE_MARKS):
            return (self._entity(phrase),)
        members = _JOINT.split(text)
        if len(members[0]) <= 2 and len(members[-1]) >= len(members[0]) + 2:
            return (self._entity(phrase),)  # 劳动和技能竞赛: what the last is a kind of, the first is too
        spans: list[Span] = []
        at = phrase.start
        for joint in [*_JOINT.finditer(text), None]:
            end = phrase.start + joint.start() if joint else phrase.end
            head = max(self._text.rfind("的", at, end) + 1, at)
            start = head if end - head >= 2 else at
            if end - start >= 2:
                spans.append(Span(start, end))
            at = phrase.start + joint.end() if joint else end
        return tuple(dict.fromkeys(self._entity(s) for s in spans or [phrase]))

    def _trimmed(self, phrase: Span) -> Span | None:
        """The phrase without blanks and marks at its ends, if it says anything: a dash, a sign or 1000- names nothing."""
        name = _NAME.search(self._text, phrase.start, phrase.end)
        return Span(*name.span()) if name and any(c.isalpha() for c in name.group()) else None

    def called(self, span: Span, name: str) -> Entity:
        """The thing that a verb tells without naming it: 凑了 is 捐款."""
        return self._item(span, name, "verb that tells an amount")

    def records(
        self, used: Mapping[Entity, Container[int]], sentence: Callable[[int], int]
    ) -> tuple[EntityRecord, ...]:
        """Those of the items found that are used, each with its mentions in the sentences that use it.

        `used` has the places where those sentences begin, and `sentence` says where that of a place does.
        """
        found = sorted((entity, spans) for entity, spans in self._found.items() if entity in used)
        return tuple(
            EntityRecord(
                entity,
                (),
                tuple(
                    self._mention(entity, *told) for told in spans.items() if sentence(told[0].start) in used[entity]
                ),
            )
            for entity, spans in found
        )

    def _mention(self, entity: Entity, span: Span, rule: str) -> Mention:
        return Mention("Item", span, self._text[span.start : span.end], rule, entity.name)

    def _entity(self, span: Span) -> Entity:
        name = self._text[span.start : span.end]
        known = self._known.get((span.start, span.end)) or self._called.get(name)
        return known or self._item(span, name, "noun phrase beside an amount")

    def _item(self, span: Span, name: str, rule: str) -> Entity:
        entity = Entity("Item", name)
        self._found.setdefault(entity, {}).setdefault(span, rule)
        return entity


def _by_their_heads(named: Iterable[Entity]) -> dict[str, Entity]:
    """The only programme that ends in a word for what it is, by that word: 孝善基金 is what 基金 means."""
    found: dict[str, set[Entity]] = {}
    for entity in named:
        head = next((word for word in _FUNDS if entity.name.rstrip("”》").endswith(word)), None)
        if head and entity.type in ontology.subclasses("Programme"):
            found.setdefault(head, set()).add(entity)
    return {head: next(iter(entities)) for head, entities in found.items() if len(entities) == 1}
