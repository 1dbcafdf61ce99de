"""The graph as one HTML page that works without a network: overview, search, facts in their texts, table and plots."""

from __future__ import annotations

from pathlib import Path

from kg.store import Queryable
from kg.view.draw import html
from kg.view.scene import scene
from kg.view.texts import texts


def page(store: Queryable, folder: Path | None = None) -> str:
    """The interactive page of a store, to be written as UTF-8; with the texts in `folder`, if one is given.

    >>> class Empty:
    ...     def query(self, sparql, /):
    ...         return []
    >>> page(Empty()).startswith("<!doctype html>")
    True
    """
    data = scene(store)
    return html(data, texts(folder, data["articles"]))


__all__ = ["page"]
