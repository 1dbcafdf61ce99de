"""Word lists as data: one TSV file each, `#` lines saying what it is and where it comes from."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `NAME.tsv`, comments and empty lines left out.

    >>> ("发放",) in [row[:1] for row in rows("action-verbs")]
    True
    """
    text = files("kg.lexicon").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    lines = (line.rstrip("\n") for line in text.splitlines())
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """The first column of `NAME.tsv`."""
    return frozenset(row[0] for row in rows(name))


@cache
def verbs(family: str) -> tuple[str, ...]:
    """The action verbs of a family: hold, provide, spend, issue, build, serve.

    >>> "主办" in verbs("hold")
    True
    """
    return tuple(row[0] for row in rows("action-verbs") if row[1] == family)
