"""Make the files of this folder anew, with the programs that people make such files with.

    python tests/inputs/make.py        needs LibreOffice, Chromium and Noto's Chinese letters

The text is ours (notice.txt, and the sample page of data/); what is tested is that every file tells the same as it.
"""

from __future__ import annotations

import html
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT))
from tests.browser import CHROMIUM, FLAGS  # noqa: E402

NOTICE = (HERE / "notice.txt").read_text(encoding="utf-8")
ADDRESS = "http://www.siyang.example/tzgg/2024/t20240105_118.html"
TABLE = "border-collapse: collapse"


def blocks() -> list[list[str]]:
    """The paragraphs of the notice; a table is one of several lines."""
    return [part.split("\n") for part in NOTICE.strip().split("\n\n")]


def cells(line: str) -> list[str]:
    """The cells of a row."""
    return [cell.strip() for cell in line.strip("| ").split("|")]


def body(*, red: bool) -> str:
    """The notice as HTML; with the red letterhead of official papers where it is printed."""
    parts = []
    for lines in blocks()[1:]:
        if lines[0].startswith("|"):
            rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells(line)) + "</tr>" for line in lines)
            parts.append(f'<table border="1" style="{TABLE}">{rows}</table>')
        else:
            indent = "" if len(lines[0]) < 14 else "text-indent: 2em;"
            parts.append(f'<p style="{indent}">{html.escape(lines[0])}</p>')
    letterhead = '<p style="color: red; font-size: 22pt; text-align: center">泗阳县总工会文件</p>' if red else ""
    title = f'<h1 style="font-size: 18pt; text-align: center">{blocks()[0][0]}</h1>'
    return f"{letterhead}{title}{''.join(parts)}"


def printed() -> str:
    """The notice as it is typed for Word and for paper."""
    style = "body { font-family: 'Noto Serif CJK SC', serif; font-size: 12pt }"
    return f'<!doctype html><meta charset="utf-8"><style>{style}</style>{body(red=True)}'


def portal() -> str:
    """The notice as a government's website shows it, the page around it and all, written by a script."""
    menu = "".join(
        f'<li><a href="/{n}">{name}</a></li>' for n, name in enumerate(["首页", "机构", "新闻", "公告", "服务", "互动"])
    )
    related = "".join(
        f'<li><a href="/r{n}">泗阳县总工会第{n}次全会召开，研究投入{n}00万元</a></li>' for n in range(2, 7)
    )
    return f"""<!doctype html><html><head><meta charset="gb2312"><title>{blocks()[0][0]}_泗阳县人民政府</title>
<meta name="ArticleTitle" content="{blocks()[0][0]}"><meta name="PubDate" content="2024-01-05 16:20">
<meta name="ContentSource" content="泗阳县总工会"><link rel="canonical" href="{ADDRESS}">
<script>var hits = 1; document.addEventListener("DOMContentLoaded", () => {{
document.getElementById("hits").textContent = "浏览次数：" + (hits + 41); }});</script></head>
<body><div class="header"><ul class="nav">{menu}</ul></div><div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/tzgg">通知公告</a></div>
<div class="main"><div class="article-info"><span>发布时间：2024-01-05 16:20</span> <span>来源：泗阳县总工会</span> <span id="hits"></span></div>
<div class="article-content">{body(red=False)}</div><div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a></div>
<div class="related"><h3>相关文章</h3><ul>{related}</ul></div></div>
<div class="footer">主办：泗阳县人民政府办公室　投入建设资金300万元　苏ICP备00000000号</div></body></html>"""


def newspaper() -> str:
    """The sample page as a newspaper sets it: stories in columns under headlines over them all, with running heads."""
    sample = (ROOT / "data" / "page.txt").read_text(encoding="utf-8")
    from kg.layout import lay_out
    from kg.model import Document

    stories = []
    for article in lay_out(Document("page.txt", sample, "")):
        parts = []
        for block in article.blocks:
            text = article.document.text[article.offsets[block.start] : article.offsets[block.end - 1] + 1]
            text = html.escape("".join(text.split("\n")))
            parts.append((block.kind, text))
        head = "".join(f"<h2>{text}</h2>" for kind, text in parts if kind == "headline")
        rest = "".join(f'<p class="{kind}">{text}</p>' for kind, text in parts if kind != "headline")
        stories.append(f"<section>{head}<div class='columns'>{rest}</div></section>")
    style = """@page { size: A3; margin: 18mm 14mm } body { font-family: 'Noto Serif CJK SC'; font-size: 10pt; line-height: 1.5 }
    h2 { font-size: 17pt; margin: 6mm 0 3mm } .columns { column-count: 2; column-gap: 8mm; text-align: justify }
    p { margin: 0; text-indent: 2em } .byline, .subhead { text-indent: 0 } section { break-inside: auto }"""
    return f'<!doctype html><meta charset="utf-8"><title>劳动者周刊</title><style>{style}</style>{"".join(stories)}'


