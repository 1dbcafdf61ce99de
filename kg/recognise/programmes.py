"""Programmes: policy documents (《…意见》), campaigns (“…”活动, …行动), services and projects, nationwide brands.

    开展 “工会活动进乡村” 消费帮扶 专项行动        继续开展 工会会员学历提升 行动
         └ quoted ─────┘ └ tail ─┘ └ head ┘        └ verb ┘ └ phrase ─────┘ └head┘

A quoted phrase is a programme where a head noun follows, where it ends in one, or where it is a nationwide brand; what
people say, nicknames and titles of honour are not.  An unquoted phrase needs a head that tells, and a clear left edge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.language.spans import Places
from kg.language.tokens import tokens
from kg.lexicon import finder, longest_suffix, table, words
from kg.model import Mention, Span
from kg.recognise.insured import find_insurances
from kg.recognise.quoted import head_class, quoted_programmes, strong_heads

TITLE = re.compile(r"《(?P<name>[^《》\n]{2,80})》")
EDITION = re.compile(r"^(?:第[0-9一二三四五六七八九十百]{1,4}[届期批]|首届|本届|首批|[0-9]{4}年度?|年度?|[0-9]+)")
YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:年|(?![0-9名个人次万余多家件元场户项人.]))")
DATED = re.compile(r"(?:19|20)[0-9]{2}年度?$")
# 关于|红枣产业提升项目|的公示, 进行为期三个月的|冬季救助专项活动, 县里举办的|农民技能大赛
TOLD_OF = re.compile("关于$|(?:为期[^,。]{1,6}|开展|实施|举办|发起|推出|设立|启动|组织|创办|牵头)的$")
NAME_REACH = 26


def find_programmes(text: str) -> list[Mention]:
    """The programmes a text names, from left to right, none inside another.

    >>> text = "印发《关于劳动模范的意见》,继续开展会员学历提升行动,“善佑雏鹰”项目启动,“娘家人”来了"
    >>> [(m.name, m.type) for m in find_programmes(text)]
    [('《关于劳动模范的意见》', 'PolicyDocument'), ('会员学历提升行动', 'Campaign'), ('“善佑雏鹰”项目', 'Service')]
    """
    quoted = {m.span.start: m for m in quoted_programmes(text)}
    brands = [_with_quoted(text, m, quoted) for m in _brands(text)]
    insured = (_mention(text, "Service", *span, "insurance") for span in find_insurances(text))
    found = [*_documents(text), *quoted.values(), *brands, *insured, *_unquoted(text)]
    kept: Places[Mention] = Places()
    titles = Places(_mention(text, "", *m.span(), "") for m in TITLE.finditer(text))
    for mention in sorted(found, key=lambda m: (m.type != "PolicyDocument", -len(m.span), m.span)):
        inside = mention.type != "PolicyDocument" and titles.touch(mention.span)
        if not inside and not kept.touch(mention.span):
            kept.add(mention)
    return sorted(kept, key=lambda m: m.span)


def _mention(text: str, kind: str, start: int, end: int, rule: str) -> Mention:
    surface = text[start:end]
    return Mention(kind, Span(start, end), surface, rule, surface)


def _documents(text: str) -> Iterator[Mention]:
    for match in TITLE.finditer(text):
        name = re.sub(r"(?:\([^()]*\)|〔[^〕]*〕)+$", "", match["name"])
        if longest_suffix(name, len(name), words("document-heads"), 8):
            yield _mention(text, "PolicyDocument", match.start(), match.end(), "document title")


def _brands(text: str) -> Iterator[Mention]:
    """Nationwide names, with the head noun behind them if there is one, and quoted or not."""
    for span in finder("programme-brands").spans(text):
        start, end = span.start, span.end
        if text[start - 1 : start] == "“" and text[end : end + 1] == "”":
            start, end = start - 1, end + 1
        head = next(
            (h for h in ("系列活动", "活动", "行动", "工程", "项目", "竞赛", "计划") if text.startswith(h, end)), ""
        )
        kind = table("programme-brands")[text[span.start : span.end]][0]
        yield _mention(text, kind, start, end + len(head), "brand")


def _with_quoted(text: str, brand: Mention, quoted: Mapping[int, Mention]) -> Mention:
    """希望工程|“圆梦大学”行动: a scheme's name and what it calls this part of itself are one name."""
    part = quoted.get(brand.span.end)
    return _mention(text, part.type, brand.span.start, part.span.end, "brand") if part else brand


def _unquoted(text: str) -> Iterator[Mention]:
    """Phrases that end in a telling head and whose left edge is clear."""
    for span in finder("programme-heads").spans(text):
        start = _left_edge(text, span)
        if start is None or _goes_on(text, span.end):
            continue
        edition = EDITION.match(text[start : span.start])
        numbered = edition is not None and edition.group()[0] in "第首"
        if text[span.start : span.end] not in strong_heads() and not numbered:
            continue  # 第五届全市职工羽毛球比赛 is one event, 羽毛球比赛 a kind of event
        core = span.start - start - (edition.end() if edition else 0)
        edition = edition or DATED.search(text[max(0, start - 6) : start])
        after_verb = longest_suffix(text, start, words("programme-verbs"), 6) > 0 or bool(
            TOLD_OF.search(text, max(0, start - 12), start)
        )
        if core >= (2 if numbered else 4 if after_verb or edition else 6):
            yield _mention(text, head_class(text[span.start : span.end]), start, span.end, "phrase and head")


def _left_edge(text: str, head: Span) -> int | None:
    """Where the phrase before a head begins: behind a verb, a stop word, punctuation or a number."""
    low = max(0, head.start - NAME_REACH)
    cut = (
        max((text.rfind(c, low, head.start) for c in "。，,、；;：:！!?？（）()《》“”‘’【】\n \u3000·—"), default=-1)
        + 1
    )
    low = max(low, cut)
    stops = words("programme-stops") | (words("programme-verbs") - {"计划", "创新", "服务", "支持", "助力", "创建"})
    start = low
    for token in tokens(text[low : head.start]):
        if text[low + token.start : low + token.end] in stops:
            start = low + token.end
    while start < head.start and re.match(r"[0-9个项场次余多名家人万元]", text[start]) and not YEAR.match(text, start):
        start += 1
    return start if start < head.start else None


def _goes_on(text: str, at: int) -> bool:
    """Does the noun go on behind the head (行动方案, 工程师), so that the phrase names something else?"""
    return text.startswith(
        (
            *("师", "兵", "人员", "机械", "方案", "者", "队", "办", "领导小组", "院", "学院", "公司", "有限", "款"),
            *("建设", "量", "表", "书", "中的", "场所", "点", "单位", "施工", "合同", "分包", "承包", "质量", "纠纷"),
        ),
        at,
    )
