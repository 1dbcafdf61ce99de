"""The page: what it holds, what it never does, and what a real browser makes of it."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from kg.ontology import term
from kg.view import page
from kg.view.draw import _extent, looks, wrap
from kg.view.layout import overlapping, place
from kg.view.scene import KEPT_ENTITIES, scene

GRAPH = Path(__file__).parent / "data" / "view.ttl"
VIEW = Path(__file__).parent.parent / "kg" / "view"
ID = "https://w3id.org/huimin/id/"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--virtual-time-budget=8000", "--dump-dom"),
]
browser = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")


class Shelf:
    """As much of a store as the page asks for."""

    def __init__(self, *quads: ox.Quad) -> None:
        self.inner = ox.Store()
        self.inner.extend(quads)

    def query(self, sparql: str) -> Any:
        return self.inner.query(sparql, use_default_graph_as_union=True)


def sample() -> list[ox.Quad]:
    return list(ox.parse(path=GRAPH, format=ox.RdfFormat.TURTLE))


def node(path: str) -> ox.NamedNode:
    return ox.NamedNode(path if path.startswith("http") else ID + path)


def quad(subject: str, predicate: str, value: str | ox.Literal) -> ox.Quad:
    return ox.Quad(node(subject), node(term(predicate)), value if isinstance(value, ox.Literal) else node(value))


def entity(path: str, kind: str, label: str) -> list[ox.Quad]:
    rdf_type = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    return [
        ox.Quad(node(path), rdf_type, node(term(kind))),
        quad(path, "rdfs:label", ox.Literal(label, language="zh")),
        quad(path, "mentionedIn", "article/seed/1"),
    ]


@pytest.fixture(scope="module")
def shown() -> str:
    return page(Shelf(*sample()))


class Page(HTMLParser):
    """Addresses a page refers to, scripts by id, and tag names."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.scripts: dict[str, str] = {}
        self.tags: list[str] = []
        self.inside: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "action", "data")]
        self.inside = dict(attrs).get("id") if tag == "script" else None

    def handle_endtag(self, tag: str) -> None:
        self.inside = None

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.scripts[self.inside] = data


def test_the_page_refers_to_no_address_at_all(shown: str) -> None:
    parsed = Page(shown)
    assert "script" in parsed.tags and parsed.tags.count("h1") == 1
    assert parsed.addresses == []
    assert "link" not in parsed.tags
    assert not re.search(r"url\((?!\"?data:)|@import", " ".join(re.findall(r"<style>(.*?)</style>", shown, re.S)))
    assert "default-src 'none'" in shown


def test_the_page_says_its_encoding_first_and_speaks_chinese(shown: str) -> None:
    assert shown.index('<meta charset="utf-8">') < 200
    assert "杭州市总工会" in shown and "1400万元" in shown
    assert shown.encode("utf-8").decode("utf-8") == shown


def test_the_same_store_gives_the_same_bytes(shown: str) -> None:
    assert page(Shelf(*reversed(sample()))) == shown


def test_every_entity_and_measure_is_a_node_and_every_slot_an_edge(shown: str) -> None:
    scripts = Page(shown).scripts
    nodes, edges, data = (json.loads(scripts[name]) for name in ("nodes", "edges", "data"))
    assert len(nodes) == len(data["entities"]) + len(data["measures"]) > 150
    roles = {edge["role"] for edge in edges}
    assert {"agent", "beneficiary", "provides", "programme", "issues", "role"} <= roles
    assert {edge["from"] for edge in edges} | {edge["to"] for edge in edges} <= {n["id"] for n in nodes}


def test_classes_differ_in_colour_and_in_shape(shown: str) -> None:
    looks_of = json.loads(Page(shown).scripts["looks"])
    assert len(looks_of) == 7
    for key in ("shape", "colour"):
        assert len({look[key] for look in looks_of.values()}) == 7


