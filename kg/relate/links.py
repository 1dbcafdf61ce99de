"""Direct relations: what the rules under `rules/links` find, and parts of bodies by their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from kg import ontology, rules
from kg.language.sentences import sentences
from kg.model import Article, Entity, Link, Mention, Span

_JOINTLY = ("联合", "共同", "携手", "会同")


def links(
    article: Article, mentions: Sequence[Mention], entities: Mapping[Mention, Entity], inferred: Sequence[Link] = ()
) -> tuple[Link, ...]:
    """Every link of the article, the same one told twice kept once; an inferred one only where none is told."""
    found: dict[tuple[Entity, str, Entity], Link] = {}

    def add(subject: Entity, predicate: str, object_: Entity, span: Span, rule: str) -> None:
        turned = predicate == "partneredWith" and (object_, predicate, subject) in found
        if subject != object_ and not turned:
            found.setdefault((subject, predicate, object_), Link(subject, predicate, object_, span, rule))

    for block in article.blocks:
        if block.kind == "byline":
            continue
        for sentence in sentences(article.text, block.start, block.end):
            masked = rules.mask(article.text, sentence, mentions)
            for rule in rules.load("links"):
                for match in rule.find(masked):
                    predicate = rule.place.partition("/")[2]
                    subjects = _named(match.slots.get("subject", ()), entities)
                    objects = _named(match.slots.get("object", ()), entities)
                    for subject in subjects:
                        for object_ in objects:
                            add(subject, predicate, object_, match.span, rule.label)
                    if predicate != "partneredWith" and _jointly(article, match.span):
                        for one, other in combinations(subjects, 2):
                            add(one, "partneredWith", other, match.span, rule.label)
    for part, whole, span in _nested(mentions, entities):
        add(part, "subOrganizationOf", whole, span, "nested name")
    for part, whole, span in _by_full_name(mentions, entities):
        add(part, "subOrganizationOf", whole, span, "name within a name")
    for body, programme, span in _named_after(mentions, entities):
        add(body, "organises", programme, span, "body at the head of the name")
    for link in _first_tellings(inferred, {link.object for link in found.values()}):
        add(link.subject, link.predicate, link.object, link.span, link.rule)
    return tuple(found.values())


def _named_after(mentions: Sequence[Mention], entities: Mapping[Mention, Entity]) -> list[tuple[Entity, Entity, Span]]:
    """Programmes whose name begins with that of the body that runs them."""
    bodies = [m for m in mentions if m.type in ontology.subclasses("Organisation") and m in entities]
    programmes = [m for m in mentions if m.type in ontology.subclasses("Programme") and m in entities]
    return [
        (entities[b], entities[p], p.span)
        for p in programmes
        for b in bodies
        if b.span.start == p.span.start and b.span.end < p.span.end
    ]


def _first_tellings(inferred: Sequence[Link], told: set[Entity]) -> list[Link]:
    """Of what was inferred, for each programme nobody is told to run, where it is first inferred."""
    first: dict[Entity, Span] = {}
    for link in inferred:
        if link.object not in told:
            first.setdefault(link.object, link.span)
    return [link for link in inferred if first.get(link.object) == link.span]


def _named(mentions: Sequence[Mention], entities: Mapping[Mention, Entity]) -> list[Entity]:
    return [entities[m] for m in mentions if m in entities]


def _jointly(article: Article, span: Span) -> bool:
    return any(word in article.text[span.start : span.end] for word in _JOINTLY)


def _nested(mentions: Sequence[Mention], entities: Mapping[Mention, Entity]) -> list[tuple[Entity, Entity, Span]]:
    """Bodies whose name begins with that of the body they are a part of."""
    bodies = [m for m in mentions if m.type in ontology.subclasses("Organisation") and m in entities]
    pairs = []
    for part in bodies:
        inner = [
            m for m in bodies
            if m is not part and m.span.start == part.span.start and m.span.end < part.span.end
        ]  # fmt: skip
        if inner:
            whole = max(inner, key=lambda m: m.span.end)
            pairs.append((entities[part], entities[whole], part.span))
    return pairs


def _by_full_name(mentions: Sequence[Mention], entities: Mapping[Mention, Entity]) -> list[tuple[Entity, Entity, Span]]:
    """Bodies whose full name continues that of another body of the article: 市环卫局工会, 市环卫局."""
    bodies = {entities[m]: m.span for m in reversed(mentions) if m in entities and _is_body(m)}
    return [
        (part, whole, span)
        for part, span in sorted(bodies.items())
        for whole in [
            max(
                (b for b in bodies if b != part and part.name.startswith(b.name)),
                key=lambda b: len(b.name),
                default=None,
            )
        ]
        if whole is not None
    ]


def _is_body(mention: Mention) -> bool:
    return mention.type in ontology.subclasses("Organisation")
