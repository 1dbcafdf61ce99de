"""A clause with its mentions, and the roles that the rules give them.

保费由 省财政 承担 45%、 市财政 承担 35%        甲公司 捐 20万元、 乙公司 捐 10万元
└ clause ──────────┘  └ clause ──────┘        └ clause ────┘  └ clause ────┘
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg import ontology, rules
from kg.language.phrases import tagged
from kg.language.sentences import clauses
from kg.language.spans import Row
from kg.lexicon import words
from kg.model import Article, Mention, Span

_ANYBODY = {"giver": "agent", "getter": "beneficiary"}  # slots that take people and places, too
AMOUNTS = frozenset({"Money", "Count", "Percentage", "Duration"})

# Somebody told of as 他 or 她, and not what is his.
HE = re.compile("(?<!其)[他她](?![们的])")


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


def each_clause(article: Article, sentence: Span, mentions: Row[Mention]) -> Iterator[Span]:
    """The clauses of a sentence; where 、 joins what several give, each tells a clause of its own."""
    payers = ontology.subclasses("Organisation") | ontology.subclasses("OrganisationGroup")
    for clause in clauses(article.text, sentence):
        inside = mentions.within(clause)
        amounts = [m for m in inside if m.amount]
        start = clause.start
        for before, after in pairwise(amounts):
            at = before.span.end
            if article.text[at : at + 1] != "、":
                continue
            payer = next((m for m in inside if m.span.start == at + 1 and m.type in payers), None)
            if payer and _tells(article.text, payer.span.end, after.span.start):
                yield Span(start, at)
                start = at + 1
        yield Span(start, clause.end)


def _tells(text: str, start: int, end: int) -> bool:
    """Is there a verb in a stretch?"""
    return any(word.tag[0] == "v" or word.text in words("giving-verbs") for word in tagged(text, start, end))


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
                if slot in _ANYBODY:
                    slot, fillers = _ANYBODY[slot], tuple(called(inside, m) for m in fillers)
                role = roles.setdefault(slot, [])
                role.extend(f for f in fillers if f not in role)
    return Clause(span, inside, roles, label)


def called(inside: Sequence[Mention], group: Mention) -> Mention:
    """Who is named right behind what he is: 退休教师|王兰 is one person."""
    return next((m for m in inside if m.type == "Person" and m.span.start == group.span.end), group)
