"""The endpoint over a real socket: SPARQL 1.1 Protocol, its media types, and what else is served."""

from __future__ import annotations

import csv
import io
import json
import signal
import socket
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, Store
from rdflib import Graph

from kg import ontology
from kg.pipeline import build
from kg.serve.negotiation import choose
from kg.store import open_store
from kg.tally import DERIVED
from tests.conftest import ROOT
from tests.serving import comes_to, serving

ONE = "SELECT ?o { ?o a hm:TradeUnion } ORDER BY ?o LIMIT 1"
UNIONS = "SELECT (COUNT(*) AS ?n) { ?o a <https://w3id.org/huimin/ontology#TradeUnion> }"
# rdflib's JSON-LD parser uses what rdflib deprecates
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib.*")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BARE = {"Content-Type": "application/sparql-query"}


@pytest.fixture(scope="module")
def client(sample: Path) -> Iterator[httpx.Client]:
    with (
        serving(sample, "--origin", "https://desk.example") as address,
        httpx.Client(base_url=address, timeout=60, trust_env=False) as client,
    ):
        yield client


def count(reply: httpx.Response) -> int:
    assert reply.status_code == 200, reply.text
    (row,) = reply.json()["results"]["bindings"]
    return int(row["n"]["value"])


def test_a_query_is_answered_the_same_by_get_by_form_and_by_body(client: httpx.Client, sample: Path) -> None:
    (row,) = open_store(sample).query(UNIONS)
    wanted = int(row["n"].value)
    assert wanted > 5
    assert count(client.get("/sparql", params={"query": UNIONS})) == wanted
    assert count(client.post("/sparql", data={"query": UNIONS})) == wanted
    assert count(client.post("/sparql", content=UNIONS, headers=BARE)) == wanted
    charset = {"Content-Type": "application/sparql-query; charset=utf-8"}
    assert count(client.post("/sparql", content=UNIONS, headers=charset)) == wanted


def test_the_dataset_may_be_named_in_the_request(client: httpx.Client, sample: Path) -> None:
    graph = next(name for name in open_store(sample).graphs() if name != DERIVED)
    every = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    inside = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    stated = len(list(open_store(sample).graph(graph)))
    assert count(client.get("/sparql", params={"query": every})) > stated
    assert count(client.get("/sparql", params={"query": every, "default-graph-uri": graph})) == stated > 2000
    assert count(client.get("/sparql", params={"query": every, "default-graph-uri": "urn:none"})) == 0
    assert count(client.get("/sparql", params={"query": every, "named-graph-uri": graph})) == 0
    assert count(client.get("/sparql", params={"query": inside, "named-graph-uri": graph})) == stated
    assert count(client.get("/sparql", params={"query": inside, "default-graph-uri": graph})) == 0
    twice = {"query": every, "default-graph-uri": [graph, "urn:none"]}
    assert count(client.post("/sparql", data=twice)) == stated
    assert count(client.post(f"/sparql?default-graph-uri={graph}", content=every, headers=BARE)) == stated
    # what the request names goes before what the query names (section 2.1.4)
    other = "SELECT (COUNT(*) AS ?n) FROM <urn:none> { ?s ?p ?o }"
    assert count(client.get("/sparql", params={"query": other})) == 0
    assert count(client.get("/sparql", params={"query": other, "default-graph-uri": graph})) == stated


def test_a_dataset_that_a_form_leaves_empty_is_none(client: httpx.Client) -> None:
    every = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}
    wanted = count(client.get("/sparql", params=every))
    assert count(client.get("/sparql", params=every | {"default-graph-uri": "", "named-graph-uri": ""})) == wanted > 0
    assert count(client.post("/sparql", data=every | {"default-graph-uri": ""})) == wanted


def test_an_iri_is_found_however_its_chinese_is_encoded(client: httpx.Client) -> None:
    (row,) = client.get("/sparql", params={"query": ONE}).json()["results"]["bindings"]
    iri = row["o"]["value"]
    encoded = quote(iri, safe=":/%")
    assert encoded != iri
    answers = {client.get("/sparql", params={"query": f"DESCRIBE <{one}>"}).text for one in (iri, encoded)}
    assert len(answers) == 1
    assert len(answers.pop()) > 200


@pytest.mark.parametrize(
    ("host", "status"),
    [("localhost", 200), ("127.0.0.1:1", 200), ("[::1]:80", 200), ("10.1.2.3", 200), ("evil.example", 421), ("", 421)],
)
def test_a_foreign_name_for_this_server_is_refused(client: httpx.Client, host: str, status: int) -> None:
    for path in ("/", "/sparql?query=ASK%20%7B%7D", "/health"):
        assert client.get(path, headers={"Host": host}).status_code == status


