"""Short articles of everyday life, each fact with all that may fill its slots, and the slots that are still wrong.

`tests/faults/articles.jsonl`: `facts` has, by the text of an amount, what is right for who acts, for whom, what it is
for and under which programme; "" stands for nothing.  `open` has the slots that are read wrongly today: who mends one
takes it out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from kg.model import Entity, Measure, Stated
from kg.reading import extract

ARTICLES = [
    json.loads(line)
    for line in (Path(__file__).parent / "faults" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
]
SLOTS = ("agent", "to", "of", "programme")
MARKS = "“”"


def fillers(measure: Measure, stated: Stated) -> tuple[Sequence[Entity], ...]:
    return measure.agents, measure.beneficiaries, stated.of, measure.programmes


def is_right(told: Iterable[Entity], right: Sequence[str]) -> bool:
    """Is each of those told one of the right ones, or its longer name (县总工会 for 总工会)?"""
    names = [entity.name.strip(MARKS) for entity in told]
    wanted = tuple(name.strip(MARKS) for name in right if name)
    return all(name.endswith(wanted) for name in names) if names and wanted else not names and "" in right


def wrong(article: dict[str, Any]) -> dict[str, list[str]]:
    told = [(s, m) for reading in extract(article["text"]) for m in reading.measures for s in m.amounts]
    found: dict[str, list[str]] = {}
    for key, right in article["facts"].items():
        hits = [t for t in told if key.endswith(t[0].mention.text)] or [t for t in told if key in t[0].mention.text]
        if not hits:
            found[key] = ["amount"]
            continue
        stated, measure = hits[0]
        slots = zip(SLOTS, fillers(measure, stated), right, strict=True)
        if bad := [slot for slot, entities, names in slots if not is_right(entities, names)]:
            found[key] = bad
    return found


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article["text"].partition("\n")[0])
def test_every_slot_is_right_but_for_those_known_to_be_wrong(article: dict[str, Any]) -> None:
    assert wrong(article) == article["open"]


def test_most_slots_are_right() -> None:
    slots = sum(len(SLOTS) for article in ARTICLES for _ in article["facts"])
    assert slots > 400
    assert sum(len(bad) for article in ARTICLES for bad in article["open"].values()) < slots / 5
