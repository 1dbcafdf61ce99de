"""A real headless Chromium, driven by mouse and keys, that can reach nothing but this machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    # whatever asks for another machine fails, and says so on the console
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser of its own; Playwright starts it headless, with a fresh folder for its profile."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Visit:
    """A page as a reader has it before them: what it asked for, and what its console said."""

    def __init__(
        self, browser: Browser, *, language: str = "zh-CN", size: tuple[int, int] = (1400, 900), **options: Any
    ) -> None:
        width, height = size
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, locale=language, accept_downloads=True, **options
        )
        self.page: Page = self.context.new_page()
        self.requests: list[str] = []
        self.console: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.console.append(str(error)))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.console.append(message.text)

    def open(self, where: Path | str, **state: str | list[str]) -> Page:
        """The page under an address, once it says that it is ready."""
        address = where.as_uri() if isinstance(where, Path) else where
        self.page.goto(address + hashed(**state))
        self.page.wait_for_selector("html[data-ready]", timeout=30_000)
        return self.page


def hashed(**state: str | list[str]) -> str:
    """A state as the pages keep it in the address."""
    return "#" + urlencode(state, doseq=True) if state else ""


def told(shown: Page, name: str) -> str:
    """What the page says of itself."""
    return shown.locator("html").get_attribute(f"data-{name}") or ""


def search(shown: Page, text: str) -> list[str]:
    """What the search offers for a text, typed key by key."""
    shown.locator("#search").click()
    shown.keyboard.press("Control+A")
    shown.keyboard.type(text)
    return shown.locator("#results [role=option]").all_inner_texts()


def taken(shown: Page, form: str) -> bytes:
    """The bytes of a download, asked for in the menu."""
    shown.locator("#take summary").click()
    with shown.expect_download() as coming:
        shown.locator(f"#take-{form}").click()
    return Path(coming.value.path()).read_bytes()
