"""The tab-separated lexicons that ship with the package, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a lexicon, without comments and empty lines.

    >>> ("襄樊市", "襄阳市", "4206") in rows("places-renamed")
    True
    """
    text = (files("kg") / "lexicon" / f"{name}.tsv").read_text(encoding="utf-8")
    lines = (line.rstrip() for line in text.splitlines())
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """All words of a lexicon that is a plain list, several to a line.

    >>> "由" in words("organisation-stops")
    True
    """
    return frozenset(word for row in rows(name) for cell in row for word in cell.split())
