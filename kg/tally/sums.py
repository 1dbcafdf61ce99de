"""The sums of money of a graph, with all that tells whether two of them are one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from kg.language.characters import fold
from kg.model import Span
from kg.ontology import HM, term
from kg.reckon.extents import Extent, extent
from kg.store import Store
from kg.tally.times import Time

NEAR = 60  # characters on either side in which what is counted tells of the same thing
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

Column = Mapping[str, tuple[str, ...]]


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


class Table:
    """What the documents state, by property: of each subject the values, sorted."""

    def __init__(self, store: Store, without: str) -> None:
        self._store = store
        self._without = NamedNode(without)
        self._columns: dict[str, Column] = {}

    def column(self, name: str) -> Column:
        """Subject → values of a property, by its name in the ontology."""
        if name not in self._columns:
            predicate = NamedNode(_RDF_TYPE if name == "rdf:type" else term(name))
            found: dict[str, set[str]] = defaultdict(set)
            for subject, _, value, graph in self._store.stated(predicate):
                if graph != self._without and isinstance(value, (NamedNode, Literal)):
                    found[subject.value].add(value.value)
            self._columns[name] = {subject: tuple(sorted(values)) for subject, values in found.items()}
        return self._columns[name]

    def of(self, node: str, name: str) -> tuple[str, ...]:
        """The values of a property of a node."""
        return self.column(name).get(node, ())

    def one(self, node: str, name: str) -> str:
        """The first value of a property of a node, or nothing."""
        return next(iter(self.of(node, name)), "")

    def names(self, nodes: Iterable[str]) -> frozenset[str]:
        """What nodes are called."""
        return frozenset(name for node in nodes for name in self.of(node, "rdfs:label"))


def load(table: Table) -> list[Sum]:
    """Every sum of money of the documents, in the order of their IRIs."""
    kinds = table.column("rdf:type")
    money = {iri for iri, of in kinds.items() if term("Money") in of}
    beside = _Beside(table, kinds)
    found: list[Sum] = []
    for measure, amounts in sorted(table.column("amount").items()):
        found += (_sum(table, measure, amount, beside) for amount in amounts if amount in money)
    return sorted(found, key=lambda s: s.iri)


class _Beside:
    """What is told around a place: the counts, and the words of the clauses."""

    def __init__(self, table: Table, kinds: Column) -> None:
        counts = {iri for iri, of in kinds.items() if term("Count") in of}
        self._told: dict[str, list[tuple[int, tuple[Decimal, str] | None, str]]] = defaultdict(list)
        for measure, amounts in table.column("amount").items():
            article = table.one(measure, "statedIn")
            passage = table.one(measure, "evidence")
            quote = fold(table.one(passage, "quote"))
            start = int(table.one(passage, "start") or 0)
            self._told[article].append((start, None, quote))
            for amount in amounts:
                value = table.one(amount, "value")
                if amount in counts and value and not table.of(amount, "per"):
                    at = int(table.one(table.one(amount, "evidence"), "start") or 0)
                    self._told[article].append((at, (Decimal(value), table.one(amount, "unit")), ""))

    def of(self, article: str, at: int, quote: str) -> tuple[frozenset[tuple[Decimal, str]], str]:
        """The counts near a place and the words of the clauses there, its own among them."""
        near = [told for told in self._told[article] if abs(told[0] - at) <= NEAR]
        return frozenset(c for _, c, _ in near if c), "|".join([quote, *(words for _, _, words in near)])


def _sum(table: Table, measure: str, amount: str, beside: _Beside) -> Sum:
    article, passage = table.one(measure, "statedIn"), table.one(amount, "evidence")
    start, end = (int(table.one(passage, name) or 0) for name in ("start", "end"))
    label, bound = fold(table.one(amount, "rdfs:label")), table.one(amount, "bound")
    value, low, high = (_number(table.one(amount, name)) for name in ("value", "minValue", "maxValue"))
    times = _number(table.one(amount, "times"))
    least = Decimal(0) if bound == "max" else low if low is not None else value or Decimal(0)
    most = high if high is not None else value if value is not None else least
    counts, words = beside.of(article, start, fold(table.one(table.one(measure, "evidence"), "quote")))
    slots = [node for name in ("beneficiary", "provides", "programme") for node in table.of(measure, name)]
    return Sum(
        amount,
        article,
        Span(start, end),
        passage,
        label,
        table.one(amount, "unit"),
        bound,
        extent(label, bound, value, low, high),
        least * (times or 1),
        most * (times or 1),
        table.one(amount, "flow").removeprefix(HM),
        frozenset(table.of(measure, "agent")),
        table.names([*table.of(amount, "of"), *slots]),
        table.names(table.of(measure, "programme")),
        Time.of(*(table.one(measure, name) for name in ("start", "end", "period"))),
        table.one(measure, "status").removeprefix(HM),
        not table.of(measure, "modality"),
        bool(table.of(amount, "per")) and times is None,
        table.one(amount, "includedIn") or None,
        table.one(amount, "sameSum") or None,
        table.one(amount, "replacedBy") or None,
        counts,
        words,
    )


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
