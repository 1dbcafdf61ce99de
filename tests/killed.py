"""Documents written to a store without a pause, so that a kill hits a write: `python -m tests.killed STORE QUADS`.

QUADS is an N-Quads file of old and new readings of some documents; the writer goes back and forth between them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import cycle
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Triple, parse

from kg.ontology import term
from kg.store import Store
from kg.tally import DERIVED


def readings(path: Path) -> dict[str, list[list[Quad]]]:
    """The graphs of each source, every graph one reading of it."""
    graphs: dict[str, list[Quad]] = {}
    for quad in parse(path=str(path), format=RdfFormat.N_QUADS):
        if str(quad.graph_name) != f"<{DERIVED}>":
            graphs.setdefault(str(quad.graph_name), []).append(quad)
    found: dict[str, list[list[Quad]]] = {}
    for quads in graphs.values():
        source = next(q.object.value for q in quads if q.predicate.value == term("sourceFile"))
        found.setdefault(source, []).append(quads)
    return found


def write_for_ever(where: Path, path: Path) -> None:
    """One reading after the other, now and then none, and those that are gone all at once."""
    known = readings(path)
    store = Store(where)
    print("writing", flush=True)
    for turn in cycle(range(3)):
        gone: list[list[Quad]] = []
        for i, (source, of) in enumerate(sorted(known.items())):
            if turn == 2 and i % 3 == 0:
                store.retract(source)
                gone.append(of[0])
            else:
                store.replace(source, of[turn % len(of)])
        if gone:
            store.load((lines(quads), lines(quad.triple for quad in quads)) for quads in gone)


def lines(statements: Iterable[Quad | Triple]) -> bytes:
    """N-Quads or N-Triples."""
    return "".join(f"{told} .\n" for told in statements).encode("utf-8")


if __name__ == "__main__":
    write_for_ever(Path(sys.argv[1]), Path(sys.argv[2]))
