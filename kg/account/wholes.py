"""What contains a sum: 其中, 包括, the tiers of a total, an instance of what is told as 累计.

今年以来 累计发放 [152万元], 其中 7月发放 [36.4万元]         36.4万元 is in 152万元: 其中, the nearest larger before
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from decimal import Decimal
from functools import lru_cache

from kg.account.ledger import Ledger, Sum
from kg.language.phrases import tagged
from kg.model import Candidate, Flow
from kg.reckon.claims import Claim, settled
from kg.reckon.figures import Figure
from kg.reckon.products import products
from kg.reckon.sums import sums as added_up
from kg.relate.choice import PLAIN, Proposal, candidates
from kg.relate.stage import Stage

REACH = 10  # sums on either side
_BETWEEN = 200  # characters before the second of two
_LISTED = re.compile(r"[一二三四五六七八九]是|其[一二三四五六]|第[一二三四五六],|\d[.、]")
_CUES = {
    "among": "其中",
    "included": "包括|包含|含|分为|分成|分别|组成|构成|加上",
    "for": "用于|用来|用作|用在",
    "each": "各|每|均|分别",
    "more": "另|此外|还|再|又|同时|同期",
    "so far": "累计|以来|至今|截至|截止|历年|年来|年间|迄今|多年|已",
    "in all": "(?<!公)共(?!同|享|建|青|产|和)|合计|总计|总额|总投|总共|一共|全部|全年|总数|总值|总的|总量|总规模|总资金|总经费|总金额",
    "this time": "本次|此次|当天|当日|现场|首批|第[一二三四五六七八九十]|[一二三四五]期|近日|日前|昨",
    "year": "今年|全年|年度|20\\d\\d年|上半年|前\\S季度|季度|\\d月",
    "raised": "募集|筹|收到|接收|争取|收入",
    "by the standard": "按|标准|档",
    "own level": "本级|自筹|自有",
    "more than": "比|增加|增长|多",
    "old": "由|从|原",
}
_PATTERNS = {name: re.compile(words) for name, words in _CUES.items()}
_TOTAL = re.compile(f"{_CUES['in all']}|{_CUES['so far']}")
_LISTS = re.compile("包括|包含|含|分为|分成|分别|组成|构成|分配|档|一[是、]|:")
_BESIDES = re.compile("此外|另外|另有|另[^一外行]|(?<![归偿交退])还(?=[^款清贷本息])[^。;]*$")
_TAKEN = re.compile("除[^。;]{1,20}外,|从中|当中|划出|余下|剩余|其余|剩下")
_REST = re.compile("余下|其余|剩余|剩下|余款|尾款")
_THESE = re.compile("这|上述|以上|该|加上|连同")
_YEARS = re.compile("累计|以来|至今|迄今|历年|年来|年间|总")
_YEAR = re.compile("(?:19|20)[0-9]{2}年(?!至|到|-|—|以来|起)")


class Witnesses:
    """Which sums come to which, by the arithmetic of the text: found once, asked by whole and by part."""

    def __init__(self, ledger: Ledger) -> None:
        self._parts: dict[str, set[str]] = defaultdict(set)
        self._beside: dict[str, set[str]] = defaultdict(set)
        checks = (added_up, products) if len(ledger.sums) > 1 else ()  # one sum alone comes to nothing
        claims: Iterator[Claim] = settled(c for check in checks for c in check(ledger.story))
        for claim in claims:
            if claim.severity == "info":
                figures = {f.iri for p in claim.parts for f in p.figures}
                self._parts[claim.whole.iri] |= figures
                for iri in figures:
                    self._beside[iri] |= figures

    def parts(self, whole: str) -> Set[str]:
        """The figures that come to a whole, none if nothing comes to it."""
        return self._parts.get(whole, frozenset())

    def beside(self, part: str) -> Set[str]:
        """The figures that are reckoned together with one."""
        return self._beside.get(part, frozenset())


def wholes(
    stage: Stage,
    ledger: Ledger,
    told: Sum,
    flow: Mapping[int, Flow | None],
    times: Mapping[int, Decimal | None],
    rates: Set[int],
    proven: Witnesses,
) -> tuple[Candidate, ...]:
    """The sums that may contain a sum, with what speaks for each; a rate is in no sum, and is none."""
    if told.number in rates:
        return ()
    near = [w for w in ledger.near(told, REACH) if w.number not in rates and _large_enough(told, w, times)]
    proposals = []
    for whole in near:
        principles = list(_principles(ledger, told, whole, times, proven))
        if not principles:
            continue
        names = [*principles, *_pair(ledger, told, whole, times), *_order(told, whole, near)]
        same = flow[told.number] == flow[whole.number]
        names += _deeds(stage, told, whole)
        names += ["same flow" if same else "other flow", f"{flow[told.number]} in {flow[whole.number]}"]
        if told.figure.iri not in proven.parts(whole.figure.iri) and proven.parts(whole.figure.iri):
            names.append("others add up to it")
        if whole.figure.iri in proven.parts(told.figure.iri):
            names.append("it is part of this")
        place = "behind" if whole.number > told.number else "before"
        crossed = [
            n for n in names if n.startswith(("part says", "whole says", "same", "no other", "sentences", *principles))
        ]
        names += [f"{place} & {n}" for n in crossed]
        if "same body" in names:
            names += [
                f"same body & {n}"
                for n in names
                if n.startswith((*principles, "whole tells", "part tells", "same flow", "sums", "paragraphs", "ratio"))
            ]
        proposals.append(Proposal((whole.stated.mention,), principles[0], ((PLAIN, ["whole", *names]),)))
    return candidates("whole", proposals)


def _principles(
    ledger: Ledger, told: Sum, whole: Sum, times: Mapping[int, Decimal | None], proven: Witnesses
) -> Iterator[str]:
    """Why the one may contain the other: nothing is contained in a sum that only happens to be larger."""
    first, second = sorted((told, whole), key=lambda s: s.number)
    between = ledger.article.text[first.stated.mention.span.end : second.start]
    if _BESIDES.search(between[-_BETWEEN:]):
        return
    near = second.sentence - first.sentence <= 1
    behind, body = second is told, set(told.measure.agents) & set(whole.measure.agents)
    part, total = told.figure, whole.figure
    if not behind and _REST.search(total.before):
        return  # 先付40万元,余下120万元: the rest does not hold what is gone
    years = [_year(ledger, one) for one in (told, whole)]
    if all(years) and years[0] != years[1] and not _YEARS.search(total.clause.text):
        return  # 2024年下达115亿元。…2023年下达73亿元
    if part.iri in proven.parts(total.iri):
        yield "they add up"
    if behind and "其中" in between[-_BETWEEN:]:
        yield "among it"
    if behind and near and (_LISTS.search(between) or (between.startswith("(") and ")" not in between)):
        yield "it is listed in it"
    if behind and near and _TAKEN.search(between):
        yield "it is taken from it"
    if near and _PATTERNS["for"].search(part.clause.text):
        yield "it is for something"
    if near and (times[told.number] or _PATTERNS["each"].search(part.before)):
        yield "each gets its share"
    if _TOTAL.search(total.clause.text) and (body or near or not told.measure.agents):
        yield "it is told in all"
    if _PATTERNS["year"].search(total.clause.text) and _PATTERNS["this time"].search(part.clause.text):
        yield "it is this time's"
    if whole.in_head and (body or not whole.measure.agents):
        yield "the headline tells the whole"
    if near and second is whole and _THESE.search(between):
        yield "these together"


def _year(ledger: Ledger, told: Sum) -> str:
    """The year that the sentence of a sum tells last before it; of one in a headline, that of the same sum in the body."""
    text = ledger.article.text
    same = [s for s in ledger.sums if s.figure.value == told.figure.value] if told.in_head else []
    for one in (told, *same):
        begin = max(text.rfind(mark, max(0, one.start - _BETWEEN), one.start) for mark in "。!?\n")
        if years := _YEAR.findall(text, max(begin + 1, one.start - _BETWEEN), one.start):
            return str(years[-1])
    return ""


def _large_enough(told: Sum, whole: Sum, times: Mapping[int, Decimal | None]) -> bool:
    """Can the one be more than the other?"""
    one, other, n = told.figure, whole.figure, times[told.number] or 1
    # strictly more, so that no sum can come to contain itself
    return _most(other) > _most(one) and other.allows.high >= one.allows.low * n


def _most(figure: Figure) -> Decimal:
    """What a figure comes to as it is told: of a range the high end."""
    return figure.value if figure.value is not None else figure.allows.high


def _pair(ledger: Ledger, told: Sum, whole: Sum, times: Mapping[int, Decimal | None]) -> Iterator[str]:
    """What is told of the two, and between them."""
    first, second = sorted((told, whole), key=lambda s: s.number)
    yield f"sentences {min(3, second.sentence - first.sentence)}"
    yield f"paragraphs {min(2, second.paragraph - first.paragraph)}"
    yield f"clauses {min(4, second.figure.clause.number - first.figure.clause.number)}"
    yield f"sums between {min(5, second.number - first.number - 1)}"
    for who, figure in (("part", told.figure), ("whole", whole.figure)):
        yield from (f"{who} says {name}" for name in _cues(figure.before))
        yield from (f"{who} tells {name}" for name in _cues(figure.clause.text))
    yield from (f"whole then says {name}" for name in _cues(whole.figure.after))
    between = ledger.article.text[first.stated.mention.span.end : second.start][-80:]
    if second is told and "其中" in between:
        yield "其中 between"
    yield from _whose(told, whole)
    for name, one in (("part", told), ("whole", whole)):
        if one.figure.per:
            yield f"{name} is a rate"
        if one.in_head:
            yield f"{name} in the headline"
        yield f"{name} is {one.measure.status}"
        yield f"{name} {one.figure.bound}"
    if times[told.number]:
        yield "part for each"
    ratio = whole.figure.allows.low / max(Decimal(1), told.figure.allows.low * (times[told.number] or 1))
    yield f"ratio {next((str(n) for n in (1, 2, 5, 10, 100) if ratio <= n), 'more')}"


@lru_cache(maxsize=1024)  # a sum is held against some twenty others
def _cues(text: str) -> tuple[str, ...]:
    """The names of the cues that a stretch has."""
    return tuple(name for name, pattern in _PATTERNS.items() if pattern.search(text))


def _deeds(stage: Stage, told: Sum, whole: Sum) -> Iterator[str]:
    """By which verbs the two are told: two payings side by side are two payments."""
    part, other = (_verb(stage, s) for s in (told, whole))
    yield f"part {part}"
    yield f"whole {other}"
    if part == other:
        yield "same verb"
    yield f"part by {told.measure.agents_by or 'nobody'}"
    first, second = sorted((told, whole), key=lambda s: s.number)
    between = stage.article.text[first.stated.mention.span.end : second.start]
    if ";" in between[-_BETWEEN:]:
        yield "a semicolon between"
    if _LISTED.search(between[-_BETWEEN:]):
        yield "another item of a list"
    if whole.paragraph <= 2:
        yield "whole in the lead"
    names = {e.name for e in told.things}
    if any(a != b and (a in b or b in a) for a in names for b in (e.name for e in whole.things)):
        yield "things alike"


def _verb(stage: Stage, told: Sum) -> str:
    """The last verb before a sum in its clause."""
    before = tagged(stage.article.text, told.measure.span.start, told.start)
    last = [word.text for word in before if word.tag.startswith("v")]
    return f"verb {last[-1]}" if last else "no verb"


def _whose(told: Sum, whole: Sum) -> Iterator[str]:
    """Whether the two are of the same body, for the same, and under the same."""
    part, total = set(told.measure.agents), set(whole.measure.agents)
    yield "same body" if part & total else "nobody" if not part or not total else "another body"
    shared = told.things & whole.things
    yield "same thing" if shared else "no thing" if not told.things or not whole.things else "other things"
    if {e.type for e in shared} & {"Campaign", "Service", "Programme", "PolicyDocument"}:
        yield "same programme"
    if told.measure is whole.measure:
        yield "same clause"
    if told.measure.modality != whole.measure.modality:
        yield "other modality"


def _order(told: Sum, whole: Sum, near: list[Sum]) -> Iterator[str]:
    """Is the whole the nearest, or the largest, of those that are large enough?"""
    before = [s for s in near if s.number < told.number]
    after = [s for s in near if s.number > told.number]
    if before and whole is before[-1]:
        yield "nearest before"
    if after and whole is after[0]:
        yield "nearest behind"
    if whole is max(near, key=lambda s: s.figure.allows.low):
        yield "largest near"
    if len(near) == 1:
        yield "no other"
