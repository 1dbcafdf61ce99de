"""Is the graph well formed, and do its quotes stand in the sources?"""

from __future__ import annotations

import io
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from kg import ontology, sources
from kg.check.finding import Finding
from kg.export.rdf import ntriples
from kg.model import LINE_BREAKS, Document
from kg.store import Store


def shapes(store: Store) -> Iterator[Finding]:
    """What does not conform to `ontology/shapes.ttl` (W3C SHACL section 3.6)."""
    import pyshacl
    from rdflib import SH, Graph

    written = io.BytesIO()
    ntriples(store, written)
    graph = Graph().parse(data=written.getvalue(), format="nt")
    folder = ontology.directory()
    shape_graph = Graph().parse(folder / "shapes.ttl")
    terms = Graph().parse(folder / "huimin.ttl")
    _, report, _ = pyshacl.validate(graph, shacl_graph=shape_graph, ont_graph=terms, inplace=True)
    found = set()
    for result in report.subjects(SH.resultSeverity, None):
        node = str(report.value(result, SH.focusNode))
        # a shape says it in several languages, in no order of its own
        message = min(report.objects(result, SH.resultMessage), key=lambda m: (m.language != "en", str(m)))
        passages = (node,) if "#char=" in node else ()
        found.add(Finding("shapes", "violation", str(message), (node,), passages))
    yield from sorted(found)


def _documents(folder: Path) -> Iterator[Document]:
    """The documents that the files under a folder hold; what cannot be read is none."""
    for path, source in sources.find([folder])[0]:
        yield from (item for item in sources.documents(path, source) if isinstance(item, Document))


def quotes(store: Store, folder: Path) -> Iterator[Finding]:
    """Passages whose quote is not what the source file under `folder` has there."""
    texts = {d.digest: d.text for d in _documents(folder)}
    query = files("kg.check").joinpath("passages.rq").read_text(encoding="utf-8")
    for passage, start, end, quote, digest in store.query(query):
        text = texts.get(digest.value)
        if text is None:
            continue  # the file is not there or has changed since: nothing to compare with
        stretch = LINE_BREAKS.sub("", text[int(start.value) : int(end.value)])
        if stretch != quote.value:
            message = f"the source has {stretch!r}, the graph {quote.value!r}"
            yield Finding("quotes", "violation", message, (passage.value,), (passage.value,))
