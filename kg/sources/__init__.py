"""Files into Documents: which files, under which names, in which encoding."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.model import Document
from kg.sources import text
from kg.sources.text import SourceError

__all__ = ["SUFFIXES", "SourceError", "find", "read"]

SUFFIXES = (".md", ".txt")


def find(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """Every readable file of these files and folders with its source name, sorted by that name."""
    found: dict[str, Path] = {}
    for given in paths:
        for path, source in _listed(Path(given)):
            if source in found:
                raise SourceError(f"{path}: two files would both be called {source!r}; the other is {found[source]}")
            found[source] = path
    return [(found[source], source) for source in sorted(found)]


def _listed(given: Path) -> Iterator[tuple[Path, str]]:
    if given.is_dir():
        pairs = sorted(_walked(given))
        if not pairs:
            raise SourceError(f"{given}: no {' or '.join(SUFFIXES)} file in this folder")
        yield from pairs
    elif given.is_file():
        yield given, _name(given, given.name)
    elif given.exists():
        raise SourceError(f"{given}: neither a file nor a folder")
    else:
        raise SourceError(f"{given}: no such file or folder")


def _walked(folder: Path) -> Iterator[tuple[Path, str]]:
    home = folder.resolve()
    for root, folders, names in os.walk(folder):
        # Hidden folders hold what tools keep there (.git, .venv), not what a reader collected.
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(root, name)
            if name.startswith(".") or path.suffix.lower() not in SUFFIXES or not path.is_file():
                continue
            if path.resolve().is_relative_to(home):
                yield path, _name(path, path.relative_to(folder).as_posix())


def _name(path: Path, source: str) -> str:
    try:
        source.encode("utf-8")
    except UnicodeEncodeError as error:
        raise SourceError(f"{path!r}: the file name is not valid Unicode") from error
    return source


def read(path: Path, source: str) -> Document:
    """The file as a Document called `source`; a file that is no text is a SourceError."""
    return text.read(path, source)
