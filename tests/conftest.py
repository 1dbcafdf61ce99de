"""What several tests stand on: the sample, built once."""

import io
import re
from collections import Counter
from pathlib import Path

import pytest

from kg.export import FORMATS
from kg.store import Store

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
