"""Who gives, told in every turn of phrase, whoever it is: a body, a person with a title, a place, a kind of people.

Before the turns were tried, a body was found in 123 of 128, a person with a title in 39, a place in 44, a kind of people in 43.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.reading import extract

FAULTS = Path(__file__).parent / "faults"
GIVERS = {
    "县总工会": "县总工会",
    "退休教师李建国": "李建国",
    "石桥镇": "石桥镇",
    "爱心人士": "爱心人士",
    "陈女士": "陈女士",
}
SENTENCES = ("{}捐款5万元。", "昨天，{}向灾区捐款5万元。", "据介绍，去年{}为困难职工送去慰问金5万元。")


def lines(name: str) -> list[str]:
    return [line for line in (FAULTS / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


def givers(text: str) -> set[str]:
    measures = [m for reading in extract(text) for m in reading.measures]
    return {e.name for m in measures if any("5" in a.mention.text for a in m.amounts) for e in m.agents}


@pytest.mark.parametrize("giver", GIVERS)
def test_whoever_gives_is_found_in_every_turn(giver: str) -> None:
    said = {turn: givers(turn.format(giver)) for turn in lines("turns.txt")}
    assert len(said) > 100
    assert {turn: who for turn, who in said.items() if who != {GIVERS[giver]}} == {}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_everyday_bodies_and_people_give(sentence: str) -> None:
    said = {name: givers(sentence.format(name)) for name in lines("names.txt")}
    assert len(said) > 400
    # one giver each, whose name ends as it does in the text or is written out (县妇联, 县妇女联合会)
    assert {name: who for name, who in said.items() if len(who) != 1 or not _is(name, next(iter(who)))} == {}


def _is(name: str, said: str) -> bool:
    return name.endswith(said) or name[-1] == said[-1] or name.startswith(said)
