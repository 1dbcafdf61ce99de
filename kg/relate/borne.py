"""Who bears a sum by the sentence behind it: 学生领取助学金14.6万元。这笔钱由市总和某公司共同出资."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg import ontology
from kg.language.spans import Row
from kg.model import Entity, Measure, Mention, Span

_BEHIND = 12  # so far behind the verb a share of it would stand
_BORNE = re.compile(
    r"(?:这|该|上述|所需)[^,;。由]{0,4}(?:钱|款项?|资金|经费|费用)[^,;。由]{0,4}由(?P<who>[^,;。]{2,60}?)"
    r"(?:共同|全额|全部|一起|平均)?(?:出资|承担|支付|拨付|负担|资助|捐赠|捐助|解决|筹集|买单|兜底)"
)


def borne_by(text: str, sentence: Span, mentions: Row[Mention], entities: Mapping[Mention, Entity]) -> Sequence[Entity]:
    """The bodies that a sentence says bear what was told before it, or none."""
    told = _BORNE.match(text, sentence.start, sentence.end)
    if told is None or any(
        m.amount for m in mentions.within(Span(told.start(), min(told.end() + _BEHIND, sentence.end)))
    ):
        return ()  # 所需资金由县财政承担45%: only a part of it
    bodies = ontology.subclasses("Organisation") | {"Person"}
    named = (m for m in mentions.within(Span(*told.span("who"))) if m.type in bodies and m in entities)
    return tuple(dict.fromkeys(entities[m] for m in named))


def with_payers(measures: Sequence[Measure], payers: Sequence[Entity]) -> list[Measure]:
    """The measures of a sentence, the last that tells money with those who bear it, if nobody surer is known."""
    found = list(measures)
    for i in range(len(found) - 1, -1, -1):
        if any(s.mention.type == "Money" for s in found[i].amounts):
            if not found[i].agents or found[i].weighed("agent"):
                found[i] = replace(found[i], agents=tuple(payers), agents_by="borne by whom the next sentence names")
            break
    return found
