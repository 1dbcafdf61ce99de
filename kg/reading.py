"""A document, or a text, into what was understood of each of its articles."""

from __future__ import annotations

import hashlib

from kg.layout import lay_out
from kg.model import Article, Document, Entity, Mention, Post, Reading
from kg.recognise import recognise
from kg.relate import links, measures
from kg.resolve import resolve


def extract(text: str, source: str = "text") -> tuple[Reading, ...]:
    """What a text says, article by article.

    >>> [m.amounts[0].mention.text for r in extract("杭州市总工会投入80万元。") for m in r.measures]
    ['80万元']
    """
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return read_document(Document(source, text, digest))


def read_document(document: Document) -> tuple[Reading, ...]:
    """The readings of a document's articles, in order: a function of the document alone."""
    return tuple(read_article(article) for article in lay_out(document))


def read_article(article: Article) -> Reading:
    """Recognise, resolve and relate one article."""
    found, held = recognise(article)
    records = resolve(article, found)
    entity_of: dict[Mention, Entity] = {m: record.entity for record in records for m in record.mentions}
    mentions = tuple(sorted({*found, *entity_of}, key=lambda m: (m.span.start, -m.span.end, m.type)))
    posts = tuple(
        Post(entity_of[person], entity_of.get(body) if body else None, role, span, "post before name")
        for person, body, role, span in held
        if person in entity_of
    )
    related = measures(article, mentions, entity_of)
    told = links(article, mentions, entity_of, related.links)
    return Reading(article, mentions, (*records, *related.items), related.measures, told, posts)