def test_what_two_named_graphs_state_is_counted_once(tmp_path: Path) -> None:
    for name, text in (("a", "杭州市总工会投入80万元慰问一线职工。"), ("b", "杭州市总工会投入90万元慰问一线职工。")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    build([tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "out")
    store = open_store(tmp_path / "out")
    graphs = sorted({str(quad.graph_name.value) for quad in store.quads()})
    asked = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "default-graph-uri": graphs}
    with serving(tmp_path / "out") as address:
        reply = httpx.post(f"{address}/sparql", data=asked, trust_env=False)
        assert count(reply) == len(store) < len(list(store.quads()))


@pytest.mark.parametrize(
    ("status", "request_"),
    [
        (400, {"method": "GET", "url": "/sparql?query=SELECT+%2A+%7B"}),
        (400, {"method": "GET", "url": "/sparql?query="}),
        (400, {"method": "GET", "url": "/sparql?other=1"}),
        (400, {"method": "GET", "url": "/sparql?query=ASK+%7B%7D&query=ASK+%7B%7D"}),
        (400, {"method": "GET", "url": "/sparql?query=ASK+%7B%7D&default-graph-uri=not+an+iri"}),
        (400, {"method": "GET", "url": "/sparql?query=%FF"}),
        (400, {"method": "POST", "url": "/sparql", "headers": FORM, "content": ""}),
        (400, {"method": "POST", "url": "/sparql", "headers": BARE, "content": b"ASK { \xff }"}),
        (400, {"method": "POST", "url": "/sparql", "headers": BARE, "content": "CLEAR ALL"}),
        (403, {"method": "POST", "url": "/sparql", "data": {"update": "CLEAR ALL"}}),
        (403, {"method": "GET", "url": "/sparql?update=CLEAR+ALL"}),
        (403, {"method": "POST", "url": "/sparql", "headers": {"Content-Type": "application/sparql-update"}}),
        (413, {"method": "POST", "url": "/sparql", "headers": BARE, "content": "#" * 2_000_000}),
        (415, {"method": "POST", "url": "/sparql", "headers": {"Content-Type": "text/plain"}, "content": UNIONS}),
        (415, {"method": "POST", "url": "/sparql", "content": UNIONS}),
        (406, {"method": "GET", "url": "/sparql?query=ASK+%7B%7D", "headers": {"Accept": "image/png"}}),
        (406, {"method": "GET", "url": "/sparql?query=ASK+%7B%7D", "headers": {"Accept": "text/turtle"}}),
        (406, {"method": "GET", "url": "/ontology", "headers": {"Accept": "text/csv"}}),
        (406, {"method": "GET", "url": "/.well-known/void", "headers": {"Accept": "text/csv"}}),
        (405, {"method": "PUT", "url": "/sparql"}),
        (405, {"method": "DELETE", "url": "/sparql"}),
        (405, {"method": "POST", "url": "/ontology"}),
        (404, {"method": "GET", "url": "/nothing"}),
        (404, {"method": "GET", "url": "/static/..%2Fapp.py"}),
        (404, {"method": "GET", "url": "/static/none.js"}),
    ],
)
def test_a_request_that_is_wrong_is_told_in_a_line(client: httpx.Client, status: int, request_: dict[str, str]) -> None:
    reply = client.request(**request_)
    assert (reply.status_code, reply.headers["content-type"]) == (status, "text/plain; charset=utf-8")
    assert reply.text.count("\n") <= 1 and reply.text.strip()
    if status == 405:
        assert "GET" in reply.headers["allow"]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (None, "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/html, application/xml;q=0.9, */*;q=0.8", "application/xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.1, application/sparql-results+json;q=0.2", "application/sparql-results+json"),
        ("text/*", "text/csv; charset=utf-8"),
    ],
)
def test_solutions_come_as_the_client_likes_them(client: httpx.Client, accept: str | None, kind: str) -> None:
    request = client.build_request("GET", "/sparql", params={"query": ONE})
    del request.headers["accept"]
    if accept:
        request.headers["accept"] = accept
    reply = client.send(request)
    assert (reply.status_code, reply.headers["content-type"]) == (200, kind)
    assert "Accept" in reply.headers["vary"]
    union = "https://w3id.org/huimin/id/organisation/"
    if "json" in kind:
        assert reply.json()["results"]["bindings"][0]["o"]["value"].startswith(union)
    elif "xml" in kind:
        (uri,) = ElementTree.fromstring(reply.text).iter("{http://www.w3.org/2005/sparql-results#}uri")
        assert str(uri.text).startswith(union)
    elif "csv" in kind:
        assert next(csv.DictReader(io.StringIO(reply.text)))["o"].startswith(union)
    else:
        assert reply.text.splitlines()[0] == "?o" and reply.text.splitlines()[1].startswith("<" + union)


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
    ],
)
@pytest.mark.parametrize("path", ["/sparql", "/ontology", "/.well-known/void", "/sparql?query=DESCRIBE+%3Curn%3Ax%3E"])
def test_graphs_come_as_the_client_likes_them(client: httpx.Client, path: str, accept: str, form: str) -> None:
    reply = client.get(path, headers={"Accept": accept})
    assert reply.status_code == 200 and reply.headers["content-type"].startswith(accept)
    graph = Graph().parse(data=reply.content, format=form)
    assert len(graph) == 0 if "DESCRIBE" in path else len(graph) > 15


