"""The ontology as Python sees it: the one place where an IRI of a term comes from.

The vocabulary is `ontology/huimin.ttl` and it is closed: a name that does not stand there raises.  The file is
parsed on first use, since every start of the command imports this module.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

HM = "https://w3id.org/huimin/ontology#"
BASE = "https://w3id.org/huimin/id/"

Sort = Literal["class", "property", "status", "modality", "flow", "omission", "kind", "scheme"]

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_SCHEMA = "https://schema.org/"

# An individual also has the type owl:NamedIndividual and a symmetric property two types: the first that fits counts.
_SORTS: Mapping[str, Sort] = {
    _OWL + "Class": "class",
    _RDFS + "Class": "class",
    _OWL + "ObjectProperty": "property",
    _OWL + "DatatypeProperty": "property",
    _OWL + "AnnotationProperty": "property",
    _RDF + "Property": "property",
    HM + "Status": "status",
    HM + "Modality": "modality",
    HM + "Flow": "flow",
    HM + "Omission": "omission",
    _SKOS + "Concept": "kind",
    _SKOS + "ConceptScheme": "scheme",
}


class UnknownTerm(KeyError):
    """A name that the ontology does not have."""

    def __init__(self, name: str, known: list[str]) -> None:
        near = get_close_matches(name, known, n=1)
        super().__init__(f"the ontology has no term {name!r}" + (f"; did you mean {near[0]!r}?" if near else ""))

    def __str__(self) -> str:
        # KeyError shows the repr of its message, which would quote a whole sentence
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the ontology; `name` is local for Huimin's own (`Measure`), prefixed for others' (`org:role`)."""

    name: str
    iri: str
    sort: Sort
    labels: Mapping[str, str]
    comments: Mapping[str, str]
    parents: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()


def directory() -> Path:
    """The folder of the ontology's files: inside an installed package, beside it in a checkout.

    >>> (directory() / "huimin.ttl").is_file()
    True
    """
    here = Path(__file__).resolve().parent
    for folder in (here / "_ontology", here.parent / "ontology"):
        if (folder / "huimin.ttl").is_file():
            return folder
    raise FileNotFoundError(f"the ontology is missing: neither {here / '_ontology'} nor {here.parent / 'ontology'}")


@cache
def _parsed() -> tuple[Mapping[str, Term], Mapping[str, str]]:
    # pyoxigraph is imported here and not above: `kg --help` needs none of it
    import pyoxigraph as ox

    parser = ox.parse(path=directory() / "huimin.ttl", format=ox.RdfFormat.TURTLE)
    facts: dict[str, dict[str, list[ox.Literal | str]]] = defaultdict(lambda: defaultdict(list))
    for quad in parser:
        if isinstance(quad.subject, ox.NamedNode):
            value = quad.object if isinstance(quad.object, ox.Literal) else str(getattr(quad.object, "value", ""))
            facts[quad.subject.value][quad.predicate.value].append(value)
    known = MappingProxyType(dict(sorted(parser.prefixes.items())))

    def names(iri: str, *predicates: str) -> tuple[str, ...]:
        return tuple(_short(str(v), known) for p in predicates for v in facts[iri].get(p, ()))

    def texts(iri: str, predicate: str) -> Mapping[str, str]:
        values = facts[iri].get(predicate, ())
        return MappingProxyType({v.language or "": v.value for v in values if isinstance(v, ox.Literal)})

    found: dict[str, Term] = {}
    for iri in list(facts):
        sort = next((_SORTS[str(t)] for t in facts[iri][_RDF + "type"] if str(t) in _SORTS), None)
        if sort is not None:
            name = _short(iri, known)
            found[name] = Term(
                name,
                iri,
                sort,
                texts(iri, _RDFS + "label"),
                texts(iri, _RDFS + "comment"),
                names(iri, _RDFS + "subClassOf", _RDFS + "subPropertyOf"),
                names(iri, _RDFS + "domain", _SCHEMA + "domainIncludes"),
                names(iri, _RDFS + "range", _SCHEMA + "rangeIncludes"),
            )
    return MappingProxyType(found), known


def _short(iri: str, known: Mapping[str, str]) -> str:
    if iri.startswith(HM):
        return iri.removeprefix(HM)
    prefix = next((p for p, namespace in known.items() if iri.startswith(namespace)), None)
    return iri if prefix is None else f"{prefix}:{iri.removeprefix(known[prefix])}"


@cache
def _bare() -> Mapping[str, Term]:
    """Others' terms by local name, for the names that only one of them has."""
    found = defaultdict(list)
    for entry in terms():
        if ":" in entry.name:
            found[entry.name.partition(":")[2]].append(entry)
    return MappingProxyType({name: entries[0] for name, entries in found.items() if len(entries) == 1})


def terms(sort: Sort | None = None) -> Iterator[Term]:
    """The terms in the order of the file, all or those of one sort.

    >>> [t.name for t in terms("status")]
    ['Planned', 'Underway', 'Done']
    """
    return (entry for entry in _parsed()[0].values() if sort in (None, entry.sort))


