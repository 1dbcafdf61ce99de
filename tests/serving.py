"""The real server in a process of its own, for tests."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import ROOT


@contextmanager
def serving(output: Path, *options: str) -> Iterator[str]:
    """`kg serve` over an output folder on a free port; the address without a slash at its end."""
    command = "from kg.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", command, "serve", "-o", str(output), "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("Explore"), process.communicate()
        yield line.split()[1].rstrip("/")
    finally:
        process.terminate()
        process.communicate(timeout=20)


def comes_to(told: Callable[[], object], wanted: object) -> bool:
    """Is that what is told within a minute?  A store that takes long to open is not opened for every question."""
    end = time.monotonic() + 60
    while (found := told()) != wanted and time.monotonic() < end:
        time.sleep(0.1)
    return found == wanted
