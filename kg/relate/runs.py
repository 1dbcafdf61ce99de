"""Bodies of a text as those who act: runs joined by 、和与, and which of them is the subject at a place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from kg import ontology
from kg.model import Entity, Mention, Span

_JOINED = re.compile(r"^(?:\([^()]{1,24}\))?(?:、|和|与|及|以及|,|暨)$")
_TOGETHER = re.compile(
    r"^(?:\([^()]{1,24}\))?(?:等[^,。;]{0,8})?[^。!?;,的]{0,4}?(?:(?:共同|联合|携手|联手|合力)[^,。;]|签[署订约下]|达成|结对|结成)"
)
# What stands before a body that is spoken to, worked with or come from, and does not act itself.
_NOT_ACTING = re.compile(
    r"(?:向|给|为|对|与|同|跟|在|从|到|至|往|被|把|将|通过|联合|会同|携手|来自|和|及|、|送给|拨给|面向|配合|按照|根据|受|经|据|记者从)[该我本]?$"
)
_LOOKED_AT = 100  # as many runs are looked at for the one that acted last
_HELPED = re.compile(r"(?:支持|资助|委托|授权|协助|推动|指导|推荐|[下所]属的?|下辖的?|旗下的?)$")
_NO_DEED_AFTER = re.compile(
    r"(?:\([^()]{1,24}\))?(?:的|里|内|党组|(?:常务)?副?(?:主席|书记|主任|局长|部长|会长|秘书长|理事长|董事长|总经理|院长|校长)"
    r"|(?:有关|相关)?负责人|获悉|了解|被|职工|会员|《|(?:等[^,。;]{0,8})?(?:积极)?(?:配合|协助|协同|协办|支持|参与)[,。;的])"
)


class Bodies:
    """The bodies of a text in order, outermost only."""

    def __init__(self, text: str, mentions: Sequence[Mention], entities: Mapping[Mention, Entity]) -> None:
        self.text = text
        self._dates = {m.span.end: m.span.start for m in mentions if m.type == "Date"}
        self._titles = {m.span.start: m for m in mentions if m.type == "PolicyDocument" and m in entities}
        self._runs: list[list[Mention]] = []
        self._starts: list[int] = []
        last: Mention | None = None
        for m in sorted(mentions, key=lambda m: (m.span.start, -m.span.end)):
            if m.type not in ontology.subclasses("Organisation") or m not in entities:
                continue
            if last and m.span.start < last.span.end:
                continue
            if last and _JOINED.match(text[last.span.end : m.span.start]):
                self._runs[-1].append(m)
            else:
                self._runs.append([m])
                self._starts.append(m.span.start)
            last = m

    def with_adjacent(self, named: Sequence[Mention]) -> list[Mention]:
        """Mentions, and the documents whose titles stand right behind the last of them: 《…办法》《…细则》."""
        found = list(named)
        while found and found[-1].span.end in self._titles:
            found.append(self._titles[found[-1].span.end])
        return found

    def acting_jointly(self, sentence: Span) -> list[list[Mention]]:
        """Runs of a sentence behind which 共同, 联合 … and a deed stand.

        >>> text = "市总工会、市妇联共同举办"
        >>> found = [Mention("TradeUnion", Span(0, 4), "市总工会", ""), Mention("Institution", Span(5, 8), "市妇联", "")]
        >>> bodies = Bodies(text, found, {m: Entity(m.type, m.text) for m in found})
        >>> [[m.text for m in run] for run in bodies.acting_jointly(Span(0, len(text)))]
        [['市总工会', '市妇联']]
        """
        return [
            run
            for run in self._between(sentence.start, sentence.end)
            if len(run) > 1 and run[-1].span.end <= sentence.end
            if _TOGETHER.match(self.text[run[-1].span.end : min(sentence.end, run[-1].span.end + 48)])
            and not self.led_to(run)
        ]

    def overtaking(self, said: Mention, object_: Mention) -> list[Mention]:
        """The run that stands first in a clause between a subject and an object, and so is the subject."""
        between = self._between(said.span.end + 1, object_.span.start)
        inside = [run for run in between if run[-1].span.end <= object_.span.start]
        return next((run for run in reversed(inside) if self._takes_over(run)), [])

    def acting_before(self, at: int) -> list[Mention]:
        """The run that acted last before a place of the text, or none."""
        last = bisect_left(self._starts, at) - 1
        for i in range(last, max(-1, last - _LOOKED_AT), -1):
            run = self._runs[i]
            if run[-1].span.end <= at and self._acts(run) and self._first(run):
                return run
        return []

    def _between(self, start: int, end: int) -> list[list[Mention]]:
        """The runs that begin in a stretch."""
        return self._runs[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _takes_over(self, run: Sequence[Mention]) -> bool:
        """Does a run open its clause, or is it helped to act: 支持市青基会实施?"""
        start = run[0].span.start
        return self._acts(run) and (self._first(run) or bool(_HELPED.search(self.text[max(0, start - 3) : start])))

    def _first(self, run: Sequence[Mention]) -> bool:
        """Does a run open its clause, a date apart?"""
        start = run[0].span.start
        start = self._dates.get(start, start)
        return start == 0 or self.text[start - 1] in ",;:。!?\n"

    def _acts(self, run: Sequence[Mention]) -> bool:
        """Is nothing before a run or behind it that makes it another's companion, place or owner?"""
        return not self.led_to(run) and not _NO_DEED_AFTER.match(self.text, run[-1].span.end)

    def led_to(self, run: Sequence[Mention]) -> bool:
        """Does a word before a run make it another's companion, place or source: 联合市妇联?"""
        start = run[0].span.start
        return bool(_NOT_ACTING.search(self.text[max(0, start - 4) : start]))
