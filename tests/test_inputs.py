"""Every kind of file, made by the programs that people make them with, tells what its text tells."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import signal
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import opencc
import pytest
import zstandard
from PIL import Image
from typer.testing import CliRunner

from kg import build
from kg.cli import app
from kg.model import LINE_BREAKS, Document, Measure
from kg.reading import extract, read_document
from kg.sources import NotText, SourceError, apart, documents, limits, only, opened, scan
from kg.store import open_store
from tests.conftest import ROOT
from tests.test_view_data import held

INPUTS = ROOT / "tests" / "inputs"
NOTICE = INPUTS / "notice.txt"
TITLE = "关于开展2024年困难职工帮扶工作的通知"


def told(document: Document) -> Counter[tuple[object, ...]]:
    """What a document tells of each of its amounts."""
    return Counter(
        (
            stated.mention.text.replace(" ", ""),
            *(
                tuple(sorted(entity.name for entity in who))
                for who in (measure.agents, measure.beneficiaries, measure.programmes, measure.provides, stated.of)
            ),
            *(stated.flow, stated.times, measure.status, measure.modality, measure.kind),
        )
        for reading in read_document(document)
        for measure in reading.measures
        for stated in measure.amounts
    )


def read_all(path: Path) -> list[Document]:
    """The documents of a file; a fault in it fails the test."""
    found = list(documents(path, path.name))
    faults = [item for item in found if isinstance(item, SourceError)]
    assert faults == []
    return [item for item in found if isinstance(item, Document)]


@pytest.mark.parametrize(
    "name",
    [
        *("portal.html", "notice.docx", "notice-office.pdf", "notice-browser.pdf", "running.pdf", "scan.png"),
        *("rows.csv", "rows.jsonl", "rows.xlsx", "rows.xls", "rows.ods"),
    ],
)
def test_every_kind_tells_what_its_text_tells(name: str) -> None:
    wanted = told(only(NOTICE, NOTICE.name))
    assert sum(wanted.values()) == 16
    document = only(INPUTS / name, name)
    assert told(document) == wanted


@pytest.mark.parametrize("region", ["s2t", "s2hk", "s2tw"])
def test_the_sample_in_traditional_characters_tells_the_same(region: str) -> None:
    page = only(ROOT / "data" / "page.txt", "page.txt")
    text = opencc.OpenCC(region).convert(page.text)
    written = Document("page.txt", text, "")
    assert sum(a != b for a, b in zip(text, page.text, strict=True)) > 1000
    assert told(written) == told(page)
    for reading in read_document(written):
        assert reading.article.traditional
        for mention in reading.mentions:
            at = reading.article.source_span(mention.span)
            assert reading.article.quote(mention.span) == LINE_BREAKS.sub("", text[at.start : at.end])
        for creator in reading.article.creators:
            assert creator in re.sub(r"\s", "", text)


def test_hong_kong_taiwan_and_macau_have_their_bodies_and_currencies() -> None:
    texts = {
        "勞工處宣布，香港社會福利署向300個長者家庭發放每戶3,000元津貼。": ("社会福利署", "HKD"),
        "台北市政府勞動局表示，今年編列2億元，補助中高齡勞工。": ("台北市政府劳动局", "TWD"),
        "澳門勞工事務局今年投入澳門元8000萬元，為本地僱員提供帶津培訓。": ("澳门劳工事务局", "MOP"),
        "廣州市總工會投入50萬元慰問職工，為環衛工人發放補助。": ("广州市总工会", "CNY"),
    }
    for text, wanted in texts.items():
        (measure,) = (m for reading in extract(text) for m in reading.measures if "money" in kinds(m))
        money = next(s.mention.amount for s in measure.amounts if s.mention.amount and s.mention.amount.kind == "money")
        assert (measure.agents[0].name, money.unit) == wanted


def kinds(measure: Measure) -> set[str]:
    return {stated.mention.amount.kind for stated in measure.amounts if stated.mention.amount}


def test_scans_in_a_pdf_and_on_several_pages_of_a_tiff_are_read(tmp_path: Path) -> None:
    wanted = [fact[0] for fact in told(only(NOTICE, NOTICE.name)).elements()]
    scan_ = Image.open(INPUTS / "scan.png").convert("RGB")
    half = scan_.height * 2 // 5
    sheets = [scan_.crop((0, 0, scan_.width, half)), scan_.crop((0, half, scan_.width, scan_.height))]
    scan_.save(tmp_path / "a.pdf", resolution=96)
    sheets[0].save(tmp_path / "a.tiff", save_all=True, append_images=sheets[1:])
    for name in ("a.pdf", "a.tiff"):
        found = [fact[0] for fact in told(only(tmp_path / name, name)).elements()]
        assert len(Counter(wanted) & Counter(found)) >= 0.95 * len(set(wanted)), name


def test_a_mail_tells_it_and_so_does_what_is_attached() -> None:
    wanted = told(only(NOTICE, NOTICE.name))
    mail, attached = read_all(INPUTS / "notice.eml")
    assert (mail.source, attached.source) == ("notice.eml", "notice.eml/通知.docx")
    assert told(mail) == told(attached) == wanted
    assert (mail.meta.title, mail.meta.date) == (TITLE, "2024-01-05")


def test_a_newspaper_page_is_read_column_by_column() -> None:
    page = ROOT / "data" / "page.txt"
    wanted = told(only(page, page.name))
    assert sum(wanted.values()) > 80
    assert told(only(INPUTS / "newspaper.pdf", "newspaper.pdf")) == wanted


def test_the_quotes_of_an_extracted_text_are_its_own() -> None:
    document = only(INPUTS / "portal.html", "portal.html")
    for reading in read_document(document):
        for mention in reading.mentions:
            at = reading.article.source_span(mention.span)
            assert reading.article.quote(mention.span) == document.text[at.start : at.end].replace("\n", "")


def locked() -> bytes:
    """An archive whose member says that it is encrypted (APPNOTE 4.4.4, bit 0)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a.txt", (2024, 1, 1, 0, 0, 0)), b"x")
    data = bytearray(out.getvalue())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    return bytes(data)


