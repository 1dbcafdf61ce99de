"""The figures of the graph as a reader meets them: in their clauses, and the clauses in their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from importlib.resources import files
from typing import Any

from kg.check.extents import Extent, extent
from kg.language.characters import fold
from kg.ontology import HM
from kg.store import Store

PEOPLE = frozenset("人名位")
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


@dataclass(frozen=True, slots=True)
class Heading:
    """An article's title, and its date or nothing."""

    title: str
    date: str


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a graph, and who and what its measures are about: node, slot → (IRI, name)."""

    stories: tuple[Story, ...]
    articles: Mapping[str, Heading]
    slots: Mapping[tuple[str, str], frozenset[tuple[str, str]]]


def load(store: Store) -> Figures:
    """The figures of a store."""
    slots: defaultdict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for row in store.query(_query("slots")):
        slots[row["node"].value, row["slot"].value.removeprefix(HM)].add((row["entity"].value, row["label"].value))
    frozen = {key: frozenset(found) for key, found in slots.items()}
    clauses, of_measure = _clauses(store)
    stated: defaultdict[str, dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in store.query(_query("amounts")):
        measure = row["measure"].value
        stated[of_measure[measure]][int(row["start"].value)].append(row)
    by_article: defaultdict[str, list[Figure]] = defaultdict(list)
    for passage, rows in stated.items():
        by_article[clauses[passage].article] += _figures(clauses[passage], rows, frozen)
    stories = (Story(article, _told(found)) for article, found in sorted(by_article.items()))
    rows = store.query(_query("articles"))
    articles = {r["article"].value: Heading(r["title"].value, r["date"].value if r["date"] else "") for r in rows}
    return Figures(tuple(stories), articles, frozen)


def _query(name: str) -> str:
    return files("kg.check").joinpath(f"{name}.rq").read_text(encoding="utf-8")


def _clauses(store: Store) -> tuple[dict[str, Clause], dict[str, str]]:
    """The clauses by their passages, numbered in each article, and which one a measure stands in."""
    found: dict[str, Clause] = {}
    of_measure: dict[str, str] = {}
    for row in store.query(_query("clauses")):
        values = {name: row[name].value for name in ("article", "passage", "start", "end", "quote")}
        clause = Clause(
            values["article"],
            values["passage"],
            int(values["start"]),
            int(values["end"]),
            values["quote"],
            fold(values["quote"]),
        )
        found[clause.passage] = clause
        of_measure[row["measure"].value] = clause.passage
    numbered: dict[str, Clause] = {}
    before: Clause | None = None
    for clause in sorted(found.values(), key=lambda c: (c.article, c.start, c.end)):
        if before is not None and before.article != clause.article:
            before = None
        before = numbered[clause.passage] = _placed(clause, before)
    return numbered, of_measure


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


def _figures(clause: Clause, rows: Mapping[int, list[Any]], slots: Mapping[Any, Any]) -> list[Figure]:
    """The figures of a clause, each once however many measures state it."""
    found: list[Figure] = []
    at = 0
    for start, same in sorted(rows.items()):
        row = min(same, key=lambda r: r["amount"].value)
        label = fold(row["label"].value)
        place = _place(clause, start, label, at)
        if place < 0:
            continue  # a label that its clause does not hold: nothing to reckon with
        at = place + len(label)
        of = frozenset(name for r in same for _, name in slots.get((r["amount"].value, "of"), ()))
        found.append(_figure(clause, row, label, place, of, tuple(sorted({r["measure"].value for r in same}))))
    return found


def _place(clause: Clause, start: int, label: str, floor: int) -> int:
    """Where a label stands in its clause's quote, from which line breaks were taken out."""
    furthest = start - clause.start
    breaks = clause.end - clause.start - len(clause.quote)
    found = clause.text.find(label, max(floor, furthest - breaks))
    return found if 0 <= found <= furthest else -1


def _figure(clause: Clause, row: Any, label: str, at: int, of: frozenset[str], measures: tuple[str, ...]) -> Figure:
    value, low, high = (Decimal(row[name].value) if row[name] else None for name in ("value", "low", "high"))
    kind, bound = row["class"].value.removeprefix(HM), row["bound"].value
    return Figure(
        row["amount"].value,
        row["passage"].value,
        clause,
        int(row["start"].value),
        label,
        kind,
        row["unit"].value,
        row["per"].value if row["per"] else "",
        bound,
        value,
        extent(label, bound, value, low, high, kind == "Percentage"),
        at,
        of,
        measures,
    )


def _told(figures: Iterable[Figure]) -> tuple[Figure, ...]:
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
