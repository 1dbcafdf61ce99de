"""kill -9 at any moment leaves a store that opens and holds whole documents only; the next build completes it.

HUIMIN_KILLS says how many kills of each sort there are; the figures of a long run stand in docs/benchmarks.md.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from pyoxigraph import Quad

from kg.pipeline import build
from kg.store import Store, open_store
from kg.tally import DERIVED
from tests.conftest import ROOT, exported

KILLS = int(os.environ.get("HUIMIN_KILLS", "3"))
GOLD = ROOT / "tests" / "gold" / "dev"

Graphs = dict[str, frozenset[Quad]]


def graphs_of(store: Store) -> Graphs:
    found: dict[str, set[Quad]] = defaultdict(set)
    for quad in store.quads():
        found[str(quad.graph_name)].add(quad)
    return {name: frozenset(quads) for name, quads in found.items()}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve texts as they were (old/) and as they are (new/): some changed, one gone, one new; both built."""
    home = tmp_path_factory.mktemp("kill")
    texts = sorted(GOLD.glob("*.txt"))[:12]
    for name in ("old", "new"):
        (home / name / "news").mkdir(parents=True)
    for i, path in enumerate(texts):
        text = path.read_text(encoding="utf-8")
        if i != 0:
            (home / "old" / "news" / path.name).write_text(text, encoding="utf-8")
        if i != 1:
            changed = text.replace("万元", "万余元") if i % 2 else text
            (home / "new" / "news" / path.name).write_text(changed, encoding="utf-8")
    for name in ("old", "new"):
        build([home / name / "news"], home / name / "output")
    return home


@pytest.fixture(scope="module")
def allowed(corpus: Path) -> Graphs:
    return graphs_of(open_store(corpus / "old" / "output")) | graphs_of(open_store(corpus / "new" / "output"))


def assert_whole(where: Path, allowed: Graphs) -> int:
    """The store opens for writing, each graph is a whole reading, and the union is theirs; how many there are."""
    store = Store(where)
    held = graphs_of(store)
    of_documents = {name: quads for name, quads in held.items() if DERIVED not in name}
    broken = [name for name, quads in of_documents.items() if allowed.get(name) != quads]
    assert broken == []
    assert set(store.triples()) == {quad.triple for quads in held.values() for quad in quads}
    return len(of_documents)


def alive(mark: str) -> list[str]:
    """The processes that were started with a mark in their environment, where the system shows that."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if f"HUIMIN_TEST={mark}".encode() in path.read_bytes():
                found.append(path.parent.name)
    return found


def wait_until(true: Callable[[], bool], seconds: float = 10) -> bool:
    """Does it come true in time?"""
    end = time.monotonic() + seconds
    while time.monotonic() < end and not true():
        time.sleep(0.1)
    return true()


def kill_after(process: subprocess.Popen[str] | subprocess.Popen[bytes], seconds: float) -> bool:
    """Kill it with SIGKILL; was it still running?"""
    time.sleep(seconds)
    alive = process.poll() is None
    process.kill()
    process.wait()
    return alive


def test_a_build_killed_at_any_moment_is_completed_by_the_next(corpus: Path, allowed: Graphs, tmp_path: Path) -> None:
    news, output = tmp_path / "news", tmp_path / "output"
    # few documents into the store one by one; as if they were many, in several batches and by two processes
    ways = {
        False: "from kg.cli import main; main()",
        True: "from kg import cli, pipeline as p; p._FEW, p._SMALL, p._BATCH = 0, 0, 120_000; cli.main()",
    }
    wanted = exported(open_store(corpus / "new" / "output"), "nq")

    def begin(*, anew: bool = False) -> subprocess.Popen[bytes]:
        for path in (news, output):
            shutil.rmtree(path, ignore_errors=True)
        if not anew:
            shutil.copytree(corpus / "old" / "news", news)
            build([news], output)
            shutil.rmtree(news)
        shutil.copytree(corpus / "new" / "news", news)
        command = [sys.executable, "-c", ways[anew], "build", str(news), "-o", str(output), "--prune", "-j", "2"]
        marked = os.environ | {"HUIMIN_TEST": str(tmp_path)}
        return subprocess.Popen(command, cwd=ROOT, env=marked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    process = begin()
    started = time.monotonic()
    assert process.wait() == 0
    whole = time.monotonic() - started
    assert exported(open_store(output), "nq") == wanted
    killed = 0
    for i in range(KILLS):
        anew = i % 2 == 1
        killed += kill_after(begin(anew=anew), whole * (i + 0.5) / KILLS)
        assert assert_whole(output / "store", allowed) >= (0 if anew else 10)
        build([news], output, prune=True)
        assert exported(open_store(output), "nq") == wanted
        assert sorted(p.name for p in output.glob("*.part")) == []
    assert wait_until(lambda: alive(str(tmp_path)) == [])  # none of their helpers outlives them
    assert killed >= KILLS // 2


def test_a_writer_killed_while_it_writes_leaves_whole_documents(corpus: Path, allowed: Graphs, tmp_path: Path) -> None:
    quads = tmp_path / "all.nq"
    quads.write_text("".join(f"{quad} .\n" for graph in allowed.values() for quad in graph), encoding="utf-8")
    chance = random.Random(1)
    for _ in range(3 * KILLS):
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.killed", str(tmp_path / "store"), str(quads)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None and process.stdout.readline() == "writing\n"
        assert kill_after(process, chance.uniform(0.0, 0.4))
        process.stdout.close()
        assert_whole(tmp_path / "store", allowed)
