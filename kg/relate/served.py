"""For whom a measure is: whom its clause tells of, anybody else named around, or nobody.

县总工会 走访 困难职工，  送去 慰问金 5万元      困难职工 +180: in the sentence, behind v, somebody gives
└ acts       └ group, 1 clause back            县总工会: acts, and is no candidate
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.model import Entity, Measure
from kg.relate.cast import Cast
from kg.relate.choice import PLAIN, Proposal, Shared
from kg.relate.roles import part_of
from kg.relate.stage import Stage

_NAMED = Shared(["named"])
# What is told around an amount that has to do with whom it serves.
_CONTEXT = (
    "amount ",
    "rate",
    "first to",
    "last to",
    "statistic",
    "earns",
    "quoted",
    "verbs to",
    "kind ",
    "status ",
    "first a",
)


# 派出|60名农技员: who is sent helps
_SENT = re.compile(
    "(?:派出|出动|派来|派驻|选派|下派|委派|派遣|派|抽调|抽派|调集|调派|增派|动员|招募|招聘|招收|招来?|带着|带领|率领?|来了|聘请|聘任|聘用|选聘|聘|请来|邀请|推选|选出|"
    "集结|组建|配备|投入|吸引|汇聚|共有|现有|已有|拥有|设有|引进|培养出?|带出|走出)(?:了|的|各类|近|约|本地|专业)*(?:[一-鿿]{2,6}、?)?$"
)


class Served:
    """Who may get something from the measures of an article."""

    def __init__(self, stage: Stage, cast: Cast) -> None:
        self._stage, self._cast = stage, cast

    def proposals(self, measure: Measure, at: int, by: str, around: Sequence[str]) -> Iterator[Proposal]:
        """Whom the clause tells of (`by` which principle), and those of the cast who do not act, nearest first."""
        stage, cast = self._stage, self._cast
        told = [n for n in around if n.startswith(_CONTEXT)]
        told.append(f"told by {by}")
        counted = {entity for s in measure.amounts for entity in s.of}
        sent = _SENT.search(stage.article.text, measure.span.start, at) is not None
        said = Shared(told)
        if measure.beneficiaries:
            own = [
                "told",
                f"{min(3, len(measure.beneficiaries))} told",
                f"told a {cast.kind(measure.beneficiaries[0])}",
            ]
            own += self._is(measure.beneficiaries, counted, sent)
            yield Proposal(measure.beneficiaries, by, ((("", by), own), (("told", by), said)))
        rank = 0
        ranks: dict[str, int] = {}
        for mention in cast.around(at, stage.sentence_end(at)):
            filler = cast.filler(mention)
            if filler == measure.beneficiaries or any(f in measure.agents for f in filler):
                continue
            kind, where = cast.kind(mention), stage.where(mention.span.start, measure.span, at)
            part = [
                where,
                f"rank {min(rank, 4)}",
                f"of kind {min(ranks.get(kind, 0), 3)}",
                *stage.apart(mention.span.start, where, at),
                f"named {min(4, cast.named[stage.entities[mention]])}",
                f"found by {mention.rule}",
            ]
            part += self._is(filler, counted, sent)
            if any(f in measure.beneficiaries for f in filler):
                part.append("one of those told")
            rank += 1
            ranks[kind] = ranks.get(kind, 0) + 1
            shows = cast.shows(mention, where)
            groups = ((PLAIN, _NAMED), (PLAIN, shows), ((kind,), cast.genre), (("", kind), part), ((kind,), said))
            yield Proposal(filler, f"{kind} {where}", groups)

    def _is(self, filler: tuple[Entity, ...], counted: set[Entity], sent: bool) -> Iterator[str]:
        part = part_of(filler[-1].name)
        if any(f in counted for f in filler):
            yield "counted"
            yield f"counted {part}"
            if sent:
                yield "sent"
        name = filler[-1].name
        yield f"part {part}"
        yield f"ends in {name[-1:]}"
        yield f"ends in {name[-2:]}"
