"""A store that grows: what is new is all that is written, and all the same as if everything had been made at once."""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kg import crew, pipeline
from kg import publication as published
from kg.cli import app
from kg.pipeline import build
from kg.publication import TELLS
from kg.rdf import statement
from kg.store import open_store
from kg.tally import DERIVED, packed, settle, tells, unpacked
from tests.conftest import ROOT, exported

GOLD = ROOT / "tests" / "gold"
FILES = ("graph.ttl", "graph.html")


@pytest.fixture(scope="module")
def texts() -> list[Path]:
    """Two dozen texts in no order that means anything."""
    found = sorted(GOLD.glob("fresh/*.txt"))[:14] + sorted(GOLD.glob("notice/*.txt"))[:10]
    random.Random(7).shuffle(found)
    return found


def folder_of(where: Path, texts: list[Path]) -> Path:
    where.mkdir(parents=True, exist_ok=True)
    for path in texts:
        (where / path.name).write_bytes(path.read_bytes())
    return where


def _change_places(one: Path, other: Path) -> None:
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


def test_what_is_brought_up_to_date_is_what_is_made_at_once(texts: list[Path], tmp_path: Path) -> None:
    """After each addition, change and removal the Turtle, the page, the counts and the texts are those of a new build."""
    news, output = folder_of(tmp_path / "news", texts[:6]), tmp_path / "out"
    build([news], output)
    steps = [
        lambda: folder_of(news, texts[6:7]),
        lambda: (news / texts[0].name).write_text("他县总工会“投入”3万元。\n第二行。\n", encoding="utf-8"),
        lambda: (news / texts[1].name).unlink(),
        lambda: (news / "a\tb.txt").write_text("市总工会\\投入5万元。", encoding="utf-8"),
        lambda: (news / "again.txt").write_bytes((news / texts[2].name).read_bytes()),
        lambda: folder_of(news, texts[7:9]),
        lambda: _change_places(news / texts[3].name, news / texts[4].name),
    ]
    merged: list[Path] = []
    known = published.merged.turtle

    def watched(old: Path, *rest: Any) -> None:
        merged.append(old)
        known(old, *rest)

    for i, step in enumerate(steps):
        step()
        merged.clear()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(published.merged, "turtle", watched)
            counts = build([news], output, prune=True).counts
        assert merged == [output / "graph.ttl"]  # it was not made anew
        whole = tmp_path / f"whole{i}"
        assert build([news], whole, prune=True).counts == counts == open_store(whole).counts()
        assert [(output / name).read_bytes() == (whole / name).read_bytes() for name in FILES] == [True, True]
        assert sorted(p.name for p in (output / "texts").iterdir()) == sorted(
            p.name for p in (whole / "texts").iterdir()
        )


def test_a_turtle_of_another_state_is_not_taken_up(texts: list[Path], tmp_path: Path) -> None:
    """A build that was killed before it wrote the Turtle leaves an older one, which only a new one can follow."""
    news, output = folder_of(tmp_path / "news", texts[:2]), tmp_path / "out"
    build([news], output)
    store = open_store(output, writing=True)
    assert store.retract(texts[0].name) == 1
    settle(store)
    del store
    folder_of(news, texts[2:3])
    counts = build([news / texts[2].name], output).counts
    build([news / path.name for path in texts[1:3]], tmp_path / "whole")
    assert (output / "graph.ttl").read_bytes() == (tmp_path / "whole" / "graph.ttl").read_bytes()
    assert counts == open_store(output).counts()


