"""The graph in other stores: real servers, loaded over HTTP, asked the shipped questions."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest
from pyoxigraph import RdfFormat, parse

from kg import ontology
from kg.load import DEFAULT, MARKS, LoadError, load
from kg.load.targets import GraphStore, Updates
from kg.pipeline import build
from kg.store import Store, open_store
from tests.conftest import ROOT
from tests.stores import OXIGRAPH, PASSWORD, VIRTUOSO, oxigraph, same, virtuoso

UNION = "https://w3id.org/huimin/id/union"
GOLD = ROOT / "tests" / "gold" / "dev"
needs_virtuoso = pytest.mark.skipif(VIRTUOSO is None, reason="virtuoso-opensource-7 is not installed")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten texts and the sample, some of which state the same."""
    output = tmp_path_factory.mktemp("load")
    build([*sorted(GOLD.glob("*.txt"))[:10], ROOT / "data" / "page.txt"], output)
    return output


@pytest.fixture(scope="module")
def store(built: Path) -> Store:
    return open_store(built)


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with oxigraph(tmp_path_factory.mktemp("oxigraph") / "db") as address:
        yield address


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with virtuoso(tmp_path_factory.mktemp("virtuoso") / "db") as address:
        yield address


@pytest.fixture
def as_dba(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIMIN_USER", "dba")
    monkeypatch.setenv("HUIMIN_PASSWORD", PASSWORD)


def ask(address: str, query: str, **parameters: str) -> list[dict[str, Any]]:
    reply = httpx.post(
        address,
        data={"query": query} | parameters,
        headers={"Accept": "application/sparql-results+json"},
        trust_env=False,
        timeout=60,
    )
    assert reply.status_code == 200, reply.text
    return list(reply.json()["results"]["bindings"])


def sizes(address: str, store: Store) -> dict[str, int]:
    """The number of triples of every document's graph in the target."""
    rows = ask(address, "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    known = set(store.graphs())
    return {row["g"]["value"]: int(row["n"]["value"]) for row in rows if row["g"]["value"] in known}


def answers(rows: list[dict[str, Any]], names: list[str]) -> Counter[tuple[str | Decimal, ...]]:
    return Counter(tuple(same(row.get(name, {}).get("value")) for name in names) for row in rows)


def wanted(store: Store, query: str) -> tuple[list[str], Counter[tuple[str | Decimal, ...]]]:
    result = store.query(query)
    names = [variable.value for variable in result.variables]
    return names, Counter(tuple(same(None if c is None else c.value) for c in row) for row in result)


def test_oxigraph_holds_the_same_after_one_load_and_after_two(ours: str, store: Store) -> None:
    target = GraphStore(f"{ours}/store")
    first = load(store, target, DEFAULT)
    assert len(first.loaded) == len(store.graphs()) + 1 == 13
    assert sizes(f"{ours}/query", store) == {name: len(list(store.graph(name))) for name in store.graphs()}
    assert target.read(DEFAULT) == set(store.triples())
    second = load(store, target, DEFAULT)
    assert (second.loaded, second.removed, second.unchanged) == ([], [], first.loaded)


@pytest.mark.parametrize("name", sorted(ontology.queries()))
def test_oxigraph_answers_the_shipped_questions_alike(ours: str, store: Store, name: str) -> None:
    load(store, GraphStore(f"{ours}/store"), DEFAULT)
    query = ontology.queries()[name].read_text(encoding="utf-8")
    names, rows = wanted(store, query)
    assert answers(ask(f"{ours}/query", query), names) == rows


@needs_virtuoso
@pytest.mark.usefixtures("as_dba")
def test_virtuoso_holds_the_same_after_one_load_and_after_two(theirs: str, store: Store) -> None:
    target = GraphStore(f"{theirs}/sparql-graph-crud-auth")
    first = load(store, target, UNION)
    assert len(first.loaded) == 13
    assert sizes(f"{theirs}/sparql", store) == {name: len(list(store.graph(name))) for name in store.graphs()}
    assert target.read(UNION) == set(store.triples())
    assert load(store, target, UNION).unchanged == first.loaded


@needs_virtuoso
@pytest.mark.usefixtures("as_dba")
@pytest.mark.parametrize("name", sorted(ontology.queries()))
def test_virtuoso_answers_the_shipped_questions_alike(theirs: str, store: Store, name: str) -> None:
    load(store, GraphStore(f"{theirs}/sparql-graph-crud-auth"), UNION)
    query = ontology.queries()[name].read_text(encoding="utf-8")
    names, rows = wanted(store, query)
    assert answers(ask(f"{theirs}/sparql", query, **{"default-graph-uri": UNION}), names) == rows


@needs_virtuoso
def test_a_server_that_wants_a_user_is_told_of_in_a_line(
    theirs: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = f"{theirs}/sparql-graph-crud-auth"
    monkeypatch.delenv("HUIMIN_USER", raising=False)
    with pytest.raises(LoadError, match="HUIMIN_USER and HUIMIN_PASSWORD"):
        load(store, GraphStore(target))
    monkeypatch.setenv("HUIMIN_USER", "dba")
    monkeypatch.setenv("HUIMIN_PASSWORD", "wrong")
    with pytest.raises(LoadError, match="does not take this user"):
        load(store, GraphStore(target))


def test_updates_do_what_the_graph_store_does(store: Store, tmp_path: Path) -> None:
    with oxigraph(tmp_path / "db") as address:
        target = Updates(f"{address}/query", f"{address}/update")
        first = load(store, target, DEFAULT)
        assert sizes(f"{address}/query", store) == {name: len(list(store.graph(name))) for name in store.graphs()}
        assert target.read(DEFAULT) == set(store.triples())
        assert load(store, target, DEFAULT).unchanged == first.loaded


@pytest.mark.parametrize("way", ["graph store", "updates"])
def test_what_changed_is_replaced_and_what_is_gone_goes(tmp_path: Path, way: str) -> None:
    news = tmp_path / "news"
    news.mkdir()
    for name, sum_ in (("a", "80万元"), ("b", "90万元"), ("c", "70万元")):
        (news / f"{name}.txt").write_text(f"杭州市总工会投入{sum_}慰问一线职工。", encoding="utf-8")
    build([news], tmp_path / "out")
    other = "<urn:other> <urn:p> <urn:o> ."
    with oxigraph(tmp_path / "db") as address:
        httpx.put(f"{address}/store?graph=urn:other", content=other, headers={"Content-Type": "text/turtle"})
        graphs = GraphStore(f"{address}/store")
        target = graphs if way == "graph store" else Updates(f"{address}/query", f"{address}/update")
        assert len(load(open_store(tmp_path / "out"), target, DEFAULT).loaded) == 5
        (news / "a.txt").unlink()
        (news / "b.txt").write_text("杭州市总工会投入95万元慰问一线职工。", encoding="utf-8")
        build([news], tmp_path / "out", prune=True)
        store = open_store(tmp_path / "out")
        done = load(store, target, DEFAULT)
        assert (len(done.loaded), len(done.unchanged), len(done.removed)) == (3, 1, 2)
        assert graphs.read(DEFAULT) == set(store.triples())
        rows = ask(f"{address}/query", "SELECT ?g { GRAPH ?g {} }")
        assert {row["g"]["value"] for row in rows} == {*store.graphs(), MARKS, "urn:other"}
        again = load(store, target)  # without the union, which would no longer follow
        assert again.removed == [DEFAULT] and not again.loaded
        assert graphs.read(DEFAULT) == set() and not graphs.holds(DEFAULT) and graphs.holds("urn:other")


def test_a_union_never_replaces_what_others_put_there(store: Store, tmp_path: Path) -> None:
    with oxigraph(tmp_path / "db") as address:
        turtle = {"Content-Type": "text/turtle"}
        httpx.put(f"{address}/store?default", content="<urn:a> <urn:b> <urn:c> .", headers=turtle, trust_env=False)
        with pytest.raises(LoadError, match="other data"):
            load(store, GraphStore(f"{address}/store"), DEFAULT)
        assert len(GraphStore(f"{address}/store").read(DEFAULT)) == 1


def kg_load(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from kg.cli import main; main()", "load", *arguments]


def test_a_load_that_is_killed_is_completed_by_the_next(built: Path, store: Store, tmp_path: Path) -> None:
    with oxigraph(tmp_path / "db") as address:
        command = kg_load(f"{address}/store", "-o", str(built), "--union", "default")
        target = GraphStore(f"{address}/store")
        for arrived in (1, 4, 8):
            process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            until = time.monotonic() + 60
            while len(target.read(MARKS)) < arrived and process.poll() is None and time.monotonic() < until:
                time.sleep(0.002)
            process.send_signal(signal.SIGKILL)
            process.wait()
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        assert run.stderr == "" and run.stdout.startswith("graphs loaded ")
        assert sizes(f"{address}/query", store) == {name: len(list(store.graph(name))) for name in store.graphs()}
        assert target.read(DEFAULT) == set(store.triples())
        assert load(store, target, DEFAULT).loaded == []


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://127.0.0.1:1/store", "no server answers there"),
        ("localhost:7878", "not an http address"),
        ("http://user:secret@127.0.0.1:1/store", "not into the address"),
        ("{ours}/nothing", "400"),
    ],
)
def test_what_is_wrong_is_one_line_and_no_secret(built: Path, ours: str, url: str, says: str) -> None:
    command = kg_load(url.format(ours=ours), "-o", str(built))
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 2 and says in run.stderr.replace("404", "400").replace("there is no such address", "400")
    assert run.stderr.count("\n") == 1 and "secret" not in run.stderr


def test_exports_load_in_bulk(store: Store, tmp_path: Path) -> None:
    from kg.export import FORMATS

    with (tmp_path / "graph.nq").open("wb") as out:
        FORMATS["nq"](store, out)
    location = ["--location", str(tmp_path / "db")]
    subprocess.run([OXIGRAPH, "load", *location, "--file", tmp_path / "graph.nq"], check=True, capture_output=True)
    dumped = subprocess.run([OXIGRAPH, "dump", *location, "--format", "nq"], check=True, capture_output=True)
    assert set(parse(dumped.stdout, format=RdfFormat.N_QUADS)) == set(store.quads())
