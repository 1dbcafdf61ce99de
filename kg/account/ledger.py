"""The sums of money that an article tells, in the order of its text, each with where it stands.

西安市总工会 投入 [2500余万元] …, 其中 [1500余万元] …        sums 0 and 1: one sentence, one clause apart
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.language.phrases import tells_what
from kg.model import Article, Entity, Measure, Mention, Stated
from kg.reckon.figures import Figure, Story, of_measures
from kg.relate.stage import Stage


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money where it is told: its measure, its figure, its paragraph and its sentence, counted from 0."""

    number: int
    measure: Measure
    stated: Stated
    figure: Figure
    paragraph: int
    sentence: int
    in_head: bool

    @property
    def start(self) -> int:
        """Where it stands in the article's text."""
        return self.stated.mention.span.start

    @property
    def things(self) -> frozenset[Entity]:
        """What it is for, under what, and for whom."""
        m = self.measure
        of = (entity for entity in (*self.stated.of, *m.provides) if tells_what(entity.name))
        return frozenset((*of, *m.programmes, *m.beneficiaries))


@dataclass(frozen=True, slots=True)
class Ledger:
    """An article's sums, and the figures of all kinds among which they stand.

    The mentions of figures, and what each counts, are found by their IRI.
    """

    article: Article
    story: Story
    sums: tuple[Sum, ...]
    mentions: Mapping[str, Mention]
    things: Mapping[str, tuple[Entity, ...]]
    counts: tuple[Figure, ...]

    @classmethod
    def of(cls, stage: Stage, measures: Sequence[Measure]) -> Ledger:
        """The sums of what an article's measures state."""
        article = stage.article
        story = of_measures(article, measures)
        figures = {figure.start: figure for figure in story.figures}
        found: list[Sum] = []
        for at, measure, stated in sorted(_stated(measures), key=lambda told: told[0]):
            figure = figures.get(at)
            if figure is not None and figure.kind == "Money":
                paragraph = bisect_right(stage.blocks, at)
                head = article.block_at(at).kind in ("headline", "subhead", "box")
                found.append(Sum(len(found), measure, stated, figure, paragraph, bisect_left(stage.ends, at), head))
        mentions = {str(s.mention.span.start): s.mention for m in measures for s in m.amounts}
        things = {str(s.mention.span.start): s.of for m in measures for s in m.amounts}
        counts = (f for f in story.figures if f.kind == "Count" and not f.per and f.allows.known)
        return cls(article, story, tuple(found), mentions, things, tuple(counts))

    def near(self, one: Sum, reach: int) -> tuple[Sum, ...]:
        """The sums of its currency that stand around one, so many on either side."""
        around = self.sums[max(0, one.number - reach) : one.number + reach + 1]
        return tuple(s for s in around if s is not one and s.figure.unit == one.figure.unit)


def _stated(measures: Iterable[Measure]) -> Iterable[tuple[int, Measure, Stated]]:
    """The money of measures, each amount once however many clauses hold it."""
    seen: set[int] = set()
    for measure in measures:
        for stated in measure.amounts:
            at, amount = stated.mention.span.start, stated.mention.amount
            if amount and amount.kind == "money" and at not in seen:
                seen.add(at)
                yield at, measure, stated
