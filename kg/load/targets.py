"""Stores over HTTP: the SPARQL 1.1 Graph Store Protocol, or SPARQL 1.1 Update with a query address beside it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import httpx
from pyoxigraph import RdfFormat, Triple, parse

from kg.load import DEFAULT, LoadError

USER, PASSWORD = "HUIMIN_USER", "HUIMIN_PASSWORD"
LINES = "application/n-triples"
PAUSES = (0.5, 1.0, 2.0)  # seconds before a request is tried again
BUSY = frozenset({502, 503, 504})
BATCH = 500  # triples in one INSERT DATA; some stores refuse longer ones
_SAYS = {
    401: f"it asks for a user; set {USER} and {PASSWORD} in the environment",
    403: f"it does not let this user do that; {USER} and {PASSWORD} say who",
    404: "there is no such address",
    405: "it takes no such request there; is this the address for writing?",
}


class Wire:
    """Requests to one address, tried again when the connection breaks or the server is busy."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise LoadError(f"{url}: not an http address")
        if parts.username or parts.password:
            raise LoadError(f"put user and password into {USER} and {PASSWORD}, not into the address")
        self.url = url
        self._client = httpx.Client(timeout=httpx.Timeout(600.0, connect=10.0))

    def send(
        self, method: str, *, missing: bool = False, body: BinaryIO | None = None, **options: Any
    ) -> httpx.Response:
        """The response to a request; 404 is an answer where `missing` says so.  Raises LoadError."""
        for pause in (*PAUSES, None):
            try:
                reply = self._sent(method, body, options)
            except (httpx.ConnectError, httpx.UnsupportedProtocol) as error:
                raise LoadError(f"{self.url}: no server answers there: {error}") from error
            except httpx.TransportError as error:
                if pause is None:
                    raise LoadError(f"{self.url}: {error or type(error).__name__}") from error
            else:
                if reply.status_code not in BUSY or pause is None:
                    return self._checked(reply, missing)
            time.sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _sent(self, method: str, body: BinaryIO | None, options: dict[str, Any]) -> httpx.Response:
        reply = self._client.request(method, self.url, content=None if body is None else _Streamed(body), **options)
        challenge = reply.headers.get("www-authenticate", "").lower()
        if reply.status_code == 401 and self._client.auth is None and USER in os.environ:
            # only a server that asks is told, and in the way that it asks for (RFC 7617, RFC 7616)
            who = os.environ[USER], os.environ.get(PASSWORD, "")
            self._client.auth = httpx.DigestAuth(*who) if challenge.startswith("digest") else httpx.BasicAuth(*who)
            if body is not None and challenge.startswith("digest"):
                self._client.request(
                    "GET", self.url, params=options.get("params")
                )  # for the nonce; a body streams once
            reply = self._client.request(method, self.url, content=None if body is None else _Streamed(body), **options)
        return reply

    def _checked(self, reply: httpx.Response, missing: bool) -> httpx.Response:
        status = reply.status_code
        if reply.is_success or (missing and status == 404):
            return reply
        if reply.is_redirect:
            raise LoadError(f"{self.url}: it has moved to {reply.headers.get('location')}; load that address")
        if status == 401 and USER in os.environ:
            raise LoadError(f"{self.url}: it does not take this user and password ({USER}, {PASSWORD})")
        line = next((line.strip() for line in reply.text.splitlines() if line.strip()), reply.reason_phrase)
        raise LoadError(f"{self.url}: {_SAYS[status] if status in _SAYS else f'it says {status}: {line[:200]}'}")


class _Streamed:
    """A file as the body of a request, from its start each time that the request is sent."""

    def __init__(self, body: BinaryIO) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        self._body.seek(0)
        return iter(lambda: self._body.read(1 << 16), b"")


def _size(body: BinaryIO) -> str:
    return str(body.seek(0, os.SEEK_END))


class GraphStore:
    """A store that speaks the SPARQL 1.1 Graph Store HTTP Protocol, with indirect graph identification (section 4.2)."""

    def __init__(self, url: str) -> None:
        self._wire = Wire(url)

    def _named(self, graph: str) -> dict[str, str]:
        return {"default": ""} if graph == DEFAULT else {"graph": graph}

    def read(self, graph: str) -> set[Triple]:
        """The graph by GET (section 5.2)."""
        reply = self._wire.send("GET", missing=True, params=self._named(graph), headers={"Accept": LINES})
        return set() if reply.status_code == 404 else _parsed(reply.content)

    def holds(self, graph: str) -> bool:
        """Whether GET finds a triple."""
        return bool(self.read(graph))

    def put(self, graph: str, body: BinaryIO) -> None:
        """Replace the graph by PUT (section 5.3)."""
        self._write("PUT", graph, body)

    def add(self, graph: str, body: BinaryIO) -> None:
        """Merge into the graph by POST (section 5.5)."""
        self._write("POST", graph, body)

    def _write(self, method: str, graph: str, body: BinaryIO) -> None:
        headers = {"Content-Type": LINES, "Content-Length": _size(body)}
        self._wire.send(method, params=self._named(graph), body=body, headers=headers)

    def drop(self, graph: str) -> None:
        """Remove the graph by DELETE (section 5.4)."""
        self._wire.send("DELETE", missing=True, params=self._named(graph))


class Updates:
    """A store with an address for SPARQL 1.1 queries and one for updates."""

    def __init__(self, query: str, update: str) -> None:
        self._queries, self._updates = Wire(query), Wire(update)

    def read(self, graph: str) -> set[Triple]:
        """The graph by CONSTRUCT."""
        sparql = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {_in(graph, '?s ?p ?o')} }}"
        return _parsed(self._queries.send("POST", data={"query": sparql}, headers={"Accept": LINES}).content)

    def holds(self, graph: str) -> bool:
        """Whether ASK finds a triple."""
        sparql = f"ASK {{ {_in(graph, '?s ?p ?o')} }}"
        accept = {"Accept": "application/sparql-results+json"}
        return bool(self._queries.send("POST", data={"query": sparql}, headers=accept).json()["boolean"])

    def put(self, graph: str, body: BinaryIO) -> None:
        """Replace the graph; until the end it may hold a part of it, and is not marked as loaded."""
        self.drop(graph)
        self.add(graph, body)

    def add(self, graph: str, body: BinaryIO) -> None:
        """Merge into the graph by INSERT DATA, some hundred triples at a time."""
        body.seek(0)
        while part := b"".join(islice(body, BATCH)).decode("utf-8"):
            self._update(f"INSERT DATA {{ {_in(graph, part)} }}")

    def drop(self, graph: str) -> None:
        """Remove the graph."""
        self._update(f"DROP SILENT {'DEFAULT' if graph == DEFAULT else f'GRAPH <{graph}>'}")

    def _update(self, sparql: str) -> None:
        self._updates.send("POST", data={"update": sparql})


def _in(graph: str, pattern: str) -> str:
    return pattern if graph == DEFAULT else f"GRAPH <{graph}> {{ {pattern} }}"


def _parsed(lines: bytes) -> set[Triple]:
    return {quad.triple for quad in parse(lines, format=RdfFormat.N_TRIPLES)}
