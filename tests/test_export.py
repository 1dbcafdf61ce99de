"""The formats: each is read again by somebody else's reader and says what the store holds."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import Dataset, Graph

from kg import ontology
from kg.export import FORMATS
from kg.export.tables import _harmless
from kg.store import Store, open_store
from tests.conftest import exported

# rdflib's own parsers use what rdflib deprecates
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib.*")


@pytest.fixture(scope="module")
def store(sample: Path) -> Store:
    return open_store(sample)


@pytest.mark.parametrize("form", ["ttl", "nt", "jsonld"])
def test_rdflib_reads_the_union(store: Store, form: str) -> None:
    names = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld"}
    graph = Graph().parse(data=exported(store, form), format=names[form])
    assert len(graph) == len(store) > 2000


@pytest.mark.parametrize("form", ["nq", "trig"])
def test_rdflib_reads_the_documents(store: Store, form: str) -> None:
    dataset = Dataset()
    dataset.parse(data=exported(store, form), format={"nq": "nquads", "trig": "trig"}[form])
    named = [quad for quad in dataset.quads() if quad[3] is not None]
    assert len(named) == len(list(store.quads())) > 2000


@pytest.mark.parametrize("form", ["ttl", "trig"])
def test_each_subject_is_one_block(store: Store, form: str) -> None:
    depth = {"ttl": "", "trig": "\t"}[form]
    lines = exported(store, form).decode("utf-8").split("\n")
    subjects = [line.split()[0] for line in lines if line.startswith(depth + "<")]
    assert len(subjects) == len(set(subjects)) > 100


def test_lines_are_sorted(store: Store) -> None:
    for form in ("nt", "nq"):
        lines = exported(store, form).decode("utf-8").splitlines()
        assert lines == sorted(lines) and len(lines) == len(set(lines))


def test_a_network_has_every_measure_under_its_narrowest_class(store: Store) -> None:
    network = nx.read_graphml(io.BytesIO(exported(store, "graphml")))
    classes = {node["class"] for _, node in network.nodes(data=True)}
    assert {"TradeUnion", "WorkerGroup", "Money", "Measure", "PolicyDocument"} <= classes
    assert not classes & {"Amount", "Passage"}
    measures = [n for n, data in network.nodes(data=True) if data["class"] == "Measure"]
    assert len(measures) == store.counts()["Measure"] > 50
    assert {"agent", "amount"} <= {data["label"] for _, _, data in network.edges(data=True)}


def test_the_table_has_a_row_for_every_amount(store: Store) -> None:
    written = exported(store, "csv")
    assert written.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"))))
    assert len(rows) == store.counts()["Amount"] > 50
    assert all(row["text"] in row["quote"] for row in rows if row["bound"] == "exact")


def test_a_bar_in_a_quote_stays_where_it_is() -> None:
    made = Store()
    name = ontology.term
    graph, m, a, p, q, art = (NamedNode(f"https://example.org/{n}") for n in "gmapqx")
    told = [
        (m, "rdf:type", NamedNode(name("Measure"))),
        (m, "amount", a),
        (m, "statedIn", art),
        (m, "evidence", p),
        (p, "quote", Literal("乙|甲")),
        (art, "sourceFile", Literal("=a.txt")),
        (art, "dcterms:title", Literal("题", language="zh")),
        (a, "rdfs:label", Literal("80万元", language="zh")),
        (a, "unit", Literal("CNY")),
        (a, "bound", Literal("exact")),
        (a, "evidence", q),
        (q, "start", Literal(1)),
    ]
    kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    made.replace("=a.txt", [Quad(s, NamedNode(kind if r == "rdf:type" else name(r)), o, graph) for s, r, o in told])
    (row,) = csv.DictReader(io.StringIO(exported(made, "csv").decode("utf-8-sig")))
    assert (row["quote"], row["source"]) == ("乙|甲", "'=a.txt")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_a_cell_is_no_formula(cell: str) -> None:
    assert _harmless(cell) == "'" + cell


def test_json_ld_is_json(store: Store) -> None:
    assert json.loads(exported(store, "jsonld"))


def test_an_empty_store_is_written_too() -> None:
    for form in FORMATS:
        assert len(exported(Store(), form)) < 3000, form


def test_oxigraph_loads_the_quads_and_counts_alike(store: Store) -> None:
    loaded = ox.Store()
    loaded.load(exported(store, "nq"), format=ox.RdfFormat.N_QUADS)
    assert sorted(map(str, loaded)) == [str(quad) for quad in store.quads()]
