"""Direct relations: what the rules under `rules/links` find, and what names say by themselves.

衡水市总工会 联合 市人社局、市妇联 共同举办 “春风送岗”招聘会        同时 印发 《…通知》
└ subject ─┘      └ partners ──┘ └ verb ┘ └ object ──────┘        └ subject carried on from before
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache

from kg import ontology, rules
from kg.language.sentences import sentences
from kg.language.spans import Places, Row
from kg.model import Article, Entity, Link, Mention, Span
from kg.relate.parts import parts
from kg.relate.runs import Bodies
from kg.relate.taxonomy import taxonomy
from kg.rules import Match

_JOINTLY = ("联合", "共同", "携手", "会同", "联手", "合力")
_PUBLIC = frozenset({"TradeUnion", "PublicBody", "Institution"})
_OBJECTS = {
    "issues": "PolicyDocument",
    "organises": "Programme",
    "partneredWith": "Organisation",
    "partOf": "Programme",
}
# Whose product what ends so is: “吉牛贷” is a bank's, “高温指数保险” an insurer's.
_MAKERS = {
    "贷": ("银行", "农商行", "信用社", "信用联社", "支行", "分行"),
    "险": ("保险", "财险", "人寿", "产险", "保险公司", "支公司", "人保", "保险股份有限公司"),
}
_CLAUSE = 60  # characters before what is told where its subject may stand
_SPENT = "programme of the measure"
_DOCUMENT = ("方案", "办法", "意见", "通知", "措施", "政策", "文件", "规划", "细则")
_ANAPHOR = re.compile(
    r"(?:这项|该项|此项|这一|该|此次|本次|这次)(?:竞赛|活动|行动|项目|工程|计划|比赛|赛事|大赛|服务|招聘会|基金|"
    + "|".join(_DOCUMENT)
    + r")(?![一-鿿]{0,2}[者员组])|(?<![一-鿿])(?:活动|项目|大赛|竞赛|比赛|办法|方案|条例|意见|规定|细则|通知)(?=由)"
)
# A clause that wishes for, honours or joins what others hold, speaks of another holder, or of what holding means.
_OF_ANOTHER = re.compile(r"希望|呼吁|表彰|荣获|获评|受邀|参加|参与|支持下|^(?:[^,]{0,12},)?(?:自治区|国家|各地|各级)")
_MEANING = re.compile(r"^[^,]{0,6}(?:具有|意义|[^,]{0,8}(?:在|于)[^,。]{1,12}(?:举行|召开)$)")


class _Found:
    """Links as they are found, the same one told twice kept once."""

    def __init__(self) -> None:
        self.links: dict[tuple[Entity, str, Entity], Link] = {}
        self._objects: dict[str, set[Entity]] = defaultdict(set)

    def add(self, subject: Entity, predicate: str, object_: Entity, span: Span, rule: str) -> None:
        """Keep a link unless it is there, turned round where the direction means nothing."""
        turned = predicate == "partneredWith" and (object_, predicate, subject) in self.links
        if subject != object_ and not turned:
            self.links.setdefault((subject, predicate, object_), Link(subject, predicate, object_, span, rule))
            self._objects[predicate].add(object_)

    def objects(self, predicate: str) -> set[Entity]:
        """What somebody is known to issue, to organise …"""
        return self._objects[predicate]


def links(
    article: Article, mentions: Sequence[Mention], entities: Mapping[Mention, Entity], inferred: Sequence[Link] = ()
) -> tuple[Link, ...]:
    """Every link of the article; an inferred one only where none is told."""
    found = _Found()
    named, meant = _with_anaphors(article, mentions, entities)
    bodies = Bodies(article.text, mentions, entities)
    orphans: list[Match] = []
    for sentence, inside in _sentences(article, named):
        for match in _matches(article, sentence, inside):
            if "subject" in match.rule.slots:
                _told(match, bodies, meant, found)
            else:
                orphans.append(match)
        for run in bodies.acting_jointly(sentence):
            _partners(
                [entities[m] for m in run], Span(run[0].span.start, run[-1].span.end), "bodies side by side", found
            )
    persons = Row(m for m in mentions if m.type == "Person")
    for match in orphans:
        _carried(match, bodies, meant, persons, found)
    for body, programme, span in _named_after(mentions, entities):
        found.add(body, "organises", programme, span, "body at the head of the name")
    for body, programme, span in _products(mentions, entities, found.objects("organises")):
        found.add(body, "organises", programme, span, "product of its maker")
    told = found.objects("organises") | found.objects("issues")
    for link in _first_tellings(article, inferred, told, Row(mentions), entities):
        found.add(link.subject, link.predicate, link.object, link.span, link.rule)
    for link in (*parts(article, mentions, entities), *taxonomy(article, mentions, entities)):
        found.add(link.subject, link.predicate, link.object, link.span, link.rule)
    return tuple(found.links.values())


def _sentences(article: Article, mentions: Sequence[Mention]) -> Iterator[tuple[Span, list[Mention]]]:
    """The sentences of an article with the mentions that stand in them."""
    ordered = sorted(mentions, key=lambda m: m.span)
    starts = [m.span.start for m in ordered]
    for block in article.blocks:
        if block.kind != "byline":
            for sentence in sentences(article.text, block.start, block.end):
                low, high = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
                yield sentence, ordered[low:high]


def _matches(article: Article, sentence: Span, inside: Sequence[Mention]) -> Iterator[Match]:
    """What the rules find in a sentence; those whose object no mention can be are not tried."""
    types = {m.type for m in inside}
    fitting = [rule for rule in rules.load("links") if types & _objects_of(rule.place)]
    masked = rules.mask(article.text, sentence, inside) if fitting else None
    for rule in fitting:
        if masked:
            yield from rule.find(masked)


@cache
def _objects_of(place: str) -> frozenset[str]:
    """The classes that the objects of a file's rules are of."""
    return frozenset(ontology.subclasses(_OBJECTS[place.partition("/")[2]]))


