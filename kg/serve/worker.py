"""A process that answers queries: `python -m kg.serve.worker STORE`, questions on standard input.

Oxigraph does not let go of a query that it has begun, so whoever waits too long ends this process and starts
another.  A question is a line of JSON, an answer a line of JSON (`status`, `type`, `length`) and that many bytes.

A question has `query`, the graphs of its dataset as `default` and `named`, the `accept` header or null, how many
`rows` or triples its answer may have, and how many `seconds` it may take.
"""

from __future__ import annotations

import contextlib
import io
import json
import math
import re
import signal
import sys
import time
from pathlib import Path
from typing import Any

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
    serialize,
)

from kg import ontology
from kg.iris import as_named
from kg.serve.federation import asks_others
from kg.serve.negotiation import choose
from kg.store import beside_a_writer
from kg.syntax import mistake

RESULTS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}
SIZE = 256 << 20  # bytes of one answer as lines, before it is turned into what the client wants
SLOW = 0.3  # seconds
MEMORY = 4 << 30  # bytes of address space; a query that wants more ends its process and nothing else
Answer = tuple[int, str, bytes]


class TooMuch(Exception):
    """The result is larger than what is given out."""


class Bounded(io.BytesIO):
    """Keeps what is written, as long as it is no more than so many lines and bytes."""

    def __init__(self, lines: int, size: int) -> None:
        super().__init__()
        self._lines, self._size = lines, size

    def write(self, data: Any, /) -> int:
        self._lines -= bytes(data).count(b"\n")
        if self._lines < 0 or self.tell() + len(data) > self._size:
            raise TooMuch
        return super().write(data)


class Reader:
    """The store as it stands now: opened anew when a build has changed it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: object = None
        self._again = 0.0  # not to be opened anew before this time
        self._store = Store()

    def store(self) -> Store:
        """The store; in the midst of a build, which changes it all the time, as it was a moment ago.

        Raises OSError or RuntimeError where it cannot be opened.
        """
        stamp, now = self.stamp(), time.monotonic()
        if self._stamp is None or (stamp != self._stamp and now >= self._again):
            self._store, self._stamp = beside_a_writer(self._path), stamp
            taken = time.monotonic() - now
            # what takes long to open, a store under a build, is not opened for every question
            self._again = now + (10 * taken if taken > SLOW else 0.0)
        return self._store

    def forget(self) -> None:
        """Open the store anew for the next question."""
        self._stamp = None

    def stamp(self) -> list[tuple[str, int, int]]:
        """What tells one state of the store's files from another."""
        found = []
        for path in sorted(self._path.iterdir()):
            with contextlib.suppress(FileNotFoundError):
                about = path.stat()
                found.append((path.name, about.st_size, about.st_mtime_ns))
        return [entry for entry in found if not entry[0].startswith("LOG")]


def answer(store: Store, question: dict[str, Any]) -> Answer:
    """Status (RFC 9110), media type and body for one question.  Raises OSError when the store cannot be read."""
    rows = question["rows"]
    if asks_others(question["query"]):
        return _said(400, "SERVICE is switched off: this endpoint asks no other, nor takes such a clause in a comment")
    try:
        store, dataset = _dataset(store, question["default"], question["named"])
        result = store.query(as_named(question["query"]), prefixes=ontology.prefixes(), **dataset)
        return _written(result, question["accept"], rows)
    except TooMuch:
        return _said(400, f"the result is larger than {rows:,} rows or {SIZE >> 20} MiB; add a LIMIT to the query")
    except (SyntaxError, ValueError) as error:
        told = mistake(str(error), question["query"], ontology.prefixes())
        return _said(400, f"the query is not understood: {told}")
    except RuntimeError as error:
        return _said(400, f"the query cannot be answered: {error}")


def _dataset(store: Store, default: list[str], named: list[str]) -> tuple[Store, dict[str, Any]]:
    """The dataset that the request names (SPARQL 1.1 Protocol section 2.1.4): none named, all of the store."""
    if not default and not named:
        return store, {}
    graphs = [NamedNode(iri) for iri in dict.fromkeys(default)]
    others = [NamedNode(iri) for iri in dict.fromkeys(named)]
    if len(graphs) < 2:
        return store, {"default_graph": graphs, "named_graphs": others}
    # Oxigraph repeats what several of these graphs state, and the merge of graphs is a set
    merged = Store()
    for graph in graphs:
        merged.extend(Quad(*quad.triple) for quad in store.quads_for_pattern(None, None, None, graph))
    for graph in others:
        merged.extend(store.quads_for_pattern(None, None, None, graph))
    return merged, {"default_graph": DefaultGraph(), "named_graphs": others}


def _written(result: Any, accept: str | None, rows: int) -> Answer:
    offered = list(GRAPHS if isinstance(result, QueryTriples) else RESULTS)
    kind = choose(accept, offered)
    if kind is None:
        return _said(406, f"this query can be answered as {', '.join(offered)}")
    if isinstance(result, QueryTriples):
        body = _graph(result, GRAPHS[kind], rows)
    elif isinstance(result, QueryBoolean):
        body = result.serialize(format=RESULTS[kind]) or b""
    else:
        body = _solutions(result, RESULTS[kind], rows)
    return 200, kind + ("; charset=utf-8" if kind.startswith("text/") else ""), body


def _solutions(result: QuerySolutions, form: QueryResultsFormat, rows: int) -> bytes:
    # a row of TSV is a line, whatever stands in it, and so rows can be counted while they are written
    lines = Bounded(rows + 1, SIZE)
    result.serialize(lines, format=QueryResultsFormat.TSV)
    if form == QueryResultsFormat.TSV:
        return lines.getvalue()
    return parse_query_results(lines.getvalue(), format=QueryResultsFormat.TSV).serialize(format=form) or b""


def _graph(result: QueryTriples, form: RdfFormat, rows: int) -> bytes:
    lines = Bounded(rows, SIZE)
    serialize(result, lines, format=RdfFormat.N_TRIPLES)
    # a graph is a set; sorted, its subjects stand together
    once = b"".join(sorted(set(lines.getvalue().splitlines(keepends=True))))
    if form == RdfFormat.N_TRIPLES:
        return once
    triples = (quad.triple for quad in parse(once, format=RdfFormat.N_TRIPLES))
    used = {p: iri for p, iri in ontology.prefixes().items() if iri.encode() in once}
    return serialize(triples, format=form, prefixes=used) or b""


def _said(status: int, line: str) -> Answer:
    return status, "text/plain; charset=utf-8", (re.sub(r"\s+", " ", line) + "\n").encode("utf-8", "replace")


def _tried(reader: Reader, question: dict[str, Any]) -> Answer:
    """The answer; if files of the store went away because a build merged them, from the store as it is then."""
    with contextlib.suppress(OSError, RuntimeError):
        return answer(reader.store(), question)
    reader.forget()
    try:
        return answer(reader.store(), question)
    except (OSError, RuntimeError) as error:
        return _said(503, f"the store cannot be read: {error}")


def main(where: str) -> None:
    """Answer questions until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server says when to end
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    # should the server itself be killed, nobody else is there to end a query that it left behind
    alarm = getattr(signal, "alarm", lambda seconds: None)
    reader = Reader(Path(where))
    for line in sys.stdin.buffer:
        question = json.loads(line)
        alarm(math.ceil(question["seconds"]) + 2)
        status, kind, body = _tried(reader, question)
        head = {"status": status, "type": kind, "length": len(body)}
        sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + body)
        sys.stdout.buffer.flush()
        alarm(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
