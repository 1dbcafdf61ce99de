"""Nothing is fetched: a query that would have Oxigraph ask another endpoint is known before it is run."""

from __future__ import annotations

import itertools
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Quad, RdfFormat, Store, parse

from kg.serve.federation import asks_others
from tests.serving import serving


class Listener:
    """A server that answers nothing and counts who comes."""

    def __enter__(self) -> Listener:
        self.heard = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.heard += 1
            connection.close()

    def __exit__(self, *_: object) -> None:
        self._socket.close()


@pytest.fixture(scope="module")
def client(sample: Path) -> Iterator[httpx.Client]:
    with serving(sample) as address, httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
        yield client


@pytest.fixture
def listener() -> Iterator[Listener]:
    with Listener() as listener:
        yield listener


# Each of these made Oxigraph connect to the listener, and looks to one reading or another as if it would not.
REACHING = (
    "SELECT * { SERVICE <THERE> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <THERE> { ?s ?p ?o } }",
    "SELECT * { VALUES ?x { <THERE> } LATERAL { service ?x{ ?s ?p ?o } } }",
    "SELECT * { ?a ?b ?c FILTER EXISTS { SERVICE <THERE> { ?s ?p ?o } } }",
    "SELECT * { LATERAL { SERVICE <THERE> { ?s ?p ?o } } }",
    # a comparison that could be an IRI, and a quote after it that could open a string
    "SELECT * { ?s a ?a FILTER(?a<'>' || true) SERVICE <THERE> { ?x ?y ?z } FILTER('a'='a') }",
    "SELECT * { ?s a ?a FILTER(?a<?s#>'''\n|| true) SERVICE <THERE> { ?x ?y ?z } #'''\n }",
    # words that touch each other
    "PREFIX ex: <THERE> SELECT * { SERVICEex:here{ ?x ?y ?z } }",
    "PREFIX : <THERE> SELECT * { SERVICE:here{ ?x ?y ?z } }",
    "PREFIX ex: <THERE> SELECT * { SERVICESILENTex:here { ?x ?y ?z } }",
    "SELECT * { ?s ?p 5SERVICE<THERE>{ ?x ?y ?z } }",
    "SELECT * { SERVICE#{\n<THERE>#{\n{ ?x ?y ?z } }",
)


@pytest.mark.parametrize("query", REACHING)
def test_oxigraph_would_ask_and_the_endpoint_does_not(client: httpx.Client, listener: Listener, query: str) -> None:
    asked = query.replace("THERE", listener.address)
    store = Store()
    store.update("INSERT DATA { <urn:a> a <urn:b> ; <urn:n> 5 }")
    with suppress(OSError):
        list(store.query(asked))
    assert listener.heard > 0
    before = listener.heard
    reply = client.post("/sparql", data={"query": asked})
    assert (reply.status_code, "SERVICE is switched off" in reply.text, listener.heard) == (400, True, before)


def test_a_graph_that_is_named_is_not_fetched(client: httpx.Client, listener: Listener) -> None:
    there = listener.address
    every = "SELECT * { ?s ?p ?o }"
    for query in (f"SELECT * FROM <{there}> {{ ?s ?p ?o }}", f"SELECT * {{ GRAPH <{there}> {{ ?s ?p ?o }} }}"):
        assert client.post("/sparql", data={"query": query}).json()["results"]["bindings"] == []
    for name in ("default-graph-uri", "named-graph-uri"):
        assert client.get("/sparql", params={"query": every, name: there}).json()["results"]["bindings"] == []
    assert client.post("/sparql", data={"query": f"LOAD <{there}>"}).status_code == 400
    assert client.get("/sparql", params={"update": f"LOAD <{there}>"}).status_code == 403
    assert listener.heard == 0


# What may stand before the keyword, around it, and after it, as the grammar has it and as it has not.
_BEFORE = (
    *("", "?s ?p ?o", "?s ?p ?o.", "?s ?p true", "?s ?p FALSE", "?s ?p 1", "?s ?p 1.", "?s ?p 1e0", "?s ?p -1"),
    *("?s ?p 'x'", "?s ?p 'x'@en", "?s ?p ex:b", "?s ?p []", "?s ?p ()", "?s ?p _:b", "?s ?p ''''x'''", "?s ?p ex:\\'"),
    *("?s ?p ?o~", "?s ?p ?o~ex:r", "?s ?p ?o{||}", "?s ?p ?o;", "?s a", "?s ex:p?", "{}", "OPTIONAL{}", "GRAPH ?g {}"),
    *("?s ?p ?o FILTER(?o<'>'||true)", "?s ?p ?o FILTER(?o<?o#>'''\n||true)", "FILTER true", "FILTER bound(?s)"),
    *("BIND(1 AS ?z)", "VALUES ?q {1}", "LATERAL {}", "?", "$", "@", "-", "ex:", "#\n", "'", "<", "\\", "^", "\u0300"),
)
_KEYWORD = ("SERVICE", "service SILENT", "SERVICESILENT", "sErViCe#'\nsilent")
_GAP = ("", " ", "#x{\n", "\r\n#\r")
_NAME = (
    "<THERE>",
    "<THERE#a>",
    "<THERE'>",
    "<x>",
    "ex:b",
    ":b",
    "ex:",
    "SERVICE:b",
    "silent:b",
    "ex:a\\#b",
    "?v\u0300",
)


