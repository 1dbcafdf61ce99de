"""The figures of an article as a reader meets them: in their clauses, and the clauses in their order.

They are made from a reading (`of_measures`), and again from a graph (`kg/check/figures.py`), alike.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from kg.language.phrases import tells_what
from kg.model import Article, Measure
from kg.reckon.extents import Extent, extent

PEOPLE = frozenset("人名位")
CLASSES = {"money": "Money", "count": "Count", "percent": "Percentage", "duration": "Duration"}
REACH = 600  # characters
_SENTENCE_END = frozenset("。!?")
_MOST_HIDDEN = 3  # between two clauses that follow each other: a mark and a line break


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of an article that states amounts, as the graph quotes it; `text` is the quote, folded.

    `hidden` counts the characters before it that no clause of the graph holds, beyond the mark between two;
    `sentence` numbers the sentences as far as the quotes tell them apart.
    """

    article: str
    passage: str
    start: int
    end: int
    quote: str
    text: str = field(repr=False, default="")
    number: int = 0
    hidden: int = 0
    sentence: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount where it stands: `at` in its clause, `before` and `after` the words beside it there."""

    iri: str
    passage: str
    clause: Clause
    start: int
    label: str
    kind: str
    unit: str
    per: str
    bound: str
    value: Decimal | None
    allows: Extent
    at: int
    of: frozenset[str] = frozenset()
    measures: tuple[str, ...] = ()
    before: str = ""
    after: str = ""

    @property
    def measured(self) -> str:
        """What it can be added up with: people are people, be they 人, 名 or 位."""
        return "人" if self.unit in PEOPLE else self.unit


@dataclass(frozen=True, slots=True)
class Story:
    """The figures of one article, in their order."""

    article: str
    figures: tuple[Figure, ...]

    def around(self, place: int, last: int | None = None) -> tuple[Figure, ...]:
        """The figures within reach of a place of the text, or of a stretch: no sum is told across more.

        However long the text is, they are no more than are told there.
        """
        first = bisect_left(self.figures, place - REACH, key=_start)
        return self.figures[first : bisect_left(self.figures, (last or place) + REACH, key=_start)]


def _start(figure: Figure) -> int:
    return figure.start


def numbered(clauses: Iterable[Clause]) -> dict[str, Clause]:
    """The clauses by their passages, numbered in each article."""
    found: dict[str, Clause] = {}
    before: Clause | None = None
    for clause in sorted(clauses, key=lambda c: (c.article, c.start, c.end)):
        if before is not None and before.article != clause.article:
            before = None
        before = found[clause.passage] = _placed(clause, before)
    return found


def _placed(clause: Clause, before: Clause | None) -> Clause:
    """A clause with its place after the one before it."""
    hidden, sentence, number = 0, 0, 0
    if before is not None:
        gap = clause.start - before.end
        hidden = gap if gap > 1 else 0
        ended = before.text[-1:] in _SENTENCE_END or hidden > _MOST_HIDDEN + 2
        sentence, number = before.sentence + ended, before.number + 1
    return Clause(
        clause.article, clause.passage, clause.start, clause.end, clause.quote, clause.text, number, hidden, sentence
    )


def of_measures(article: Article, measures: Sequence[Measure]) -> Story:
    """The figures of an article as it was read; the IRI of each is the place of its amount in the article's text."""
    spans = sorted({m.span for m in measures})
    clauses = numbered(
        Clause("", f"{s.start}-{s.end}", s.start, s.end, article.text[s.start : s.end], article.text[s.start : s.end])
        for s in spans
    )
    found: defaultdict[int, list[Figure]] = defaultdict(list)
    for measure in measures:
        clause = clauses[f"{measure.span.start}-{measure.span.end}"]
        for stated in measure.amounts:
            at, amount = stated.mention.span.start, stated.mention.amount
            if (
                amount
                and clause.start <= at < clause.end
                and clause.passage not in {f.clause.passage for f in found[at]}
            ):
                label = stated.mention.text
                found[at].append(
                    Figure(
                        str(at),
                        str(at),
                        clause,
                        at,
                        label,
                        CLASSES[amount.kind],
                        amount.unit,
                        amount.per or "",
                        amount.bound,
                        amount.value,
                        extent(label, amount.bound, amount.value, amount.low, amount.high, amount.kind == "percent"),
                        at - clause.start,
                        frozenset(entity.name for entity in stated.of if tells_what(entity.name)),
                    )
                )
    return Story("", in_order(figure for same in found.values() for figure in same))


def in_order(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures in their order, each with the words up to its neighbours; overlapping clauses give a figure once."""
    ordered = sorted(figures, key=lambda f: (f.start, f.clause.end - f.clause.start, f.clause.passage))
    once = [f for i, f in enumerate(ordered) if i == 0 or f.start != ordered[i - 1].start]
    found = []
    for i, figure in enumerate(once):
        previous, following = once[i - 1] if i else None, once[i + 1] if i + 1 < len(once) else None
        same = previous is not None and previous.clause == figure.clause
        begin = previous.at + len(previous.label) if previous is not None and same else 0
        end = following.at if following is not None and following.clause == figure.clause else None
        text = figure.clause.text
        found.append(
            replace(figure, before=text[begin : figure.at], after=text[figure.at + len(figure.label) : end]),
        )
    return tuple(found)
