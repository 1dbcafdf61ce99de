"""Who may act in a measure whose clause names no body: the body carried on, or anybody else whom the text names.

    县总工会 走访慰问。  老人 每月工资 3000元        nobody 0    县总工会 −140: earns −60, opens with WorkerGroup −45 …
    └ carried ───────→  └ a person, earns

What is told of a body carried on was right in two of five cases on features before there was a choice.  Of others it
counts how they stand (`cast.py`) and whether they are the subject that leads up to the amount (`chains.py`); `scene.py`
puts it together.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kg.language.phrases import tagged
from kg.model import Entity, Measure, Span
from kg.relate.cast import Cast
from kg.relate.choice import PLAIN, Proposal
from kg.relate.scene import Scene
from kg.relate.stage import Stage, verb_kinds

_AHEAD = 30
_REACH = 400
_BEGINNING = 120  # a headline and a first sentence may tell what is done before the text names who does it


def proposals(stage: Stage, cast: Cast, measure: Measure, at: int, said: Sequence[str]) -> Iterator[Proposal]:
    """Everybody who may act, with the principle that proposes them and what speaks for and against them, by name."""
    scene = Scene(stage, cast, measure, at)
    if measure.agents and _may_be_meant(stage, measure.agents[0], at):
        found = ["carried", *said, *_carried(stage, measure, at), *scene.another_leads(measure.agents)]
        yield Proposal(measure.agents, measure.agents_by, ((PLAIN, found),))
    yield from scene.parts((measure.agents,))


def _may_be_meant(stage: Stage, agent: Entity, at: int) -> bool:
    """Has the text told of a body by then, or is it still where a text begins, before it says who acts?"""
    return agent in stage.heads or at < _BEGINNING or stage.named_at.get(agent, [at])[0] < at


def _carried(stage: Stage, measure: Measure, at: int) -> Iterator[str]:
    """Who is carried on, and from how far."""
    agent = measure.agents[0]
    starts = stage.named_at.get(agent, [])
    times = bisect_left(starts, at)
    last = starts[times - 1] if times else 0
    yield from _last_told(stage, agent, last, at)
    yield f"sentences {min(6, stage.sentences_since(last, at))}"
    yield f"paragraphs {min(4, stage.paragraphs_since(last, at))}"
    yield f"times {min(4, times)}"
    yield f"share {4 * len(starts) // max(1, len(stage.bodies.things))}"
    yield f"class {agent.type}"
    if len(starts) == stage.most:
        yield "main"
    if agent in stage.heads:
        yield "in the headline"
    others = {stage.entities[m] for m in stage.bodies.within(Span(last + 1, min(at, last + _REACH)))} - {agent}
    yield f"others since {min(3, len(others))}"
    yield f"persons since {min(2, stage.since('Person', last, at))}"
    yield f"places since {min(2, stage.since('Place', last, at))}"
    yield f"bodies in the text {min(6, len(stage.named_at))}"
    yield f"persons in the text {min(4, stage.persons)}"


def _last_told(stage: Stage, agent: Entity, last: int, at: int) -> Iterator[str]:
    """How the body was spoken of last: as one who acts, or whose officer says something."""
    text = stage.article.text
    mention = next((m for m in stage.bodies.after(last) if stage.entities[m] == agent), None)
    if mention and mention.span.start != last:
        mention = None
    if mention is None:
        yield "named later"
        return
    end = min(mention.span.end + _AHEAD, at)
    after = tagged(text, mention.span.end, end)
    yield f"body then {after[0].tag if after else 'the amount'}"
    kinds = [verb_kinds()[w.text] for w in after if w.text in verb_kinds()]
    yield f"body does {kinds[0] if kinds else 'nothing'}"
    if mention.rule == "anaphor":
        yield "body meant"
    if stage.since("Person", mention.span.end, min(end, mention.span.end + 16)):
        yield "officer of the body"
    yield f"commas {min(6, text.count(',', last, at) + text.count(';', last, at))}"
    before = text[max(0, last - 1) : last]
    yield "body opens" if before in ("", "\n", "。", ",", ";", "!", "?", "“", ":", " ") else f"body behind {before}"
