"""The page as a file: what it holds, what it never does, and that its totals are those of the shipped questions."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections import defaultdict
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg import ontology
from kg.ontology import HM, term
from kg.store import Store, open_store
from kg.view import page
from kg.view.draw import OWN, SHARED, script
from kg.view.scene import scene
from kg.view.texts import texts

GRAPH = Path(__file__).parent / "data" / "view.ttl"
VIEW = Path(__file__).parent.parent / "kg" / "view"
ID = "https://w3id.org/huimin/id/"


class Shelf:
    """As much of a store as the page asks for."""

    def __init__(self, *quads: ox.Quad) -> None:
        self.inner = ox.Store()
        self.inner.extend(quads)

    def query(self, sparql: str, /) -> Any:
        return self.inner.query(sparql, use_default_graph_as_union=True)


def sample_quads() -> list[ox.Quad]:
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
    return page(Shelf(*sample_quads()))


class Parsed(HTMLParser):
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


def held(text: str, name: str) -> Any:
    """What a packed script of the page says."""
    return json.loads(zlib.decompress(base64.b64decode(Parsed(text).scripts[name])))


def test_the_page_refers_to_no_address_at_all(shown: str) -> None:
    parsed = Parsed(shown)
    assert "script" in parsed.tags and parsed.tags.count("h1") == 1
    assert parsed.addresses == []
    assert "link" not in parsed.tags
    assert not re.search(r"url\((?!\"?data:)|@import", " ".join(re.findall(r"<style>(.*?)</style>", shown, re.S)))
    assert "default-src 'none'" in shown


def test_the_page_says_its_encoding_first_and_holds_chinese(shown: str) -> None:
    assert shown.index('<meta charset="utf-8">') < 200
    data = held(shown, "data")
    assert data["entities"][ID + "organisation/杭州市总工会"]["label"] == "杭州市总工会"
    assert any(a["label"] == "1400万元" for m in data["measures"].values() for a in m["amount"])


def test_the_same_store_gives_the_same_bytes(shown: str) -> None:
    assert page(Shelf(*reversed(sample_quads()))) == shown


def test_classes_differ_in_colour_and_in_shape(shown: str) -> None:
    looks_of = json.loads(Parsed(shown).scripts["looks"])
    assert len(looks_of) == 7
    for key in ("shape", "colour"):
        assert len({look[key] for look in looks_of.values()}) == 7


def test_the_samples_page_is_small_and_holds_its_text(sample: Path) -> None:
    text = (sample / "graph.html").read_text(encoding="utf-8")
    assert len(text.encode()) < 2_000_000
    (document,) = held(text, "texts")["of"].values()
    (kept,) = (sample / "texts").glob("*.txt")
    assert document["text"] == kept.read_bytes().decode()
    for kind, start, end in document["paragraphs"]["1"]:
        assert (
            kind in ("headline", "subhead", "byline", "body", "caption", "box") and document["text"][start:end].strip()
        )


def test_no_texts_means_that_no_text_is_in_the_page(sample: Path) -> None:
    store = open_store(sample)
    bare = page(store)
    whole = "本报讯"  # begins the stories, and no fact quotes it
    assert held(bare, "texts") == {"of": {}, "left": 0, "kept": False}
    assert whole not in json.dumps(held(bare, "data"), ensure_ascii=False)
    assert whole in json.dumps(held(page(store, sample / "texts"), "texts"), ensure_ascii=False)


def test_texts_beyond_the_room_are_counted(sample: Path) -> None:
    found = texts(sample / "texts", scene(open_store(sample))["articles"], 100)
    assert found == {"of": {}, "left": 1, "kept": True}


def test_a_large_graph_is_cut_to_the_measures_with_most_money(sample: Path) -> None:
    store = open_store(sample)
    cut = scene(store, 60, 40)
    assert not cut["whole"] and cut["inAll"] == in_all(store)
    sums = [
        max((Decimal(a.get("value", 0)) for a in m["amount"] if a["type"] == "Money"), default=0)
        for m in cut["measures"].values()
    ]
    every = [
        max((Decimal(a.get("value", 0)) for a in m["amount"] if a["type"] == "Money"), default=0)
        for m in scene(store)["measures"].values()
    ]
    assert sorted(sums, reverse=True) == sorted(every, reverse=True)[: len(sums)]
    # who pays is told in full all the same
    told = {(a, b): Decimal(stated) for a, b, stated in cut["pairs"]}
    assert told == by_group(store)


def in_all(store: Store) -> dict[str, int]:
    """How much a graph holds, counted by SPARQL and the shipped question."""

    def counted(where: str) -> int:
        (row,) = store.query(f"PREFIX hm: <{HM}> SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {where} }}")
        return int(row["n"].value)

    pairs = by_group(store)
    assert pairs
    return {
        "entities": counted("?x hm:mentionedIn ?article"),
        "measures": counted("?x a hm:Measure"),
        "articles": counted("?x a hm:Article"),
        "payers": len({payer for payer, _ in pairs}),
        "paidFor": len({paid_for for _, paid_for in pairs}),
    }


def by_group(store: Store) -> dict[tuple[str, str], Decimal]:
    """What the shipped question says, by IRI."""
    text = ontology.queries()["money-by-group"].read_text(encoding="utf-8")
    text = text.replace("SELECT ?payer ?beneficiary", "SELECT ?agent ?for", 1)
    return {(row["agent"].value, row["for"].value): Decimal(row["stated"].value) for row in store.query(text)}


def test_totals_are_those_of_the_shipped_questions(sample: Path) -> None:
    store = open_store(sample)
    data = scene(store)
    asked = {
        row["payer"].value: (Decimal(row["atLeast"].value), Decimal(row["stated"].value), int(row["amounts"].value))
        for row in store.query(ontology.queries()["money-by-organisation"].read_text(encoding="utf-8"))
    }
    told = {
        e["label"]: (Decimal(e["pays"]["atLeast"]), Decimal(e["pays"]["stated"]), int(e["pays"]["sums"]))
        for e in data["entities"].values()
        if "pays" in e
    }
    assert told == asked != {}
    shared: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for measure in data["measures"].values():
        for amount in measure["amount"]:
            for agent, to, _, stated in amount.get("shares", ()):
                shared[agent, to] += Decimal(stated)
    assert shared == by_group(store) != {}


def test_every_word_of_the_interface_is_there_in_both_languages() -> None:
    words = json.loads((VIEW / "words.json").read_text(encoding="utf-8"))
    assert set(words["zh"]) == set(words["en"])
    code = script(VIEW) + (VIEW / "template.html").read_text(encoding="utf-8")
    used = set(re.findall(r'word\(\s*(?:[^()"]*\? )?"(\w+)"', code) + re.findall(r'data-(?:word|name)="(\w+)"', code))
    assert used <= set(words["zh"])
    parts = {name for name in words["zh"] if re.match(r"(?:facet|plot|slot)-", name)}
    built = {f"{kind}-" for kind in re.findall(r"word\(`(facet|plot|slot)-", code)}
    assert {name.split("-")[0] + "-" for name in parts} == built
    parts |= {"exact", "min", "max", "about"}  # how an amount is bounded, as the graph says it
    assert [name for name in words["zh"] if name not in parts and f'"{name}"' not in code] == []


def test_the_scripts_of_the_page_are_all_of_the_folder() -> None:
    assert {path.name for path in VIEW.glob("*.js")} == {*SHARED, *OWN}
    assert "import " not in re.sub(r"//.*", "", script(VIEW)) and "export " not in script(VIEW)


def test_data_becomes_text_and_never_markup() -> None:
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", script(VIEW))


def test_no_name_of_the_scripts_is_given_twice() -> None:
    pattern = r"^(?:async )?(?:const|let|function|class) (?:\{([^}]*)\}|\[([^\]]*)\]|(\w+))"
    found = [
        name for groups in re.findall(pattern, script(VIEW), re.M) for name in re.findall(r"\w+", " ".join(groups))
    ]
    assert len(found) > 100 and sorted(found) == sorted(set(found))
