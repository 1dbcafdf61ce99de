"""The routes of the endpoint: SPARQL, the ontology, the description of the dataset, and the pages."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pyvis
from pyoxigraph import NamedNode, RdfFormat, parse
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from kg import __version__, ontology
from kg.serve import description, editor, fulltext
from kg.serve.names import names
from kg.serve.negotiation import choose
from kg.serve.pool import Limits, Pool, Refused
from kg.serve.protocol import Mistaken, question
from kg.serve.worker import GRAPHS, Answer, Reader
from kg.view.draw import LOOKS, OPTIONS

PAGES = Path(__file__).parent / "pages"
VIEW = PAGES.parent.parent / "view"
MANY = 10_000  # classes or properties that the description counts, whatever the limit for others
_KINDS = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".rq": "application/sparql-query",
}
_THIS_MACHINE = r"https?://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?"
_POLICY = {
    # what is shown comes from this server and nothing is sent anywhere else
    "Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class Endpoint:
    """The routes over one store."""

    def __init__(self, store: Path, limits: Limits) -> None:
        self.pool = Pool(store, limits)
        self._folder = store.parent
        self._reader = Reader(store)
        self._described: tuple[object, dict[str, Any]] | None = None
        self._names: tuple[object, bytes] | None = None
        self._naming = asyncio.Lock()

    async def sparql(self, request: Request) -> Response:
        """SPARQL 1.1 Protocol, query operation; a bare GET has the service described, or a person shown the page."""
        asked = await question(request)
        if asked is None:
            if choose(request.headers.get("accept"), ["text/turtle", "text/html"]) == "text/html":
                return RedirectResponse("/query", status_code=303, headers={"Vary": "Accept"})
            return _graph(request, lambda kind: description.written(description.service(_root(request)), kind))
        status, kind, body = await self._answered(request, asked)
        headers = {"Vary": "Accept", "X-Content-Type-Options": "nosniff", "Content-Type": kind}
        return Response(body, status, headers)

    async def _answered(self, request: Request, asked: dict[str, Any]) -> Answer:
        """The answer, unless the client goes away before it is there."""
        answer = asyncio.ensure_future(self.pool.ask(asked))
        gone = asyncio.ensure_future(_gone(request))
        try:
            await asyncio.wait({answer, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not answer.done():
                raise Mistaken(499, "the client went away")
            return answer.result()
        finally:
            for task in (answer, gone):
                task.cancel()
            await asyncio.gather(answer, gone, return_exceptions=True)

    async def void(self, request: Request) -> Response:
        """The dataset with its counts, which are taken once for each state of the store."""
        stamp = self._stamp()
        if self._described is None or self._described[0] != stamp:
            self._described = stamp, await self._counted()
        counted = self._described[1]
        root = _root(request)
        return _graph(
            request, lambda kind: description.written(description.dataset(root, counted, counted["parts"]), kind)
        )

    def _stamp(self) -> object:
        try:
            return self._reader.stamp()
        except OSError as error:
            raise Refused(503, f"the store cannot be read: {error}") from None

    async def names(self, request: Request) -> Response:
        """Every name, for the search, gathered once for each state of the store."""
        async with self._naming:
            stamp = self._stamp()
            if self._names is None or self._names[0] != stamp:
                try:
                    self._names = stamp, await asyncio.to_thread(lambda: names(self._reader.store()))
                except (OSError, RuntimeError) as error:
                    raise Refused(503, f"the store cannot be read: {error}") from None
            return Response(self._names[1], media_type="application/json", headers={"Cache-Control": "no-cache"})

    async def _counted(self) -> dict[str, Any]:
        found: dict[str, Any] = {name: int((await self._rows(q))[0]["n"]) for name, q in description.COUNTS.items()}
        parts = {"class": description.CLASSES, "property": description.PROPERTIES}
        found["parts"] = {
            kind: [(row["x"], int(row["n"])) for row in await self._rows(query)] for kind, query in parts.items()
        }
        return found

    async def text(self, request: Request) -> Response:
        """The text of a document, as the build kept it, with its mentions underlined and a passage of it marked."""
        name, chars = request.path_params["name"], request.query_params.get("char", "")
        asked = await asyncio.to_thread(fulltext.mentions_in, self._folder, name)
        mentions = await self._rows(asked) if asked else []
        found = await asyncio.to_thread(fulltext.page, self._folder, name, chars, mentions)
        if found is None:
            raise Mistaken(404, "no such text is kept here")
        return Response(found, media_type="text/html", headers=_POLICY)

    async def _rows(self, query: str) -> list[dict[str, str]]:
        asked = {"query": query, "default": [], "named": [], "accept": "application/json", "rows": MANY}
        status, _, body = await self.pool.ask(asked)
        if status != 200:
            raise Refused(503, body.decode("utf-8").strip())
        bindings = json.loads(body)["results"]["bindings"]
        return [{name: term["value"] for name, term in row.items()} for row in bindings]


async def _gone(request: Request) -> None:
    """Come back when the client has closed its connection."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _root(request: Request) -> str:
    """The address that the client used, with a slash at its end."""
    root = str(request.base_url)
    try:
        return NamedNode(root).value
    except ValueError:
        raise Mistaken(400, "the Host header names no host") from None


