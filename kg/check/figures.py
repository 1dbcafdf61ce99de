"""The figures of a graph, and what its measures are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from typing import Any

from kg.language.characters import fold
from kg.ontology import HM
from kg.reckon.extents import extent
from kg.reckon.figures import Clause, Figure, Story, in_order, numbered
from kg.store import Store


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
    stories = (Story(article, in_order(found)) for article, found in sorted(by_article.items()))
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
    return numbered(found.values()), of_measure


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
