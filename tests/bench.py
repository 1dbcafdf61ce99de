"""`make bench`: how fast Huimin reads, what it needs, and what the tokenisers alone would take.

Each job runs in a process of its own, so that peak memory is that job's.  The table goes to the terminal and to
`docs/benchmarks.md`.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold"
SAMPLE = ROOT / "data" / "page.txt"
KG = str(Path(sysconfig.get_path("scripts")) / "kg")
SECONDS = 4.0  # each reading job goes over the texts until this much time has passed


def texts() -> list[tuple[str, str]]:
    """Names and contents of the annotated texts."""
    return [(path.name, path.read_text(encoding="utf-8")) for path in sorted(GOLD.glob("*/*.txt"))]


def reader() -> Callable[[str, str], int]:
    """Huimin: everything from text to readings; gives the number of articles."""
    from kg.reading import extract

    return lambda name, text: len(extract(text, name))


def jieba() -> Callable[[str, str], int]:
    """The reference tokeniser."""
    import logging

    import jieba as module

    module.setLogLevel(logging.WARNING)
    tokenizer = module.Tokenizer()
    return lambda _, text: len(tokenizer.lcut(text)) * 0


def rjieba() -> Callable[[str, str], int]:
    """The same cuts, in Rust."""
    import rjieba as module

    tokenizer = module.Jieba()
    return lambda _, text: len(tokenizer.cut(text)) * 0


JOBS = {"huimin: read": reader, "jieba: cut": jieba, "rjieba: cut": rjieba}


def measure(job: str) -> dict[str, float]:
    """Run a job over the texts, again and again for a few seconds."""
    begun = time.perf_counter()
    run = JOBS[job]()
    run("warm up", SAMPLE.read_text(encoding="utf-8"))
    ready = time.perf_counter()
    characters = articles = 0
    material = texts()
    while time.perf_counter() - ready < SECONDS:
        for name, text in material:
            articles += run(name, text)
            characters += len(text)
    spent = time.perf_counter() - ready
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"first": ready - begun, "speed": characters / spent, "articles": articles / spent, "memory": memory}


def measure_length(characters: int) -> dict[str, float]:
    """Read one article of ordinary sentences, once."""
    from tests.test_growth import news

    run, text = reader(), news(characters)
    run("warm up", SAMPLE.read_text(encoding="utf-8"))
    begun = time.process_time()
    run("long", text)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": time.process_time() - begun, "memory": memory}


def own_process(job: str) -> dict[str, float]:
    """What a job of this file prints that is run in a process of its own."""
    command = [sys.executable, "-m", "tests.bench", job]
    found: dict[str, float] = json.loads(
        subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
    )
    return found


def timed(*command: str, times: int = 5) -> float:
    """The median wall time of a command in seconds."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def build_sample() -> float:
    """The median wall time of building the sample page, from an empty folder, process start included."""
    with tempfile.TemporaryDirectory() as folder:
        number = iter(range(3))
        return statistics.median(
            timed(KG, "build", str(SAMPLE), "-o", str(Path(folder, str(i))), times=1) for i in number
        )


def figures() -> tuple[list[list[str]], list[list[str]], list[list[str]]]:
    """The rows of the first three tables: reading, one article of growing length, and commands."""
    reading = []
    for job in JOBS:
        found = own_process(job)
        articles = f"{found['articles']:,.0f}" if found["articles"] else ""
        row = [job, f"{found['speed']:,.0f}", articles, f"{found['memory']:,.0f}", f"{found['first']:.2f}"]
        reading.append(row)
    commands = [
        ["kg --help", f"{timed(KG, '--help'):.2f}"],
        [f"kg build data/page.txt ({len(SAMPLE.read_text(encoding='utf-8')):,} characters)", f"{build_sample():.2f}"],
    ]
    long = []
    for length in LENGTHS:
        found = own_process(str(length))
        long.append([f"{length:,}", f"{found['seconds']:.2f}", f"{found['memory']:,.0f}"])
    return reading, long, commands


