"""What a large store takes: the explorer's answers over HTTP, each with all the queries that the page asks for it,
and the exports."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from kg.export import FORMATS
from tests.serving import serving

PAGES = Path(__file__).parent.parent / "kg" / "serve" / "pages"
TERMS = ("总工会", "大庆市总工会", "慰", "工会会员", "培训", "没有这个名字")
HUBS = "SELECT ?e (COUNT(*) AS ?n) { ?m %s ?e } GROUP BY ?e ORDER BY DESC(?n) LIMIT 2"
TIMES = 9
# The command in a child of a small process: a child counts the memory of who started it until it becomes itself.
EXPORT = (
    "import resource, subprocess, sys; kg = 'from kg.cli import main; main()'; "
    "subprocess.run([sys.executable, '-c', kg, *sys.argv[1:]], check=True); "
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)
Row = dict[str, str]


class Explorer:
    """What the page does, query by query."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def ask(self, name: str, *these: str, text: str = "") -> list[Row]:
        sparql = (PAGES / f"{name}.rq").read_text(encoding="utf-8").replace('"text"', f'"{text}"')
        listed = " ".join(f"<{iri}>" for iri in these)
        sparql = sparql.replace("<urn:x:these>", listed).replace("<urn:x:this>", listed)
        reply = self._client.post("/sparql", data={"query": sparql})
        assert reply.status_code == 200, reply.text
        bindings = reply.json()["results"]["bindings"]
        return [{name: term["value"] for name, term in row.items()} for row in bindings]

    def search(self, text: str) -> list[str]:
        found = list(dict.fromkeys(row["entity"] for row in self.ask("search", text=text)))
        if found:
            self.ask("entities", *found)
        return found

    def expand(self, entity: str) -> int:
        """The neighbourhood, drawn and told with its quotes."""
        self.ask("about", entity)
        measures = [row["measure"] for row in self.ask("measures", entity)][:12]
        links = self.ask("links", entity)
        posts = self.ask("posts", entity)
        if measures:
            self.ask("facts", *measures)
            self.ask("amounts", *measures)
        stated = [*measures, *(r["statement"] for r in links if "statement" in r), *(r["post"] for r in posts)]
        if stated:
            self.ask("quotes", *dict.fromkeys(stated))
        return len(stated)


def timed(what: Callable[[], object]) -> tuple[str, str]:
    """Median and slowest in milliseconds."""
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        what()
        taken.append((time.perf_counter() - begun) * 1000)
    return f"{statistics.median(taken):.0f}", f"{max(taken):.0f}"


def explorer(output: Path) -> list[list[str]]:
    """A row for every search, and for expanding small entities and hubs."""
    rows = []
    with serving(output) as address, httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
        asked = Explorer(client)

        def most(slot: str) -> list[str]:
            reply = client.post("/sparql", data={"query": HUBS % slot}).json()
            return [row["e"]["value"] for row in reply["results"]["bindings"]]

        for text in TERMS:
            rows.append([f"search {text}", *timed(partial(asked.search, text)), str(len(asked.search(text)))])
        chosen = [*asked.search("大庆市总工会")[:2], *most("hm:agent"), *most("hm:beneficiary"), *most("hm:place")]
        for entity in dict.fromkeys(chosen):
            name = entity.rpartition("/")[2]
            rows.append([f"expand {name}", *timed(partial(asked.expand, entity)), str(asked.expand(entity))])
    return rows


def exports(output: Path) -> list[list[str]]:
    """A row a format: seconds, size and peak memory of `kg export` in a process of its own."""
    rows = []
    with TemporaryDirectory() as folder:
        for form in FORMATS:
            to = Path(folder) / form
            arguments = [sys.executable, "-c", EXPORT, "export", "-f", form, "-o", str(output), "--to", str(to)]
            begun = time.perf_counter()
            memory = subprocess.run(arguments, check=True, capture_output=True, text=True).stdout
            seconds = time.perf_counter() - begun
            rows.append([form, f"{seconds:.1f}", f"{to.stat().st_size / 1e6:.1f}", f"{int(memory) / 1024:.0f}"])
    return rows
