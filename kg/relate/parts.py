"""Parts of bodies: by their names (全总|法律工作部), and by 所属, 下属, 旗下, 主管.

南通市总工会 所属 南通市工人文化宫        市职工文联 (市总工会主管)        市环卫局工会 … 市环卫局
└ whole ───┘      └ part ───────┘        └ part ──┘ └ whole ┘         └ part ─────┘  └ whole ┘
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from kg import ontology
from kg.language.spans import Places
from kg.model import Article, Entity, Link, Mention, Span
from kg.naming import lead

# What stands between a whole and its part, and between a part and its whole.
_OWNS = re.compile(
    r"(?:的|是)?(?:所属|下属|下设|下辖|直属|旗下|辖下|主管|管理|麾下|全资)(?:的|单位|企业|机构|子公司|事业单位)*(?:,|:|——)?"
)
_BELONGS = re.compile(r"(?:是|系|为|,)?(?:隶属于|隶属|从属于|直属于|归属|挂靠在|挂靠|\()$")
_BEHIND = re.compile(r"(?:主管|管理|所属|下属|下设|直属|旗下|领导)")
_LEAST = 4


def parts(article: Article, mentions: Sequence[Mention], entities: Mapping[Mention, Entity]) -> list[Link]:
    """Every part that the article tells of, each with its whole."""
    bodies = [m for m in mentions if m.type in ontology.subclasses("Organisation") and m in entities]
    found = [*_nested(bodies, entities), *_worded(article.text, bodies, entities), *_by_full_name(bodies, entities)]
    return [Link(part, "subOrganizationOf", whole, span, rule) for part, whole, span, rule in found if part != whole]


Part = tuple[Entity, Entity, Span, str]


def _nested(bodies: Sequence[Mention], entities: Mapping[Mention, Entity]) -> Iterator[Part]:
    """Bodies whose name begins with that of the body they are a part of."""
    placed = Places(bodies)
    for part in bodies:
        inner = [m for m in placed.starting(part.span.start) if m.span.end < part.span.end]
        if inner:
            whole = max(inner, key=lambda m: m.span.end)
            yield entities[part], entities[whole], part.span, "nested name"


def _worded(text: str, bodies: Sequence[Mention], entities: Mapping[Mention, Entity]) -> Iterator[Part]:
    """Two bodies with a word of owning between them, or behind both."""
    for left, right in pairwise(bodies):
        between = text[left.span.end : right.span.start]
        span = Span(left.span.start, right.span.end)
        if _OWNS.fullmatch(between) or (
            between == "的" and _BELONGS.search(text[max(0, left.span.start - 4) : left.span.start])
        ):
            yield entities[right], entities[left], span, "所属"
        elif _BELONGS.match(between):
            behind = _BEHIND.match(text, right.span.end)
            if not between.endswith("(") or (behind and text[behind.end() : behind.end() + 1] == ")"):
                yield entities[left], entities[right], span, "隶属"
        elif between in ("是", "系", "为") and (behind := _BEHIND.match(text, right.span.end)):
            yield entities[left], entities[right], Span(span.start, behind.end()), "是…下属"


def _by_full_name(bodies: Sequence[Mention], entities: Mapping[Mention, Entity]) -> Iterator[Part]:
    """Bodies one of whose names continues that of another body of the article: 市环卫局工会, 市环卫局."""
    names: dict[Entity, set[str]] = {}
    spans: dict[Entity, Span] = {}
    for m in bodies:
        entity = entities[m]
        names.setdefault(entity, {entity.name, _without_first_place(entity.name)}).add(m.text)
        spans.setdefault(entity, m.span)
    called: dict[str, list[Entity]] = {}
    for whole in sorted(names):
        for short in names[whole]:
            called.setdefault(short, []).append(whole)
    for part in sorted(names):
        wholes = [
            (size, whole)
            for long in names[part]
            for size in range(1, len(long))
            for whole in called.get(long[:size], ())
            if whole != part and continues(long, long[:size])
        ]
        if wholes:
            yield part, max(wholes)[1], spans[part], "name within a name"


def _without_first_place(name: str) -> str:
    """黑龙江省铁力农场 → 铁力农场, as its union calls it; a name that would be too short stays as it is."""
    chain = lead(name)
    bare = name[chain[0].end :] if chain and chain[0].full else name
    return bare if len(bare) >= _LEAST else name


def continues(part: str, whole: str) -> bool:
    """Is the one name the other and more?

    >>> continues("铁力农场工会", "铁力农场"), continues("市总工会", "市总"), continues("市总女工委", "市总")
    (True, False, True)
    """
    tail = part.removeprefix(whole)
    return tail != part and len(tail) > 1 and not (whole.endswith("总") and tail.startswith("工会"))
