"""Who is what where, and who holds, issues and works with whom, in sentences of the kind that features and city papers have.

A row of faults/told.jsonl has the posts (person, names of the body, names of the post) and the links that a careful reader
finds; "open" names those that are not read yet, and must go from there as soon as they are.
"""

import json
from pathlib import Path

import pytest

from kg import extract

ROWS = [
    json.loads(line)
    for line in Path(__file__).with_name("faults").joinpath("told.jsonl").read_text("utf-8").splitlines()
]
Row = dict[str, list[list[object]]]


def wrong(row: Row) -> list[str]:
    """What a row wants and the text is not read to say, each as its first name."""
    called: dict[object, set[str]] = {None: {""}}
    posts, links = [], []
    for reading in extract(str(row["text"])):
        called |= {record.entity: {record.entity.name, *record.aliases} for record in reading.entities}
        posts += [({p.person.name}, called[p.organisation], {p.role}) for p in reading.posts]
        told = [link for link in reading.links if link.predicate in {"issues", "organises", "partneredWith"}]
        links += [(called[link.subject], {link.predicate}, called[link.object]) for link in told]
        links += [(b, p, a) for a, p, b in links if p == {"partneredWith"}]
    return [
        f"{_first(subject)} {_first(what)} {_first(other)}"
        for kind, found in (("posts", posts), ("links", links))
        for subject, what, other in row.get(kind, [])
        if not any(_set(subject) & a and _set(what) & b and _set(other) & c for a, b, c in found)
    ]


def _set(names: object) -> set[str]:
    return {names} if isinstance(names, str) else set(names) if isinstance(names, list) else set()


def _first(names: object) -> str:
    return names if isinstance(names, str) else str(names[0]) if isinstance(names, list) else ""


@pytest.mark.parametrize("row", ROWS, ids=[str(row["text"])[:24] for row in ROWS])
def test_what_is_told_is_read(row: Row) -> None:
    assert wrong(row) == row.get("open", [])
