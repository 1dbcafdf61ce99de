"""Files into the store, Turtle and the page: the rooms put together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import BinaryIO

from kg import export, origins, sources, view
from kg.describe import describe, graph_of, software_of
from kg.reading import read_document
from kg.store import Store, open_store
from kg.tally import DERIVED, settle

Progress = Callable[
    [str, float, int], object
]  # which document, how many are read (1.5: the second by half), of how many
Files = Sequence[tuple[Path, str]]


@dataclass(slots=True)
class Summary:
    """What a build did.

    `vanished` are documents that earlier builds read from the same folders and that lie there no longer; they
    stay in the graph unless the build was asked to prune.
    """

    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)
    pruned: bool = False
    failed: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


def build(
    paths: Sequence[str | Path],
    output: str | Path = "output",
    progress: Progress | None = None,
    *,
    prune: bool = False,
    place: str = "",
) -> Summary:
    """Read files and folders into `output`: `store/`, `graph.ttl` and `graph.html`.

    Only new and changed files are read, each into the store in one transaction: a build that is cut off has
    lost nothing that it stored, and the next one goes on from there.  With `prune`, documents that vanished
    from the folders are taken out.  `place` is where the bodies of these documents are if a document does not
    say so (市总工会 of a city that nobody names).  A file that cannot be read is told of in `Summary.failed`; the others go
    on.  A path that is not there raises `SourceError`.
    """
    given = [Path(p) for p in paths]
    found = sources.find(given)
    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    store = Store(folder / "store")
    summary = Summary(pruned=prune)
    try:
        _read(store, found, summary, progress, place)
    finally:
        # also when it is interrupted: what was stored is found quickly, and can vanish
        store.flush()
        noted = _note(store, folder, found)
    summary.vanished = origins.vanished(noted, [p for p in given if p.is_dir()], [source for _, source in found])
    if prune:
        for source in summary.vanished:
            store.retract(source)
        store.flush()
        _note(store, folder, [])
    if len(summary.failed) < len(found):
        publish(store, folder)
    summary.counts = store.counts()
    return summary


def _read(store: Store, found: Files, summary: Summary, progress: Progress | None, place: str) -> None:
    """Every new or changed file into the store."""
    for i, (path, source) in enumerate(found):
        if progress:
            progress(source, i, len(found))
        try:
            document = replace(sources.read(path, source), place=place)
        except sources.SourceError as error:
            summary.failed[source] = str(error)
            continue
        if store.fresh(source, graph_of(document.digest), software_of(), place):
            summary.unchanged.append(source)
            continue
        known = store.knows(source)
        readings = read_document(document, partial(_within, progress, source, i, len(found)))
        store.replace(source, describe(document, readings))
        (summary.replaced if known else summary.added).append(source)


def _within(progress: Progress | None, source: str, i: int, n: int, share: float) -> None:
    """How far a document has been read, told as a part of all."""
    if progress:
        progress(source, i + share, n)


def _note(store: Store, folder: Path, found: Files) -> dict[str, str]:
    """Note where the files lie, and forget what is no longer in the store."""
    homes = {source: str(path.resolve().parents[len(PurePosixPath(source).parts) - 1]) for path, source in found}
    before = origins.load(folder)
    known = store.documents()
    noted = {source: home for source, home in (before | homes).items() if source in known}
    if noted != before:
        write(folder / origins.NAME, lambda out: out.write(origins.written(noted)))
    return noted


@contextmanager
def stated_only(folder: Path) -> Iterator[Store]:
    """A copy of a folder's store without what was derived, for as long as it is needed."""
    store = open_store(folder)
    with TemporaryDirectory() as aside:
        stated = Store(Path(aside) / "store")
        for name in store.graphs():
            if name != DERIVED:
                stated.put(name, store.graph(name))
        try:
            yield stated
        finally:
            stated.close()  # or the engine would still write beside the folder's removal


def publish(store: Store, folder: Path) -> None:
    """Settle a store, and write its Turtle and its page."""
    settle(store)
    write(folder / "graph.ttl", lambda out: export.FORMATS["ttl"](store, out))
    write(folder / "graph.html", lambda out: out.write(view.page(store).encode("utf-8")))


def write(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    """Write aside, then rename: whoever reads the file sees all of it or the one before.

    What is no plain file, a pipe or a device, is written to as it is.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as out:
            fill(out)
        return
    path = path.resolve()  # of a link the file it leads to
    aside = path.with_name(path.name + ".part")
    try:
        with aside.open("wb") as out:
            fill(out)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
