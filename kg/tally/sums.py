"""The sums of money of a graph, with all that tells whether two of them are one."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from importlib.resources import files

from pyoxigraph import NamedNode

from kg.language.characters import fold
from kg.model import Span
from kg.ontology import HM, term
from kg.reckon.extents import Extent, extent
from kg.store import Store
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


@dataclass(frozen=True, slots=True)
class _Measure:
    """A measure as far as its sums need it."""

    article: str
    at: int
    quote: str
    status: str
    plain: bool
    time: Time


class Graph:
    """What the documents of a store state, without what was derived from them."""

    def __init__(self, store: Store, derived: str) -> None:
        self._store = store
        self._derived = NamedNode(derived)

    def rows(self, name: str) -> Iterator[Mapping[str, str]]:
        """The answers to one of the room's own questions; what is unbound is missing."""
        sparql = files("kg.tally").joinpath(f"{name}.rq").read_text(encoding="utf-8")
        found = self._store.query(sparql)
        names = [variable.value for variable in found.variables]
        for row in found:
            yield {n: cell.value for n, cell in zip(names, row, strict=True) if cell is not None}

    def links(self, name: str) -> dict[str, str]:
        """From what to what a property leads, by its name in the ontology."""
        found = self._store.stated(NamedNode(term(name)))
        return {
            q.subject.value: q.object.value
            for q in sorted(found, key=str)
            if q.graph_name != self._derived and isinstance(q.subject, NamedNode) and isinstance(q.object, NamedNode)
        }


def load(graph: Graph) -> tuple[list[Sum], dict[str, str]]:
    """Every sum of money of the documents, in the order of their IRIs, and what the payers are called."""
    measures = {
        row["measure"]: _Measure(
            row["article"],
            int(row["at"]),
            fold(row["quote"]),
            row.get("status", "").removeprefix(HM),
            "modality" not in row,
            Time.of(row.get("start", ""), row.get("end", ""), row.get("period", "")),
        )
        for row in graph.rows("measures")
    }
    slots: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in graph.rows("slots"):
        slots[row["node"], row["slot"].removeprefix(HM)].append((row["filler"], row["name"]))
    names = {iri: name for (_, slot), fillers in slots.items() if slot == "agent" for iri, name in fillers}
    beside = _Beside(graph, measures.values())
    others = {name: graph.links(name) for name in ("includedIn", "sameSum", "replacedBy")}
    found = {row["amount"]: _sum(row, measures[row["measure"]], slots, beside, others) for row in graph.rows("money")}
    return [found[iri] for iri in sorted(found)], names


class _Beside:
    """What is told around a place: the counts, and the words of the clauses."""

    def __init__(self, graph: Graph, measures: Iterable[_Measure]) -> None:
        self._counts: dict[str, list[tuple[int, Decimal, str]]] = defaultdict(list)
        self._words: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for row in graph.rows("counts"):
            self._counts[row["article"]].append((int(row["at"]), Decimal(row["value"]), row["unit"]))
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


def _sum(
    row: Mapping[str, str],
    measure: _Measure,
    slots: Mapping[tuple[str, str], list[tuple[str, str]]],
    beside: _Beside,
    others: Mapping[str, Mapping[str, str]],
) -> Sum:
    amount, label, bound = row["amount"], fold(row["label"]), row["bound"]
    value, low, high, times = (_number(row.get(name)) for name in ("value", "min", "max", "times"))
    least = Decimal(0) if bound == "max" else low if low is not None else value or Decimal(0)
    most = high if high is not None else value if value is not None else least
    counts, words = beside.of(measure.article, int(row["start"]))

    def names(slot: str) -> list[str]:
        return [name for _, name in slots.get((row["measure"], slot), ())]

    things = [*(name for _, name in slots.get((amount, "of"), ())), *names("beneficiary"), *names("provides")]
    return Sum(
        amount,
        measure.article,
        Span(int(row["start"]), int(row["end"])),
        row["passage"],
        label,
        row["unit"],
        bound,
        extent(label, bound, value, low, high),
        least * (times or 1),
        most * (times or 1),
        row["flow"].removeprefix(HM),
        frozenset(iri for iri, _ in slots.get((row["measure"], "agent"), ())),
        frozenset([*things, *names("programme")]),
        frozenset(names("programme")),
        measure.time,
        measure.status,
        measure.plain,
        "per" in row and times is None,
        others["includedIn"].get(amount),
        others["sameSum"].get(amount),
        others["replacedBy"].get(amount),
        counts,
        f"{measure.quote}|{words}",
    )


def _number(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None
