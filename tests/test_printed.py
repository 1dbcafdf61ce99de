"""Printed pages and Word documents: what follows what, and what is not read."""

from __future__ import annotations

import io
import zipfile

from kg.model import Document
from kg.sources import only, opened
from kg.sources import page as printed
from tests.conftest import ROOT

INPUTS = ROOT / "tests" / "inputs"
NOTICE = INPUTS / "notice.txt"
TITLE = "关于开展2024年困难职工帮扶工作的通知"


def word(body: str, **parts: str) -> bytes:
    """A Word document of this body; other parts by their names."""
    out = io.BytesIO()
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    space += 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, inside in {"document": f"<w:body>{body}</w:body>", **parts}.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {space}>{inside}</w:{name}>")
    return out.getvalue()


def p(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def r(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_of_a_word_document_what_stands_there_is_read_and_what_was_deleted_is_not() -> None:
    box = f"<w:txbxContent>{p(r('泗阳县总工会文件'))}</w:txbxContent>"
    twice = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    changed = f"<w:del><w:r><w:delText>5</w:delText><w:t>9</w:t></w:r></w:del><w:ins>{r('8')}</w:ins>"
    field_ = "<w:r><w:instrText>PAGE 77</w:instrText></w:r>"
    inner = f"<w:tbl><w:tr><w:tc>{p(r('内'))}</w:tc></w:tr></w:tbl>"
    table = f"<w:tbl><w:tr><w:tc>{p(r('单位'))}{inner}</w:tc><w:tc>{p(r('5万元'))}</w:tc></w:tr></w:tbl>"
    control = f"<w:sdt><w:sdtContent>{p(r('控件里的段落。'))}</w:sdtContent></w:sdt>"
    body = p(f"<w:r>{twice}</w:r>") + p(r("投入"), changed, field_, r("万元。")) + table + control
    notes = f"<w:footnote>{p(r('含上年结转。'))}</w:footnote>"
    (found,) = opened(word(body, footnotes=notes, header1=p(r("页眉"))), "a.docx", "a.docx")
    assert isinstance(found, Document)
    assert found.text.split("\n\n") == [
        "泗阳县总工会文件",
        "投入8万元。",
        "| 单位 内 | 5万元 |",
        "控件里的段落。",
        "含上年结转。",
    ]


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
