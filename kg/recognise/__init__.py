"""An article into mentions: each kind is found on its own, then the larger name wins over what stands inside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.language.amounts import find_amounts
from kg.language.currency import of_home
from kg.language.dates import find_dates
from kg.language.spans import Places
from kg.model import Article, Mention, Span
from kg.recognise.citizens import find_citizens
from kg.recognise.counted import find_counted
from kg.recognise.groups import find_groups
from kg.recognise.levels import find_levels, find_treasuries
from kg.recognise.organisations import find_organisations
from kg.recognise.packages import find_packages
from kg.recognise.people import find_people
from kg.recognise.places import find_places
from kg.recognise.programmes import find_programmes

_PLAN = "计划"
_CHINA_S = re.compile("人民币|RMB|CNY|[¥￥]")
Held = tuple[Mention, Mention | None, str, Span]


def recognise(article: Article) -> tuple[tuple[Mention, ...], tuple[Held, ...]]:
    """The mentions of an article in order, and who holds which post where; by-lines are passed over."""
    text = _without_bylines(article)
    organisations = find_organisations(text)
    organisations += _outside(find_treasuries(text), Places(organisations))
    programmes = _not_within(find_programmes(text), [m for m in organisations if len(m.span) > 3])
    programmes = _without_plans(text, programmes, organisations)
    # A body at the head of a programme's name is named as well: 某市总工会第三届职工运动会.
    heads = {p.span.start for p in programmes if text[p.span.start] not in "《“"}
    organisations = [m for m in organisations if m.span.start in heads] + _not_within(
        [m for m in organisations if m.span.start not in heads], programmes
    )
    services = [m for m in programmes if m.type == "Service"]  # which have heads, too: “老邻居食堂”负责人
    people, held = find_people(text, [*organisations, *services])
    called = Places(people)  # 邢乐天 has nothing to do with 乐天
    organisations = [m for m in organisations if m.rule != "known-name" or not called.touch(m.span)]
    names = Places([*programmes, *organisations])
    dates = Places(_outside(find_dates(text), names))
    # 《若干措施》 … 出台15项措施: once it has a title, its number is no second name
    titled = min(
        (p.span.start for p in programmes if p.type == "PolicyDocument" and "措施" in p.name), default=len(text)
    )
    packages = _outside([p for p in find_packages(text) if p.span.start < titled], names)
    found = list(find_amounts(text))
    if article.traditional:
        found = _in_currency(found, of_home(text))
    amounts = Places(_outside(found, names, dates))
    for package in packages:
        names.add(package)  # the number of 十条措施 is an amount as well as a part of the name
    groups = Places(_outside(find_groups(text), names, amounts))
    for level in _outside(find_levels(text), names, amounts, groups):
        groups.add(level)
    taken = [*names, *amounts, *dates, *groups]
    counted = _outside(find_counted(text, list(amounts), taken), names, amounts, dates, groups)
    people = _outside(people, names, amounts)
    places = _outside(find_places(text), names, Places(people), dates)
    official = [*names, *dates, *amounts, *groups, *counted, *people, *places]
    kept = [*official, *find_citizens(text, Places(official))]
    named = frozenset(people)
    return tuple(sorted(kept, key=lambda m: (m.span.start, -m.span.end, m.type))), tuple(
        h for h in held if h[0] in named
    )


def _in_currency(amounts: Sequence[Mention], code: str) -> list[Mention]:
    """Sums in 元 alone as sums of a currency that an article is at home in."""
    return [
        replace(m, amount=replace(m.amount, unit=code))
        if m.amount and m.amount.unit == "CNY" and not _CHINA_S.search(m.text)
        else m
        for m in amounts
    ]


def _without_bylines(article: Article) -> str:
    """The text with by-lines blanked, so that offsets stay and reporters are nobody's organisation or person."""
    pieces, at = [], 0
    for block in article.blocks:
        if block.kind == "byline":
            pieces += [article.text[at : block.start], "\n" * (block.end - block.start)]
            at = block.end
    return "".join([*pieces, article.text[at:]])


def _without_plans(text: str, programmes: Sequence[Mention], organisations: Sequence[Mention]) -> list[Mention]:
    """The programmes but those that are a body and what it plans to do, or a body that is turned to and what for.

    新会区总工会|计划投入5万元        向|国家市场监管总局|备案|召回计划
    """
    plans = {(b.span.start, b.span.end + len(_PLAN)) for b in organisations}
    turned = {b.span.start for b in organisations if text.startswith(("向", "给"), b.span.start - 1) and b.span.start}
    return [
        p
        for p in programmes
        if not (p.text.endswith(_PLAN) and (p.span.start, p.span.end) in plans)
        if p.span.start not in turned or "“" in p.text
    ]


def _outside(mentions: Iterable[Mention], *taken: Places[Mention]) -> list[Mention]:
    """The mentions that overlap nothing of what is taken."""
    return [m for m in mentions if not any(names.touch(m.span) for names in taken)]


def _not_within(mentions: Iterable[Mention], names: Sequence[Mention]) -> list[Mention]:
    """The mentions that do not lie within a longer name."""
    placed = Places(names)

    def inside(m: Mention, name: Mention) -> bool:
        return len(name.span) > len(m.span) and name.span.start <= m.span.start and m.span.end <= name.span.end

    return [m for m in mentions if not any(inside(m, name) for name in placed.overlapping(m.span))]
