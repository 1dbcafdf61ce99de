"""Files into the store, Turtle and the page: the rooms put together."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import BinaryIO

from kg import export, origins, outcome, sources, view
from kg.describe import Given, describe, graph_of, software_of
from kg.model import Article, Document, Reading, Span
from kg.program import writer
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
    stay in the graph unless the build was asked to prune.  `failed` is what could not be read, `left` what a folder
    holds that is no text.
    """

    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)
    pruned: bool = False
    failed: list[sources.SourceError] = field(default_factory=list)
    left: list[sources.SourceError] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


def build(
    paths: Sequence[str | Path],
    output: str | Path = "output",
    progress: Progress | None = None,
    *,
    prune: bool = False,
    place: str = "",
    date: str = "",
    limit: int = sources.TEXT,
    texts: bool = True,
) -> Summary:
    """Read files and folders into `output`: `store/`, `graph.ttl`, `graph.html`, and `texts/`, in which offsets count.

    Only new and changed files are read, each into the store in one transaction: a build that is cut off has
    lost nothing that it stored, and the next one goes on from there.  With `prune`, documents that vanished
    from the folders are taken out.  `place` is where the bodies of these documents are if a document does not
    say so (市总工会 of a city that nobody names), `date` (ISO 8601) when they were told, `limit` how many bytes of text one
    may have.  Without `texts` the page holds no more of them than the quotes.  What cannot be read is told of in `Summary` and in `failures.csv`; the others go on.  A path that is not
    there raises `SourceError`.
    """
    given = [Path(p) for p in paths]
    found, left = sources.find(given)
    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    store = Store(folder / "store")
    summary = Summary(pruned=prune)
    batch = _Batch(store, folder, summary, Given(place, date), limit, progress, {p.name for p in given if p.is_file()})
    for error in left:
        batch.missed(error, "")
    try:
        batch.read(found)
    finally:
        # also when it is interrupted: what was stored is found quickly, and can vanish
        store.flush()
        noted = _note(store, folder, batch.homes)
        outcome.tell(folder, [*summary.failed, *summary.left], write)
    summary.vanished = [
        source
        for source in origins.vanished(noted, [p for p in given if p.is_dir()], batch.homes)
        if not source.startswith(tuple(batch.closed))
    ]
    if prune:
        for source in summary.vanished:
            store.retract(source)
        store.flush()
        _note(store, folder, {})
    if summary.added or summary.replaced or summary.unchanged:
        summary.counts = publish(store, folder, texts=texts)
    return summary


@dataclass(slots=True)
class _Batch:
    """One build at work: where to, as whom, and what it has seen.

    `homes` tells of every document the folder that its file was found in; `closed` begins the names of what may
    still lie in files that could not be read to their end.
    """

    store: Store
    folder: Path
    summary: Summary
    given: Given
    limit: int
    progress: Progress | None
    named: set[str]  # files that were given one by one
    homes: dict[str, str] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)

    def read(self, found: Files) -> None:
        """Every new or changed document into the store."""
        for i, (path, source) in enumerate(found):
            home = str(path.resolve().parents[len(PurePosixPath(source).parts) - 1])
            if self.progress:
                self.progress(source, i, len(found))
            for piece in sources.pieces(path, source):
                if isinstance(piece, sources.SourceError):
                    self.missed(piece, source)
                else:
                    self.homes[piece.source] = home
                    self._take(piece, source, partial(self._within, piece.source, i, len(found)))

    def _take(self, piece: sources.Piece, source: str, heard: Callable[[float], object]) -> None:
        if self.store.fresh(piece.source, graph_of(piece.digest), software_of(), self.given.stated()):
            self.summary.unchanged.append(piece.source)
            return
        for item in sources.read(piece, self.limit):
            if isinstance(item, sources.SourceError):
                self.missed(item, source)
                continue
            document = replace(item, place=self.given.place, date=self.given.date or None)
            known = self.store.knows(piece.source)
            readings = read_document(document, heard)
            self._keep(document, readings)
            self.store.replace(piece.source, describe(document, readings))
            (self.summary.replaced if known else self.summary.added).append(piece.source)

    def missed(self, error: sources.SourceError, source: str) -> None:
        """Not read: a fault, unless it is no text, does not call itself one, and merely lay in the folder."""
        idle = isinstance(error, sources.NotText) and not (source in self.named or sources.is_text(error.name))
        (self.summary.left if idle else self.summary.failed).append(error)
        if source:
            self.closed |= {f"{source}/", f"{source}#"} | (set() if idle else {source})

    def _keep(self, document: Document, readings: Sequence[Reading]) -> None:
        """The text that offsets count in, for whoever wants to check them, and where its paragraphs are."""
        path = self.folder / sources.text_path(document.digest)
        path.parent.mkdir(exist_ok=True)
        laid = {reading.article.number: _paragraphs(reading.article) for reading in readings}
        write(path, lambda out: out.write(document.text.encode("utf-8")))
        write(path.with_suffix(".json"), lambda out: out.write(json.dumps(laid).encode("utf-8")))

    def _within(self, source: str, i: int, n: int, share: float) -> None:
        """How far a document has been read, told as a part of all."""
        if self.progress:
            self.progress(source, i + share, n)


def _paragraphs(article: Article) -> list[tuple[str, int, int]]:
    """What each paragraph is (headline, body …), and where it stands in the document's text."""
    spans = ((block.kind, article.source_span(Span(block.start, block.end))) for block in article.blocks)
    return [(kind, span.start, span.end) for kind, span in spans]


def _note(store: Store, folder: Path, homes: Mapping[str, str]) -> dict[str, str]:
    """Note where the files lie, and forget what is no longer in the store."""
    before = origins.load(folder)
    known = store.documents()
    noted = {source: home for source, home in (before | dict(homes)).items() if source in known}
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


def publish(store: Store, folder: Path, *, texts: bool = True) -> dict[str, int]:
    """Settle a store, write its Turtle and its page, and count what is in it.

    Where all that is done already for these documents, by this program, nothing is written.
    """
    settle(store)
    made, files = folder / "published.json", (folder / "graph.ttl", folder / "graph.html")
    stamp = {"documents": store.state(DERIVED), "by": writer(), "texts": texts}
    before = json.loads(made.read_bytes()) if made.is_file() and all(path.is_file() for path in files) else {}
    if before.get("stamp") == stamp:
        return dict(before["counts"])
    made.unlink(missing_ok=True)  # a build that is cut off here writes both files again
    held = {sources.text_path(name.rpartition("/")[2]).stem for name in store.graphs()}
    kept = folder / "texts"
    for path in (*kept.glob("*.txt"), *kept.glob("*.json")):
        if path.stem not in held:
            path.unlink()
    write(files[0], lambda out: export.FORMATS["ttl"](store, out))
    write(files[1], lambda out: out.write(view.page(store, kept if texts else None).encode("utf-8")))
    counts = store.counts()
    write(made, lambda out: out.write(json.dumps({"stamp": stamp, "counts": counts}).encode("utf-8")))
    return counts


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
    except OSError as error:  # of a full disk the system does not say where
        raise OSError(error.errno, error.strerror or str(error), error.filename or str(path)) from error
    finally:
        aside.unlink(missing_ok=True)
