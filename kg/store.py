"""The graph on disk: one named graph a document, added, replaced and retracted whole; asked by SPARQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, Triple
from pyoxigraph import Store as Oxigraph

from kg.ontology import term


class StoreError(Exception):
    """The store cannot be opened or asked; the message says why in one line."""


class Store:
    """An Oxigraph store; without a path it lives in memory."""

    def __init__(self, path: Path | None = None) -> None:
        try:
            if path is not None:
                path.mkdir(parents=True, exist_ok=True)
            self._store = Oxigraph(None if path is None else str(path))
        except OSError as error:
            raise StoreError(f"{path}: the store cannot be opened: {error}") from error

    def documents(self) -> dict[str, set[str]]:
        """The graph names of each source."""
        found: dict[str, set[str]] = {}
        for quad in self._store.quads_for_pattern(None, NamedNode(term("sourceFile")), None, None):
            if isinstance(quad.object, Literal) and isinstance(quad.graph_name, NamedNode):
                found.setdefault(quad.object.value, set()).add(quad.graph_name.value)
        return found

    def holds(self, quads: Sequence[Quad]) -> bool:
        """Is the document's graph there, exactly as given?"""
        graph = quads[0].graph_name
        return set(self._store.quads_for_pattern(None, None, None, graph)) == set(quads)

    def replace(self, source: str, quads: Sequence[Quad]) -> None:
        """A document's quads in place of all that the source stated before, in one transaction.

        A graph that several sources share (files with the same bytes) stays, less this source's name.
        """
        name = quads[0].graph_name if quads else None
        graph = name.value if isinstance(name, NamedNode) else None
        for old in sorted(self.documents().get(source, ())):
            if old != graph:
                self._leave(source, old)
        self._store.extend(quads)
        if graph is not None:
            self._drop_stale(quads)

    def retract(self, source: str) -> int:
        """Take out what a source states; the number of graphs it was in."""
        graphs = sorted(self.documents().get(source, ()))
        for graph in graphs:
            self._leave(source, graph)
        return len(graphs)

    def _leave(self, source: str, graph: str) -> None:
        shared = [s for s, graphs in self.documents().items() if graph in graphs and s != source]
        name = NamedNode(graph)
        if not shared:
            self._store.remove_graph(name)
            return
        pattern = self._store.quads_for_pattern(None, NamedNode(term("sourceFile")), Literal(source), name)
        for quad in list(pattern):
            self._store.remove(quad)

    def _drop_stale(self, quads: Sequence[Quad]) -> None:
        """Quads of the same graph that another version of the program wrote."""
        kept, names = set(quads), term("sourceFile")
        for quad in list(self._store.quads_for_pattern(None, None, None, quads[0].graph_name)):
            if quad not in kept and quad.predicate.value != names:
                self._store.remove(quad)

    def query(self, sparql: str, /) -> Any:
        """A SPARQL query over the union of the documents' graphs."""
        try:
            return self._store.query(sparql, use_default_graph_as_union=True)
        except (SyntaxError, ValueError, RuntimeError) as error:
            raise StoreError(f"the query is not understood: {error}") from error

    def counts(self) -> dict[str, int]:
        """How many articles, organisations, measures and amounts there are, and triples of the union."""
        classes = ("Article", "Organisation", "Programme", "Group", "Measure", "Amount")
        found = {name: self._count(f"?x a <{term(name)}>") for name in classes}
        return found | {"triples": self._count("?x ?p ?o")}

    def _count(self, pattern: str) -> int:
        subject = "*" if "?p" in pattern else "DISTINCT ?x"
        return int(next(iter(self.query(f"SELECT (COUNT({subject}) AS ?n) WHERE {{ {pattern} }}")))["n"].value)

    def quads(self) -> Iterator[Quad]:
        """Every quad, sorted by its N-Quads line."""
        return iter(sorted(self._store, key=str))

    def triples(self) -> Iterator[Triple]:
        """Every triple of the union once, sorted by its N-Triples line."""
        return iter(sorted({quad.triple for quad in self._store}, key=str))

    def __len__(self) -> int:
        return len(self._store)


def open_graph(path: str | Path) -> Store:
    """The store under an output folder.

    >>> open_graph("no such folder")
    Traceback (most recent call last):
    ...
    kg.store.StoreError: no such folder: no graph has been built here; run `kg build` first
    """
    folder = Path(path)
    where = folder / "store"
    if not where.is_dir():
        raise StoreError(f"{folder}: no graph has been built here; run `kg build` first")
    return Store(where)
