"""Amounts into measures: who does it, for whom, what it counts or pays for, under which programme.

Rules under `rules/measures` say what they are sure of; for the rest the principles of newspaper Chinese
hold: a subject is carried on until another takes its place, a beneficiary is looked for in the clause and
then in its neighbours, and what an amount counts stands beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg import ontology
from kg.language.periods import Period, period
from kg.language.sentences import sentences
from kg.language.spans import Row
from kg.lexicon import verbs
from kg.model import Article, Candidate, Entity, EntityRecord, Link, Measure, Mention, Modality, Span, Stated
from kg.relate.agents import proposals as actors
from kg.relate.beneficiaries import beneficiaries
from kg.relate.borne import borne_by, with_payers
from kg.relate.cast import Cast
from kg.relate.choice import best, candidates
from kg.relate.clauses import Clause, each_clause, read_clause
from kg.relate.items import Items, Spot
from kg.relate.modality import modality_of
from kg.relate.newcomers import Newcomers
from kg.relate.objects import Objects
from kg.relate.receivers import receiver
from kg.relate.served import Served
from kg.relate.single import served_alone
from kg.relate.stage import Stage
from kg.relate.status import kind_of, status_of
from kg.relate.strangers import governed
from kg.relate.subjects import Agents, Subjects
from kg.relate.things import Things
from kg.relate.topics import Topic

_NAMED = ontology.subclasses("Programme") | ontology.subclasses("Organisation")
_APPOSED = re.compile("[—:“]{0,3}")  # 爱心企业——|恒信公司
_ALL_OF = re.compile(
    "的?(?:全体|部分|广大|各位)?的?"
)  # what may stand between a body and who of it acts: 超市|全体|职工
_KIND_REACH = 1000  # how far back in its paragraph a measure's kind is looked for


@dataclass(frozen=True, slots=True)
class Related:
    """The measures of an article, the items that they name and nobody recognised before, and the stage they came from."""

    measures: tuple[Measure, ...]
    links: tuple[Link, ...]
    items: tuple[EntityRecord, ...]
    stage: Stage


def measures(
    article: Article,
    mentions: Sequence[Mention],
    entities: Mapping[Mention, Entity],
    reached: Callable[[int], object] = lambda at: None,
) -> Related:
    """Every amount of the article in a measure; `reached` is told the place of the text that has been read."""
    things, row = Things(article, entities), Row(mentions)
    stage, items = Stage(article, row, entities), Items(article, things, row)
    cast = Cast(stage)
    newcomers = Newcomers(article.text, cast)
    telling = _Telling(
        article,
        row,
        entities,
        items,
        Objects(stage, items, things),
        Subjects(article, mentions, entities, cast, newcomers),
        Topic(article, mentions, entities),
        stage,
        cast,
        Served(stage, cast),
        newcomers,
        [],
    )
    found: list[Measure] = []
    for block in article.blocks:
        before = len(found)  # where the measures of the sentence before begin
        for sentence in sentences(article.text, block.start, block.end) if block.kind != "byline" else ():
            if payers := borne_by(article.text, sentence, row, entities):
                found[before:] = with_payers(found[before:], payers)
            before = len(found)
            found.extend(telling.sentence(sentence, block.start))
            reached(sentence.end)
    spent = [
        Link(agent, "organises", programme, m.span, "programme of the measure")
        for m in found
        for programme in m.programmes
        for agent in m.agents
        if agent.type in ontology.subclasses("Organisation")
        if programme.type == "Campaign" or programme in telling.topic.listed
    ]
    kept = _without_echoes(article, found)
    return Related(
        tuple(kept),
        (*telling.run, *spent),
        (*things.records(_used(kept, stage), stage.sentence_start), *newcomers.records(kept)),
        telling.stage,
    )


@dataclass(frozen=True, slots=True)
class _Telling:
    """An article as it is told, clause by clause, with what each room remembers of what came before."""

    article: Article
    mentions: Row[Mention]
    entities: Mapping[Mention, Entity]
    items: Items
    objects: Objects
    subjects: Subjects
    topic: Topic
    stage: Stage
    cast: Cast
    served: Served
    newcomers: Newcomers
    run: list[Link]

    def sentence(self, sentence: Span, paragraph: int) -> Iterator[Measure]:
        """The measures of a sentence of the paragraph that begins at a place."""
        text = self.article.text
        parts = [
            read_clause(self.article, c, self.mentions) for c in each_clause(self.article, sentence, self.mentions)
        ]
        spans = [part.span for part in parts]
        told: list[Stated] = []
        stating = [i for i, part in enumerate(parts) if any(m.type != "Duration" for m in part.amounts())]
        for i, clause in enumerate(parts):
            agents = self.subjects.of(parts, i)
            self.run.extend(self._run_by(sentence, clause, agents.entities))
            first = len(told)
            for amount in clause.amounts():
                told.append(self.objects.of(Spot(amount, spans, i, tuple(told), paragraph)))
            if told[first:]:
                said = modality_of(text, spans, i, stating)
                served, by = (agents.gets, "rule") if agents.gets else self._served(parts, i)
                measure = self._measure(sentence, parts[i], agents, served, tuple(told[first:]), said)
                if not served and (alone := served_alone(self.stage, self.cast, measure)):
                    measure, by = replace(measure, beneficiaries=alone), "one person"
                yield from _respectively(text, self._chosen(measure, agents.carried, by))

    def _served(self, parts: Sequence[Clause], i: int) -> tuple[tuple[Entity, ...], str]:
        """For whom a clause is, and by which principle; those whom only a noun names come before those of a neighbour."""
        served, by = beneficiaries(self.article, parts, i, self.entities)
        told = receiver(self.article.text, parts[i]) if by != "rule" else None
        if told is None:
            return served, by
        if told in self.entities:
            return (served, "receiver") if self.entities[told] in served else (served, by)
        return (self.newcomers.entity(told),), "receiver"

    def _beside(self, clause: Clause, receiver: Entity, agents: Sequence[Entity]) -> bool:
        """Does a group stand beside those who act, and say only who they are or who of them acts: 派出所|民警, 央企|中建四局?"""
        groups = ontology.subclasses("Group")
        theirs = [m for m in clause.mentions if self.entities.get(m) == receiver]
        acting = [m for m in clause.mentions if self.entities.get(m) in agents]
        text = self.article.text
        beside = [
            a
            for m in theirs
            for a in acting
            if _APPOSED.fullmatch(text, m.span.end, max(m.span.end - 1, a.span.start))
            or _ALL_OF.fullmatch(text, a.span.end, m.span.start)
        ]
        where = [min(a.span.start, theirs[0].span.start) for a in beside]
        return receiver.type in groups and any(not governed(text, clause, at) for at in where)

    def _chosen(self, measure: Measure, carried: bool, by: str) -> Measure:
        """The measure with the best of those who may act in it, if its clause does not tell who does, and of those it serves."""
        at = measure.amounts[0].mention.span.start
        around = self.stage.told(measure, at)
        if carried:
            found = candidates("agent", actors(self.stage, self.cast, measure, at, around))
            told = best(found)
            how = told.principle if told.filler or measure.agents else measure.agents_by
            measure = replace(measure, agents=_entities(told), agents_by=how, considered=found)
        found = candidates("to", self.served.proposals(measure, at, by, around))
        return replace(measure, beneficiaries=_entities(best(found)), considered=(*measure.considered, *found))

    def _measure(
        self,
        sentence: Span,
        clause: Clause,
        agents: Agents,
        receivers: tuple[Entity, ...],
        stated: tuple[Stated, ...],
        said: Modality | None,
    ) -> Measure:
        text = self.article.text
        if not any(self.entities.get(m) in agents.entities for m in clause.roles.get("beneficiary", [])):
            receivers = tuple(
                b for b in receivers if b not in agents.entities and not self._beside(clause, b, agents.entities)
            )
        programmes = tuple(
            dict.fromkeys([*self._named(clause.mentions, "Programme"), *self.topic.document(clause.span)])
        ) or self.topic.programmes(clause.span)
        provides = self.items.purposes(clause.span)
        if not provides and not all(s.of for s in stated):
            provides = programmes
        when = self._when(sentence, clause)
        start, end = self._period(when) if when else (None, None)
        return Measure(
            span=clause.span,
            rule=clause.rule,
            agents_by=agents.how,
            agents=tuple(a for a in agents.entities if a not in receivers),
            partners=self._named(clause.roles.get("partner", []), "Organisation"),
            beneficiaries=receivers,
            provides=tuple(e for e in provides if e.type in {"Item", *ontology.subclasses("Programme")}),
            amounts=stated,
            programmes=programmes,
            places=self._named(clause.mentions, "Place"),
            status=status_of(text, sentence, clause.span, self.topic.status(clause.span), self._names(sentence)),
            modality=said,
            kind=self._kind(sentence, clause, [*provides, *(e for s in stated for e in s.of), *programmes]),
            period=when.text if when else None,
            start=start,
            end=end,
        )

    def _names(self, sentence: Span) -> list[Span]:
        """Where a sentence names programmes and bodies: what stands in a name tells no status."""
        return [m.span for m in self.mentions.within(sentence) if m.type in _NAMED]

    def _when(self, sentence: Span, clause: Clause) -> Mention | None:
        """The date in the clause, else the last one before it in the sentence: 7月12日,市总工会慰问职工,投入80万元."""
        before = self.mentions.within(Span(sentence.start, clause.span.start))
        dates = [m for m in (*clause.mentions, *reversed(before)) if m.type == "Date"]
        return dates[0] if dates else None

    def _period(self, when: Mention) -> Period:
        """From when to when a measure is told, as far as the text or its own date tells."""
        before = self.article.text[max(0, when.span.start - 2) : when.span.start]
        return period(when.text, before, self.article.date)

    def _kind(self, sentence: Span, clause: Clause, things: Sequence[Entity]) -> str:
        """The kind that the clause tells, its sentence, the things it speaks of, its paragraph, or the headline."""
        text = self.article.text
        block = self.article.block_at(sentence.start)
        told = (
            text[clause.span.start : clause.span.end],
            text[sentence.start : sentence.end],
            " ".join(thing.name for thing in things),
            text[max(block.start, sentence.start - _KIND_REACH) : sentence.start],
            self.article.title,
        )
        return next(filter(None, map(kind_of, told)), "Other")

    def _run_by(self, sentence: Span, clause: Clause, agents: Sequence[Entity]) -> list[Link]:
        """Programmes that a clause tells of with a verb of holding are run by its subject, named there or before."""
        text = self.article.text[clause.span.start : sentence.end]
        if not any(verb in text for verb in verbs("hold")):
            return []
        programmes = [p for p in self._named(clause.mentions, "Programme") if p.type != "PolicyDocument"]
        bodies = [a for a in agents if a.type in ontology.subclasses("Organisation")]
        return [Link(a, "organises", p, clause.span, "programme under the subject") for p in programmes for a in bodies]

    def _named(self, mentions: Sequence[Mention], family: str) -> tuple[Entity, ...]:
        """The entities of a family that mentions name, each once."""
        types = ontology.subclasses(family)
        return tuple(dict.fromkeys(self.entities[m] for m in mentions if m in self.entities and m.type in types))


def _respectively(text: str, measure: Measure) -> Iterator[Measure]:
    """A measure for each who acts, where as many sums follow: 甲公司、乙公司分别捐赠50万元和20万元."""
    sums = [s for s in measure.amounts if s.mention.type == "Money"]
    start = text.find("分别", measure.span.start, sums[0].mention.span.start) if sums else -1
    if start < 0 or not 1 < len(sums) == len(measure.agents) == len(measure.amounts):
        yield measure
        return
    for agent, stated in zip(measure.agents, measure.amounts, strict=True):
        yield replace(measure, agents=(agent,), amounts=(stated,))


def _without_echoes(article: Article, found: Sequence[Measure]) -> list[Measure]:
    """Amounts told in a headline and again in the body are kept in the body alone."""
    heads = [b for b in article.blocks if b.kind in ("headline", "subhead", "box")]
    starts = [b.start for b in heads]
    in_head = [bool(at := bisect_right(starts, m.span.start)) and m.span.start < heads[at - 1].end for m in found]
    told = {_key(s) for m, head in zip(found, in_head, strict=True) if not head for s in m.amounts}
    return [
        m for m, head in zip(found, in_head, strict=True) if not head or any(_key(s) not in told for s in m.amounts)
    ]


def _used(found: Sequence[Measure], stage: Stage) -> dict[Entity, set[int]]:
    """Everything that measures provide and count, with the places where the sentences begin that tell of it."""
    used: dict[Entity, set[int]] = defaultdict(set)
    for measure in found:
        for entity in (*measure.provides, *(e for s in measure.amounts for e in s.of)):
            used[entity].add(stage.sentence_start(measure.span.start))
    return used


def _key(stated: Stated) -> object:
    return stated.mention.amount


def _entities(told: Candidate) -> tuple[Entity, ...]:
    return tuple(filler for filler in told.filler if isinstance(filler, Entity))
