"""One module a family of formats, each writes the store to a binary file: the same graph gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import BinaryIO

from kg.export.linked import jsonld
from kg.export.networks import gexf, graphml, neo4j
from kg.export.rdf import nquads, ntriples, rdfxml, trig, turtle
from kg.export.tables import amounts
from kg.store import Store

FORMATS: Mapping[str, Callable[[Store, BinaryIO], None]] = MappingProxyType(
    {
        "csv": amounts,
        "gexf": gexf,
        "graphml": graphml,
        "jsonld": jsonld,
        "neo4j": neo4j,
        "nq": nquads,
        "nt": ntriples,
        "trig": trig,
        "ttl": turtle,
        "xml": rdfxml,
    }
)

__all__ = ["FORMATS"]
