"""What was understood of a document as RDF: one named graph, no blank nodes, every IRI from content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kg import ontology
from kg.iris import safe
from kg.model import Amount, Article, Document, Entity, Link, Measure, Mention, Post, Reading, Span, Stated
from kg.naming import is_common, is_placeless
from kg.ontology import BASE, term
from kg.program import version
from kg.rdf import RDF_TYPE, NamedGraph, Statement, literal, ref

_FAMILIES = {
    "Organisation": "organisation",
    "Programme": "programme",
    "Group": "group",
    "Item": "item",
    "Place": "place",
    "Person": "person",
}
_SLOTS = (
    ("agent", "agents"),
    ("partner", "partners"),
    ("beneficiary", "beneficiaries"),
    ("provides", "provides"),
    ("programme", "programmes"),
    ("place", "places"),
)
_CLASSES = {"money": "Money", "count": "Count", "percent": "Percentage", "duration": "Duration"}
EACH = "各"  # what a sum is per that each of several gets, nobody knows how many
_STATUS_ZH = {"planned": "计划", "underway": "进行中", "done": "已完成"}


_MODALITY_ZH = {"Negated": "否定", "Conditional": "有条件", "Alleged": "未经证实"}


@dataclass(frozen=True, slots=True)
class Given:
    """What a build was told of its documents, for those that do not say: where, and when."""

    place: str = ""
    date: str = ""

    def stated(self) -> tuple[tuple[str, str], ...]:
        """The properties that say so, with their values.

        >>> Given("连云港市").stated()
        (('givenPlace', '连云港市'),)
        """
        return tuple((name, value) for name, value in (("givenPlace", self.place), ("givenDate", self.date)) if value)


def describe(document: Document, readings: Sequence[Reading], base: str = BASE) -> NamedGraph:
    """All that a document states, in the graph named by its digest."""
    triples = _Describer(document, base)
    triples.activity(readings)
    for reading in readings:
        triples.reading(reading)
    # as lines of N-Quads are sorted: a blank is less than whatever else an IRI or a literal goes on with
    return NamedGraph(graph_of(document.digest, base), tuple(sorted(triples.found, key=" ".join)))


def graph_of(digest: str, base: str = BASE) -> str:
    """The name of a document's graph."""
    return f"{base}document/{digest}"


def software_of(base: str = BASE) -> str:
    """The program that reads, down to its lexicons: another one reads a document anew."""
    return f"{base}software/huimin-{version()}"


