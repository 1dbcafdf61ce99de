"""Files into pieces: a piece is the bytes of one document, taken out of whatever held it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from kg.model import NO_META, Meta
from kg.sources import apart, archives, limits, mail, rows
from kg.sources.failure import NotText, SourceError, guarded
from kg.sources.kinds import Kind, of_bytes, of_text
from kg.sources.text import decode

_HEAD = 65_536  # bytes that tell a picture or a sound
Found = Iterator["Piece | SourceError"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One document's bytes: `source` names it in the graph, `name` to people; `meta` is what its holder says of it.

    `text` is there where the bytes were decoded to see what they are, and `encoding` tells from what.
    """

    source: str
    name: str
    data: bytes
    kind: Kind
    meta: Meta = NO_META
    text: str = ""
    encoding: str = "utf-8"

    @property
    def digest(self) -> str:
        """The sha-256 of all that the document is made of."""
        told = json.dumps(asdict(self.meta), ensure_ascii=False).encode("utf-8") if self.meta != NO_META else b""
        return hashlib.sha256(self.data + told).hexdigest()


def pieces(path: Path, source: str) -> Found:
    """The documents in a file, and what of it cannot be taken out; each is made when it is asked for."""
    name = str(path)
    try:
        size = path.stat().st_size
        if size > limits.FILE:
            yield SourceError(name, f"{size:,} bytes, more than {limits.FILE:,}", "split it")
            return
        with path.open("rb") as file:
            if not (head := file.read(_HEAD)).startswith(b"PK"):
                of_bytes(head, name)  # what is not read need not be read
            data = head + file.read()
    except OSError as error:
        yield SourceError(name, f"cannot be read: {error.strerror or error}")
        return
    except SourceError as error:
        yield error
        return
    yield from unpacked(data, source, name)


def unpacked(data: bytes, source: str, name: str) -> Found:
    """The same of bytes that are there already."""
    seen: set[str] = set()
    for piece in _opened(data, source, name, NO_META, 0):
        if isinstance(piece, Piece):
            if piece.source in seen:
                yield SourceError(piece.name, "another document in this file has the same name")
                continue
            seen.add(piece.source)
        yield piece


def _opened(data: bytes, source: str, name: str, meta: Meta, depth: int) -> Found:
    """What these bytes hold; a fault of the file, also one that a library stumbles over, is told and not raised."""
    try:
        with guarded(name):
            yield from _pieces(data, source, name, meta, depth)
    except SourceError as error:
        yield error


def _pieces(data: bytes, source: str, name: str, meta: Meta, depth: int) -> Found:
    kind = of_bytes(data, name)
    text, encoding = "", "utf-8"
    if kind is None:
        text, encoding = decode(data, name)
        kind = of_text(text, name)
    if kind in ("zip", "gzip", "zstd") and depth >= limits.DEPTH:
        yield SourceError(name, f"archives in archives, more than {limits.DEPTH} deep", "unpack it yourself")
    elif kind == "zip":
        for member in archives.members(data, name):
            if isinstance(member, SourceError):
                yield member
            else:
                inner, held = member
                yield from _opened(held, f"{source}/{inner}", f"{name}/{inner}", NO_META, depth + 1)
    elif kind in ("gzip", "zstd"):
        unpack = archives.gunzipped if kind == "gzip" else archives.unzstd
        bare = PurePosixPath(source).name.rsplit(".", 1)[0] or "file"
        yield from _opened(unpack(data, name), f"{source}/{bare}", f"{name}/{bare}", NO_META, depth + 1)
    elif kind == "mail":
        for number, (inner, held, said) in enumerate(mail.parts(data)):
            at = f"/{inner}" if number or inner else ""
            if depth < limits.DEPTH:
                yield from _opened(held, source + at, name + at, said, depth + 1)
    elif kind in ("json", "csv", "sheet"):
        yield from _records(data, text, kind, source, name)
    else:
        yield Piece(source, name, data, kind, meta, text, encoding)


def _records(data: bytes, text: str, kind: Kind, source: str, name: str) -> Found:
    """A piece for each row: named by the row's id, or by where it stands."""
    found: Iterable[rows.Row | SourceError]
    if kind == "sheet":
        answer = apart.run("sheet", data, name)
        found = [*answer["missed"], *answer["rows"]]
    else:
        found = rows.of_csv(text, name) if kind == "csv" else rows.of_json(text, name)
    told = False
    for row in found:
        told = True
        if isinstance(row, SourceError):
            yield row
            continue
        where, said = row
        key = said.get("id", "").strip() or where
        at = f"#{key}" if key else ""
        yield Piece(source + at, f"{name}, {where}" if where else name, rows.packed(said), "record")
    if not told:
        yield NotText(name, "a table without rows")
