"""Stretches of a text found by their place, so that asking costs the same however long the text is.

    ┌──cell 0──┬──cell 1──┬──cell 2──┐
a   ├────┤     │          │          │      overlapping(x) looks into the cells that x touches,
b      ├───────┼───┤      │          │      here 1 and 2, and reports each stretch once:
c              │  ├─┤     │          │      b and d
d              │       ├──┼──┤       │
x              │ ├─┤├─────┼┤         │
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar

from kg.model import Span

_CELL = 32


class Placed(Protocol):
    """Anything that stands somewhere in a text."""

    @property
    def span(self) -> Span:
        """Where it stands."""


T = TypeVar("T", bound=Placed)


class Places(Generic[T]):
    """Things with spans that come and go, asked for by where they stand, in the order in which they came."""

    def __init__(self, things: Iterable[T] = ()) -> None:
        self._things: dict[int, T] = {}  # by identity: to hash a mention takes longer than to place it
        self._cells: dict[int, list[T]] = defaultdict(list)
        self._starts: dict[int, list[T]] = defaultdict(list)
        self._ends: dict[int, list[T]] = defaultdict(list)
        for thing in things:
            self.add(thing)

    def __iter__(self) -> Iterator[T]:
        return iter(self._things.values())

    def add(self, thing: T) -> None:
        """Take one in."""
        self._things[id(thing)] = thing
        for cell in _cells(thing.span):
            self._cells[cell].append(thing)
        self._starts[thing.span.start].append(thing)
        self._ends[thing.span.end].append(thing)

    def remove(self, thing: T) -> None:
        """Let one go."""
        del self._things[id(thing)]
        for cell in _cells(thing.span):
            self._cells[cell].remove(thing)
        self._starts[thing.span.start].remove(thing)
        self._ends[thing.span.end].remove(thing)

    def overlapping(self, span: Span) -> Iterator[T]:
        """Those that share a code point with a stretch, each once.

        >>> from kg.model import Mention
        >>> a, b = (Mention("Item", Span(*at), "", "") for at in ((0, 40), (90, 95)))
        >>> list(Places([a, b]).overlapping(Span(20, 91))) == [a, b], list(Places([a, b]).overlapping(Span(40, 90)))
        (True, [])
        """
        for cell in _cells(span):
            for thing in self._cells.get(cell, ()):
                at = thing.span
                if at.start < span.end and span.start < at.end and cell == max(at.start, span.start) // _CELL:
                    yield thing

    def touch(self, span: Span) -> bool:
        """Does one share a code point with a stretch?"""
        return next(self.overlapping(span), None) is not None

    def starting(self, at: int) -> Sequence[T]:
        """Those that begin at a place."""
        return self._starts.get(at, ())

    def ending(self, at: int) -> Sequence[T]:
        """Those that end at a place."""
        return self._ends.get(at, ())


def _cells(span: Span) -> range:
    return range(span.start // _CELL, max(span.end - 1, span.start) // _CELL + 1)


class Row(Generic[T]):
    """Things with spans that stay, in the order of the text: of two that begin at one place the longer first."""

    def __init__(self, things: Iterable[T]) -> None:
        self.things = sorted(things, key=lambda thing: (thing.span.start, -thing.span.end))
        self._starts = [thing.span.start for thing in self.things]

    def __iter__(self) -> Iterator[T]:
        return iter(self.things)

    def within(self, span: Span) -> list[T]:
        """Those that lie in a stretch.

        >>> from kg.model import Mention
        >>> a, b = (Mention("Item", Span(*at), "", "") for at in ((0, 4), (9, 12)))
        >>> Row([b, a]).within(Span(0, 12)) == [a, b], Row([b, a]).within(Span(1, 11))
        (True, [])
        """
        low, high = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return [thing for thing in self.things[low:high] if thing.span.end <= span.end]

    def before(self, at: int) -> Iterator[T]:
        """Those that begin before a place, the last first."""
        for i in range(bisect_left(self._starts, at) - 1, -1, -1):
            yield self.things[i]

    def after(self, at: int) -> Iterator[T]:
        """Those that begin at a place or behind it, the first first."""
        for i in range(bisect_left(self._starts, at), len(self.things)):
            yield self.things[i]


def outermost(things: Iterable[T]) -> list[T]:
    """Those that do not begin inside one that begins before them, in the order of the text.

    >>> from kg.model import Mention
    >>> a, b, c = (Mention("Item", Span(*at), "", "") for at in ((0, 9), (2, 4), (9, 12)))
    >>> outermost([c, b, a]) == [a, c]
    True
    """
    kept: list[T] = []
    for thing in sorted(things, key=lambda thing: (thing.span.start, -thing.span.end)):
        if not kept or thing.span.start >= kept[-1].span.end:
            kept.append(thing)
    return kept
