"""Web pages: the story, what the page says of it, and nothing of what stands around it."""

from __future__ import annotations

from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

from kg.model import Document
from kg.sources import html, only, opened
from tests.conftest import ROOT

INPUTS = ROOT / "tests" / "inputs"
TITLE = "关于开展2024年困难职工帮扶工作的通知"


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


def test_what_stands_around_a_story_is_known_by_its_names_though_it_has_sentences() -> None:
    story_ = "".join(f"<p>市总工会第{n}次向一线职工发放慰问金，共{n}万元。</p>" for n in "345")
    around = "".join(
        f"<div {name}><p>听说有人投入900万元，不知真假，大家怎么看？</p></div>"
        for name in ('class="comment-list"', 'id="relatedNews"', 'class="copyright"', 'style="display: none"', "hidden")
    )
    text, _ = html.story(f'<title>慰问</title><h1>慰问</h1><div class="content">{story_}{around}</div>')
    assert "900万元" not in text
    assert len(text.split("\n\n")) == 4


def test_a_story_ends_at_the_label_of_what_follows_it_and_not_at_a_sentence() -> None:
    lines_ = ["市总工会向职工发放5万元。", "网友评论说，这笔钱发得及时。", "分享到：微信", "另有3万元发给工人。"]
    text, _ = html.story(
        f"<title>慰问职工</title><h1>慰问职工</h1><div>{''.join(f'<p>{line}</p>' for line in lines_)}</div>"
    )
    assert text.split("\n\n") == ["慰问职工", *lines_[:2]]


def test_a_page_that_a_browser_saved_as_one_file_keeps_its_address() -> None:
    page = MIMEMultipart("related")
    page["From"], page["Subject"] = "<Saved by Blink>", "慰问"
    page["Snapshot-Content-Location"] = "https://gonghui.example/a.html"
    page.attach(MIMEText("<title>慰问</title><h1>慰问</h1><p>市总工会投入5万元，慰问一线职工。</p>", "html", "utf-8"))
    (found,) = opened(bytes(page), "a.mht", "a.mht")
    assert isinstance(found, Document)
    assert (found.source, found.text) == ("a.mht", "慰问\n\n市总工会投入5万元，慰问一线职工。")
    assert found.meta.address == "https://gonghui.example/a.html"
