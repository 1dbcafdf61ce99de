"""Who, no body, leads up to a clause that only says what was given.

陈女士 听说 后,  当场 捐了 5万元        台州市 举办 义卖,  拨付 5万元        八堡乡 3000亩,  补助 180万元
└ leads up       └ gives at once        └ its own body is carried on         └ has a figure of its own, and gets the next
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.language.phrases import tagged
from kg.model import Entity, Mention, Span
from kg.relate.cast import Cast
from kg.relate.clauses import HE, Clause
from kg.relate.newcomers import Newcomers
from kg.relate.predicates import does_at_once, gives_at_once, is_of_ones_own
from kg.relate.roles import part_of
from kg.relate.stage import verb_kinds
from kg.relate.strangers import subject

_RECKONS = re.compile("算了?(?:一|起|笔|了)*账[:,]")  # 覃家旺算了一笔账: what follows is his own
_NEAR = 3  # so many clauses back a noun that is no mention may be the subject
_CLAUSES = 12  # so many back a subject is looked for
_HANDS_OVER = re.compile("[把将用拿][^,;。]{0,24}[0-9][^,;。]{0,8}$")


def leads_up(
    text: str, parts: Sequence[Clause], i: int, cast: Cast, newcomers: Newcomers, carried: Sequence[Entity]
) -> tuple[Entity, ...]:
    """The subject of the nearest clause before in the sentence that has one, where it is no body."""
    if not i:
        return ()
    verb = gives_at_once(text, parts[i])
    counts = any(m.type != "Duration" for m in parts[i].amounts())
    if not verb and not (counts and _person_before(text, parts, i) and does_at_once(text, parts[i])):
        return ()
    before = parts[i - 1].span
    mention, told = _behind_whose(text, before, cast), -1
    if mention is None:
        mention, told = _subject(cast, parts[i].span.start, parts[0].span.start)
    by_name = mention is None or told <= mention.span.end  # and not as 他
    if mention and not (verb and by_name) and not _does_himself(text, mention, Span(told, parts[i].span.start)):
        return ()
    if mention is None and verb and (noun := _noun(text, parts, i, verb)):
        return (newcomers.entity(noun),)
    helps = mention is not None and part_of(mention.name or mention.text) == "help"
    if mention is None or (mention.type == "WorkerGroup" and not helps and not is_of_ones_own(verb)):
        return ()  # 困难职工参训期间,另给予补贴: to them
    behind = cast.at(mention.span.end) or mention  # 施工单位|路桥公司
    figures = (m for part in parts for m in part.mentions if m.amount and m.type != "Duration")
    counted = any(m.span.start == behind.span.end for m in figures)
    body = cast.kind(behind) == "Body" or (behind.type == "Place" and _where(behind, before, carried))
    return () if body or counted or behind.name.endswith("个人") else cast.filler(behind)


def _person_before(text: str, parts: Sequence[Clause], i: int) -> bool:
    """Is somebody told of in the clauses right before?  In few of them: a sentence may have a hundred thousand."""
    near = parts[max(0, i - _CLAUSES) : i]
    named = any(m.type == "Person" for part in near for m in part.mentions)
    return named or HE.search(text, near[0].span.start, parts[i].span.start) is not None


def _noun(text: str, parts: Sequence[Clause], i: int, verb: str) -> Mention | None:
    """The kind of people or bodies that a clause has as its subject by an ordinary noun alone: 亲戚们东拼西凑,|凑出6万元."""
    for part in reversed(parts[max(0, i - _NEAR) : i]):
        span = part.span
        found = None if text.endswith("的", span.start, span.end) else subject(text, part)  # 改造设备的,|奖励
        group = found.as_group(text) if found and not found.mention else None
        if found and found.mention and found.mention.type == "WorkerGroup":
            group = found.mention  # 市民和|网友
        if ";" in text[span.end : parts[i].span.start]:
            return None
        if group:
            return group if group.type == "OrganisationGroup" or is_of_ones_own(verb) else None
        if found or "由" in text[span.start : span.end] or tagged(text, span.start, span.end)[0].tag[0] not in "pvd":
            return None
    return None


def _does_himself(text: str, mention: Mention, before: Span) -> bool:
    """Is it a person who does what a clause begins with, and not one who says so: 马师傅路过灾区,|卸下矿泉水120箱?

    `before` reaches from where he is named, or told of as 他, up to the clause.
    """
    between = tagged(text, max(before.start, mention.span.end), before.end)
    speaks = any(word.text in "“:" or verb_kinds().get(word.text) == "speak" for word in between)
    speaks = speaks and not _RECKONS.search(text, before.start, before.end)
    return mention.type == "Person" and not speaks


def _behind_whose(text: str, clause: Span, cast: Cast) -> Mention | None:
    """Who stands behind what tells which one is meant: 由县慈善会救助的患者|老李,花去; 在外创业的|乡友听说."""
    whose = text.find("的", clause.start, clause.end)
    last = cast.before(clause.end)
    if last is None or not clause.start < whose < last.span.start:
        return None
    told = cast.at(whose + 1)
    follows = tagged(text, told.span.end, clause.end) if told and told.span.end < clause.end else ()
    return told if follows and follows[0].tag[0] == "v" else last if last.span.end == clause.end else None


def _subject(cast: Cast, at: int, low: int) -> tuple[Mention | None, int]:
    """Who is the subject of the nearest clause before a place that has one, if it is somebody, and where that is told."""
    for told in cast.chain.back_from(at):
        if told.how in ("who", "noun"):
            near = told.how == "who" and told.at >= low
            return (told.mention if near else None), told.at
    return None, -1


def _where(place: Mention, before: Span, carried: Sequence[Entity]) -> bool:
    """Is a place only where the body carried on acts: it has the place's name, or the place is told of further back?"""
    named = any(e.name.startswith((place.text, place.name or place.text)) for e in carried)
    return named or (bool(carried) and place.span.start < before.start)


def handed_over(text: str, parts: Sequence[Clause], i: int) -> Clause:
    """A clause, with the next one where that says what is done with its sum: 把攒下的3.6万元,|全捐给了村小学."""
    clause = parts[i]
    if i + 1 == len(parts) or not _HANDS_OVER.search(text, clause.span.start, clause.span.end):
        return clause
    after = parts[i + 1]
    if not gives_at_once(text, after):
        return clause
    return Clause(Span(clause.span.start, after.span.end), [*clause.mentions, *after.mentions], {}, "")
