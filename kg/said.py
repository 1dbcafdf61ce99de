"""What the readings of a document say, in the terms of an annotation: names instead of entities."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kg.gold import ENTITY_ROWS, Key, amount_key
from kg.model import Entity, Measure, Reading, Span, Stated
from kg.ontology import superclasses

Name = tuple[str, str]  # the row of an entity, or its class where there is no row for it; and its full name
Names = dict[Name, set[str]]
Called = Callable[[Iterable[Entity]], set[str]]

ROW_OF_CLASS = {"Organisation": "organisations", "Programme": "programmes", "Group": "groups"}
RELATION_OF_PREDICATE = {
    "issues": "issues",
    "organises": "organises",
    "partneredWith": "partner",
    "subOrganizationOf": "subOrganizationOf",
}
SENTENCE = re.compile(r"[^。！？!?\n]*")


def name_of(entity: Entity) -> Name:
    """What tells an entity from others in a graph: sub-classes share their names."""
    above = superclasses(entity.type) & ROW_OF_CLASS.keys()
    return (ROW_OF_CLASS[min(above)] if above else entity.type), entity.name


@dataclass(frozen=True)
class Told:
    """An amount as read, with the names in each slot and the rules that put them there.

    `by` tells for agent and object how they are known, as the measures say.
    """

    text: str
    key: Key
    bound: str
    slots: dict[str, set[str]]
    status: set[str]
    rules: Counter[str]
    by: dict[str, Counter[str]]


@dataclass(frozen=True)
class Held:
    """A post as read: the names of the person, of the body, and of the post."""

    person: frozenset[str]
    organisation: frozenset[str]
    role: frozenset[str]


@dataclass(frozen=True)
class Tie:
    """A link as read: the names at both ends."""

    relation: str
    subject: frozenset[str]
    object: frozenset[str]


@dataclass
class Said:
    """All that was read of a document."""

    readings: tuple[Reading, ...]
    entities: dict[str, Names] = field(default_factory=lambda: {row: {} for row in ENTITY_ROWS})
    rules: defaultdict[Name, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    facts: list[Told] = field(default_factory=list)
    posts: list[Held] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)

    def sentence(self, stretch: str) -> str:
        """The first sentence with these words in it, or nothing."""
        for reading in self.readings if stretch else ():
            text = reading.article.text
            at = text.find(stretch)
            if at >= 0:
                before = max(text.rfind(mark, 0, at) for mark in "。！？!?\n") + 1
                after = SENTENCE.match(text, at + len(stretch))
                return text[before : after.end() + 1 if after else None].strip()
        return ""


def pool_names(readings: Iterable[Reading]) -> Names:
    """Every name that any of the readings knows of an entity, as a graph of them all would have it."""
    pool: defaultdict[Name, set[str]] = defaultdict(set)
    for reading in readings:
        for record in reading.entities:
            pool[name_of(record.entity)] |= {record.entity.name, *record.aliases}
    return dict(pool)


def said_by(readings: tuple[Reading, ...], pool: Names) -> Said:
    """What a document says, under the pooled names."""
    said = Said(readings)

    def called(entities: Iterable[Entity]) -> set[str]:
        return {name for entity in entities for name in pool.get(name_of(entity), {entity.name})}

    for reading in readings:
        for record in reading.entities:
            name = name_of(record.entity)
            if name[0] in said.entities:
                said.entities[name[0]][name] = called([record.entity])
                said.rules[name].update(mention.rule for mention in record.mentions)
        said.facts += _facts(reading, called)
        said.posts += _posts(reading, called)
        said.ties += _ties(reading, called)
    said.posts = list(dict.fromkeys(said.posts))
    said.ties = list(dict.fromkeys(said.ties))
    return said


def _facts(reading: Reading, called: Called) -> list[Told]:
    """The amounts of an article; one that several measures state is one, with what each says of it."""
    stated: defaultdict[Span, list[tuple[Measure, Stated]]] = defaultdict(list)
    for measure in reading.measures:
        for amount in measure.amounts:
            stated[amount.mention.span].append((measure, amount))
    return [told for group in stated.values() if (told := _told(group, called))]


def _told(group: list[tuple[Measure, Stated]], called: Called) -> Told | None:
    mention = group[0][1].mention
    amount = mention.amount
    if amount is None:
        return None
    measures = [measure for measure, _ in group]
    counted = [entity for _, stated in group for entity in stated.of]
    return Told(
        text=mention.text,
        key=amount_key(amount.kind, amount.unit, amount.bound, amount.value, amount.low, amount.high),
        bound=amount.bound,
        slots={
            "agent": called(entity for measure in measures for entity in measure.agents),
            "to": called(entity for measure in measures for entity in measure.beneficiaries),
            "of": called([entity for measure in measures for entity in measure.provides] + counted),
            "programme": called(entity for measure in measures for entity in measure.programmes),
        },
        status={measure.status for measure in measures if measure.status},
        rules=Counter(measure.rule for measure in measures),
        by={
            "agent": Counter(f"agent: {measure.agents_by}" for measure in measures if measure.agents_by),
            "of": Counter(f"of: {stated.rule}" for _, stated in group if stated.rule),
        },
    )


def _posts(reading: Reading, called: Called) -> list[Held]:
    return [
        Held(
            frozenset(called([post.person])),
            frozenset(called([post.organisation] if post.organisation else [])),
            frozenset({post.role}),
        )
        for post in reading.posts
    ]


def _ties(reading: Reading, called: Called) -> list[Tie]:
    """Links with a row in annotations; partners are told once, whichever way round."""
    ties = []
    for link in reading.links:
        relation = RELATION_OF_PREDICATE.get(link.predicate)
        if relation:
            ends = [frozenset(called([link.subject])), frozenset(called([link.object]))]
            if relation == "partner":
                ends.sort(key=sorted)
            ties.append(Tie(relation, *ends))
    return ties
