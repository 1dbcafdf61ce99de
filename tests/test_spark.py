"""The same graph from a real Spark: two executors in processes of their own, one of which is killed on the way."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Quad, RdfFormat, parse
from typer.testing import CliRunner

from kg import ontology
from kg.cli import app
from kg.describe import Given
from kg.export.tables import rows
from kg.pipeline import build
from kg.sources import SourceError
from kg.store import Store, open_store
from tests.conftest import ROOT, exported
from tests.stores import QUICK_JAVA

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytest.importorskip("pyspark", reason="PySpark is not installed: pip install 'huimin[spark]'")
from kg import spark

pytestmark = pytest.mark.skipif(shutil.which("java") is None, reason="Java is not installed")

GOLD = ROOT / "tests" / "gold"
KG = [sys.executable, "-c", "from kg.cli import main; main()"]


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Texts, a folder in the folder, rows, two files with the same bytes, and some that cannot be read."""
    folder = tmp_path_factory.mktemp("news")
    (folder / "notices").mkdir()
    for path in [*sorted(GOLD.glob("fresh/*.txt"))[:12], *sorted(GOLD.glob("feature/*.txt"))[:8]]:
        shutil.copy(path, folder / f"{path.stem} 一.txt")
    for path in sorted(GOLD.glob("notice/*.txt"))[:6]:
        shutil.copy(path, folder / "notices")
    shutil.copy(folder / "notices" / path.name, folder / "again.txt")
    rows = (
        {"id": f"r{i}", "text": f"大连市总工会投入{i}万元慰问“一线\\职工”。", "date": "2024-03-01"} for i in range(30)
    )
    lines = [*(json.dumps(row, ensure_ascii=False) for row in rows), '{"id": "r9", "text": "重复"}', "no JSON"]
    (folder / "rows.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 no archive")
    (folder / "long.txt").write_text("市总工会投入5万元。" * 100_000, encoding="utf-8")
    (folder / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "tool.bin").write_bytes(bytes(range(256)))
    return folder