LENGTHS = (16_000, 125_000, 1_000_000)
GROWING = ["characters of one article", "s", "peak memory, MiB"]
READING = ["job", "characters/s", "articles/s", "peak memory, MiB", "first text after, s"]
COMMANDS = ["command", "wall time, s"]
EXPLORING = ["what a person does", "median, ms", "slowest, ms", "found or told"]
EXPORTING = ["format", "s", "MB", "peak memory, MiB", "small store, MiB"]
TRIPLES = 1_000_000
KILLS = 40


def machine() -> str:
    """What it ran on, in words."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    model = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.processor())
    parts = ", ".join(f"{name} {version(name)}" for name in ("huimin", "jieba", "rjieba", "pyoxigraph"))
    return f"{model or platform.machine()}, {os.cpu_count()} cores; Python {platform.python_version()}; {parts}"


def markdown(header: list[str], rows: list[list[str]]) -> str:
    """A table with figures to the right."""
    lines = [header, ["---"] + ["---:"] * (len(header) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def stored() -> tuple[list[int], list[list[str]], list[list[str]]]:
    """Triples of a small and of a large store, the explorer's figures, and the exports'."""
    from tests.bench_store import explorer, exports  # not above: the jobs' memory is measured without them
    from tests.large import large

    with tempfile.TemporaryDirectory() as folder:
        outputs = [Path(folder, "small"), Path(folder, "large")]
        triples = [large(output, wanted) for output, wanted in zip(outputs, (1, TRIPLES), strict=True)]
        small, exported = (exports(output) for output in outputs)
        rows = [[*row, before[-1]] for row, before in zip(exported, small, strict=True)]
        return triples, explorer(outputs[1]), rows


def killed() -> str:
    """A long run of the kill test, in words."""
    environment = os.environ | {"HUIMIN_KILLS": str(KILLS)}
    test = [sys.executable, "-m", "pytest", "-q", "tests/test_kill.py"]
    lost = subprocess.run(test, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=False).returncode
    return f"{KILLS} builds and {3 * KILLS} writers were killed with SIGKILL at as many moments: " + (
        "a store did not survive it.\n"
        if lost
        else "every store opened and held whole documents only,\nand the next build completed it. Nothing was lost.\n"
    )


def main() -> None:
    """Measure, print, and write the page."""
    reading, long, commands = figures()
    (small, triples), explored, exported = stored()
    console = Console()
    tables = (READING, reading), (GROWING, long), (COMMANDS, commands), (EXPLORING, explored), (EXPORTING, exported)
    for header, rows in tables:
        table = Table(header[0])
        for column in header[1:]:
            table.add_column(column, justify="right")
        for row in rows:
            table.add_row(*row)
        console.print(table)
    page = (
        "# Benchmarks\n\n"
        f"Written by `make bench` on {datetime.now(UTC):%Y-%m-%d}. {machine()}.\n\n"
        f"One process on one core reads the {len(texts())} annotated texts (`tests/gold`) again and again for "
        f"{SECONDS:.0f} seconds.\nReading means all the way from text to mentions, measures and links; the tokenisers "
        "only cut words.\n\n"
        f"{markdown(READING, reading)}\n"
        "One article of ordinary sentences, read once: processor time, and the memory of the process.\n\n"
        f"{markdown(GROWING, long)}\n"
        "Commands are medians, with the start of the process and an empty output folder.\n\n"
        f"{markdown(COMMANDS, commands)}\n"
        f"A store of {triples:,} triples, made by `tests/large.py` from the annotated texts. What the explorer of "
        "`kg serve` asks over HTTP\nfor one search or one expansion, quotes included, nine times each.\n\n"
        f"{markdown(EXPLORING, explored)}\n"
        "`kg export` of the same store, with the start of the process, and the memory it takes for a store of "
        f"{small:,} triples.\n\n"
        f"{markdown(EXPORTING, exported)}\n"
        f"{killed()}"
    )
    (ROOT / "docs" / "benchmarks.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:]:
        wanted = sys.argv[1]
        print(json.dumps(measure_length(int(wanted)) if wanted.isdigit() else measure(wanted)))
    else:
        main()
