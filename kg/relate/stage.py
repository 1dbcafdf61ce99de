"""An article as the stage on which bodies, people and programmes come and go: what is told around a measure, by name.

    县总工会 走访慰问。  老人 每月工资 3000元        opens with WorkerGroup, earns, rate, amount money …
    └ body ──┘          └ opens └ earns └ amount

These names are the features of every choice (`choice.py`); they say how a measure is told, not what it means.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from kg import ontology
from kg.language.phrases import Word, tagged
from kg.language.spans import Row
from kg.lexicon import rows, verbs, words
from kg.model import Article, Entity, Measure, Mention, Span

OTHERS = ("Person", "Place", "WorkerGroup", "OrganisationGroup")
FAMILIES = ("hold", "provide", "spend", "issue", "build", "serve")
NO_CONTENT = frozenset("xwmtfcdr")
_STATISTIC = re.compile("据统计|截至|目前|近年来|以来|我国|全国|平均|人均|占")
_EARNS = re.compile("工资|收入|月薪|产值|利润|成本|租金|价格|学费|花费|利息|营收|人口|面积|销售|亩|价|赚|挣|欠|卖")
_PRONOUN = re.compile("[他她我你]")
_WE = re.compile("我们|咱们|本[院局会行县市区]")
_ANSWERS = re.compile("答:|[\u4e00-\u9fff]{2,4}:")  # 答:可以 — who is asked answers for the body
_QUOTE_REACH = 400
_ROUGHLY = ("1", "1", "2", "3", "5", "5", "8", "8", "8", "many")  # how many sentences, as far as it matters


@cache
def verb_kinds() -> Mapping[str, str]:
    """Verbs with the kind of subject that they ask for: live, state, change, receive, speak, give, act."""
    return {verb: kind for kind, line in rows("verb-kinds") for verb in line.split()}


class Stage:
    """What an article tells around a place, kept in indices so that each question is quick."""

    def __init__(self, article: Article, mentions: Iterable[Mention], entities: Mapping[Mention, Entity]) -> None:
        self.article = article
        self.entities = entities
        self.mentions = Row(mentions)
        bodies = ontology.subclasses("Organisation")
        self.bodies = Row(m for m in self.mentions if m.type in bodies and m in entities)
        self._starts: dict[str, list[int]] = defaultdict(list)
        for m in self.mentions:
            self._starts[m.type].append(m.span.start)
        self.named_at: dict[Entity, list[int]] = defaultdict(list)
        for m in self.bodies:
            self.named_at[entities[m]].append(m.span.start)
        self.ends = [m.start() for m in re.finditer("[。!?\n]", article.text)]
        self.blocks = [b.start for b in article.blocks]
        self.most = max(map(len, self.named_at.values()), default=0)
        self.persons = len({m.text for m in self.mentions if m.type == "Person"})
        heads = [b for b in article.blocks if b.kind == "headline"]
        self.heads = {entities[m] for b in heads for m in self.bodies.within(Span(b.start, b.end))}

    def told(self, measure: Measure, at: int) -> list[str]:
        """What is told around the first amount of a measure, which stands at a place: how, where, and its clause."""
        return [*self._said(measure, at), *self._clause(measure.span, at)]

    def quotation(self, at: int) -> int:
        """Where the quotation that a place lies in begins, or -1."""
        text = self.article.text
        low = max(self.article.block_at(at).start, at - _QUOTE_REACH)
        opened = text.rfind("“", low, at)
        return opened if opened > text.rfind("”", low, at) else -1

    def sentence_start(self, at: int) -> int:
        """Where the sentence of a place begins."""
        i = bisect_left(self.ends, at)
        return self.ends[i - 1] + 1 if i else 0

    def sentence_end(self, at: int) -> int:
        """Where the sentence of a place ends."""
        i = bisect_left(self.ends, at)
        return self.ends[i] if i < len(self.ends) else len(self.article.text)

    def sentences_since(self, start: int, at: int) -> int:
        """How many sentences end between two places."""
        return bisect_left(self.ends, at) - bisect_left(self.ends, start)

    def paragraphs_since(self, start: int, at: int) -> int:
        """How many paragraphs begin between two places."""
        return bisect_left(self.blocks, at) - bisect_left(self.blocks, start + 1)

    def where(self, start: int, clause: Span, at: int) -> str:
        """Where something that begins at a place stands from an amount at another, in its clause."""
        if start >= at:
            return "behind the amount" if start < clause.end else "behind the clause"
        if start >= clause.start:
            return "in the clause"
        return "in the sentence" if start >= self.sentence_start(at) else "before"

    def apart(self, start: int, where: str, at: int) -> Iterator[str]:
        """How far something that begins at a place and stands in its clause `where` stands from an amount at another."""
        text = self.article.text
        if where == "before":
            yield f"sentences {_ROUGHLY[min(9, self.sentences_since(start, at))]}"
            yield f"paragraphs {min(4, self.paragraphs_since(start, at))}"
        if where == "in the sentence":
            yield f"commas {min(4, text.count(',', start, at) + 2 * text.count(';', start, at))}"

    def _said(self, measure: Measure, at: int) -> Iterator[str]:
        """How the measure is told, and where."""
        text, block = self.article.text, self.article.block_at(at)
        sentence = Span(self.sentence_start(at), at)
        amount = measure.amounts[0].mention.amount
        yield f"in {block.kind}"
        if amount:
            yield f"amount {amount.kind}"
            if amount.kind == "count":
                yield f"unit {amount.unit}"
            if amount.per:
                yield "rate"
        if measure.modality:
            yield f"modality {measure.modality}"
        if _ANSWERS.match(text, block.start):
            yield "answered"
        yield f"status {measure.status}"
        yield f"kind {measure.kind}"
        told = {
            "for somebody": bool(measure.beneficiaries),
            "under a programme": bool(measure.programmes),
            "quoted": self.quotation(at) >= 0,
            "statistic": _STATISTIC.search(text, sentence.start, at) is not None,
            "earns": _EARNS.search(text, measure.span.start, measure.span.end) is not None,
            "pronoun": _PRONOUN.search(text, sentence.start, at) is not None,
            "we": _WE.search(text, sentence.start, at) is not None,
            "body in the sentence": bool(self.bodies.within(sentence)),
            "person in the sentence": self.since("Person", sentence.start, at) > 0,
        }
        yield from (name for name, true in told.items() if true)

    def _clause(self, clause: Span, at: int) -> Iterator[str]:
        """What stands in the clause before its first amount."""
        before = tagged(self.article.text, clause.start, at)
        content = [word for word in before if word.tag[0] not in NO_CONTENT]
        deeds = {word.text for word in before if word.text in words("action-verbs")}
        told = [word for word in before if word.tag.startswith("v")]
        yield f"first {content[0].tag if content else 'nothing'}"
        if content and content[0].text in deeds:
            yield "first a deed"
        if deeds:
            yield "deed before"
        yield from (f"verbs to {family}" for family in FAMILIES if not deeds.isdisjoint(verbs(family)))
        yield f"verb {told[-1].text}" if told else "no verb"
        kinds = [verb_kinds()[w.text] for w in before if w.text in verb_kinds()]
        if kinds:
            yield f"first to {kinds[0]}"
            yield f"last to {kinds[-1]}"
        for m in self.mentions.within(Span(clause.start, at)):
            if m.type in OTHERS:
                yield f"has {m.type}"
                if self._opens(before, m):
                    yield f"opens with {m.type}"

    def _opens(self, before: Sequence[Word], mention: Mention) -> bool:
        return not before or mention.span.start - before[0].start <= 3

    def since(self, kind: str, start: int, end: int) -> int:
        """How many mentions of a kind begin in a stretch."""
        starts = self._starts.get(kind, [])
        return bisect_left(starts, end) - bisect_left(starts, start)
