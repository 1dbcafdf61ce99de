"""What each document told, kept beside the store, so that of many only the new ones are looked at again.

A line a document: what its reading is known by, a checksum, and what it told as JSON, with tabs between them.  The file may
be deleted at any time; a line that a killed build left unfinished counts as none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any
from zlib import crc32

from kg.model import Span
from kg.program import version
from kg.reckon.extents import Extent
from kg.tally.sums import Post, Sum, Told
from kg.tally.times import Time


def load(path: Path | None) -> dict[str, str]:
    """What the file keeps, by what each reading is known by; nothing where another program wrote it."""
    if path is None or not path.is_file():
        return {}
    head, *lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    if head != version():
        return {}
    parts = (line.split("\t") for line in lines)
    return {part[0]: part[2] for part in parts if len(part) == 3 and part[1] == _sum_of(part[2])}


def keep(path: Path, told: Iterable[tuple[str, str]]) -> None:
    """Put more readings, each with what it tells, into the file."""
    ours = path.is_file() and path.open(encoding="utf-8", errors="replace").readline().rstrip("\n") == version()
    with path.open("a" if ours else "w", encoding="utf-8", newline="\n") as out:
        if not ours:
            out.write(version())
        out.writelines(f"\n{key}\t{_sum_of(rest)}\t{rest}" for key, rest in told)


def _sum_of(text: str) -> str:
    return f"{crc32(text.encode()):08x}"


def packed(told: Told) -> str:
    """What a document told as one line of JSON.

    >>> unpacked(packed(Told((), {"urn:a": "工会"}, ())))
    Told(sums=(), names={'urn:a': '工会'}, posts=())
    """
    return json.dumps([list(map(_row, told.sums)), told.names, told.posts], ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> Told:
    """The same as it was."""
    sums, names, posts = json.loads(text)
    return Told(tuple(map(_sum, sums)), names, tuple(Post(*post) for post in posts))


def _row(told: Sum) -> list[Any]:
    allows, time = told.allows, told.time
    return [
        told.iri,
        told.article,
        [told.span.start, told.span.end],
        told.passage,
        told.label,
        told.unit,
        told.bound,
        [str(allows.low), str(allows.high), None if allows.point is None else str(allows.point)],
        str(told.low),
        str(told.high),
        told.flow,
        sorted(told.payers),
        sorted(told.things),
        sorted(told.programmes),
        [time.years, time.months, time.so_far, time.words],
        told.status,
        told.plain,
        told.rate,
        told.whole,
        told.same,
        told.replaced,
        sorted((str(number), unit) for number, unit in told.counts),
        told.words,
    ]


def _sum(row: list[Any]) -> Sum:
    row[2] = Span(*row[2])
    low, high, point = row[7]
    row[7] = Extent(Decimal(low), Decimal(high), None if point is None else Decimal(point))
    row[8], row[9] = Decimal(row[8]), Decimal(row[9])
    for i in (11, 12, 13):
        row[i] = frozenset(row[i])
    years, months, *rest = row[14]
    row[14] = Time(years and tuple(years), months and tuple(months), *rest)
    row[21] = frozenset((Decimal(number), unit) for number, unit in row[21])
    return Sum(*row)
