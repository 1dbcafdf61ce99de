"""For whom a clause tells of something: by rule, else the groups it names, else those of its neighbours."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg import ontology
from kg.model import Article, Entity, Mention
from kg.relate.clauses import HE, Clause, called
from kg.relate.items import PEOPLE_UNITS
from kg.relate.kinds import acts, enlisted

_ASPECTS = re.compile(
    "[0-9一二两三四五六七八九十]+(?:个|项|条|大|类)*(?:方面|措施|行动|举措|要求|任务|环节|变化|内容|板块)"
)
# What is handed over: 走访残疾儿童家庭,送去器材36件.
_HANDED = re.compile("送[去上来出]|发放|派发|配发|分发|捐赠|赠送|共计|合计")
# What the next clause says is done with the sum of this one: 捐款38万元,交给了县红十字会.
_HANDED_ON = re.compile(
    "(?:[全都并也已]部?|随后|一起|一并|悉数|统一)*(?:转?交|捐|送|转|拨|汇|寄)(?:赠|款)?(?:给|到|往)"
)


def beneficiaries(
    article: Article, parts: Sequence[Clause], i: int, entities: Mapping[Mention, Entity]
) -> tuple[tuple[Entity, ...], str]:
    """Of the clause by rule, else its groups, else those of the nearest clause of the sentence; and which of these."""
    money = any(a.type == "Money" for a in parts[i].amounts())
    people = any(a.amount and a.amount.unit in PEOPLE_UNITS for a in parts[i].amounts())
    goods = _HANDED.search(article.text, parts[i].span.start, parts[i].span.end) is not None
    for reach in (i, *(_neighbours(article, parts, i) if money or people or goods else [])):
        clause = parts[reach]
        agents = clause.roles.get("agent", [])
        told = (m for n in clause.roles.get("beneficiary", []) for m in _listed(article.text, clause.mentions, n))
        # 市财政|分别给予5000元: a treasury that is told to act gets nothing
        by_rule = [m for m in told if m in entities and m not in agents and m.rule != "treasury"]
        groups = [
            m
            for m in clause.mentions
            if m in entities and m.type in ontology.subclasses("Group")
            if m not in clause.roles.get("beneficiary", []) and called(clause.mentions, m) is m
        ]
        if reach == i and _ASPECTS.search(article.text, clause.span.start, clause.span.end):
            groups = []  # 助企稳岗、关爱职工等4个方面 names no one who gets something
        chosen = by_rule + groups if reach == i else by_rule or (groups if money else [])
        chosen = [m for m in chosen if not acts(article.text, clause, m) and not enlisted(article.text, clause, m)]
        if any(m.type in ontology.subclasses("Group") for m in chosen):
            chosen = [m for m in chosen if not _where_from(article.text, clause, m)]
        if chosen:
            how = "rule" if by_rule else "groups"
            own = reach == i or (by_rule and reach == i + 1 and _HANDED_ON.match(article.text, clause.span.start))
            return tuple(dict.fromkeys(entities[m] for m in chosen)), how if own else f"{how} of a neighbour"
    return (), "nothing"


def _where_from(text: str, clause: Clause, place: Mention) -> bool:
    """Is it a place that only tells where those are from who are counted behind it: 广西|3800名残疾儿童?

    The last of a list is not: 包头市和乌海市|两个地区.
    """
    counted = place.type == "Place" and any(a.span.start == place.span.end for a in clause.amounts())
    return counted and text[place.span.start - 1 : place.span.start] not in ("和", "、")


def _listed(text: str, mentions: Sequence[Mention], group: Mention) -> list[Mention]:
    """A group, or those whose names follow it: 贫困妇女|庄凤莲、文秀荣."""
    found = [called(mentions, group)]
    for m in sorted(mentions, key=lambda m: m.span.start):
        if found[-1].type == m.type == "Person" and text[found[-1].span.end : m.span.start] in ("、", "和"):
            found.append(m)
    return found


def _neighbours(article: Article, parts: Sequence[Clause], i: int) -> list[int]:
    """Clauses to look into, as far as the next ;: forward first when money is set aside here, else backward."""
    text = article.text
    money = any(m.type == "Money" for m in parts[i].amounts())
    after = []
    for j in range(i + 1, min(i + 3, len(parts))):
        if ";" in text[parts[j - 1].span.end : parts[j].span.start] or HE.match(text, parts[j].span.start):
            break  # 奖励1万元,|她捐给了福利院
        if money or not parts[j].amounts():
            after.append(j)
    before = []
    for j in range(i - 1, max(i - 3, -1), -1):
        if ";" in text[parts[j].span.end : parts[j + 1].span.start]:
            break
        before.append(j)
    return [*after, *before] if money else [*before, *after[:1]]