TERMS = (
    *('"01"^^xsd:integer', "1", '"+1"^^xsd:decimal', "1.50", "1e0", '"INF"^^xsd:double', '"1"^^xsd:boolean', "true"),
    *(
        '"abc"^^xsd:integer',
        '"2024-02-30"^^xsd:date',
        '""',
        '"惠民😀"@zh',
        '"x"^^<urn:t>',
        "<urn:a>",
        '"<urn:a>"',
        '"_:b"',
    ),
    *('"a\\tb\\nc\\rd\\"e\\\\f"', '" x "', '"\\u0001\\u0085\\u2028"', "UNDEF", "<<( <urn:a> <urn:b> 'c' )>>"),
)


@pytest.mark.parametrize("form", [QueryResultsFormat.JSON, QueryResultsFormat.XML, QueryResultsFormat.CSV])
@pytest.mark.parametrize(
    "query",
    [
        *(
            f"PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> SELECT ?x ?y {{ VALUES ?x {{ {term} }} }}"
            for term in TERMS
        ),
        *("SELECT * {}", "SELECT ?x {}", "SELECT ?x { FILTER(false) }", "SELECT ?x { VALUES ?x { UNDEF UNDEF '' } }"),
    ],
)
def test_terms_come_as_they_stand_in_the_store(client: httpx.Client, query: str, form: QueryResultsFormat) -> None:
    reply = client.post("/sparql", data={"query": query}, headers={"Accept": form.media_type})
    solutions = Store().query(query)
    assert isinstance(solutions, QuerySolutions)
    assert reply.content == solutions.serialize(format=form)


def test_a_constructed_graph_is_a_set_of_triples(client: httpx.Client, sample: Path) -> None:
    asked = "CONSTRUCT { ?s a ?type } { ?s a ?type ; ?p ?o }"
    reply = client.get("/sparql", params={"query": asked}, headers={"Accept": "application/n-triples"})
    lines = reply.text.splitlines()
    (row,) = open_store(sample).query("SELECT (COUNT(*) AS ?n) { ?s a ?t }")
    assert len(lines) == len(set(lines)) == int(row["n"].value)
    turtle = client.get("/sparql", params={"query": asked}).text
    assert "@prefix hm:" in turtle and " a hm:" in turtle


def test_asking_yes_or_no_and_for_the_head_only(client: httpx.Client) -> None:
    assert client.get("/sparql", params={"query": "ASK { ?o a hm:TradeUnion }"}).json()["boolean"] is True
    for accept, wanted in (("text/csv", "true"), ("application/xml", "<boolean>true</boolean>")):
        assert wanted in client.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": accept}).text
    head = client.head("/sparql", params={"query": ONE})
    assert head.status_code == 200 and head.content == b"" and int(head.headers["content-length"]) > 50
    assert client.head("/sparql").status_code == 200


@pytest.mark.parametrize(
    ("origin", "may"),
    [
        ("http://localhost:8000", True),
        ("http://127.0.0.1:5173", True),
        ("https://desk.example", True),  # the one that the server was told of
        ("https://other.example", False),
        ("http://localhost.evil.example", False),
        ("null", False),
    ],
)
def test_answers_are_for_pages_of_this_machine_and_of_origins_that_are_named(
    client: httpx.Client, origin: str, *, may: bool
) -> None:
    asked = client.get("/sparql", params={"query": ONE}, headers={"Origin": origin})
    assert asked.headers.get("access-control-allow-origin") == (origin if may else None)
    asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    preflight = client.options("/sparql", headers={"Origin": origin} | asks)
    assert preflight.status_code == (200 if may else 400)
    if may:
        assert "POST" in preflight.headers["access-control-allow-methods"]


def test_a_person_who_opens_the_endpoint_comes_to_the_page(client: httpx.Client) -> None:
    browser = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    reply = client.get("/sparql", headers=browser)
    assert (reply.status_code, reply.headers["location"]) == (303, "/query")
    for path in ("/", "/query"):
        page = client.get(path)
        assert page.headers["content-type"].startswith("text/html")
        assert "default-src 'self'" in page.headers["content-security-policy"]


