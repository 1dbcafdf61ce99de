"""The graph for a notebook: an rdflib Graph over the store, and how it becomes a network or a table."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import oxrdflib
import rdflib
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.query import Result

from kg import ontology
from kg.export.networks import network
from kg.store import StoreError, open_store

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

_KEPT = (bool, int, float, str, Decimal, datetime.date, datetime.datetime)


class HuiminGraph(rdflib.Graph):
    """All that the documents state, each triple once, as rdflib knows graphs; it can be read and not changed."""

    def __init__(self, path: str | Path) -> None:
        self._store_on_disk = open_store(path)
        engine = oxrdflib.OxigraphStore(store=self._store_on_disk.oxigraph)
        super().__init__(store=engine, identifier=DATASET_DEFAULT_GRAPH_ID)
        for prefix, namespace in ontology.prefixes().items():
            self.bind(prefix, namespace)

    def query(self, query_object: Any, *args: Any, **options: Any) -> Result:
        """The answer to SPARQL, or to a shipped question by its name; the ontology's prefixes are known.

        `given` binds the parameters of a shipped question: `query("money-of", given={"payer": "西安市总工会"})`.

        Raises StoreError for a query that is not understood.
        """
        shipped = ontology.queries().get(str(query_object))
        sparql = shipped.read_text(encoding="utf-8") if shipped else query_object
        if given := options.pop("given", None):
            sparql = ontology.asked_of(sparql, given)
        options["initNs"] = ontology.prefixes() | (options.get("initNs") or {})
        try:
            return super().query(sparql, *args, **options)
        except (SyntaxError, ValueError) as error:
            raise StoreError(f"the query is not understood: {error}") from error

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Entities, measures and amounts as nodes with `label` and `class`; properties as edges by their name."""
        return network(self._store_on_disk)

    def to_dataframe(self, query: str) -> pd.DataFrame:
        """The solutions of a SELECT, a column a variable.

        Numbers are numbers: decimals become floats, which plots and sums want; ask `query` where every digit
        counts.  Dates are `datetime.date`, IRIs and texts strings, what is unbound is missing.
        """
        try:
            import pandas as pd
        except ModuleNotFoundError as error:
            raise ImportError("data frames need pandas; pip install 'huimin[tables]' brings it") from error
        result = self.query(query)
        if result.type != "SELECT":
            raise StoreError("a table comes from a SELECT query")
        rows = [[_plain(cell) for cell in row] for row in result]  # type: ignore[union-attr]
        return pd.DataFrame(rows, columns=[str(name) for name in result.vars or ()])


def _plain(cell: Any) -> Any:
    """A term as the Python value that a table wants."""
    if cell is None:
        return None
    value = cell.toPython() if isinstance(cell, rdflib.Literal) else str(cell)
    if isinstance(value, Decimal):
        return float(value)
    return value if isinstance(value, _KEPT) and not isinstance(value, rdflib.Literal) else str(cell)


def open_graph(path: str | Path = "output") -> HuiminGraph:
    """The graph under an output folder, to be read while others may build on it.

    >>> open_graph("no such folder")
    Traceback (most recent call last):
    ...
    kg.store.StoreError: no such folder: no graph has been built here; run `kg build` first
    """
    return HuiminGraph(path)