def test_more_money_makes_a_larger_badge(shown: str) -> None:
    nodes = json.loads(Page(shown).scripts["nodes"])
    sizes = {n["label"].split("\n")[0]: n["font"]["size"] for n in nodes if n["kind"] == "Measure"}
    assert sizes["1亿元以上"] > sizes["5000万元"] > sizes["80万元"] >= 24
    assert min(sizes.values()) >= 24


def test_no_label_lies_over_another() -> None:
    drawn = looks(scene(Shelf(*sample())))
    extents = {iri: _extent(look) for iri, look in drawn.items()}
    centres = {iri: (float(look["x"]), look["y"] + extents[iri][2]) for iri, look in drawn.items()}
    assert len(centres) > 150
    assert overlapping(centres, {iri: (w, h) for iri, (w, h, _) in extents.items()}) == []


def test_a_crowd_around_one_node_still_finds_room() -> None:
    leaves = [f"n{i:03}" for i in range(300)]
    sizes = dict.fromkeys(["hub", *leaves], (190.0, 70.0))
    at = place(sizes, [("hub", leaf) for leaf in leaves])
    assert len(set(at.values())) == 301
    assert overlapping(at, sizes) == []


@pytest.mark.parametrize(
    "name", ["工会", "内蒙古平庄煤业(集团)有限责任公司", "《大连市总工会助企纾困若干措施》", "ABC"]
)
def test_wrapping_a_label_loses_nothing(name: str) -> None:
    assert wrap(name).replace("\n", "") == name
    assert max(map(len, wrap(name).split("\n"))) <= 11


def test_an_empty_store_gives_a_page() -> None:
    text = page(Shelf())
    assert json.loads(Page(text).scripts["nodes"]) == []


def test_a_large_graph_is_cut_to_those_who_do_most() -> None:
    quads = sample()
    for i in range(2100):
        quads += entity(f"item/事物{i}", "Item", f"事物{i}")
    seen = scene(Shelf(*quads))
    kinds = {e["kind"] for e in seen.data["entities"].values()}
    assert not seen.data["whole"] and kinds == {"Organisation", "Programme", "Group"}
    assert len(seen.data["entities"]) <= KEPT_ENTITIES
    assert seen.data["inAll"]["entities"] > 2100
    assert ID + "organisation/杭州市总工会" in seen.data["entities"]
    assert any(role == "beneficiary" for _, role, _ in seen.edges)


def test_every_word_of_the_interface_is_there_in_both_languages() -> None:
    words = json.loads((VIEW / "words.json").read_text(encoding="utf-8"))
    assert set(words["zh"]) == set(words["en"])
    code = "".join((VIEW / name).read_text(encoding="utf-8") for name in ("panel.js", "table.js", "page.js"))
    code += (VIEW / "template.html").read_text(encoding="utf-8")
    used = set(re.findall(r'word\("(\w+)"', code) + re.findall(r'data-(?:word|name|hint)="(\w+)"', code))
    assert used <= set(words["zh"])


def test_data_becomes_text_and_never_markup() -> None:
    code = "".join((VIEW / name).read_text(encoding="utf-8") for name in ("panel.js", "table.js", "page.js"))
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", code)


def dom(text: str, folder: Path, address: str = "") -> str:
    """The document as Chromium has it after a while, under `#address`."""
    path = folder / "graph.html"
    path.write_text(text, encoding="utf-8")
    profile = folder / "profile"
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={profile}", f"{path.as_uri()}#{address}"]
    environment = os.environ | {"HOME": str(folder)}
    run = subprocess.run(command, capture_output=True, timeout=120, check=True, env=environment)
    return run.stdout.decode("utf-8")


def states(found: str) -> dict[str, str]:
    """The data attributes of the root element."""
    (opening,) = re.findall(r"<html[^>]*>", found)[:1]
    return dict(re.findall(r'data-(\w+)="([^"]*)"', opening))


