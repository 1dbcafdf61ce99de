"""The text that a passage stands in, with the passage marked: for whoever wants to see for themselves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from urllib.parse import urlencode

from kg.ontology import BASE
from kg.view.collect import local
from kg.view.scene import kind_of

_NAME = re.compile(r"[0-9a-f]{16}")
_RANGE = re.compile(r"(\d{1,9}),(\d{1,9})")
AROUND = 20_000  # characters before and after a passage that are shown of a longer text
Row = Mapping[str, str]


def mentions_in(folder: Path, name: str) -> str | None:
    """The question for all mentions in a text, by the first sixteen digits of its document's digest."""
    path = folder / "texts" / f"{name}.json"
    if not _NAME.fullmatch(name) or not path.is_file():
        return None
    articles = " ".join(f"<{BASE}article/{name}-{int(number)}>" for number in json.loads(path.read_bytes()))
    return (
        "SELECT ?start ?end ?entity ?label (SAMPLE(?type) AS ?class) { "
        f"VALUES ?article {{ {articles} }} ?passage hm:inArticle ?article ; hm:start ?start ; hm:end ?end . "
        "VALUES ?type { hm:Organisation hm:Programme hm:Group hm:Item hm:Place hm:Person } "
        "?entity hm:evidence ?passage ; hm:mentionedIn ?article ; a ?type ; rdfs:label ?label "
        "} GROUP BY ?start ?end ?entity ?label"
    )


def page(folder: Path, name: str, chars: str, mentions: Sequence[Row]) -> str | None:
    """The page of a text; None where it is not kept.

    `chars` is the passage as RFC 5147 counts: START,END in code points.
    """
    path = folder / "texts" / f"{name}.txt"
    if not _NAME.fullmatch(name) or not path.is_file():
        return None
    text = path.read_bytes().decode("utf-8")  # line ends as they are: offsets count them
    match = _RANGE.fullmatch(chars)
    start, end = (int(match[1]), int(match[2])) if match else (0, 0)
    start, end = min(start, len(text)), min(max(start, end), len(text))
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    parts = ["".join(_underlined(text, a, b, mentions)) for a, b in ((first, start), (start, end), (end, last))]
    shown = f'{parts[0]}<mark id="here">{parts[1]}</mark>{parts[2]}'
    return (
        '<!doctype html><html lang="zh"><meta charset="utf-8"><title>原文 Source</title>'
        '<link rel="stylesheet" href="/static/page.css"><link rel="stylesheet" href="/static/serve.css">'
        f'<pre class="fulltext">{"…" * (first > 0)}{shown}{"…" * (last < len(text))}</pre></html>'
    )


def _underlined(text: str, start: int, end: int, mentions: Sequence[Row]) -> Iterator[str]:
    """A stretch of the text as markup; of mentions that overlap the first and longest is underlined."""
    at = start
    for row in sorted(mentions, key=lambda row: (int(row["start"]), -int(row["end"]), row["entity"])):
        begins = int(row["start"])
        a, b = max(begins, start), min(int(row["end"]), end)
        if a >= b or (begins < at and at > start):  # elsewhere, or within one that is underlined already
            continue
        kind, to = kind_of(local(row["class"])), escape("/#" + urlencode({"id": row["entity"]}))
        yield escape(text[at:a])
        yield f'<a class="mention {kind}" href="{to}" title="{escape(row["label"])}">{escape(text[a:b])}</a>'
        at = b
    yield escape(text[at:end])
