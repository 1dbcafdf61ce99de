"""The texts that go into the page, so that every fact can be read where it is told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

EMBEDDED = 1_500_000  # characters; in the page they take about as many bytes


def texts(folder: Path | None, articles: Iterable[Mapping[str, Any]], room: int = EMBEDDED) -> dict[str, Any]:
    """Text and paragraphs of the articles' documents, by the sixteen digits that their IRIs begin with.

    `of` holds them as far as there is room (characters), `left` says how many documents there was none for.  Without a folder
    nothing is passed on.
    """
    found: dict[str, Any] = {}
    if folder is None:
        return {"of": found, "left": 0, "kept": False}
    left = 0
    for document in dict.fromkeys(article["id"].rpartition("/")[2][:16] for article in articles):
        text, paragraphs = folder / f"{document}.txt", folder / f"{document}.json"
        if not (text.is_file() and paragraphs.is_file()):
            left += 1
            continue
        said = text.read_bytes().decode("utf-8")  # line ends as they are: offsets count them
        if len(said) > room:
            left += 1
            continue
        room -= len(said)
        found[document] = {"text": said, "paragraphs": json.loads(paragraphs.read_bytes())}
    return {"of": found, "left": left, "kept": True}
