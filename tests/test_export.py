"""The formats: each is read again by somebody else's reader and says what the store holds."""

from __future__ import annotations

import csv
import io
import json
from itertools import accumulate
from pathlib import Path
from zipfile import ZipFile

import networkx as nx
import pyoxigraph as ox
import pytest
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import RDFS, Dataset, Graph

from kg import ontology
from kg.export import FORMATS, ordered
from kg.export.tables import harmless
from kg.store import Store, open_store
from tests.conftest import exported

# rdflib's own parsers use what rdflib deprecates
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib.*")


@pytest.fixture(scope="module")
def store(sample: Path) -> Store:
    return open_store(sample)


UNIONS = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "xml": "xml"}
OXIGRAPH = {"ttl": "TURTLE", "nt": "N_TRIPLES", "jsonld": "JSON_LD", "xml": "RDF_XML"}


@pytest.mark.parametrize("form", UNIONS)
def test_rdflib_and_oxigraph_read_the_very_triples_of_the_union(store: Store, form: str) -> None:
    written = exported(store, form)
    lines = exported(store, "nt")
    assert set(Graph().parse(data=written, format=UNIONS[form])) == set(Graph().parse(data=lines, format="nt"))
    read = {quad.triple for quad in ox.parse(written, format=getattr(ox.RdfFormat, OXIGRAPH[form]))}
    assert read == set(store.triples()) and len(read) == len(store) > 2000


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
    graphs = accumulate(line.count("{") for line in lines)  # what several graphs state of a subject stands in each
    pairs = zip(graphs, lines, strict=True)
    subjects = [(graph, line.split()[0]) for graph, line in pairs if line.startswith(depth + "<")]
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
    assert harmless(cell) == "'" + cell
    assert harmless("") == "" and harmless("1000元") == "1000元"


def test_json_ld_reads_like_plain_json(store: Store) -> None:
    document = json.loads(exported(store, "jsonld"))
    assert document["@context"]["@vocab"] == ontology.HM
    (training,) = (node for node in document["@graph"] if node["id"].endswith("-436-463"))
    assert training["type"] == "Measure" and training["agent"] == "organisation/杭州市总工会"
    assert training["beneficiary"] == "group/工会会员" and "1400万元" in training["rdfs:label"]
    amounts = [node for node in document["@graph"] if node["id"] in training["amount"]]
    assert {amount["value"] for amount in amounts} >= {"2000", "14000000"}
    passages = [node for node in document["@graph"] if node["type"] == "Passage"]
    assert all(isinstance(node["start"], int) and "@" not in str(node["quote"]) for node in passages)


def awkward() -> Store:
    """A store of names and literals that some syntax cannot hold as they are."""
    made, graph = Store(), NamedNode("https://w3id.org/huimin/id/document/a")
    article = NamedNode("https://w3id.org/huimin/id/article/a-1")
    label, name = NamedNode(ontology.term("rdfs:label")), NamedNode(ontology.term("dcterms:title"))
    told = [Quad(article, NamedNode(ontology.term("sourceFile")), Literal("a.txt"), graph)]
    for i, rest in enumerate(("group/a:b", "group//x", "group/../up", "group/%20", "@x", ".x", "group/é—“”")):
        iri = NamedNode(f"https://w3id.org/huimin/id/{rest}")
        told.append(Quad(iri, label, Literal(f'{i} "引号" \\ <b>&amp; ]]>\n\t', language="zh"), graph))
        told.append(Quad(iri, NamedNode(ontology.term("mentionedIn")), article, graph))
    for value in (Literal("x"), Literal("x", language="en"), Literal("x", language="zh"), Literal("-0"), Literal(7)):
        told.append(Quad(article, name, value, graph))
        told.append(Quad(article, label, value, graph))
    decimals = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    for value in (
        Literal("100000000000000000000.5", datatype=decimals),
        Literal("07", datatype=NamedNode(str(decimals.value).replace("decimal", "integer"))),
    ):
        told.append(Quad(article, NamedNode(ontology.term("value")), value, graph))
    made.replace("a.txt", told)
    return made


