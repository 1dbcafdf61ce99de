"""The RDF formats, sorted so that they can be compared and read."""

from __future__ import annotations

from pyoxigraph import RdfFormat, serialize

from kg import ontology
from kg.store import Store


def turtle(store: Store) -> bytes:
    """Turtle (W3C RDF 1.1 Turtle) of the union of all documents, one block a subject."""
    return _bytes(serialize(store.triples(), format=RdfFormat.TURTLE, prefixes=ontology.prefixes()))


def ntriples(store: Store) -> bytes:
    """N-Triples of the union, a sorted line a triple."""
    return _bytes(serialize(store.triples(), format=RdfFormat.N_TRIPLES))


def nquads(store: Store) -> bytes:
    """N-Quads, a sorted line a quad: what stores load in bulk."""
    return _bytes(serialize(store.quads(), format=RdfFormat.N_QUADS))


def trig(store: Store) -> bytes:
    """TriG, one block a document."""
    ordered = sorted(store.quads(), key=lambda q: (str(q.graph_name), str(q.triple)))
    return _bytes(serialize(ordered, format=RdfFormat.TRIG, prefixes=ontology.prefixes()))


def jsonld(store: Store) -> bytes:
    """JSON-LD 1.0 of the union."""
    return _bytes(serialize(store.triples(), format=RdfFormat.JSON_LD, prefixes=ontology.prefixes()))


def _bytes(written: bytes | None) -> bytes:
    if written is None:  # only when an output file is given, which it never is here
        raise ValueError("the serialiser gave nothing back")
    return written
