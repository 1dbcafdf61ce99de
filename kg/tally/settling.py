"""The derived graph of a store brought up to date with its documents.

Where it was that of other documents, only the blocks change that have a sum or a post of what came or went: what follows
from each of them before and after is compared, and all else stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pyoxigraph import NamedNode

from kg.rdf import NamedGraph, Statement, statement
from kg.store import Store
from kg.tally.blocks import Key, ends, joined, keys, linked, pairs, sought
from kg.tally.derived import DERIVED, about, derive
from kg.tally.kept import keep, load, packed, unpacked
from kg.tally.sums import Told, tells

Readings = Mapping[str, str]
_FEW = 200  # documents that came or went; of more, everything is worked out anew
_GONE = 1000


def settled(store: Store) -> bool:
    """Was the derived graph worked out from just these documents?"""
    return about(store.state()) == set(_marks(store))


def settle(store: Store, kept: Path | None = None, since: Readings | None = None) -> None:
    """Work out what follows from all documents of a store together, in place of what followed before.

    The derived graph is marked with the set of documents that it was worked out from: of the same set it is not made again.
    What each document told is `kept` in a file, and only new ones are asked again.  `since` are the readings of the store
    when it was settled last.
    """
    if settled(store):
        return
    told = _Tells(store, kept)
    now = set(store.readings().values())
    before = None if since is None else set(since.values())
    if before and now and len(before ^ now) <= _FEW and told.knows(before - now):
        near = told.near(before ^ now, before | now)
        old, new = (derive(near[reading] for reading in readings & near.keys()) for readings in (before, now))
        mark, other = about(store.state()), set(_marks(store))
        store.change(
            NamedGraph(DERIVED, tuple((old - new) | (other - mark))), NamedGraph(DERIVED, tuple((new - old) | mark))
        )
    else:
        found = derive(told.of(key) for key in sorted(now)) | about(store.state()) if now else ()
        store.put(NamedGraph(DERIVED, tuple(found)))
    told.keep(now)
    store.flush()


def _marks(store: Store) -> Iterator[Statement]:
    return map(statement, store.oxigraph.quads_for_pattern(NamedNode(DERIVED), None, None, NamedNode(DERIVED)))


class _Tells:
    """What each document told, by its reading: as it was kept, or asked anew."""

    def __init__(self, store: Store, kept: Path | None) -> None:
        self._store = store
        self._path = kept
        self._kept = load(kept)
        self._graphs = {key: name for name, key in store.readings().items()}
        self._new: dict[str, str] = {}
        self._told: dict[str, Told] = {}

    def knows(self, readings: Iterable[str]) -> bool:
        """Is it known of all of these, though they are no longer in the store?"""
        return all(key in self._kept for key in readings)

    def of(self, key: str) -> Told:
        """What the document of a reading told."""
        if key not in self._told:
            if key in self._kept:
                self._told[key] = unpacked(self._kept[key])
            else:
                self._told[key] = tells(map(statement, self._store.graph(self._graphs[key])))
                self._kept[key] = self._new[key] = packed(self._told[key])
        return self._told[key]

    def near(self, changed: Iterable[str], readings: Iterable[str]) -> dict[str, Told]:
        """By reading what documents told that is in a block with something of those that changed."""
        wanted = {key for reading in changed for key in ends(self.of(reading))}
        met: set[str] = set()
        new = wanted
        while new:
            met |= {reading for reading in readings if reading not in met and self._tells_of(reading, new)}
            grown = linked(wanted, (pair for reading in met for pair in pairs(self.of(reading))))
            new, wanted = grown - wanted, grown
        return {r: joined(part for key, part in keys(self.of(r)) if key in wanted) for r in met}

    def _tells_of(self, reading: str, wanted: Iterable[Key]) -> bool:
        """May a document tell of one of these?  To look for the words is quicker than to unpack them."""
        if reading not in self._kept:
            self.of(reading)
        return any(sought(key) in self._kept[reading] for key in wanted)

    def keep(self, readings: set[str]) -> None:
        """Keep what was asked anew; a file that holds mostly what is gone begins again."""
        if self._path and self._new:
            keep(self._path, self._new.items())
        if self._path and len(self._kept) > 2 * len(readings) + _GONE:
            self._path.unlink(missing_ok=True)
