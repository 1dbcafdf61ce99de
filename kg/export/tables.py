"""The amounts as a table, one row each."""

from __future__ import annotations

import csv
import io
from typing import BinaryIO

from kg.store import Store

_BETWEEN = "\x1f"  # the unit separator, which no name contains
_AMOUNTS = """
PREFIX hm: <https://w3id.org/huimin/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?source ?article ?start ?text ?value ?min ?max ?unit ?bound ?per
       (GROUP_CONCAT(DISTINCT ?who; separator="\u001f") AS ?agents)
       (GROUP_CONCAT(DISTINCT ?whom; separator="\u001f") AS ?groups)
       (GROUP_CONCAT(DISTINCT ?what; separator="\u001f") AS ?things)
       (GROUP_CONCAT(DISTINCT ?under; separator="\u001f") AS ?programmes)
       ?status ?quote WHERE {
  ?m a hm:Measure ; hm:amount ?a ; hm:statedIn ?art ; hm:evidence/hm:quote ?quote .
  ?art hm:sourceFile ?source ; dcterms:title ?article .
  ?a rdfs:label ?text ; hm:unit ?unit ; hm:bound ?bound ; hm:evidence/hm:start ?start .
  OPTIONAL { ?a hm:value ?value } OPTIONAL { ?a hm:minValue ?min } OPTIONAL { ?a hm:maxValue ?max }
  OPTIONAL { ?a hm:per ?per } OPTIONAL { ?m hm:status ?state . BIND(STRAFTER(STR(?state), "#") AS ?status) }
  OPTIONAL { ?m hm:agent/rdfs:label ?who } OPTIONAL { ?m hm:beneficiary/rdfs:label ?whom }
  OPTIONAL { ?m hm:programme/rdfs:label ?under }
  OPTIONAL { { ?a hm:of/rdfs:label ?what } UNION { ?m hm:provides/rdfs:label ?what } }
} GROUP BY ?source ?article ?start ?text ?value ?min ?max ?unit ?bound ?per ?status ?quote
ORDER BY ?source ?start ?text ?quote
"""


def amounts(store: Store, out: BinaryIO) -> None:
    """CSV (RFC 4180), UTF-8 with a byte order mark so that spreadsheets show Chinese."""
    result = store.query(_AMOUNTS)
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([v.value for v in result.variables])
    for row in result:
        writer.writerow(["" if cell is None else _harmless(_ordered(cell.value)) for cell in row])
    text.detach()


def _ordered(cell: str) -> str:
    """GROUP_CONCAT promises no order; the table does."""
    return "、".join(sorted(cell.split(_BETWEEN)))


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet will not run as a formula."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" else cell