def test_no_query_of_these_pieces_reaches_out_unknown(listener: Listener) -> None:
    there = listener.address
    store = Store()
    told = f'<urn:a> <urn:b> true, false, 1, 1.0, 1e0, -1, "x", "x"@en, "\'x", <urn:o>, <{there}b>, [], () .'
    store.extend(Quad(*quad.triple) for quad in parse(told, format=RdfFormat.TURTLE))
    prologue = "BASE <THERE> PREFIX ex: <THERE> PREFIX : <THERE> PREFIX SERVICE: <THERE> PREFIX silent: <THERE> "
    tried = taken = 0
    for before, apart, keyword, gap, name in itertools.product(_BEFORE, ("", "\n"), _KEYWORD, _GAP, _NAME):
        query = (
            prologue + f"SELECT * {{ VALUES ?v\u0300 {{ <THERE> }} {before}{apart}{keyword}{gap}{name}{{?k ?l ?m}} }}"
        )
        query = query.replace("THERE", there)
        tried += 1
        if not asks_others(query):
            with suppress(SyntaxError):
                list(store.query(query))  # an OSError would be a connection that failed
                taken += 1
    assert listener.heard == 0
    assert tried > 15_000 and taken > 10  # the pieces make real queries, too: ex:bSERVICE:b is a name


@pytest.mark.parametrize(
    "query",
    [
        "select*{service?x{?s ?p ?o}}",
        "SELECT * { ?s ?p 'it\\'s' . SERVICE SILENT ex:here { ?s ?p ?o } }",
        "SELECT * { FILTER(1<2) SERVICE <http://example.org/> {} }",
        "SELECT * { ?s <http://example.org/#> ?o . SERVICE <http://example.org/> {} }",
        'SELECT * { ?s ?p """a "quote" and \'\'\' more""" SERVICE <http://example.org/> {} }',
        "SELECT * { ?s ?p 'a' # it's\n SERVICE <http://example.org/> {} }",
        "SELECT * { ?s ?p ''@zh . SERVICE <http://example.org/> {} }",
        "SELECT * { ?s ?p trueSERVICE<http://example.org/>{} }",
        # Oxigraph does not take these today, the standard does
        "SELECT * { \\u0053ERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { \\U00000053ervice <http://example.org/> {} }",
    ],
)
def test_a_query_that_asks_another_endpoint_is_known(query: str) -> None:
    assert asks_others(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service $SERVICE { ?service a hm:Service }",
        "SELECT ?service ?x { ?service a ?x }",
        "SELECT ?my_service ?x { ?my_service a ?x }",
        "SELECT * { ?s rdfs:label 'SERVICE', \"SERVICE\", '''\nSERVICE''' }",
        "SELECT * { ?s rdfs:label 'SERVICE' { ?s ?p ?o } }",
        "SELECT * { ?s a <https://example.org/SERVICE> GRAPH <urn:service> { ?s ?p ?o } }",
        "SELECT * # SERVICE\n{ ?s ?p ?o }",
        "SELECT * # no SERVICE <http://example.org/> here\n{ ?s ?p ?o }",
        "PREFIX service: <http://example.org/> SELECT * { ?s service:of ?o ; :service ?x ; ex:service ?y }",
        "SELECT * { ?services ?p ?o . ?s ?p ex:a.service, ex:a-service, ex:服务service }",
    ],
)
def test_the_word_elsewhere_is_harmless(query: str) -> None:
    assert not asks_others(query)


def test_a_clause_in_a_comment_is_refused_and_told_why(client: httpx.Client) -> None:
    reply = client.post("/sparql", data={"query": "SELECT * { ?s ?p ?o # SERVICE <http://example.org/> {}\n } LIMIT 1"})
    assert reply.status_code == 400 and "comment" in reply.text
