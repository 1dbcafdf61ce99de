"""The graph as one HTML page that works without a network: picture, search, sources and table."""

from __future__ import annotations

from kg.store import Queryable
from kg.view.draw import html, network
from kg.view.scene import scene


def page(store: Queryable) -> str:
    """The interactive page of a store, to be written as UTF-8.

    >>> class Empty:
    ...     def query(self, sparql, /):
    ...         return []
    >>> page(Empty()).startswith("<!doctype html>")
    True
    """
    shown = scene(store)
    return html(network(shown), shown.data)


__all__ = ["page"]
