"""The RDF formats, sorted so that they can be compared and read."""

from __future__ import annotations

from typing import BinaryIO

from pyoxigraph import RdfFormat, serialize

from kg import ontology
from kg.store import Store


def turtle(store: Store, out: BinaryIO) -> None:
    """Turtle (W3C RDF 1.1 Turtle) of the union of all documents, one block a subject."""
    serialize(store.triples(), out, format=RdfFormat.TURTLE, prefixes=ontology.prefixes())


def ntriples(store: Store, out: BinaryIO) -> None:
    """N-Triples of the union, a sorted line a triple."""
    serialize(store.triples(), out, format=RdfFormat.N_TRIPLES)


def nquads(store: Store, out: BinaryIO) -> None:
    """N-Quads, a sorted line a quad: what stores load in bulk."""
    serialize(store.quads(), out, format=RdfFormat.N_QUADS)


def trig(store: Store, out: BinaryIO) -> None:
    """TriG, one block a document."""
    ordered = sorted(store.quads(), key=lambda q: (str(q.graph_name), str(q.triple)))
    serialize(ordered, out, format=RdfFormat.TRIG, prefixes=ontology.prefixes())


def jsonld(store: Store, out: BinaryIO) -> None:
    """JSON-LD 1.0 of the union."""
    serialize(store.triples(), out, format=RdfFormat.JSON_LD, prefixes=ontology.prefixes())
