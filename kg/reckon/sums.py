"""Parts and their totals: 合计, 其中, 分为, 加上, 分别给予."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from kg.reckon.claims import Claim, Part, adds_up, is_plain, like, part
from kg.reckon.extents import digits, exactly, total
from kg.reckon.figures import REACH, Clause, Figure, Story

_BARE_TOTAL = re.compile(r"^[^,]{0,6}(?:合计|共计|总计)[为达是]?(?:人民币|金额|资金)?$")
_TOTAL = re.compile(r"(?:合计|共计|总计|总额|总数|一共|总共|共)[^,、]{0,6}$")
_DIVIDED = re.compile(
    r"[档块类批笔项](?:合计|共计|总计)|分[为成作]|分[两二三四五六七八九十\d]+[档块类批笔]|组成|构成|加上|其中|包括|分别|按\S{1,4}分"
)
_OTHER_TIME = re.compile("其中|包括|含|[比较原另]|此前|往年|去年|上年|累计|目标|计划|全[年市省县区国]|今年|截至|年来")
_AS_ONE = 12  # clauses: how long a list may be
_HIDDEN_CUE = range(3, 6)  # “,其中,” and “其中,” are no clause with an amount, so the graph does not quote them


def sums(story: Story) -> Iterator[Claim]:
    """What the totals of a story say of its parts, the inner ones first."""
    nested: set[str] = set()
    for claim in [*_among(story), *_composed(story)]:
        nested |= {f.iri for p in claim.parts for f in p.figures}
        yield claim
    for figure in story.figures:
        if is_plain(figure):
            yield from _runs(story, figure, nested)
            yield from _listed(story, figure, nested)


def _terms(story: Story, figures: Iterable[Figure]) -> Iterator[Part]:
    """The figures as terms, up to the first that cannot be told."""
    for figure in figures:
        term = part(figure, story.around(figure.start))
        if term is None:
            return
        yield term


def _reaching(whole: Figure, terms: Iterable[Part], fewest: int = 2) -> Sequence[Part] | None:
    """The first terms that come to the whole; no more are looked at than can still be less."""
    found: list[Part] = []
    together = exactly(0)
    for term in islice(terms, _AS_ONE):
        found.append(term)
        together = together + term.allows
        if len(found) >= fewest and together.agrees(whole.allows):
            return found
        if together.low > whole.allows.high:
            return None
    return None


# --- 其中 ---


def _among(story: Story) -> Iterator[Claim]:
    """…, 其中A…、B…: parts that come to their whole, or a part that is more than it."""
    for clause, first in _openings(story):
        told = "其中" in clause.text
        seen: set[str] = set()
        for figure in first:
            if figure.measured in seen or not is_plain(figure):
                continue
            seen.add(figure.measured)
            whole = _whole(story, figure, clause)
            if whole is None:
                continue
            parts = [f for f in like(story.around(figure.start), whole) if f.start >= figure.start and is_plain(f)]
            parts = [f for f in parts if f.clause.sentence == clause.sentence]
            yield from _compared(story, whole, parts, told and _next_to(whole, clause))


def _openings(story: Story) -> Iterator[tuple[Clause, list[Figure]]]:
    """Clauses with 其中, or with room for it before them, and their figures after it."""
    for clause, figures in _by_clause(story):
        at = clause.text.find("其中")
        if at >= 0 or clause.hidden in _HIDDEN_CUE:
            yield clause, [f for f in figures if f.at > at]


def _by_clause(story: Story) -> Iterator[tuple[Clause, list[Figure]]]:
    """The clauses, each with its figures."""
    found: dict[str, list[Figure]] = {}
    for figure in story.figures:
        found.setdefault(figure.clause.passage, []).append(figure)
    yield from ((figures[0].clause, figures) for figures in found.values())


def _whole(story: Story, figure: Figure, clause: Clause) -> Figure | None:
    """The nearest figure before that it can be a part of."""
    before = [f for f in like(story.around(figure.start), figure) if f.start < figure.start and is_plain(f)]
    if not before or clause.sentence - before[-1].clause.sentence > 1 or figure.start - before[-1].start > REACH / 4:
        return None
    return before[-1]


def _next_to(whole: Figure, clause: Clause) -> bool:
    return clause.number - whole.clause.number <= 1 and not clause.hidden


def _compared(story: Story, whole: Figure, parts: Sequence[Figure], sure: bool) -> Iterator[Claim]:
    alike = [f for f in parts if f.before[-2:] == parts[0].before[-2:]]
    for some in (parts, alike):
        reached = _reaching(whole, _terms(story, some))
        if reached:
            yield adds_up("sum", "info", whole, reached, "the parts add up")
            return
    terms = list(_terms(story, parts))
    together = total(t.allows for t in terms)
    if sure and terms and terms[0].allows.low > whole.allows.high and _same_matter(whole, parts[0]):
        yield adds_up("part", "violation", whole, terms[:1], "a part is more than its whole")
    elif len(terms) >= 3 and whole.allows.low * 95 / 100 <= together.high < whole.allows.low:
        yield adds_up("sum", "warning", whole, terms, "the parts come to nearly the whole")


def _same_matter(whole: Figure, figure: Figure) -> bool:
    """People are part of people and money of money; of other things the words must say so."""
    if whole.kind == "Money" or whole.measured == "人":
        return True
    words = "".join((*whole.of, whole.before, whole.after))
    other = "".join((*figure.of, figure.before, figure.after)).replace("其中", "")
    return any(other[i : i + 2] in words for i in range(len(other) - 1))


# --- 由…组成 ---


def _composed(story: Story) -> Iterator[Claim]:
    """A total and, in the next clause, 由A和B组成."""
    for clause, figures in _by_clause(story):
        if not re.search("由.*(?:组成|构成)", clause.text):
            continue
        money = [f for f in figures if f.kind == "Money" and is_plain(f)]
        if len(money) < 2:
            continue
        whole = _whole(story, money[0], clause)
        if whole is None or whole.clause == clause:
            continue
        terms = list(_terms(story, money))
        if _reaching(whole, terms, len(terms)):
            yield adds_up("sum", "info", whole, terms, "the parts add up")
        elif _next_to(whole, clause) and not total(t.allows for t in terms).meets(whole.allows):
            yield adds_up("sum", "violation", whole, terms, "the parts do not add up")


# --- Lists before or after their total ---


def _runs(story: Story, whole: Figure, nested: set[str]) -> Iterator[Claim]:
    """Terms in a row, right before a figure or right after it, that come to it."""
    others = [f for f in like(story.around(whole.start), whole) if is_plain(f) and f.iri not in nested]
    after = [f for f in others if whole.start < f.start]
    before = [f for f in reversed(others) if f.start < whole.start]
    for row in (after, before):
        reached = _reaching(whole, _terms(story, row))
        if reached and _telling(story, whole, reached):
            yield adds_up("sum", "info", whole, reached, "the parts add up")
            return


def _telling(story: Story, whole: Figure, terms: Sequence[Part]) -> bool:
    """Is the sum said, or too long a number for an accident?"""
    figures = [whole, *(f for t in terms for f in t.figures)]
    first, last = min(f.start for f in figures), max(f.start for f in figures)
    stretch = "".join(dict.fromkeys(f.clause.text for f in story.around(first, last) if first <= f.start <= last))
    said, heads = digits(whole.value or whole.allows.low), sum(t.heads for t in terms)
    if _BARE_TOTAL.search(whole.before.lstrip("、,")) and terms[0].figures[0].start < whole.start:
        return True
    if _DIVIDED.search(stretch) or _TOTAL.search(whole.before):
        return said > 1 or (whole.kind == "Money" and heads > 2)
    return said >= (3 if heads > 2 else 4)


def _listed(story: Story, whole: Figure, nested: set[str]) -> Iterator[Claim]:
    """A, B, 合计T in one sentence: all that can be added up must come to T."""
    sentence = [
        f for f in story.around(whole.start) if f.clause.sentence == whole.clause.sentence and f.start <= whole.start
    ]
    figures = [f for f in sentence if f.measured == whole.measured and f != whole]
    if len(figures) < 2 or not _BARE_TOTAL.match(whole.before.lstrip("、,")):
        return
    clauses = list(dict.fromkeys(f.clause for f in [*figures, whole]))
    between = {f.clause for f in sentence if f.start >= figures[0].start}
    if any(f.iri in nested or not is_plain(f) for f in figures) or len(between) != len(clauses):
        return
    joined = all(not c.hidden and c.number == clauses[0].number + i for i, c in enumerate(clauses) if i)
    if not joined or any(_OTHER_TIME.search(c.text) for c in clauses):
        return
    terms = list(_terms(story, figures))
    if len(terms) == len(figures) and not total(t.allows for t in terms).meets(whole.allows):
        yield adds_up("sum", "violation", whole, terms, "the parts do not add up to the total")
