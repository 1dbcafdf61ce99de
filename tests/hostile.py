"""Damaged files by the ten thousand: whatever comes in, each is a document or one clear line, and nothing else.

    python tests/hostile.py 100000      so many inputs, counted by class; exit code 1 if one crashed

Every input is a file of tests/inputs or an annotated text with bytes dropped, doubled, swapped, overwritten or cut off, or with
hostile stretches put in.  It is read as a folder would be, and what was read goes into triples and back by another parser.
"""

from __future__ import annotations

import io
import logging
import os
import random
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import pyoxigraph as rdf

from kg.describe import describe
from kg.model import Document
from kg.reading import read_document
from kg.sources import SourceError, opened

HERE = Path(__file__).resolve().parent
FILES = (
    "notice.docx",
    "notice.eml",
    "portal.html",
    "rows.csv",
    "rows.jsonl",
    "rows.xls",
    "rows.xlsx",
    "notice-office.pdf",
)
HOSTILE = (
    *(
        "\u202e",
        "\u2066",
        "\ue000",
        "\ue007",
        "\uf8ff",
        "\ufffe",
        "\x1b[31m",
        "\x00",
        "\x85",
        "\u2028",
        "\x0c",
        "\ufeff",
    ),
    *(
        "<script>alert(1)</script>",
        '"@zh . <a> <b> <c> .',
        "'''",
        '"""',
        "} DROP ALL ; {",
        "=HYPERLINK(1)",
        "\\u0041",
        "\\",
    ),
    *("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>", "&b;", "]]>", "%s%n", "../../", "{{7*7}}", "${7}"),
    *(
        "一" * 300,
        "," * 300,
        "“" * 100,
        "(" * 200,
        "第" * 100 + "条",
        "9" * 200 + "万元",
        "每" * 50,
        "、" * 200,
        "\n" * 50,
    ),
)
WRITTEN = "0123456789万亿元%每人各的，。：；“”（）《》、名户约余至\n \u3000|*#>"
LIMIT = 3_000  # characters of a text that are read to the end: what is tested is what breaks, not how long it takes


def texts() -> list[bytes]:
    """Short stretches of annotated texts."""
    found = []
    for path in sorted((HERE / "gold").glob("*/*.txt")):
        text = path.read_text(encoding="utf-8")
        found += [text[at : at + 160].encode() for at in range(0, min(len(text), 1600), 160)]
    return found


def spoilt(found: Any, rng: random.Random, faults: int, foreign: Any, other: Callable[[int], Any]) -> None:
    """A sequence with so many faults: dropped, doubled, turned round, `other` in place, `foreign` put in, cut off."""
    for _ in range(faults):
        at, length = rng.randrange(len(found) + 1), rng.choice((1, 1, 2, 3, 8, 40))
        match rng.randrange(6):
            case 0:
                del found[at : at + length]
            case 1:
                found[at:at] = found[at : at + length]
            case 2:
                found[at : at + length] = found[at : at + length][::-1]
            case 3:
                found[at : at + length] = other(length)
            case 4:
                found[at:at] = foreign
            case _:
                del found[at + 200 * length :]


def mutated(data: bytes, rng: random.Random) -> bytes:
    """The bytes with one to four faults."""
    found = bytearray(data)
    spoilt(found, rng, rng.randint(1, 4), rng.choice(HOSTILE).encode("utf-8", "surrogatepass"), rng.randbytes)
    return bytes(found)


def rewritten(text: str, rng: random.Random) -> bytes:
    """The same of characters: what comes out is text in any case."""
    found = list(text)
    spoilt(found, rng, rng.randint(1, 6), rng.choice(HOSTILE), lambda length: rng.choices(WRITTEN, k=min(length, 3)))
    return "".join(found).encode("utf-8", "surrogatepass")


def inputs(kind: str) -> list[bytes]:
    """What inputs of a class are made from."""
    return texts() if kind == "text" else [(HERE / "inputs" / kind).read_bytes()]


def tried(kind: str, seed: int, count: int) -> tuple[Counter[str], list[str]]:
    """What became of so many inputs of a class, and what crashed."""
    logging.disable(logging.CRITICAL)
    origins, told, crashed = inputs(kind), Counter[str](), []
    for number in range(count):
        rng = random.Random(f"{kind} {seed} {number}")
        origin = rng.choice(origins)
        data = rewritten(origin.decode(), rng) if kind == "text" and number % 2 else mutated(origin, rng)
        try:
            for item in opened(data, "a", "a"):
                if isinstance(item, SourceError):
                    assert "\n" not in str(item) and str(item).startswith("a"), str(item)
                    told["refused"] += 1
                    continue
                told["read"] += 1
                if kind == "text" or number % 20 == 0:
                    follow(item)
        except BaseException:
            crashed.append(f"{kind} {seed} {number}\n{traceback.format_exc()[-1500:]}")
    return told, crashed


def follow(document: Document) -> None:
    """A document's way to the graph and back: offsets hold, and two parsers read what is written."""
    document = replace(document, text=document.text[:LIMIT])
    readings = read_document(document)
    for reading in readings:
        article = reading.article
        assert len(article.offsets) == len(article.text)
        for mention in reading.mentions:
            at = article.source_span(mention.span)
            assert 0 <= at.start < at.end <= len(document.text)
            assert article.text[mention.span.start : mention.span.end] == mention.text
    quads = describe(document, readings).quads()
    written = rdf.serialize(quads, format=rdf.RdfFormat.N_QUADS)
    assert set(rdf.parse(io.BytesIO(written or b""), format=rdf.RdfFormat.N_QUADS)) == set(quads)


def main(count: int, out: Callable[[str], object] = print) -> int:
    """Try them all; the number of those that crashed."""
    kinds = ("text", *FILES)
    share = {kind: count * (4 if kind == "text" else 1) // (4 + len(FILES)) for kind in kinds}
    block = 250
    jobs = [
        (kind, seed, min(block, share[kind] - seed * block))
        for kind in kinds
        for seed in range(-(-share[kind] // block))
    ]
    told: dict[str, Counter[str]] = {kind: Counter() for kind in kinds}
    crashes: list[str] = []
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for (kind, _, size), (found, crashed) in zip(jobs, pool.map(tried, *zip(*jobs, strict=True)), strict=True):
            told[kind] += found + Counter(inputs=size, crashed=len(crashed))
            crashes += crashed
    for kind, found in told.items():
        out(f"{kind:18}" + "  ".join(f"{name} {found[name]:>7,}" for name in ("inputs", "read", "refused", "crashed")))
    out(f"{sum(found['inputs'] for found in told.values()):,} inputs, {len(crashes)} crashed")
    for crash in crashes[:10]:
        out(crash)
    return len(crashes)


if __name__ == "__main__":
    sys.exit(1 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000) else 0)
