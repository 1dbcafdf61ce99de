"""Word documents (ECMA-376 part 1, WordprocessingML): paragraphs, tables row by row, text boxes, notes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from kg.sources import limits
from kg.sources.archives import is_bomb
from kg.sources.failure import SourceError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Deleted text, what a field computes from, and drawings told a second time for old programs, are not read.
_UNREAD = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}pPr", f"{_W}rPr", _FALLBACK))
_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")  # headers and footers are the page's


def text_of(data: bytes, name: str) -> str:
    """The text of a Word document, a paragraph a line, a row of a table as | cells | between bars |."""
    paragraphs: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in _PARTS:
            try:
                info = archive.getinfo(part)
            except KeyError:
                continue
            if info.file_size > limits.FILE or is_bomb(info.file_size, info.compress_size):
                raise SourceError(name, f"would unpack to {info.file_size:,} bytes")
            tree = etree.fromstring(archive.read(info), parser())
            paragraphs += _paragraphs(tree)
    return "\n\n".join(paragraphs)


def parser() -> etree.XMLParser:
    """An XML parser that fetches nothing, expands no entity and holds no endless tree."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _paragraphs(tree: Any) -> Iterator[str]:
    """The paragraphs of a part in the order they stand in; those in a table as rows."""
    for block in _blocks(tree):
        if block.tag == f"{_W}tbl":
            own = (row for row in block.iter(f"{_W}tr") if next(row.iterancestors(f"{_W}tbl")) is block)
            rows = map(_row, own)  # a table in a cell is told with the cell
            table = "\n".join(row for row in rows if row)
            if table:
                yield table
        else:
            boxes = [
                b for b in block.iter(f"{_W}txbxContent") if not any(a.tag == _FALLBACK for a in b.iterancestors())
            ]
            for box in boxes:
                yield from _paragraphs(box)
            if text := _said(block).strip():
                yield text


def _blocks(tree: Any) -> Iterator[Any]:
    """Paragraphs and tables that lie in no other, whatever sections and controls are around them."""
    waiting = [tree]
    while waiting:
        element = waiting.pop()
        for child in reversed(element) if len(element) else ():
            waiting.append(child)
        if element is not tree and element.tag in (f"{_W}p", f"{_W}tbl"):
            del waiting[len(waiting) - len(element) :]
            yield element


def _row(row: Any) -> str:
    own = (cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row)
    cells = [" ".join(text for p in cell.iter(f"{_W}p") if (text := _said(p).strip())) for cell in own]
    return f"| {' | '.join(cells)} |" if any(cells) else ""


def _said(paragraph: Any) -> str:
    """What a paragraph says, without what lies in boxes anchored in it."""
    words: list[str] = []
    unread = 0
    for event, element in etree.iterwalk(paragraph, events=("start", "end")):
        hidden = element.tag in _UNREAD or element.tag == f"{_W}txbxContent"
        if event == "start":
            unread += hidden
            if not unread:
                words.append(_written(element))
        else:
            unread -= hidden
    return "".join(words)


def _written(element: Any) -> str:
    if element.tag == f"{_W}t":
        return element.text or ""
    return {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}.get(element.tag, "")
