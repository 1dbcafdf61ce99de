"""The people and bodies of a kind that give or get something and that nobody had recognised: 同事们, 包子铺, 失主.

花儿岔村卫生室 …… 每月往 卫生室 寄 水果糖        the only body that is called so, and no kind of bodies
└ body, named ─────────┘
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.model import Entity, EntityRecord, Measure, Mention
from kg.relate.cast import Cast

_ALONE = re.compile(
    "[^一-鿿0-9]?|[给向往对由被让从]"
)  # what stands before a noun that has nothing to tell which one: not 3所新|学校


class Newcomers:
    """What is found out of them while an article is read, each with its mentions."""

    def __init__(self, text: str, cast: Cast) -> None:
        self._text, self._cast = text, cast
        self._mentions: dict[Entity, dict[Mention, None]] = {}

    def entity(self, mention: Mention) -> Entity:
        """Whom a mention names: the only one of the cast whose name ends so, else its kind, which is kept."""
        alone = _ALONE.fullmatch(self._text, max(0, mention.span.start - 1), mention.span.start)
        if mention.type == "OrganisationGroup" and alone and (meant := self._meant(mention.name)):
            return meant
        entity = Entity(mention.type, mention.name)
        self._mentions.setdefault(entity, {})[mention] = None
        return entity

    def _meant(self, noun: str) -> Entity | None:
        named = [e for e in self._cast.named if e.name.endswith(noun) and self._cast.kind(e) in ("Body", "Place")]
        return named[0] if len(named) == 1 else None

    def records(self, measures: Iterable[Measure]) -> tuple[EntityRecord, ...]:
        """Those who act in one of the measures or are served by one, with their mentions, in a fixed order."""
        told = {entity for m in measures for entity in (*m.agents, *m.beneficiaries)}
        return tuple(EntityRecord(e, (), tuple(ms)) for e, ms in sorted(self._mentions.items()) if e in told)
