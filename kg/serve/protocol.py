"""What a client asks, read from its HTTP request (SPARQL 1.1 Protocol section 2.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
LONGEST = 1 << 20  # bytes of a query
READ_ONLY = "this endpoint is read-only: updates are refused"


class Mistaken(Exception):
    """A request that the protocol does not allow, or that this endpoint does not take."""

    def __init__(self, status: int, why: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(why)
        self.status, self.headers = status, dict(headers or {})


async def question(request: Request) -> dict[str, Any] | None:
    """The query and the dataset it names; None for a bare GET or HEAD, which asks what there is.

    Queries come by GET, by POST of a form, or by POST of the query itself (sections 2.1.1 to 2.1.3).  Raises
    Mistaken.
    """
    given = _parsed(request.url.query.encode("ascii", "replace"))
    query: str | None = None
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        body = await _body(request)
        if kind == FORM:
            for name, values in _parsed(body).items():
                given[name] = [*given.get(name, []), *values]
        elif kind == QUERY:
            query = _text(body)
        elif kind == UPDATE:
            raise Mistaken(403, READ_ONLY)
        else:
            raise Mistaken(415, f"send the query as {FORM} or as {QUERY}", {"Accept-Post": f"{FORM}, {QUERY}"})
    if "update" in given:
        raise Mistaken(403, READ_ONLY)
    queries = [*given.get("query", []), *([] if query is None else [query])]
    if not queries and request.method != "POST" and not given:
        return None
    if len(queries) != 1:
        raise Mistaken(400, f"a request has one query; this one has {len(queries) or 'none'}")
    return {
        "query": queries[0],
        # a form sends the fields that nobody filled as well
        "default": [iri for iri in given.get("default-graph-uri", []) if iri],
        "named": [iri for iri in given.get("named-graph-uri", []) if iri],
        "accept": ", ".join(request.headers.getlist("accept")) or None,
    }


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST:
            raise Mistaken(413, f"a query is no longer than {LONGEST:,} bytes")
    return bytes(body)


def _parsed(text: bytes) -> dict[str, list[str]]:
    try:
        return parse_qs(text.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise Mistaken(400, f"the parameters are not well-formed UTF-8: {error}") from None


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Mistaken(400, f"the query is not UTF-8: {error}") from None
