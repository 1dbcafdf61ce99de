"""A public endpoint that cannot be made to hang or to swell."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT
from tests.serving import serving

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?c"
SHORT = "SELECT (COUNT(*) AS ?n) { ?o a hm:TradeUnion }"


@pytest.fixture(scope="module")
def client(sample: Path) -> Iterator[httpx.Client]:
    with (
        serving(sample, "--timeout", "1.5", "--limit", "500") as address,
        httpx.Client(base_url=address, timeout=60, trust_env=False) as client,
    ):
        yield client


def ask(client: httpx.Client, query: str, accept: str = "text/csv") -> httpx.Response:
    return client.post("/sparql", data={"query": query}, headers={"Accept": accept})


def workers(output: Path) -> list[int]:
    """The worker processes over this store."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = path.read_bytes()
            if b"kg.serve.worker" in command and str(output).encode() in command:
                found.append(int(path.parent.name))
        except OSError:  # it has ended meanwhile
            continue
    return found


@pytest.mark.parametrize("query", [ENDLESS, HUNGRY])
def test_a_query_that_takes_too_long_is_ended(client: httpx.Client, query: str) -> None:
    reply = ask(client, query)
    assert (reply.status_code, reply.text.count("\n")) in {(504, 1), (503, 1)}
    assert "longer than 1.5 seconds" in reply.text or "memory" in reply.text
    assert ask(client, SHORT).status_code == 200


@pytest.mark.parametrize("accept", ["text/csv", "application/json", "application/xml", "text/tab-separated-values"])
def test_an_answer_has_as_many_rows_as_are_allowed_and_no_more(client: httpx.Client, accept: str) -> None:
    assert ask(client, "SELECT * { ?s ?p ?o } LIMIT 500", accept).status_code == 200
    refused = ask(client, "SELECT * { ?s ?p ?o } LIMIT 501", accept)
    assert refused.status_code == 400 and "500 rows" in refused.text and "LIMIT" in refused.text


def test_line_ends_in_literals_are_no_rows(client: httpx.Client) -> None:
    lines = "\\n" * 600
    reply = ask(client, f'SELECT ("{lines}" AS ?x) (<urn:a> AS ?y) {{}}', "application/json")
    assert reply.json()["results"]["bindings"][0]["x"]["value"] == "\n" * 600


def test_a_constructed_graph_is_limited_too(client: httpx.Client) -> None:
    assert ask(client, "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 500", "text/turtle").status_code == 200
    assert ask(client, "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 501", "text/turtle").status_code == 400


def test_others_are_answered_while_one_takes_long(client: httpx.Client) -> None:
    async def both() -> list[httpx.Response]:
        async with httpx.AsyncClient(base_url=client.base_url, timeout=60, trust_env=False) as many:
            slow = asyncio.create_task(many.post("/sparql", data={"query": ENDLESS}))
            await asyncio.sleep(0.3)
            quick = [await many.post("/sparql", data={"query": SHORT}) for _ in range(5)]
            assert not slow.done()
            return [*quick, await slow]

    assert [reply.status_code for reply in asyncio.run(both())] == [200] * 5 + [504]


def test_fifty_at_once_are_all_answered(client: httpx.Client) -> None:
    async def all_of_them() -> list[httpx.Response]:
        async with httpx.AsyncClient(base_url=client.base_url, timeout=60, trust_env=False) as many:
            return await asyncio.gather(*(many.post("/sparql", data={"query": SHORT}) for _ in range(50)))

    replies = asyncio.run(all_of_them())
    assert {reply.status_code for reply in replies} == {200}
    assert len({reply.text for reply in replies}) == 1


def test_more_than_can_wait_are_sent_away(client: httpx.Client) -> None:
    async def crowd() -> list[httpx.Response]:
        limits = httpx.Limits(max_connections=120)
        async with httpx.AsyncClient(base_url=client.base_url, timeout=90, limits=limits, trust_env=False) as many:
            slow = [asyncio.create_task(many.post("/sparql", data={"query": ENDLESS})) for _ in range(4)]
            await asyncio.sleep(0.3)
            replies = await asyncio.gather(*(many.post("/sparql", data={"query": SHORT}) for _ in range(100)))
            return [*replies, *(await asyncio.gather(*slow))]

    replies = asyncio.run(crowd())
    away = [reply for reply in replies if reply.status_code == 503]
    assert away and all(reply.headers["retry-after"] for reply in away)
    assert sum(reply.status_code == 200 for reply in replies) >= 60
    assert ask(client, SHORT).status_code == 200


