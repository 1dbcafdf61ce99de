"""Files into the store, Turtle and the page: the rooms put together."""

from __future__ import annotations

import hashlib
import itertools
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from operator import itemgetter
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import BinaryIO, NamedTuple

from kg import crew, origins, outcome, sources
from kg.contribution import Contribution, contributions
from kg.describe import Given, graph_of, software_of
from kg.files import write
from kg.publication import TELLS, Publication
from kg.rdf import NamedGraph, quads, statement
from kg.store import Store, open_store
from kg.tally import DERIVED, keep

STANDARD_INPUT = "-"
_FEW = 200_000  # bytes that one process has read before others have begun
_BATCH = 16_000_000  # bytes of quads that go into the store at once
_SMALL = 8_000_000  # of so few it is told one by one what they change

Progress = Callable[
    [str, float, int], object
]  # which document, how many are read (1.5: the second by half), of how many
Files = Sequence[tuple[Path, str]]


@dataclass(slots=True)
class Summary:
    """What a build did.

    `vanished` are documents that earlier builds read from the same folders and that lie there no longer; they
    stay in the graph unless the build was asked to prune.  `failed` is what could not be read, `left` what a folder
    holds that is no text.  `page_is_old` says that the page, of a large graph, shows an earlier state.
    """

    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)
    pruned: bool = False
    failed: list[sources.SourceError] = field(default_factory=list)
    left: list[sources.SourceError] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    page_is_old: bool = False


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
    page: bool = False,
    jobs: int = 1,
) -> Summary:
    """Read files and folders, or "-" for standard input, into `output`: `store/`, `graph.ttl`, `graph.html`, and `texts/`, in which offsets count.

    Only new and changed files are read, by so many `jobs` (processes), and put into the store many at a time: a build that is
    cut off has lost nothing that it stored, and the next one goes on from there.  With `prune`, documents that vanished
    from the folders are taken out.  `place` is where the bodies of these documents are if a document does not
    say so (市总工会 of a city that nobody names), `date` (ISO 8601) when they were told, `limit` how many bytes of text one
    may have.  Without `texts` the page holds no more of them than the quotes; the `page` of a large graph is made anew only where
    it is asked for.  What cannot be read is told of in `Summary` and in `failures.csv`; the others go on.  A path that is not
    there raises `SourceError`.
    """
    given = [Path(p) for p in paths if p != STANDARD_INPUT]
    found, left = sources.find(given)
    piped = sys.stdin.buffer.read() if STANDARD_INPUT in paths else None
    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    store = Store(folder / "store")
    publication = Publication(store, folder)
    summary = Summary(pruned=prune)
    batch = _Batch(store, folder, summary, Given(place, date), limit, progress, {p.name for p in given if p.is_file()})
    summary.left += [error for error in left if batch.idle(error, "")]
    summary.failed += [error for error in left if not batch.idle(error, "")]
    try:
        batch.read(found, piped, jobs)
    finally:
        # also when it is interrupted: what was read is stored, found quickly, and can vanish
        batch.store_all()
        batch.tell_faults()
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
        published = publication.bring_up_to_date(texts=texts, page=page)
        summary.counts, summary.page_is_old = published.counts, published.page_is_old
    return summary


class _Task(NamedTuple):
    """A piece to be read: from which of the files, and what the file is called."""

    number: int
    file: str
    piece: sources.Piece


class _Answer(NamedTuple):
    """What it contributes, and why what of it does not."""

    number: int
    file: str
    found: list[Contribution | sources.SourceError]


