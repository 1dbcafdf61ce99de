"""The types every room shares; nothing here imports from `kg`.

Coordinates.  A source file is decoded into `Document.text`; the sentences of an article may be broken there
by column breaks.  `Article.text` is the same material with those breaks taken out and with full-width
punctuation, digits and letters folded one to one.  Mentions, measures and links count code points of
`Article.text`; `Article.source_span` leads back to the file, which is what evidence is made of.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

Kind = Literal["money", "count", "percent", "duration"]
Bound = Literal["exact", "min", "max", "about", "range"]
Status = Literal["planned", "underway", "done"]
Modality = Literal["Negated", "Conditional", "Alleged"]
Flow = Literal["Outlay", "Waiver", "Loan", "Receipt", "Turnover", "Price", "Stock"]
BlockKind = Literal["headline", "subhead", "byline", "body", "caption", "box"]

LINE_BREAKS = re.compile(r"[\r\n]+")


class Span(NamedTuple):  # made by the hundred thousand: a tuple takes a third of the time of a frozen dataclass
    """A half-open stretch of code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Do the two share a code point?

        >>> Span(0, 3).overlaps(Span(2, 5)), Span(0, 3).overlaps(Span(3, 5))
        (True, False)
        """
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Meta:
    """What a document says of itself beside its text: a page's metadata, a row's other columns; empty where nothing does.

    `date` is ISO 8601, `address` an http or https IRI; with a `title` the document is one story.
    """

    title: str = ""
    date: str | None = None
    publisher: str = ""
    creators: tuple[str, ...] = ()
    address: str = ""
    place: str = ""


NO_META = Meta()


@dataclass(frozen=True, slots=True)
class Document:
    """A file, or a part of one, as read: its path relative to what was given, its text, the sha-256 of its bytes.

    `place` and `date` are where its bodies are and when it was told if nothing in it says so, as the reader knows them.
    """

    source: str
    text: str
    digest: str
    encoding: str = "utf-8"
    place: str = ""
    date: str | None = None
    meta: Meta = NO_META


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like part of an article, `start`/`end` in `Article.text`."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One story of a document.

    `text` holds the blocks in reading order, joined by single line feeds; `offsets[i]` is the place in
    `Document.text` of code point `i` of `text` (for a line feed between blocks: of the end of the block
    before it).  `number` counts the articles of the document from 1.  A document in traditional characters has
    simplified ones in `text` and `title`; `headline` is as it writes it, and so is who signed it.
    """

    document: Document = field(repr=False)
    number: int
    title: str
    text: str
    offsets: tuple[int, ...] = field(repr=False)
    blocks: tuple[Block, ...]
    creators: tuple[str, ...] = ()
    date: str | None = None
    publisher: str = ""
    headline: str = ""
    traditional: bool = False

    def block_at(self, place: int) -> Block:
        """The block that a place of the text lies in; of a line feed between two, the one before it."""
        return self.blocks[max(0, bisect_right(self.blocks, place, key=lambda block: block.start) - 1)]

    def source_span(self, span: Span) -> Span:
        """The same stretch in `Document.text`; an empty span is an error."""
        if not 0 <= span.start < span.end <= len(self.text):
            raise ValueError(f"no such span in article {self.number}: {span}")
        return Span(self.offsets[span.start], self.offsets[span.end - 1] + 1)

    def quote(self, span: Span) -> str:
        """The stretch as the source has it, line breaks taken out."""
        at = self.source_span(span)
        return LINE_BREAKS.sub("", self.document.text[at.start : at.end])


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity: `value` unless it is a range, `low`/`high` where the bound says so.

    `unit` is ISO 4217 for money, `%` for percentages, else the measure word as written; `per` names what
    it is per (`人`, `年`, `人月` …).
    """

    kind: Kind
    value: Decimal | None
    unit: str
    bound: Bound = "exact"
    low: Decimal | None = None
    high: Decimal | None = None
    per: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of an article that names something: `type` is a class name of the ontology, or `Date`/`Post`.

    `name` is the canonical surface (quotation marks kept as the name's own, modifiers of count left out);
    `rule` says what found it.
    """

    type: str
    span: Span
    text: str
    rule: str
    name: str = ""
    amount: Amount | None = None

    def __hash__(self) -> int:
        return hash((self.span, self.type))  # of all fields it would take longer than what is looked up by it


class Entity(NamedTuple):
    """Something named, the same wherever this document names it: class name and full name."""

    type: str
    name: str


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """What an article says of an entity: its other names there, its mentions, and a place's code."""

    entity: Entity
    aliases: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    code: str | None = None


class Candidate(NamedTuple):
    """What may fill a slot, the principle that proposes it, and what speaks for it in all.

    The filler are entities, mentions of amounts, or the name of a concept; it is empty where nothing fills the slot.
    """

    filler: tuple[Entity | Mention | str, ...]
    principle: str
    score: int
    slot: str


@dataclass(frozen=True, slots=True)
class Stated:
    """An amount in a measure: the mention that says it, what it counts or pays for, and which principle told.

    Of money also: which way it goes (`flow`), the amount that contains it, how many get it each (`times`) and the counts
    that say so, or that it is for `each` of nobody knows how many, the amount that took its place, and the amount that tells the same sum; `considered` are the
    candidates where there was a choice.
    """

    mention: Mention
    of: tuple[Entity, ...] = ()
    rule: str = ""
    flow: Flow | None = None
    included_in: Mention | None = None
    times: Decimal | None = None
    each: bool = False
    times_of: tuple[Mention, ...] = ()
    replaced_by: Mention | None = None
    same_as: Mention | None = None
    considered: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is done or promised.

    `span` is the clause that tells it, `rule` what related it, `agents_by` how its agents are known; `modality` is
    None where it is plainly told; `considered` are the candidates for its agents where there was a choice.
    """

    span: Span
    rule: str
    agents_by: str = ""
    considered: tuple[Candidate, ...] = ()
    agents: tuple[Entity, ...] = ()
    partners: tuple[Entity, ...] = ()
    beneficiaries: tuple[Entity, ...] = ()
    provides: tuple[Entity, ...] = ()
    amounts: tuple[Stated, ...] = ()
    programmes: tuple[Entity, ...] = ()
    places: tuple[Entity, ...] = ()
    status: Status | None = None
    modality: Modality | None = None
    kind: str | None = None
    period: str | None = None
    start: str | None = None
    end: str | None = None

    def weighed(self, slot: str) -> bool:
        """Was there a choice of what fills a slot, as nothing in the clause tells it?"""
        return any(candidate.slot == slot for candidate in self.considered)


@dataclass(frozen=True, slots=True)
class Link:
    """A direct relation, `predicate` the ontology's property name (`issues`, `subOrganizationOf` …)."""

    subject: Entity
    predicate: str
    object: Entity
    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Post:
    """A person's role in an organisation (or in none that the text names)."""

    person: Entity
    organisation: Entity | None
    role: str
    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was understood of one article."""

    article: Article
    mentions: tuple[Mention, ...]
    entities: tuple[EntityRecord, ...]
    measures: tuple[Measure, ...] = ()
    links: tuple[Link, ...] = ()
    posts: tuple[Post, ...] = ()
