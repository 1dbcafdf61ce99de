"""How fast the explorer is answered: `python -m tests.bench_explorer OUTPUT`, over a store made by `tests.large`.

Each line is one thing a person does, with all the queries that the page asks for it, over HTTP.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from tests.serving import serving

PAGES = Path(__file__).parent.parent / "kg" / "serve" / "pages"
TERMS = ("总工会", "大庆市总工会", "慰", "工会会员", "培训", "没有这个名字")
TIMES = 9
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


def timed(what: Callable[[], object]) -> tuple[float, float]:
    """Median and slowest in milliseconds."""
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        what()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken), max(taken)


def main(output: Path) -> None:
    """Print a line for every search, and for expanding small entities and hubs."""
    hubs = "SELECT ?e (COUNT(*) AS ?n) { ?m %s ?e } GROUP BY ?e ORDER BY DESC(?n) LIMIT 2"
    with serving(output) as address, httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
        explorer = Explorer(client)

        def most(slot: str) -> list[str]:
            reply = client.post("/sparql", data={"query": hubs % slot}).json()
            return [row["e"]["value"] for row in reply["results"]["bindings"]]

        for text in TERMS:
            middle, slowest = timed(lambda text=text: explorer.search(text))  # type: ignore[misc]
            print(f"search {text:12} {middle:7.0f} ms  slowest {slowest:7.0f} ms  {len(explorer.search(text))} found")
        chosen = [*explorer.search("大庆市总工会")[:2], *most("hm:agent"), *most("hm:beneficiary"), *most("hm:place")]
        medians = []
        for entity in dict.fromkeys(chosen):
            middle, slowest = timed(lambda entity=entity: explorer.expand(entity))  # type: ignore[misc]
            medians.append(middle)
            print(f"expand {entity.rpartition('/')[2]:24} {middle:7.0f} ms  slowest {slowest:7.0f} ms")
        print(f"median of the expansions {statistics.median(medians):.0f} ms")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
