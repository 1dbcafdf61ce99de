"""The pages of the server in a real browser: search, neighbourhood, quotes, questions, table and bars."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect
from pyoxigraph import Literal, NamedNode, Quad, parse_query_results
from pyoxigraph import QueryResultsFormat as Results

from kg import ontology
from kg.serve.app import PAGES
from kg.serve.names import names
from kg.store import Store, open_store
from tests.browser import Visit, needs_browser, search
from tests.conftest import ROOT
from tests.serving import serving
from tests.test_view_data import by_group, in_all

ID = "https://w3id.org/huimin/id/"
pytestmark = needs_browser


@pytest.fixture(scope="module")
def address(sample: Path) -> Iterator[str]:
    with serving(sample) as address:
        yield address


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens an address; afterwards nothing but this machine was asked, and the console is empty."""
    visits: list[Visit] = []

    def at(url: str, language: str = "zh-CN", **state: str) -> Page:
        visits.append(Visit(browser, language=language))
        shown = visits[-1].open(url, **state)
        if "/query" not in url:
            shown.wait_for_selector("html[data-names]")
        return shown

    yield at
    for visit in visits:
        assert [line for line in visit.console if "400 (Bad Request)" not in line] == []
        assert {url.split("/")[2].split(":")[0] for url in visit.requests if url.startswith("http")} <= {"127.0.0.1"}
        visit.context.close()


def test_at_first_sight_it_tells_who_pays_whom(address: str, opened: Callable[..., Page], sample: Path) -> None:
    shown = opened(address + "/")
    asked = open_store(sample).query(ontology.queries()["money-by-organisation"].read_text(encoding="utf-8"))
    expected = {row["payer"].value: float(row["stated"].value) for row in asked}
    (payers, _) = shown.locator("#facts ol.bars").all()
    bars = payers.locator("button").all()
    assert {bar.locator(".name").inner_text(): float(bar.get_attribute("data-sum") or 0) for bar in bars} == expected
    expect(shown.locator("#facts")).to_contain_text("10 篇文章，70 项举措；合计支出 1.246亿元（12 笔，各计一次）")
    assert shown.locator("html").get_attribute("data-edges") == str(len(by_group(open_store(sample))))
    bars[0].click()
    expect(shown.locator("#facts h2")).to_contain_text("西安市总工会")
    shown.go_back()
    expect(shown.locator("#facts h2")).to_have_text("总览")


def test_an_edge_opens_into_its_measures(address: str, opened: Callable[..., Page]) -> None:
    shown = opened(address + "/", pair=f"{ID}organisation/杭州市总工会 {ID}group/工会会员")
    expect(shown.locator("#facts h2")).to_contain_text("杭州市总工会 → 工会会员")
    expect(shown.locator("#facts li[data-measure]")).to_have_count(2)
    shown.locator("#whole").click()
    expect(shown.locator("#facts h2")).to_have_text("总览")


def test_a_name_is_found_and_enter_opens_what_is_listed(address: str, opened: Callable[..., Page]) -> None:
    shown = opened(address + "/")
    for typed in ("杭州市总工会", "hzszgh", "hangzhoushizong", "杭洲市总工会", "杭州 总工会"):
        assert "杭州市总工会" in search(shown, typed)[0], typed
        shown.keyboard.press("Enter")
        expect(shown.locator("#facts h2")).to_contain_text("杭州市总工会")
        expect(shown.locator("#results")).to_be_hidden()
        expect(shown.locator("#search")).to_have_value("")
        shown.locator("#whole").click()
        expect(shown.locator("#facts h2")).to_have_text("总览")


def test_words_of_a_quote_are_found(address: str, opened: Callable[..., Page]) -> None:
    shown = opened(address + "/")
    search(shown, "名工会会员提供1400万元学历")
    expect(shown.locator("#results [role=option]").first).to_contain_text("1400万元")
    shown.keyboard.press("ArrowDown")
    shown.keyboard.press("Enter")
    expect(shown.locator("#facts li.here")).to_contain_text("1400万元")