def test_processes_make_the_same_graph_as_one(
    texts: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    news = folder_of(tmp_path / "news", texts)
    (news / "rows.jsonl").write_text('{"text": "市总工会投入5万元。"}\n{"no": 1}\n', encoding="utf-8")
    (news / "long.txt").write_text("市总工会投入5万元。" * 5000, encoding="utf-8")
    one = build([news], tmp_path / "one", limit=100_000)
    for name, few in (("_FEW", 0), ("_SMALL", 0), ("_BATCH", 300_000)):
        monkeypatch.setattr(pipeline, name, few)
    heard: list[float] = []
    asked: list[int] = []
    known = crew.each
    monkeypatch.setattr(crew, "each", lambda work, tasks, jobs: asked.append(jobs) or known(work, tasks, jobs))
    two = build([news], tmp_path / "two", lambda source, at, n: heard.append(at / n), limit=100_000, jobs=2)
    assert (two.added, two.counts, [str(e) for e in two.failed]) == (
        one.added,
        one.counts,
        [str(e) for e in one.failed],
    )
    assert asked == [2] and len(two.added) == len(texts) + 1 and len(two.failed) == 2 and max(heard) <= 1
    for name in FILES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    stores = [open_store(tmp_path / name) for name in ("one", "two")]
    assert exported(stores[0], "nq") == exported(stores[1], "nq")
    texts_of = [{p.name: p.read_bytes() for p in (tmp_path / name / "texts").iterdir()} for name in ("one", "two")]
    assert texts_of[0] == texts_of[1] and len(texts_of[0]) == 2 * (len(texts) + 1)


def test_answers_come_in_the_order_of_the_tasks_and_tasks_are_taken_as_there_is_room() -> None:
    taken: list[float] = []

    def tasks() -> Iterator[float]:
        for i in range(200):
            taken.append(i)
            yield 0.0 if i else 0.5

    answers = crew.each(time.sleep, tasks(), 2)
    next(answers)
    assert len(taken) <= 2 * crew._AHEAD
    assert len(list(answers)) == 199
    assert list(crew.each(abs, range(-100, 0), 2)) == list(range(100, 0, -1))


def test_a_process_that_is_killed_is_told_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(crew.CrewError, match="--jobs 1"):
        list(crew.each(os._exit, [3], 2))
    assert multiprocessing.active_children() == []


def test_who_takes_no_more_answers_need_not_wait_for_them() -> None:
    answers = crew.each(time.sleep, [0.0, 60.0, 60.0], 2)
    next(answers)
    begun = time.monotonic()
    answers.close()
    assert time.monotonic() - begun < 30


def test_what_documents_tell_is_kept_and_can_be_lost(texts: list[Path], tmp_path: Path) -> None:
    news, output = folder_of(tmp_path / "news", texts[:4]), tmp_path / "out"
    build([news], output)
    kept = (output / TELLS).read_text(encoding="utf-8").splitlines()
    assert len(kept) == 5
    told = [unpacked(line.split("\t")[2]) for line in kept[1:]]
    assert sum(len(each.sums) for each in told) > 4
    assert [packed(each) for each in told] == [line.split("\t")[2] for line in kept[1:]]
    store = open_store(output)
    assert sorted(map(packed, told)) == sorted(
        packed(tells(map(statement, store.graph(name)))) for name in store.graphs() if name != DERIVED
    )
    wanted = exported(store, "nq")
    cut = "\n".join([kept[0], kept[1], kept[2][:-9]])  # as a build leaves it that is killed while it writes
    torn = "\n".join([kept[0], kept[1][:-9] + kept[2], "\xff", kept[3].replace("5", "6")])
    for damage in ("", "another program\n", cut, torn):
        (output / TELLS).write_text(damage, encoding="utf-8")
        folder_of(news, texts[4:5])
        build([news], output)
        if damage == torn:  # now it is not known what the one told that goes
            (output / TELLS).write_text(damage, encoding="utf-8")
        (news / texts[4].name).unlink()
        build([news], output, prune=True)
        assert exported(open_store(output), "nq") == wanted


def test_the_page_of_a_large_graph_is_made_when_it_is_asked_for(
    texts: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    news, output = folder_of(tmp_path / "news", texts[:2]), tmp_path / "out"
    monkeypatch.setattr(published, "LARGE", 100)
    assert not build([news], output).page_is_old
    first = (output / "graph.html").read_bytes()
    folder_of(news, texts[2:3])
    runner = CliRunner()
    run = runner.invoke(app, ["build", str(news), "-o", str(output)])
    assert (run.exit_code, (output / "graph.html").read_bytes()) == (0, first)
    assert "--page" in run.stdout
    assert build([news], output).page_is_old  # nothing is new, and it is still of an earlier state
    run = runner.invoke(app, ["build", str(news), "-o", str(output), "--page"])
    assert "--page" not in run.stdout
    assert (output / "graph.html").read_bytes() != first
    assert not build([news], output).page_is_old


def test_each_process_keeps_to_one_core(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    assert set(crew.each(os.getenv, ["OMP_NUM_THREADS"] * 4, 2)) == {"1"}