def test_the_editor_and_the_drawing_library_come_from_this_machine(client: httpx.Client) -> None:
    assert b"Yasgui" in client.get("/static/yasgui.min.js").content
    assert b"yasqe" in client.get("/static/yasgui.min.css").content
    assert b"vis" in client.get("/static/vis-network.min.js").content


@pytest.mark.parametrize("name", sorted(ontology.queries()))
def test_shipped_questions_have_the_answers_of_the_store(client: httpx.Client, sample: Path, name: str) -> None:
    query = ontology.queries()[name].read_text(encoding="utf-8")
    reply = client.get("/sparql", params={"query": query})
    result = open_store(sample).query(query)
    names = [variable.value for variable in result.variables]
    wanted = [[None if cell is None else cell.value for cell in row] for row in result]
    told = [[row.get(n, {}).get("value") for n in names] for row in reply.json()["results"]["bindings"]]
    assert sorted(told, key=str) == sorted(wanted, key=str)


def test_the_shipped_questions_are_told_with_their_titles(client: httpx.Client) -> None:
    told = client.get("/questions").json()
    assert [q["name"] for q in told] == list(ontology.queries())
    assert all(q["zh"] and q["en"] and "SELECT" in q["sparql"] for q in told)


def test_the_description_counts_what_is_there(client: httpx.Client, sample: Path) -> None:
    graph = Graph().parse(data=client.get("/.well-known/void").content, format="turtle")
    answers = graph.query(
        "PREFIX void: <http://rdfs.org/ns/void#> SELECT ?n ?m ?e { ?d a void:Dataset ; void:triples ?n ; "
        "void:sparqlEndpoint ?e ; void:classPartition [ void:class <https://w3id.org/huimin/ontology#Measure> ; void:entities ?m ] }"
    )
    ((triples, measures, endpoint),) = [tuple(row) for row in answers]  # type: ignore[union-attr]
    counts = open_store(sample).counts()
    assert (int(triples), int(measures)) == (counts["triples"], counts["Measure"])
    assert str(endpoint) == f"{client.base_url}/sparql".replace("//sparql", "/sparql")


def test_answers_follow_a_build(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("杭州市总工会投入80万元慰问一线职工。", encoding="utf-8")
    build([tmp_path / "a.txt"], tmp_path / "out")
    asked = "SELECT ?l { ?a a hm:Money ; rdfs:label ?l } ORDER BY ?l"
    with serving(tmp_path / "out") as address, httpx.Client(base_url=address, trust_env=False) as client:

        def told() -> list[str]:
            rows = client.get("/sparql", params={"query": asked}).json()["results"]["bindings"]
            return [row["l"]["value"] for row in rows]

        assert comes_to(told, ["80万元"])
        before = client.get("/.well-known/void").text
        (tmp_path / "b.txt").write_text("大连市总工会投入90万元救助困难职工。", encoding="utf-8")
        build([tmp_path / "b.txt"], tmp_path / "out")
        assert comes_to(told, ["80万元", "90万元"])
        assert client.get("/.well-known/void").text != before
        open_store(tmp_path / "out", writing=True).retract("a.txt")
        assert comes_to(told, ["90万元"])


def test_starting_it_wrongly_is_told_in_a_line(sample: Path, tmp_path: Path) -> None:
    def serve(*options: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", *options]
        return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, timeout=60)

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        full = serve("-o", str(sample), "--port", str(taken.getsockname()[1]))
    nothing = serve("-o", str(tmp_path))
    for run in (full, nothing):
        assert (run.returncode, run.stderr.count("\n")) == (2, 1) and run.stderr.startswith("kg: ")
    assert "in use" in full.stderr and "kg build" in nothing.stderr


@pytest.mark.parametrize("package", ["starlette", "uvicorn"])
def test_it_says_what_to_install(sample: Path, package: str) -> None:
    command = f"import sys; sys.modules[{package!r}] = None; from kg.cli import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", command, "serve", "-o", str(sample)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert run.returncode == 2 and run.stderr.count("\n") == 1
    assert package in run.stderr and "pip install 'huimin[serve]'" in run.stderr


def test_ctrl_c_ends_it_without_a_word(sample: Path) -> None:
    command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", "-o", str(sample), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    address = process.stdout.readline().split()[1]
    assert httpx.get(f"{address}health", trust_env=False).text == "ok\n"
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=20)[1] == ""
    assert process.returncode == 0


def test_the_more_specific_range_decides() -> None:
    offered = ["application/json", "text/csv", "text/turtle"]
    assert choose("text/*, text/csv;q=0", offered) == "text/turtle"
    assert choose("*/*;q=0.1, text/csv;q=0.05", offered) == "application/json"
    assert choose("text/csv;q=nonsense", offered) is None
    assert choose("TEXT/CSV", offered) == "text/csv"
    assert json.dumps(choose("", offered)) == '"application/json"'
