"""The pages of the server in a real browser: search, neighbourhood, quotes, questions, table and bars."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, parse_query_results
from pyoxigraph import QueryResultsFormat as Results

from kg import ontology
from kg.serve.app import PAGES
from kg.store import Store, open_store
from tests.browser import CHROMIUM, Seen, hashed
from tests.serving import serving

ID = "https://w3id.org/huimin/id/"
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")


@pytest.fixture(scope="module")
def address(sample: Path) -> Iterator[str]:
    with serving(sample) as address:
        yield address


def seen(url: str, tmp_path: Path, *, language: str = "zh-CN") -> Seen:
    """The page, whose console is empty: nothing failed, and nothing was refused by its policy to ask nobody else."""
    found = Seen(url, tmp_path / "profile", language=language)
    assert found.console == []
    return found


def test_a_search_lists_what_is_called_so(address: str, tmp_path: Path) -> None:
    found = seen(f"{address}/{hashed(q='总工会')}", tmp_path)
    hits = found.texts(r'<ul id="results".*?</ul>')[0]
    assert "杭州市总工会" in hits and "大庆市总工会" in hits and "篇文章" in hits


def test_a_search_for_what_is_not_there_says_so(address: str, tmp_path: Path) -> None:
    found = seen(f"{address}/{hashed(q='没有这个名字')}", tmp_path, language="en")
    assert "Nothing is called “没有这个名字”." in found.texts(r'<ul id="results".*?</ul>')[0]


def test_an_entity_is_drawn_and_told_with_quotes(address: str, tmp_path: Path) -> None:
    found = seen(f"{address}/{hashed(id=ID + 'organisation/杭州市总工会')}", tmp_path)
    panel = found.texts(r'<aside id="facts".*?</aside>')[0]
    assert "杭州市总工会" in panel and "工会会员" in panel and "page.txt" in panel
    sentences = found.texts(r'<p class="sentence">.*?</p>')
    assert any("1400万元" in sentence for sentence in sentences) and len(sentences) >= 5
    quotes = found.texts(r"<blockquote>.*?</blockquote>")
    assert any("向2000名工会会员提供1400万元学历提升专项补助。" in quote for quote in quotes)
    assert "1400万元" in found.texts("<mark>.*?</mark>")
    assert "<canvas" in found.document


def test_a_quote_leads_to_its_place_in_the_whole_text(address: str, tmp_path: Path) -> None:
    found = seen(f"{address}/{hashed(id=ID + 'organisation/杭州市总工会')}", tmp_path)
    link = re.search(r'<a href="(/texts/[0-9a-f]{16})\?char=(\d+),(\d+)#here"', found.document)
    assert link
    whole = Seen(f"{address}{link[1]}?char={link[2]},{link[3]}#here", tmp_path / "second")
    (quote,) = whole.texts('<mark id="here">.*?</mark>')
    assert "".join(quote.split("\n")) in found.texts(r"<blockquote>.*?<cite>")


def test_a_total_opens_into_its_sums(address: str, tmp_path: Path) -> None:
    found = seen(f"{address}/{hashed(id=ID + 'organisation/西安市总工会')}", tmp_path)
    total = found.texts(r'<details class="pays">.*?</details>')[0]
    assert total.startswith("一共出了 92,500,000 元（6 笔）")
    assert total.count("计入") - total.count("未计入") == 6
    assert "1500余万元 未计入：已含在内" in total and "1亿元以上 未计入：不是支出" in total


def test_what_was_expanded_stays_in_the_address(address: str, tmp_path: Path) -> None:
    both = hashed(id=ID + "group/工会会员", open=ID + "organisation/杭州市总工会")
    found = seen(f"{address}/{both}", tmp_path, language="en")
    panel = found.texts(r'<aside id="facts".*?</aside>')[0]
    assert panel.startswith("工会会员 group of people") and "1 article" in panel
    assert f'data-shown="{ID}group/工会会员"' in found.document


def test_a_shipped_question_is_a_table(address: str, tmp_path: Path) -> None:
    found = seen(f"{address}/query{hashed(question='money-by-organisation')}", tmp_path)
    cells = found.texts(r"<td.*?</td>")
    assert "杭州市总工会" in cells and "21,850,000" in cells
    assert "4 行" in found.texts(r'<span id="state".*?</span>')[0]
    titles = found.texts(r'<ul id="questions".*?</ul>')[0]
    assert all(ontology.query_title(path, "zh") in titles for path in ontology.queries().values())
    assert "CodeMirror" in found.document


def test_the_same_question_is_a_bar_chart(address: str, tmp_path: Path) -> None:
    found = seen(f"{address}/query{hashed(question='money-by-organisation', view='bars')}", tmp_path)
    (chart,) = [part for part in found.texts(r"<svg viewBox=.*?</svg>") if "总工会" in part]
    assert "杭州市总工会" in chart and "21,850,000" in chart
    assert found.document.count("<rect") == 4


def test_iris_in_a_result_lead_to_the_explorer(address: str, tmp_path: Path) -> None:
    sparql = "SELECT ?o ?c { ?o a ?c } ORDER BY DESC(?o) LIMIT 400"
    found = seen(f"{address}/query{hashed(q=sparql)}", tmp_path)
    assert 'href="/#id=https%3A%2F%2Fw3id.org%2Fhuimin%2Fid%2Forganisation' in found.document
    assert "hm:TradeUnion" in found.texts(r"<td.*?</td>")


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("SELECT * {", "the query is not understood"),
        ("SELECT * { SERVICE <urn:x> { ?s ?p ?o } }", "SERVICE is switched off"),
        ("ASK { ?o a hm:TradeUnion }", "yes"),
        ("CONSTRUCT WHERE { ?o a hm:TradeUnion }", "a hm:TradeUnion"),
        ("SELECT * { FILTER(false) }", "No results."),
    ],
)
def test_what_is_no_table_is_told(address: str, tmp_path: Path, query: str, says: str) -> None:
    found = Seen(f"{address}/query{hashed(q=query)}", tmp_path / "profile", language="en")
    shown = found.texts(r'<p id="notice".*?</p>') + found.texts(r'<div id="answer".*?</section>')
    assert any(says in text for text in shown), shown


def test_markup_in_names_stays_text(tmp_path: Path) -> None:
    evil = "<img src=x onerror=alert(1)></script><script>document.title='broken'</script>"
    graph = NamedNode(f"{ID}document/{'a' * 64}")
    article, body = NamedNode(f"{ID}article/a-1"), NamedNode(f"{ID}organisation/x")

    def fact(subject: NamedNode, name: str, value: NamedNode | Literal) -> Quad:
        return Quad(subject, NamedNode(ontology.term(name)), value, graph)

    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    store = Store(tmp_path / "out" / "store")
    store.replace(
        evil,
        [
            fact(article, "sourceFile", Literal(evil)),
            fact(article, "dcterms:title", Literal(evil)),
            fact(body, "rdfs:label", Literal(evil, language="zh")),
            fact(body, "mentionedIn", article),
            Quad(body, kind, NamedNode(ontology.term("Organisation")), graph),
        ],
    )
    del store
    with serving(tmp_path / "out") as address:
        for path in (f"/{hashed(q='img')}", f"/{hashed(id=body.value)}", f"/query{hashed(q='SELECT * { ?s ?p ?o }')}"):
            found = seen(address + path, tmp_path)
            assert "&lt;img src=x onerror=alert(1)&gt;" in found.document and "<img" not in found.document
            assert "<title>broken" not in found.document


def test_both_languages_say_everything() -> None:
    texts = json.loads((PAGES / "texts.json").read_text(encoding="utf-8"))
    assert texts["zh"].keys() == texts["en"].keys()
    scripts = "".join(path.read_text(encoding="utf-8") for path in PAGES.glob("*.js"))
    assert [name for name in texts["zh"] if f'"{name}"' not in scripts and f'["{name}"' not in scripts] == []


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.rq")), ids=lambda path: path.stem)
def test_each_of_the_pages_questions_has_an_answer(sample: Path, path: Path) -> None:
    store = open_store(sample)
    union, group = f"<{ID}organisation/杭州市总工会>", f"<{ID}group/工会会员>"
    pick = {
        "amounts": "SELECT ?x { ?x a hm:Measure ; hm:amount ?a }",
        "facts": "SELECT ?x { ?x a hm:Measure ; hm:agent ?a }",
        "quotes": "SELECT ?x { ?x a hm:Measure }",
        "posts": "SELECT ?x { ?m org:member ?x ; org:organization ?o }",
        "links": "SELECT ?x { ?x org:subOrganizationOf ?o }",
    }.get(path.stem)
    if pick:
        prefixes = "PREFIX hm: <https://w3id.org/huimin/ontology#> PREFIX org: <http://www.w3.org/ns/org#> "
        union = f"<{next(iter(store.query(prefixes + pick)))['x'].value}>"
    sparql = path.read_text(encoding="utf-8").replace("<urn:x:this>", union)
    sparql = sparql.replace("<urn:x:these>", f"{union} {group}").replace('"text"', '"工会会员"')
    rows = parse_query_results(store.query(sparql).serialize(format=Results.JSON), format=Results.JSON)
    assert len(list(rows)) > 0
