"""The graph on disk: one named graph a document, added, replaced and retracted whole; asked by SPARQL.

The default graph holds the union of the named ones, each triple once.  Oxigraph's own union of graphs gives a
triple as often as documents state it, which multiplies the rows and sums of a query (SPARQL 1.1 section 13.1
wants the RDF merge, a set).
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple
from pyoxigraph import Store as Oxigraph

from kg.ontology import prefixes, term
from kg.rdf import RDF_TYPE, NamedGraph, ref
from kg.syntax import mistake

GIVEN = ("givenPlace", "givenDate")  # what a build was told of its documents
_MANY = 20_000  # quads that are put in faster as files of their own; both ways all of them or none
_COUNTED = ("Article", "Organisation", "Programme", "Group", "Measure", "Amount")
_TYPE = RDF_TYPE[1:-1]
_READ_BY = ("prov:wasAssociatedWith", *GIVEN)


@cache
def _classes() -> Mapping[str, str]:
    return {term(name): name for name in _COUNTED}


class Queryable(Protocol):
    """Whatever answers SPARQL over the union of its graphs, a row a tuple of terms."""

    def query(self, sparql: str, /) -> Any:
        """The solutions of a SELECT."""


@dataclass(slots=True)
class Changes:
    """What has changed since the store was opened: which subjects of the union, by how much the counts, which graphs went."""

    subjects: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)

    def note(self, quads: Iterable[Quad], more: int) -> None:
        """Statements that came (1) or went (-1)."""
        for quad in quads:
            self.subjects.add(str(quad.subject))
            self.counts["triples"] += more
            if quad.predicate.value == _TYPE and isinstance(quad.object, NamedNode) and quad.object.value in _classes():
                self.counts[_classes()[quad.object.value]] += more


class StoreError(Exception):
    """The store cannot be opened or asked; the message says why in one line."""


def key_of(told: NamedGraph) -> str:
    """What a document's reading is known by: its graph, the program that read it, and what was given for it."""
    telling = {ref(term(name)) for name in _READ_BY}
    return _key(told.name, (f"{s.predicate} {s.object}" for s in told.statements if s.predicate in telling))


def _key(graph: str, told: Iterable[str]) -> str:
    return hashlib.sha256("\n".join((graph, *sorted(set(told)))).encode()).hexdigest()


