"""An article into mentions: each kind is found on its own, then the larger name wins over what stands inside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.language.amounts import find_amounts
from kg.language.dates import find_dates
from kg.language.spans import Places
from kg.model import Article, Mention, Span
from kg.recognise.counted import find_counted
from kg.recognise.groups import find_groups
from kg.recognise.levels import find_levels
from kg.recognise.organisations import find_organisations
from kg.recognise.packages import find_packages
from kg.recognise.people import find_people
from kg.recognise.places import find_places
from kg.recognise.programmes import find_programmes

Held = tuple[Mention, Mention | None, str, Span]


def recognise(article: Article) -> tuple[tuple[Mention, ...], tuple[Held, ...]]:
    """The mentions of an article in order, and who holds which post where; by-lines are passed over."""
    text = _without_bylines(article)
    organisations = find_organisations(text)
    programmes = _outside(find_programmes(text), [m for m in organisations if len(m.span) > 3], inside_only=True)
    programmes = _without_plans(text, programmes, organisations)
    # A body at the head of a programme's name is named as well: 某市总工会第三届职工运动会.
    heads = {p.span.start for p in programmes if text[p.span.start] not in "《“"}
    organisations = [m for m in organisations if m.span.start in heads] + _outside(
        [m for m in organisations if m.span.start not in heads], programmes, inside_only=True
    )
    people, held = find_people(text, organisations)
    names = [*programmes, *organisations]
    dates = _outside(find_dates(text), names)
    # 《若干措施》 … 出台15项措施: once it has a title, its number is no second name
    titled = min(
        (p.span.start for p in programmes if p.type == "PolicyDocument" and "措施" in p.name), default=len(text)
    )
    packages = _outside([p for p in find_packages(text) if p.span.start < titled], names)
    amounts = _outside(find_amounts(text), [*names, *dates])
    names += packages  # the number of 十条措施 is an amount as well as a part of the name
    groups = _outside(find_groups(text), [*names, *amounts])
    groups += _outside(find_levels(text), [*names, *amounts, *groups])
    taken = [*names, *amounts, *dates, *groups]
    groups += _outside(find_counted(text, amounts, taken), taken)
    people = _outside(people, [*names, *amounts])
    places = _outside(find_places(text), [*names, *people, *dates])
    kept = [*names, *dates, *amounts, *groups, *people, *places]
    named = frozenset(people)
    return tuple(sorted(kept, key=lambda m: (m.span.start, -m.span.end, m.type))), tuple(
        h for h in held if h[0] in named
    )


def _without_bylines(article: Article) -> str:
    """The text with by-lines blanked, so that offsets stay and reporters are nobody's organisation or person."""
    text = article.text
    for block in article.blocks:
        if block.kind == "byline":
            text = text[: block.start] + "\n" * (block.end - block.start) + text[block.end :]
    return text


def _without_plans(text: str, programmes: Sequence[Mention], organisations: Sequence[Mention]) -> list[Mention]:
    """The programmes but those that are a body and what it plans to do: 新会区总工会|计划投入5万元."""
    ends = Places(organisations)
    return [
        p
        for p in programmes
        if not (p.text.endswith("计划") and any(b.span.start == p.span.start for b in ends.ending(p.span.end - 2)))
    ]


def _outside(mentions: Iterable[Mention], names: Sequence[Mention], inside_only: bool = False) -> list[Mention]:
    """The mentions that do not overlap a name (or, `inside_only`, that do not lie within a longer one)."""
    placed = Places(names)

    def clashes(m: Mention, name: Mention) -> bool:
        longer = len(name.span) > len(m.span)
        return not inside_only or (longer and name.span.start <= m.span.start and m.span.end <= name.span.end)

    return [m for m in mentions if not any(clashes(m, name) for name in placed.overlapping(m.span))]
