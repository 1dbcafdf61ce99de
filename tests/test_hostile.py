"""What is made to break things breaks nothing: each is one clear line, and the rest of the batch goes on."""

from __future__ import annotations

import errno
import gzip
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from kg import build, extract
from kg.cli import app
from kg.describe import describe
from kg.explain import explain
from kg.export import FORMATS
from kg.layout import lay_out
from kg.model import LINE_BREAKS, Document
from kg.report import as_json
from kg.sources import SourceError, documents, limits, opened, pieces, read
from kg.sources.html import story
from kg.sources.text import decode
from kg.store import Store, StoreError, open_store
from kg.tally import DERIVED
from tests import hostile

GOOD = "杭州市总工会投入80万元慰问一线职工。"
ALPHABET = "市总工会投入慰问职工5万元%，。、：“”（）《》\n \u3000|*<>=\"'\\{}\u200b\u202e\ue000\uf8ff\ufffd\ud800\x00\x1b臺灣發放圓"
TEXTS = st.text(max_size=60) | st.text(alphabet=ALPHABET, max_size=80)


def refusals(data: bytes) -> list[str]:
    return [str(item) for item in opened(data, "a", "a") if isinstance(item, SourceError)]


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


# --- Bounds ---


def test_a_text_beyond_the_limit_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "long.txt").write_text(GOOD * 30_000, encoding="utf-8")
    (tmp_path / "in" / "good.txt").write_text(GOOD, encoding="utf-8")
    run = CliRunner().invoke(app, ["build", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--limit", "1"])
    assert run.exit_code == 2
    assert "long.txt: 1,590,000 bytes of text, more than 1,000,000; split it, or raise --limit" in run.output
    assert list(open_store(tmp_path / "out").documents()) == ["good.txt"]


@pytest.mark.parametrize(
    "bomb",
    [
        zipped(("a.txt", bytes(20_000_000))),
        gzip.compress(bytes(20_000_000)),
        zstandard.compress(bytes(20_000_000)),
        zipped(("[Content_Types].xml", b""), ("word/document.xml", b"<a>" + bytes(20_000_000))),
    ],
    ids=["zip", "gzip", "zstd", "docx"],
)
def test_a_bomb_is_not_unpacked(bomb: bytes) -> None:
    (refusal,) = refusals(bomb)
    assert "unpack" in refusal


def test_archives_in_archives_end_somewhere() -> None:
    data = GOOD.encode()
    for _ in range(limits.DEPTH + 1):
        data = zipped(("a.zip", data))
    (refusal,) = refusals(data)
    assert "archives in archives" in refusal


def test_a_path_that_climbs_out_is_named_and_the_rest_is_read() -> None:
    data = zipped(("../../etc/x.txt", GOOD.encode()), ("C:/x.txt", GOOD.encode()), ("a/good.txt", GOOD.encode()))
    found = list(opened(data, "a.zip", "a.zip"))
    assert [item.source for item in found if isinstance(item, Document)] == ["a.zip/a/good.txt"]
    assert (
        sorted(str(item).partition(": ")[2] for item in found if isinstance(item, SourceError))
        == ["a path that leads out of the archive"] * 2
    )


def test_entities_are_not_expanded_and_nothing_is_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("机密", encoding="utf-8")
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    for entity in (f'<!ENTITY a0 "工会">{laughs}', f'<!ENTITY a8 SYSTEM "file://{tmp_path}/secret">'):
        xml = f'<!DOCTYPE x [{entity}]><w:document xmlns:w="{w}"><w:body><w:p><w:r><w:t>{GOOD}&a8;</w:t></w:r></w:p></w:body></w:document>'
        data = zipped(("[Content_Types].xml", b"<a/>"), ("word/document.xml", xml.encode()))
        (found,) = opened(data, "a", "a")
        text = found.text if isinstance(found, Document) else str(found)
        assert "机密" not in text and len(text) < 500


def test_a_row_that_is_deep_or_strange_stops_no_other(tmp_path: Path) -> None:
    lines = [
        "[" * 100_000,
        '{"text": {"a": 1}}',
        '{"text": "\\ud800工会投入5万元。"}',
        "null",
        json.dumps({"text": GOOD}),
    ]
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "工会。"}\n' + "\n".join(lines), encoding="utf-8")
    found = list(documents(path, "a.jsonl"))
    assert [item.source for item in found if isinstance(item, Document)] == [f"a.jsonl#line {n}" for n in (1, 4, 6)]
    assert [str(item).partition(":")[0] for item in found if isinstance(item, SourceError)] == [
        f"{path}, line {n}" for n in (2, 3, 5)
    ]


def test_a_list_of_objects_is_rows_like_lines() -> None:
    rows = [{"text": GOOD}, {"正文": GOOD}, {"title": "无"}]
    found = list(opened(json.dumps(rows).encode(), "a", "a"))
    assert [item.source for item in found if isinstance(item, Document)] == ["a#object 1", "a#object 2"]
    assert [str(item) for item in found if isinstance(item, SourceError)] == [
        "a, object 3: no “text” in it; the text stands under text or 正文"
    ]


def test_a_sheet_over_which_its_reader_panics_is_one_line(capfd: pytest.CaptureFixture[str]) -> None:
    whole = (hostile.HERE / "inputs" / "rows.xls").read_bytes()
    refused = {line for cut in range(len(whole) * 7 // 8, len(whole), 56) for line in refusals(whole[:cut])}
    assert any("PanicException" in line for line in refused)
    assert capfd.readouterr() == ("", "")  # what the library prints of it is nobody's


# --- The machine ---


def test_a_full_disk_names_the_folder_that_was_given(tmp_path: Path) -> None:
    """A bound on the size of a file stands for the disk: the system refuses the write in the same way."""
    (tmp_path / "a.txt").write_text(GOOD * 200, encoding="utf-8")
    bounded = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000)); from kg.cli import main; main()"
    )
    command = [sys.executable, "-c", bounded, "build", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out")]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 2
    assert str(tmp_path / "out") in run.stderr.splitlines()[-1]
    assert "Traceback" not in run.stderr


def test_a_folder_that_may_not_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in" / "closed").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_text(GOOD, encoding="utf-8")
    scandir = os.scandir

    def refusing(path: str) -> object:  # whoever runs the tests as root may open everything
        if str(path).endswith("closed"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    summary = build([tmp_path / "in"], tmp_path / "out")
    assert [str(error) for error in summary.failed] == [
        f"{tmp_path / 'in' / 'closed'}: cannot be opened: Permission denied"
    ]
    assert summary.added == ["a.txt"]


def test_a_store_that_is_written_to_is_not_written_to_twice(tmp_path: Path) -> None:
    held = Store(tmp_path / "store")
    with pytest.raises(StoreError, match="another command is writing to it; wait until it is done"):
        Store(tmp_path / "store")
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    run = CliRunner().invoke(app, ["build", str(tmp_path / "a.txt"), "-o", str(tmp_path)])
    assert (run.exit_code, "another command is writing to it" in run.output) == (2, True)
    held.close()


# --- Text that would like to be something else ---

MARKUP = (
    "<script>alert(1)</script>市总工会投入5万元。",
    '"""@zh . <urn:a> <urn:b> <urn:c> . 市总工会投入5万元。',
    "} ; DROP ALL ; { 市总工会投入5万元。",
    '=HYPERLINK("http://x")市总工会投入5万元。',
    "@SUM(A1)市总工会投入5万元。",
    "市总工会\ue000\ue001投入\ue0035万元\u202e，\u2066慰问\x1b[31m职工。" + "会上介绍了情况。" * 15,
)


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("poisoned")
    for number, text in enumerate(MARKUP):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    out = tmp_path_factory.mktemp("out")
    summary = build([folder], out)
    assert len(summary.added) == len(MARKUP)
    return out


def test_markup_in_a_text_stays_text_in_every_format(poisoned: Path) -> None:
    store = open_store(poisoned)
    whole = set(store.triples())
    for form, syntax in (("ttl", pyoxigraph.RdfFormat.TURTLE), ("nt", pyoxigraph.RdfFormat.N_TRIPLES)):
        out = io.BytesIO()
        FORMATS[form](store, out)
        found = {quad.triple for quad in pyoxigraph.parse(out.getvalue(), format=syntax)}
        assert found == whole
        assert len(rdflib.Graph().parse(data=out.getvalue().decode(), format=form)) == len(whole)
    out = io.BytesIO()
    FORMATS["csv"](store, out)
    assert not [line for line in out.getvalue().decode("utf-8-sig").splitlines() if line.startswith(("=", "@", "+"))]
    page = (poisoned / "graph.html").read_text(encoding="utf-8")
    assert "<script>alert(1)" not in page


def test_private_use_characters_feign_no_mention() -> None:
    (plain,) = extract("市总工会投入5万元慰问职工。")
    (feigned,) = extract("市总工会投入5万元慰问职工。\ue000\ue001\ue002向\ue003投入\ue004。")
    assert [m.text for m in feigned.mentions] == [m.text for m in plain.mentions]
    assert len(feigned.measures) == len(plain.measures)
    assert not [ch for ch in feigned.article.text if "\ue000" <= ch <= "\uf8ff"]


# --- Properties ---


@given(TEXTS)
@settings(deadline=None, max_examples=150)
def test_any_text_is_read_the_same_twice_and_its_quotes_match(text: str) -> None:
    readings = extract(text)
    assert extract(text) == readings
    for reading in readings:
        article = reading.article
        for mention in reading.mentions:
            at = article.source_span(mention.span)
            assert article.quote(mention.span) == LINE_BREAKS.sub("", article.document.text[at.start : at.end])
        for block in article.blocks:
            assert article.text[block.start : block.end]
    json.dumps(as_json("a", readings), ensure_ascii=False).encode("utf-8")
    list(explain(text))


@given(TEXTS)
@settings(deadline=None, max_examples=100)
def test_any_text_goes_into_triples_and_back_through_two_parsers(text: str) -> None:
    readings = extract(text)
    if not readings:
        return
    quads = describe(readings[0].article.document, readings).quads()
    written = pyoxigraph.serialize(quads, format=pyoxigraph.RdfFormat.N_QUADS) or b""
    assert set(pyoxigraph.parse(written, format=pyoxigraph.RdfFormat.N_QUADS)) == set(quads)
    triples = pyoxigraph.serialize((quad.triple for quad in quads), format=pyoxigraph.RdfFormat.TURTLE) or b""
    graph = rdflib.Graph().parse(data=triples.decode("utf-8"), format="turtle")
    assert len(graph) == len({quad.triple for quad in quads})


@given(st.binary(max_size=200) | TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")))
@settings(deadline=None, max_examples=300)
def test_any_bytes_are_documents_or_one_line_each(data: bytes) -> None:
    for item in opened(data, "a", "a"):
        if isinstance(item, SourceError):
            assert str(item).startswith("a") and "\n" not in str(item)
        else:
            item.text.encode("utf-8")
            lay_out(item)


@given(TEXTS, st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5hkscs", "utf-32-le"]))
@settings(deadline=None)
def test_whatever_is_decoded_can_be_encoded(text: str, encoding: str) -> None:
    try:
        found, _ = decode(text.encode(encoding, "ignore"), "a")
    except SourceError:
        return
    assert found.encode("utf-8").decode("utf-8") == found


@given(st.text(alphabet="<>/=\"'! divptablescript-a工会。，", max_size=120))
@settings(deadline=None)
def test_any_markup_gives_text(markup: str) -> None:
    text, _ = story(markup)
    text.encode("utf-8")


@pytest.mark.parametrize("kind", ["text", *hostile.FILES])
def test_damaged_files_are_read_or_refused(kind: str) -> None:
    """A few of each kind; `python tests/hostile.py 100000` tries many."""
    count = 120 if kind == "text" else 40
    told, crashed = hostile.tried(kind, 7, count)
    assert crashed == []
    assert told["read"] > 0 and told["refused"] > 0


def test_a_file_that_cannot_be_read_costs_no_fact_of_the_others(tmp_path: Path) -> None:
    good, mixed = tmp_path / "good", tmp_path / "mixed"
    for folder in (good, mixed):
        folder.mkdir()
        for number in range(3):
            (folder / f"{number}.txt").write_text(f"杭州市总工会投入8{number}万元慰问职工。", encoding="utf-8")
    for number, name in enumerate(hostile.FILES):
        data = (hostile.HERE / "inputs" / name).read_bytes()
        (mixed / f"bad{number}{Path(name).suffix}").write_bytes(data[: len(data) // 3])
    (mixed / "bad.txt").write_bytes(os.urandom(300) + b"\0")
    build([good], tmp_path / "a")
    summary = build([mixed], tmp_path / "b")
    assert len(summary.failed) >= 5
    wanted = {
        graph: set(open_store(tmp_path / "a").graph(graph))
        for graph in open_store(tmp_path / "a").graphs()
        if graph != DERIVED
    }
    found = open_store(tmp_path / "b")
    for graph, triples in wanted.items():
        assert set(found.graph(graph)) == triples


def test_a_piece_is_read_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(GOOD, encoding="utf-8")
    (piece,) = pieces(path, "a.txt")
    assert not isinstance(piece, SourceError)
    (document,) = read(piece, limit=len(GOOD.encode()))
    assert isinstance(document, Document)
    (refused,) = read(piece, limit=len(GOOD.encode()) - 1)
    assert isinstance(refused, SourceError)
