"""The graph from Python: rdflib, networkx, pandas, and the notebook that shows them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest
from rdflib import RDF, RDFS, Literal, URIRef

from kg import open_graph
from kg.graph import HuiminGraph
from kg.pipeline import build
from kg.store import StoreError, open_store
from tests.conftest import ROOT, exported

UNION = URIRef("https://w3id.org/huimin/id/organisation/杭州市总工会")
NOTEBOOK = ROOT / "docs" / "first-steps.ipynb"


@pytest.fixture
def graph(sample: Path) -> HuiminGraph:
    return open_graph(sample)


def test_it_is_an_rdflib_graph_of_the_union(graph: HuiminGraph, sample: Path) -> None:
    assert len(graph) == len(open_store(sample)) > 2000
    assert graph.value(UNION, RDFS.label) == Literal("杭州市总工会", lang="zh")
    assert (UNION, RDF.type, URIRef("https://w3id.org/huimin/ontology#TradeUnion")) in graph
    assert graph.qname("https://w3id.org/huimin/ontology#agent") == "hm:agent"
    assert "hm:TradeUnion" in graph.serialize(format="turtle")


def test_a_triple_of_two_documents_is_there_once(tmp_path: Path) -> None:
    for name, sum_ in (("a", "80万元"), ("b", "90万元")):
        (tmp_path / f"{name}.txt").write_text(f"杭州市总工会投入{sum_}慰问一线职工。", encoding="utf-8")
    build([tmp_path], tmp_path / "out")
    graph = open_graph(tmp_path / "out")
    (row,) = graph.query("SELECT (COUNT(*) AS ?n) { ?o a hm:TradeUnion }")
    assert row.n.toPython() == 1  # type: ignore[union-attr]


def test_questions_are_asked_by_name_or_in_sparql(graph: HuiminGraph) -> None:
    assert len(list(graph.query("money-by-group"))) > 3
    rows = graph.query("SELECT ?label { ?o a hm:TradeUnion ; rdfs:label ?label }")
    assert "杭州市总工会" in {str(row.label) for row in rows}  # type: ignore[union-attr]
    assert bool(graph.query("ASK { ?o a hm:TradeUnion }"))
    assert len(list(graph.query("CONSTRUCT WHERE { ?o a hm:TradeUnion }"))) > 3
    with pytest.raises(StoreError, match="not understood"):
        graph.query("SELECT {")


def test_a_table_has_numbers_as_numbers_and_names_as_text(graph: HuiminGraph) -> None:
    pandas = pytest.importorskip("pandas")
    table = graph.to_dataframe("SELECT ?a ?value ?start { ?a hm:value ?value ; hm:evidence/hm:start ?start } LIMIT 9")
    assert list(table.columns) == ["a", "value", "start"] and len(table) == 9
    assert pandas.api.types.is_float_dtype(table["value"]) and pandas.api.types.is_integer_dtype(table["start"])
    assert all(iri.startswith("https://w3id.org/huimin/id/measure/") for iri in table["a"])
    mixed = graph.to_dataframe('SELECT * { VALUES (?x ?y) { (1 "甲"@zh) (UNDEF UNDEF) } }')
    assert mixed["y"][0] == "甲" and mixed.isna().loc[1].all()
    assert list(graph.to_dataframe("SELECT ?x { FILTER(false) }").columns) == ["x"]
    with pytest.raises(StoreError, match="SELECT"):
        graph.to_dataframe("ASK {}")


def test_the_network_is_the_one_that_is_exported(graph: HuiminGraph, sample: Path, tmp_path: Path) -> None:
    (tmp_path / "x.graphml").write_bytes(exported(open_store(sample), "graphml"))
    known, read = graph.to_networkx(), nx.read_graphml(tmp_path / "x.graphml")
    assert set(known.nodes) == set(read.nodes) and known.number_of_edges() == read.number_of_edges() > 200
    assert known.nodes[str(UNION)]["class"] == "TradeUnion"


def test_it_is_read_while_others_build(graph: HuiminGraph, sample: Path) -> None:
    writer = open_store(sample, writing=True)
    assert len(graph) == len(writer) == len(open_graph(sample))


def test_where_nothing_was_built_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="run `kg build` first"):
        open_graph(tmp_path)


def test_the_notebook_goes_from_page_to_plot(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert all(not cell.get("outputs") for cell in notebook["cells"])
    assert sum(len(cell.splitlines()) for cell in cells[:3]) <= 12
    seen = (
        "import json\n"
        "labels = [label.get_text() for label in bars.get_yticklabels()]\n"
        "widths = [bar.get_width() for bar in bars.patches]\n"
        "print(json.dumps([labels, widths]))"
    )
    (tmp_path / "data").symlink_to(ROOT / "data")
    run = subprocess.run(
        [sys.executable, "-c", "\n".join([*cells, seen])],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env=os.environ | {"MPLBACKEND": "Agg", "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert run.returncode == 0, run.stderr
    labels, widths = json.loads(run.stdout.splitlines()[-1])
    assert len(labels) == len(widths) == 4 and "杭州市总工会" in labels
    assert widths == sorted(widths) and widths[0] > 0
