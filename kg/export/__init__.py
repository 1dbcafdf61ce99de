"""One module a family of formats, each writes the store to a binary file: the same graph gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import BinaryIO

from kg.export.networks import graphml
from kg.export.rdf import jsonld, nquads, ntriples, trig, turtle
from kg.export.tables import amounts
from kg.store import Store

FORMATS: Mapping[str, Callable[[Store, BinaryIO], None]] = MappingProxyType(
    {
        "csv": amounts,
        "graphml": graphml,
        "jsonld": jsonld,
        "nq": nquads,
        "nt": ntriples,
        "trig": trig,
        "ttl": turtle,
    }
)

__all__ = ["FORMATS"]