def _told(match: Match, bodies: Bodies, entities: Mapping[Mention, Entity], found: _Found) -> None:
    """What a rule with a subject says; a body that takes the subject's place in between is the subject."""
    predicate = match.rule.place.partition("/")[2]
    said, objects = match.slots.get("subject", ()), bodies.with_adjacent(match.slots.get("object", ()))
    leads = bool(said and objects) and match.span.start == said[0].span.start and predicate in ("organises", "issues")
    overtaken = bodies.overtaking(said[-1], objects[0]) if leads else []
    subjects = _named(overtaken or said, entities)
    for subject in subjects:
        for object_ in _named(objects, entities):
            if predicate != "organises" or object_.type != "PolicyDocument":  # who holds a document issues it
                found.add(subject, predicate, object_, match.span, match.rule.label)
    told = bodies.text[match.span.start : match.span.end]
    jointly = predicate == "issues" or (predicate == "organises" and any(word in told for word in _JOINTLY))
    if jointly and not bodies.led_to(overtaken or said):
        _partners(subjects, match.span, match.rule.label, found)


def _carried(
    match: Match, bodies: Bodies, entities: Mapping[Mention, Entity], persons: Row[Mention], found: _Found
) -> None:
    """What a rule without a subject says, of the body that acted last; of a document, if no other issues it.

    A person whom a new paragraph tells of works with a body himself: 郑嘉欣从国外回来,与市侨联合办冬令营.
    """
    predicate = match.rule.place.partition("/")[2]
    objects = [o for o in _named(match.slots.get("object", ()), entities) if o not in found.objects(predicate)]
    first = match.slots["object"][0].span.start
    run = bodies.acting_before(match.span.start if predicate == "partneredWith" else first)
    before = bodies.text[run[-1].span.end if run else 0 : match.span.start]
    if (
        predicate == "partneredWith"
        and "\n" in before
        and persons.within(Span(match.span.start - _CLAUSE, match.span.start))
    ):
        return
    for subject in _named(run[:1] if predicate == "partneredWith" else run, entities):
        for object_ in objects:
            found.add(subject, predicate, object_, match.span, match.rule.label)


def _partners(subjects: Sequence[Entity], span: Span, rule: str, found: _Found) -> None:
    """The first of those who do a thing together works with each of the others."""
    for other in subjects[1:]:
        found.add(subjects[0], "partneredWith", other, span, rule)


def _named(mentions: Sequence[Mention], entities: Mapping[Mention, Entity]) -> list[Entity]:
    return [entities[m] for m in mentions if m in entities]


