"""Kinds of bodies and people in a clause: do they act there, or get something?

其中18个基层单位 送来 物资        向 18个基层单位 送去 物资        组织 2000家用人单位 进场
     └ acts ───┘                      └ gets                         └ enlisted: brought in to give
"""

from __future__ import annotations

import re

from kg import ontology
from kg.lexicon import words
from kg.model import Mention
from kg.relate.clauses import Clause

# What may stand before a kind of body that is a subject, and what it does that makes it one.
_LEADS = re.compile(
    "(?:全体|其中|余下|其余|剩余|剩下|差额|缺口|不足部分|而|另|另外|此外|目前|截至|全[国省市县区州]|当地|共有?|还有|也有|有|已有|的|来自|、|和|及|与|,|“|”|由|今年|去年|当天)*"
)
_GIVES = re.compile(
    r"(?:职工|群众|则|共|还|也|将|已|就|都|又|再|要|按|合计|累计|计划|每年|今年|去年|统一|分别|自筹|投入|采取[^,]{1,8}方式,)*"
    + "(?:占|捐|缴|上缴|自筹|自理|自付|自担|自缴|兜底|买单|送来|带着|带来|带上|到场|参会|参展|进场|现场|消费|慰问|承担|负担|开发|筹|"
    + "|".join(sorted((w for w in words("action-verbs") if w not in words("receiving-verbs")), key=len, reverse=True))
    + ")"
)
_DONATES = re.compile(
    "(?:共|还|也|已|就|都|又|各|累计|们)*(?:[给向为][^,;。的给向为]{1,6}?)?(?:捐|寄来|汇来|转来|打来|凑|送来|登台|宣读|发起|倡议|创作|组成|报名|志愿)"
)
_WITH = re.compile("[、和与][一-鿿]{2,4}?(?=[捐凑寄汇])")  # 学生家长|、朋友|捐款
_WHOSE_GIFT = re.compile(
    "(?:们|踊跃|自愿|自发|定向|集体|共同)*(?:捐赠|捐献|捐助|捐|赠送|赞助|义卖)的"
)  # 120件|爱心企业|捐赠的|衬衣
_ENLISTS = re.compile("(?:组织|吸引|发动|邀请|动员|汇聚|归集|请来|集结|联系|对接|引进|共有|带动)(?:了|到|来)?$")


def acts(text: str, clause: Clause, group: Mention) -> bool:
    """Is a group the subject of its clause, and does it give rather than get?"""
    if group.rule == "kind-of-body":
        return True
    if group.type not in ontology.subclasses("Group"):
        return False
    if _WHOSE_GIFT.match(text, group.span.end):
        return True
    before = text[clause.span.start : group.span.start]
    for other in sorted(clause.mentions, key=lambda o: -o.span.start):
        if other.span.end <= group.span.start and (other.amount or other.type in ("Date", "Place")):
            at = other.span.start - clause.span.start
            before = before[:at] + before[at + len(other.span) :]
    verbs = _GIVES if group.type == "OrganisationGroup" else _DONATES
    joined = _WITH.match(text, group.span.end, clause.span.end)
    end = joined.end() if joined else group.span.end
    return bool(_LEADS.fullmatch(before) and verbs.match(text, end, clause.span.end))


def enlisted(text: str, clause: Clause, group: Mention) -> bool:
    """Is a kind of body brought in to give rather than to get: 组织2000家用人单位?"""
    if group.type != "OrganisationGroup":
        return False
    start = min(
        (m.span.start for m in clause.mentions if m.amount and m.span.end == group.span.start), default=group.span.start
    )
    return bool(_ENLISTS.search(text, clause.span.start, start))
