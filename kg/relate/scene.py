"""Who is on the stage where an amount is told, and what speaks for and against each as the one who acts, by name.

县里 出台 办法。 镇里 派车,  李大爷 捐了 2000元       李大爷: in the clause, rank 0, subject, does give
└ before, rank 2 └ rank 1   └ own subject             镇里: in the sentence, chain 1
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.model import Entity, Measure, Mention
from kg.relate.cast import Cast
from kg.relate.choice import PLAIN, Proposal, Shared
from kg.relate.stage import Stage

_NAMED = Shared(["named"])
_ASIDE = re.compile("(?:作为|隶属于|挂靠在|通过|(?<![已曾])经|拖欠|克扣|欠下?了?|欠付)$")
_HELPED = re.compile(
    "的?(?:大力|倾力|精心|悉心|热心|共同|具体|全力|积极)?(?:帮扶|支持|指导|帮助|领导|关心|关怀|推动|协调|努力)之?下"
)


class Scene:
    """Who is on the stage where an amount is told, and in which part."""

    def __init__(self, stage: Stage, cast: Cast, measure: Measure, at: int) -> None:
        self._stage, self._cast, self._measure, self._at = stage, cast, measure, at
        self._subjects: dict[Entity, str] = {}
        self._told = Shared(self._chain())

    def _chain(self) -> Iterator[str]:
        """What the subject of the amount's own clause is; keeps what each of those that lead up to it is in the chain."""
        told = 0
        for back, subject in enumerate(self._cast.chain.back_from(self._at)):
            if back == 0:
                yield "own noun" if subject.how == "noun" else f"own {subject.how} {subject.word}".rstrip()
                if subject.how == "noun":
                    yield f"own noun {subject.word}"
            if subject.mention:
                for entity in self._cast.filler(subject.mention):
                    self._subjects.setdefault(entity, f"chain {min(told, 2)} {subject.how}")
                told += 1

    def another_leads(self, agents: Sequence[Entity]) -> Iterator[str]:
        """Who else is the subject nearest to the amount, where it is another than those carried on."""
        nearest = next(iter(self._subjects), None)
        if nearest and nearest not in agents:
            kind = self._cast.kind(nearest)
            yield f"led by another {kind}"
            yield f"led by another {kind}: {self._told[0]}"

    def parts(self, without: Sequence[tuple[Entity, ...]]) -> Iterator[Proposal]:
        """Those of the cast who may act, less some, each with where it stands and all that speaks for and against it."""
        nearer: list[bool] = []
        for mention in self._cast.around(self._at, self._stage.sentence_end(self._at)):
            filler = self._cast.filler(mention)
            if filler in without or self._stands_aside(mention):
                continue
            kind, where = self._cast.kind(mention), self._stage.where(mention.span.start, self._measure.span, self._at)
            part = [*self._ranked(mention, where, nearer), *self._part(mention, kind, where)]
            shows, both = self._cast.shows(mention, where), ("", kind)
            told = ((PLAIN, _NAMED), (PLAIN, shows), ((kind,), self._cast.genre), (both, part), (both, self._told))
            yield Proposal(filler, f"{kind} {where}", told)

    def _stands_aside(self, mention: Mention) -> bool:
        """Does a mention only say who speaks, whose somebody is, who helps or is owed: 马生林:每人缴费400元?"""
        article, start = self._stage.article, mention.span.start
        speaks = start == article.block_at(start).start and article.text.startswith(":", mention.span.end)
        aside = _ASIDE.search(article.text, max(0, start - 4), start)
        return speaks or aside is not None or _HELPED.match(article.text, mention.span.end) is not None

    def _ranked(self, mention: Mention, where: str, nearer: list[bool]) -> Iterator[str]:
        """How many stand nearer to the amount, of all and of the subjects; puts it behind them.

        Of one that stands nearest of all it is told apart from one that stands further off.
        """
        subject = self._cast.standing(mention).subject
        every = subjects = "-1"
        if mention.span.start < self._at:
            every = str(min(len(nearer), 5))
            subjects = str(min(sum(nearer), 4))
            if len(nearer) == 1:
                subjects = "nearest" if nearer[0] else "not nearest"
            nearer.append(subject)
        yield f"rank {every}"
        if subject:
            yield f"subject {subjects}"
            yield f"subject {where}"

    def _part(self, mention: Mention, kind: str, where: str) -> Iterator[str]:
        """What it is around this amount."""
        stage, at, entity = self._stage, self._at, self._stage.entities[mention]
        start = mention.span.start
        yield where
        yield from stage.apart(start, where, at)
        yield f"named {min(4, self._cast.named[entity])}"
        if kind == "Body" and len(stage.named_at[entity]) == stage.most:
            yield "main"
        if entity in stage.heads:
            yield "in the headline"
        if entity in self._measure.beneficiaries:
            yield "served"
        if entity in self._subjects:
            yield self._subjects[entity]
