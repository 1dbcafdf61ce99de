"""JSON-LD that a person can read: one object a node, under short names that the context explains."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby
from typing import Any, BinaryIO

from pyoxigraph import Literal, NamedNode, Quad

from kg import ontology
from kg.export.ordered import statements
from kg.ontology import BASE, HM
from kg.store import Store

_LANGUAGE = "zh"
_NAMED = ("rdfs:label", "skos:altLabel")  # a bare string under these is Chinese
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def context() -> dict[str, Any]:
    """What the short names mean (JSON-LD 1.1 section 3.1), made from the ontology.

    >>> context()["agent"], context()["value"]
    ({'@type': '@id'}, {'@type': 'xsd:decimal'})
    """
    found: dict[str, Any] = {"@base": BASE, "@vocab": HM, "id": "@id", "type": "@type"}
    found |= dict(sorted(ontology.prefixes().items()))
    for entry in sorted(ontology.terms("property"), key=lambda e: e.name):
        kind = _coerced(entry)
        if kind:
            found[entry.name] = {"@type": kind} if ":" not in entry.name else {"@id": entry.iri, "@type": kind}
    return found | {name: {"@id": name, "@language": _LANGUAGE} for name in _NAMED}


def _coerced(entry: ontology.Term) -> str | None:
    """What a bare string is as a value of a property: an IRI, or a literal of this datatype; None if plain."""
    ranges = set(entry.range)
    if len(ranges) == 1 and next(iter(ranges)).startswith("xsd:"):
        (kind,) = ranges
        return None if kind == "xsd:string" else kind
    return (
        "@id" if ranges and not any(r.startswith(("xsd:", "rdf:langString", "rdfs:Literal")) for r in ranges) else None
    )


def jsonld(store: Store, out: BinaryIO) -> None:
    """JSON-LD 1.1 of the union, an object a line under `@graph`."""
    meaning = context()
    out.write(b'{"@context": ' + _line(meaning) + b',\n"@graph": [')
    between = b"\n"
    with statements(store.triples()) as found:
        for subject, of in groupby(found, key=lambda quad: quad.subject):
            out.write(between + _line(_node(str(getattr(subject, "value", subject)), of, meaning)))
            between = b",\n"
    out.write(b"\n]}\n")


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8")


def _node(subject: str, quads: Iterable[Quad], meaning: dict[str, Any]) -> dict[str, Any]:
    node: dict[str, list[Any]] = {}
    for quad in quads:
        if quad.predicate.value == _TYPE and isinstance(quad.object, NamedNode):
            node.setdefault("type", []).append(_short(quad.object.value, meaning))
        else:
            name = _short(quad.predicate.value, meaning)
            node.setdefault(name, []).append(_value(quad.object, meaning.get(name, {}), meaning))
    ordered = sorted(node.items(), key=lambda item: (item[0] != "type", item[0]))
    return {"id": _reference(subject, meaning)} | {n: v[0] if len(v) == 1 else v for n, v in ordered}


def _value(value: Any, coerced: dict[str, str], meaning: dict[str, Any]) -> Any:
    """A value as its term's coercion allows, else spelt out (JSON-LD 1.1 sections 4.2.1, 4.2.3 and 4.2.4)."""
    kind = coerced.get("@type")
    if isinstance(value, NamedNode):
        reference = _reference(value.value, meaning)
        return reference if kind == "@id" else {"@id": reference}
    if not isinstance(value, Literal):
        raise TypeError(f"neither an IRI nor a literal: {value}")
    if value.language:
        same = value.language == coerced.get("@language")
        return value.value if same else {"@value": value.value, "@language": value.language}
    datatype = _prefixed(value.datatype.value, meaning)
    if datatype == (kind or "xsd:string") and "@language" not in coerced:
        return value.value
    if datatype == "xsd:integer" and kind is None and str(int(value.value)) == value.value and len(value.value) < 16:
        return int(value.value)  # a JSON number without a fraction is an xsd:integer (section 10.6 of the API)
    return {"@value": value.value} | ({} if datatype == "xsd:string" else {"@type": datatype})


def _short(iri: str, meaning: dict[str, Any]) -> str:
    """A term of the ontology by its bare name, others by prefix."""
    return iri.removeprefix(HM) if iri.startswith(HM) else _prefixed(iri, meaning)


def _prefixed(iri: str, meaning: dict[str, Any]) -> str:
    for prefix, namespace in meaning.items():
        if isinstance(namespace, str) and prefix[0] != "@" and len(namespace) > 3 and iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _reference(iri: str, meaning: dict[str, Any]) -> str:
    """An individual of ours relative to the base, where nothing in it could be read as a prefix or a path upwards."""
    rest = iri.removeprefix(BASE)
    if rest == iri:
        return _prefixed(iri, meaning)
    risky = not rest or rest.startswith((".", "/", "@")) or any(mark in rest for mark in (":", "/.", "//"))
    return iri if risky else rest
