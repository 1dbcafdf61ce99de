"""Why a sentence is read as it is: words, mentions with what found each, the masked clauses, the rules that fired."""

from __future__ import annotations

from collections.abc import Iterator

from kg import rules
from kg.language.sentences import clauses, sentences
from kg.language.tokens import Engine, words
from kg.model import Candidate, Entity, Mention, Reading, Span, Stated
from kg.reading import extract

WEIGHED = -100  # of flows, times and wholes only those are shown that nearly came out


def explain(text: str, tokeniser: Engine = "rjieba") -> Iterator[str]:
    """The lines that account for the reading of a text.

    >>> lines = list(explain("市总工会投入80万元。"))
    >>> lines[0], lines[1]
    ('words    市|总工会|投入|80|万元|。', '   0–4    TradeUnion         市总工会   [level-body]')
    """
    for reading in extract(text):
        article = reading.article
        for block in article.blocks:
            for sentence in sentences(article.text, block.start, block.end):
                yield f"words    {'|'.join(words(article.text[sentence.start : sentence.end].strip(), tokeniser))}"
                yield from _mentions(reading, sentence)
                for clause in clauses(article.text, sentence):
                    yield from _clause(reading, clause)
        yield from _links(reading)


def _mentions(reading: Reading, sentence: Span) -> Iterator[str]:
    named = {m: record.entity.name for record in reading.entities for m in record.mentions}
    for m in reading.mentions:
        if sentence.start <= m.span.start < sentence.end:
            full = named.get(m, m.text)
            yield f"{m.span.start:4}–{m.span.end:<4} {m.type:18} {m.text}{f' = {full}' if full != m.text else ''}   [{m.rule}]"


def _clause(reading: Reading, clause: Span) -> Iterator[str]:
    inside = [m for m in reading.mentions if clause.start <= m.span.start and m.span.end <= clause.end]
    masked = rules.mask(reading.article.text, clause, inside)
    measures = [m for m in reading.measures if m.span == clause]
    fired = [(rule, match) for rule in rules.load("measures") for match in rule.find(masked)] if measures else []
    if measures:
        yield f"clause   {_readable(masked)}"
    for rule, match in fired:
        slots = "  ".join(f"{slot}={'、'.join(m.text for m in ms)}" for slot, ms in match.slots.items())
        yield f"rule     {rule.label}   {slots}"
    for measure in measures:
        yield "measure"
        how = f"   [{measure.agents_by}]" if measure.agents else ""
        for slot in ("agents", "partners", "beneficiaries", "provides", "programmes"):
            if names := "、".join(e.name for e in getattr(measure, slot)):
                yield f"    {slot:14}{names}{how if slot == 'agents' else ''}"
        yield from map(_candidate, measure.considered)
        for stated in measure.amounts:
            of = "、".join(e.name for e in stated.of)
            yield f"    amount        {stated.mention.text} of {of or '—'}{f'   [{stated.rule}]' if of else ''}"
            yield from _account(stated)
        said = f", modality {measure.modality}" if measure.modality else ""
        yield f"    status        {measure.status}{said}, kind {measure.kind or '—'}"


def _account(stated: Stated) -> Iterator[str]:
    """Which way a sum of money goes, how often, what contains it, and what was weighed for that."""
    if stated.flow:
        yield f"      flow        {stated.flow}"
    if stated.times:
        counts = " × ".join(m.text for m in stated.times_of)
        yield f"      times       {stated.times}{f' ({counts})' if counts else ''}"
    for name, other in (("in", stated.included_in), ("now", stated.replaced_by), ("same as", stated.same_as)):
        if other:
            yield f"      {name:12}{other.text} at {other.span.start}"
    for candidate in stated.considered:
        if candidate.score > WEIGHED and candidate.score:
            yield _candidate(candidate)


def _candidate(candidate: Candidate) -> str:
    names = "、".join(_name(filler) for filler in candidate.filler) or "nobody"
    return f"      {candidate.slot:12}{names} {candidate.score:+}   [{candidate.principle}]"


def _name(filler: Entity | Mention | str) -> str:
    return filler.name if isinstance(filler, Entity) else filler.text if isinstance(filler, Mention) else filler


def _links(reading: Reading) -> Iterator[str]:
    for link in reading.links:
        yield f"link     {link.subject.name} {link.predicate} {link.object.name}   [{link.rule}]"
    for post in reading.posts:
        where = post.organisation.name if post.organisation else "—"
        yield f"post     {post.person.name}, {post.role}, {where}   [{post.rule}]"


def _readable(masked: rules.Masked) -> str:
    """The masked clause with each mention's class in place of its private-use character."""
    return "".join(_class(masked.mentions.get(i), ch) for i, ch in enumerate(masked.text)).strip()


def _class(mention: Mention | None, ch: str) -> str:
    return f"⟨{mention.type}⟩" if mention else ch
