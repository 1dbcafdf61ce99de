"""The amounts as a table, one row each."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from typing import BinaryIO

from kg.store import Queryable

COLUMNS = [
    "source",
    "article",
    "start",
    "text",
    "value",
    "min",
    "max",
    "unit",
    "bound",
    "per",
    "agents",
    "groups",
    "things",
    "programmes",
    "status",
    "modality",
    "quote",
]
_AMOUNTS = """
PREFIX hm: <https://w3id.org/huimin/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?measure ?amount ?source ?article ?start ?text ?value ?min ?max ?unit ?bound ?per ?status ?modality ?quote {
  ?measure a hm:Measure ; hm:amount ?amount ; hm:statedIn ?where ; hm:evidence/hm:quote ?quote .
  ?where hm:sourceFile ?source ; dcterms:title ?article .
  ?amount rdfs:label ?text ; hm:unit ?unit ; hm:bound ?bound ; hm:evidence/hm:start ?start .
  OPTIONAL { ?amount hm:value ?value } OPTIONAL { ?amount hm:minValue ?min } OPTIONAL { ?amount hm:maxValue ?max }
  OPTIONAL { ?measure hm:modality ?said . BIND(STRAFTER(STR(?said), "#") AS ?modality) }
  OPTIONAL { ?amount hm:per ?per } OPTIONAL { ?measure hm:status ?state . BIND(STRAFTER(STR(?state), "#") AS ?status) }
} ORDER BY ?source ?start ?text ?quote ?amount
"""
# Two plain questions and a join here are some hundred times as fast as one with groups of joined names.
_NAMES = """
PREFIX hm: <https://w3id.org/huimin/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?node ?slot ?name { VALUES ?slot { hm:agent hm:beneficiary hm:provides hm:programme hm:of } ?node ?slot ?filler . ?filler rdfs:label ?name }
"""


def amounts(store: Queryable, out: BinaryIO) -> None:
    """CSV (RFC 4180), UTF-8 with a byte order mark so that spreadsheets show Chinese."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in row] for row in rows(store))
    text.detach()


def rows(store: Queryable) -> Iterator[list[str]]:
    """The cells of each amount, under COLUMNS."""
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    for node, slot, name in store.query(_NAMES):
        names[node.value, slot.value.rpartition("#")[2]].append(name.value)
    for row in store.query(_AMOUNTS):
        measure, amount = row["measure"].value, row["amount"].value
        filled = {
            "agents": names.get((measure, "agent"), []),
            "groups": names.get((measure, "beneficiary"), []),
            "things": names.get((amount, "of"), []) + names.get((measure, "provides"), []),
            "programmes": names.get((measure, "programme"), []),
        }
        yield [
            "、".join(sorted(set(filled[name]))) if name in filled else row[name].value if row[name] is not None else ""
            for name in COLUMNS
        ]


def harmless(cell: str) -> str:
    """A cell that a spreadsheet will not run as a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
