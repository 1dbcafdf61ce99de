"""Who, no body, leads up to a clause that only says what was given.

陈女士 听说 后,  当场 捐了 5万元        台州市 举办 义卖,  拨付 5万元        参保骑手 13.8万人,  支付 7300万元
└ leads up       └ gives at once        └ its own body is carried on         └ counted: a figure, nobody who acts
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from kg.model import Entity, Mention
from kg.relate.cast import Cast
from kg.relate.clauses import Clause
from kg.relate.strangers import gives_at_once


def leads_up(
    text: str, parts: Sequence[Clause], clause: Clause, cast: Cast, carried: Sequence[Entity]
) -> tuple[Entity, ...]:
    """The subject of the nearest clause before in the sentence that has one, where it is no body."""
    if not gives_at_once(text, clause):
        return ()
    before = parts[parts.index(clause) - 1].span
    if (whose := text.rfind("的", before.start, before.end)) > 0:
        ends = next(
            (m for m in reversed(cast.members[: bisect_left(cast.starts, before.end)]) if m.span.end == before.end),
            None,
        )
        if ends and ends.span.start > whose:
            return _but_for_bodies(ends, parts, cast, carried)  # 由县慈善会救助的患者|老李,花去
    for subject in cast.chain.back_from(clause.span.start):
        if subject.mention and subject.how == "who" and subject.mention.span.start >= parts[0].span.start:
            return _but_for_bodies(subject.mention, parts, cast, carried)
        if subject.how in ("who", "noun"):
            return ()
    return ()


def _but_for_bodies(
    mention: Mention, parts: Sequence[Clause], cast: Cast, carried: Sequence[Entity]
) -> tuple[Entity, ...]:
    """Those whom a mention names, unless a body acts there: it, one right behind it, or the one whose place it is."""
    at = bisect_left(cast.starts, mention.span.end)
    if at < len(cast.members) and cast.starts[at] == mention.span.end:
        mention = cast.members[at]  # 施工单位|路桥公司
    own = mention.type == "Place" and any(
        e.name.startswith((mention.text, mention.name or mention.text)) for e in carried
    )
    counted = any(m.amount and m.span.start == mention.span.end for part in parts for m in part.mentions)
    if own or counted or cast.kind(mention) == "Body" or mention.name.endswith("个人"):
        return ()
    return cast.filler(mention)
