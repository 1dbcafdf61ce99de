"""A real headless Chromium, for tests of pages that a server gives out."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlencode

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    # whatever asks for another machine fails, and says so on the console
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    *("--virtual-time-budget=10000", "--window-size=1400,900"),
]


class Seen:
    """What a browser made of an address: its document, and what its console said."""

    def __init__(self, address: str, profile: Path, *, language: str = "zh-CN") -> None:
        assert CHROMIUM is not None
        command = [
            *(CHROMIUM, *FLAGS, f"--user-data-dir={profile}", "--enable-logging=stderr"),
            *(f"--accept-lang={language}", "--dump-dom", address),
        ]
        run = subprocess.run(command, capture_output=True, text=True, timeout=90, check=False)
        assert run.returncode == 0, run.stderr
        self.document = run.stdout
        self.console = [line for line in run.stderr.splitlines() if "CONSOLE" in line or "Uncaught" in line]

    def texts(self, pattern: str) -> list[str]:
        """The texts, without markup, of what a pattern matches in the document."""
        return [html.unescape(re.sub("<[^>]*>", "", found)) for found in re.findall(pattern, self.document, re.S)]


def hashed(**state: str) -> str:
    """A state as the pages keep it in the address."""
    return "#" + urlencode(state)
