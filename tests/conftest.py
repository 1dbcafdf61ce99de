"""What several tests stand on: the sample, built once."""

from __future__ import annotations

import io
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.export import FORMATS
from kg.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # one of several at work takes one core
ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "data" / "page.txt"


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a build of the sample page."""
    from kg.pipeline import build

    output = tmp_path_factory.mktemp("output")
    summary = build([SAMPLE], output)
    assert summary.added == ["page.txt"]
    return output


# What takes the longest, a good part of it waiting: each begins the share of one process, and none is left for the end.
SLOW = ("test_spark.py", "test_kill.py", "test_readme.py", "test_train.py", "test_growth.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Spread the slowest files over the processes, which take equal shares of the tests in order."""
    shares = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if shares == 1:
        return
    rest = [item for item in items if item.path.name not in SLOW]
    size = len(rest) // shares + 1
    spread: list[pytest.Item] = []
    for n in range(shares):
        first = [item for item in items if item.path.name in SLOW[n::shares]]
        spread += [*first, *rest[n * size : (n + 1) * size]]
    items[:] = spread


def exported(store: Store, form: str) -> bytes:
    """What an export writes."""
    out = io.BytesIO()
    FORMATS[form](store, out)
    return out.getvalue()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Which tests were left out, why, and the line that installs what they need."""
    left = terminalreporter.stats.get("skipped", [])
    reasons = Counter(str(report.longrepr[2]).removeprefix("Skipped: ") for report in left)
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"{count} tests left out: {reason}")
    if any("installed" in reason or "chromium" in reason for reason in reasons):
        script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
        packages = " ".join(re.search(r"packages=\(([^)]*)\)", script)[1].split())
        terminalreporter.write_line(f"What they need, on Debian: apt-get install --no-install-recommends {packages}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    from tests.browser import chromium

    with chromium() as running:
        yield running


@pytest.fixture
def opened(browser: Browser, sample: Path) -> Iterator[Callable[..., Page]]:
    """Opens the sample's page; afterwards nothing was asked for but the page itself, and the console is empty."""
    from tests.browser import Visit

    visits: list[Visit] = []

    def at(
        where: Path | None = None,
        *,
        size: tuple[int, int] = (1400, 900),
        language: str = "zh-CN",
        **state: str | list[str],
    ) -> Page:
        visit = Visit(browser, size=size, language=language)
        visit.context.set_offline(True)
        visits.append(visit)
        return visit.open(where or sample / "graph.html", **state)

    yield at
    for visit in visits:
        assert visit.console == []
        assert {url.split(":")[0] for url in visit.requests} <= {"file", "blob", "data"}
        assert visit.page.locator("html").get_attribute("data-errors") is None
        visit.context.close()
