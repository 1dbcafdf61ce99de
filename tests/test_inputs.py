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
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import opencc
import pytest
import zstandard
from typer.testing import CliRunner

from kg import build
from kg.cli import app
from kg.model import LINE_BREAKS, Document, Measure
from kg.reading import extract, read_document
from kg.sources import NotText, SourceError, apart, documents, html, limits, only, opened, scan
from kg.sources import page as printed
from kg.store import open_store
from tests.conftest import ROOT

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
        *("rows.csv", "rows.jsonl", "rows.xlsx", "rows.xls"),
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


def test_running_heads_go_and_paragraphs_run_on_over_pages_columns_and_figures() -> None:
    document = only(INPUTS / "running.pdf", "running.pdf")  # four small pages, with the browser's heads and numbers
    assert "简报" not in document.text and "file:" not in document.text and "/4" not in document.text
    told_ = document.text.replace("\n", "")
    notice = NOTICE.read_text(encoding="utf-8").replace("\n", "")
    assert told_ == "泗阳县总工会文件" + notice
    paragraphs = document.text.split("\n\n")
    assert TITLE in paragraphs
    assert [p for p in paragraphs if p.startswith(("一、", "二、", "三、", "四、")) and p.endswith("。")] == [
        p for p in NOTICE.read_text(encoding="utf-8").split("\n\n") if p.startswith(("一、", "二、", "三、", "四、"))
    ]


def test_columns_of_figures_are_a_table_and_columns_of_text_are_not() -> None:
    def row(top: float, *cells: tuple[str, float]) -> list[printed.Piece]:
        return [printed.Piece(text, left, top, left + 10 * len(text), top + 10, 10) for text, left in cells]

    lines = [
        "市总工会今年向全市困难职工发放",
        "慰问金五十万元并为一线职工提供",
        "免费体检服务惠及两千余名职工和",
        "新就业形态劳动者。",
    ]
    others = [
        "市民政局同日宣布提高城乡低保标",
        "准每人每月增加三十元从一月起执",
        "行所需资金由市县两级财政共同承",
        "担并接受社会监督。",
    ]
    text = [
        p for n, pair in enumerate(zip(lines, others, strict=True)) for p in row(15.0 * n, (pair[0], 0), (pair[1], 180))
    ]
    assert printed.text_of([printed.Page(text, 800)]) == "".join(lines) + "\n\n" + "".join(others)
    table = [p for n in range(5) for p in row(15.0 * n, ("某某镇总工会", 0), (f"{n}2户", 180), (f"{n}万元", 260))]
    assert printed.text_of([printed.Page(table, 800)]).split("\n")[2] == "| 某某镇总工会 | 22户 | 2万元 |"
    # a row of figures at the foot of a page is no page number; a number alone there is one
    foot = [*row(770, ("3", 0), ("某某镇总工会", 60), ("500", 180)), *row(788, ("- 12 -", 90))]
    assert printed.text_of([printed.Page(foot, 800)]) == "| 3 | 某某镇总工会 | 500 |"


def test_a_portal_gives_headline_day_outlet_and_address_and_nothing_of_its_furniture() -> None:
    document = only(INPUTS / "portal.html", "portal.html")
    assert document.text.startswith(f"{TITLE}\n\n各乡镇总工会")
    assert (document.meta.title, document.meta.date, document.meta.publisher) == (TITLE, "2024-01-05", "泗阳县总工会")
    assert document.meta.address == "http://www.siyang.example/tzgg/2024/t20240105_118.html"
    for furniture in ("首页", "当前位置", "分享到", "相关文章", "主办", "浏览次数"):
        assert furniture not in document.text


def test_tables_of_data_are_read_row_by_row_and_tables_of_layout_are_not_seen() -> None:
    data = "<tr><th>单位</th><th>金额</th></tr>" + "".join(
        f"<tr><td><p>{name}</p></td><td><p><span>{sum_}</span></p></td></tr>"
        for name, sum_ in (("宿迁市总工会", "5万元"), ("泗阳县总工会", "3万元"))
    )
    story_ = f"<p>现将2024年春节慰问资金发放情况公示如下。</p><table>{data}</table><p>特此公示，监督电话见下。</p>"
    page = (
        f"<title>公示</title><table><tr><td><a href=/>首页</a></td></tr><tr><td><h1>公示</h1>{story_}</td></tr></table>"
    )
    text, _ = html.story(page)
    assert text.split("\n\n") == [
        "公示",
        "现将2024年春节慰问资金发放情况公示如下。",
        "| 单位 | 金额 |",
        "| 宿迁市总工会 | 5万元 |",
        "| 泗阳县总工会 | 3万元 |",
        "特此公示，监督电话见下。",
    ]


def test_a_page_that_a_browser_saved_as_one_file_keeps_its_address() -> None:
    page = MIMEMultipart("related")
    page["From"], page["Subject"] = "<Saved by Blink>", "慰问"
    page["Snapshot-Content-Location"] = "https://gonghui.example/a.html"
    page.attach(MIMEText("<title>慰问</title><h1>慰问</h1><p>市总工会投入5万元，慰问一线职工。</p>", "html", "utf-8"))
    (found,) = opened(bytes(page), "a.mht", "a.mht")
    assert isinstance(found, Document)
    assert (found.source, found.text) == ("a.mht", "慰问\n\n市总工会投入5万元，慰问一线职工。")
    assert found.meta.address == "https://gonghui.example/a.html"


def test_the_quotes_of_an_extracted_text_are_its_own() -> None:
    document = only(INPUTS / "portal.html", "portal.html")
    for reading in read_document(document):
        for mention in reading.mentions:
            at = reading.article.source_span(mention.span)
            assert reading.article.quote(mention.span) == document.text[at.start : at.end].replace("\n", "")


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
    assert {name.removesuffix(".txt") for name in texts} == digests
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
