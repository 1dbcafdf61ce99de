"""Amounts into measures: who does it, for whom, what it counts or pays for, under which programme.

Rules under `rules/measures` say what they are sure of; for the rest the principles of newspaper Chinese
hold: a subject is carried on until another takes its place, a beneficiary is looked for in the clause and
then in its neighbours, and what an amount counts stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg import ontology
from kg.language.sentences import clauses, sentences
from kg.lexicon import verbs
from kg.model import Article, Entity, EntityRecord, Link, Measure, Mention, Span, Stated
from kg.relate.clauses import Clause, read_clause
from kg.relate.items import PEOPLE_UNITS, Items, Spot
from kg.relate.status import kind_of, status_of
from kg.relate.subjects import Agents, Subjects, acts, enlisted
from kg.relate.things import Things

_ASPECTS = re.compile(
    "[0-9一二两三四五六七八九十]+(?:个|项|条|大|类)*(?:方面|措施|行动|举措|要求|任务|环节|变化|内容|板块)"
)


@dataclass(frozen=True, slots=True)
class Related:
    """The measures of an article, and the items that they name and nobody recognised before."""

    measures: tuple[Measure, ...]
    links: tuple[Link, ...]
    items: tuple[EntityRecord, ...]


def measures(article: Article, mentions: Sequence[Mention], entities: Mapping[Mention, Entity]) -> Related:
    """Every amount of the article in a measure."""
    things = Things(article, entities)
    items = Items(article, things, mentions)
    subjects = Subjects(article, mentions, entities)
    topic = _Topic(article, mentions, entities)
    found: list[Measure] = []
    run: list[Link] = []
    for block in article.blocks:
        if block.kind == "byline":
            continue
        before: list[Stated] = []
        for sentence in sentences(article.text, block.start, block.end):
            parts = [read_clause(article, c, mentions) for c in clauses(article.text, sentence)]
            told: list[Stated] = []
            for i, clause in enumerate(parts):
                agents = subjects.of(parts, i)
                topic.told_of(sentence, clause, agents.entities)
                run.extend(_run_by(article, sentence, clause, agents.entities, entities))
                if clause.amounts():
                    stated = _stated(items, parts, i, told, before)
                    told.extend(stated)
                    found.append(_measure(article, sentence, parts, i, agents, entities, stated, items, topic))
            before.extend(told)
    run.extend(
        Link(agent, "organises", programme, m.span, "programme of the measure")
        for m in found
        for programme in m.programmes
        for agent in m.agents
        if programme.type == "Campaign"
    )
    return Related(tuple(_without_echoes(article, found)), tuple(run), things.records())


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


def _stated(
    items: Items, parts: Sequence[Clause], i: int, told: Sequence[Stated], before: Sequence[Stated]
) -> tuple[Stated, ...]:
    """The amounts of a clause with what each counts."""
    spans = [part.span for part in parts]
    found: list[Stated] = []
    for amount in parts[i].amounts():
        found.append(items.of(Spot(amount, spans, i, [*told, *found], before)))
    return tuple(found)


def _measure(
    article: Article,
    sentence: Span,
    parts: Sequence[Clause],
    i: int,
    agents: Agents,
    entities: Mapping[Mention, Entity],
    stated: tuple[Stated, ...],
    items: Items,
    topic: _Topic,
) -> Measure:
    clause = parts[i]
    beneficiaries = _beneficiaries(article, parts, i, entities)
    if not any(entities.get(m) in agents.entities for m in clause.roles.get("beneficiary", [])):
        beneficiaries = tuple(b for b in beneficiaries if b not in agents.entities)
    provides = items.purposes(clause.span)
    status = status_of(article.text, sentence, clause.span, topic.status(clause.span))
    named = [entities[m] for m in clause.mentions if m in entities and _is(m, "Programme")]
    programmes = tuple(dict.fromkeys([*named, *topic.document(clause.span)])) or topic.programmes(
        clause.span, agents.entities
    )
    if not provides and not all(s.of for s in stated):
        provides = tuple(programmes)
    return Measure(
        span=clause.span,
        rule=clause.rule,
        agents_by=agents.how,
        agents=tuple(a for a in agents.entities if a not in beneficiaries),
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


def _beneficiaries(
    article: Article, parts: Sequence[Clause], i: int, entities: Mapping[Mention, Entity]
) -> tuple[Entity, ...]:
    """Of the clause by rule, else its groups, else those of the nearest clause of the sentence."""
    money = any(a.type == "Money" for a in parts[i].amounts())
    people = any(a.amount and a.amount.unit in PEOPLE_UNITS for a in parts[i].amounts())
    for reach in (i, *(_neighbours(article, parts, i) if money or people else [])):
        clause = parts[reach]
        agents = clause.roles.get("agent", [])
        by_rule = [m for m in clause.roles.get("beneficiary", []) if m in entities and m not in agents]
        groups = [m for m in clause.mentions if m in entities and _is(m, "Group") and m not in by_rule]
        if reach == i and _ASPECTS.search(article.text, clause.span.start, clause.span.end):
            groups = []  # 助企稳岗、关爱职工等4个方面 names no one who gets something
        chosen = by_rule + groups if reach == i else by_rule or (groups if money else [])
        chosen = [m for m in chosen if not acts(article.text, clause, m) and not enlisted(article.text, clause, m)]
        if chosen:
            return tuple(dict.fromkeys(entities[m] for m in chosen))
    return ()


def _neighbours(article: Article, parts: Sequence[Clause], i: int) -> list[int]:
    """Clauses to look into, as far as the next ;: forward first when money is set aside here, else backward."""
    text = article.text
    money = any(m.type == "Money" for m in parts[i].amounts())
    after = []
    for j in range(i + 1, min(i + 3, len(parts))):
        if ";" in text[parts[j - 1].span.end : parts[j].span.start]:
            break
        if money or not parts[j].amounts():
            after.append(j)
    before = []
    for j in range(i - 1, max(i - 3, -1), -1):
        if ";" in text[parts[j].span.end : parts[j + 1].span.start]:
            break
        before.append(j)
    return [*after, *before] if money else [*before, *after[:1]]


class _Topic:
    """The programme an article is about at a place: the one named last, as long as the same body is spoken of."""

    def __init__(self, article: Article, mentions: Sequence[Mention], entities: Mapping[Mention, Entity]) -> None:
        self._named = [
            (m.span.start, entities[m], m.type)
            for m in mentions
            if m in entities and _is(m, "Programme") and not entities[m].name.endswith(("模式", "机制"))
        ]
        self._bodies = [(m.span.start, entities[m]) for m in mentions if m in entities and _is(m, "Organisation")]
        self._agents: dict[Entity, set[Entity]] = {}
        self._main = _commonest([e for _, e, _ in self._named])
        self._blocks = article.blocks

    def told_of(self, sentence: Span, clause: Clause, agents: Sequence[Entity]) -> None:
        """Remember who was spoken of when a programme was named."""
        agents = [*agents, *(e for at, e in self._bodies if sentence.start <= at < sentence.end)]
        for at, programme, _ in self._named:
            if sentence.start <= at < sentence.end:
                self._agents.setdefault(programme, set()).update(agents)

    def programmes(self, span: Span, agents: Sequence[Entity]) -> tuple[Entity, ...]:
        """The programme named last before the end of the span, while the same bodies or paragraph go on.

        Where none has been named, the next of the paragraph, or the one that the article names again and again.
        """
        block = next((b for b in self._blocks if b.start <= span.start < b.end), span)
        before = [(at, e) for at, e, _ in self._named if at < span.end]
        if not before:
            after = [e for at, e, _ in self._named if span.end <= at < block.end]
            often = self._main and sum(e == self._main for _, e, _ in self._named) > 1
            return tuple(after[:1]) or ((self._main,) if self._main and often else ())
        at, last = before[-1]
        theirs = self._agents.get(last, set())
        goes_on = at >= block.start or last == self._main or not theirs or theirs & set(agents)
        return (last,) if goes_on else ()

    def document(self, span: Span) -> tuple[Entity, ...]:
        """The policy document that the article is about, once it has been named."""
        return tuple(e for at, e, t in self._named if at < span.end and t == "PolicyDocument")[:1]

    def status(self, span: Span) -> str | None:
        """What a policy document or a package of measures lays down is planned unless the clause says otherwise."""
        laid_down = [
            m for m in self._named if m[0] < span.end and (m[2] == "PolicyDocument" or m[1].name.endswith("措施"))
        ]
        return "planned" if laid_down else None


def _commonest(named: Sequence[Entity]) -> Entity | None:
    """The entity named most often, the first of them if several are."""
    return max(named, key=lambda e: (named.count(e), -named.index(e)), default=None)


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
