"""Statements in order, however many there are: sorted in parts that fit in memory, then merged.

What is written follows from the graph alone, so that two exports can be compared byte by byte.
"""

from __future__ import annotations

import heapq
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any, cast

from pyoxigraph import Quad, RdfFormat, Triple, parse

PART = 100_000  # lines that are sorted at once, some 30 MB
Key = Callable[[bytes], Any]


@contextmanager
def lines(statements: Iterable[Quad | Triple], key: Key | None = None) -> Iterator[Iterator[bytes]]:
    """The statements as sorted lines of N-Quads or N-Triples.

    >>> from pyoxigraph import NamedNode
    >>> a, b = NamedNode("urn:a"), NamedNode("urn:b")
    >>> with lines([Triple(b, a, a), Triple(a, a, a)]) as found:
    ...     list(found)
    [b'<urn:a> <urn:a> <urn:a> .\\n', b'<urn:b> <urn:a> <urn:a> .\\n']
    """
    written = (f"{statement} .\n".encode() for statement in statements)
    with ExitStack() as parts:
        runs: list[Iterable[bytes]] = []
        while part := sorted(islice(written, PART), key=key):
            if len(part) < PART:
                runs.append(part)  # the last one need not leave memory
                break
            run = parts.enter_context(TemporaryFile())
            run.writelines(part)
            run.seek(0)
            runs.append(run)
        yield iter(heapq.merge(*runs, key=key))


@contextmanager
def statements(found: Iterable[Quad | Triple], key: Key | None = None) -> Iterator[Iterator[Quad]]:
    """The same statements in the order of their lines."""
    with lines(found, key) as ordered:
        yield iter(parse(cast(IO[bytes], _Reading(ordered)), format=RdfFormat.N_QUADS))


def by_graph(line: bytes) -> tuple[bytes, bytes]:
    """A sort key that keeps the statements of a graph together.

    >>> by_graph(b'<urn:s> <urn:p> "a" <urn:g> .\\n')
    (b'urn:g> .\\n', b'<urn:s> <urn:p> "a"')
    """
    statement, _, graph = line.rpartition(b" <")
    return graph, statement


class _Reading(io.RawIOBase):
    """Lines as a file that is read from."""

    def __init__(self, source: Iterator[bytes]) -> None:
        self._source = source
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        if not self._rest:
            self._rest = b"".join(islice(self._source, 256))
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size