def test_a_client_that_goes_away_frees_its_worker(sample: Path) -> None:
    with serving(sample, "--timeout", "600") as address:
        for _ in range(6):  # more than there are workers
            with pytest.raises(httpx.ReadTimeout):
                httpx.post(f"{address}/sparql", data={"query": ENDLESS}, timeout=0.4, trust_env=False)
        reply = httpx.post(f"{address}/sparql", data={"query": SHORT}, timeout=30, trust_env=False)
        assert reply.status_code == 200


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs /proc to find the workers")
def test_the_server_outlives_its_workers(sample: Path) -> None:
    before = set(workers(sample))
    with serving(sample) as address:
        ask_here = lambda: httpx.post(f"{address}/sparql", data={"query": SHORT}, trust_env=False)  # noqa: E731
        first = ask_here()
        own = set(workers(sample)) - before
        assert first.status_code == 200 and own
        for pid in own:
            os.kill(pid, signal.SIGKILL)
        until = time.monotonic() + 10
        while ask_here().status_code != 200:
            assert time.monotonic() < until
        assert ask_here().text == first.text
    assert not (set(workers(sample)) - before) & own


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs /proc to find the workers")
def test_a_query_whose_server_was_killed_ends_too(sample: Path) -> None:
    before = set(workers(sample))
    command = "from kg.cli import main; main()"
    server = subprocess.Popen(
        [sys.executable, "-c", command, "serve", "-o", str(sample), "--port", "0", "--timeout", "1"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert server.stdout is not None
    address = server.stdout.readline().split()[1]
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{address}sparql", data={"query": ENDLESS}, timeout=0.5, trust_env=False)
    with pytest.raises(httpx.HTTPError):
        httpx.post(f"{address}sparql", data={"query": ENDLESS}, timeout=0.3, trust_env=False)
    server.kill()
    server.communicate(timeout=20)
    until = time.monotonic() + 20
    while set(workers(sample)) - before:
        assert time.monotonic() < until
        time.sleep(0.1)


@pytest.mark.parametrize(
    "query", ["SELECT * " + "{" * 50_000 + "}" * 50_000, "ASK { FILTER(" + "!" * 90_000 + "true) }"]
)
def test_a_query_that_is_nested_too_deeply_harms_nobody(client: httpx.Client, query: str) -> None:
    reply = ask(client, query)
    assert (reply.status_code, reply.text.count("\n")) == (503, 1) and "nested too deeply" in reply.text
    assert ask(client, SHORT).status_code == 200


@pytest.mark.skipif(
    not hasattr(os, "sysconf") or os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") < 6 << 30,
    reason="needs 6 GiB of free memory",
)
def test_a_query_that_wants_too_much_memory_dies_alone(sample: Path) -> None:
    doubled = " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(22))
    copies = ", ".join(["?x22"] * 80)  # of 64 MiB
    query = f"SELECT (STRLEN(CONCAT({copies})) AS ?n) {{ BIND('0123456789abcdef' AS ?x0) {doubled} }}"
    with serving(sample) as address, httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
        reply = ask(client, query)
        assert (reply.status_code, reply.text.count("\n")) == (503, 1) and "more memory" in reply.text
        assert ask(client, SHORT).status_code == 200


def test_a_small_limit_does_not_cut_the_description(sample: Path) -> None:
    with serving(sample, "--limit", "1") as address:
        reply = httpx.get(f"{address}/.well-known/void", trust_env=False)
        assert reply.status_code == 200 and reply.text.count("void:propertyPartition") >= 1
        assert "https://w3id.org/huimin/ontology#" in reply.text


def test_a_store_that_is_gone_is_told_in_a_line(sample: Path, tmp_path: Path) -> None:
    shutil.copytree(sample / "store", tmp_path / "store")
    with serving(tmp_path) as address, httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
        assert ask(client, SHORT).status_code == 200
        shutil.rmtree(tmp_path / "store")
        for reply in (ask(client, SHORT), client.get("/.well-known/void")):
            assert (reply.status_code, reply.text.count("\n")) == (503, 1) and "store" in reply.text
        shutil.copytree(sample / "store", tmp_path / "store")
        assert ask(client, SHORT).status_code == 200
