"""A printed page into text: which line follows which, where columns part, where paragraphs end.

    ┌──────────────────────────┐      A gutter that runs down between two sets of full lines parts columns;
    │   headline over both     │      what spans it, above or below, is read before or after them.  Lines that fill
    ├───────────┐ ┌────────────┤      their column and have no indent after them run on.
    │ lines lines │ lines lines│
    │ lines.      │ lines.     │
    └───────────┘ └────────────┘

Places are in points from the upper left corner, `top` < `bottom`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

_NUMBER = re.compile(r"^[\s\-—–·.•第〔(（]*(?:\d{1,4}|[ivxIVX]{1,5})(?:\s*/\s*\d{1,4})?[\s\-—–·.•页版〕)）]*$")
_DIGITS = re.compile(r"\d+")
_ENDED = re.compile(r"[。！？!?…：:；;][”’」』）)]*$")
_WORD = re.compile(r"[!-~]+")
_EDGE = 0.1  # running heads and page numbers stand in the outer tenth of a page
_LARGE = 1.25  # times the usual letters are a headline's
_MANY = 400  # lines of a page beyond which columns are not sought


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that stand in one row without a gap; `size` is how high they are."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        """Half-way down."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph of a column: how high its letters are, whether it begins indented, how much room its last line leaves."""

    text: str
    size: float
    indented: bool
    room: float
    table: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its pieces, and how high it is."""

    pieces: Sequence[Piece]
    height: float


def text_of(pages: Sequence[Page], alive: Callable[[], None] = lambda: None) -> str:
    """The text of a document's pages, a paragraph a line; `alive` is called before each page."""
    paragraphs: list[_Paragraph] = []
    for page, dropped in zip(pages, _running(pages), strict=True):
        alive()
        for column in _columns([piece for piece in page.pieces if piece not in dropped]):
            told = _paragraphs(column)
            if paragraphs and told and _is_broken(paragraphs[-1], told[0]):
                paragraphs[-1] = replace(told[0], text=_joined(paragraphs[-1].text, told.pop(0).text))
            paragraphs += told
    return "\n\n".join(paragraph.text for paragraph in paragraphs)