def packed(tmp_path: Path) -> Path:
    """An archive as Chinese Windows makes it: names in GBK, a folder, hidden things, archives inside."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.write(INPUTS / "notice.docx", "notice.docx")
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("AAAA/BB.txt", NOTICE.read_bytes())
        archive.writestr("__MACOSX/._a.txt", b"\0\0")
        archive.writestr("inner.zip", inner.getvalue())
        archive.writestr("page.html.gz", gzip.compress((INPUTS / "portal.html").read_bytes()))
        archive.writestr("rows.jsonl.zst", zstandard.compress((INPUTS / "rows.jsonl").read_bytes()))
    path.write_bytes(path.read_bytes().replace(b"AAAA/BB.txt", "通知/一.txt".encode("gbk")))
    return path


def test_archives_of_archives_are_opened(tmp_path: Path) -> None:
    found = read_all(packed(tmp_path))
    assert [document.source for document in found] == [
        "all.zip/inner.zip/notice.docx",
        "all.zip/page.html.gz/page.html",
        "all.zip/rows.jsonl.zst/rows.jsonl#7",
        "all.zip/通知/一.txt",
    ]
    assert len({tuple(sorted(map(str, told(document).items()))) for document in found}) == 1


def test_a_mixed_folder_is_built_and_what_is_not_read_is_told(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for name in ("notice.docx", "portal.html", "rows.csv", "notice-office.pdf", "notice.txt"):
        (folder / name).write_bytes((INPUTS / name).read_bytes())
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    (folder / "=cmd.pdf").write_bytes(b"%PDF-1.4 nothing")
    (folder / "sound.mp3").write_bytes(b"ID3\x04" + bytes(500))
    (folder / "package.json").write_text('{"name": "x"}')
    run = CliRunner().invoke(app, ["build", str(folder), "-o", str(out)])
    assert run.exit_code == 2
    assert "old.doc: an old Word or WPS file; open it and save it as .docx" in run.output
    assert re.search(r"files without text +│ 2 ", run.output)
    with (out / "failures.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["file", "reason", "way out"]
    assert [Path(row[0]).name for row in rows[1:]] == ["=cmd.pdf", "old.doc", "package.json", "sound.mp3"]
    store = open_store(out)
    assert len(store.documents()) == 5
    texts = sorted(path.name for path in (out / "texts").iterdir())
    query = "SELECT ?d { ?a <https://w3id.org/huimin/ontology#sourceDigest> ?d }"
    digests = {row["d"].value[:16] for row in store.query(query)}
    assert texts == sorted(digest + end for digest in digests for end in (".txt", ".json"))
    again = build([folder], out)
    assert (again.added, again.replaced, len(again.unchanged)) == ([], [], 5)
    check = CliRunner().invoke(app, ["check", "-o", str(out), "--source", str(folder)])
    assert check.exit_code == 0, check.output
    for path in folder.iterdir():
        if path.suffix in (".doc", ".json", ".mp3") or path.name == "=cmd.pdf":
            path.unlink()
    build([folder], out)
    assert not (out / "failures.csv").exists()


def test_metadata_goes_into_the_graph_and_anchors_dates_and_places(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "date": "2023-07-09", "place": "连云港市", "text": "今年，市总工会投入80万元慰问职工。"},
        {"id": "b", "url": "https://news.example/b.html", "来源": "工人日报", "text": "明年，市总工会将投入90万元。"},
    ]
    (tmp_path / "r.jsonl").write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    out = tmp_path / "out"
    run = CliRunner().invoke(
        app, ["build", str(tmp_path / "r.jsonl"), "-o", str(out), "--date", "2024-03-01", "--place", "西安市"]
    )
    assert run.exit_code == 0, run.output
    found = {
        row["f"].value: {name: row[name].value if row[name] else None for name in ("d", "p", "s", "who", "y")}
        for row in open_store(out).query(
            """PREFIX hm: <https://w3id.org/huimin/ontology#> PREFIX dcterms: <http://purl.org/dc/terms/>
            PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
            SELECT ?f ?d ?p ?s ?who ?y { ?a hm:sourceFile ?f ; dcterms:date ?d . ?m hm:statedIn ?a ; hm:agent/rdfs:label ?who ;
            hm:start ?y . OPTIONAL { ?a dcterms:publisher ?p } OPTIONAL { ?a dcterms:source ?s } }"""
        )
    }
    assert found == {
        "r.jsonl#a": {"d": "2023-07-09", "p": None, "s": None, "who": "连云港市总工会", "y": "2023"},
        "r.jsonl#b": {
            "d": "2024-03-01",
            "p": "工人日报",
            "s": "https://news.example/b.html",
            "who": "西安市总工会",
            "y": "2025",
        },
    }


def test_extract_reads_any_kind_from_a_file_and_from_standard_input() -> None:
    wanted = json.loads(CliRunner().invoke(app, ["extract", str(INPUTS / "notice.docx"), "--json"]).output)
    piped = CliRunner().invoke(app, ["extract", "-", "--json"], input=(INPUTS / "notice.docx").read_bytes())
    assert json.loads(piped.output)["articles"] == wanted["articles"]
    assert [m["value"] for m in wanted["articles"][0]["mentions"] if m["text"] == "126万元"] == ["1260000"]
    refused = CliRunner().invoke(app, ["extract", "-"], input=b"{\\rtf1}")
    assert (refused.exit_code, refused.output) == (
        2,
        "kg: standard input: an RTF file; open it in a word processor and save it as .docx\n",
    )


def test_build_reads_any_kind_from_standard_input(tmp_path: Path) -> None:
    """Another text does not take the place of the one before, and the same one is there already."""
    docx, out = (INPUTS / "notice.docx").read_bytes(), str(tmp_path / "out")
    first = CliRunner().invoke(app, ["build", "-", "-o", out], input=docx)
    assert first.exit_code == 0, first.output
    CliRunner().invoke(app, ["build", "-", "-o", out], input="湘江县总工会慰问职工发放50万元。")
    again = CliRunner().invoke(app, ["build", "-", "-o", out], input=docx)
    assert re.search(r"documents unchanged\W+1\b", again.output), again.output
    store = open_store(tmp_path / "out")
    named = [name for name in store.documents() if re.fullmatch(r"stdin-[0-9a-f]{16}", name)]
    assert len(named) == 2
    sums = """PREFIX hm: <https://w3id.org/huimin/ontology#> SELECT ?q { ?a a hm:Money ; hm:evidence/hm:quote ?q }"""
    assert {"126万元", "50万元"} <= {row["q"].value for row in store.query(sums)}
    refused = CliRunner().invoke(app, ["build", "-", "-o", out], input=b"{\\rtf1}")
    assert refused.exit_code == 2 and "kg: standard input: an RTF file" in refused.output


