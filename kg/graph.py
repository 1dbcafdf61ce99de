"""The graph for a notebook: an rdflib Graph over the store, and how it becomes a network or a table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kg.store import open_store


def open_graph(path: str | Path) -> Any:
    """The graph under an output folder."""
    return open_store(path)
