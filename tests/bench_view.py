"""The page at every size, in a real browser, beside plain pyvis on the same graph: `python -m tests.bench_view [OUTPUT]`.

For each size: how large the file is, when it is ready, how it moves (the median and the longest frame while the wheel
turns), how large the median label is on the screen, and what pyvis's own page of the same nodes and edges takes.
With a folder given, a screenshot of each goes there.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

from playwright.sync_api import Browser, Page
from playwright.sync_api import TimeoutError as Late
from pyvis.network import Network

from kg import view
from kg.ontology import term
from kg.pipeline import build
from kg.store import Store, open_store
from kg.tally import settle
from kg.view.collect import LINKS, SLOTS, counts, entities, measures
from tests.browser import Visit, chromium
from tests.conftest import SAMPLE
from tests.large import large

SIZES = (40, 200, 2_000, 10_000, 100_000)
TRIPLES_EACH = 37  # of a node, in the copies of the annotated texts
PATIENCE = 60.0  # seconds for pyvis to be there
PLAIN = 20_000  # nodes; of more pyvis does not even write the page, for it compares every edge with all before it
FRAMES = """(ms) => new Promise((done) => {
  const frames = []; let before = performance.now(); const end = before + ms;
  const tick = (now) => { frames.push(now - before); before = now; if (now < end) requestAnimationFrame(tick); else done(frames); };
  requestAnimationFrame(tick);
})"""


def a_store(folder: Path, nodes: int) -> Path:
    """An output folder with a graph of about so many entities and measures."""
    if nodes <= 300:
        text = SAMPLE.read_text(encoding="utf-8")
        path = folder / "page.txt"
        path.write_text(text[: 700 if nodes < 100 else None], encoding="utf-8")
        build([path], folder / "out")
        return folder / "out"
    large(folder / "out", nodes * TRIPLES_EACH)
    store = Store(folder / "out" / "store")
    settle(store)
    store.close()
    (folder / "out" / "graph.html").write_text(view.page(open_store(folder / "out")), encoding="utf-8")
    return folder / "out"


def plain(folder: Path) -> Path:
    """The same nodes and edges as pyvis draws them."""
    store = open_store(folder)
    net = Network(directed=True, cdn_resources="in_line", height="900px", width="100%")
    nodes = [*entities(store), *measures(store)]
    for iri in nodes:
        net.add_node(iri, label=iri.rpartition("/")[2])
    known = set(nodes)
    roles = " ".join(f"<{term(name)}>" for name in (*SLOTS, *LINKS))
    for row in store.query(f"SELECT ?s ?o {{ VALUES ?p {{ {roles} }} ?s ?p ?o }}"):
        s, o = row["s"].value, row["o"].value
        if s in known and o in known:
            net.add_edge(s, o)
    path = folder / "plain.html"
    path.write_text(net.generate_html(), encoding="utf-8")
    return path


def moving(page: Page) -> tuple[float, float]:
    """The median and the longest frame in milliseconds while the wheel turns over the picture."""
    page.mouse.move(500, 450)
    page.evaluate(f"window.frames_ = ({FRAMES})(2000)")
    for turn in range(12):
        page.mouse.wheel(0, -120 if turn % 2 else 120)
        page.wait_for_timeout(120)
    frames = page.evaluate("window.frames_")
    return statistics.median(frames), max(frames)


def timed(browser: Browser, path: Path, ready: Callable[[Page], object]) -> tuple[Visit, float]:
    """The page opened, and after how many seconds it was there."""
    visit = Visit(browser)
    begun = time.perf_counter()
    visit.page.goto(path.as_uri(), timeout=PATIENCE * 1000)
    ready(visit.page)
    return visit, time.perf_counter() - begun


def letters(page: Page) -> float:
    """The median size of the labels that are drawn, in pixels of the screen: the SVG has one unit a pixel."""
    page.locator("#take summary").click()
    with page.expect_download() as coming:
        page.locator("#take-svg").click()
    texts = ElementTree.parse(coming.value.path()).iter("{http://www.w3.org/2000/svg}text")
    return statistics.median([float(text.get("font-size", 0)) for text in texts][2:])


def row(browser: Browser, nodes: int, shots: Path | None) -> list[str]:
    """What one size takes, as cells of a table."""
    with TemporaryDirectory() as folder:
        output = a_store(Path(folder), nodes)
        told = counts(open_store(output))
        count = told["entities"] + told["measures"]
        path = output / "graph.html"
        visit, seconds = timed(browser, path, lambda page: page.wait_for_selector("html[data-ready]", timeout=60_000))
        if shots:
            visit.page.screenshot(path=shots / f"page-{nodes}.png")
        median, longest = moving(visit.page)
        labels, size = visit.page.locator("#mynetwork").get_attribute("data-labels") or "0", letters(visit.page)
        visit.context.close()
        cells = [f"{count:,}", f"{path.stat().st_size / 1e6:.2f}", f"{seconds:.2f}", f"{median:.0f} / {longest:.0f}"]
        if count > PLAIN:
            return [*cells, labels, f"{size:.0f}", "", "not tried"]
        bare = plain(output)
        return [*cells, labels, f"{size:.0f}", f"{bare.stat().st_size / 1e6:.2f}", plainly(browser, bare)]


def plainly(browser: Browser, path: Path) -> str:
    """When pyvis's page has settled and is drawn, in seconds."""
    visit = Visit(browser)
    begun = time.perf_counter()
    try:
        visit.page.set_default_timeout(PATIENCE * 1000)
        visit.page.goto(path.as_uri(), wait_until="commit")
        visit.page.wait_for_function("window.network && network.body.nodeIndices.length && network.physics.stabilized")
        return f"{time.perf_counter() - begun:.1f}"
    except Late:
        return f"not in {PATIENCE:.0f}"
    finally:
        visit.context.close()


def main() -> None:
    """The table, on the terminal."""
    shots = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    print(
        "| nodes | MB | ready, s | frame, ms (median / longest) | labels | median label, px | pyvis: MB | settled, s |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    with chromium() as browser:
        for nodes in SIZES:
            print("| " + " | ".join(row(browser, nodes, shots)) + " |", flush=True)


if __name__ == "__main__":
    main()