def _work(given: Given, limit: int, task: _Task, heard: Callable[[float], object] = lambda share: None) -> _Answer:
    return _Answer(task.number, task.file, contributions(task.piece, given, limit, heard))


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
    faults: list[tuple[int, bool, sources.SourceError]] = field(default_factory=list)
    waiting: list[Contribution] = field(default_factory=list)  # read, and not yet in the store
    size: int = 0  # of their quads
    beside: bool = False  # is written while others read?
    writer: ThreadPoolExecutor = field(
        default_factory=partial(ThreadPoolExecutor, 1)
    )  # the engine lets go of Python's lock
    writing: Future[None] | None = None
    files: int = 0

    def read(self, found: Files, piped: bytes | None, jobs: int) -> None:
        """Every new or changed document of the files, and of standard input, into the store."""
        self.files = len(found) + (piped is not None)
        tasks = self._tasks(found, piped)
        first, size = [], 0
        for task in tasks if jobs > 1 else ():
            first.append(task)
            size += len(task.piece.data)
            if size > _FEW:
                break
        else:
            jobs = 1  # so little is read before others have begun
        self.beside = jobs > 1
        work = partial(_work, self.given, self.limit) if jobs > 1 else self._work_here
        with closing(crew.each(work, itertools.chain(first, tasks), jobs)) as answers:
            for answer in answers:
                for item in answer.found:
                    if isinstance(item, sources.SourceError):
                        self.missed(item, answer.file, answer.number)
                    else:
                        self._take(item)
                self._tell(answer.file, answer.number)

    def _work_here(self, task: _Task) -> _Answer:
        return _work(self.given, self.limit, task, lambda share: self._tell(task.piece.source, task.number + share))

    def _tasks(self, found: Files, piped: bytes | None) -> Iterator[_Task]:
        """The pieces that are not in the store as they are."""
        for i, (source, home, pieces) in enumerate(_held(found, piped)):
            self._tell(source, i)
            for piece in pieces:
                if isinstance(piece, sources.SourceError):
                    self.missed(piece, source, i)
                    continue
                self.homes[piece.source] = home
                if self.store.fresh(piece.source, graph_of(piece.digest), software_of(), self.given.stated()):
                    self.summary.unchanged.append(piece.source)
                else:
                    yield _Task(i, source, piece)

    def missed(self, error: sources.SourceError, source: str, number: int) -> None:
        """Not read, of which file, the how manieth."""
        self.faults.append((number, self.idle(error, source), error))
        self.closed |= {f"{source}/", f"{source}#"} | (set() if self.idle(error, source) else {source})

    def idle(self, error: sources.SourceError, source: str) -> bool:
        """Is it no fault, since it is no text, does not call itself one, and merely lay in the folder?"""
        return isinstance(error, sources.NotText) and not (source in self.named or sources.is_text(error.name))

    def tell_faults(self) -> None:
        """What was not read into the summary, in the order of the files, whoever came first with it."""
        for _, idle, error in sorted(self.faults, key=itemgetter(0)):
            (self.summary.left if idle else self.summary.failed).append(error)

    def _take(self, told: Contribution) -> None:
        """A document to be stored, at once with others."""
        known = self.store.knows(told.source)
        (self.summary.replaced if known else self.summary.added).append(told.source)
        self.waiting.append(told)
        self.size += len(told.nquads)
        if self.size > _BATCH:
            self._hand_over()
            if not self.beside:
                self._wait()

    def store_all(self) -> None:
        """Everything that has been read into the store, and not on before it is there."""
        self._hand_over()
        self._wait()

    def _hand_over(self) -> None:
        """A batch to the thread that writes, once the one before is in the store: no more than two are held."""
        self._wait()
        waiting, many = self.waiting, self.size > _SMALL
        self.waiting, self.size = [], 0
        self.writing = self.writer.submit(self._store, waiting, many)

    def _wait(self) -> None:
        writing, self.writing = self.writing, None
        if writing:
            writing.result()

    def _store(self, waiting: list[Contribution], many: bool) -> None:
        """The texts that offsets count in, for whoever wants to check them; of many quads those that are new at once."""
        for told in waiting:
            path = self.folder / sources.text_path(told.digest)
            path.parent.mkdir(exist_ok=True)
            write(path, partial(_put, told.text))
            write(path.with_suffix(".json"), partial(_put, told.laid))
        graphs = Counter(told.graph for told in waiting)
        new = [t for t in waiting if many and graphs[t.graph] == 1 and not self._known(t)]
        if new:
            self.store.load((told.nquads, told.ntriples) for told in new)
        at_once = {id(told) for told in new}
        self.store.replace_all((told.source, quads(told.nquads)) for told in waiting if id(told) not in at_once)
        if waiting:
            keep(self.folder / TELLS, ((told.key, told.tells) for told in waiting))

    def _known(self, told: Contribution) -> bool:
        return self.store.has(told.graph) or self.store.knows(told.source)

    def _tell(self, source: str, done: float) -> None:
        """How far it is, of a document as a part of it."""
        if self.progress:
            self.progress(source, done, self.files)


def _held(
    found: Files, piped: bytes | None
) -> Iterator[tuple[str, str, Iterator[sources.Piece | sources.SourceError]]]:
    """Each file's source name, the folder it was found in, and its pieces.

    What was piped has no name: it is called by its digest, so that another text does not replace it.
    """
    for path, source in found:
        home = path.resolve().parents[len(PurePosixPath(source).parts) - 1]
        yield source, str(home), sources.pieces(path, source)
    if piped is not None:
        source = f"stdin-{hashlib.sha256(piped).hexdigest()[:16]}"
        yield source, "", sources.unpacked(piped, source, "standard input")


def _put(text: str, out: BinaryIO) -> None:
    out.write(text.encode("utf-8"))


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
                stated.put(NamedGraph(name, tuple(map(statement, store.graph(name)))))
        try:
            yield stated
        finally:
            stated.close()  # or the engine would still write beside the folder's removal
