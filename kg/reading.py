"""A document, or a text, into what was understood of each of its articles."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import partial

from kg.account import account
from kg.language.characters import whole
from kg.language.spans import Places
from kg.layout import lay_out
from kg.model import Article, Document, Entity, EntityRecord, Measure, Mention, Post, Reading
from kg.ontology import subclasses
from kg.recognise import recognise
from kg.relate import links, measures
from kg.resolve import SKIPPED, resolve

Heard = Callable[[float], object]
_RECOGNISED = 0.5  # of the time that an article takes, half has gone when all names and amounts are found


def extract(text: str, source: str = "text") -> tuple[Reading, ...]:
    """What a text says, article by article.

    >>> [m.amounts[0].mention.text for r in extract("杭州市总工会投入80万元。") for m in r.measures]
    ['80万元']
    """
    text = whole(text)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return read_document(Document(source, text, digest))


def read_document(document: Document, heard: Heard = lambda share: None) -> tuple[Reading, ...]:
    """The readings of a document's articles, in order: a function of the document alone.

    `heard` is told now and then how much of the document has been read, from 0 to 1.
    """
    articles = lay_out(document)
    whole = sum(len(article.text) for article in articles)
    found: list[Reading] = []
    before = 0
    for article in articles:
        found.append(read_article(article, partial(_told, heard, before, len(article.text), whole)))
        before += len(article.text)
    return tuple(found)


def _told(heard: Heard, before: int, length: int, whole: int, share: float) -> None:
    heard((before + share * length) / whole)


def read_article(article: Article, heard: Heard = lambda share: None) -> Reading:
    """Recognise, resolve and relate one article."""
    found, held = recognise(article)
    heard(_RECOGNISED)
    records = resolve(article, found)
    end = max(1, len(article.text))
    entity_of: dict[Mention, Entity] = {m: record.entity for record in records for m in record.mentions}
    kept = (m for m in found if m in entity_of or m.type in SKIPPED)
    mentions = tuple(sorted({*kept, *entity_of}, key=lambda m: (m.span.start, -m.span.end, m.type)))
    posts = tuple(
        Post(entity_of[person], entity_of.get(body) if body else None, role, span, "post before name")
        for person, body, role, span in held
        if person in entity_of
    )
    related = measures(article, mentions, entity_of, lambda at: heard(_RECOGNISED + (1 - _RECOGNISED) * at / end))
    told = links(article, mentions, entity_of, related.links)
    accounted = account(related.stage, related.measures)
    idle = [*_bystanders(records, accounted), *_in_posts(records, posts, accounted)]
    gone = {m for record in idle for m in record.mentions}
    named = (*(r for r in records if r not in idle), *related.items) if idle else (*records, *related.items)
    return Reading(article, tuple(m for m in mentions if m not in gone), named, accounted, told, posts)


def _in_posts(records: Sequence[EntityRecord], posts: Sequence[Post], told: Sequence[Measure]) -> list[EntityRecord]:
    """Those groups that are only what somebody is (出租车司机|覃贵荣), and neither give nor get nor are counted."""
    busy = {entity for m in told for entity in (*m.agents, *m.beneficiaries, *(e for s in m.amounts for e in s.of))}
    groups = (r for r in records if r.entity.type in subclasses("Group") and r.mentions and r.entity not in busy)
    held = Places(posts)
    return [r for r in groups if all(held.touch(m.span) for m in r.mentions)]


def _bystanders(records: Sequence[EntityRecord], told: Sequence[Measure]) -> list[EntityRecord]:
    """Those people without a post who neither give nor get anything."""
    busy = {entity for m in told for entity in (*m.agents, *m.beneficiaries)}
    plain = (r for r in records if r.mentions and all(m.rule == "citizen" for m in r.mentions))
    return [r for r in plain if r.entity not in busy]
