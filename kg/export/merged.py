"""Turtle brought up to date: what changed is written anew, and all else is copied as it is.

The file is sorted by subject, a block each, so that a block is found by halving it:

    @prefix … .
    <…/article/1> a hm:Article ;        copied
    <…/group/职工> a hm:Group ;          its subject changed: asked from the store
    <…/measure/7> a hm:Measure ;        copied
"""

from __future__ import annotations

import io
import mmap
from collections.abc import Collection
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Triple, serialize

from kg import ontology
from kg.store import Store

_BLOCK = b"\n<"  # a line break inside a literal is written \n


def turtle(old: Path, store: Store, subjects: Collection[str], out: BinaryIO) -> None:
    """The Turtle of the union, made of an older file and of those subjects (as N-Triples writes them) that changed since."""
    changed = sorted((subject.encode("utf-8"), subject) for subject in subjects)
    with old.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
        at = 0
        for key, subject in changed:
            begin = _first(text, at, key)
            out.write(text[at:begin])
            out.write(_block(store, subject))
            at = _next(text, begin) if _subject(text, begin) == key else begin
        out.write(text[at:])


def _block(store: Store, subject: str) -> bytes:
    """What the union says of a subject; nothing where it says nothing."""
    found = store.oxigraph.quads_for_pattern(NamedNode(subject[1:-1]), None, None, DefaultGraph())
    triples = sorted((quad.triple for quad in found), key=str)
    return _without_head(triples) if triples else b""


def _without_head(triples: Collection[Triple]) -> bytes:
    out = io.BytesIO()
    serialize(triples, out, format=RdfFormat.TURTLE, prefixes=ontology.prefixes())
    return out.getvalue()[out.getvalue().index(_BLOCK) + 1 :]


def _first(text: mmap.mmap, low: int, key: bytes) -> int:
    """Where the first block begins, at a place or behind it, whose subject is no less than a key."""
    low, high = _at_block(text, low), len(text)
    while low < high:
        middle = _at_block(text, (low + high) // 2)
        if middle >= high:  # the last block that is in question begins before the middle
            middle = low
        if _subject(text, middle) < key:
            low = _next(text, middle)
        else:
            high = middle
    return low


def _at_block(text: mmap.mmap, at: int) -> int:
    """The first beginning of a block at a place or behind it."""
    if at == 0 and text[:1] == b"<":
        return 0
    found = text.find(_BLOCK, max(at - 1, 0))
    return len(text) if found < 0 else found + 1


def _next(text: mmap.mmap, at: int) -> int:
    return _at_block(text, at + 1)


def _subject(text: mmap.mmap, at: int) -> bytes:
    return text[at : text.find(b">", at) + 1]
