"""The RDF formats, sorted so that they can be compared and read, and written as they are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from pyoxigraph import Literal, Quad, RdfFormat, Triple, serialize

from kg import ontology
from kg.export.ordered import by_graph, lines, statements
from kg.store import Store

# XML 1.0 section 2.2 has no way to write these
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def turtle(store: Store, out: BinaryIO) -> None:
    """Turtle (W3C RDF 1.1 Turtle) of the union of all documents, one block a subject."""
    with statements(store.triples()) as found:
        serialize(_triples(found), out, format=RdfFormat.TURTLE, prefixes=ontology.prefixes())


def ntriples(store: Store, out: BinaryIO) -> None:
    """N-Triples of the union, a sorted line a triple."""
    with lines(store.triples()) as found:
        out.writelines(found)


def nquads(store: Store, out: BinaryIO) -> None:
    """N-Quads, a sorted line a quad: what stores load in bulk."""
    with lines(store.quads()) as found:
        out.writelines(found)


def trig(store: Store, out: BinaryIO) -> None:
    """TriG, one block a document."""
    with statements(store.quads(), by_graph) as found:
        serialize(found, out, format=RdfFormat.TRIG, prefixes=ontology.prefixes())


def rdfxml(store: Store, out: BinaryIO) -> None:
    """RDF/XML of the union; control characters, which XML cannot hold, are left out."""
    with statements(store.triples()) as found:
        serialize(_fit(_triples(found)), out, format=RdfFormat.RDF_XML, prefixes=ontology.prefixes())


def _triples(quads: Iterable[Quad]) -> Iterator[Triple]:
    return (quad.triple for quad in quads)


def _fit(triples: Iterable[Triple]) -> Iterator[Triple]:
    for triple in triples:
        value = triple.object
        if isinstance(value, Literal) and NOT_XML.search(value.value):
            text = NOT_XML.sub("", value.value)
            value = Literal(text, language=value.language) if value.language else Literal(text, datatype=value.datatype)
            triple = Triple(triple.subject, triple.predicate, value)
        yield triple
