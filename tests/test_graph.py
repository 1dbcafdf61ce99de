"""The written graph: every quote is the source's, it conforms to the shapes, and other readers take it."""

import shutil
import subprocess
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import RDF, BNode, Graph, Namespace

from kg import check
from kg.model import LINE_BREAKS
from kg.ontology import HM as HM_IRI
from kg.sources import only
from kg.store import open_store
from tests.conftest import SAMPLE

HM = Namespace(HM_IRI)
PROV_ORG = "http://www.w3.org/ns/org#"


@pytest.fixture(scope="module")
def graph(sample: Path) -> Graph:
    return Graph().parse(sample / "graph.ttl")


def test_every_quote_is_what_the_source_has(graph: Graph) -> None:
    text = only(SAMPLE, "page.txt").text
    passages = list(graph.subjects(RDF.type, HM.Passage))
    assert len(passages) > 300
    for passage in passages:
        start, end = (int(str(graph.value(passage, HM[p]))) for p in ("start", "end"))
        assert LINE_BREAKS.sub("", text[start:end]) == str(graph.value(passage, HM.quote)), passage


@pytest.mark.parametrize("kind", ["Measure", "Amount"])
def test_every_measure_and_amount_shows_its_source(graph: Graph, kind: str) -> None:
    nodes = list(graph.subjects(RDF.type, HM[kind]))
    assert len(nodes) > 50
    assert all((node, HM.evidence, None) in graph for node in nodes)


def test_every_link_has_a_statement_with_evidence(graph: Graph) -> None:
    told = {
        (graph.value(s, RDF.subject), graph.value(s, RDF.predicate), graph.value(s, RDF.object))
        for s in graph.subjects(RDF.type, RDF.Statement)
        if (s, HM.evidence, None) in graph
    }
    links = {t for p in ("issues", "organises", "partneredWith") for t in graph.triples((None, HM[p], None))}
    assert len(links) > 8
    assert links <= told


def test_there_are_no_blank_nodes(graph: Graph) -> None:
    assert len(graph) > 2000
    assert not [n for n in graph.all_nodes() if isinstance(n, BNode)]


def test_the_graph_conforms_to_the_shapes(sample: Path) -> None:
    store = open_store(sample)
    assert list(check.shapes(store)) == []
    assert list(check.quotes(store, SAMPLE.parent)) == []


def test_a_wrong_quote_is_found(sample: Path, tmp_path: Path) -> None:
    copy = tmp_path / "page.txt"
    shutil.copy(SAMPLE, copy)
    store = open_store(sample)
    passage = next(iter(store.query(f"SELECT ?p WHERE {{ ?p a <{HM_IRI}Passage> }} ORDER BY ?p LIMIT 1")))["p"]
    wrong = {"quote": "没有这句话"}
    found = list(check.quotes(_Changed(store, passage.value, wrong["quote"]), tmp_path))
    assert [f.node for f in found] == [passage.value]


class _Changed:
    """A store that tells one quote wrongly."""

    def __init__(self, store, passage: str, quote: str) -> None:
        self._store, self._passage, self._quote = store, passage, quote

    def query(self, sparql: str):
        from pyoxigraph import Literal

        for row in self._store.query(sparql):
            cells = list(row)
            if cells[0].value == self._passage:
                cells[3] = Literal(self._quote)
            yield cells


def test_readers_of_other_families_agree(sample: Path, graph: Graph) -> None:
    turtle = sample / "graph.ttl"
    assert len(list(parse(path=turtle, format=RdfFormat.TURTLE))) == len(graph)


@pytest.mark.skipif(shutil.which("rapper") is None, reason="rapper (Debian's raptor2-utils) is not installed")
def test_rapper_reads_the_turtle(sample: Path, graph: Graph) -> None:
    run = subprocess.run(
        ["rapper", "-q", "-i", "turtle", "-o", "ntriples", sample / "graph.ttl"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stderr == ""
    assert len(set(run.stdout.splitlines())) == len(graph)


TIERS = [
    ("包头市", "50"),
    ("乌海市", "50"),
    ("伊金霍洛旗", "30"),
    ("扎兰屯市", "30"),
    ("内蒙古第一机械集团有限公司", "20"),
]


@pytest.mark.parametrize(("place", "wan"), TIERS)
def test_the_tiers_of_the_last_article(sample: Path, place: str, wan: str) -> None:
    rows = open_store(sample).query(
        f"""PREFIX hm: <{HM_IRI}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT DISTINCT ?label ?who {{ ?m hm:beneficiary/rdfs:label "{place}"@zh ; hm:amount ?a ; hm:agent/rdfs:label ?who .
        ?a a hm:Money ; rdfs:label ?label }}"""
    )
    assert [(r["label"].value, r["who"].value) for r in rows] == [(f"{wan}万元", "内蒙古自治区总工会")]
