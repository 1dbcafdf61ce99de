"""The cast of an article: every body, person, place and group that is named and may act, and how each stands there.

县民政局 给 东升村 送去 50吨 饲料      opens the sentence, then v, does give  |  behind 给, then v
└ body      └ place
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from itertools import pairwise
from typing import NamedTuple

from kg import ontology
from kg.language.phrases import tagged
from kg.language.spans import outermost
from kg.model import Entity, Mention
from kg.relate.chains import Chain, without_title
from kg.relate.choice import Shared
from kg.relate.stage import NO_CONTENT, OTHERS, Stage, verb_kinds

_JOINED = re.compile("、|和|与|及|以及|联合|会同|携手|,联合|又与|(?<=委)")  # 县委|县政府
_CLAUSE = re.compile(r"[,;。!?:“\n]")
_BEFORE, _AFTER = 40, 24
_SENTENCES = 2  # so far back a pronoun reaches
_REACH, _MOST = 40, 8  # so many mentions are looked at on either side, and so many that differ may act


class Standing(NamedTuple):
    """How a mention stands in its clause, by name, and whether it is its subject."""

    features: tuple[str, ...]
    subject: bool


class Cast:
    """Who may act in an article, kept so that each question is quick."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        bodies = ontology.subclasses("Organisation")
        people = {m.span.start: m for m in stage.mentions if m.type == "Person" and m in stage.entities}
        # 退休教师|李建国 is one
        titled = {m: people[m.span.end] for m in stage.mentions if m.type == "WorkerGroup" and m.span.end in people}
        titles = {title.span.start: person for title, person in titled.items()}
        self.members = outermost(
            m for m in stage.mentions if m in stage.entities and m not in titled and m.type in {*OTHERS, *bodies}
        )
        self.starts = [m.span.start for m in self.members]
        self._bodies = bodies
        self._runs = dict(_runs(stage.article.text, self.members))
        self._fillers: dict[int, tuple[Entity, ...]] = {}  # by the identity of a run, which many share
        self.named = Counter(stage.entities[m] for m in self.members)
        self.chain = Chain(stage, self.members, titles, lambda m: self._runs[m][-1], self._he)
        self._standing: dict[Mention, Standing] = {}
        self._shown: dict[tuple[Mention, str], Shared] = {}
        self.genre = Shared(
            (f"persons in the text {min(4, stage.persons)}", f"bodies in the text {_few(len(stage.named_at))}")
        )

    def kind(self, member: Mention | Entity) -> str:
        """What a member is, all bodies alike."""
        return "Body" if member.type in self._bodies else member.type

    def filler(self, mention: Mention) -> tuple[Entity, ...]:
        """Who acts where a member does: it, and those it is joined with."""
        run = self._runs.get(mention)
        if run is None:
            return (self._stage.entities[mention],)  # inside a longer name
        found = self._fillers.get(id(run))
        if found is None:
            found = self._fillers[id(run)] = tuple(dict.fromkeys(self._stage.entities[m] for m in run))
        return found

    def at(self, place: int) -> Mention | None:
        """The member that begins at a place."""
        here = bisect_left(self.starts, place)
        return self.members[here] if self.starts[here : here + 1] == [place] else None

    def before(self, place: int) -> Mention | None:
        """The last member that begins before a place."""
        here = bisect_left(self.starts, place)
        return self.members[here - 1] if here else None

    def around(self, at: int, end: int) -> Iterator[Mention]:
        """The members before a place, the last first, then those up to an end, each filler once."""
        here = bisect_left(self.starts, at)
        seen: set[Entity] = set()
        told: set[tuple[Entity, ...]] = set()
        for m in (
            *reversed(self.members[max(0, here - _REACH) : here]),
            *self.members[here : min(here + _REACH, bisect_left(self.starts, end))],
        ):
            filler, entity = self.filler(m), self._stage.entities[m]
            if filler not in told and (entity not in seen or len(filler) > 1):
                if len(told) == _MOST:
                    return
                told.add(filler)
                seen.add(entity)
                yield m

    def meant(self, at: int, kinds: Set[str]) -> Iterator[Entity]:
        """Whom a pronoun at a place may mean, the likeliest first: who was a subject in the sentences before, or who was named."""
        yield from (self._stage.entities[m] for m in self._meant(at, kinds))

    def _he(self, at: int) -> Mention | None:
        """Whom 他 at a place means."""
        return next(self._meant(at, {"Person"}), None)

    def _meant(self, at: int, kinds: Set[str]) -> Iterator[Mention]:
        here = bisect_left(self.starts, at)
        near = [
            m
            for m in reversed(self.members[max(0, here - _REACH) : here])
            if m.type in kinds and m.span.end <= at and self._stage.sentences_since(m.span.start, at) <= _SENTENCES
        ]
        subjects = [m for m in near if self.standing(m).subject]
        yield from (*subjects, *near)

    def standing(self, mention: Mention) -> Standing:
        """How a member, with those it is joined with, stands in its clause."""
        found = self._standing.get(mention)
        if found is None:
            found = self._standing[mention] = self._find(mention)
        return found

    def shows(self, mention: Mention, where: str) -> Shared:
        """How a member stands, by itself and for where it stands from an amount."""
        found = self._shown.get((mention, where))
        if found is None:
            kind, names = self.kind(mention), self.standing(mention).features
            place = f"{kind} {where}"
            found = Shared((place, *(f"{kind}: {name}" for name in names), *(f"{place}: {name}" for name in names)))
            self._shown[mention, where] = found
        return found

    def _find(self, mention: Mention) -> Standing:
        text, run = self._stage.article.text, self._runs[mention]
        start, end = run[0].span.start, run[-1].span.end
        block = self._stage.article.block_at(start)
        clause = max((m.end() for m in _CLAUSE.finditer(text, max(block.start, start - _BEFORE), start)), default=0)
        clause = max(clause, block.start, start - _BEFORE)
        before = tagged(text, clause, start) if start > clause else []
        if run[0].type == "Person":
            before = without_title(before)
        opens = all(word.tag[0] in NO_CONTENT for word in before)
        found = list(_opens(clause, block.start, self._stage.sentence_start(start))) if opens else []
        last = before[-1] if before else None
        found.append(f"behind {(last.text if last.tag[0] in 'pvcud' else last.tag) if last else 'nothing'}")
        stop = re.compile(r"[。!?\n]").search(text, end, min(len(text), end + _AFTER))
        limit = stop.start() if stop else min(len(text), end + _AFTER)
        after = tagged(text, end, limit) if limit > end else []
        found += [f"then {after[0].tag}", f"then {after[0].text}"] if after else ["then the end"]
        kinds = [verb_kinds()[word.text] for word in after if word.text in verb_kinds()]
        found += [f"does {kinds[0] if kinds else 'nothing'}", f"found by {mention.rule}"]
        whose = text.startswith("的", end)
        found += ["whose"] * whose + ["joined"] * (len(run) > 1)
        return Standing(tuple(found), opens and not whose)


def _opens(clause: int, paragraph: int, sentence: int) -> Iterator[str]:
    yield "opens"
    if clause <= max(sentence, paragraph):
        yield "opens the sentence"
    if clause <= paragraph:
        yield "opens the paragraph"


def _runs(text: str, members: Iterable[Mention]) -> Iterator[tuple[Mention, list[Mention]]]:
    """Each member with those it is joined with: 市民政局、市财政局."""
    ordered = list(members)
    run = ordered[:1]
    for left, right in pairwise(ordered):
        yield left, run
        if _JOINED.fullmatch(text, left.span.end, right.span.start):
            run.append(right)
        else:
            run = [right]
    if ordered:
        yield ordered[-1], run


def _few(number: int) -> str:
    """How many bodies a text names, roughly: what a headline or a caption adds makes no other text of it."""
    return "none" if not number else "few" if number < 4 else "some" if number < 8 else "many"
