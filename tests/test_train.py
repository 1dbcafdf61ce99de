"""The choice of who acts: its weights are those that the annotated texts give, and they decide."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Entity
from kg.reading import extract
from kg.relate import choice
from tests import train

GOLD = Path(__file__).parent / "gold"


def test_the_same_texts_give_the_same_weights() -> None:
    texts = sorted((p for folder in GOLD.iterdir() for p in folder.glob("*.json")), key=lambda p: (p.stem, p))
    first, *later = train.STAGES
    # What is learnt later stands on what was learnt before: where that is as it was, one reading serves all of it.
    for stage in (first, [slot for later_stage in later for slot in later_stage]):
        read = {path: list(train.cases(path, stage)) for path in texts}
        for slot in stage:
            learnt = train.fit(slot, train.of_slot(slot, texts, read))
            assert len(learnt) > 200
            assert learnt == choice.weights(slot)[choice.PLAIN], slot


TEXT = "县总工会召开会议。\n\n夫妻俩在广东打工，他每月工资3000元。"


@pytest.mark.parametrize(("weight", "named"), [(1, {"县总工会"}), (-1, set())])
def test_the_weights_decide(weight: int, named: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "weights", lambda slot: choice.Weights({"earns": weight}))
    told = [m for reading in extract(TEXT) for m in reading.measures]
    assert told
    assert {e.name for m in told for e in m.agents} == named
    assert [c.principle for c in told[0].considered][:2] == ["nobody", "carried on from before"]
    assert ["广东省"] in [[e.name for e in c.filler if isinstance(e, Entity)] for c in told[0].considered]


def test_a_subject_of_its_own_is_not_weighed() -> None:
    (measure,) = [m for reading in extract("县总工会投入5万元。") for m in reading.measures]
    assert [e.name for e in measure.agents] == ["县总工会"]
    assert {c.slot for c in measure.considered} <= {"to"}


@pytest.mark.parametrize(
    ("wanted", "proposed", "filler", "told"),
    [
        (("甲",), ("甲", "乙"), ("甲",), "right"),
        ((), ("甲",), (), "right"),
        ((), ("甲",), ("甲",), "nobody wanted"),
        (("甲|",), ("乙",), ("乙",), "nobody wanted"),
        (("甲",), (), (), "no choice"),
        (("甲",), ("甲", "乙"), ("乙",), "proposed, not chosen"),
        (("甲",), ("乙",), (), "not proposed"),
    ],
)
def test_what_comes_out_is_told_apart(
    wanted: tuple[str, ...], proposed: tuple[str, ...], filler: tuple[str, ...], told: str
) -> None:
    options = tuple(choice.Proposal((name,), "named", ()) for name in proposed)
    case = train.Case("agent", "5万元", wanted, lambda given: set(map(str, given)), str.__eq__, (), (), options)
    assert train.outcome(case, filler) == told
