"""Small sentences with the right answer: figures, refusals, who gives and who gets.

`faults/given.jsonl` was worded for this project after public bug reports of other programs; `faults/more.jsonl` has the
same kinds in other words, written in eleven lots. Of lots two and three 107 of 118 were right before anything was mended on
them, of four 87 of 132, of five 73 of 106, of six 82 of 109, of seven 48 of 67, of eight 44 of 70, of
nine 63 of 78, of ten 53 of 70, of eleven 39 of 53; of plain ones about shops, offices and ordinary people (lots sixteen to
twenty-four) 18 of 40, 9 of 30, 12 of 25, 13 of 30, 14 of 30, 9 of 30, 9 of 20, 17 of 25, 17 of 25: what is read is as
right as what was tried. `faults/open.jsonl` has those that are still read wrongly. Where a sentence is "plain", nothing in it is denied.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kg.language.characters import fold_paragraph
from kg.lexicon import rows
from kg.reading import extract
from kg.report import as_json

FAULTS = Path(__file__).parent / "faults"


def cases(*names: str) -> list[dict[str, Any]]:
    return [json.loads(line) for name in names for line in (FAULTS / f"{name}.jsonl").open(encoding="utf-8")]


CASES = cases("given", "more")


@cache
def read(text: str) -> list[dict[str, Any]]:
    return as_json("case", extract(text))["articles"]


def number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value)).normalize()


def amounts(text: str) -> list[dict[str, Any]]:
    return [m for article in read(text) for m in article["mentions"] if m.get("kind")]


def measures_with(text: str, part: str) -> list[dict[str, Any]]:
    """The measures with an amount in whose words the part stands."""
    found = [m for article in read(text) for m in article["measures"]]
    return [m for m in found if any(part in "".join(a["text"].split()) for a in m["amounts"])]


def test_there_are_enough_of_them() -> None:
    assert len(CASES) > 500


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:24])
def test_every_figure_and_no_other(case: dict[str, Any]) -> None:
    said = []
    for m in amounts(case["text"]):
        value = [number(m["low"]), number(m["high"])] if m["bound"] == "range" else number(m["value"])
        said.append((m["kind"], value, m["unit"], m["bound"]))
    wanted = [
        (kind, [number(v) for v in value] if isinstance(value, list) else number(value), unit, bound)
        for kind, value, unit, bound in case["amounts"]
    ]
    assert sorted(said, key=str) == sorted(wanted, key=str)
    for part, per in case.get("per", {}).items():
        assert [m["per"] for m in amounts(case["text"]) if part in "".join(m["text"].split())] == [per]


@pytest.mark.parametrize(
    "case", [c for c in CASES if c.keys() & {"agents", "not_agents", "to"}], ids=lambda case: case["text"][:24]
)
def test_who_gives_and_who_gets(case: dict[str, Any]) -> None:
    for part, names in case.get("agents", {}).items():
        assert {n for m in measures_with(case["text"], part) for n in m["agents"]} == set(names)
    for part, names in case.get("not_agents", {}).items():
        told = measures_with(case["text"], part)
        assert told
        assert not {n for m in told if not m["modality"] for n in m["agents"]} & set(names)
    for part, names in case.get("to", {}).items():
        assert set(names) <= {n for m in measures_with(case["text"], part) for n in m["beneficiaries"]}


@pytest.mark.parametrize(
    "case", [c for c in CASES if c.keys() & {"denied", "status", "plain"}], ids=lambda case: case["text"][:24]
)
def test_what_is_said_of_the_deed(case: dict[str, Any]) -> None:
    for part in case.get("denied", []):
        told = measures_with(case["text"], part)
        assert told
        assert all(m["modality"] for m in told)
    for part, status in case.get("status", {}).items():
        assert {m["status"] for m in measures_with(case["text"], part)} == {status}
    if case.get("plain"):
        assert not [m["modality"] for m in measures_with(case["text"], "") if m["modality"]]


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("case", cases("open"), ids=lambda case: case["text"][:24])
def test_what_is_still_read_wrongly(case: dict[str, Any]) -> None:
    test_every_figure_and_no_other(case)
    test_who_gives_and_who_gets(case)
    test_what_is_said_of_the_deed(case)


SAID = [
    line.split("\t")
    for line in (FAULTS / "modality.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("modality", "text"), SAID)
def test_modality(modality: str, text: str) -> None:
    told = [m["modality"] for article in read(text) for m in article["measures"]]
    assert told
    assert set(told) == {None if modality == "none" else modality}


def test_every_pattern_of_modality_is_tried() -> None:

    texts = [fold_paragraph(text) for text in ([text for _, text in SAID] + [case["text"] for case in CASES])]
    idle = [pattern for pattern, *_ in rows("modality") if not any(re.search(pattern, text) for text in texts)]
    assert idle == []


def test_nothing_is_named_by_a_mark_or_a_blank() -> None:
    things = {
        thing
        for case in CASES
        for article in read(case["text"])
        for measure in article["measures"]
        for amount in measure["amounts"]
        for thing in amount["of"]
    }
    assert len(things) > 20
    assert [t for t in things if t != t.strip() or not any(c.isalpha() for c in t) or "](" in t] == []
