"""What the page asks the store: a handful of SPARQL questions, answered as plain sorted values."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path

from kg.ontology import HM, entry, subclasses, term
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
CLASSES = {term(name): name for kind in KINDS for name in subclasses(kind)}
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


def _chunks(name: str, iris: Iterable[str] | None) -> list[str]:
    """VALUES for a variable, so many IRIs at a time; nothing where all are asked for."""
    if iris is None:
        return [""]
    wanted = sorted(set(iris))
    return [f"VALUES ?{name} {{ {_values(wanted[at : at + BATCH])} }} " for at in range(0, len(wanted), BATCH)]


def counts(store: Queryable) -> dict[str, int]:
    """How many entities, measures and articles there are."""
    patterns = {
        "entities": f"?x <{term('mentionedIn')}> ?a",
        "measures": f"?x a <{term('Measure')}>",
        "articles": f"?x a <{term('Article')}>",
    }
    asked = {name: f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}" for name, pattern in patterns.items()}
    return {name: sum(int(row[0]) for row in _rows(store, question)) for name, question in asked.items()}


def entities(store: Queryable) -> list[str]:
    """The IRIs of all that articles mention."""
    return [row[0] for row in _rows(store, f"SELECT DISTINCT ?e WHERE {{ ?e <{term('mentionedIn')}> ?a }}")]


def kind_among(types: Iterable[str]) -> str | None:
    """The most specific of these classes, given by IRI, that is an entity's; None where none is.

    >>> kind_among([term("Organisation"), term("TradeUnion")])
    'TradeUnion'
    """
    found = None
    for name in sorted(CLASSES[iri] for iri in types if iri in CLASSES):
        # a sub-class wins over the class above it, should a graph state both
        if found is None or name in subclasses(found):
            found = name
    return found


def measures(store: Queryable, most: int | None = None) -> list[str]:
    """The IRIs of all measures, or of so many: those with the largest sums of money, counted or not."""
    every = f"SELECT DISTINCT ?m WHERE {{ ?m a <{term('Measure')}> }}"
    if most is None:
        return sorted((row[0] for row in _rows(store, every)), key=natural)
    found = {row[0] for row in _rows(store, _richest(most))}
    if len(found) < most:  # then those without money, too
        others = (row[0] for row in _rows(store, f"{every} ORDER BY ?m LIMIT {most}"))
        found.update(islice((iri for iri in others if iri not in found), most - len(found)))
    return sorted(found, key=natural)


def _richest(most: int) -> str:
    sums = " ".join(f"OPTIONAL {{ ?a <{term(name)}> ?{name} }}" for name in ("value", "maxValue", "minValue"))
    return (
        f"SELECT ?m (MAX(?v) AS ?worth) WHERE {{ ?a a <{term('Money')}> {sums} "
        f"BIND(COALESCE(?value, ?maxValue, ?minValue) AS ?v) ?m <{term('amount')}> ?a }} "
        f"GROUP BY ?m ORDER BY DESC(?worth) ?m LIMIT {most}"
    )


def stated(store: Queryable, iris: Iterable[str] | None = None) -> dict[Triple, tuple[str, ...]]:
    """The passages of direct relations, of these entities or of all, by subject, name and object."""
    names = {term(name): name for name in LINKS}
    found: dict[Triple, tuple[str, ...]] = {}
    for chunk in _chunks("s", iris):
        question = (
            f"SELECT ?s ?p ?o ?e WHERE {{ {chunk}?st <{term('rdf:subject')}> ?s ; <{term('rdf:predicate')}> ?p ; "
            f"<{term('rdf:object')}> ?o ; <{term('evidence')}> ?e }}"
        )
        for subject, predicate, obj, passage in _rows(store, question):
            if predicate in names:
                key = (subject, names[predicate], obj)
                found[key] = (*found.get(key, ()), passage)
    return found


def posts(store: Queryable, iris: Iterable[str] | None = None) -> list[tuple[str, str, str, str]]:
    """Person (one of these, or any), organisation (empty where the text names none), role as written, passage."""
    rows = []
    for chunk in _chunks("person", iris):
        rows += _rows(
            store,
            f"SELECT DISTINCT ?person ?body ?name ?e WHERE {{ {chunk}?post <{term('org:member')}> ?person ; "
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
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for chunk in _chunks("s", iris):
        for subject, predicate, value in _rows(store, f"SELECT ?s ?p ?o WHERE {{ {chunk}?s ?p ?o }}"):
            found[subject][NAMES.get(predicate, predicate)].append(value)
    return {iri: {name: _in_order(values) for name, values in of.items()} for iri, of in found.items()}


def _in_order(values: list[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values), key=natural)) if len(values) > 1 else tuple(values)


def passages(store: Queryable, iris: Iterable[str]) -> dict[str, tuple[str, int, int, str, list[str]]]:
    """Where each passage stands, what it says and by which rules it was found: article, start, end, quote, rules."""
    asked = "?s hm:inArticle ?article ; hm:start ?start ; hm:end ?end ; hm:quote ?quote ; hm:rule ?rule"
    found: dict[str, tuple[str, int, int, str, list[str]]] = {}
    for chunk in _chunks("s", iris):
        for iri, article, start, end, quote, rule in _rows(
            store, f"PREFIX hm: <{HM}> SELECT ?s ?article ?start ?end ?quote ?rule WHERE {{ {chunk}{asked} }}"
        ):
            found.setdefault(iri, (article, int(start), int(end), quote, []))[-1].append(rule)
    return found


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
