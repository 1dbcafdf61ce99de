"""Files into the store, Turtle and the page: the rooms put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from kg import export, sources, view
from kg.describe import describe, graph_of, software_of
from kg.reading import read_document
from kg.store import Store

Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Summary:
    """What a build did."""

    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


def build(paths: Sequence[str | Path], output: str | Path = "output", progress: Progress | None = None) -> Summary:
    """Read files and folders into `output`: `store/`, `graph.ttl` and `graph.html`.

    A file that cannot be read is told of in `Summary.failed`; the others go on.  A path that is not there
    raises `SourceError`.
    """
    found = sources.find([Path(p) for p in paths])
    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    store = Store(folder / "store")
    summary = Summary()
    for i, (path, source) in enumerate(found):
        if progress:
            progress(source, i, len(found))
        try:
            document = sources.read(path, source)
        except sources.SourceError as error:
            summary.failed[source] = str(error)
            continue
        if store.fresh(source, graph_of(document.digest), software_of()):
            summary.unchanged.append(source)
            continue
        (summary.replaced if store.knows(source) else summary.added).append(source)
        store.replace(source, describe(document, read_document(document)))
    if len(summary.failed) < len(found):
        publish(store, folder)
    summary.counts = store.counts()
    return summary


def publish(store: Store, folder: Path) -> None:
    """Write the Turtle and the page of a store."""
    write(folder / "graph.ttl", lambda out: export.FORMATS["ttl"](store, out))
    write(folder / "graph.html", lambda out: out.write(view.page(store).encode("utf-8")))


def write(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    """Write aside, then rename: whoever reads the file sees all of it or the one before."""
    aside = path.with_name(path.name + ".part")
    try:
        with aside.open("wb") as out:
            fill(out)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