def test_a_search_for_what_is_not_there_says_so(address: str, opened: Callable[..., Page]) -> None:
    shown = opened(address + "/", language="en-US")
    assert search(shown, "没有这个名字的") == []
    expect(shown.locator("#found")).to_have_text("Nothing is called “没有这个名字的”.")


def test_what_may_be_among_other_names_is_not_denied(address: str, browser: Browser, sample: Path) -> None:
    visit = Visit(browser, language="en-US")

    def cut(route: Route) -> None:  # as of a store with more names than a browser searches at every key
        given = route.fetch()
        route.fulfill(response=given, json=given.json() | {"all": 10**6})

    visit.page.route("**/names", cut)
    shown = visit.open(address + "/")
    shown.wait_for_selector("html[data-names]")
    assert search(shown, "没有这个名字的") == []
    expect(shown.locator("#found")).to_contain_text(
        f"is not among the {in_all(open_store(sample))['entities']} names mentioned most"
    )
    visit.context.close()


def test_names_are_those_mentioned_most(sample: Path) -> None:
    store = open_store(sample)
    found = json.loads(names(store.oxigraph, 3))
    counts = [entry[4] for entry in found["entries"]]
    assert (
        len(counts) == 3
        and found["all"] == in_all(store)["entities"]
        and counts == sorted(counts, reverse=True)
        and counts[0] > 1
    )


def test_an_entity_is_drawn_and_told_with_quotes(address: str, opened: Callable[..., Page]) -> None:
    shown = opened(address + "/", id=ID + "organisation/杭州市总工会")
    facts = shown.locator("#facts")
    for text in ("杭州市总工会", "工会会员", "page.txt"):
        expect(facts).to_contain_text(text)
    sentences = shown.locator("p.sentence").all_inner_texts()
    assert any("1400万元" in sentence for sentence in sentences) and len(sentences) >= 5
    assert any(
        "向2000名工会会员提供1400万元学历提升专项补助。" in quote
        for quote in shown.locator("blockquote").all_inner_texts()
    )
    assert "1400万元" in shown.locator("mark").all_inner_texts()
    assert int(shown.locator("html").get_attribute("data-nodes") or 0) > 20
    shown.locator("#facts button.more").click()
    expect(shown.locator("#facts li[data-measure]")).to_have_count(18)


def test_a_quote_leads_to_its_place_in_the_whole_text(
    address: str, opened: Callable[..., Page], browser: Browser
) -> None:
    shown = opened(address + "/", id=ID + "organisation/杭州市总工会")
    link = shown.locator("li[data-measure] cite a").first
    quote = shown.locator("li[data-measure] blockquote").first.inner_text()
    with shown.context.expect_page() as coming:
        link.click()
    marked = coming.value.locator("#here").inner_text()
    assert "".join(marked.split("\n")) in quote


def test_a_passage_is_shown_in_its_whole_text(address: str, sample: Path) -> None:
    client = httpx.Client(base_url=address, trust_env=False)
    (text,) = (sample / "texts").glob("*.txt")
    whole = text.read_text(encoding="utf-8")
    assert whole == (ROOT / "data" / "page.txt").read_text(encoding="utf-8")
    start = whole.index("1400万元")
    reply = client.get(f"/texts/{text.stem}", params={"char": f"{start},{start + 6}"})
    assert reply.status_code == 200
    assert '<mark id="here">1400万元</mark>' in reply.text
    plain = re.sub(r"<[^>]*>", "", reply.text.split('<pre class="fulltext">')[1].split("</pre>")[0])
    assert html.unescape(plain) == whole
    assert re.search(
        r'<a class="mention Organisation" href="/#id=[^"]*" title="杭州市总工会">浙江省杭州市总工会</a>', reply.text
    )
    body = whole.index("浙江省杭州市总工会")
    inside = client.get(f"/texts/{text.stem}", params={"char": f"{body + 3},{body + 9}"}).text
    assert ">浙江省</a><mark" in inside and 'title="杭州市总工会">杭州市总工会</a></mark>' in inside
    assert "script" not in reply.text
    assert client.get(f"/texts/{text.stem}", params={"char": "9999999,1"}).status_code == 200
    for other in ("0" * 16, "..%2Fgraph.ttl", text.stem[:-1]):
        assert client.get(f"/texts/{other}").status_code == 404


