"""The graph as a network of entities and measures, for Gephi, networkx and Neo4j."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kg.export.rdf import NOT_XML
from kg.ontology import HM, superclasses
from kg.store import Queryable

if TYPE_CHECKING:
    import networkx as nx  # a sixth of a second, which a build need not wait for

_NODES = """
PREFIX hm: <https://w3id.org/huimin/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?node ?type ?label ?value ?unit WHERE {
  ?node a ?type ; rdfs:label ?label . FILTER(STRSTARTS(STR(?type), STR(hm:)))
  OPTIONAL { ?node hm:value ?value } OPTIONAL { ?node hm:unit ?unit }
} ORDER BY ?node ?type ?label
"""
_EDGES = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX hm: <https://w3id.org/huimin/ontology#>
SELECT DISTINCT ?from ?property ?to WHERE {
  ?from ?property ?to ; rdfs:label ?a . ?to rdfs:label ?b .
  FILTER(ISIRI(?to) && ?property NOT IN (hm:kind, hm:status, hm:modality))
} ORDER BY ?from ?property ?to
"""
_IMPORT = """\
#!/bin/sh
# Unpack this archive, then run this file with Neo4j 5 stopped; it fills the new database "huimin".
exec neo4j-admin database import full huimin --nodes=nodes.csv --relationships=relationships.csv --multiline-fields=true
"""


def network(store: Queryable) -> nx.MultiDiGraph[str]:
    """Nodes by IRI with `label`, `class`, and for amounts `value` and `unit`; edges by the name of their property."""
    import networkx as nx

    found: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    kinds: dict[str, set[str]] = defaultdict(set)
    for node, kind, name, value, unit in store.query(_NODES):
        kinds[node.value].add(kind.value.removeprefix(HM))
        amount: dict[str, Any] = {"value": float(value.value)} if value is not None else {}
        amount |= {"unit": _plain(unit.value)} if unit is not None else {}
        found.add_node(node.value, label=_plain(name.value), **{"class": _narrowest(kinds[node.value])}, **amount)
    for start, prop, end in store.query(_EDGES):
        if start.value in found and end.value in found:
            name = re.split("[#/]", prop.value)[-1]
            found.add_edge(start.value, end.value, key=name, label=name)
    return found


def _plain(text: str) -> str:
    return NOT_XML.sub("", text)


def graphml(store: Queryable, out: BinaryIO) -> None:
    """GraphML: what `network` gives."""
    import networkx as nx

    nx.write_graphml(network(store), out, encoding="utf-8", prettyprint=True)


def gexf(store: Queryable, out: BinaryIO) -> None:
    """GEXF 1.2, Gephi's own; without the day of writing, which says nothing about the graph."""
    found = network(store)
    for _, _, of in found.edges(data=True):
        of["relation"] = of["label"]
    written = io.BytesIO()
    import networkx as nx

    nx.write_gexf(found, written, encoding="utf-8", prettyprint=True)
    out.write(re.sub(rb' lastmodifieddate="[^"]*"', b"", written.getvalue()))


def neo4j(store: Queryable, out: BinaryIO) -> None:
    """A ZIP with nodes.csv, relationships.csv and import.sh, for `neo4j-admin database import`.

    No cell is guarded against spreadsheets here: the importer would keep the guard as a part of the name.
    """
    found = network(store)
    nodes = [("iri:ID", "label", ":LABEL", "value:double", "unit")] + [
        (iri, of["label"], ";".join(sorted(superclasses(of["class"]))), of.get("value", ""), of.get("unit", ""))
        for iri, of in sorted(found.nodes(data=True))
    ]
    edges = [(":START_ID", ":END_ID", ":TYPE")] + [
        (start, end, re.sub(r"(?<=[a-z])(?=[A-Z])", "_", key).upper())
        for start, end, key in sorted(found.edges(keys=True))
    ]
    with ZipFile(out, "w") as archive:
        for name, text in (("nodes.csv", _table(nodes)), ("relationships.csv", _table(edges)), ("import.sh", _IMPORT)):
            # a fixed time: the archive says what the graph says and not when it was written
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, (0o755 if name.endswith(".sh") else 0o644) << 16
            archive.writestr(entry, text.encode("utf-8"))


def _table(rows: list[tuple[Any, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _narrowest(kinds: set[str]) -> str:
    """The class furthest down; of several equally far down the first by name."""
    return min(kinds, key=lambda kind: (-len(superclasses(kind)), kind))
