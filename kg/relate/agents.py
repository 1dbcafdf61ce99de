"""Is the body that acted before still the one that acts?  It and nobody are the candidates; a linear score chooses.

    县总工会 走访慰问。  老人 每月工资 3000元        nobody          0
    └ carried ───────→  └ a person, earns           县总工会     −140   earns −60, opens WorkerGroup −45 …

A clause that names its subject is not asked.  The weights stand in `lexicon/agent-weights.tsv`, in hundredths, fitted
by `make train`: what is told of a body carried on was right in two of five cases on features before there was a choice.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from kg import ontology
from kg.language.phrases import Word, tagged
from kg.language.spans import Row
from kg.lexicon import rows, verbs, words
from kg.model import Article, Candidate, Entity, Measure, Mention, Span

_FAMILIES = ("hold", "provide", "spend", "issue", "build", "serve")
_STATISTIC = re.compile("据统计|截至|目前|近年来|以来|我国|全国|平均|人均|占")
_EARNS = re.compile("工资|收入|月薪|产值|利润|成本|租金|价格|学费|花费|利息|营收|人口|面积|销售|亩|价|赚|挣|欠|卖")
_PRONOUN = re.compile("[他她我你]")
_WE = re.compile("我们|咱们|本[院局会行县市区]")
_OTHERS = ("Person", "Place", "WorkerGroup", "OrganisationGroup")
_NO_CONTENT = frozenset("xwmtfcdr")
_AHEAD = 30
_STRETCHES_BACK = 5
_QUOTE_REACH = 400
_CROSSED = ("earns", "quoted", "statistic", "person in the sentence", "deed before", "no verb", "pronoun")
_WITH = ("sentences", "paragraphs", "others since", "main", "amount", "first", "persons in the text")


@cache
def weights() -> Mapping[str, int]:
    """The weight of each feature of a body carried on, in hundredths."""
    return {feature: int(weight) for weight, feature in rows("agent-weights")}


@cache
def verb_kinds() -> Mapping[str, str]:
    """Verbs with the kind of subject that they ask for: live, state, change, receive, speak, give, act."""
    return {verb: kind for kind, line in rows("verb-kinds") for verb in line.split()}


def _stretches(text: str, start: int, clause: int, at: int) -> list[Span]:
    """The stretches between commas from the start of a sentence to a place; the last begins where its clause does."""
    cuts = [start, *(start + m.end() for m in re.finditer("[,;:“”]", text[start:clause]))]
    bounds = [c for c in dict.fromkeys([*cuts, clause]) if c <= clause]
    return [Span(a, b) for a, b in pairwise([*bounds, at]) if b > a]


def _subject(found: Sequence[Word]) -> Word | None:
    """The noun or pronoun before the first verb, unless a preposition leads to it."""
    noun = None
    for word in found:
        if word.tag in ("p", "pba", "pbei"):
            return noun
        if word.tag.startswith("v") and word.tag != "vn":
            return noun
        if word.tag[0] == "n" or word.tag in ("r", "rr", "j", "vn"):
            noun = word
    return None


class Stage:
    """An article as the stage on which bodies come and go."""

    def __init__(self, article: Article, mentions: Iterable[Mention], entities: Mapping[Mention, Entity]) -> None:
        self._article = article
        self._entities = entities
        self._mentions = Row(mentions)
        bodies = ontology.subclasses("Organisation")
        self._bodies = Row(m for m in self._mentions if m.type in bodies and m in entities)
        self._starts: dict[str, list[int]] = defaultdict(list)
        for m in self._mentions:
            self._starts[m.type].append(m.span.start)
        self._of: dict[Entity, list[int]] = defaultdict(list)
        for m in self._bodies:
            self._of[entities[m]].append(m.span.start)
        self._ends = [m.start() for m in re.finditer("[。!?\n]", article.text)]
        self._blocks = [b.start for b in article.blocks]
        self._most = max(map(len, self._of.values()), default=0)
        self._persons = len({m.text for m in self._mentions if m.type == "Person"})
        heads = [b for b in article.blocks if b.kind == "headline"]
        self._heads = {entities[m] for b in heads for m in self._bodies.within(Span(b.start, b.end))}

    def candidates(self, measure: Measure) -> tuple[Candidate, ...]:
        """Who may act in a measure, each with its score: the body carried on, who opens its clause or sentence, nobody."""
        weight, at = weights(), measure.amounts[0].mention.span.start
        found = [Candidate((), "nobody", 0)]
        for entities, principle, features in self.proposed(measure, at):
            found.append(Candidate(entities, principle, sum(weight.get(feature, 0) for feature in features)))
        return tuple(found)

    def proposed(self, measure: Measure, at: int) -> Iterator[tuple[tuple[Entity, ...], str, list[str]]]:
        """Everybody who may act, with the principle that proposes them and what speaks for and against them, by name."""
        said = [*self._said(measure, at), *self._clause(measure.span, at)]
        if measure.agents:
            found = [*said, *self._carried(measure, at)]
            crossed = [name for name in found if name in _CROSSED]
            crosses = (f"{x} & {y}" for x in crossed for y in found if y.startswith(_WITH))
            yield measure.agents, measure.agents_by, ["carried", *found, *crosses]
        for mention, principle in self._openers(measure.span, at):
            entity = self._entities[mention]
            if entity not in measure.agents and entity not in measure.beneficiaries:
                kind = f"{mention.type} {principle.rsplit(' ', 1)[-1]}"
                features = [*self._opening(mention, at), *said]
                yield (entity,), principle, [kind, *(f"{kind}: {name}" for name in features)]

    def _openers(self, clause: Span, at: int) -> Iterator[tuple[Mention, str]]:
        """The place, person or kind of body that opens a clause, and the one that opened the sentence last before it."""
        if first := self._first(clause.start, at):
            yield first, "opens the clause"
        start = self._sentence_start(at)
        earlier = [
            m for m in self._mentions.within(Span(start, clause.start)) if m.type in _OTHERS and m in self._entities
        ]
        for m in reversed(earlier):
            before = self._article.text[max(start, m.span.start - 1) : m.span.start]
            if m.span.start == start or before in (",", ";", ":", "“"):
                yield m, "opens the sentence"
                return

    def _first(self, start: int, end: int) -> Mention | None:
        """The first mention of a stretch, if it is of those that may act and only words of time stand before it."""
        for m in self._mentions.within(Span(start, end)):
            if m.type in _OTHERS and m in self._entities:
                before = tagged(self._article.text, start, m.span.start)
                return m if all(w.tag[0] in _NO_CONTENT for w in before) else None
        return None

    def _opening(self, mention: Mention, at: int) -> Iterator[str]:
        """What follows somebody who opens a clause."""
        after = tagged(self._article.text, mention.span.end, min(at, mention.span.end + _AHEAD))
        yield f"then {after[0].tag if after else 'the amount'}"
        if after:
            yield f"then {after[0].text}"
        kinds = [verb_kinds()[w.text] for w in after if w.text in verb_kinds()]
        yield f"first does {kinds[0] if kinds else 'nothing'}"
        deeds = {word.text for word in after if word.text in words("action-verbs")}
        yield from (f"goes on to {family}" for family in _FAMILIES if not deeds.isdisjoint(verbs(family)))
        yield f"found by {mention.rule}"
        if self._article.text.startswith("的", mention.span.end):
            yield "whose"

    def _sentence_start(self, at: int) -> int:
        i = bisect_left(self._ends, at)
        return self._ends[i - 1] + 1 if i else 0

    def _said(self, measure: Measure, at: int) -> Iterator[str]:
        """How the measure is told, and where."""
        text, block = self._article.text, self._article.block_at(at)
        sentence = Span(self._sentence_start(at), at)
        low = max(block.start, at - _QUOTE_REACH)
        amount = measure.amounts[0].mention.amount
        yield f"in {block.kind}"
        if amount:
            yield f"amount {amount.kind}"
            if amount.kind == "count":
                yield f"unit {amount.unit}"
            if amount.per:
                yield "rate"
        yield f"status {measure.status}"
        yield f"kind {measure.kind}"
        told = {
            "for somebody": bool(measure.beneficiaries),
            "under a programme": bool(measure.programmes),
            "quoted": text.count("“", low, at) > text.count("”", low, at),
            "statistic": _STATISTIC.search(text, sentence.start, at) is not None,
            "earns": _EARNS.search(text, measure.span.start, measure.span.end) is not None,
            "pronoun": _PRONOUN.search(text, sentence.start, at) is not None,
            "we": _WE.search(text, sentence.start, at) is not None,
            "body in the sentence": bool(self._bodies.within(sentence)),
            "person in the sentence": self._since("Person", sentence.start, at) > 0,
        }
        yield from (name for name, true in told.items() if true)

    def _subjects(self, clause: Span, at: int) -> Iterator[str]:
        """The noun before the verb of the clause, and of the last stretch before it in the sentence that has one."""
        text, start = self._article.text, self._sentence_start(at)
        stretches = _stretches(text, start, clause.start, at)[::-1]
        if stretches and (noun := _subject(tagged(text, stretches[0].start, stretches[0].end))):
            yield from (f"subject {noun.tag}", f"subject {noun.text}")
        for stretch in stretches[1 : 1 + _STRETCHES_BACK]:
            if noun := _subject(tagged(text, stretch.start, stretch.end)):
                yield from (f"subject before {noun.tag}", f"subject before {noun.text}")
                return

    def _clause(self, clause: Span, at: int) -> Iterator[str]:
        """What stands in the clause before its first amount."""
        yield from self._subjects(clause, at)
        before = tagged(self._article.text, clause.start, at)
        content = [word for word in before if word.tag[0] not in _NO_CONTENT]
        deeds = {word.text for word in before if word.text in words("action-verbs")}
        told = [word for word in before if word.tag.startswith("v")]
        yield f"first {content[0].tag if content else 'nothing'}"
        if content and content[0].text in deeds:
            yield "first a deed"
        if deeds:
            yield "deed before"
        yield from (f"verbs to {family}" for family in _FAMILIES if not deeds.isdisjoint(verbs(family)))
        yield f"verb {told[-1].text}" if told else "no verb"
        kinds = [verb_kinds()[w.text] for w in before if w.text in verb_kinds()]
        if kinds:
            yield f"first to {kinds[0]}"
            yield f"last to {kinds[-1]}"
        for m in self._mentions.within(Span(clause.start, at)):
            if m.type in _OTHERS:
                yield f"has {m.type}"
                if self._opens(before, m):
                    yield f"opens with {m.type}"

    def _opens(self, before: list[Word], mention: Mention) -> bool:
        return not before or mention.span.start - before[0].span.start <= 3

    def _carried(self, measure: Measure, at: int) -> Iterator[str]:
        """Who is carried on, and from how far."""
        agent = measure.agents[0]
        starts = self._of.get(agent, [])
        times = bisect_left(starts, at)
        last = starts[times - 1] if times else 0
        yield from self._last_told(agent, last, at)
        yield f"sentences {min(6, bisect_left(self._ends, at) - bisect_left(self._ends, last))}"
        yield f"paragraphs {min(4, bisect_left(self._blocks, at) - bisect_left(self._blocks, last + 1))}"
        yield f"times {min(4, times)}"
        yield f"share {4 * len(starts) // max(1, len(self._bodies.things))}"
        yield f"class {agent.type}"
        if len(starts) == self._most:
            yield "main"
        if agent in self._heads:
            yield "in the headline"
        others = {self._entities[m] for m in self._bodies.within(Span(last + 1, min(at, last + _QUOTE_REACH)))} - {
            agent
        }
        yield f"others since {min(3, len(others))}"
        yield f"persons since {min(2, self._since('Person', last, at))}"
        yield f"places since {min(2, self._since('Place', last, at))}"
        yield f"bodies in the text {min(6, len(self._of))}"
        yield f"persons in the text {min(4, self._persons)}"

    def _last_told(self, agent: Entity, last: int, at: int) -> Iterator[str]:
        """How the body was spoken of last: as one who acts, or whose officer says something."""
        text = self._article.text
        mention = next((m for m in self._bodies.after(last) if self._entities[m] == agent), None)
        if mention and mention.span.start != last:
            mention = None
        if mention is None:
            yield "named later"
            return
        end = min(mention.span.end + _AHEAD, at)
        after = tagged(text, mention.span.end, end)
        yield f"body then {after[0].tag if after else 'the amount'}"
        kinds = [verb_kinds()[w.text] for w in after if w.text in verb_kinds()]
        yield f"body does {kinds[0] if kinds else 'nothing'}"
        if mention.rule == "anaphor":
            yield "body meant"
        if self._since("Person", mention.span.end, min(end, mention.span.end + 16)):
            yield "officer of the body"
        yield f"commas {min(6, text.count(',', last, at) + text.count(';', last, at))}"
        before = text[max(0, last - 1) : last]
        yield "body opens" if before in ("", "\n", "。", ",", ";", "!", "?", "“", ":", " ") else f"body behind {before}"

    def _since(self, kind: str, start: int, end: int) -> int:
        """How many mentions of a kind begin in a stretch."""
        starts = self._starts.get(kind, [])
        return bisect_left(starts, end) - bisect_left(starts, start)