@pytest.mark.parametrize("form", UNIONS)
def test_awkward_names_and_values_come_back(form: str) -> None:
    made = awkward()
    written = exported(made, form)
    read = {quad.triple for quad in ox.parse(written, format=getattr(ox.RdfFormat, OXIGRAPH[form]))}
    assert read == set(made.triples())
    assert len(Graph().parse(data=written, format=UNIONS[form])) == len(read)


def test_control_characters_do_not_break_xml() -> None:
    made, graph = Store(), NamedNode("https://w3id.org/huimin/id/document/a")
    article, group = (
        NamedNode("https://w3id.org/huimin/id/article/a-1"),
        NamedNode("https://w3id.org/huimin/id/group/a"),
    )
    label, kind = NamedNode(ontology.term("rdfs:label")), NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    told = [
        Quad(article, NamedNode(ontology.term("sourceFile")), Literal("a.txt"), graph),
        Quad(group, label, Literal("职\x01工\ufffe", language="zh"), graph),
        Quad(group, kind, NamedNode(ontology.term("Group")), graph),
    ]
    made.replace("a.txt", told)
    assert [str(o) for o in Graph().parse(data=exported(made, "xml"), format="xml").objects(None, RDFS.label)] == [
        "职工"
    ]
    assert nx.read_graphml(io.BytesIO(exported(made, "graphml"))).nodes[group.value]["label"] == "职工"
    assert nx.read_gexf(io.BytesIO(exported(made, "gexf"))).nodes[group.value]["label"] == "职工"


@pytest.mark.parametrize("part", [1, 7, 100])
def test_what_is_sorted_in_parts_is_sorted_all_the_same(
    store: Store, part: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = list(store.quads())[:90]
    with ordered.lines(few) as found:
        whole = list(found)
    with ordered.lines(few, ordered.by_graph) as found:
        grouped = list(found)
    monkeypatch.setattr(ordered, "PART", part)
    with ordered.lines(few[::-1]) as found:
        assert list(found) == whole == sorted(whole) and len(whole) == 90
    with ordered.statements(few, ordered.by_graph) as quads:
        assert [f"{quad} .\n".encode() for quad in quads] == grouped


def test_gephi_and_networkx_find_the_same_network(store: Store) -> None:
    one = nx.read_graphml(io.BytesIO(exported(store, "graphml")))
    other = nx.read_gexf(io.BytesIO(exported(store, "gexf")))
    assert set(one.nodes) == set(other.nodes) and len(one.nodes) > 100
    assert sorted((a, b, d["label"]) for a, b, d in one.edges(data=True)) == sorted(
        (a, b, d["relation"]) for a, b, d in other.edges(data=True)
    )
    union = "https://w3id.org/huimin/id/organisation/杭州市总工会"
    assert one.nodes[union]["label"] == other.nodes[union]["label"] == "杭州市总工会"
    assert b"lastmodifieddate" not in exported(store, "gexf")


def test_neo4j_gets_nodes_and_only_relationships_between_them(store: Store) -> None:
    with ZipFile(io.BytesIO(exported(store, "neo4j"))) as archive:
        nodes = list(csv.DictReader(io.StringIO(archive.read("nodes.csv").decode("utf-8"))))
        edges = list(csv.DictReader(io.StringIO(archive.read("relationships.csv").decode("utf-8"))))
        assert "--nodes=nodes.csv --relationships=relationships.csv" in archive.read("import.sh").decode()
    known = {node["iri:ID"] for node in nodes}
    assert len(known) == len(nodes) > 100 and len(edges) > 200
    assert {edge[end] for edge in edges for end in (":START_ID", ":END_ID")} <= known
    assert {"AGENT", "BENEFICIARY", "SUB_ORGANIZATION_OF"} <= {edge[":TYPE"] for edge in edges}
    (union,) = (node for node in nodes if node["label"] == "杭州市总工会")
    assert union[":LABEL"] == "Organisation;TradeUnion"


def test_an_empty_store_is_written_too() -> None:
    for form in FORMATS:
        assert len(exported(Store(), form)) < 3000, form


def test_oxigraph_loads_the_quads_and_counts_alike(store: Store) -> None:
    loaded = ox.Store()
    loaded.load(exported(store, "nq"), format=ox.RdfFormat.N_QUADS)
    assert sorted(map(str, loaded)) == sorted(map(str, store.quads()))