class _Describer:
    """Collects the triples of one document."""

    def __init__(self, document: Document, base: str) -> None:
        self.found: set[Statement] = set()
        self._document = document
        self._base = base
        self._short = document.digest[:16]
        self._iris: dict[Entity, str] = {}  # of what the article in hand names
        self._codes: dict[Entity, str | None] = {}  # of its places
        self._organisers: dict[Entity, Entity] = {}  # of its programmes
        self._amounts: dict[int, str] = {}  # its amounts by where they stand; of one in two measures the first

    def add(self, subject: str, predicate: str, value: str) -> None:
        """One statement, the predicate by its name in the ontology."""
        self.found.add(Statement(f"<{subject}>", _term(predicate), value))

    def activity(self, readings: Sequence[Reading]) -> None:
        """Which version of the program read the document."""
        activity, software = f"{self._base}activity/{self._short}", software_of(self._base)
        self.add(activity, "rdf:type", _term("prov:Activity"))
        self.add(activity, "prov:wasAssociatedWith", ref(software))
        self.add(software, "rdf:type", _term("prov:SoftwareAgent"))
        self.add(software, "rdfs:label", literal(f"huimin {version()}", "en"))
        self.add(software, "schema:softwareVersion", literal(version()))
        for reading in readings:
            self.add(self.article(reading.article), "prov:wasGeneratedBy", ref(activity))

    def article(self, article: Article) -> str:
        """The IRI of an article."""
        return f"{self._base}article/{self._short}-{article.number}"

    def reading(self, reading: Reading) -> None:
        """An article with all that it says."""
        article = reading.article
        node = self.article(article)
        self._iris.clear()
        self._codes = {record.entity: record.code for record in reading.entities}
        self._organisers = organisers(reading)
        self.add(node, "rdf:type", _term("Article"))
        self.add(node, "dcterms:title", literal(article.headline or article.title, "zh"))
        self.add(node, "sourceFile", literal(self._document.source))
        self.add(node, "sourceDigest", literal(self._document.digest))
        for name, value in Given(self._document.place, self._document.date or "").stated():
            self.add(node, name, _day(value) if name == "givenDate" else literal(value, "zh"))
        if article.publisher:
            self.add(node, "dcterms:publisher", literal(article.publisher, "zh"))
        if self._document.meta.address:
            self.add(node, "dcterms:source", ref(self._document.meta.address))
        for creator in article.creators:
            self.add(node, "dcterms:creator", literal(creator))
        if article.date:
            self.add(node, "dcterms:date", _day(article.date))
        for entity in _entities(reading):
            self._named(article, entity)
        for record in reading.entities:
            iri = self.entity(article, record.entity)
            written = (article.quote(m.span) for m in record.mentions) if article.traditional else ()
            for alias in dict.fromkeys((*record.aliases, *written)):
                if alias != record.entity.name:
                    self.add(iri, "skos:altLabel", literal(alias, "zh"))
            for mention in record.mentions:
                self.add(iri, "evidence", self.passage(article, mention.span, mention.rule))
            if record.code and record.code.isdigit():  # a district of Taipei has none in GB/T 2260
                self.add(iri, "dcterms:identifier", literal(record.code))
        self._amounts = {
            stated.mention.span.start: _amount_of(article, self._measure_iri(article, measure, k), stated.mention)
            for k, measure in reversed(list(_numbered(reading.measures)))
            for stated in measure.amounts
        }
        for k, measure in _numbered(reading.measures):
            self.measure(article, measure, k)
        for link in reading.links:
            self._link(article, link)
        for post in reading.posts:
            self._post(article, post)

    def entity(self, article: Article, entity: Entity) -> str:
        """The IRI of an entity; namesakes are told apart: people by article, districts and counties by code.

        Seven cities have a 鼓楼区; the names of provinces and prefectures (codes under six digits) are their own.
        A body whose name does not say where it is, is the article's own; “送清凉” is its organiser's.
        """
        found = self._iris.get(entity)
        if found is None:
            found = self._iris[entity] = self._iri(article, entity)
        return found

    def _iri(self, article: Article, entity: Entity) -> str:
        family = next(f for f in _FAMILIES if entity.type in ontology.subclasses(f))
        story = ""
        if family == "Person" or (family == "Organisation" and is_placeless(entity.name)):
            story = f"{self._short}-{article.number}/"
        elif family == "Programme" and is_common(entity.name):
            organiser = self._organisers.get(entity)
            named = organiser is not None and not is_placeless(organiser.name)
            story = f"{safe(organiser.name)}/" if organiser and named else f"{self._short}-{article.number}/"
        code = self._codes.get(entity) or ""
        return f"{self._base}{_FAMILIES[family]}/{story}{safe(entity.name)}" + (f"-{code}" if len(code) > 4 else "")

    def _named(self, article: Article, entity: Entity) -> None:
        iri = self.entity(article, entity)
        self.add(iri, "mentionedIn", ref(self.article(article)))
        for name in ontology.superclasses(entity.type):
            self.add(iri, "rdf:type", _term(name))
        self.add(iri, "rdfs:label", literal(entity.name, "zh"))

    def passage(self, article: Article, span: Span, rule: str) -> str:
        """A stretch of the source (RFC 5147 section 2.2.1), described."""
        at = article.source_span(span)
        iri = f"{self.article(article)}#char={at.start},{at.end}"
        self.add(iri, "rdf:type", _term("Passage"))
        self.add(iri, "start", _integer(at.start))
        self.add(iri, "end", _integer(at.end))
        self.add(iri, "quote", literal(article.quote(span)))
        self.add(iri, "inArticle", ref(self.article(article)))
        self.add(iri, "rule", literal(rule))
        return ref(iri)

    def _measure_iri(self, article: Article, measure: Measure, k: int) -> str:
        at = article.source_span(measure.span)
        return f"{self._base}measure/{self._short}-{article.number}-{at.start}-{at.end}" + (f"-{k}" if k else "")

    def measure(self, article: Article, measure: Measure, k: int) -> None:
        """A measure with its amounts; `k` tells apart those of one stretch."""
        iri = self._measure_iri(article, measure, k)
        self.add(iri, "rdf:type", _term("Measure"))
        self.add(iri, "rdfs:label", literal(sentence(article, measure), "zh"))
        self.add(iri, "statedIn", ref(self.article(article)))
        self.add(iri, "evidence", self.passage(article, measure.span, measure.rule))
        for name, slot in _SLOTS:
            for entity in getattr(measure, slot):
                self.add(iri, name, ref(self.entity(article, entity)))
        if measure.status:
            self.add(iri, "status", _term(measure.status.capitalize()))
        if measure.modality:
            self.add(iri, "modality", _term(measure.modality))
        if measure.kind:
            self.add(iri, "kind", _term(measure.kind))
        if measure.period:
            self.add(iri, "period", literal(measure.period))
        for name, day in (("start", measure.start), ("end", measure.end)):
            if day:
                self.add(iri, name, _day(day))
        for stated in measure.amounts:
            self._amount(article, iri, stated)

    def _amount(self, article: Article, measure: str, stated: Stated) -> None:
        mention, amount = stated.mention, stated.mention.amount
        if amount is None:
            raise ValueError(f"a stated amount without its value: {mention.text!r}")
        iri = _amount_of(article, measure, mention)
        self.add(measure, "amount", ref(iri))
        for name in ("Amount", _CLASSES[amount.kind]):
            self.add(iri, "rdf:type", _term(name))
        self.add(iri, "rdfs:label", literal(article.quote(mention.span), "zh"))
        self.add(iri, "unit", literal(amount.unit))
        self.add(iri, "bound", literal(amount.bound))
        for name, number in _numbers(amount):
            self.add(iri, name, decimal(number))
        if amount.per or stated.each:
            self.add(iri, "per", literal(amount.per or EACH))
        for entity in stated.of:
            self.add(iri, "of", ref(self.entity(article, entity)))
        self.add(iri, "evidence", self.passage(article, mention.span, mention.rule))
        self._account(iri, stated)

    def _account(self, iri: str, stated: Stated) -> None:
        """Which way a sum goes, how many get it, and the sums that contain it, took its place or tell it, too."""
        if stated.flow:
            self.add(iri, "flow", _term(stated.flow))
        if stated.times:
            self.add(iri, "times", decimal(stated.times))
        others = {
            "timesOf": stated.times_of,
            "includedIn": (stated.included_in,),
            "replacedBy": (stated.replaced_by,),
            "sameSum": (stated.same_as,),
        }
        for name, mentions in others.items():
            for mention in mentions:
                if mention is not None:
                    self.add(iri, name, ref(self._amounts[mention.span.start]))

    def _link(self, article: Article, link: Link) -> None:
        subject, obj = self.entity(article, link.subject), self.entity(article, link.object)
        self.add(subject, link.predicate, ref(obj))
        at = article.source_span(link.span)
        key = f"{link.predicate}-{subject.removeprefix(self._base)}-{obj.removeprefix(self._base)}"
        iri = f"{self._base}statement/{self._short}-{article.number}-{at.start}-{at.end}/{safe(key)}"
        self.add(iri, "rdf:type", _term("rdf:Statement"))
        self.add(iri, "rdf:subject", ref(subject))
        self.add(iri, "rdf:predicate", _term(link.predicate))
        self.add(iri, "rdf:object", ref(obj))
        self.add(iri, "evidence", self.passage(article, link.span, link.rule))

    def _post(self, article: Article, post: Post) -> None:
        where = safe(post.organisation.name) if post.organisation else ""
        story = f"{self._short}-{article.number}"
        iri = f"{self._base}membership/{story}/{safe(post.person.name)}/{where}/{safe(post.role)}"
        role = f"{self._base}role/{safe(post.role)}"
        self.add(iri, "rdf:type", _term("org:Membership"))
        self.add(iri, "org:member", ref(self.entity(article, post.person)))
        if post.organisation:
            self.add(iri, "org:organization", ref(self.entity(article, post.organisation)))
        self.add(iri, "org:role", ref(role))
        self.add(role, "rdf:type", _term("org:Role"))
        self.add(role, "rdfs:label", literal(post.role, "zh"))
        self.add(iri, "evidence", self.passage(article, post.span, post.rule))