def _graph(request: Request, written: Callable[[str], bytes]) -> Response:
    kind = choose(request.headers.get("accept"), list(GRAPHS))
    if kind is None:
        raise Mistaken(406, f"this can be had as {', '.join(GRAPHS)}")
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    headers = {"Vary": "Accept", "X-Content-Type-Options": "nosniff", "Content-Type": kind + charset}
    return Response(written(kind), headers=headers)


async def terms(request: Request) -> Response:
    """The ontology, as it is written or in another syntax."""
    return _graph(request, _ontology)


@cache
def _ontology(kind: str) -> bytes:
    path = ontology.directory() / "huimin.ttl"
    if kind == "text/turtle":
        return path.read_bytes()
    triples = (quad.triple for quad in parse(path=str(path), format=RdfFormat.TURTLE))
    return description.written(triples, kind)


async def questions(request: Request) -> Response:
    """The shipped questions with their titles."""
    found = [
        {
            "name": name,
            "zh": ontology.query_title(path, "zh"),
            "en": ontology.query_title(path, "en"),
            "sparql": path.read_text(encoding="utf-8"),
        }
        for name, path in ontology.queries().items()
    ]
    return JSONResponse(found)


async def words(request: Request) -> Response:
    """What the ontology calls its terms, how the classes are drawn, and the prefixes."""
    named = {
        term.iri: dict(term.labels)
        for sort in ("class", "property", "status", "modality", "flow", "omission", "kind")
        for term in ontology.terms(sort)
    }
    looks = {ontology.term(name): {"shape": shape, "colour": colour} for name, (shape, colour) in LOOKS.items()}
    return JSONResponse({"terms": named, "looks": looks, "prefixes": ontology.prefixes(), "options": OPTIONS})


def page(name: str) -> Callable[[Request], Any]:
    """A page of this folder."""

    async def shown(request: Request) -> Response:
        return Response((PAGES / name).read_bytes(), media_type="text/html", headers=_POLICY)

    return shown


async def static(request: Request) -> Response:
    """A file of the pages, the drawing library that pyvis carries, or the editor that Oxigraph carries."""
    name = request.path_params["name"]
    kind = _KINDS.get(Path(name).suffix)
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache"}
    if kind is None:
        raise Mistaken(404, "no such file")
    if name in editor.FILES:
        try:
            found = await asyncio.to_thread(editor.files)
        except (OSError, httpx.HTTPError) as error:
            raise Refused(503, f"the editor cannot be had: {error}") from None
        return Response(found[name], media_type=kind, headers=headers)
    if name == "vis-network.min.js":
        return Response(_vis(), media_type=kind, headers=headers)
    for folder in (PAGES, VIEW):  # the style of the built page is theirs, too
        if name in {path.name for path in folder.iterdir()}:
            return Response((folder / name).read_bytes(), media_type=kind, headers=headers)
    raise Mistaken(404, "no such file")


@cache
def _vis() -> bytes:
    *_, found = sorted((Path(pyvis.__file__).parent / "templates" / "lib").glob("vis-9*/vis-network.min.js"))
    # the map is a second file that only a developer's browser would look for
    return found.read_bytes().replace(b"//# sourceMappingURL=vis-network.min.js.map", b"")


async def described(request: Request) -> Response:
    """The HTTP interface in OpenAPI 3.1."""
    told = json.loads((PAGES.parent / "openapi.json").read_text(encoding="utf-8"))
    told["info"]["version"] = __version__
    return JSONResponse(told)


async def health(request: Request) -> Response:
    """Is the server there?"""
    return PlainTextResponse("ok\n")


async def mistaken(request: Request, error: Exception) -> Response:
    """One plain line about what was wrong with the request, or why there is no answer."""
    if not isinstance(error, Mistaken | Refused):
        raise error
    headers = error.headers if isinstance(error, Mistaken) else {"Retry-After": "1"}
    return PlainTextResponse(f"{error}\n", error.status, {"X-Content-Type-Options": "nosniff", **headers})


def application(store: Path, limits: Limits, origins: Sequence[str] = ()) -> Starlette:
    """The endpoint over the store in this folder, for an ASGI server.

    Scripts of its own pages and of others on this machine may read its answers, and those of the `origins`
    (scheme, name and port: RFC 6454); no other page that happens to be open in the browser.
    """
    endpoint = Endpoint(store, limits)

    @contextlib.asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        await endpoint.pool.warm()
        yield
        endpoint.pool.close()

    return Starlette(
        routes=[
            Route("/", page("explore.html")),
            Route("/query", page("query.html")),
            Route("/sparql", endpoint.sparql, methods=["GET", "POST"]),
            Route("/ontology", terms),
            Route("/.well-known/void", endpoint.void),
            Route("/questions", questions),
            Route("/words", words),
            Route("/names", endpoint.names),
            Route("/openapi.json", described),
            Route("/health", health),
            Route("/static/{name}", static),
            Route("/texts/{name}", endpoint.text),
        ],
        middleware=[
            Middleware(
                CORSMiddleware,
                allow_origins=origins,
                allow_origin_regex=_THIS_MACHINE,
                allow_methods=["GET", "POST"],
                allow_headers=["*"],
            )
        ],
        exception_handlers={Mistaken: mistaken, Refused: mistaken},
        lifespan=life,
    )
