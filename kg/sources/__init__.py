"""Files into Documents: which files, what is packed in them, and the text of each, whatever its kind."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.model import Document
from kg.sources.failure import NotText, SourceError
from kg.sources.limits import TEXT
from kg.sources.pieces import Piece, pieces, unpacked
from kg.sources.reader import read

__all__ = [
    "TEXT",
    "NotText",
    "Piece",
    "SourceError",
    "documents",
    "find",
    "is_text",
    "only",
    "opened",
    "pieces",
    "read",
    "text_path",
    "unpacked",
]

_TEXTS = frozenset(
    (
        ".txt",
        ".md",
        ".htm",
        ".html",
        ".shtml",
        ".mht",
        ".mhtml",
        ".docx",
        ".pdf",
        ".eml",
        ".jsonl",
        ".csv",
        ".tsv",
    )
)
Found = list[tuple[Path, str]]


def find(paths: Sequence[Path]) -> tuple[Found, list[SourceError]]:
    """Every file of these files and folders with its source name, sorted by that name; and what is left out, with why.

    Hidden files and folders are not looked at.  A path that is not there, or two files of one name, raise SourceError.
    """
    found: dict[str, Path] = {}
    left: list[SourceError] = []
    for given in paths:
        for path, source in _listed(Path(given), left):
            if source in found:
                raise SourceError(str(path), f"two files would both be called {source!r}; the other is {found[source]}")
            found[source] = path
    return [(found[source], source) for source in sorted(found)], left


def documents(path: Path, source: str) -> Iterator[Document | SourceError]:
    """What a file holds: one document or many, and what of it cannot be read."""
    yield from _read(pieces(path, source))


def opened(data: bytes, source: str, name: str) -> Iterator[Document | SourceError]:
    """What some bytes hold, as `documents` has it: standard input."""
    yield from _read(unpacked(data, source, name))


def _read(found: Iterator[Piece | SourceError]) -> Iterator[Document | SourceError]:
    for piece in found:
        if isinstance(piece, SourceError):
            yield piece
        else:
            yield from read(piece)


def only(path: Path, source: str) -> Document:
    """The document of a file that holds one; a file that cannot be read, or holds more, raises SourceError."""
    found = list(documents(path, source))
    for item in found:
        if isinstance(item, SourceError):
            raise item
    if len(found) != 1 or isinstance(found[0], SourceError):
        raise SourceError(str(path), f"holds {len(found)} documents, not one")
    return found[0]


def _listed(given: Path, left: list[SourceError]) -> Iterator[tuple[Path, str]]:
    if given.is_dir():
        pairs = sorted(_walked(given, left))
        if not pairs:
            raise SourceError(str(given), "no file in this folder")
        yield from pairs
    elif given.is_file():
        yield given, _named(given, given.name)
    elif given.exists():
        raise SourceError(str(given), "neither a file nor a folder")
    elif "://" in str(given) or str(given).startswith(("http:/", "https:/", "www.")):
        raise SourceError(
            str(given).replace(":/", "://", 1) if "://" not in str(given) else str(given),
            "a web address, and Huimin fetches nothing",
            "save the page from your browser and give the file",
        )
    else:
        raise SourceError(str(given), "no such file or folder")


def _walked(folder: Path, left: list[SourceError]) -> Iterator[tuple[Path, str]]:
    home = folder.resolve()

    def refused(error: OSError) -> None:
        left.append(SourceError(str(error.filename or folder), f"cannot be opened: {error.strerror or error}"))

    for root, folders, names in os.walk(folder, onerror=refused):
        # Hidden folders hold what tools keep there (.git, .venv), not what a reader collected.
        folders[:] = [name for name in folders if not name.startswith(".") and not _furniture(Path(root), name, names)]
        for name in names:
            path = Path(root, name)
            if name.startswith(".") or not path.is_file():
                continue
            if path.resolve().is_relative_to(home):
                yield path, _named(path, path.relative_to(folder).as_posix())
            else:
                left.append(NotText(str(path), "a link that leads out of the folder"))


def _furniture(root: Path, name: str, beside: Sequence[str]) -> bool:
    """Is this the folder in which a browser keeps the pictures and scripts of a page that it saved beside it?"""
    stem = next((name.removesuffix(end) for end in ("_files", ".files", "_文件") if name.endswith(end)), None)
    return stem is not None and any(Path(other).stem == stem and "htm" in Path(other).suffix for other in beside)


def _named(path: Path, source: str) -> str:
    try:
        source.encode("utf-8")
    except UnicodeEncodeError as error:
        raise SourceError(repr(path), "the file name is not valid Unicode") from error
    return source


def is_text(name: str) -> bool:
    """Does the name say that there is text in it?

    >>> is_text("a/通知.docx"), is_text("a/logo.png")
    (True, False)
    """
    return Path(name).suffix.lower() in _TEXTS


def text_path(digest: str) -> Path:
    """Where in the output folder a document's text stands: the one that offsets count in, whatever it was taken out of.

    >>> text_path("780b7cca5b0776ff" + 48 * "0").as_posix()
    'texts/780b7cca5b0776ff.txt'
    """
    return Path("texts", f"{digest[:16]}.txt")
