"""Many articles: `python -m tests.bench_scale [ARTICLES]` builds a tenth and all of so many, and writes docs/scale.md's tables.

What is built are the articles of `tests/corpus.py`, on this machine with one process and with one a core, and with Spark's
local cluster of one worker and of two.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pyoxigraph
import rdflib

from kg import ontology
from kg.crew import cores
from kg.store import open_store
from tests.bench import machine, markdown
from tests.corpus import write

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "scale.md"
KG = str(Path(sysconfig.get_path("scripts")) / "kg")
NEW = "连云港市总工会投入{}万元慰问环卫工人1207名。"
QUESTION = "money-by-organisation"
RDFLIB = 200_000  # triples; its parser takes a minute for a million


def ran(*command: str, env: dict[str, str] | None = None) -> tuple[float, int, int]:
    """A command's wall time in seconds, and the peak memory in MiB of it and of the largest of its helpers."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=os.environ | (env or {}))
    own = helpers = 0
    while process.poll() is None:
        own = max(own, _peak(process.pid))
        helpers = max([helpers, *(_peak(pid) for pid in _below(process.pid))])
        time.sleep(0.2)
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed")
    return time.perf_counter() - begun, own, helpers


def _peak(pid: int) -> int:
    try:
        said = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0
    return int(said[1]) // 1024 if said else 0


def _below(pid: int) -> list[int]:
    """The processes that a process started, and those that they started."""
    try:
        own = [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return [*own, *(each for child in own for each in _below(child))]


def growth(folder: Path, sizes: Sequence[int]) -> list[list[str]]:
    """Builds of more and more articles by all cores, and what one more and none takes then."""
    rows = []
    for n in sizes:
        news, output = folder / f"news{n}", folder / f"output{n}"
        size = write(news, n)
        seconds, own, helper = ran(KG, "build", str(news), "-o", str(output))
        triples = open_store(output).counts()["triples"]
        more = []
        for i in range(3):
            (folder / "new.txt").write_text(NEW.format(10 + i), encoding="utf-8")
            more.append(ran(KG, "build", str(folder / "new.txt"), "-o", str(output))[0])
        none = ran(KG, "build", str(folder / "new.txt"), "-o", str(output))[0]
        disk = sum(path.stat().st_size for path in (output / "store").iterdir()) / 1e6
        told = (n, size / 1000, seconds, n / seconds, triples / 1000, disk, own, helper)
        rows.append([f"{figure:,.0f}" for figure in told] + [f"{sorted(more)[1]:.1f}", f"{none:.1f}"])
        print(*rows[-1], sep="\t")
    return rows


def processes(folder: Path, n: int) -> list[list[str]]:
    """The same articles by one process and by one a core, and by Spark's local cluster of one worker and of two."""
    news = str(folder / f"news{n}")
    rows: list[list[str]] = []
    ways = [("local", ["-j", str(jobs)], jobs, "") for jobs in sorted({1, cores()})]
    ways += [
        ("spark", ["--engine", "spark"], workers, f"--master local-cluster[{workers},1,1024]") for workers in (1, 2)
    ]
    first: dict[str, float] = {}
    for engine, options, many, master in ways:
        scratch = {"SPARK_WORKER_DIR": str(folder / "work"), "SPARK_LOCAL_IP": "127.0.0.1"}
        submit = {"PYSPARK_SUBMIT_ARGS": f"{master} --conf spark.driver.bindAddress=127.0.0.1 pyspark-shell"}
        output = folder / f"{engine}{many}"
        seconds, *_ = ran(KG, "build", news, "-o", str(output), *options, env=scratch | submit if master else None)
        first.setdefault(engine, seconds)
        rows.append([f"{engine}, {many}", f"{seconds:,.0f}", f"{n / seconds:,.0f}", f"{first[engine] / seconds:.2f}"])
        print(*rows[-1], sep="\t")
    return rows


def stores(outputs: Sequence[Path]) -> list[list[str]]:
    """Loading and asking stores of several sizes, beside rdflib's where it takes no more than a minute."""
    question = ontology.queries()[QUESTION].read_text(encoding="utf-8")
    rows = []
    for output in outputs:
        store = open_store(output)
        triples = store.counts()["triples"]
        row = [f"{triples:,}", f"{_took(lambda s=store: list(s.query(question))):.2f}"]
        with tempfile.TemporaryDirectory() as folder:
            held, turtle = pyoxigraph.Store(folder), str(output / "graph.ttl")
            row.append(f"{_took(partial(held.bulk_load, path=turtle, format=pyoxigraph.RdfFormat.TURTLE)):.1f}")
        if triples <= RDFLIB:
            graph = rdflib.Graph()
            row.append(f"{_took(partial(graph.parse, turtle)):.1f}")
            row.append(f"{_took(lambda g=graph: list(g.query(question))):.1f}")
        rows.append(row + ["not tried"] * (5 - len(row)))
        print(*rows[-1], sep="\t")
    return rows


def _took(do: Callable[[], object]) -> float:
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


def main() -> None:
    """Measure, and put the tables into the page."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    sizes = [n // 100, n // 10, n]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        grown = growth(folder, sizes)
        compared = processes(folder, n // 10)
        asked = stores([folder / f"output{size}" for size in sizes])
    header = ["articles", "thousand characters", "s", "articles/s", "thousand triples", "store, MB"]
    tables = (
        f"Written by `python -m tests.bench_scale {n}` on {datetime.now(UTC):%Y-%m-%d}. {machine()}.\n\n"
        "Builds by all cores from an empty folder, with Turtle, page and all; then one notice more (median of three) and nothing new, "
        "both with the start of the process. Memory is the peak of the process that writes, and of the largest that reads.\n\n"
        + markdown([*header, "writer, MiB", "reader, MiB", "one more, s", "nothing new, s"], grown)
        + f"\n{n // 10:,} articles by engine and processes, Spark's as executors of its local cluster, with the start of all:\n\n"
        + markdown(["engine", "s", "articles/s", "times as fast as one"], compared)
        + f"\nThe stores of these builds: `{QUESTION}`, and their Turtle loaded into an empty store, beside rdflib's.\n\n"
        + markdown(["triples", "question, s", "load, s", "rdflib: load, s", "question, s"], asked)
    )
    page = PAGE.read_text(encoding="utf-8")
    begin, end = "<!-- figures -->\n", "<!-- end -->\n"
    head, _, rest = page.partition(begin)
    PAGE.write_text(head + begin + tables + end + rest.partition(end)[2], encoding="utf-8")


if __name__ == "__main__":
    main()
