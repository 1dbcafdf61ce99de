"""The page's data: entities, measures, links and passages as JSON-ready values, cut down where the graph is large."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from kg.ontology import superclasses, terms
from kg.store import Queryable
from kg.view.collect import (
    KINDS,
    LINKS,
    SLOTS,
    About,
    about,
    counts,
    entities,
    kind_among,
    local,
    measures,
    natural,
    passages,
    posts,
    shares,
    stated,
    sums,
    words,
)
from kg.view.pinyin import syllables

Item = dict[str, Any]

AMOUNTS = ("Money", "Count", "Percentage", "Duration")
EMBEDDED = 20_000  # measures and entities; a page with more opens slowly, and `kg serve` asks the store instead
KEPT = 6_000  # measures of a larger graph, those with most money
MENTIONS = 12  # of an entity of a larger graph
PAIRS = 1_000  # payers, and payers with whom they pay for, of a larger graph
OWN_PROPERTIES = {"type", "rdfs:label", "skos:altLabel", "mentionedIn", "evidence", *LINKS}


def kind_of(name: str) -> str:
    """The one of the page's classes that a class of the ontology belongs to.

    >>> kind_of("TradeUnion"), kind_of("Item")
    ('Organisation', 'Item')
    """
    return next(kind for kind in KINDS if kind in superclasses(name))


def _first(facts: About, name: str) -> str | None:
    return next(iter(facts.get(name, ())), None)


class _Passages:
    """Passages by number: article, start, end, rule, quote; each is in the page once."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def __call__(self, iris: Iterable[str]) -> list[int]:
        """The numbers of these passages, in the order of the text."""
        return [self.numbers.setdefault(iri, len(self.numbers)) for iri in iris]

    def table(self, store: Queryable, articles: Mapping[str, int]) -> tuple[list[list[Any]], list[str]]:
        """A row a passage, with the number of its article and of its rule, and the rules."""
        found = passages(store, self.numbers)
        told = {iri: ", ".join(rules) for iri, (*_, rules) in found.items()}
        rules = sorted({*told.values(), ""})
        number = {rule: i for i, rule in enumerate(rules)}
        rows: list[list[Any]] = []
        for iri in self.numbers:
            article, start, end, quote, _ = found.get(iri, ("", 0, 0, "", ()))  # of some nothing is said
            rows.append([articles.get(article, -1), start, end, number[told.get(iri, "")], quote])
        return rows, rules


def _amount(iri: str, facts: About, shared: Sequence[tuple[str, str, str, str]], at: _Passages) -> Item:
    keys = ("value", "minValue", "maxValue", "unit", "bound", "per", "times", "atLeast", "asStated")
    item: Item = {key: _first(facts, key) for key in keys if key in facts}
    item |= {key: local(_first(facts, key) or "") for key in ("flow", "leftOut") if key in facts}
    item |= {key: list(facts[key]) for key in ("of", "countsFor") if key in facts}
    item |= {"id": iri, "label": _first(facts, "rdfs:label") or "", "at": at(facts.get("evidence", ()))}
    item["type"] = next((n for n in map(local, facts.get("type", ())) if n in AMOUNTS), "Amount")
    return item | ({"shares": [list(row) for row in shared]} if shared else {})


def _measure(iri: str, facts: About, known: set[str], amounts: Mapping[str, Item], at: _Passages) -> Item:
    item: Item = {slot: [f for f in facts.get(slot, ()) if f in known] for slot in SLOTS if slot in facts}
    item["id"] = iri
    item["amount"] = [amounts[iri] for iri in facts.get("amount", ()) if iri in amounts]
    item["articles"] = list(facts.get("statedIn", ()))
    item["at"] = at(facts.get("evidence", ()))
    item["label"] = _first(facts, "rdfs:label") or ""
    item |= {key: local(_first(facts, key) or "") for key in ("status", "modality", "kind") if key in facts}
    return item | {key: _first(facts, key) for key in ("period", "start", "end") if key in facts}


def _entity(name: str, facts: About, at: _Passages, most: int | None) -> Item:
    labels = facts.get("rdfs:label", ())
    # a graph in which an entity has two labels shows both, the shorter as another name
    label = max(labels, key=lambda text: (len(text), text), default="")
    return {
        "label": label,
        "alt": sorted({*labels, *facts.get("skos:altLabel", ())} - {label}),
        "kind": kind_of(name),
        "type": name,
        "articles": list(facts.get("mentionedIn", ())),
        "at": at(facts.get("evidence", ())[:most]),
        "more": {key: list(values) for key, values in facts.items() if key not in OWN_PROPERTIES},
    }


def _article(iri: str, facts: About) -> Item:
    return {
        "id": iri,
        "title": _first(facts, "dcterms:title") or "",
        "by": list(facts.get("dcterms:creator", ())),
        "date": _first(facts, "dcterms:date"),
        "publisher": _first(facts, "dcterms:publisher"),
        "file": _first(facts, "sourceFile"),
    }


