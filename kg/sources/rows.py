"""Rows into records: JSON lines, JSON, CSV and sheets, a document a row.

Every row becomes one JSON object of the same few names, whatever its table calls them, so that a row is the same document
wherever it comes from.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kg.language.characters import whole
from kg.language.dates import day
from kg.model import Meta
from kg.sources import limits
from kg.sources.failure import NotText, SourceError
from kg.sources.meta import address, people

NAMES = {
    "id": ("id", "编号", "序号", "稿件编号"),
    "title": ("title", "标题", "题目", "headline", "文章标题", "新闻标题"),
    "date": (
        "date",
        "日期",
        "发布日期",
        "发布时间",
        "时间",
        "发表时间",
        "刊发日期",
        "published",
        "publish_time",
        "pubdate",
    ),
    "place": ("place", "地区", "地点", "地方", "所在地", "城市"),
    "text": ("text", "正文", "内容", "全文", "content", "body", "新闻内容", "文本", "article"),
    "publisher": ("publisher", "来源", "媒体", "报纸", "outlet", "发布机构", "source"),
    "author": ("author", "作者", "记者", "byline"),
    "url": ("url", "链接", "网址", "address", "link", "原文链接"),
}
_NAME_OF = {alias: name for name, aliases in NAMES.items() for alias in aliases}
_DELIMITERS = ",\t;，|"
Row = tuple[str, dict[str, str]]  # where it stands (“line 3”), and what it says under the names above


def delimiter_of(text: str) -> str | None:
    """What parts the cells of a table whose first line names a column of text; None where that is no table.

    >>> delimiter_of("id,text\\n1,工会\\n"), delimiter_of("标题\\t正文\\n"), delimiter_of("市总工会,投入5万元。\\n")
    (',', '\\t', None)
    """
    head = text.lstrip("\ufeff\r\n").split("\n", 1)[0].strip()
    if len(head) > 1000:
        return None
    for mark in _DELIMITERS:
        names = [_plain(cell) for cell in head.split(mark)]
        if len(names) > 1 and "text" in map(_NAME_OF.get, names):
            return mark
    return None


def _plain(name: object) -> str:
    return str(name if name is not None else "").strip().strip('"').casefold()


def of_json(text: str, name: str) -> Iterator[Row | SourceError]:
    """The objects of a JSON document, or of JSON lines."""
    try:
        found = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        yield from _of_lines(text, name)
        return
    several = isinstance(found, list)
    for number, node in enumerate(found if several else [found], 1):
        yield _record(node, f"object {number}" if several else "", name)


def _of_lines(text: str, name: str) -> Iterator[Row | SourceError]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            where = f"line {number}"
            try:
                node = json.loads(line, strict=False)
            except (ValueError, RecursionError) as error:
                yield SourceError(f"{name}, {where}", f"not JSON: {error}")
                continue
            yield _record(node, where, name)


def _record(node: Any, where: str, name: str) -> Row | SourceError:
    here = f"{name}, {where}" if where else name
    if not isinstance(node, dict):
        return SourceError(here, "not an object", 'each is {"id", "title", "date", "place", "text"}')
    said: dict[str, str] = {}
    for key, value in node.items():
        known = _NAME_OF.get(_plain(key))
        if known and isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            said.setdefault(known, whole(str(value)))
    if not said.get("text"):
        kind = SourceError if where else NotText  # a JSON file that is one object may be data of any sort
        return kind(here, "no “text” in it", "the text stands under text or 正文")
    return where, said


def of_csv(text: str, name: str) -> Iterator[Row | SourceError]:
    """The rows of a table as spreadsheets write it (RFC 4180), with a comma, a tab or a semicolon between cells."""
    csv.field_size_limit(limits.FILE)
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter_of(text) or ",")
    try:
        yield from _of_table(((f"line {reader.line_num}", row) for row in reader), name)
    except csv.Error as error:
        yield SourceError(f"{name}, line {reader.line_num}", f"not CSV: {error}")


def of_sheet(data: bytes, name: str) -> Iterator[Row | SourceError]:
    """The rows of every sheet of a workbook that names a column of text (.xlsx, .xlsb, .ods, .xls)."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    told = False
    for sheet in book.sheet_names:
        table = book.get_sheet_by_name(sheet)
        if table.height * table.width > limits.CELLS:
            told = True
            yield SourceError(f"{name}, sheet {sheet}", f"more than {limits.CELLS:,} cells", "split it")
            continue
        rows = table.to_python(skip_empty_area=False)
        if rows and "text" in map(_NAME_OF.get, map(_plain, rows[0])):
            told = True
            where = f"{sheet}, row" if len(book.sheet_names) > 1 else "row"
            yield from _of_table(((f"{where} {number}", row) for number, row in enumerate(rows, 1)), name)
    if not told:
        yield SourceError(name, "no sheet has a column of text", "name it text or 正文 in the first row")


def _of_table(rows: Iterable[tuple[str, Sequence[object]]], name: str) -> Iterator[Row | SourceError]:
    names: list[str | None] | None = None
    for where, row in rows:
        if not any(str(cell).strip() for cell in row if cell is not None):
            continue
        if names is None:
            names = [_NAME_OF.get(_plain(cell)) for cell in row]
            continue
        cells = zip(names, row, strict=False)
        yield _record({known: _cell(cell) for known, cell in cells if known}, where, name)


def _cell(cell: object) -> str:
    """What a cell says; of a number that is whole, without the point that sheets keep it with."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell if cell is not None else "")


def packed(said: dict[str, str]) -> bytes:
    """A record as the bytes that stand for it: JSON with its names in order, which its digest is taken of."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def unpacked(data: bytes) -> tuple[str, Meta]:
    """The text of a record, its title the first line, and its metadata.

    >>> unpacked(packed({"title": "慰问", "text": "市总工会投入5万元。", "date": "2024年1月5日"}))[0]
    '慰问\\n\\n市总工会投入5万元。'
    """
    said = json.loads(data)
    title = " ".join(said.get("title", "").split())
    text = said["text"]
    meta = Meta(
        title=title,
        date=day(said.get("date", "")),
        publisher=said.get("publisher", "").strip(),
        creators=people(said.get("author", "")),
        address=address(said.get("url", "").strip()),
        place=said.get("place", "").strip(),
    )
    repeated = text.lstrip().startswith(title)
    return (text if repeated or not title else f"{title}\n\n{text}"), meta
