"""PDF (ISO 32000): the characters of each page where they stand, put in order by `page`; scanned pages are recognised."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from kg.sources import limits, scan
from kg.sources.failure import NotText, SourceError
from kg.sources.page import Page, Piece, text_of

_SCALE = 200 / 72  # 200 dots to the inch are enough for a newspaper's letters
_FEW = 12  # characters: a page with fewer and a picture on it is a scan


def text(data: bytes, name: str, missed: list[SourceError]) -> str:
    """The text of a PDF in reading order; scanned pages that cannot be read, as OCR is not installed, are `missed`."""
    try:
        book = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        why = "encrypted" if "password" in str(error).casefold() else f"a damaged PDF: {error}"
        raise SourceError(name, why, "open it in a PDF reader and print it to PDF") from error
    try:
        if len(book) > limits.PAGES:
            raise SourceError(name, f"more than {limits.PAGES:,} pages", "split it")
        return text_of([_page(book, number, f"{name}, page {number + 1}", missed) for number in range(len(book))])
    except pdfium.PdfiumError as error:
        raise SourceError(name, f"a damaged PDF: {error}", "open it in a PDF reader and print it to PDF") from error
    finally:
        book.close()


def _page(book: Any, number: int, name: str, missed: list[SourceError]) -> Page:
    page = book[number]
    width, height = page.get_size()
    textpage = page.get_textpage()
    pieces = list(_pieces(_characters(textpage, height)))
    if sum(len(piece.text.strip()) for piece in pieces) < _FEW and any(
        item.type == raw.FPDF_PAGEOBJ_IMAGE for item in page.get_objects(max_depth=3)
    ):
        try:
            scan.engine(name)
            scale = min(_SCALE, 4000 / max(width, height, 1))
            return scan.page(page.render(scale=scale).to_pil(), name)
        except NotText as error:
            missed.append(error)
    return Page(pieces, height)


class Character(NamedTuple):
    """A character with its box, in points from the upper left corner, and the size of its letters."""

    ch: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


def _characters(textpage: Any, height: float) -> Iterator[Character]:
    """The characters of a page in the order in which the file has them, with their boxes."""
    box = [ctypes.c_double() for _ in range(4)]
    left, right, bottom, top = box
    for i in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, i)
        if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            continue
        ch = chr(code)
        raw.FPDFText_GetCharBox(textpage, i, left, right, bottom, top)
        size = raw.FPDFText_GetFontSize(textpage, i) or (top.value - bottom.value)
        yield Character(ch, left.value, height - top.value, right.value, height - bottom.value, size)


def _pieces(characters: Iterator[Character]) -> Iterator[Piece]:
    """Characters that follow each other in a row, without a gap as wide as one of them."""
    row: list[Character] = []
    for character in characters:
        if character.ch in "\r\n\x02":
            continue
        if character.ch.isspace():
            if row:
                row.append(character._replace(ch=" "))
            continue
        if row and not _follows(row, character):
            yield from _piece(row)
            row = []
        row.append(character)
    yield from _piece(row)


def _follows(row: list[Character], character: Character) -> bool:
    last = next(c for c in reversed(row) if c.ch != " ")
    size = max(last.size, character.size)
    # punctuation has a small box at one edge of the line: what stands in a row is told by a line's height around it
    down = (character.top + character.bottom - last.top - last.bottom) / 2
    return -0.5 * size < character.left - last.right < 1.1 * size and abs(down) < 0.6 * size


def _piece(row: list[Character]) -> Iterator[Piece]:
    seen = [c for c in row if c.ch != " "]
    if not seen:
        return
    size = max(c.size for c in seen)
    # the tallest letters tell where the row stands; a comma alone would stand too low
    tall = [c for c in seen if c.bottom - c.top > 0.5 * size] or seen
    written = "".join(c.ch for c in row).strip()
    top, bottom = min(c.top for c in tall), max(c.bottom for c in tall)
    yield Piece(written, seen[0].left, top, seen[-1].right, bottom, size)
