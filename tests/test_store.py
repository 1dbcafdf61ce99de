"""Adding, replacing and retracting documents; the same input gives the same bytes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg import export
from kg.pipeline import build
from kg.store import Store, StoreError, open_store
from kg.tally import settle
from tests.conftest import ROOT, SAMPLE, exported

ONE = "杭州市总工会投入80万元慰问一线职工。"
TWO = "大连市总工会投入90万元救助困难职工。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "a.txt").write_text(ONE, encoding="utf-8")
    (texts / "b.txt").write_text(TWO, encoding="utf-8")
    return texts


def labels(output: Path) -> set[str]:
    rows = open_store(output).query(
        "SELECT ?l { ?s a hm:Money ; rdfs:label ?l }".join(
            ["PREFIX hm: <https://w3id.org/huimin/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> ", ""]
        )
    )
    return {row["l"].value for row in rows}


def test_building_twice_changes_nothing(folder: Path, tmp_path: Path) -> None:
    first = build([folder], tmp_path / "out")
    before = (tmp_path / "out" / "graph.ttl").read_bytes()
    second = build([folder], tmp_path / "out")
    assert first.added == ["a.txt", "b.txt"]
    assert second.unchanged == ["a.txt", "b.txt"] and not second.added and not second.replaced
    assert (tmp_path / "out" / "graph.ttl").read_bytes() == before


def test_a_changed_file_replaces_its_graph(folder: Path, tmp_path: Path) -> None:
    build([folder], tmp_path / "out")
    (folder / "a.txt").write_text(ONE.replace("80", "85"), encoding="utf-8")
    assert build([folder], tmp_path / "out").replaced == ["a.txt"]
    assert labels(tmp_path / "out") == {"85万元", "90万元"}


@pytest.mark.parametrize("form", sorted(export.FORMATS))
def test_retracting_leaves_what_a_build_without_the_file_gives(folder: Path, tmp_path: Path, form: str) -> None:
    build([folder], tmp_path / "out")
    build([folder / "b.txt"], tmp_path / "alone")
    store, alone = open_store(tmp_path / "out", writing=True), open_store(tmp_path / "alone")
    assert exported(store, form) != exported(alone, form)
    assert store.retract("a.txt") == 1
    settle(store)
    assert exported(store, form) == exported(alone, form)


def test_a_graph_that_is_taken_out_is_not_listed(folder: Path, tmp_path: Path) -> None:
    build([folder], tmp_path / "out")
    store = open_store(tmp_path / "out", writing=True)
    listed = "SELECT ?g { GRAPH ?g {} }"
    assert len(list(store.query(listed))) == 3
    store.retract("a.txt")
    settle(store)
    assert len(list(store.query(listed))) == 2


def test_what_vanished_is_told_and_stays_until_it_is_pruned(folder: Path, tmp_path: Path) -> None:
    build([folder], tmp_path / "out")
    (folder / "a.txt").unlink()
    told = build([folder], tmp_path / "out")
    assert (told.vanished, told.pruned, told.unchanged) == (["a.txt"], False, ["b.txt"])
    assert labels(tmp_path / "out") == {"80万元", "90万元"}
    assert build([folder], tmp_path / "out", prune=True).vanished == ["a.txt"]
    assert labels(tmp_path / "out") == {"90万元"}
    assert build([folder], tmp_path / "out", prune=True).vanished == []


def test_pruning_one_folder_leaves_the_documents_of_another(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "c.txt").write_text(ONE.replace("80", "70"), encoding="utf-8")
    build([folder], tmp_path / "out")
    build([other], tmp_path / "out", prune=True)
    build([folder / "a.txt"], tmp_path / "out", prune=True)
    assert labels(tmp_path / "out") == {"70万元", "80万元", "90万元"}


def test_a_moved_file_is_one_document(folder: Path, tmp_path: Path) -> None:
    build([folder], tmp_path / "out")
    (folder / "sub").mkdir()
    (folder / "a.txt").rename(folder / "sub" / "a.txt")
    summary = build([folder], tmp_path / "out", prune=True)
    assert (summary.added, summary.vanished) == (["sub/a.txt"], ["a.txt"])
    build([folder], tmp_path / "anew")
    assert exported(open_store(tmp_path / "out"), "nq") == exported(open_store(tmp_path / "anew"), "nq")


def test_a_damaged_note_of_origins_prunes_nothing(folder: Path, tmp_path: Path) -> None:
    build([folder], tmp_path / "out")
    (tmp_path / "out" / "origins.json").write_text("{", encoding="utf-8")
    (folder / "a.txt").unlink()
    assert build([folder], tmp_path / "out", prune=True).vanished == []
    assert labels(tmp_path / "out") == {"80万元", "90万元"}


def test_readers_read_beside_a_writer_and_a_second_writer_waits(folder: Path, tmp_path: Path) -> None:
    build([folder], tmp_path / "out")
    writer = open_store(tmp_path / "out", writing=True)
    reader = open_store(tmp_path / "out")
    writer.retract("a.txt")
    assert len(reader.documents()) == 2 and len(open_store(tmp_path / "out").documents()) == 1
    with pytest.raises(StoreError, match="another command is writing"):
        open_store(tmp_path / "out", writing=True)
    del writer
    for _ in range(20):  # a writer that opens the store tidies its files up, and may take one from under a reader
        writer = open_store(tmp_path / "out", writing=True)
        assert len(open_store(tmp_path / "out").documents()) == 1
        del writer


def test_one_unreadable_file_does_not_stop_the_others(folder: Path, tmp_path: Path) -> None:
    (folder / "c.txt").write_bytes(b"\0\1\2\3" * 50)
    summary = build([folder], tmp_path / "out")
    assert [Path(error.name).name for error in summary.failed] == ["c.txt"]
    assert labels(tmp_path / "out") == {"80万元", "90万元"}


def test_a_folder_without_a_store_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="run `kg build` first"):
        open_store(tmp_path)


def test_a_malformed_query_is_one_error() -> None:
    with pytest.raises(StoreError, match="not understood"):
        Store().query("SELECT * {")


@pytest.mark.parametrize("form", sorted(export.FORMATS))
def test_every_format_is_written_the_same_twice(sample: Path, form: str) -> None:
    store = open_store(sample)
    written = exported(store, form)
    assert len(written) > 5000
    assert written == exported(store, form)


def test_hash_seed_and_order_of_inputs_do_not_matter(folder: Path, tmp_path: Path) -> None:
    inputs = [str(SAMPLE), str(folder / "a.txt"), str(folder / "b.txt")]
    written = []
    for seed, order in (("1", inputs), ("2", inputs[::-1])):
        output = tmp_path / seed
        environment = os.environ | {"PYTHONHASHSEED": seed}
        for command in (
            ["build", *order, "-o", str(output)],
            ["export", "-f", "nq", "-o", str(output), "--to", str(output / "g.nq")],
        ):
            subprocess.run(
                [sys.executable, "-c", "from kg.cli import main; main()", *command],
                check=True,
                env=environment,
                cwd=ROOT,
                capture_output=True,
            )
        written.append([(output / name).read_bytes() for name in ("graph.ttl", "g.nq", "graph.html")])
    assert written[0] == written[1]
    assert all(len(part) > 10_000 for part in written[0])


def test_progress_and_interruption_inside_one_document(tmp_path: Path) -> None:
    text = tmp_path / "long.txt"
    text.write_text("杭州市总工会投入80万元慰问环卫工人。" * 400, encoding="utf-8")
    told: list[float] = []

    def stop(source: str, at: float, n: int) -> None:
        told.append(at)
        if at > 0.8:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build([text], tmp_path / "out", stop)
    assert len(told) > 50 and told == sorted(told)
    assert open_store(tmp_path / "out").documents() == {}
    told.clear()
    build([text], tmp_path / "out", lambda source, at, n: told.append(at))
    assert told[0] == 0 and told[-1] <= 1 and any(0.4 < at < 0.6 for at in told)
    assert list(open_store(tmp_path / "out").documents()) == ["long.txt"]


def test_where_nothing_is_new_nothing_is_written(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    first = build([folder], output)
    files = [output / name for name in ("graph.ttl", "graph.html", "published.json")]
    before = [path.stat().st_mtime_ns for path in files]
    again = build([folder], output)
    assert again.counts == first.counts and again.counts["triples"] > 10
    assert [path.stat().st_mtime_ns for path in files] == before
    # a file that is gone, or another wish, has them written again
    files[0].unlink()
    build([folder], output)
    assert files[0].is_file()
    texts = files[1].read_bytes()
    build([folder], output, texts=False)
    assert files[1].read_bytes() != texts
