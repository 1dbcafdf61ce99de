"""The annotated texts are a gate: what is read of them may become better, not worse.

`gold/floors.json` holds the least F1 for each row and folder.  Raise a floor when a change earns it.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from kg.evaluate import ROWS, Report, Score, compare, evaluate
from kg.gold import read_gold, read_gold_dir
from tests.score import SCORER, outside_scores

GOLD = Path(__file__).parent / "gold"
FLOORS = json.loads((GOLD / "floors.json").read_text(encoding="utf-8"))
FOLDERS = ("seed", "dev", "fresh", "notice", "feature", "web")


@cache
def report(folder: str) -> Report:
    return evaluate(GOLD / folder)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_row_has_a_floor(folder: str) -> None:
    assert set(FLOORS[folder]) == {*ROWS, "headline"}


@pytest.mark.parametrize("row", [*ROWS, "headline"])
@pytest.mark.parametrize("folder", FOLDERS)
def test_no_row_falls_below_its_floor(folder: str, row: str) -> None:
    scores = report(folder)
    reached = scores.headline if row == "headline" else scores.rows[row].f1
    assert round(reached, 3) >= FLOORS[folder][row], f"{folder}: {row}"


@pytest.mark.skipif(not SCORER.is_file(), reason="the outside scorer does not stand beside this checkout")
@pytest.mark.parametrize("folder", ("seed", "web"))
def test_agrees_with_the_outside_scorer(folder: str) -> None:
    outside = json.loads(outside_scores(GOLD / folder, "--json"))
    inside = report(folder).as_dict()
    assert inside.keys() == outside.keys()
    for row in ROWS:
        figures = {k: v for k, v in inside[row].items() if k != "n"}  # ties between equal fillers may count one more
        assert figures == pytest.approx({k: v for k, v in outside[row].items() if k != "n"}, abs=0.01), row
    assert inside["headline"] == pytest.approx(outside["headline"], abs=0.01)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_spurious_finding_names_a_sentence(folder: str) -> None:
    spurious = [miss for miss in report(folder).misses if miss.how == "spurious" and miss.row == "amounts"]
    assert [miss for miss in spurious if not miss.sentence] == []


def test_reading_nothing_finds_nothing() -> None:
    golds = read_gold_dir(GOLD / "seed")
    empty = compare(golds, [() for _ in golds])
    assert empty.rows["amounts"].tp == 0
    assert empty.rows["amounts"].fn == sum(len(gold.facts) for gold in golds) > 0
    assert empty.headline == 0.0


def test_scores_of_nothing_asked_and_nothing_given_are_perfect() -> None:
    assert Score().f1 == 1.0
    assert Score(fn=1).f1 == 0.0


def test_a_folder_without_annotations_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no annotations"):
        read_gold_dir(tmp_path)


def test_an_annotation_without_its_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"facts": []}', encoding="utf-8")
    with pytest.raises(FileNotFoundError, match=r"a\.txt"):
        read_gold(tmp_path / "a.json")
