"""A piece into a Document: its text, and what it says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

from kg.language.characters import whole
from kg.model import Document, Meta
from kg.sources import apart, html, limits, rows, word
from kg.sources.failure import NotText, SourceError, guarded
from kg.sources.pieces import Piece


def read(piece: Piece, limit: int = limits.TEXT) -> Iterator[Document | SourceError]:
    """The piece as a Document, after whatever of it could not be read.

    `limit` is how many bytes of UTF-8 its text may have.  A fault of the file is yielded and not raised.
    """
    missed: list[SourceError] = []
    try:
        with guarded(piece.name):
            text, meta = _text(piece, missed)
        if not text.strip():
            raise missed.pop() if missed else NotText(piece.name, "no text in it")
        if (size := len(text.encode("utf-8"))) > limit:
            more = "split it, or raise --limit"
            raise SourceError(piece.name, f"{size:,} bytes of text, more than {limit:,}", more)
    except SourceError as error:
        yield error
        return
    yield from missed
    yield Document(
        source=piece.source,
        text=text,
        digest=piece.digest,
        encoding=piece.encoding,
        meta=_together(piece.meta, meta),
    )


def _text(piece: Piece, missed: list[SourceError]) -> tuple[str, Meta]:
    if piece.kind == "text":
        # a mail's subject, or what else whoever held it calls it, heads it
        title = piece.meta.title
        return (f"{title}\n\n{piece.text}" if title and title not in piece.text[:200] else piece.text), Meta()
    if piece.kind == "html":
        text, meta = html.story(piece.text)
        if text and text == meta.title:
            raise SourceError(
                piece.name, "a page without a story in it", "open it in a browser and save the page it shows"
            )
        return whole(text), meta
    if piece.kind == "record":
        return rows.unpacked(piece.data)
    if piece.kind == "docx":
        return whole(word.text_of(piece.data, piece.name)), Meta()
    answer = apart.run("pdf" if piece.kind == "pdf" else "image", piece.data, piece.name)
    missed += answer["missed"]
    return whole(answer["text"]), Meta()


def _together(held: Meta, own: Meta) -> Meta:
    """What the document says of itself, and where it says nothing, what its holder does."""
    return replace(held, **{f.name: value for f in fields(Meta) if (value := getattr(own, f.name))})
