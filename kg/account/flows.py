"""Which way money goes: paid out unless something speaks for another flow.

市总工会 投入 80万元            Outlay 0
骑手 月均 收入 6800元           Outlay 0    Price +310: the clause says Price before, rate by the month …
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import get_args

from kg.account.ledger import Ledger, Sum
from kg.language.phrases import tagged, tells_what
from kg.lexicon import Finder, finder, table
from kg.model import Candidate, Flow
from kg.relate.choice import PLAIN, Proposal, candidates
from kg.relate.stage import NO_CONTENT, Stage

FLOWS: tuple[Flow, ...] = get_args(Flow)
USUAL = Candidate(("Outlay",), "what nothing else speaks for", 0, "flow")
_AIM = re.compile("的?(?:年度|全年|既定)?(?:目标|任务)")  # 完成省定2亿元|目标任务的81%
_NEXT = 8
_REACH = 60


def flows(stage: Stage, ledger: Ledger, told: Sum) -> tuple[Candidate, ...]:
    """The flows that a sum may have, with what speaks for each."""
    if _AIM.match(told.figure.after):
        return (Candidate(("Turnover",), "an aim, which nobody pays", 0, "flow"),)
    said = [*stage.told(told.measure, told.start), *_words(stage, told), *_facts(told), *_carried(ledger, told)]
    proposals = (
        Proposal((flow,), "words of the clause", ((PLAIN, [flow]), ((flow,), said)))
        for flow in FLOWS
        if flow != "Outlay"
    )
    return candidates("flow", proposals, USUAL)


@cache
def _cues() -> tuple[Finder, dict[str, str]]:
    return finder("flow-words"), {word: cells[0] for word, cells in table("flow-words").items()}


def _said(text: str) -> list[str]:
    finder, flow = _cues()
    return [flow[text[s.start : s.end]] for s in finder.spans(text)]


def _words(stage: Stage, told: Sum) -> Iterator[str]:
    """What the words around the sum speak for, near to it and further off."""
    text, figure, clause = stage.article.text, told.figure, told.measure.span
    before, after = _said(figure.before), _said(figure.after)
    yield from {f"{flow} before" for flow in before}
    yield from {f"{flow} behind" for flow in after}
    last, following = (before or ["nothing"])[-1], (_said(figure.after[:_NEXT]) or ["nothing"])[0]
    yield f"last {last}"
    yield f"next {following}"
    yield f"last {last}, next {following}"
    yield f"last {last}, agent {told.measure.agents[0].type if told.measure.agents else 'nobody'}"
    rest = text[told.stated.mention.span.end : clause.end + _REACH].split("。")[0]
    yield f"last {last}, then {'paid out' if 'Outlay' in _said(rest) else 'not paid out'}"
    names = "".join(entity.name for entity in told.stated.of if tells_what(entity.name))
    yield f"thing {(_said(names) or ['nothing'])[-1]}"
    sentence = text[max(stage.sentence_start(told.start), clause.start - _REACH) : clause.start]
    yield from {f"{flow} in the sentence" for flow in _said(sentence)}
    yield from {f"{flow} in the headline" for flow in _said(stage.article.title)}
    around = tagged(text, told.stated.mention.span.end, min(clause.end, told.stated.mention.span.end + _NEXT))
    content = [word for word in around if word.tag[0] not in NO_CONTENT]
    yield f"then {content[0].text if content else 'nothing'}"
    yield from (f"told to be {e.name}" for e in told.stated.of if not tells_what(e.name))
    if figure.before:
        yield f"right before {figure.before[-1]}"
        yield f"just before {figure.before[-2:]}"
    if names:
        yield f"a thing that ends in {names[-1]}"
        yield f"a thing that ends in {names[-2:]}"


def _carried(ledger: Ledger, told: Sum) -> Iterator[str]:
    """What the sum before in the sentence was told with, where this one has no word of its own."""
    if told.number and not _said(told.figure.before):
        earlier = ledger.sums[told.number - 1]
        if earlier.sentence == told.sentence:
            yield f"carried {(_said(earlier.figure.before) or ['nothing'])[-1]}"


def _facts(told: Sum) -> Iterator[str]:
    """What is known of the measure."""
    yield f"per {told.figure.per or 'nothing'}"
    yield f"bound {told.figure.bound}"
    yield f"agent {told.measure.agents[0].type if told.measure.agents else 'nobody'}"
    value = told.figure.value or told.figure.allows.low
    yield f"digits {len(re.sub('[^0-9]', '', str(int(value))))}"
    yield f"digits {'few' if value < 10_000 else 'many'}"
