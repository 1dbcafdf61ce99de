"""The pictures of the README and of the tour, taken of the sample's page in headless Chromium: `make picture`."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kg.pipeline import build  # noqa: E402
from tests.browser import Visit, chromium  # noqa: E402

COLOURS = 256  # as many as these pictures need, at a third of the bytes


def overview(page: Page) -> None:
    """All of a small graph."""


def reading(page: Page) -> None:
    """A fact in its text: searched by pinyin, opened by its quote."""
    page.locator("#search").press_sequentially("gonghuihuiyuan")
    page.keyboard.press("Enter")
    page.locator("#panel-body figcaption a").first.click()
    page.wait_for_selector("#reader-body .chosen")


def columns(page: Page) -> None:
    """Who pays whom."""
    page.locator("#legend input[value=Measure]").uncheck()


def filters(page: Page) -> None:
    """The table, with two conditions."""
    page.locator("#show-table").click()
    page.locator("#show-filters").click()
    page.locator("[data-facet=kind] input[value=Subsidy]").check()
    page.locator("#head button").nth(3).click()


def plots(page: Page) -> None:
    """Bars, one of them opened."""
    page.locator("#show-plots").click()
    page.locator("[data-plot=payer] button").first.click()


PICTURES: dict[str, Callable[[Page], None]] = {
    "page": overview,
    "tour-text": reading,
    "tour-who-whom": columns,
    "tour-filter": filters,
    "tour-plots": plots,
}


def taken(page: Page) -> bytes:
    """The window as a PNG of few colours."""
    page.mouse.move(0, 0)
    page.wait_for_timeout(900)  # until what moves has arrived
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> None:
    """Write them beside this file."""
    with TemporaryDirectory() as folder, chromium() as browser:
        build([ROOT / "data" / "page.txt"], folder)
        for name, act in PICTURES.items():
            visit = Visit(browser, size=(1280, 760))
            act(visit.open(Path(folder) / "graph.html"))
            (ROOT / "docs" / f"{name}.png").write_bytes(taken(visit.page))
            visit.context.close()


if __name__ == "__main__":
    main()
