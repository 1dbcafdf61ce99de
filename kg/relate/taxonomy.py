"""What names say of one another: places within places, bodies of places, kinds of groups.

    困难女职工 ⊂ 困难职工 ⊂ 职工        大连市总工会 → 大连市 → 辽宁省

Only what the article itself mentions is tied together: a place is named, or heads the name of a body; both
groups are named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from kg import ontology
from kg.lexicon import longest_suffix, words
from kg.model import Article, Entity, Link, Mention, Span
from kg.naming import lead
from kg.recognise.places import code_of

_PREFECTURE = 4  # digits of GB/T 2260 that a province or a prefecture has; their names are their own
_OF_A_PLACE = frozenset({"TradeUnion", "PublicBody"})
_LEAST = 2


def taxonomy(article: Article, mentions: Sequence[Mention], entities: Mapping[Mention, Entity]) -> list[Link]:
    """The links that names alone tell, each with the mention that says it."""
    first: dict[Entity, Span] = {}
    for m in mentions:
        if m in entities:
            first.setdefault(entities[m], m.span)
    return [*_within(first), *_jurisdictions(first), *_broader(first)]


@cache
def _code(name: str) -> str:
    """The code of a division by its name alone, or nothing."""
    return code_of(name) or ""


def _within(first: Mapping[Entity, Span]) -> Iterator[Link]:
    """Places in the smallest other place of the article that holds them, by their codes (GB/T 2260)."""
    codes = {place: code for place in sorted(first) if place.type == "Place" and (code := _code(place.name))}
    first_of = {code: place for place, code in reversed(codes.items())}
    for place, code in codes.items():
        holding = [first_of[code[:size]] for size in range(len(code) - 1, 0, -1) if code[:size] in first_of]
        if holding:
            yield Link(place, "within", holding[0], first[place], "code within a code")


def _jurisdictions(first: Mapping[Entity, Span]) -> Iterator[Link]:
    """The place that the name of a union or an authority begins with.

    A county that the article does not name apart from the body is left out: its name alone may be another's.
    """
    for body in sorted(first):
        chain = lead(body.name) if body.type in _OF_A_PLACE else ()
        if not chain or not chain[-1].full:
            continue
        name = body.name[chain[-1].start : chain[-1].end]
        whole = "".join(body.name[item.start : item.end] for item in chain)
        place = next((p for p in (Entity("Place", whole), Entity("Place", name)) if p in first), None)
        if place is None and len(_code(name)) in (2, _PREFECTURE):
            place = Entity("Place", name)
        if place and whole != body.name:
            yield Link(body, "jurisdiction", place, first[body], "place at the head of the name")


def _broader(first: Mapping[Entity, Span]) -> Iterator[Link]:
    """Groups whose name is that of another with modifiers more, the nearest only."""
    groups = [g for g in sorted(first) if g.type in ontology.subclasses("Group")]
    alike: dict[tuple[str, str], list[Entity]] = defaultdict(list)
    for group in groups:
        alike[group.type, group.name[-_LEAST:]].append(group)
    for group in groups:
        above = [other for other in alike[group.type, group.name[-_LEAST:]] if narrower(group.name, other.name)]
        for wide in above:
            if not any(narrower(other.name, wide.name) for other in above if other != wide):
                yield Link(group, "broader", wide, first[group], "modifiers more")


def narrower(name: str, wide: str) -> bool:
    """Is the one a kind of the other: the same head noun, and known modifiers more in front of it?

    >>> narrower("困难女职工", "困难职工"), narrower("困难女职工", "职工"), narrower("职工子女", "职工")
    (True, True, False)
    >>> narrower("非困难职工", "困难职工"), narrower("农民工", "民工")
    (False, False)
    """
    if len(wide) >= len(name) or len(wide) < _LEAST:
        return False
    for size in range(len(wide), _LEAST - 1, -1):
        head = wide[-size:]
        if name.endswith(head) and head in words("group-heads"):
            here, there = _modifiers(name[:-size]), _modifiers(wide[:-size])
            if here is not None and there is not None and set(there) < set(here):
                return True
    return False


def _modifiers(text: str) -> tuple[str, ...] | None:
    """The known modifiers that a stretch consists of, or None where it holds something else.

    >>> _modifiers("困难女"), _modifiers("")
    (('困难', '女'), ())
    """
    found: list[str] = []
    end = len(text)
    while end:
        size = longest_suffix(text, end, words("group-modifiers", 1, "word"), 12)
        if not size:
            return None
        found.append(text[end - size : end])
        end -= size
    return tuple(reversed(found))
