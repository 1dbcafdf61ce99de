"""A clause with its mentions, and the roles that the rules give them."""

from __future__ import annotations

from dataclasses import dataclass

from kg import rules
from kg.language.spans import Row
from kg.model import Article, Mention, Span

AMOUNTS = frozenset({"Money", "Count", "Percentage", "Duration"})


@dataclass(slots=True)
class Clause:
    """A clause with the mentions that stand in it and what the rules said of their roles."""

    span: Span
    mentions: list[Mention]
    roles: dict[str, list[Mention]]
    rule: str

    def amounts(self) -> list[Mention]:
        """The amounts of the clause, in order."""
        return [m for m in self.mentions if m.type in AMOUNTS]


def read_clause(article: Article, span: Span, mentions: Row[Mention]) -> Clause:
    """The clause that stands there, as the rules read it."""
    inside = mentions.within(span)
    masked = rules.mask(article.text, span, inside)
    roles: dict[str, list[Mention]] = {}
    label = "amount in clause"
    for rule in rules.load("measures"):
        for match in rule.find(masked):
            label = rule.label
            for slot, fillers in match.slots.items():
                roles.setdefault(slot, []).extend(f for f in fillers if f not in roles.get(slot, []))
    return Clause(span, inside, roles, label)