def _running(pages: Sequence[Page]) -> list[set[Piece]]:
    """Of each page its number, and what stands at the same edge of most pages, numbers aside."""
    edges = [
        [p for p in page.pieces if p.bottom < page.height * _EDGE or p.top > page.height * (1 - _EDGE)]
        for page in pages
    ]
    often = Counter(text for pieces in edges for text in {_unnumbered(piece) for piece in pieces})
    enough = max(3, len(pages) // 2)
    found = []
    for page, pieces in zip(pages, edges, strict=True):
        heads = {piece for piece in pieces if often[_unnumbered(piece)] >= enough}
        # a number alone in its row, not one in a table that ends there
        rows = _rows(page.pieces) if any(_NUMBER.match(piece.text) for piece in pieces) else []
        alone = [row for row in rows if all(p in heads or (p in pieces and _NUMBER.match(p.text)) for p in row)]
        found.append(heads | {piece for row in alone for piece in row})
    return found


def _unnumbered(piece: Piece) -> str:
    return _DIGITS.sub("#", piece.text.strip())


def _columns(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces in reading order, column by column."""
    found: list[list[Piece]] = []
    waiting = [list(pieces)]
    while waiting:
        region = waiting.pop()
        parts = _parted(region) if 1 < len(region) <= _MANY * 4 else None
        if parts:
            waiting += reversed(parts)
        elif region:
            found.append(region)
    return found


def _parted(region: Sequence[Piece]) -> list[list[Piece]] | None:
    """A region at its gutter; or, where lines span it, above and below the columns; None where it is one column."""
    if cut := _section(region):
        return [[p for p in region if p.top < cut], [p for p in region if p.top >= cut]]
    if gutter := _gutter(region):
        return [[p for p in region if p.right <= gutter], [p for p in region if p.right > gutter]]
    best: tuple[int, float] | None = None
    tops = sorted({piece.top for piece in region})
    if len(tops) > _MANY:
        return None
    for cut in _clear(region):
        below, above = [p for p in region if p.top >= cut], [p for p in region if p.top < cut]
        for part in (below, above):
            if len(part) > (best[0] if best else 0) and _gutter(part):
                best = len(part), cut
    if best is None:
        return None
    return [[p for p in region if p.top < best[1]], [p for p in region if p.top >= best[1]]]


def _section(region: Sequence[Piece]) -> float | None:
    """Where a headline begins under white that runs across: what is above it is read first, in all its columns."""
    usual = _usual(region)
    bottom = float("-inf")
    for row in sorted(_rows(region), key=lambda row: min(p.top for p in row)):
        top = min(p.top for p in row)
        headed = all(p.size >= _LARGE * usual for p in row)
        if headed and bottom > float("-inf") and top - bottom >= usual:
            return top
        bottom = max(bottom, *(p.bottom for p in row))
    return None


def _clear(region: Sequence[Piece]) -> list[float]:
    """The heights at which a line can be drawn across without touching anything."""
    found = []
    bottom = float("-inf")
    for piece in sorted(region, key=lambda p: p.top):
        if piece.top >= bottom - 0.2 * piece.size and bottom > float("-inf"):
            found.append(piece.top)
        bottom = max(bottom, piece.bottom)
    return found


def _gutter(region: Sequence[Piece]) -> float | None:
    """Where white runs down between columns of text: not between a table's cells, which do not fill their columns."""
    size = median(piece.size for piece in region)
    right = float("-inf")
    for piece in sorted(region, key=lambda p: p.left):
        if right > float("-inf") and piece.left - right >= 0.8 * size:
            sides = [p for p in region if p.right <= right], [p for p in region if p.left >= piece.left]
            if all(_is_text(side) for side in sides):
                return right
        right = max(right, piece.right)
    return None


def _is_text(side: Sequence[Piece]) -> bool:
    """Lines, four at least, or two long ones, most of which fill the width that they stand in."""
    rows = _rows(side)
    width = max(p.right for p in side) - min(p.left for p in side)
    filled = sum(len(row) == 1 and row[0].right - row[0].left >= 0.8 * width for row in rows)
    letters = width / median(p.size for p in side)
    return filled * 2 >= len(rows) and ((len(rows) >= 4 and letters >= 6) or (len(rows) >= 2 and letters >= 14))


def _rows(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces that stand side by side, from top to bottom."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (p.middle, p.left)):
        if rows and abs(rows[-1][0].middle - piece.middle) < 0.5 * min(rows[-1][0].size, piece.size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.left) for row in rows]


def _paragraphs(column: Sequence[Piece]) -> list[_Paragraph]:
    """The paragraphs of a column."""
    edges = min(p.left for p in column), max(p.right for p in column)
    usual = _usual(column)
    found: list[_Paragraph] = []
    before: Sequence[Piece] | None = None
    for row in _rows(column):
        text, size, table = _text(row), row[0].size, len(row) > 1
        room = edges[1] - row[-1].right
        if before is not None and not found[-1].table and _goes_on(before, row, edges, usual):
            found[-1] = replace(found[-1], text=_joined(found[-1].text, text), room=room)
        elif found and found[-1].table and table:
            found[-1] = replace(found[-1], text=f"{found[-1].text}\n{text}")
        else:
            found.append(_Paragraph(text, size, row[0].left >= edges[0] + 1.4 * size, room, table))
        before = row
    return found


def _is_broken(last: _Paragraph, following: _Paragraph) -> bool:
    """Does a paragraph that ends a column go on at the head of the next?"""
    alike = abs(last.size - following.size) < 0.1 * last.size
    full = not last.table and last.room <= _next_word(following.text, following.size)
    return full and alike and not following.indented and not following.table and not _ENDED.search(last.text)


def _goes_on(before: Sequence[Piece], row: Sequence[Piece], edges: tuple[float, float], usual: float) -> bool:
    """Does a line run on into this one: no room was left for what follows, the letters are alike, and there is no indent?"""
    size, left = before[0].size, before[0].left
    if len(row) > 1 or abs(row[0].size - size) >= 0.1 * size or row[0].top - before[-1].bottom >= 2.0 * size:
        return False
    room = edges[1] - before[-1].right
    if size >= _LARGE * usual:  # a headline stands in the middle, its air on both sides
        return room + left - edges[0] <= _next_word(row[0].text, size) + size
    # the first line of a paragraph is indented, and so is the first of the next
    fresh = row[0].left > left + 0.7 * size or (
        row[0].left > left - 0.7 * size and bool(_ENDED.search(before[-1].text))
    )
    indented = row[0].left >= edges[0] + 1.4 * size and fresh
    return room <= _next_word(row[0].text, size) and not indented


def _usual(pieces: Sequence[Piece]) -> float:
    """The size of most letters."""
    return median(size for piece in pieces for size in [piece.size] * len(piece.text))


def _next_word(text: str, size: float) -> float:
    """How much room the first word of a line would have wanted: a figure is not broken, and no line begins with a comma."""
    word = _WORD.match(text)
    return size * (0.6 + (0.55 * len(word[0]) if word else 1.0))


def _text(row: Sequence[Piece]) -> str:
    """A row as it is read; pieces apart are the cells of a table."""
    if len(row) > 1:
        return f"| {' | '.join(piece.text.strip() for piece in row)} |"
    return row[0].text.strip()


def _joined(before: str, after: str) -> str:
    """A line and the next; between words of letters there is a blank."""
    latin = before[-1:].isascii() and before[-1:].isalnum() and after[:1].isascii() and after[:1].isalpha()
    return f"{before} {after}" if latin else before + after
