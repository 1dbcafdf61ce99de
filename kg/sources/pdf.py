"""PDF (ISO 32000): the characters of each page where they stand, put in order by `page`; scanned pages are recognised."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from kg.sources import limits, scan
from kg.sources.failure import NotText, SourceError
from kg.sources.page import Page, Piece, text_of

_SCALE = 200 / 72  # 200 dots to the inch are enough for a newspaper's letters
_FEW = 12  # characters: a page with fewer and a picture on it is a scan


def text(data: bytes, name: str, missed: list[SourceError], alive: Callable[[], None]) -> str:
    """The text of a PDF in reading order; scanned pages that cannot be read, as OCR is not installed, are `missed`.

    `alive` is called before each page.
    """
    try:
        book = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        why = "encrypted" if "password" in str(error).casefold() else f"a damaged PDF: {error}"
        raise SourceError(name, why, "open it in a PDF reader and print it to PDF") from error
    try:
        if len(book) > limits.PAGES:
            raise SourceError(name, f"more than {limits.PAGES:,} pages", "split it")
        pages = []
        for number in range(len(book)):
            alive()
            pages.append(_page(book, number, f"{name}, page {number + 1}", missed))
        return text_of(pages, alive)
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
    """A character with its box, in points from the upper left corner, its size, and whether a blank is typed before it."""

    ch: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    blank: bool = False


def _characters(textpage: Any, height: float) -> Iterator[Character]:
    """The characters of a page in the order in which the file has them, with their boxes."""
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    blank = False
    for i in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, i)
        if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            continue
        ch = chr(code)
        if ch.isspace():
            # the engine makes blanks up where characters stand apart: of the air between 126 and 万, too
            blank = blank or not raw.FPDFText_IsGenerated(textpage, i)
            continue
        # the loose box is what the type sets a character in: of a comma not the ink alone
        raw.FPDFText_GetLooseCharBox(textpage, i, box)
        # some programs set all type at one point and scale it
        raw.FPDFText_GetMatrix(textpage, i, matrix)
        size = raw.FPDFText_GetFontSize(textpage, i) * math.hypot(matrix.c, matrix.d)
        yield Character(ch, box.left, height - box.top, box.right, height - box.bottom, size, blank)
        blank = False


def _pieces(characters: Iterator[Character]) -> Iterator[Piece]:
    """Characters that follow each other in a row, without a gap as wide as one of them."""
    row: list[Character] = []
    for character in characters:
        if character.ch == "\x02":
            continue
        if row and not _follows(row, character):
            yield from _piece(row)
            row = []
        row.append(character)
    yield from _piece(row)


def _follows(row: list[Character], character: Character) -> bool:
    last = row[-1]
    size = max(last.size, character.size)
    down = (character.top + character.bottom - last.top - last.bottom) / 2
    return -0.5 * size < character.left - last.right < 1.1 * size and abs(down) < 0.6 * size


def _with_blank(before: Character, character: Character) -> str:
    """A character after the blank that parts it from the one before."""
    latin = before.ch.isascii() and character.ch.isascii()
    parted = latin and character.left - before.right > 0.15 * character.size
    return f" {character.ch}" if character is not before and (character.blank or parted) else character.ch


def _piece(row: list[Character]) -> Iterator[Piece]:
    if not row:
        return
    size = max(c.size for c in row)
    written = "".join(_with_blank(before, c) for before, c in pairwise([row[0], *row]))
    # a font may call for more air above its letters than they have: their size tells how high a row is
    middle = median((c.top + c.bottom) / 2 for c in row)
    yield Piece(written, row[0].left, middle - size / 2, row[-1].right, middle + size / 2, size)
