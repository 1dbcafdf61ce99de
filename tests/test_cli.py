"""The command as a person meets it: what it prints, what it says when something is wrong, and its exit codes."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT, SAMPLE


def kg(*arguments: str, stdin: str = "", cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "120"}
    return subprocess.run(
        [sys.executable, "-c", "from kg.cli import main; main()", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        cwd=cwd,
        env=environment,
        check=False,
    )


def test_help_names_every_command() -> None:
    shown = kg("--help").stdout
    for command in ("build", "query", "export", "extract", "explain", "check", "retract", "evaluate", "serve"):
        assert command in shown
        assert "Example" in kg(command, "--help").stdout, command


def test_shipped_questions_are_listed_and_answered(sample: Path) -> None:
    listed = [line.split()[0] for line in kg("query", "--list").stdout.splitlines()]
    assert len(listed) >= 12
    shown = kg("query", "money-by-group", "-f", "csv", "-o", str(sample)).stdout
    assert "工会会员" in shown


def test_a_query_in_sparql_knows_the_prefixes(sample: Path) -> None:
    asked = "SELECT ?who { ?o a hm:TradeUnion ; rdfs:label ?who } ORDER BY ?who"
    shown = json.loads(kg("query", asked, "-f", "json", "-o", str(sample)).stdout)
    names = {row["who"]["value"] for row in shown["results"]["bindings"]}
    assert {"杭州市总工会", "大庆市总工会", "内蒙古自治区总工会"} <= names


def test_extract_gives_offsets_of_the_text_and_numbers_as_strings() -> None:
    text = "杭州市总工会投入80万元慰问一线职工。"
    (line,) = kg("extract", "-", "--json", "--lines", stdin=text + "\n").stdout.splitlines()
    (article,) = json.loads(line)["articles"]
    money = next(m for m in article["mentions"] if m["type"] == "Money")
    assert text[money["start"] : money["end"]] == "80万元" == money["text"]
    assert (money["kind"], money["value"], money["unit"], money["bound"]) == ("money", "800000", "CNY", "exact")
    assert article["measures"][0]["agents"] == ["杭州市总工会"]


def test_explain_names_the_rules() -> None:
    shown = kg("explain", "由北京市总工会主办的“送清凉”活动,为15万名一线职工提供服务。").stdout
    assert "北京市总工会 organises “送清凉”活动" in shown
    assert "[links/organises: " in shown


WRONG = [
    (["build", "nothing.txt"], "nothing.txt"),
    (["query", "no-such-question"], "kg query --list"),
    (["export", "-f", "xls"], "no such format: xls"),
    (["evaluate", "nowhere"], "no such folder"),
]


@pytest.mark.parametrize(("arguments", "told"), WRONG)
def test_what_is_wrong_is_one_line_and_exit_code_2(arguments: list[str], told: str) -> None:
    run = kg(*arguments)
    assert run.returncode == 2
    assert told in run.stderr
    assert len(run.stderr.strip().splitlines()) == 1
    assert "Traceback" not in run.stderr


BAD_FILES = [
    (b"", "empty"),
    (b"\x00\x01\x02\x03" * 64, "binary"),
    (b"\xc3\x28\xff\xa0\xff" * 40, "encoding"),
]


@pytest.mark.parametrize(("content", "told"), BAD_FILES)
def test_an_unreadable_file_is_named_and_nothing_is_written(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "bad.txt").write_bytes(content)
    run = kg("build", str(tmp_path / "bad.txt"), "-o", str(tmp_path / "out"))
    assert run.returncode == 2
    assert "bad.txt" in run.stderr and told in run.stderr
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "out" / "graph.ttl").exists()


def test_a_malformed_query_is_told_in_one_line(sample: Path) -> None:
    run = kg("query", "SELECT * {", "-o", str(sample))
    assert run.returncode == 2
    assert len(run.stderr.strip().splitlines()) == 1 and "not understood: line 1, column " in run.stderr


def test_an_output_that_cannot_be_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file stands here", encoding="utf-8")
    run = kg("build", str(SAMPLE), "-o", str(tmp_path / "out"))
    assert run.returncode == 2 and "out" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_store_that_is_not_there_is_told(tmp_path: Path) -> None:
    run = kg("query", "money-by-group", "-o", str(tmp_path))
    assert run.returncode == 2 and "kg build" in run.stderr


def test_retract_takes_a_document_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("杭州市总工会投入80万元慰问一线职工。", encoding="utf-8")
    output = str(tmp_path / "out")
    assert kg("build", str(tmp_path / "a.txt"), "-o", output).returncode == 0
    assert kg("retract", "a.txt", "-o", output).returncode == 0
    assert "Money" not in (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
    assert kg("retract", "a.txt", "-o", output).returncode == 2


def test_every_line_of_the_input_gives_one_object() -> None:
    text = "投入80万元。\r\n\n慰问\u2028职工\x0c90人。\n"
    found = [json.loads(line) for line in kg("extract", "-", "--json", "--lines", stdin=text).stdout.splitlines()]
    assert [len(one["articles"]) > 0 for one in found] == [True, False, True]


@pytest.mark.parametrize("stdin", ["", "\0\1\2"])
def test_standard_input_that_is_no_text_is_told(stdin: str) -> None:
    run = kg("extract", "-", stdin=stdin)
    assert run.returncode == 2 and "standard input" in run.stderr
    assert len(run.stderr.strip().splitlines()) == 1


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder of two texts, built into the folder beside it."""
    texts = tmp_path / "news"
    texts.mkdir()
    (texts / "a.txt").write_text("杭州市总工会投入80万元慰问一线职工。", encoding="utf-8")
    (texts / "b.txt").write_text("大连市总工会投入90万元救助困难职工。", encoding="utf-8")
    assert kg("build", str(texts), "-o", str(tmp_path / "out")).returncode == 0
    return texts


