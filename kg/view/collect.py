"""What the page asks the store: a handful of SPARQL questions, answered as plain sorted values."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.ontology import entry, subclasses, term
from kg.store import Queryable

About = Mapping[str, tuple[str, ...]]
Triple = tuple[str, str, str]

KINDS = ("Organisation", "Programme", "Group", "Item", "Place", "Person")
SLOTS = ("agent", "partner", "beneficiary", "provides", "programme", "place")
LINKS = (
    "issues",
    "organises",
    "partneredWith",
    "subOrganizationOf",
    "partOf",
    "jurisdiction",
    "within",
    "broader",
)
BATCH = 500  # subjects in one question; longer VALUES lists slow the parser down more than they save
DIGITS = re.compile(r"(\d+)")


def natural(iri: str) -> tuple[tuple[int, str], ...]:
    """A sort key in which the numbers of an IRI count as numbers.

    >>> sorted(["a/10", "a/9", "a"], key=natural)
    ['a', 'a/9', 'a/10']
    """
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in DIGITS.split(iri))


def _values(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris)


def _rows(store: Queryable, sparql: str) -> list[tuple[str, ...]]:
    return sorted(tuple("" if cell is None else str(cell.value) for cell in row) for row in store.query(sparql))


def kinds_of_entities(store: Queryable) -> dict[str, str]:
    """Every entity's most specific class, by IRI."""
    classes = {term(name): name for kind in KINDS for name in subclasses(kind)}
    rows = _rows(
        store,
        f"SELECT DISTINCT ?e ?t WHERE {{ VALUES ?t {{ {_values(sorted(classes))} }} "
        f"?e a ?t . FILTER EXISTS {{ ?e <{term('mentionedIn')}> ?a }} }}",
    )
    found: dict[str, str] = {}
    for iri, kind in rows:
        name = classes[kind]
        # a sub-class wins over the class above it, should a graph state both
        if iri not in found or found[iri] not in subclasses(name):
            found[iri] = name
        if found[iri] != name and name in subclasses(found[iri]):
            found[iri] = name
    return found


def slots(store: Queryable) -> list[Triple]:
    """Measure, slot and filler, for every measure that has any."""
    names = {term(name): name for name in SLOTS}
    rows = _rows(
        store,
        f"SELECT DISTINCT ?m ?p ?o WHERE {{ VALUES ?p {{ {_values(sorted(names))} }} "
        f"?m ?p ?o ; a <{term('Measure')}> }}",
    )
    return [(measure, names[slot], filler) for measure, slot, filler in rows]


def measures(store: Queryable) -> list[str]:
    """The IRIs of all measures."""
    rows = _rows(store, f"SELECT DISTINCT ?m WHERE {{ ?m a <{term('Measure')}> }}")
    return sorted((row[0] for row in rows), key=natural)


def links(store: Queryable) -> dict[Triple, tuple[str, ...]]:
    """Direct relations with their passages; a post is a relation `role` that names itself."""
    names = {term(name): name for name in LINKS}
    found: dict[Triple, tuple[str, ...]] = {}
    direct = f"SELECT ?s ?p ?o WHERE {{ VALUES ?p {{ {_values(sorted(names))} }} ?s ?p ?o }}"
    for subject, predicate, obj in _rows(store, direct):
        found[(subject, names[predicate], obj)] = ()
    stated = (
        f"SELECT ?s ?p ?o ?e WHERE {{ VALUES ?p {{ {_values(sorted(names))} }} "
        f"?st <{term('rdf:subject')}> ?s ; <{term('rdf:predicate')}> ?p ; <{term('rdf:object')}> ?o ; "
        f"<{term('evidence')}> ?e }}"
    )
    for subject, predicate, obj, passage in _rows(store, stated):
        key = (subject, names[predicate], obj)
        if key in found:
            found[key] = (*found[key], passage)
    return found


def posts(store: Queryable) -> list[tuple[str, str, str, str]]:
    """Person, organisation (empty where the text names none), role as written, passage."""
    rows = _rows(
        store,
        f"SELECT DISTINCT ?person ?body ?name ?e WHERE {{ ?post <{term('org:member')}> ?person ; "
        f"<{term('org:role')}>/<{term('rdfs:label')}> ?name . "
        f"OPTIONAL {{ ?post <{term('org:organization')}> ?body }} "
        f"OPTIONAL {{ ?post <{term('evidence')}> ?e }} }}",
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def sums(store: Queryable) -> dict[str, tuple[str, ...]]:
    """What each payer pays in all, by IRI: at least, as stated, by how many sums (docs/sums.md)."""
    rows = _rows(
        store,
        "SELECT ?payer (SUM(?low) AS ?least) (SUM(?high) AS ?stated) (COUNT(?sum) AS ?n) WHERE { "
        f"?sum <{term('countsFor')}> ?payer ; <{term('atLeast')}> ?low ; <{term('asStated')}> ?high }} GROUP BY ?payer",
    )
    return {payer: (least, stated, n) for payer, least, stated, n in rows}


def shares(store: Queryable) -> dict[str, list[tuple[str, str, str, str]]]:
    """Who pays how much of a sum for whom, as `money-by-group` counts it, by the amount's IRI.

    A row is payer, beneficiary, at least, as stated.
    """
    question = (Path(__file__).parent / "shares.rq").read_text(encoding="utf-8")
    found: dict[str, list[tuple[str, str, str, str]]] = defaultdict(list)
    for amount, agent, to, least, stated in _rows(store, question):
        found[amount].append((agent, to, least, stated))
    return found


def about(store: Queryable, iris: Iterable[str]) -> dict[str, About]:
    """Every property of these subjects, under its name in the ontology (or its IRI where that has none)."""
    wanted = sorted(set(iris))
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for at in range(0, len(wanted), BATCH):
        chunk = _values(wanted[at : at + BATCH])
        for subject, predicate, value in _rows(store, f"SELECT ?s ?p ?o WHERE {{ VALUES ?s {{ {chunk} }} ?s ?p ?o }}"):
            found[subject][NAMES.get(predicate, predicate)].append(value)
    return {
        iri: {name: tuple(sorted(set(values), key=natural)) for name, values in of.items()} for iri, of in found.items()
    }


# Properties outside the ontology file (rdf:type and the like) keep their IRI.
NAMES: Mapping[str, str] = {
    term(name): name
    for name in (
        *SLOTS,
        *LINKS,
        *("amount", "status", "modality", "kind", "period", "start", "end", "statedIn", "evidence"),
        *("flow", "times", "countsFor", "leftOut", "atLeast", "asStated"),
        *("value", "minValue", "maxValue", "unit", "bound", "per", "of", "quote", "rule", "inArticle", "mentionedIn"),
        *("sourceFile", "dcterms:title", "dcterms:creator", "dcterms:date", "dcterms:identifier", "dcterms:publisher"),
        *("rdfs:label", "skos:altLabel"),
    )
} | {"http://www.w3.org/1999/02/22-rdf-syntax-ns#type": "type"}


def local(iri: str) -> str:
    """The last part of a term's IRI.

    >>> local("https://w3id.org/huimin/ontology#Done")
    'Done'
    """
    return re.split(r"[#/]", iri)[-1]


def words(names: Iterable[str]) -> dict[str, dict[str, str]]:
    """What the ontology calls these terms, by language."""
    return {name: dict(sorted(entry(name).labels.items())) for name in sorted(set(names))}