def organisers(reading: Reading) -> dict[Entity, Entity]:
    """Of each programme the body that holds or issues it, else the first that does something under it."""
    held = [(li.object, li.subject) for li in reading.links if li.predicate in ("organises", "issues")]
    under = [(p, a) for m in reading.measures for p in m.programmes for a in m.agents]
    bodies = ontology.subclasses("Organisation")
    return {programme: body for programme, body in reversed([*held, *under]) if body.type in bodies}


def sentence(article: Article, measure: Measure) -> str:
    """A measure as a sentence a person can read: who, for whom, what, how much."""
    parts = ["、".join(e.name for e in measure.agents)]
    if measure.beneficiaries:
        parts.append("向 " + "、".join(e.name for e in measure.beneficiaries))
    things = dict.fromkeys([e.name for e in measure.provides] or [e.name for s in measure.amounts for e in s.of])
    if things:
        parts.append("、".join(things))
    parts.extend(article.quote(s.mention.span) for s in measure.amounts)
    told = [_STATUS_ZH[measure.status]] if measure.status else []
    told += [_MODALITY_ZH[measure.modality]] if measure.modality else []
    if told:
        parts.append(f"({'、'.join(told)})")
    return " ".join(p for p in parts if p)


def _amount_of(article: Article, measure: str, mention: Mention) -> str:
    """The IRI of an amount of a measure."""
    return f"{measure}/amount/{article.source_span(mention.span).start}"


