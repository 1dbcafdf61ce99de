"""Findings as data: a Turtle file of its own beside the graph, with the passages that bear each one out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from kg import ontology
from kg.check.finding import Finding
from kg.ontology import BASE, term
from kg.store import Store

_RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_MANY = 500  # nodes asked for at a time


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands: the file, the characters, and what it says there."""

    source: str
    start: int
    end: int
    quote: str


def turtle(store: Store, found: Iterable[Finding]) -> bytes:
    """The findings with their passages and the articles these are in, sorted: the same graph, the same bytes."""
    findings = list(found)
    passages = sorted({p for f in findings for p in f.evidence})
    triples = {t for f in findings for t in _described(f)} | set(_copied(store, passages))
    ordered = sorted(triples, key=str)
    return serialize(ordered, format=RdfFormat.TURTLE, prefixes=ontology.prefixes()) or b""


def iri(found: Finding, base: str = BASE) -> str:
    """The IRI of a finding: what is found where, and nothing else.

    >>> iri(Finding("sum", "info", "adds up", ("x",))) == iri(Finding("sum", "info", "adds up", ("x",)))
    True
    """
    content = json.dumps([found.check, found.severity, found.message, found.concerns, found.evidence])
    return f"{base}finding/{hashlib.sha256(content.encode()).hexdigest()[:32]}"


def _described(found: Finding) -> Iterator[Triple]:
    node = NamedNode(iri(found))
    yield Triple(node, _RDF_TYPE, NamedNode(term("Finding")))
    yield Triple(node, NamedNode(term("check")), Literal(found.check))
    yield Triple(node, NamedNode(term("severity")), Literal(found.severity))
    yield Triple(node, NamedNode(term("message")), Literal(found.message))
    for concerned in found.concerns:
        yield Triple(node, NamedNode(term("concerns")), NamedNode(concerned))
    for passage in found.evidence:
        yield Triple(node, NamedNode(term("evidence")), NamedNode(passage))


def _copied(store: Store, passages: Sequence[str]) -> Iterator[Triple]:
    """What the graph says of the passages, and the plain facts of their articles, so that the report reads alone."""
    articles: set[str] = set()
    for triple in _about(store, passages):
        yield triple
        if triple.predicate.value == term("inArticle") and isinstance(triple.object, NamedNode):
            articles.add(triple.object.value)
    for triple in _about(store, sorted(articles)):
        if triple.predicate == _RDF_TYPE or isinstance(triple.object, Literal):
            yield triple


def _about(store: Store, nodes: Sequence[str]) -> Iterator[Triple]:
    for start in range(0, len(nodes), _MANY):
        values = " ".join(str(NamedNode(node)) for node in nodes[start : start + _MANY])
        yield from store.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ {values} }} ?s ?p ?o }}")


def places(store: Store, found: Iterable[Finding]) -> dict[str, Place]:
    """Where the passages of findings stand; of a file given twice, the first name."""
    passages = sorted({p for f in found for p in f.evidence})
    held: dict[str, Place] = {}
    for start in range(0, len(passages), _MANY):
        values = " ".join(str(NamedNode(p)) for p in passages[start : start + _MANY])
        query = f"""PREFIX hm: <{ontology.HM}>
        SELECT ?passage (MIN(?source) AS ?file) ?start ?end ?quote WHERE {{
          VALUES ?passage {{ {values} }}
          ?passage hm:start ?start ; hm:end ?end ; hm:quote ?quote ; hm:inArticle/hm:sourceFile ?source .
        }} GROUP BY ?passage ?start ?end ?quote"""
        for row in store.query(query):
            place = Place(row["file"].value, int(row["start"].value), int(row["end"].value), row["quote"].value)
            held[row["passage"].value] = place
    return held
