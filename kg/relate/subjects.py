"""Who acts in a clause: the body named as its subject, else the one carried on from before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg import ontology
from kg.model import Article, Entity, Mention, Span

# What stands right before a body that is not the subject: recipients, companions, places, sources.
_NOT_SUBJECT = re.compile(
    r"(?:向|给|为|对|与|同|跟|在|从|到|至|往|被|把|将|通过|联合|会同|携手|领到|来自|和|送给|拨给|面向|转送|配合|按照)$"
)
# What right after a body says that it is not the one who acts: 等24家企业被评为…, …的, 主席某某.
_NO_SUBJECT_AFTER = re.compile(
    r"^(?:等[\d一二三四五六七八九十多家]|的|党组|主席|副主席|书记|主任|局长|部长|会长|秘书长|负责人|有关负责人|相关负责人|被|领到|收到|职工|会员|手中|家里|举行|\(|、|,?[\d一二三四五六七八九十]+家)"
)
_JOINED = re.compile(r"^(?:、|和|与|及|以及|,|联合|会同|又与|携手)$")
_SOURCE = re.compile(r"(?:从|据)$")


class Subjects:
    """The subjects of an article's clauses, asked for in reading order."""

    def __init__(self, article: Article, mentions: Sequence[Mention], entities: Mapping[Mention, Entity]) -> None:
        self._article = article
        self._entities = entities
        bodies = ontology.subclasses("Organisation")
        self._bodies = [m for m in mentions if m.type in bodies and m in entities]
        self._carried: tuple[Entity, ...] = self._main()

    def _main(self) -> tuple[Entity, ...]:
        """The article's default agent: the first body of the text that is named as somebody who acts."""
        skip = [b for b in self._article.blocks if b.kind in ("byline", "headline")]
        inside = [m for m in self._bodies if not any(b.start <= m.span.start < b.end for b in skip)]
        for m in _outermost(inside):
            before = self._article.text[max(0, m.span.start - 4) : m.span.start]
            if not _NOT_SUBJECT.search(before) or _SOURCE.search(before):
                return self._run(m, inside)
        return (self._entities[inside[0]],) if inside else ()

    def of(self, clause: Span, by_rule: Sequence[Mention], partners: Sequence[Mention]) -> tuple[Entity, ...]:
        """The agents of a clause; they are carried on to the clauses that name none."""
        named = [m for m in by_rule if m in self._entities]
        if named:
            agents = tuple(dict.fromkeys(self._entities[m] for m in named))
            if any(m.type in ontology.subclasses("Organisation") for m in named):
                self._carried = agents
            return agents
        inside = [m for m in self._bodies if clause.start <= m.span.start and m.span.end <= clause.end]
        for m in _outermost(inside):
            before = self._article.text[max(clause.start, m.span.start - 4) : m.span.start]
            if m in partners or (_NOT_SUBJECT.search(before) and not _SOURCE.search(before)):
                continue
            run = self._joined(m, inside)
            if not self._acts(run[-1], clause):
                continue
            self._carried = self._run(m, inside)
            break
        return self._carried

    def _acts(self, body: Mention, clause: Span) -> bool:
        """Does what follows the body in its clause let it be the one who acts?"""
        after = self._article.text[body.span.end : clause.end]
        return len(after) > 1 and not _NO_SUBJECT_AFTER.match(after)

    def _run(self, first: Mention, bodies: Sequence[Mention]) -> tuple[Entity, ...]:
        """The entities of a body and of those joined to it."""
        return tuple(dict.fromkeys(self._entities[m] for m in self._joined(first, bodies)))

    def _joined(self, first: Mention, bodies: Sequence[Mention]) -> list[Mention]:
        """The body and those joined to it: 市民政局、市财政局."""
        run = [first]
        for m in _outermost(bodies):
            between = self._article.text[run[-1].span.end : m.span.start]
            if m.span.start >= run[-1].span.end and _JOINED.match(between):
                run.append(m)
        return run


def _outermost(mentions: Sequence[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for m in sorted(mentions, key=lambda m: (m.span.start, -m.span.end)):
        if not kept or m.span.start >= kept[-1].span.end:
            kept.append(m)
    return kept