def _numbers(amount: Amount) -> Iterable[tuple[str, Decimal]]:
    for name, number in (("value", amount.value), ("minValue", amount.low), ("maxValue", amount.high)):
        if number is not None and not (name == "value" and amount.bound == "range"):
            yield name, number


def _entities(reading: Reading) -> set[Entity]:
    """Every entity of an article, those too that only a measure, a link or a post leads to."""
    found = {record.entity for record in reading.entities}
    for measure in reading.measures:
        found.update(entity for _, slot in _SLOTS for entity in getattr(measure, slot))
        found.update(entity for stated in measure.amounts for entity in stated.of)
    for link in reading.links:
        found.update((link.subject, link.object))
    for post in reading.posts:
        found.update(entity for entity in (post.person, post.organisation) if entity is not None)
    return found


def _numbered(measures: Iterable[Measure]) -> Iterable[tuple[int, Measure]]:
    seen: dict[Span, int] = {}
    for measure in measures:
        k = seen.get(measure.span, 0)
        seen[measure.span] = k + 1
        yield k, measure


@cache
def _term(name: str) -> str:
    """A term of the ontology, or the class that `a` stands for."""
    return RDF_TYPE if name == "rdf:type" else ref(term(name))


def _day(text: str) -> str:
    """A date, a month or a year, by how much of it is given.

    >>> _day("2024-03")
    '"2024-03"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    """
    kind = {4: "gYear", 7: "gYearMonth", 10: "date"}.get(len(text))
    if kind is None:
        raise ValueError(f"neither a date, a month nor a year: {text!r}")
    return literal(text, datatype=kind)


def decimal(number: Decimal) -> str:
    """A number as a store gives it back: without the zeros that say nothing (XML Schema 1.1 part 2, 3.3.3).

    >>> decimal(Decimal("2.50"))[:5], decimal(Decimal("8E+5"))[:8]
    ('"2.5"', '"800000"')
    """
    text = f"{number:f}"
    return literal(text.rstrip("0").rstrip(".") if "." in text else text, datatype="decimal")


def _integer(number: int) -> str:
    return literal(str(number), datatype="integer")
