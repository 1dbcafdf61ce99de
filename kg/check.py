"""The graph checks itself: SHACL shapes, and every quote against its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg import ontology, sources
from kg.export.rdf import ntriples
from kg.model import LINE_BREAKS
from kg.store import Store

_QUOTES = """
PREFIX hm: <https://w3id.org/huimin/ontology#>
SELECT ?passage ?start ?end ?quote ?source ?digest WHERE {
  ?passage a hm:Passage ; hm:start ?start ; hm:end ?end ; hm:quote ?quote ; hm:inArticle ?article .
  ?article hm:sourceFile ?source ; hm:sourceDigest ?digest .
} ORDER BY ?passage ?source
"""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something wrong: what kind of check found it, at which node, and what it is."""

    check: str
    node: str
    message: str


def shapes(store: Store) -> Iterator[Finding]:
    """What does not conform to `ontology/shapes.ttl` (W3C SHACL section 3.6)."""
    import pyshacl
    from rdflib import SH, Graph

    graph = Graph().parse(data=ntriples(store), format="nt")
    folder = ontology.directory()
    shape_graph = Graph().parse(folder / "shapes.ttl")
    terms = Graph().parse(folder / "huimin.ttl")
    _, report, _ = pyshacl.validate(graph, shacl_graph=shape_graph, ont_graph=terms, inplace=True)
    found = set()
    for result in report.subjects(SH.resultSeverity, None):
        node = report.value(result, SH.focusNode)
        # a shape says it in several languages, in no order of its own
        message = min(report.objects(result, SH.resultMessage), key=lambda m: (m.language != "en", str(m)))
        found.add(Finding("shapes", str(node), str(message)))
    yield from sorted(found)


def quotes(store: Store, folder: Path) -> Iterator[Finding]:
    """Passages whose quote is not what the source file under `folder` has there."""
    texts: dict[str, tuple[str, str] | None] = {}
    for passage, start, end, quote, source, digest in store.query(_QUOTES):
        if source.value not in texts:
            path = folder / source.value
            read = sources.read(path, source.value) if path.is_file() else None
            texts[source.value] = (read.text, read.digest) if read else None
        held = texts[source.value]
        if held is None or held[1] != digest.value:
            continue  # the file is not there or has changed since: nothing to compare with
        stretch = LINE_BREAKS.sub("", held[0][int(start.value) : int(end.value)])
        if stretch != quote.value:
            yield Finding("quotes", passage.value, f"the source has {stretch!r}, the graph {quote.value!r}")
