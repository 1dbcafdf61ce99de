"""What can happen on the way to a store: a user is asked for, the server is busy, has moved, or hangs up."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from pyoxigraph import NamedNode, RdfFormat

from kg.load import DEFAULT, MARKS, LoadError, load, targets
from kg.load.targets import GraphStore
from kg.pipeline import build
from kg.store import Store, open_store
from tests.stores import oxigraph

SECRET = "Basic " + base64.b64encode("惠民:秘密".encode()).decode()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("wire")
    for name, sum_ in (("a", "80万元"), ("b", "90万元")):
        (folder / f"{name}.txt").write_text(f"杭州市总工会投入{sum_}慰问一线职工。", encoding="utf-8")
    build([folder], folder / "out")
    return open_store(folder / "out")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets, "PAUSES", (0.01, 0.01, 0.01))
    monkeypatch.delenv("HUIMIN_USER", raising=False)
    monkeypatch.delenv("HUIMIN_PASSWORD", raising=False)


class Gate:
    """A proxy before a real server that first does something else with a request."""

    def __init__(self, behind: str) -> None:
        self.behind = behind
        self.asked: list[str] = []
        self.basic = False
        self.busy = self.hang_up = 0
        self.moved = ""

    def answer(self, to: Any) -> None:
        body = to.rfile.read(int(to.headers.get("Content-Length") or 0))
        self.asked.append(to.command)
        if self.hang_up:
            self.hang_up -= 1
            to.close_connection = True
        elif self.moved:
            self.say(to, 307, b"", Location=self.moved)
        elif self.busy:
            self.busy -= 1
            self.say(to, 503, b"busy")
        elif self.basic and to.headers.get("Authorization") != SECRET:
            self.say(to, 401, b"who are you", **{"WWW-Authenticate": 'Basic realm="x", charset="UTF-8"'})
        else:
            kept = {name: to.headers[name] for name in ("Accept", "Content-Type") if name in to.headers}
            got = httpx.request(to.command, self.behind + to.path, content=body, headers=kept, trust_env=False)
            self.say(to, got.status_code, got.content)

    @staticmethod
    def say(to: Any, status: int, body: bytes, **headers: str) -> None:
        to.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(body))}).items():
            to.send_header(name, value)
        to.end_headers()
        to.wfile.write(body)


@contextmanager
def gate(behind: str) -> Iterator[tuple[Gate, str]]:
    before = Gate(behind)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            before.answer(self)

        def log_message(self, *_: object) -> None:
            pass

        do_GET = do_PUT = do_POST = do_DELETE = answer

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield before, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[tuple[Gate, str]]:
    with oxigraph(tmp_path / "db") as address, gate(address) as (before, url):
        yield before, f"{url}/store"


def test_a_server_that_asks_for_basic_authentication_gets_it(
    guarded: tuple[Gate, str], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, url = guarded
    before.basic = True
    with pytest.raises(LoadError, match="set HUIMIN_USER and HUIMIN_PASSWORD"):
        load(store, GraphStore(url))
    monkeypatch.setenv("HUIMIN_USER", "惠民")
    monkeypatch.setenv("HUIMIN_PASSWORD", "wrong")
    with pytest.raises(LoadError, match="does not take this user"):
        load(store, GraphStore(url))
    monkeypatch.setenv("HUIMIN_PASSWORD", "秘密")
    assert len(load(store, GraphStore(url), DEFAULT).loaded) == 4
    assert GraphStore(url).read(DEFAULT) == set(store.triples())


def test_a_busy_server_and_a_broken_connection_are_tried_again(guarded: tuple[Gate, str], store: Store) -> None:
    before, url = guarded
    before.busy = 3
    before.hang_up = 0
    assert len(load(store, GraphStore(url)).loaded) == 3
    before.hang_up = 3
    assert len(load(store, GraphStore(url), DEFAULT).loaded) == 1
    assert GraphStore(url).read(DEFAULT) == set(store.triples())


def test_a_server_that_stays_busy_or_hangs_up_for_good_is_told_of(guarded: tuple[Gate, str], store: Store) -> None:
    before, url = guarded
    before.busy = 99
    with pytest.raises(LoadError, match="503: busy"):
        load(store, GraphStore(url))
    assert len(before.asked) == 4
    before.busy, before.hang_up = 0, 99
    with pytest.raises(LoadError, match=r"disconnected|closed"):
        load(store, GraphStore(url))


def test_a_user_is_never_sent_on_to_another_address(
    guarded: tuple[Gate, str], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, url = guarded
    monkeypatch.setenv("HUIMIN_USER", "惠民")
    before.moved = "http://127.0.0.1:1/elsewhere"
    with pytest.raises(LoadError, match="has moved to http"):
        load(store, GraphStore(url))
    assert before.asked == ["GET"]


def test_marks_are_removed_before_anything_is_replaced(guarded: tuple[Gate, str], store: Store) -> None:
    before, url = guarded
    target = GraphStore(url)
    load(store, target)
    changed = Store()
    for name in store.graphs():
        changed.oxigraph.load("\n".join(f"{t} ." for t in list(store.graph(name))[:-1]).encode(), **into(name))
    before.asked.clear()
    load(changed, target)
    # read the marks; unmark both; each graph with its mark; the marks without what was there before
    assert before.asked == ["GET", "PUT", *["PUT", "POST"] * 3, "PUT"]
    assert len(target.read(MARKS)) == 3


def into(name: str) -> dict[str, Any]:
    return {"format": RdfFormat.N_TRIPLES, "to_graph": NamedNode(name)}