def _named_after(mentions: Sequence[Mention], entities: Mapping[Mention, Entity]) -> list[tuple[Entity, Entity, Span]]:
    """Programmes whose name begins with that of the body that runs them."""
    bodies = [m for m in mentions if m.type in ontology.subclasses("Organisation") and m in entities]
    programmes = [m for m in mentions if m.type in ontology.subclasses("Programme") and m in entities]
    placed = Places(bodies)
    return [
        (entities[b], entities[p], p.span)
        for p in programmes
        for b in placed.starting(p.span.start)
        if b.span.end < p.span.end
    ]


def _products(
    mentions: Sequence[Mention], entities: Mapping[Mention, Entity], told: Set[Entity]
) -> Iterator[tuple[Entity, Entity, Span]]:
    """Loans and insurances by name that nobody is told to offer, with the bank or the insurer named before, or else first."""
    for kind, makers in _MAKERS.items():
        offered = [m for m in mentions if m.type == "Service" and m in entities and m.text.endswith(kind + "”")]
        houses = Row(m for m in mentions if m.type == "Company" and m in entities and entities[m].name.endswith(makers))
        for product in offered if houses.things else ():
            if entities[product] not in told:
                maker = next(houses.before(product.span.start), houses.things[0])
                yield entities[maker], entities[product], product.span


def _first_tellings(
    article: Article,
    inferred: Sequence[Link],
    told: Set[Entity],
    mentions: Row[Mention],
    entities: Mapping[Mention, Entity],
) -> list[Link]:
    """Of what was inferred, for each programme nobody is told to run, where it is first inferred.

    That money is spent under a programme says less of who runs it than a verb of holding: of several spenders,
    and of companies and schools, it says nothing.
    """
    spenders: Counter[tuple[Entity, Span]] = Counter((link.object, link.span) for link in inferred)
    others = {link.object for link in inferred if _of_another(article, link)}
    sure = [
        link
        for link in inferred
        if not _of_another(article, link) and _runs(link, spenders, others) and _in_clause(link, mentions, entities)
    ]
    first: dict[Entity, Span] = {}
    for link in sure:
        if link.object not in told:
            first.setdefault(link.object, link.span)
    return [link for link in sure if first.get(link.object) == link.span]


def _of_another(article: Article, link: Link) -> bool:
    """Does the clause wish for, honour or join what others hold?"""
    clause = article.text[link.span.start : link.span.end]
    before, name, after = clause.partition(link.object.name.strip("“”《》"))
    return link.rule != _SPENT and bool(_OF_ANOTHER.search(before) or (name and _MEANING.search(after.strip("”》"))))


def _runs(link: Link, spenders: Counter[tuple[Entity, Span]], others: Set[Entity]) -> bool:
    """Is the subject one that runs things, and the only one to spend where money is all that is told?"""
    if link.rule == _SPENT:
        return link.subject.type in _PUBLIC and spenders[link.object, link.span] == 1 and link.object not in others
    return True


def _in_clause(link: Link, mentions: Row[Mention], entities: Mapping[Mention, Entity]) -> bool:
    """Is a company or a school named in the clause itself, not carried on into it?"""
    return link.subject.type in _PUBLIC or any(entities.get(m) == link.subject for m in mentions.within(link.span))


def _with_anaphors(
    article: Article, mentions: Sequence[Mention], entities: Mapping[Mention, Entity]
) -> tuple[list[Mention], dict[Mention, Entity]]:
    """The mentions, and where 这项竞赛, 该项目 or 活动由… mean the programme named last."""
    programmes = [m for m in mentions if m.type in ontology.subclasses("Programme") and m in entities]
    rows = {kind: Row(m for m in programmes if (m.type == "PolicyDocument") == kind) for kind in (True, False)}
    placed = Places(mentions)
    more: dict[Mention, Entity] = {}
    for match in _ANAPHOR.finditer(article.text):
        span = Span(*match.span())
        named = rows[match.group().endswith(_DOCUMENT)].before(span.start)
        last = next((m for m in named if m.span.end <= span.start), None)
        if last and not placed.touch(span):
            more[Mention(last.type, span, match.group(), "anaphor")] = entities[last]
    return [*mentions, *more], {**entities, **more}