class Store:
    """An Oxigraph store; without a path it lives in memory.

    One process at a time may write; any number may read beside it, each what had been written when it opened.
    """

    def __init__(self, path: Path | None = None, *, read_only: bool = False) -> None:
        try:
            if path is not None and read_only:
                self._store = beside_a_writer(path)
            elif path is not None:
                path.mkdir(parents=True, exist_ok=True)
                self._store = Oxigraph(str(path))
            else:
                self._store = Oxigraph()
        except (OSError, RuntimeError) as error:
            why = "another command is writing to it; wait until it is done" if "LOCK" in str(error) else error
            raise StoreError(f"{path}: the store cannot be opened: {why}") from error
        self._readings: dict[str, str] | None = None  # as far as it was asked for
        self._names: dict[str, list[str]] | None = None
        self.changes: Changes | None = Changes()  # None when they are too many to be told one by one

    @property
    def oxigraph(self) -> Oxigraph:
        """The engine itself, for libraries that speak to it."""
        return self._store

    def documents(self) -> dict[str, set[str]]:
        """The graph names of each source."""
        found: dict[str, set[str]] = {}
        for graph, names in self._named().items():
            for name in names:
                found.setdefault(name, set()).add(graph)
        return found

    def knows(self, source: str) -> bool:
        """Does any document of this name stand in the store?"""
        return next(self._sources(source), None) is not None

    def fresh(self, source: str, graph: str, software: str, given: Collection[tuple[str, str]] = ()) -> bool:
        """Does the graph have this source, as this very program read it, and with this given for it?"""
        name, by = NamedNode(graph), NamedNode(term("prov:wasAssociatedWith"))
        read = self._store.quads_for_pattern(None, by, NamedNode(software), name)
        known = {
            (predicate, quad.object.value)
            for predicate in GIVEN
            for quad in self._store.quads_for_pattern(None, NamedNode(term(predicate)), None, name)
            if isinstance(quad.object, Literal)
        }
        return (
            known == set(given) and next(self._sources(source, name), None) is not None and next(read, None) is not None
        )

    def replace(self, source: str, quads: Sequence[Quad]) -> None:
        """A document's quads in place of all that its source stated before, in one transaction."""
        self.replace_all([(source, quads)])

    def replace_all(self, told: Iterable[tuple[str, Sequence[Quad]]]) -> None:
        """The same for several documents, in one transaction where no two have the same bytes.

        A graph that several sources share (files with the same bytes) stays, less this source's name.
        """
        gone: set[Quad] = set()
        new: set[Quad] = set()
        touched: set[Any] = set()
        for source, quads in told:
            name = quads[0].graph_name if quads else DefaultGraph()
            held = {name, *self._graphs_of(source)}
            if held & touched:  # the same bytes twice: the one follows from the other
                self._change(gone, new)
                gone, new, touched = set(), set(), set()
            touched |= held
            before, wanted = self._graph(name) if quads else set(), self._wanted(quads)
            gone |= before - wanted
            for old in self._graphs_of(source):
                if old != name:
                    gone |= self._share(source, old)
            new |= wanted - before
        self._change(gone, new)

    def load(self, told: Iterable[tuple[bytes, bytes]]) -> None:
        """The quads of documents that are new, as N-Quads and as N-Triples for the union: for many, faster than `replace`.

        All of them or none are in the store after a crash.
        """
        self.changes = self._readings = self._names = None
        self._store.bulk_load(b"".join(chain.from_iterable(told)), format=RdfFormat.N_QUADS)

    def put(self, told: NamedGraph) -> None:
        """What a graph holds that is of no document, in place of what it held before, in one transaction."""
        before, wanted = self._graph(NamedNode(told.name)), set(told.quads())
        if before != wanted:
            self._change(before - wanted, wanted - before)

    def change(self, gone: NamedGraph, new: NamedGraph) -> None:
        """Take some statements out of a graph and put others in, in one transaction."""
        self._change(set(gone.quads()), set(new.quads()))

    def readings(self) -> Mapping[str, str]:
        """The graph of each document with a digest of which program read it as what, and with what given."""
        if self._readings is None:
            self._readings = self._readings_of(None)
        return self._readings

    def _readings_of(self, graph: NamedNode | None) -> dict[str, str]:
        lines: dict[str, list[str]] = {}
        for name in _READ_BY:
            for quad in self._store.quads_for_pattern(None, NamedNode(term(name)), None, graph):
                if isinstance(quad.graph_name, NamedNode):
                    lines.setdefault(quad.graph_name.value, []).append(f"{quad.predicate} {quad.object}")
        return {graph: _key(graph, told) for graph, told in lines.items()}

    def _named(self) -> Mapping[str, list[str]]:
        """The sources of each document's graph: files with the same bytes are one document."""
        if self._names is None:
            self._names = self._names_of(None)
        return self._names

    def _names_of(self, graph: NamedNode | None) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for quad in self._sources(None, graph):
            if isinstance(quad.graph_name, NamedNode) and isinstance(quad.object, Literal):
                found.setdefault(quad.graph_name.value, []).append(quad.object.value)
        return found

    def state(self) -> str:
        """A digest of which documents are in the store, as which program read them, and with what given."""
        return hashlib.sha256("\n".join(sorted(self.readings().values())).encode()).hexdigest()

    def names(self) -> str:
        """A digest of which sources the documents are from."""
        told = sorted(f"{graph} {name}" for graph, names in self._named().items() for name in names)
        return hashlib.sha256("\n".join(told).encode()).hexdigest()

    def has(self, graph: str) -> bool:
        """Is there a graph of this name?"""
        return self._store.contains_named_graph(NamedNode(graph))

    def retract(self, source: str) -> int:
        """Take out what a source states, in one transaction; the number of graphs it was in."""
        graphs = self._graphs_of(source)
        self._change({quad for graph in graphs for quad in self._share(source, graph)}, set())
        return len(graphs)

    def query(self, sparql: str, /) -> Any:
        """A SPARQL query over the union of the documents' graphs; the ontology's prefixes are known."""
        try:
            return self._store.query(sparql, prefixes=prefixes())
        except (SyntaxError, ValueError) as error:
            told = mistake(str(error), sparql, prefixes())
            raise StoreError(f"the query is not understood: {told}") from error
        except (OSError, RuntimeError) as error:
            raise StoreError(f"the query cannot be answered: {error}") from error

    def close(self) -> None:
        """Let go of the files: Oxigraph does so, once nobody holds it.  Nothing may be asked afterwards."""
        del self._store

    def flush(self) -> None:
        """Put what was written into its place in the files, so that readers open quickly."""
        self._store.flush()

    def counts(self) -> dict[str, int]:
        """How many articles, organisations, measures and amounts there are, and triples of the union."""
        found = {name: self._count(f"?x a <{term(name)}>") for name in _COUNTED}
        return found | {"triples": self._count("?x ?p ?o")}

    def _count(self, pattern: str) -> int:
        return int(next(iter(self.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")))["n"].value)

    def quads(self) -> Iterator[Quad]:
        """Every quad of the documents, in no order that means anything."""
        return (quad for quad in self._store if quad.graph_name != DefaultGraph())

    def triples(self) -> Iterator[Triple]:
        """Every triple of the union once, in no order that means anything."""
        return (quad.triple for quad in self._store.quads_for_pattern(None, None, None, DefaultGraph()))

    def graphs(self) -> list[str]:
        """The names of the documents' graphs, sorted."""
        return sorted(name.value for name in self._store.named_graphs() if isinstance(name, NamedNode))

    def graph(self, name: str) -> Iterator[Triple]:
        """What one document states."""
        return (quad.triple for quad in self._store.quads_for_pattern(None, None, None, NamedNode(name)))

    def __len__(self) -> int:
        return self._count("?x ?p ?o")

    def _graph(self, name: Any) -> set[Quad]:
        return set(self._store.quads_for_pattern(None, None, None, name))

    def _sources(self, source: str | None, graph: Any = None) -> Iterator[Quad]:
        """The statements of which file an article is from, in the documents' graphs."""
        value = None if source is None else Literal(source)
        found = self._store.quads_for_pattern(None, NamedNode(term("sourceFile")), value, graph)
        return (quad for quad in found if quad.graph_name != DefaultGraph())

    def _graphs_of(self, source: str) -> list[NamedNode]:
        names = {quad.graph_name for quad in self._sources(source)}
        return sorted((name for name in names if isinstance(name, NamedNode)), key=str)

    def _wanted(self, quads: Sequence[Quad]) -> set[Quad]:
        """The quads, with the names of other files that have the same bytes."""
        own = [quad for quad in quads if quad.predicate.value == term("sourceFile")]
        names = {quad.object for quad in self._sources(None, quads[0].graph_name)} if quads else set()
        return {*quads, *(Quad(q.subject, q.predicate, name, q.graph_name) for q in own for name in names)}

    def _share(self, source: str, graph: NamedNode) -> set[Quad]:
        """What goes when a source leaves a graph: all of it, or its name where others are in it."""
        own = set(self._sources(source, graph))
        return own if set(self._sources(None, graph)) - own else self._graph(graph)

    def _change(self, gone: set[Quad], new: set[Quad]) -> None:
        """Both changes and what follows for the union in one transaction: all of it happens or nothing."""
        readings, names, self._readings, self._names = self._readings, self._names, None, None
        added = {Quad(*quad.triple) for quad in new}
        dropped = {Quad(*quad.triple) for quad in gone} - added
        dropped = {quad for quad in dropped if not self._stated_besides(quad, gone)}
        if self.changes:
            self.changes.note((quad for quad in added if quad not in self._store), 1)
            self.changes.note(dropped, -1)
        if gone:
            # a graph that lost all it had would still be listed by GRAPH ?g (SPARQL 1.1 Update section 3.2)
            empty = {quad.graph_name for quad in gone} - {quad.graph_name for quad in new}
            empty = {name for name in empty if self._graph(name) <= gone}
            if self.changes:
                self.changes.gone |= {name.value for name in empty if isinstance(name, NamedNode)}
            drops = [f"DROP GRAPH {name}" for name in sorted(empty, key=str)]
            self._store.update(
                " ;\n".join(
                    (f"DELETE DATA {{ {_block(gone | dropped)} }}", f"INSERT DATA {{ {_block(new | added)} }}", *drops)
                )
            )
        else:
            (self._store.bulk_extend if len(new) > _MANY else self._store.extend)([*new, *added])
        for graph in {quad.graph_name for quad in (*gone, *new)}:
            if isinstance(graph, NamedNode):
                self._look_again(readings, graph, self._readings_of)
                self._look_again(names, graph, self._names_of)
        self._readings, self._names = readings, names

    def _look_again(
        self, known: dict[str, Any] | None, graph: NamedNode, ask: Callable[[NamedNode], dict[str, Any]]
    ) -> None:
        """Bring what is known of the graphs up to date for one that changed."""
        if known is not None:
            known.pop(graph.value, None)
            known.update(ask(graph))

    def _stated_besides(self, union: Quad, gone: set[Quad]) -> bool:
        everywhere = self._store.quads_for_pattern(union.subject, union.predicate, union.object, None)
        return any(quad.graph_name != DefaultGraph() and quad not in gone for quad in everywhere)


def beside_a_writer(path: Path) -> Oxigraph:
    """The store, to be read only; raises OSError or RuntimeError where it cannot be opened.

    A writer that clears up its files may take one away just as it is opened, which RocksDB takes for damage: a
    moment later the list of files is a new one.
    """
    for pause in (0.05, 0.1, 0.2, 0.4, 0.8):
        try:
            return Oxigraph.read_only(str(path))
        except (OSError, RuntimeError):
            time.sleep(pause)
    return Oxigraph.read_only(str(path))


def _block(quads: Iterable[Quad]) -> str:
    """Quads as they stand between the braces of SPARQL's DELETE DATA and INSERT DATA."""
    return "\n".join(
        f"{quad.triple} ." if quad.graph_name == DefaultGraph() else f"GRAPH {quad.graph_name} {{ {quad.triple} }}"
        for quad in quads
    )


def open_store(path: str | Path, *, writing: bool = False) -> Store:
    """The store under an output folder, to read unless it is said to be for writing.

    >>> open_store("no such folder")
    Traceback (most recent call last):
    ...
    kg.store.StoreError: no such folder: no graph has been built here; run `kg build` first
    """
    folder = Path(path)
    where = folder / "store"
    if not (where / "CURRENT").is_file():
        raise StoreError(f"{folder}: no graph has been built here; run `kg build` first")
    return Store(where, read_only=not writing)
