"""Requests that nobody thought of: what the endpoint describes of itself, tried by schemathesis."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
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
    assert len(OPERATIONS) == 7


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
