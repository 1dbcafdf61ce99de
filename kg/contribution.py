"""What one document contributes: its quads, what it tells other documents' sums, and its text.

A function of the document, of what was given for it and of this program; every engine maps it over documents.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg import sources
from kg.describe import Given, describe
from kg.model import Article, Document, Reading, Span
from kg.reading import read_document
from kg.store import key_of
from kg.tally import packed, tells


@dataclass(frozen=True, slots=True)
class Contribution:
    """A document's share of the graph, as bytes that go as they are to a store, a file or another process.

    `key` names the reading (`Store.readings`), `nquads` are its quads and `ntriples` the same for the union, sorted;
    `tells` is what it tells that other documents may tell, too (`kg.tally`); `laid` where the paragraphs of its `text` are.
    """

    source: str
    digest: str
    graph: str
    key: str
    nquads: bytes
    ntriples: bytes
    tells: str
    text: str
    laid: str


def contributions(
    piece: sources.Piece, given: Given, limit: int = sources.TEXT, heard: Callable[[float], object] = lambda share: None
) -> list[Contribution | sources.SourceError]:
    """What the documents of a piece contribute; in place of each that cannot be read, why.

    `heard` is told now and then how much has been read, from 0 to 1.
    """
    return list(_each(piece, given, limit, heard))


def _each(
    piece: sources.Piece, given: Given, limit: int, heard: Callable[[float], object]
) -> Iterator[Contribution | sources.SourceError]:
    for item in sources.read(piece, limit):
        if isinstance(item, sources.SourceError):
            yield item
        else:
            yield contribution(replace(item, place=given.place, date=given.date or None), heard)


def contribution(document: Document, heard: Callable[[float], object] = lambda share: None) -> Contribution:
    """What a document contributes."""
    readings = read_document(document, heard)
    graph = describe(document, readings)
    return Contribution(
        document.source,
        document.digest,
        graph.name,
        key_of(graph),
        "".join(graph.nquads()).encode("utf-8"),
        "".join(graph.ntriples()).encode("utf-8"),
        packed(tells(graph.statements)),
        document.text,
        json.dumps(_laid(readings)),
    )


def _laid(readings: Sequence[Reading]) -> dict[int, list[tuple[str, int, int]]]:
    return {reading.article.number: _paragraphs(reading.article) for reading in readings}


def _paragraphs(article: Article) -> list[tuple[str, int, int]]:
    """What each paragraph is (headline, body …), and where it stands in the document's text."""
    spans = ((block.kind, article.source_span(Span(block.start, block.end))) for block in article.blocks)
    return [(kind, span.start, span.end) for kind, span in spans]
