"""Lines into paragraphs: what column breaks, line wraps and boxes have cut is put together again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.language.characters import fold_paragraph
from kg.layout import bylines, lines
from kg.layout.lines import Line

_NARROWEST, _WIDEST = 10, 60  # characters of a line in text that wraps
_SLACK = 2  # by how many a full line may be shorter than the longest
_SURE = 2  # so many breaks through a word, a figure or a clause show that it does


@dataclass(slots=True)
class Paragraph:
    """Pieces of source text that read as one; `box` where they stand in a box of their own."""

    pieces: list[Line]
    after_blank: bool
    box: bool = False
    first: bool = False
    text: str = field(default="")

    def __post_init__(self) -> None:
        self.text = "".join(piece.text for piece in self.pieces)

    def append(self, line: Line) -> None:
        """Put the next piece after the last."""
        self.pieces.append(line)
        self.text += line.text

    def positions(self) -> list[int]:
        """The place in the source of every code point."""
        return [at for piece in self.pieces for at in range(piece.start, piece.end)]

    def fold(self, source: str) -> None:
        """Fold the pieces again as one text: quotes pair across the breaks."""
        self.text = fold_paragraph("".join(source[piece.start : piece.end] for piece in self.pieces))


@dataclass(frozen=True, slots=True)
class Style:
    """How the document sets its lines: which are full, where all wrap at one width, and what blank lines part.

    `full` and `brimming` hold the starts of lines: of those as long as lines get, give or take a mark that may not begin
    or end one, and of the longest.
    """

    full: frozenset[int] = frozenset()
    brimming: frozenset[int] = frozenset()
    gapped: bool = False  # blank lines part full lines, too
    spaced: bool = False  # blank lines follow headlines


def style_of(found: Sequence[Line]) -> Style:
    """The style of these lines."""
    spaced = any(lines.is_short(before.text) and after.after_blank for before, after in pairwise(found))
    # typists count characters, and printers how wide they are
    return max((_wrapped(found, each, spaced=spaced) for each in ("width", "cells")), key=lambda style: len(style.full))


def _wrapped(found: Sequence[Line], measure: str, *, spaced: bool) -> Style:
    """The style if lines wrap at one width by this measure; rows of a table may be as even, but run through no word."""
    widths = [getattr(line, measure) for line in found]
    widest = max(widths, default=0)
    if not _NARROWEST <= widest <= _WIDEST:
        return Style(spaced=spaced)
    full, brimming = (
        frozenset(line.start for line, width in zip(found, widths, strict=True) if width >= widest - slack)
        for slack in (_SLACK, 0)
    )
    open_ended = [(a, b) for a, b in pairwise(found) if not _is_complete(a.text)]
    wrapped = [(a, b) for a, b in open_ended if a.start in full]
    sure = [
        a for a, b in wrapped if lines.is_torn(a.text, b.text) or lines.is_hanging(a.text) or lines.is_clinging(b.text)
    ]
    if len(sure) < _SURE or len(wrapped) * 3 < len(open_ended) * 2:
        return Style(spaced=spaced)
    if sum(line.start in brimming for line in sure) * 5 > len(sure) * 4:
        full = brimming  # cut like ribbon, whatever stands there
    gapped = sum(b.after_blank for _, b in wrapped) * 2 > len(wrapped)
    return Style(full, brimming, gapped, spaced)


def paragraphs_of(text: str, title: str = "") -> list[Paragraph]:
    """The paragraphs of a text, a box after the sentence it interrupts; a first line that is its known `title` stands alone.

    >>> [p.text for p in paragraphs_of("为职工提供“送清\\n\\n凉”服务。\\n\\n完了。")]
    ['为职工提供“送清凉”服务。', '完了。']
    """
    found = lines.lines_of(text)
    style = style_of(found)
    result: list[Paragraph] = []
    at = 0
    if title and found and found[0].text == title:
        result.append(Paragraph(found[:1], found[0].after_blank, first=True))
        at = 1
    while at < len(found):
        gathered, at = _gather(found, at, style)
        result += gathered
    for paragraph in result:
        paragraph.fold(text)
    return result


def _gather(found: Sequence[Line], at: int, style: Style) -> tuple[list[Paragraph], int]:
    """The paragraph that begins at a line, then the boxes and captions that stood inside it."""
    if lines.BOX.match(found[at].text):
        return _insert(found, at, style)
    paragraph = Paragraph([found[at]], found[at].after_blank, first=at == 0)
    inserted: list[Paragraph] = []
    at += 1
    while at < len(found):
        if _goes_on(paragraph, found, at, style):
            paragraph.append(found[at])
            at += 1
            continue
        if not _is_insert(found[at]) or _is_complete(paragraph.text):
            break
        boxes, after = _insert(found, at, style)
        if after >= len(found) or not _goes_on(paragraph, found, after, style):
            break
        inserted += boxes
        paragraph.append(found[after])
        at = after + 1
    return [paragraph, *inserted], at


def _is_insert(line: Line) -> bool:
    return bool(lines.BOX.match(line.text)) or bylines.credit_start(line.text) is not None


def _insert(found: Sequence[Line], at: int, style: Style) -> tuple[list[Paragraph], int]:
    """A box (its name and one paragraph) or a caption."""
    line = found[at]
    if not lines.BOX.match(line.text):
        return [Paragraph([line], line.after_blank)], at + 1
    boxes = [Paragraph([line], line.after_blank, box=True)]
    at += 1
    if lines.is_ended(line.text) or at >= len(found) or _opens(found[at].text):
        return boxes, at
    inside = Paragraph([found[at]], found[at].after_blank, box=True)
    at += 1
    while at < len(found) and _goes_on(inside, found, at, style):
        inside.append(found[at])
        at += 1
    return [*boxes, inside], at


def _opens(text: str) -> bool:
    """Is this surely the beginning of something else, whatever came before it?"""
    return bool(
        lines.BOX.match(text)
        or lines.CONTINUATION.match(text)
        or lines.LABEL.match(text)
        or bylines.lead_length(text)
        or bylines.is_byline(text)
    )


def _is_complete(text: str) -> bool:
    if lines.is_ended(text) or bylines.credit_start(text) is not None:
        return True
    if text.startswith("(") and text.endswith(")") and bylines.lead_length(text) == len(text):
        return True  # (本报记者孟津整理)
    return bylines.is_byline(text) and not lines.is_hanging(text)


def _goes_on(paragraph: Paragraph, found: Sequence[Line], at: int, style: Style) -> bool:
    """Does the line at `at` continue the paragraph?"""
    text, line = paragraph.text, found[at]
    if lines.is_remainder(line.text):
        return True
    brimming = paragraph.pieces[-1].start in style.brimming and (style.gapped or not line.after_blank)
    if line.indented or (_is_complete(text) and not brimming):
        return False
    if lines.is_torn(text, line.text):
        return True
    if _opens(line.text):
        return False
    if brimming:
        return _fills(text, line)
    if bylines.credit_start(line.text) is not None and not lines.is_clinging(line.text):
        return False
    if line.after_blank and not style.full and lines.begins_body(line.text) and lines.is_one_line(text):
        return lines.is_hanging(text)
    if (
        (lines.LABEL.match(text) and not lines.is_prose(text))
        or lines.CONTINUATION.fullmatch(text)
        or (lines.BOX.match(text) and len(text) < 8)
    ):
        return False
    if lines.is_short(line.text) and at + 1 < len(found) and heads(found[at + 1].text):
        return False
    if lines.is_clinging(line.text) or lines.is_hanging(text):
        return True
    if lines.LIST_ITEM.match(line.text):
        return False
    prose = lines.is_prose(text) or bool(lines.LIST_ITEM.match(text)) or bylines.lead_length(text) > 0
    if text[-1] in ";:":
        return prose and not _is_row(text) and not _is_row(line.text) and not lines.is_short(line.text)
    return prose or _is_soft_break(paragraph, line, style)


def _fills(text: str, line: Line) -> bool:
    """Does the text go on after a line of full width, whatever stands at its end?"""
    if lines.SUBTITLE.match(line.text) or lines.LIST_ITEM.match(line.text):
        return False
    return lines.is_ended(text) or lines.is_hanging(text) or not _is_complete(text)


def heads(text: str) -> bool:
    """Is this how an article begins under its headline: by-line, dateline, continuation note, or a photo caption?"""
    return bool(
        bylines.lead_length(text)
        or bylines.is_byline(text)
        or lines.CONTINUATION.match(text)
        or bylines.credit_start(text) is not None
    )


def _is_row(text: str) -> bool:
    return bool(lines.LIST_ITEM.match(text) or lines.LABELLED.match(text))


def _is_soft_break(paragraph: Paragraph, line: Line, style: Style) -> bool:
    """Was a line that could be a headline only wrapped?"""
    if lines.SUBTITLE.match(line.text):
        return False
    if paragraph.pieces[-1].start in style.full and (style.gapped or not line.after_blank):
        return True
    if line.after_blank or lines.is_short(line.text):
        return False
    # Where headlines have a blank line after them, one that has none is the beginning of a paragraph.
    return style.spaced and not paragraph.first and not lines.KICKER.search(paragraph.text)
