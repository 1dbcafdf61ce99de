"""The graph into another triple store: document by document, only what is not there yet.

The target keeps a graph of marks, the digest of every document's graph that has arrived whole.  What stops half way
is therefore continued, what has changed is replaced, and what is gone here goes there, but never a graph that is
not of Huimin.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import BinaryIO, Protocol

from pyoxigraph import Literal, NamedNode, Triple

from kg.export.ordered import lines
from kg.ontology import BASE
from kg.store import Store

MARKS = f"{BASE}loaded"
MARK = NamedNode("https://schema.org/sha256")
DEFAULT = "default"  # the name of the default graph, which has no IRI
PENDING = "pending"

Progress = Callable[[str, int, int], None]


class Target(Protocol):
    """A store that is loaded into.  Graphs are named by IRI, or DEFAULT; bodies are files of N-Triples."""

    def read(self, graph: str) -> set[Triple]:
        """What the graph holds; nothing if it is not there."""

    def holds(self, graph: str) -> bool:
        """Is anything in the graph?"""

    def put(self, graph: str, body: BinaryIO) -> None:
        """The graph holds this and nothing else."""

    def add(self, graph: str, body: BinaryIO) -> None:
        """The graph holds this, too."""

    def drop(self, graph: str) -> None:
        """The graph is gone, if it ever was there."""


class LoadError(Exception):
    """The target cannot be loaded into; the message says why in one line."""


@dataclass(slots=True)
class Loaded:
    """What a load did, by names of graphs."""

    loaded: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


def load(store: Store, target: Target, union: str | None = None, progress: Progress | None = None) -> Loaded:
    """Bring the target to what the store holds.

    With `union`, DEFAULT or the IRI of a graph, that graph gets every triple once, for stores whose queries
    would otherwise see none of the documents' graphs or see a triple as often as documents state it.  Raises
    LoadError, also where that graph holds what did not come from here.
    """
    marks = _marks(target)
    wanted = {name: _digest(store, name) for name in store.graphs()}
    if union:
        wanted[union] = hashlib.sha256("".join(sorted(wanted.values())).encode()).hexdigest()
    done = Loaded()
    stale = {name for name, digests in marks.items() if digests != {wanted.get(name)}}
    if union and union not in marks:
        if target.holds(union):
            raise LoadError(f"the graph {union} of the target holds other data, which the union would replace")
        stale.add(union)
    if stale:
        # before anything is touched: a graph that is half replaced must not count as whole
        _put_marks(target, {name: wanted[name] for name in marks.keys() - stale}, pending=stale)
    for name in sorted(stale - wanted.keys()):
        target.drop(name)
        done.removed.append(name)
    for i, name in enumerate(wanted):
        if progress:
            progress(name, i, len(wanted))
        if name in marks and name not in stale:
            done.unchanged.append(name)
            continue
        _put(store, target, name, whole=name == union)
        _add_mark(target, name, wanted[name])
        done.loaded.append(name)
    if stale:
        _put_marks(target, wanted)
    return done


def _digest(store: Store, name: str) -> str:
    """The SHA-256 of a graph as sorted N-Triples."""
    digest = hashlib.sha256()
    with lines(store.graph(name)) as found:
        for line in found:
            digest.update(line)
    return digest.hexdigest()


def _put(store: Store, target: Target, name: str, *, whole: bool) -> None:
    with lines(store.triples() if whole else store.graph(name)) as found, TemporaryFile() as body:
        body.writelines(found)
        target.put(name, body)


def _marks(target: Target) -> dict[str, set[str]]:
    """The digests that are marked for each graph: one, unless a load was cut off in the midst."""
    found: dict[str, set[str]] = {}
    for triple in target.read(MARKS):
        if triple.predicate == MARK and isinstance(triple.subject, NamedNode) and isinstance(triple.object, Literal):
            name = triple.subject.value
            found.setdefault(DEFAULT if name == f"{MARKS}/{DEFAULT}" else name, set()).add(triple.object.value)
    return found


def _mark(name: str, digest: Literal) -> Triple:
    return Triple(NamedNode(f"{MARKS}/{DEFAULT}" if name == DEFAULT else name), MARK, digest)


def _put_marks(target: Target, digests: Mapping[str, str], pending: Collection[str] = ()) -> None:
    marks = [_mark(name, Literal(digest)) for name, digest in digests.items()]
    with lines([*marks, *(_mark(name, Literal(PENDING)) for name in pending)]) as found, TemporaryFile() as body:
        body.writelines(found)
        target.put(MARKS, body)


def _add_mark(target: Target, name: str, digest: str) -> None:
    with TemporaryFile() as body:
        body.write(f"{_mark(name, Literal(digest))} .\n".encode())
        target.add(MARKS, body)
