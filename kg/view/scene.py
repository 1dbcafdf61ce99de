"""The page's data: entities, measures, links and passages as JSON-ready values, cut down where the graph is large."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.ontology import superclasses
from kg.store import Queryable
from kg.view.collect import (
    KINDS,
    LINKS,
    SLOTS,
    About,
    Triple,
    about,
    kinds_of_entities,
    links,
    local,
    measures,
    natural,
    posts,
    slots,
    sums,
    words,
)

Item = dict[str, Any]

AMOUNTS = ("Money", "Count", "Percentage", "Duration")
NODES = 2000  # more than these are neither laid out in reasonable time nor read by anyone
KEPT_ENTITIES = 400  # in the reduced view
KEPT_MEASURES = 1500
KEPT_PASSAGES = 12  # of one entity; a measure keeps all of its own
OWN_PROPERTIES = {"type", "rdfs:label", "skos:altLabel", "mentionedIn", "evidence", *LINKS}


@dataclass(frozen=True, slots=True)
class Scene:
    """What is drawn and told: `data` goes into the page as it is, `edges` holds source, role and target."""

    data: dict[str, Any]
    edges: tuple[Triple, ...]

    @property
    def empty(self) -> bool:
        """Is there nothing to draw?"""
        return not self.data["entities"] and not self.data["measures"]


def kind_of(name: str) -> str:
    """The one of the page's classes that a class of the ontology belongs to.

    >>> kind_of("TradeUnion"), kind_of("Item")
    ('Organisation', 'Item')
    """
    return next(kind for kind in KINDS if kind in superclasses(name))


def _chosen(types: Mapping[str, str], filled: list[Triple], found: list[str]) -> tuple[set[str], list[str]]:
    """The entities and measures to show: all, or the actors and groups with the most measures."""
    if len(types) + len(found) <= NODES:
        return set(types), found
    times = Counter(filler for _, _, filler in filled if filler in types)
    central = [iri for iri in types if kind_of(types[iri]) in ("Organisation", "Programme", "Group")]
    kept = set(sorted(central, key=lambda iri: (-times[iri], iri))[:KEPT_ENTITIES])
    inside = Counter(measure for measure, _, filler in filled if filler in kept)
    best = sorted((iri for iri in found if inside[iri]), key=lambda iri: (-inside[iri], iri))[:KEPT_MEASURES]
    return kept, sorted(best, key=natural)


def _first(facts: About, name: str) -> str | None:
    return next(iter(facts.get(name, ())), None)


def _amount(facts: About) -> Item:
    keys = ("value", "minValue", "maxValue", "unit", "bound", "per")
    item: Item = {key: _first(facts, key) for key in keys if _first(facts, key) is not None}
    item["label"] = _first(facts, "rdfs:label") or ""
    item["of"] = list(facts.get("of", ()))
    item.update({key: _first(facts, key) for key in ("times", "asStated") if key in facts})
    item["countsFor"] = list(facts.get("countsFor", ()))
    for key in ("flow", "leftOut"):
        value = _first(facts, key)
        if value:
            item[key] = local(value)
    item["type"] = next((n for n in map(local, facts.get("type", ())) if n in AMOUNTS), "Amount")
    return item


def _measure(facts: About, amounts: Mapping[str, About], entities: Iterable[str]) -> Item:
    known = set(entities)
    item: Item = {slot: [iri for iri in facts.get(slot, ()) if iri in known] for slot in SLOTS}
    item["amount"] = [_amount(amounts[iri]) for iri in facts.get("amount", ()) if iri in amounts]
    item["articles"] = list(facts.get("statedIn", ()))
    item["passages"] = list(facts.get("evidence", ()))
    for key in ("status", "modality", "kind"):
        value = _first(facts, key)
        item[key] = local(value) if value else None
    item.update({key: _first(facts, key) for key in ("period", "start", "end") if key in facts})
    return item


def _entity(name: str, facts: About) -> Item:
    labels = facts.get("rdfs:label", ())
    more = {key: list(values) for key, values in facts.items() if key not in OWN_PROPERTIES}
    passages = facts.get("evidence", ())
    return {
        # a graph in which an entity has two labels shows both, the shorter as another name
        "label": max(labels, key=lambda text: (len(text), text), default=""),
        "alt": sorted({*labels, *facts.get("skos:altLabel", ())}),
        "kind": kind_of(name),
        "type": name,
        "articles": list(facts.get("mentionedIn", ())),
        "passages": list(passages[:KEPT_PASSAGES]),
        "passagesInAll": len(passages),
        "more": more,
    }


def _passage(facts: About) -> Item:
    return {
        "quote": _first(facts, "quote") or "",
        "rule": ", ".join(facts.get("rule", ())),
        "article": _first(facts, "inArticle"),
    }


def _article(facts: About) -> Item:
    return {
        "title": _first(facts, "dcterms:title") or "",
        "by": list(facts.get("dcterms:creator", ())),
        "date": _first(facts, "dcterms:date"),
        "file": _first(facts, "sourceFile"),
    }


def _edges(whole: bool, told: Iterable[Item], filled: list[Triple], related: Iterable[Item]) -> tuple[Triple, ...]:
    direct = {(link["s"], link["p"], link["o"]) for link in related if link["o"]}
    if whole:
        drawn = {m["id"] for m in told}
        around = {(f, slot, m) if slot == "agent" else (m, slot, f) for m, slot, f in filled if m in drawn}
        return tuple(sorted(direct | around))
    # measures are not drawn in the reduced view: who acts is joined directly to the group or programme
    across = set()
    for item in told:
        for agent in item["agent"]:
            across |= {(agent, slot, to) for slot in ("beneficiary", "programme") for to in item[slot] if to != agent}
    return tuple(sorted(direct | across))


def _relations(store: Queryable, kept: set[str]) -> list[Item]:
    found = [
        {"s": s, "p": p, "o": o, "passages": list(passages)}
        for (s, p, o), passages in links(store).items()
        if s in kept and o in kept
    ]
    for person, body, role, passage in posts(store):
        if person in kept:
            at = body if body in kept else ""
            found.append({"s": person, "p": "role", "o": at, "text": role, "passages": [passage] if passage else []})
    return found


def scene(store: Queryable) -> Scene:
    """All that the page shows of a store."""
    types, filled, every = kinds_of_entities(store), slots(store), measures(store)
    kept, chosen = _chosen(types, filled, every)
    whole = len(kept) == len(types)
    of_entities, of_measures = about(store, kept), about(store, chosen)
    amounts = about(store, (iri for facts in of_measures.values() for iri in facts.get("amount", ())))
    entities = {iri: _entity(types[iri], of_entities[iri]) for iri in sorted(kept)}
    told = {iri: {"id": iri} | _measure(of_measures[iri], amounts, kept) for iri in chosen}
    for iri, total in sums(store).items():
        if iri in entities:
            entities[iri]["pays"] = dict(zip(("atLeast", "stated", "sums"), total, strict=True))
    related = _relations(store, kept)
    wanted = {p for item in (*entities.values(), *told.values(), *related) for p in item["passages"]}
    passages = {iri: _passage(facts) for iri, facts in about(store, wanted).items()}
    stated = {a for item in (*entities.values(), *told.values()) for a in item["articles"]}
    stated |= {p["article"] for p in passages.values() if p["article"]}
    articles = {iri: _article(facts) for iri, facts in about(store, stated).items()}
    data = {
        "articles": [{"id": iri} | articles[iri] for iri in sorted(articles, key=natural)],
        "entities": entities,
        "measures": told,
        "links": related,
        "passages": passages,
        "whole": whole,
        "inAll": {"entities": len(types), "measures": len(every)},
        "terms": words(_terms(entities, told)),
    }
    inside = [triple for triple in filled if triple[2] in kept]
    return Scene(data, _edges(whole, told.values(), inside, related))


def _terms(entities: Mapping[str, Item], told: Mapping[str, Item]) -> set[str]:
    """The names of the ontology that the page has to write out."""
    fixed = {*KINDS, "Measure", *AMOUNTS, "Amount", *SLOTS, *LINKS, "Planned", "Underway", "Done", "org:role"}
    fixed |= {item["modality"] for item in told.values() if item["modality"]}
    fixed |= {
        "amount",
        "status",
        "modality",
        "kind",
        "period",
        "start",
        "end",
        "evidence",
        "mentionedIn",
        "skos:altLabel",
        "of",
    }
    fixed |= {a[key] for item in told.values() for a in item["amount"] for key in ("flow", "leftOut") if key in a}
    fixed |= {"flow", "times", "leftOut", "PartOfAnother"}
    fixed |= {item["type"] for item in entities.values()}
    fixed |= {item["kind"] for item in told.values() if item["kind"]}
    fixed |= {name for item in entities.values() for name in item["more"] if "/" not in name}
    return fixed