def entry(name: str) -> Term:
    """The term of this name: Huimin's own first, then another vocabulary's, with its prefix or without.

    >>> entry("Money").parents
    ('Amount', 'schema:MonetaryAmount')
    >>> entry("subOrganizationOf").name
    'org:subOrganizationOf'
    """
    known = _parsed()[0]
    found = known.get(name.removeprefix("hm:")) or _bare().get(name)
    if found is None:
        raise UnknownTerm(name, [*known, *_bare()])
    return found


def term(name: str) -> str:
    """The IRI of a term; a typo raises.

    >>> term("mentionedIn")
    'https://w3id.org/huimin/ontology#mentionedIn'
    >>> term("org:role")
    'http://www.w3.org/ns/org#role'
    >>> term("mentionedin")
    Traceback (most recent call last):
    ...
    kg.ontology.UnknownTerm: the ontology has no term 'mentionedin'; did you mean 'mentionedIn'?
    """
    return entry(name).iri


def label(name: str, lang: str = "zh") -> str:
    """What a term is called in a language.

    >>> label("TradeUnion"), label("TradeUnion", "en")
    ('工会', 'trade union')
    """
    found = entry(name)
    if lang not in found.labels:
        raise UnknownTerm(f"{name}@{lang}", [f"{name}@{tag}" for tag in found.labels])
    return found.labels[lang]


def prefixes() -> dict[str, str]:
    """The prefixes of the ontology file, for queries and for writing Turtle.

    >>> prefixes()["hm"] == HM
    True
    """
    return dict(_parsed()[1])


@cache
def superclasses(name: str) -> frozenset[str]:
    """The class itself and Huimin's classes above it.

    >>> sorted(superclasses("TradeUnion"))
    ['Organisation', 'TradeUnion']
    """
    known, own = _parsed()[0], entry(name)
    if own.sort != "class":
        raise UnknownTerm(name, [t.name for t in terms("class")])
    above = (superclasses(parent) for parent in own.parents if parent in known and ":" not in parent)
    return frozenset({own.name}).union(*above)


@cache
def subclasses(name: str) -> frozenset[str]:
    """The class itself and the classes below it.

    >>> sorted(subclasses("Group"))
    ['Group', 'OrganisationGroup', 'WorkerGroup']
    """
    (own,) = superclasses(name) & {entry(name).name}
    return frozenset(t.name for t in terms("class") if own in superclasses(t.name))


@cache
def _kinds() -> Mapping[str, str]:
    return MappingProxyType({t.name: t.labels["zh"] for t in terms("kind")})


def kinds() -> dict[str, str]:
    """The kinds of measures: local name and Chinese label.

    >>> kinds()["Training"]
    '培训'
    """
    return dict(_kinds())


def queries() -> dict[str, Path]:
    """The shipped questions: name and file, by name.

    >>> queries()["money-by-group"].suffix
    '.rq'
    """
    return {path.stem: path for path in sorted((directory() / "queries").glob("*.rq"))}


def query_title(path: Path, lang: str = "zh") -> str:
    """The question that a query file answers, from the title lines it starts with.

    >>> query_title(queries()["money-by-group"], "en")
    'Who pays how much, and for whom?'
    """
    head = path.read_text(encoding="utf-8").splitlines()[:2]
    found = next((m[1] for line in head if (m := re.fullmatch(rf"# {re.escape(lang)}: (\S.*)", line))), None)
    if found is None:
        raise ValueError(f"{path.name}:1: no title line '# {lang}: …' at the head of the query")
    return found


def query_parameters(sparql: str) -> dict[str, str]:
    """What a query can be asked of, by the variable's name: the comment lines `# name: …` after the titles.

    >>> list(query_parameters(queries()["money-of"].read_text(encoding="utf-8")))
    ['payer']
    """
    head = re.match(r"(?:#.*\n)*", sparql)
    lines = head[0].splitlines() if head else []
    told = (re.fullmatch(r"# (\w+): (\S.*)", line) for line in lines)
    return {m[1]: m[2] for m in told if m and m[1] not in ("zh", "en")}


def asked_of(sparql: str, values: Mapping[str, str]) -> str:
    """A query with its parameters bound to names (literals in Chinese); a name that it does not have raises ValueError.

    >>> asked_of("# payer: who\\nSELECT * WHERE { ?a ?b ?payer }", {"payer": "市总工会"})
    '# payer: who\\nSELECT * WHERE { VALUES ?payer { "市总工会"@zh } ?a ?b ?payer }'
    """
    known = query_parameters(sparql)
    for name in values:
        if name not in known:
            told = ", ".join(f"{n} ({what})" for n, what in known.items()) or "nothing"
            raise ValueError(f"the question is not asked of {name!r}; it can be asked of: {told}")
    bound = "".join(f" VALUES ?{name} {{ {_literal(value)} }}" for name, value in values.items())
    return sparql.replace("WHERE {", f"WHERE {{{bound}", 1)


def _literal(text: str) -> str:
    """A Chinese literal (SPARQL 1.1 section 19.7: what is escaped in it)."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"@zh'