@pytest.fixture(scope="module")
def local(news: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the local engine makes of them."""
    output = tmp_path_factory.mktemp("local")
    build([news], output, limit=1_000_000, place="大连市")
    return output


@pytest.fixture(scope="module")
def made(news: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Spark makes of them, though one of its two executors is killed while documents are read."""
    output = tmp_path_factory.mktemp("spark")
    command = [
        *KG,
        "build",
        str(news),
        "--engine",
        "spark",
        "-o",
        str(output / "out"),
        "--limit",
        "1",
        "--place",
        "大连市",
    ]
    with (output / "log").open("wb") as log:
        job = subprocess.Popen(command, cwd=ROOT, env=_environment(output), stdout=log, stderr=log)
        try:
            executors = _executors_at_work(output, job)
            os.kill(executors[0], signal.SIGKILL)
            assert job.wait(timeout=300) == 2, (output / "log").read_text(errors="replace")[-3000:]
        finally:
            job.kill()
    return output / "out"


def _environment(output: Path) -> dict[str, str]:
    submit = (
        "--master local-cluster[2,1,1024] --conf spark.driver.bindAddress=127.0.0.1 --driver-memory 1g pyspark-shell"
    )
    own = {"PYSPARK_SUBMIT_ARGS": submit, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_WORKER_DIR": str(output / "work")}
    folders = {"HUIMIN_TEST": str(output), "SPARK_LOCAL_DIRS": str(output / "scratch")}
    return os.environ | own | folders | {"JDK_JAVA_OPTIONS": " ".join(QUICK_JAVA)}


def _executors_at_work(output: Path, job: subprocess.Popen[bytes]) -> list[int]:
    """The processes of both executors, once they read documents."""
    end = time.monotonic() + 120
    while time.monotonic() < end and job.poll() is None:
        found = [
            int(path.parent.name)
            for path in Path("/proc").glob("[0-9]*/cmdline")
            if b"CoarseGrainedExecutorBackend" in _bytes(path)
            and str(output).encode() in _bytes(path.parent / "environ")
        ]
        if len(found) == 2 and list((output / "out" / "contributions").glob("_temporary/0/_temporary/*")):
            return found
        time.sleep(0.1)
    pytest.fail((output / "log").read_text(errors="replace")[-3000:])


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def test_the_quads_are_those_of_the_local_engine_to_the_byte(made: Path, local: Path) -> None:
    shards = sorted((made / "quads").glob("part-*"))
    found = b"".join(path.read_bytes() for path in shards)
    assert found == exported(open_store(local), "nq")
    assert found.count(b"\n") > 20_000


def test_failed_documents_are_told_and_stop_nothing(made: Path, local: Path) -> None:
    told = [row for path in (made / "failures").glob("part-*") for row in csv.DictReader(path.open(encoding="utf-8"))]
    with (local / "failures.csv").open(encoding="utf-8-sig") as lines:
        wanted = sorted(
            (row["file"].rpartition("/")[2], row["reason"], row["way out"]) for row in csv.DictReader(lines)
        )
    assert sorted((row["name"].rpartition("/")[2], row["reason"], row["remedy"]) for row in told) == wanted
    assert len(wanted) == 6
    assert [row["name"].rpartition("/")[2] for row in told if row["fault"] == "false"] == ["tool.bin"]


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    """A session in this process, on one core."""
    from pyspark.sql import SparkSession

    os.environ["JDK_JAVA_OPTIONS"] = " ".join(QUICK_JAVA)
    before = signal.getsignal(signal.SIGINT)
    options = {"spark.master": "local[1]", "spark.ui.enabled": "false", "spark.driver.bindAddress": "127.0.0.1"}
    running = SparkSession.builder.config(map=options).getOrCreate()
    yield running
    running.stop()
    del os.environ["JDK_JAVA_OPTIONS"]
    signal.signal(signal.SIGINT, before)  # which it takes for itself


def test_the_table_of_amounts_is_that_of_the_export(session: SparkSession, made: Path, local: Path) -> None:
    found = [row.asDict() for row in session.read.parquet(str(made / "amounts")).collect()]
    wanted = list(rows(open_store(local)))
    assert len(found) == len(wanted) > 300
    texts = sorted((row["source"], row["start"], row["text"], row["agents"], row["quote"]) for row in found)
    assert texts == sorted((row[0], int(row[2]), row[3], row[10], row[16]) for row in wanted)
    assert sum(row["value"] or 0 for row in found) == sum(Decimal(row[4] or 0) for row in wanted)


def test_a_path_that_is_not_there_and_two_of_one_name_are_told(session: SparkSession, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text("市总工会投入5万元。", encoding="utf-8")
    for paths, said in ((["none"], "no such file or folder"), (["one", "two"], "would both be called 'a.txt'")):
        with pytest.raises(SourceError, match=said):
            spark.build([str(tmp_path / path) for path in paths], str(tmp_path / "out"), Given())
    assert not (tmp_path / "out").exists()


def test_the_shards_load_into_a_store_that_answers_as_the_local_one(made: Path, local: Path) -> None:
    store = Store()
    for path in (made / "quads").glob("part-*"):
        quads = list(parse(path=str(path), format=RdfFormat.N_QUADS))
        store.oxigraph.bulk_extend([*quads, *(Quad(*quad.triple) for quad in quads)])
    asked = ontology.queries()["money-by-organisation"].read_text(encoding="utf-8")
    found = sorted(map(str, store.query(asked)))
    assert found == sorted(map(str, open_store(local).query(asked)))
    assert len(found) > 5


@pytest.mark.parametrize("wish", ["--prune", "--page", "--no-texts", "--jobs=2"])
def test_a_wish_that_a_cluster_has_no_use_for_is_refused(wish: str, tmp_path: Path) -> None:
    run = CliRunner().invoke(app, ["build", str(tmp_path), "--engine", "spark", wish])
    assert run.exit_code == 2 and "say nothing to it" in run.stderr
