"""The sums of money of a document, with all that tells whether two of them are one."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from itertools import chain
from typing import NamedTuple

from kg.language.characters import fold
from kg.language.phrases import tells_what
from kg.model import Span
from kg.ontology import HM, term
from kg.rdf import RDF_TYPE, Statement, ref
from kg.rdf import value as value_of
from kg.reckon.extents import Extent, extent
from kg.tally.times import Time

NEAR = 60  # characters on either side in which what is counted tells of the same thing


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money as one document tells it.

    `low` and `high` are what it comes to, times multiplied; `counts` are the figures told beside it, `words` what the
    clauses there say, `span` where it stands in its file.
    """

    iri: str
    article: str
    span: Span
    passage: str
    label: str
    unit: str
    bound: str
    allows: Extent
    low: Decimal
    high: Decimal
    flow: str
    payers: frozenset[str]
    things: frozenset[str]
    programmes: frozenset[str]
    time: Time
    status: str
    plain: bool  # is it told without a modality?
    rate: bool
    whole: str | None
    same: str | None
    replaced: str | None
    counts: frozenset[tuple[Decimal, str]] = field(default=frozenset())
    words: str = ""


class Post(NamedTuple):
    """Who holds a post in which body, by IRI and by name, and the passage that says so."""

    person: str
    name: str
    body: str
    called: str
    passage: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a document tells that other documents may tell, too; `names` are those of the payers."""

    sums: tuple[Sum, ...]
    names: Mapping[str, str]
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class _Measure:
    """A measure as far as its sums need it."""

    article: str
    at: int
    quote: str
    status: str
    plain: bool
    time: Time


def tells(statements: Iterable[Statement]) -> Told:
    """What a document's graph says of sums and posts: a function of that graph alone."""
    graph = _Graph(statements)
    measures = {iri: _measure(graph, iri) for iri in graph.each("Measure")}
    beside = _Beside(graph, measures.values())
    sums = [
        _sum(graph, iri, of, measure, beside)
        for of, measure in measures.items()
        for iri in graph.all(of, "amount")
        if graph.one(iri, "flow")
    ]
    posts = [
        Post(person, graph.one(person, "rdfs:label"), body, graph.one(body, "rdfs:label"), graph.one(iri, "evidence"))
        for iri in graph.each("org:Membership")
        for person in graph.all(iri, "org:member")
        for body in graph.all(iri, "org:organization")
    ]
    payers = sorted(set(chain.from_iterable(s.payers for s in sums)))
    return Told(
        tuple(sorted(sums, key=lambda s: s.iri)),
        {iri: graph.one(iri, "rdfs:label") for iri in payers},
        tuple(sorted(posts)),
    )


@cache
def _term(name: str) -> str:
    return ref(term(name))


class _Graph:
    """A document's graph by subject and property, the property by its name in the ontology."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._found: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._types: dict[str, list[str]] = defaultdict(list)
        for subject, predicate, told in statements:
            if predicate == RDF_TYPE:
                self._types[told].append(subject)
            else:
                self._found[subject, predicate].append(told)

    def each(self, kind: str) -> list[str]:
        """What is of a class."""
        return sorted(subject[1:-1] for subject in self._types.get(_term(kind), ()))

    def all(self, subject: str, name: str) -> list[str]:
        """All that a property leads to."""
        return sorted(map(value_of, self._found.get((f"<{subject}>", _term(name)), ())))

    def one(self, subject: str, name: str) -> str:
        """What a property leads to, or nothing."""
        return next(iter(self.all(subject, name)), "")

    def named(self, subject: str, slot: str) -> list[str]:
        """The names of all that a slot is filled with."""
        return [self.one(filler, "rdfs:label") for filler in self.all(subject, slot)]

    def number(self, subject: str, name: str) -> Decimal | None:
        """The number that a property leads to."""
        text = self.one(subject, name)
        return Decimal(text) if text else None


def _measure(graph: _Graph, iri: str) -> _Measure:
    passage = graph.one(iri, "evidence")
    return _Measure(
        graph.one(iri, "statedIn"),
        int(graph.one(passage, "start")),
        fold(graph.one(passage, "quote")),
        graph.one(iri, "status").removeprefix(HM),
        not graph.one(iri, "modality"),
        Time.of(*(graph.one(iri, name) for name in ("start", "end", "period"))),
    )


class _Beside:
    """What is told around a place: the counts, and the words of the clauses."""

    def __init__(self, graph: _Graph, measures: Iterable[_Measure]) -> None:
        self._counts: dict[str, list[tuple[int, Decimal, str]]] = defaultdict(list)
        self._words: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for article, at, value, unit in _counts(graph):
            self._counts[article].append((at, value, unit))
        for measure in measures:
            self._words[measure.article].append((measure.at, measure.quote))
        for counts in self._counts.values():
            counts.sort()
        for words in self._words.values():
            words.sort()

    def of(self, article: str, at: int) -> tuple[frozenset[tuple[Decimal, str]], str]:
        """The counts near a place and the words of the clauses there."""
        counts, words = self._counts.get(article, []), self._words.get(article, [])
        near = counts[bisect_left(counts, (at - NEAR,)) : bisect_left(counts, (at + NEAR + 1,))]
        clauses = words[bisect_left(words, (at - NEAR,)) : bisect_left(words, (at + NEAR + 1,))]
        return frozenset((value, unit) for _, value, unit in near), "|".join(quote for _, quote in clauses)


def _counts(graph: _Graph) -> Iterator[tuple[str, int, Decimal, str]]:
    """What is counted, and where."""
    for iri in graph.each("Count"):
        value, passage = graph.number(iri, "value"), graph.one(iri, "evidence")
        if value is not None and not graph.one(iri, "per"):
            yield graph.one(passage, "inArticle"), int(graph.one(passage, "start")), value, graph.one(iri, "unit")


def _sum(graph: _Graph, iri: str, of: str, measure: _Measure, beside: _Beside) -> Sum:
    label, bound, passage = fold(graph.one(iri, "rdfs:label")), graph.one(iri, "bound"), graph.one(iri, "evidence")
    value, low, high, times = (graph.number(iri, name) for name in ("value", "minValue", "maxValue", "times"))
    least = Decimal(0) if bound == "max" else low if low is not None else value or Decimal(0)
    most = high if high is not None else value if value is not None else least
    span = Span(int(graph.one(passage, "start")), int(graph.one(passage, "end")))
    counts, words = beside.of(measure.article, span.start)
    programmes = graph.named(of, "programme")
    return Sum(
        iri,
        measure.article,
        span,
        passage,
        label,
        graph.one(iri, "unit"),
        bound,
        extent(label, bound, value, low, high),
        least * (times or 1),
        most * (times or 1),
        graph.one(iri, "flow").removeprefix(HM),
        frozenset(graph.all(of, "agent")),
        frozenset(
            (
                *filter(tells_what, (*graph.named(iri, "of"), *graph.named(of, "provides"))),
                *graph.named(of, "beneficiary"),
                *programmes,
            )
        ),
        frozenset(programmes),
        measure.time,
        measure.status,
        measure.plain,
        bool(graph.one(iri, "per")) and times is None,
        graph.one(iri, "includedIn") or None,
        graph.one(iri, "sameSum") or None,
        graph.one(iri, "replacedBy") or None,
        counts,
        f"{measure.quote}|{words}",
    )
