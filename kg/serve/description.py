"""The dataset and the service described in RDF: VoID, DCAT and SPARQL 1.1 Service Description."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple, serialize

from kg import ontology
from kg.serve.worker import GRAPHS

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "format": "http://www.w3.org/ns/formats/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
COUNTS = {
    "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "entities": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a ?type }",
    "documents": "SELECT (COUNT(*) AS ?n) { GRAPH ?g {} }",
}
CLASSES = "SELECT ?x (COUNT(?s) AS ?n) { ?s a ?x } GROUP BY ?x"
PROPERTIES = "SELECT ?x (COUNT(*) AS ?n) { ?s ?x ?o } GROUP BY ?x"

Value = str | int | Literal | NamedNode


def _node(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def _triples(subject: str, facts: Iterable[tuple[str, Value]]) -> Iterator[Triple]:
    for name, value in facts:
        if isinstance(value, int):
            value = Literal(str(value), datatype=_node("xsd:integer"))
        elif isinstance(value, str):
            value = NamedNode(value) if value.startswith(("http:", "https:")) else _node(value)
        yield Triple(NamedNode(subject), _node(name) if name != "a" else NamedNode(_TYPE), value)


_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def dataset(root: str, counts: dict[str, int], parts: dict[str, list[tuple[str, int]]]) -> Iterator[Triple]:
    """The dataset in VoID (https://www.w3.org/TR/void/ sections 2 to 4) and DCAT 3.

    `counts` has the keys of COUNTS; `parts` the classes and properties with their numbers of entities and triples.
    """
    here = f"{root}.well-known/void"
    about = f"{here}#dataset"
    yield from _triples(here, [("a", "void:DatasetDescription"), ("dcterms:title", Literal("VoID", language="en"))])
    yield from _triples(
        about,
        [
            ("a", "void:Dataset"),
            ("a", "dcat:Dataset"),
            ("dcterms:title", Literal("Huimin: who does what for whom, and with how much", language="en")),
            ("dcterms:title", Literal("惠民：谁为谁做什么，用了多少钱", language="zh")),
            ("void:sparqlEndpoint", f"{root}sparql"),
            ("void:uriSpace", Literal(ontology.BASE)),
            ("void:vocabulary", ontology.HM),
            ("void:triples", counts["triples"]),
            ("void:entities", counts["entities"]),
            ("void:documents", counts["documents"]),
            ("dcat:distribution", f"{here}#sparql"),
        ],
    )
    yield from _triples(
        f"{here}#sparql",
        [
            ("a", "dcat:Distribution"),
            ("dcterms:title", Literal("SPARQL 1.1", language="en")),
            ("dcat:accessURL", f"{root}sparql"),
        ],
    )
    for kind, of, number in (("class", "class", "entities"), ("property", "property", "triples")):
        for iri, count in sorted(parts[kind]):
            part = f"{here}#{kind}-{_local(iri)}"
            yield from _triples(about, [(f"void:{kind}Partition", part)])
            yield from _triples(part, [("a", "void:Dataset"), (f"void:{of}", iri), (f"void:{number}", count)])


def _local(iri: str) -> str:
    """A name for a term that tells it from the same name of another vocabulary."""
    known = next(((p, i) for p, i in ontology.prefixes().items() if iri.startswith(i)), ("", ""))
    local = iri.removeprefix(known[1]).rpartition("/")[2].rpartition("#")[2]
    return f"{known[0]}-{local}" if known[0] else local


def service(root: str) -> Iterator[Triple]:
    """The endpoint itself (SPARQL 1.1 Service Description sections 3.2 to 3.4)."""
    results = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
    graphs = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")
    yield from _triples(
        f"{root}sparql",
        [
            ("a", "sd:Service"),
            ("sd:endpoint", f"{root}sparql"),
            ("sd:supportedLanguage", "sd:SPARQL11Query"),
            *(("sd:resultFormat", f"format:{name}") for name in (*results, *graphs)),
            ("sd:defaultDataset", f"{root}sparql#dataset"),
        ],
    )
    yield from _triples(f"{root}sparql#dataset", [("a", "sd:Dataset"), ("sd:defaultGraph", f"{root}sparql#union")])
    yield from _triples(f"{root}sparql#union", [("a", "sd:Graph"), ("a", "void:Dataset")])


def written(triples: Iterable[Triple], kind: str) -> bytes:
    """The triples as one of the GRAPHS media types, sorted by subject."""
    ordered = sorted(set(triples), key=str)
    return serialize(ordered, format=GRAPHS[kind], prefixes=PREFIXES | ontology.prefixes()) or b""
