"""RDF as text: terms and statements as N-Triples writes them, which costs less than half of making an object of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pyoxigraph import Literal, Quad, RdfFormat, Triple, parse

RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
XSD = "http://www.w3.org/2001/XMLSchema#"
_ESCAPED = re.compile(r'[\x00-\x1f"\\\x7f]')


class Statement(NamedTuple):
    """Subject, predicate and object (W3C N-Triples, section 2)."""

    subject: str
    predicate: str
    object: str


def ref(iri: str) -> str:
    """An IRI as a term.

    >>> ref("urn:a")
    '<urn:a>'
    """
    return f"<{iri}>"


def literal(text: str, language: str = "", datatype: str = "") -> str:
    """A literal as a term, in a language or of one of XML Schema's types.

    >>> print(literal("“工会”", "zh"), literal('a"b'), literal("5", datatype="integer"))
    "“工会”"@zh "a\\"b" "5"^^<http://www.w3.org/2001/XMLSchema#integer>
    """
    body = str(Literal(text)) if _ESCAPED.search(text) else f'"{text}"'
    return f"{body}@{language}" if language else f"{body}^^<{XSD}{datatype}>" if datatype else body


def value(term: str) -> str:
    """The IRI, or the text of the literal, that a term stands for.

    >>> value("<urn:a>"), value('"5"^^<urn:t>'), value(literal('a"b', "zh"))
    ('urn:a', '5', 'a"b')
    """
    if term[0] == "<":
        return term[1:-1]
    body = term[: term.rindex('"') + 1]
    if "\\" not in body:
        return body[1:-1]
    (triple,) = parse(f"<urn:s> <urn:p> {body} .".encode(), format=RdfFormat.N_TRIPLES)
    return str(getattr(triple.object, "value", ""))


def statement(told: Quad | Triple) -> Statement:
    """A statement of the store as text."""
    return Statement(str(told.subject), str(told.predicate), str(told.object))


class NamedGraph(NamedTuple):
    """What a document states, sorted, in the graph that it is named by."""

    name: str
    statements: tuple[Statement, ...]

    def nquads(self) -> Iterator[str]:
        """Its quads, a line each (W3C N-Quads)."""
        end = f" <{self.name}> .\n"
        return (f"{s} {p} {o}{end}" for s, p, o in self.statements)

    def ntriples(self) -> Iterator[str]:
        """The same without the graph, as the union of all graphs has them."""
        return (f"{s} {p} {o} .\n" for s, p, o in self.statements)

    def quads(self) -> list[Quad]:
        """The same as the store's objects."""
        return quads("".join(self.nquads()).encode("utf-8"))


def quads(lines: bytes) -> list[Quad]:
    """Lines of N-Quads as the store's objects."""
    return list(parse(lines, format=RdfFormat.N_QUADS))