def _relations(
    store: Queryable, told: Mapping[str, About], kept: Mapping[str, str], whole: bool, at: _Passages
) -> list[Item]:
    of = None if whole else kept
    passages = stated(store, of)
    triples = sorted((s, p, o) for s in kept for p in LINKS for o in told[s].get(p, ()) if o in kept)
    found: list[Item] = [{"s": s, "p": p, "o": o, "at": at(passages.get((s, p, o), ()))} for s, p, o in triples]
    for person, body, role, passage in posts(store, of):
        if person in kept:
            to = body if body in kept else ""
            found.append({"s": person, "p": "role", "o": to, "text": role, "at": at([passage] if passage else [])})
    return found


def scene(store: Queryable, limit: int = EMBEDDED, kept: int = KEPT) -> Item:
    """All that the page shows of a store; of more than `limit` entities and measures, `kept` measures with most money."""
    told = counts(store)
    whole = told["entities"] + told["measures"] <= limit
    paid, shared, at = sums(store), shares(store), _Passages()
    pairs, all_told = ([], told) if whole else _pairs(shared, told)
    of_measures = about(store, measures(store, None if whole else kept))
    of_entities = about(store, entities(store) if whole else _central(of_measures, paid, pairs))
    kinds = {iri: kind_among(facts.get("type", ())) for iri, facts in of_entities.items() if "mentionedIn" in facts}
    types = {iri: kind for iri, kind in sorted(kinds.items()) if kind}
    named = {iri: _entity(kind, of_entities[iri], at, None if whole else MENTIONS) for iri, kind in types.items()}
    for iri in named.keys() & paid.keys():
        named[iri]["pays"] = dict(zip(("atLeast", "stated", "sums"), paid[iri], strict=True))
    wanted = (iri for facts in of_measures.values() for iri in facts.get("amount", ()))
    amounts = {iri: _amount(iri, facts, shared.get(iri, ()), at) for iri, facts in about(store, wanted).items()}
    drawn = {iri: _measure(iri, of_measures[iri], set(types), amounts, at) for iri in sorted(of_measures, key=natural)}
    related = _relations(store, of_entities, types, whole, at)
    articles = sorted({a for item in (*named.values(), *drawn.values()) for a in item["articles"]}, key=natural)
    about_articles = about(store, articles)
    passages, rules = at.table(store, {iri: i for i, iri in enumerate(articles)})
    return {
        "articles": [_article(iri, about_articles[iri]) for iri in articles],
        "entities": named,
        "measures": drawn,
        "links": related,
        "passages": passages,
        "rules": rules,
        "whole": whole,
        "inAll": all_told,
        "pairs": pairs,
        "pinyin": syllables(name for item in named.values() for name in (item["label"], *item["alt"])),
        "terms": words(_terms(named.values())),
        "above": {name: sorted(superclasses(name)) for name in sorted(set(types.values()))},
    }


def _central(
    told: Mapping[str, About], paid: Mapping[str, tuple[str, ...]], pairs: Iterable[Sequence[str]]
) -> set[str]:
    """The entities of a larger graph's page: who takes part, who pays most, and for whom most is paid."""
    best = sorted(paid, key=lambda payer: (-Decimal(paid[payer][1]), payer))[:PAIRS]
    taking = (iri for facts in told.values() for slot in SLOTS for iri in facts.get(slot, ()))
    return {*taking, *best, *(iri for pair in pairs for iri in pair[:2])}


def _pairs(
    shared: Mapping[str, list[tuple[str, str, str, str]]], told: Mapping[str, int]
) -> tuple[list[list[str]], dict[str, int]]:
    """Payer, beneficiary and what is paid as stated, those with most money; and how many there are of either."""
    most: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for rows in shared.values():
        for agent, to, _, high in rows:
            most[agent, to] += Decimal(high)
    ordered = sorted(most, key=lambda pair: (-most[pair], pair))[:PAIRS]
    sides = {"payers": len({agent for agent, _ in most}), "paidFor": len({to for _, to in most})}
    return [[*pair, f"{most[pair]:f}"] for pair in ordered], {**told, **sides}


def _terms(entities: Iterable[Item]) -> set[str]:
    """The names of the ontology that the page has to write out."""
    fixed = {*KINDS, "Measure", *AMOUNTS, "Amount", *SLOTS, *LINKS, "org:role", "skos:altLabel", "mentionedIn"}
    fixed |= {"amount", "status", "modality", "kind", "period", "start", "end", "evidence"}
    fixed |= {"of", "flow", "times", "leftOut"}
    fixed |= {term.name for sort in ("status", "modality", "flow", "omission", "kind") for term in terms(sort)}
    fixed |= {item["type"] for item in entities}
    return fixed | {name for item in entities for name in item["more"] if "/" not in name}