def test_a_total_opens_into_its_sums(address: str, opened: Callable[..., Page]) -> None:
    shown = opened(address + "/", id=ID + "organisation/西安市总工会")
    shown.locator("details.pays summary").click()
    total = shown.locator("details.pays").inner_text()
    assert total.startswith("一共出了 92,500,000 元（6 笔）")
    assert total.count("计入") - total.count("未计入") == 6
    assert "1500余万元 未计入：已含在内" in total and "1亿元以上 未计入：不是支出" in total


def test_what_was_opened_before_stays_in_the_picture(address: str, opened: Callable[..., Page]) -> None:
    shown = opened(address + "/", language="en-US", id=ID + "group/工会会员")
    alone = int(shown.locator("html").get_attribute("data-nodes") or 0)
    shown.locator("#facts button.link", has_text="杭州市总工会").first.click()
    expect(shown.locator("#facts h2")).to_contain_text("杭州市总工会")
    assert "open=" in shown.url and int(shown.locator("html").get_attribute("data-nodes") or 0) > alone
    shown.reload()
    expect(shown.locator("#facts h2")).to_contain_text("trade union · 1 article")


def ask(shown: Page, query: str) -> None:
    """Type a query in place of what is there, and run it."""
    shown.locator(".CodeMirror").click()
    shown.keyboard.press("Control+A")
    shown.keyboard.insert_text(query)
    shown.keyboard.press("Control+Enter")


def test_a_shipped_question_is_a_table(address: str, opened: Callable[..., Page]) -> None:
    shown = opened(address + "/query")
    titles = shown.locator("#questions").inner_text()
    assert all(ontology.query_title(path, "zh") in titles for path in ontology.queries().values())
    shown.locator("#questions button[data-name=money-by-organisation]").click()
    expect(shown.locator("#state")).to_contain_text("4 行")
    heads = shown.locator("#answer th").all_inner_texts()
    assert heads == ["出资方", "至少（元）", "按所述（元）", "笔数", "未计入（笔）"]
    cells = shown.locator("#answer td").all_inner_texts()
    assert "杭州市总工会" in cells and "21,850,000" in cells
    shown.locator("#as-bars").click()
    chart = shown.locator("#answer svg")
    expect(chart).to_contain_text("杭州市总工会")
    expect(chart.locator("rect")).to_have_count(4)


def test_every_column_of_the_shipped_questions_has_a_name(sample: Path) -> None:
    texts = json.loads((PAGES / "texts.json").read_text(encoding="utf-8"))
    store = open_store(sample)
    for path in ontology.queries().values():
        for variable in store.query(path.read_text(encoding="utf-8")).variables:
            assert variable.value in texts["zh"]["columns"] and variable.value in texts["en"]["columns"], path.stem


def test_iris_in_a_result_lead_to_the_explorer(address: str, opened: Callable[..., Page]) -> None:
    sparql = "SELECT ?o ?c { ?o a ?c } ORDER BY DESC(?o) LIMIT 400"
    shown = opened(address + "/query", q=sparql)
    expect(shown.locator("#answer td", has_text="hm:TradeUnion").first).to_be_visible()
    shown.locator("#answer td a").first.click()
    shown.wait_for_selector("#facts h2")


