"""Requests that nobody thought of: what the endpoint describes of itself, tried by schemathesis."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks

from tests.conftest import ROOT
from tests.serving import serving

SCHEMA = schemathesis.openapi.from_path(ROOT / "kg" / "serve" / "openapi.json")
OPERATIONS = [(path, method) for path in SCHEMA for method in SCHEMA[path]]
load_all_checks()
KEPT = CHECKS.get_by_names(["not_a_server_error", "status_code_conformance", "content_type_conformance"])


@pytest.fixture(scope="module")
def address(sample: Path) -> Iterator[str]:
    with serving(sample) as address:
        yield address


def test_every_route_but_the_pages_is_described(address: str) -> None:
    told = httpx.get(f"{address}/openapi.json", trust_env=False).json()
    assert set(told["paths"]) == {path for path, _ in OPERATIONS}
    assert len(OPERATIONS) == 9


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_no_request_brings_the_server_down(address: str, path: str, method: str) -> None:
    tried = 0

    @settings(
        max_examples=100 if path == "/sparql" else 10,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=SCHEMA[path][method].as_strategy())
    def try_one(case: schemathesis.Case) -> None:
        nonlocal tried
        tried += 1
        case.call_and_validate(base_url=address, checks=KEPT)

    try_one()
    assert tried >= (100 if path == "/sparql" else 1)
    assert httpx.get(f"{address}/health", trust_env=False).status_code == 200


HEADERS = ("Host", "Accept", "Content-Type", "Accept-Encoding", "Origin", "Range", "If-None-Match", "Content-Encoding")
VALUES = st.one_of(
    st.sampled_from(
        ["%zz", "", "*", "*/*;q=x", "text/csv;q=-1, ;;,", "application/sparql-query; charset=", "null", "a b", "[::"]
    ),
    st.binary(max_size=30).map(lambda value: value.translate(None, b"\r\n\0").strip().decode("latin-1")),
)


@settings(max_examples=200, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    method=st.sampled_from(["GET", "POST", "HEAD", "OPTIONS", "PUT"]),
    path=st.sampled_from(["/sparql", "/.well-known/void", "/ontology", "/static/"]),
    rest=st.one_of(st.sampled_from(["", "query=ASK+%7B%7D"]), st.text("%=&+;?/:0aFq{}<", max_size=30)),
    headers=st.dictionaries(st.sampled_from(HEADERS), VALUES, max_size=3),
    body=st.one_of(st.just(b""), st.just(b"ASK {}"), st.just(b"query=ASK+%7B%7D"), st.binary(max_size=40)),
)
@example(method="GET", path="/sparql", rest="", headers={"Host": "%zz"}, body=b"")
@example(method="GET", path="/.well-known/void", rest="", headers={"Host": "%zz"}, body=b"")
def test_no_headers_bring_it_down(
    address: str, method: str, path: str, rest: str, headers: dict[str, str], body: bytes
) -> None:
    with closing(HTTPConnection(httpx.URL(address).host, httpx.URL(address).port, timeout=20)) as connection:
        connection.putrequest(method, f"{path}?{rest}", skip_host="Host" in headers, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value.encode("latin-1"))
        connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        reply = connection.getresponse()
        reply.read()
        assert reply.status < 500
