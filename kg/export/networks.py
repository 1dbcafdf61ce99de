"""The graph as a network of entities and measures, for Gephi and the like."""

from __future__ import annotations

from collections import defaultdict
from typing import BinaryIO

import networkx as nx

from kg.ontology import HM, superclasses
from kg.store import Store

_NODES = """
PREFIX hm: <https://w3id.org/huimin/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?node ?type ?label WHERE {
  ?node a ?type ; rdfs:label ?label . FILTER(STRSTARTS(STR(?type), STR(hm:)))
} ORDER BY ?node ?type ?label
"""
_EDGES = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX hm: <https://w3id.org/huimin/ontology#>
SELECT DISTINCT ?from ?property ?to WHERE {
  ?from ?property ?to ; rdfs:label ?a . ?to rdfs:label ?b .
  FILTER(ISIRI(?to) && ?property NOT IN (hm:kind, hm:status))
} ORDER BY ?from ?property ?to
"""


def graphml(store: Store, out: BinaryIO) -> None:
    """GraphML: nodes with `label` and `class`, edges named by their property."""
    network = nx.MultiDiGraph()
    kinds: dict[str, set[str]] = defaultdict(set)
    for node, kind, name in store.query(_NODES):
        kinds[node.value].add(kind.value.removeprefix(HM))
        network.add_node(node.value, label=name.value, **{"class": _narrowest(kinds[node.value])})
    for start, prop, end in store.query(_EDGES):
        if start.value in network and end.value in network:
            network.add_edge(start.value, end.value, label=prop.value.rpartition("#")[2].rpartition("/")[2])
    nx.write_graphml(network, out, encoding="utf-8", prettyprint=True)


def _narrowest(kinds: set[str]) -> str:
    """The class furthest down; of several equally far down the first by name."""
    return min(kinds, key=lambda kind: (-len(superclasses(kind)), kind))