def test_the_editor_lets_the_keyboard_go(address: str, opened: Callable[..., Page]) -> None:
    shown = opened(address + "/query")
    shown.locator(".CodeMirror").click()
    label = "document.activeElement.getAttribute('aria-label')"
    assert shown.evaluate(label) == "SPARQL 查询"
    for _ in range(4):
        shown.keyboard.press("Tab")
        if shown.evaluate("document.activeElement.id") == "run":
            break
    assert shown.evaluate("document.activeElement.id") == "run"
    shown.keyboard.press("Enter")
    expect(shown.locator("#answer table")).to_be_visible()


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("SELECT * {", "line 1, column 11: the query ends too early"),
        ("SELECT * { ?a foo:bar ?b }", "no prefix is called foo:; there are dcterms:, "),
        ("SELECT * { SERVICE <urn:x> { ?s ?p ?o } }", "SERVICE is switched off"),
        ("ASK { ?o a hm:TradeUnion }", "yes"),
        ("CONSTRUCT WHERE { ?o a hm:TradeUnion }", "a hm:TradeUnion"),
        ("SELECT * { FILTER(false) }", "No results."),
        (
            "SELECT * { ?o a hm:TradeUnon }",
            "The vocabulary has no hm:TradeUnon; did you mean hm:TradeUnion (trade union)?",
        ),
    ],
)
def test_what_is_no_table_is_told(address: str, opened: Callable[..., Page], query: str, says: str) -> None:
    shown = opened(address + "/query", language="en-US")
    ask(shown, query)
    expect(shown.locator("#notice:visible, #answer").filter(has_text=says).first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", f"/#id={ID}organisation/西安市总工会", "/query#question=money-by-organisation"])
def test_nothing_stands_in_a_readers_way(address: str, browser: Browser, path: str, scheme: str) -> None:
    visit = Visit(browser, color_scheme=scheme)
    shown = visit.open(address + path)
    shown.wait_for_selector("#answer td, #facts h2")
    found = Axe().run(shown)
    serious = [v for v in found.response["violations"] if v["impact"] in ("serious", "critical")]
    assert [(v["id"], [n["target"] for n in v["nodes"]][:4]) for v in serious] == []
    visit.context.close()


def test_markup_in_names_stays_text(tmp_path: Path, opened: Callable[..., Page]) -> None:
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
        for path, state in (("/", {"id": body.value}), ("/query", {"q": "SELECT * { ?s ?p ?o }"})):
            shown = opened(address + path, **state)
            shown.wait_for_selector("#answer td, #facts h2")
            assert "<img src=x onerror=alert(1)>" in shown.locator("main").inner_text()
            assert shown.locator("img").count() == 0 and "惠民" in shown.title()
        shown = opened(address + "/")
        assert evil in search(shown, "img src")[0]
        shown.wait_for_timeout(800)  # what is asked a moment later is asked while the server is there


def test_both_languages_say_everything() -> None:
    texts = json.loads((PAGES / "texts.json").read_text(encoding="utf-8"))
    assert texts["zh"].keys() == texts["en"].keys()
    scripts = "".join(path.read_text(encoding="utf-8") for path in PAGES.glob("*.js"))
    assert [
        name for name in texts["zh"] if name != "columns" and f'"{name}"' not in scripts and f'["{name}"' not in scripts
    ] == []


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
    sparql = path.read_text(encoding="utf-8").replace("<urn:x:this>", union).replace("<urn:x:that>", group)
    sparql = sparql.replace("<urn:x:these>", f"{union} {group}").replace('"text"', '"工会会员"')
    rows = parse_query_results(store.query(sparql).serialize(format=Results.JSON), format=Results.JSON)
    assert len(list(rows)) > 0


def test_who_pays_whom_is_the_shipped_questions_answer(sample: Path) -> None:
    store = open_store(sample)
    rows = store.query((PAGES / "pairs.rq").read_text(encoding="utf-8"))
    assert {(row["agent"].value, row["for"].value): Decimal(row["stated"].value) for row in rows} == by_group(store)