def test_what_vanished_is_told_once_and_pruned_when_asked(news: Path) -> None:
    out = str(news.parent / "out")
    (news / "a.txt").unlink()
    told = kg("build", str(news), "-o", out)
    assert told.returncode == 0 and "a.txt" in told.stderr and "--prune" in told.stderr
    pruned = kg("build", str(news), "-o", out, "--prune")
    assert (pruned.returncode, pruned.stderr) == (0, "")
    assert "vanished, taken out │ 1" in " ".join(pruned.stdout.split())
    assert "80万元" not in Path(out, "graph.ttl").read_text(encoding="utf-8")


def test_retracting_by_path_says_what_the_graph_calls_it(news: Path) -> None:
    out = str(news.parent / "out")
    wrong = kg("retract", "news/a.txt", "-o", out)
    assert wrong.returncode == 2 and wrong.stderr.count("\n") == 1 and "did you mean a.txt?" in wrong.stderr
    assert kg("retract", "a.txt", "-o", out).returncode == 0


def test_an_interrupted_build_says_how_to_go_on(tmp_path: Path) -> None:
    texts = tmp_path / "news"
    texts.mkdir()
    for i in range(12):
        (texts / f"{i:02}.txt").write_text(SAMPLE.read_text(encoding="utf-8") + f"\n第{i}版\n", encoding="utf-8")
    store = tmp_path / "out" / "store"
    # a shell's background job inherits that SIGINT is ignored
    heeding = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from kg.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", heeding, "build", str(texts), "-o", str(tmp_path / "out")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    while not any(path.stat().st_size > 100_000 for path in store.glob("*.log")):
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    told = process.communicate()[1]
    assert process.returncode == 130 and "goes on from there" in told and "Traceback" not in told
    again = kg("build", str(texts), "-o", str(tmp_path / "out"))
    assert again.returncode == 0
    assert "documents unchanged │ 0 " not in " ".join(again.stdout.split())


def test_an_export_into_a_pipe_or_a_full_disk_ends_without_a_traceback(sample: Path, tmp_path: Path) -> None:
    exporting = f"{sys.executable} -c 'from kg.cli import main; main()' export -f nq -o {sample}"
    run = subprocess.run(
        ["bash", "-c", f"{exporting} | head -1; echo ${{PIPESTATUS[0]}}"], capture_output=True, text=True, cwd=ROOT
    )
    assert run.stdout.splitlines()[1:] == ["0"] and run.stderr == ""
    if Path("/dev/full").is_char_device():
        for into in ("--to /dev/full", "> /dev/full"):
            run = subprocess.run(["bash", "-c", f"{exporting} {into}"], capture_output=True, text=True, cwd=ROOT)
            assert run.returncode == 2 and "No space left" in run.stderr and run.stderr.count("\n") == 1
        assert Path("/dev/full").is_char_device()
    (tmp_path / "link.nq").symlink_to(tmp_path / "real.nq")
    assert kg("export", "-f", "nq", "-o", str(sample), "--to", str(tmp_path / "link.nq")).returncode == 0
    assert (tmp_path / "link.nq").is_symlink() and (tmp_path / "real.nq").stat().st_size > 100_000
    wrong = kg("export", "-f", "nq", "-o", str(sample), "--to", str(tmp_path / "none" / "x.nq"))
    assert wrong.returncode == 2 and wrong.stderr.count("\n") == 1
