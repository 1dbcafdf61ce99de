"""The real server in a process of its own, for tests."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
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
