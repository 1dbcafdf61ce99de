"""Amounts into measures: who does it, for whom, what it counts or pays for, under which programme.

Rules under `rules/measures` say what they are sure of; for the rest the principles of newspaper Chinese
hold: a subject is carried on until another takes its place, a beneficiary is looked for in the clause and
then in its neighbours, and what an amount counts stands beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg import ontology, rules
from kg.language.sentences import clauses, sentences
from kg.lexicon import verbs
from kg.model import Article, Entity, EntityRecord, Link, Measure, Mention, Span, Stated
from kg.relate.items import Items, money_like
from kg.relate.status import kind_of, status_of
from kg.relate.subjects import Subjects

AMOUNTS = frozenset({"Money", "Count", "Percentage", "Duration"})


@dataclass(frozen=True, slots=True)
class Related:
    """The measures of an article, and the items that they name and nobody recognised before."""

    measures: tuple[Measure, ...]
    links: tuple[Link, ...]
    items: tuple[EntityRecord, ...]


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


def measures(article: Article, mentions: Sequence[Mention], entities: Mapping[Mention, Entity]) -> Related:
    """Every amount of the article in a measure."""
    items = Items(article, mentions)
    subjects = Subjects(article, mentions, entities)
    topic = _Topic(article, mentions, entities)
    found: list[Measure] = []
    run: list[Link] = []
    for block in article.blocks:
        if block.kind == "byline":
            continue
        for sentence in sentences(article.text, block.start, block.end):
            parts = [_clause(article, c, mentions) for c in clauses(article.text, sentence)]
            for i, clause in enumerate(parts):
                agents = subjects.of(clause.span, clause.roles.get("agent", []), clause.roles.get("partner", []))
                run.extend(_run_by(article, sentence, clause, agents, entities))
                if clause.amounts():
                    found.append(_measure(article, sentence, parts, i, agents, entities, items, topic, found))
    run.extend(
        Link(agent, "organises", programme, m.span, "programme of the measure")
        for m in found
        for programme in m.programmes
        for agent in m.agents
        if programme.type == "Campaign"
    )
    return Related(tuple(_without_echoes(article, found)), tuple(run), items.records())


def _run_by(
    article: Article, sentence: Span, clause: Clause, agents: Sequence[Entity], entities: Mapping[Mention, Entity]
) -> list[Link]:
    """Programmes that a clause tells of with a verb of holding are run by its subject, named there or before."""
    text = article.text[clause.span.start : sentence.end]
    if not any(verb in text for verb in verbs("hold")):
        return []
    programmes = [
        entities[m] for m in clause.mentions if m in entities and _is(m, "Programme") and m.type != "PolicyDocument"
    ]
    return [Link(a, "organises", p, clause.span, "programme under the subject") for p in programmes for a in agents]


def _clause(article: Article, span: Span, mentions: Sequence[Mention]) -> Clause:
    inside = [m for m in mentions if span.start <= m.span.start and m.span.end <= span.end]
    masked = rules.mask(article.text, span, inside)
    roles: dict[str, list[Mention]] = {}
    label = "amount in clause"
    for rule in rules.load("measures"):
        for match in rule.find(masked):
            label = rule.label
            for slot, fillers in match.slots.items():
                roles.setdefault(slot, []).extend(f for f in fillers if f not in roles.get(slot, []))
    return Clause(span, inside, roles, label)


def _measure(
    article: Article,
    sentence: Span,
    parts: Sequence[Clause],
    i: int,
    agents: tuple[Entity, ...],
    entities: Mapping[Mention, Entity],
    items: Items,
    topic: _Topic,
    told: Sequence[Measure],
) -> Measure:
    clause = parts[i]
    beneficiaries = _beneficiaries(parts, i, entities)
    stated, provides = items.attach(clause.span, clause.amounts(), clause.mentions, entities, sentence)
    status = status_of(article.text, sentence, clause.span, topic.status(clause.span))
    named = [entities[m] for m in clause.mentions if m in entities and _is(m, "Programme")]
    programmes = tuple(dict.fromkeys([*named, *topic.document(clause.span)])) or topic.programmes(clause.span)
    if not provides and not all(s.of for s in stated):
        provides = _carried_items(told, sentence) or tuple(programmes)
    return Measure(
        span=clause.span,
        rule=clause.rule,
        agents=tuple(a for a in agents if a not in beneficiaries),
        partners=tuple(dict.fromkeys(entities[m] for m in clause.roles.get("partner", []) if m in entities)),
        beneficiaries=beneficiaries,
        provides=tuple(e for e in provides if e.type == "Item" or e.type in ontology.subclasses("Programme")),
        amounts=stated,
        programmes=programmes,
        places=tuple(dict.fromkeys(entities[m] for m in clause.mentions if m in entities and m.type == "Place")),
        status=status,
        kind=kind_of(article.text[clause.span.start : clause.span.end])
        or kind_of(article.text[sentence.start : sentence.end]),
        period=next((m.text for m in clause.mentions if m.type == "Date"), None),
    )


def _carried_items(told: Sequence[Measure], sentence: Span) -> tuple[Entity, ...]:
    """What the measure before in the same sentence is about, for an amount with nothing beside it: 最高4000元."""
    if not told or told[-1].span.start < sentence.start:
        return ()
    return tuple(dict.fromkeys([*(e for s in told[-1].amounts for e in s.of), *told[-1].provides]))


def _beneficiaries(parts: Sequence[Clause], i: int, entities: Mapping[Mention, Entity]) -> tuple[Entity, ...]:
    """Of the clause by rule, else its groups, else those of the nearest clause of the sentence."""
    for reach in (i, *_neighbours(parts, i)):
        clause = parts[reach]
        agents = clause.roles.get("agent", [])
        by_rule = [m for m in clause.roles.get("beneficiary", []) if m in entities and m not in agents]
        groups = [m for m in clause.mentions if m in entities and _is(m, "Group")]
        chosen = (
            (by_rule + [m for m in groups if m not in by_rule])
            if reach == i
            else (by_rule or (groups if any(money_like(a) for a in parts[i].amounts()) else []))
        )
        if chosen:
            return tuple(dict.fromkeys(entities[m] for m in chosen))
    return ()


def _neighbours(parts: Sequence[Clause], i: int) -> list[int]:
    """Clauses to look into: forward first when money is set aside here, else backward first."""
    money = any(money_like(m) for m in parts[i].amounts())
    after = [j for j in (i + 1, i + 2) if j < len(parts) and not (parts[j].amounts() and not money)]
    before = [j for j in (i - 1, i - 2) if j >= 0]
    return [*after, *before] if money else [*before, *after[:1]]


class _Topic:
    """The programme an article is about, from the place on where it is named."""

    def __init__(self, article: Article, mentions: Sequence[Mention], entities: Mapping[Mention, Entity]) -> None:
        self._text = article.text
        self._named = [(m.span.start, entities[m], m.type) for m in mentions if m in entities and _is(m, "Programme")]
        self._blocks = article.blocks

    def programmes(self, span: Span) -> tuple[Entity, ...]:
        """The programme named last before the end of the span."""
        before = [e for at, e, _ in self._named if at < span.end]
        return (before[-1],) if before else ()

    def document(self, span: Span) -> tuple[Entity, ...]:
        """The policy document that the article is about, once it has been named."""
        return tuple(e for at, e, t in self._named if at < span.end and t == "PolicyDocument")[:1]

    def status(self, span: Span) -> str | None:
        """What a policy document lays down is planned unless the clause says otherwise."""
        before = [t for at, _, t in self._named if at < span.end]
        return "planned" if "PolicyDocument" in before else None


def _is(mention: Mention, family: str) -> bool:
    return mention.type in ontology.subclasses(family)


def _without_echoes(article: Article, found: Sequence[Measure]) -> list[Measure]:
    """Amounts told in a headline and again in the body are kept in the body alone."""
    heads = [b for b in article.blocks if b.kind in ("headline", "subhead", "box")]
    in_head = [any(b.start <= m.span.start < b.end for b in heads) for m in found]
    told = {_key(s) for m, head in zip(found, in_head, strict=True) if not head for s in m.amounts}
    return [
        m for m, head in zip(found, in_head, strict=True) if not head or any(_key(s) not in told for s in m.amounts)
    ]


def _key(stated: Stated) -> object:
    return stated.mention.amount
