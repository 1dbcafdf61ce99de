"""Readings as plain data, in the form `kg extract --json` prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kg import ontology
from kg.language.spans import Places
from kg.model import Article, Entity, Measure, Mention, Reading, Span
from kg.recognise.bodies import View
from kg.recognise.famous import find_famous


def as_json(source: str, readings: Sequence[Reading]) -> dict[str, Any]:
    """One document: its articles with mentions, measures and links; numbers as strings, offsets in the source.

    >>> from kg.reading import extract
    >>> found = as_json("t", extract("杭州市总工会投入80万元。"))
    >>> [m["value"] for m in found["articles"][0]["mentions"] if m["type"] == "Money"]
    ['800000']
    """
    return {"source": source, "articles": [_article(reading) for reading in readings]}


def _article(reading: Reading) -> dict[str, Any]:
    article = reading.article
    at = (min(article.offsets), max(article.offsets) + 1) if article.offsets else (0, 0)
    entity_of = {m: record.entity for record in reading.entities for m in record.mentions}
    return {
        "title": article.headline or article.title,
        "start": at[0],
        "end": at[1],
        "mentions": [
            _mention(reading, m, entity_of.get(m))
            for m in sorted([*named(reading.mentions), *outlets(article)], key=lambda m: (m.span.start, m.span.end))
        ],
        "measures": [_measure(reading, m) for m in reading.measures],
        "links": [
            {
                "subject": link.subject.name,
                "predicate": link.predicate,
                "object": link.object.name,
                "rule": link.rule,
                **_at(reading, link.span),
            }
            for link in reading.links
        ]
        + [
            {
                "subject": post.person.name,
                "predicate": "post",
                "object": post.organisation.name if post.organisation else None,
                "role": post.role,
                "rule": post.rule,
                **_at(reading, post.span),
            }
            for post in reading.posts
        ],
    }


def named(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions as a reader would mark them: no 该会, and of nested bodies the whole name alone.

    >>> from kg.reading import extract
    >>> [m.text for m in named(extract("全总法律工作部表示,该部将推进")[0].mentions)]
    ['全总法律工作部']
    """
    bodies = ontology.subclasses("Organisation")
    outer = Places(m for m in mentions if m.type in bodies)
    return [
        m
        for m in mentions
        if m.rule != "anaphor"
        and not (
            m.type in bodies
            and any(
                o.span != m.span and o.span.start <= m.span.start and m.span.end <= o.span.end
                for o in outer.overlapping(m.span)
            )
        )
    ]


def outlets(article: Article) -> list[Mention]:
    """The agencies and papers that by-lines name: mentions of the text, though nobody of the story.

    >>> from kg.reading import extract
    >>> [m.text for m in outlets(extract("新华社北京1月1日电 国务院今天发布通知。")[0].article)]
    ['新华社']
    """
    return [
        replace(m, span=Span(block.start + m.span.start, block.start + m.span.end), rule="by-line")
        for block in article.blocks
        if block.kind == "byline"
        for m in find_famous(View(article.text[block.start : block.end]))
    ]


def _at(reading: Reading, span: Span) -> dict[str, int]:
    at = reading.article.source_span(span)
    return {"start": at.start, "end": at.end}


def _mention(reading: Reading, mention: Mention, entity: Entity | None) -> dict[str, Any]:
    found: dict[str, Any] = {
        **_at(reading, mention.span),
        "text": reading.article.quote(mention.span),
        "type": mention.type,
        "rule": mention.rule,
        "entity": entity.name if entity else None,
    }
    amount = mention.amount
    if amount is not None:
        numbers = {"value": amount.value, "low": amount.low, "high": amount.high}
        found |= {"kind": amount.kind} | {k: None if n is None else f"{n:f}" for k, n in numbers.items()}
        found |= {"unit": amount.unit, "bound": amount.bound, "per": amount.per}
    return found


def _measure(reading: Reading, measure: Measure) -> dict[str, Any]:
    slots = ("agents", "partners", "beneficiaries", "provides", "programmes", "places")
    return {
        **_at(reading, measure.span),
        **{slot: [e.name for e in getattr(measure, slot)] for slot in slots},
        "amounts": [
            {
                "text": reading.article.quote(s.mention.span),
                "of": [e.name for e in s.of],
                **_at(reading, s.mention.span),
            }
            for s in measure.amounts
        ],
        "status": measure.status,
        "modality": measure.modality,
        "kind": measure.kind,
        "period": measure.period,
        "rule": measure.rule,
    }