def html_text(out: Path) -> str:
    """The texts that the page passes on."""
    kept = held((out / "graph.html").read_text(encoding="utf-8"), "texts")["of"]
    return "".join(document["text"] for document in kept.values())


def test_the_texts_are_those_of_the_documents_in_the_graph(tmp_path: Path) -> None:
    path, out = tmp_path / "in" / "a.txt", tmp_path / "out"
    path.parent.mkdir()
    for text in ("市总工会投入5万元。", "市总工会投入6万元。"):
        path.write_text(text, encoding="utf-8")
        build([path.parent], out)
        laid, kept = sorted((out / "texts").iterdir())
        assert kept.read_text(encoding="utf-8") == text
        assert json.loads(laid.read_text(encoding="utf-8")) == {"1": [["body", 0, len(text)]]}
    assert text in html_text(out)
    assert CliRunner().invoke(app, ["build", str(path.parent), "-o", str(out), "--no-texts"]).exit_code == 0
    assert html_text(out) == ""
    assert CliRunner().invoke(app, ["retract", "a.txt", "-o", str(out)]).exit_code == 0
    assert list((out / "texts").iterdir()) == []


def test_taking_a_document_out_passes_no_texts_on_either(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for name, text in (("a.txt", "市总工会投入5万元。"), ("b.txt", "市总工会投入6万元。")):
        (folder / name).write_text(text, encoding="utf-8")
    build([folder], out, texts=False)
    assert CliRunner().invoke(app, ["retract", "a.txt", "-o", str(out), "--no-texts"]).exit_code == 0
    assert html_text(out) == ""
    assert CliRunner().invoke(app, ["build", str(folder / "b.txt"), "-o", str(out)]).exit_code == 0
    assert html_text(out) == "市总工会投入6万元。"


def test_what_a_mail_says_of_its_text_is_part_of_the_document() -> None:
    def mail(day_: int) -> bytes:
        return f"From: a@b.example\nSubject: 慰问\nDate: Fri, {day_:02} Jan 2024 09:00:00 +0800\n\n今年，市总工会投入5万元。\n".encode()

    first, second = (next(opened(mail(day_), "a.eml", "a.eml")) for day_ in (5, 12))
    assert isinstance(first, Document) and isinstance(second, Document)
    assert first.text == second.text
    assert (first.meta.date, second.meta.date) == ("2024-01-05", "2024-01-12")
    assert first.digest != second.digest


def test_a_row_that_goes_vanishes_and_a_damaged_file_keeps_what_it_held(tmp_path: Path) -> None:
    path, out = tmp_path / "in" / "r.jsonl", tmp_path / "out"
    path.parent.mkdir()
    lines = [json.dumps({"id": n, "text": f"市总工会投入{n}0万元。"}, ensure_ascii=False) for n in (1, 2)]
    path.write_text("\n".join(lines), encoding="utf-8")
    build([path.parent], out)
    path.write_text(lines[0], encoding="utf-8")
    assert build([path.parent], out, prune=True).vanished == ["r.jsonl#2"]
    path.write_text(lines[0] + "\n{broken", encoding="utf-8")
    summary = build([path.parent], out, prune=True)
    assert [str(error).partition(": ")[0] for error in summary.failed] == [f"{path}, line 2"]
    assert (summary.vanished, list(open_store(out).documents())) == ([], ["r.jsonl#1"])


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.rtf", b"{\\rtf1 x}", "an RTF file; open it in a word processor"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c1234", "a 7z archive; unpack it"),
        ("a.docx", b"PK\x03\x04" + b"word/document.xml" * 3, "damaged: BadZipFile"),
        ("a.pdf", b"%PDF-1.7\n%%EOF", "a damaged PDF"),
        ("a.json", b'{"title": "x"}', "no “text” in it"),
        ("a.xml", "<?xml version='1.0'?><rss>工会</rss>".encode(), "an XML file"),
        ("a.zip", locked(), "encrypted; unpack it with its password"),
        ("a.txt.gz", gzip.compress(b"x" * 100, mtime=0)[:-9], "damaged"),
    ],
)
def test_what_is_not_read_says_why_and_the_way_out(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(data)
    (error,) = documents(tmp_path / name, name)
    assert isinstance(error, SourceError)
    assert message in str(error)
    assert str(error).startswith(str(tmp_path / name))


def test_a_picture_without_the_extra_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> object:
        raise ImportError("rapidocr")

    monkeypatch.setattr(scan, "_engine", missing)
    with pytest.raises(NotText, match="read with OCR; pip install 'huimin\\[ocr\\]'"):
        scan.text((INPUTS / "scan.png").read_bytes(), "scan.png", lambda: None)


@pytest.mark.parametrize(("told", "threads"), [("1", 1), ("", -1), ("2,1", -1)])
def test_the_models_take_as_many_cores_as_they_are_told(
    monkeypatch: pytest.MonkeyPatch, told: str, threads: int
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", told)
    made = scan._engine.__wrapped__()
    assert made.cfg.EngineConfig.onnxruntime.intra_op_num_threads == threads


def test_a_reader_that_hangs_or_dies_is_reported_and_the_next_file_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    data = (INPUTS / "notice-office.pdf").read_bytes()
    whole = apart.run("pdf", data, "a.pdf")["text"]
    child = apart._child
    assert child is not None
    child.send_signal(signal.SIGSTOP)
    monkeypatch.setattr(limits, "SILENT", 1)
    with pytest.raises(SourceError, match=r"^a\.pdf: damaged: no page in 1 seconds$"):
        apart.run("pdf", data, "a.pdf")
    monkeypatch.undo()
    assert apart.run("pdf", data, "a.pdf")["text"] == whole
    again = apart._child
    assert again is not None and again.pid != child.pid
    again.kill()
    again.wait()
    assert apart.run("pdf", data, "a.pdf")["text"] == whole


def test_a_module_beside_the_texts_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ctypes.py").write_text("open('run', 'w').close()")
    (tmp_path / "a.pdf").write_bytes((INPUTS / "notice-office.pdf").read_bytes())
    command = [str(Path(sys.executable).with_name("kg")), "extract", "a.pdf"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert (run.returncode, "126万元" in run.stdout) == (0, True), run.stderr
    assert not (tmp_path / "run").exists()
