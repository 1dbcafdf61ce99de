"""The text that a passage stands in, with the passage marked: for whoever wants to see for themselves."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

_RANGE = re.compile(r"(\d{1,9}),(\d{1,9})")
AROUND = 20_000  # characters before and after a passage that are shown of a longer text


def page(folder: Path, name: str, chars: str) -> str | None:
    """The page of a text by the first sixteen digits of its document's digest; None where it is not kept.

    `chars` is the passage as RFC 5147 counts: START,END in code points.
    """
    path = folder / "texts" / f"{name}.txt"
    if not re.fullmatch(r"[0-9a-f]{16}", name) or not path.is_file():
        return None
    text = path.read_bytes().decode("utf-8")  # line ends as they are: offsets count them
    match = _RANGE.fullmatch(chars)
    start, end = (int(match[1]), int(match[2])) if match else (0, 0)
    start, end = min(start, len(text)), min(max(start, end), len(text))
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    shown = f'{escape(before)}<mark id="here">{escape(text[start:end])}</mark>{escape(after)}'
    cut = start > AROUND, end + AROUND < len(text)
    return (
        '<!doctype html><html lang="zh"><meta charset="utf-8"><title>原文 Source</title>'
        '<link rel="stylesheet" href="/static/page.css"><link rel="stylesheet" href="/static/serve.css">'
        f'<pre class="fulltext">{"…" * cut[0]}{shown}{"…" * cut[1]}</pre></html>'
    )