def part(found: str, start: str, end: str) -> str:
    """The text of a stretch of the document, without markup."""
    return html.unescape(re.sub(r"<[^>]+>", "", found.split(start, 1)[1].split(end, 1)[0]))


@browser
def test_the_page_draws_without_an_error(shown: str, tmp_path: Path) -> None:
    seen = states(dom(shown, tmp_path, "lang=zh"))
    assert seen.get("ready") == "1" and "errors" not in seen
    assert int(seen["nodes"]) > 100 and int(seen["edges"]) > 100 and seen["rows"] == "60"


@browser
def test_an_address_opens_the_panel_with_sentence_and_source(shown: str, tmp_path: Path) -> None:
    found = dom(shown, tmp_path, f"lang=zh&node={quote(ID + 'group/工会会员')}")
    panel = part(found, '<div id="panel-body">', "</aside>")
    assert "errors" not in states(found)
    assert re.search(r"杭州市总工会 .*向 工会会员 提供 学历提升专项补助 .*1400万元（计划中）", panel)
    assert "继续开展工会会员学历提升行动,向2000名工会会员提供1400万元学历提升专项补助。" in panel
    assert "<mark>1400万元</mark>" in found
    assert "杭州:构建和谐劳动关系" in panel and "规则" in panel


@browser
def test_a_total_opens_into_its_sums(sample: Path, tmp_path: Path) -> None:
    written = (sample / "graph.html").read_text(encoding="utf-8")
    found = dom(written, tmp_path, f"lang=zh&node={quote(ID + 'organisation/西安市总工会')}")
    total = part(found, '<details class="pays">', "</details>")
    assert total.startswith("一共出了 92,500,000元（6 笔）")
    assert total.count("计入") - total.count("未计入") == 6
    assert re.search(r"1500余万元 未计入: 已含在内", total) and "市总本级安排1500余万元" in total


@browser
def test_an_address_searches_in_english_too(shown: str, tmp_path: Path) -> None:
    found = dom(shown, tmp_path, f"lang=en&q={quote('西安市总')}")
    results = part(found, '<ul id="results">', "</ul>")
    assert "西安市总工会" in results and "trade union" in results
    assert states(found)["results"] == str(found.split('id="results"', 1)[1].split("</ul>", 1)[0].count("<li>"))


@browser
def test_an_address_restricts_to_an_article_and_shows_the_table(shown: str, tmp_path: Path) -> None:
    found = dom(shown, tmp_path, f"lang=zh&view=table&article={quote(ID + 'article/seed/9')}")
    rows = part(found, '<tbody id="rows">', "</tbody>")
    assert 0 < int(states(found)["rows"]) < 60
    assert "内蒙古自治区总工会" in rows and "530万元" in rows and "杭州市总工会" not in rows


@browser
def test_labels_cannot_inject_anything(tmp_path: Path) -> None:
    attack = "</script><script>document.documentElement.dataset.errors='pwned'</script><img src=x onerror=alert(1)>"
    path = "organisation/attack"
    quads = [*sample(), *entity(path, "Company", attack), quad(path, "jurisdiction", "place/杭州市")]
    text = page(Shelf(*quads))
    assert attack not in text and Page(text).addresses == []
    found = dom(text, tmp_path, f"lang=zh&q=script&node={quote(ID + path)}")
    seen = states(found)
    assert seen["ready"] == "1" and "errors" not in seen
    assert attack in part(found, '<h2 id="panel-title">', "</h2>")
    assert "<img" not in found.split("<body>", 1)[1].split("<script", 1)[0]


@browser
def test_an_empty_graph_says_so(tmp_path: Path) -> None:
    found = dom(page(Shelf()), tmp_path, "lang=zh")
    assert states(found).get("ready") == "1" and "errors" not in states(found)
    assert '<p id="empty" data-word="empty">这个图谱里还没有可显示的内容。</p>' in found