def chromium(*flags: str, timeout: int = 60) -> bytes:
    """Run the browser for a page."""
    with tempfile.TemporaryDirectory() as profile:
        command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={profile}", *flags]
        return subprocess.run(command, check=True, capture_output=True, timeout=timeout).stdout


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A folder over HTTP, for a page whose address is printed."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def office(kind: str, source: Path, out: Path, *flags: str) -> None:
    """Convert with LibreOffice."""
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", *flags, "--convert-to", kind]
        subprocess.run([*command, "--outdir", str(out), str(source)], check=True, capture_output=True, timeout=120)


def main() -> None:
    """All of them."""
    with tempfile.TemporaryDirectory() as aside:
        work = Path(aside)
        (work / "notice.html").write_text(printed(), encoding="utf-8")
        office("odt:writer8", work / "notice.html", work)
        office("docx:MS Word 2007 XML", work / "notice.odt", work)
        office("pdf:writer_pdf_Export", work / "notice.odt", work)
        shutil.copy(work / "notice.docx", HERE / "notice.docx")
        shutil.copy(work / "notice.pdf", HERE / "notice-office.pdf")
        title, _, text = NOTICE.partition("\n\n")
        quoted = text.strip().replace('"', '""')
        (work / "rows.csv").write_text(
            f'编号,标题,日期,地区,正文\n7,{title},2024-01-05,泗阳县,"{quoted}"\n', encoding="utf-8"
        )
        office("xlsx:Calc MS Excel 2007 XML", work / "rows.csv", work, "--infilter=CSV:44,34,76,1")
        office("xls:MS Excel 97", work / "rows.xlsx", work)
        office("ods:calc8", work / "rows.xlsx", HERE)
        shutil.copy(work / "rows.xlsx", HERE / "rows.xlsx")
        shutil.copy(work / "rows.xls", HERE / "rows.xls")
        (HERE / "rows.csv").write_bytes((work / "rows.csv").read_text(encoding="utf-8").encode("gb18030"))
        row = {"id": "7", "title": title, "date": "2024-01-05", "place": "泗阳县", "text": text.strip()}
        (HERE / "rows.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
        (work / "portal.html").write_bytes(portal().encode("gb18030"))
        (HERE / "portal.html").write_bytes(chromium("--dump-dom", (work / "portal.html").as_uri()))
        (work / "page.html").write_text(newspaper(), encoding="utf-8")
        for name, source in (("newspaper.pdf", "page.html"), ("notice-browser.pdf", "notice.html")):
            chromium(f"--print-to-pdf={HERE / name}", "--no-pdf-header-footer", (work / source).as_uri())
        # on small sheets with what browsers print around a page: title and day above, address and number below
        small = printed().replace("<style>", "<style>@page { size: 100mm 90mm } td { padding: 2px 9px } ")
        (work / "running.html").write_text(f"<title>泗阳工会简报 第3期</title>{small}", encoding="utf-8")
        with served(work) as address:
            chromium(f"--print-to-pdf={HERE / 'running.pdf'}", f"{address}/running.html")
        (work / "scan.html").write_text(printed().replace("<body", "<body style='zoom: 1.4'"), encoding="utf-8")
        chromium(f"--screenshot={HERE / 'scan.png'}", "--window-size=1000,1500", (work / "scan.html").as_uri())
        mail = EmailMessage()
        mail["From"], mail["To"] = "siyang@gonghui.example", "news@gonghui.example"
        mail["Subject"], mail["Date"] = title, "Fri, 05 Jan 2024 16:20:00 +0800"
        mail.set_content(text.strip(), charset="gb18030", cte="base64")
        mail.add_attachment(
            (HERE / "notice.docx").read_bytes(), maintype="application", subtype="octet-stream", filename="通知.docx"
        )
        (HERE / "notice.eml").write_bytes(bytes(mail))


if __name__ == "__main__":
    main()
