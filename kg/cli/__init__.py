"""The command: the only room that parses arguments, prints, or opens output files."""

from __future__ import annotations

import gc

from kg import SELDOM

# Each import registers its commands, and `kg --help` lists them in this order.
# isort: off
from kg.cli import documents as documents
from kg.cli import questions as questions
from kg.cli import serving as serving
from kg.cli import loading as loading
from kg.cli import reading as reading
from kg.cli import checking as checking

# isort: on
from kg.cli.app import app

__all__ = ["app", "main"]


def main() -> None:
    """Run the command; what a person did wrong is one line on stderr and exit code 2."""
    gc.set_threshold(*SELDOM)
    app()
