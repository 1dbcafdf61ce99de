"""Programmes: policy documents (《…意见》), campaigns (“…”活动, …行动), services and projects, nationwide brands.

    开展 “工会活动进乡村” 消费帮扶 专项行动        继续开展 工会会员学历提升 行动
         └ quoted ─────┘ └ tail ─┘ └ head ┘        └ verb ┘ └ phrase ─────┘ └head┘

A quoted phrase is a programme where a head noun follows, where it ends in one, or where it is a nationwide brand; what
people say, nicknames and titles of honour are not.  An unquoted phrase needs a head that tells, and a clear left edge.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from kg.language.spans import Places
from kg.language.tokens import tokens
from kg.lexicon import finder, longest_suffix, table, words
from kg.model import Mention, Span

TITLE = re.compile(r"《(?P<name>[^《》\n]{2,80})》")
QUOTED = re.compile(r"“(?P<name>[^“”\n]{2,40})”")
THEME = re.compile(r"以(?P<name>“[^“”\n]{3,30}”)为(?:活动)?主题")
EDITION = re.compile(r"^(?:第[0-9一二三四五六七八九十百]{1,4}[届期批]|首届|本届|首批|[0-9]{4}年度?|年度?|[0-9]+)")
SPOKEN = re.compile(r"[。！!?？;；]|[吧呢吗啊呀了]$")
SPEAKER = re.compile(r"^(?:我|你|他|她|咱|俺)")  # “我为群众办实事”实践活动 is one, “我要找工会行动” is not
HONOUR = re.compile(
    r"(?:先进|优秀|优胜|模范|最美|十佳|文明|示范)[一-鿿]{0,4}(?:个人|集体|单位|组织|班组|之家|工作者|称号|标兵|号|奖)$|称号$|奖章$"
)
# What a head may have in front of it behind a quoted name, digits and all: “工会驿站”双15工程, “送岗”2024年春季招聘会.
TAIL = re.compile(r"(?P<year>(?:19|20)[0-9]{2}年?度?)?(?P<phrase>[一-鿿]{0,2}[0-9]{0,2}[一-鿿]{0,18})")
YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:年|(?![0-9名个人次万余多家件元场户项人.]))")
DATED = re.compile(r"(?:19|20)[0-9]{2}年度?$")
PRODUCT = re.compile(r"^[一-鿿]{1,4}(?:贷|保)$")  # “惠农贷”, “渝快保”: what a bank or an insurer calls it
NUMBERED = re.compile(r"(?:第[0-9一二三四五六七八九十百]{1,4}[届期季]|首届)$")
NUMERAL = re.compile(r"[一二两三四五六七八九十]+[套项个大类种场次条件]?$")
LISTED = re.compile(r"(?:^|\n)\s*[0-9]{1,2}[.、]\s*$")  # 2、“银发食堂”。
NAME_REACH = 26


def find_programmes(text: str) -> list[Mention]:
    """The programmes a text names, from left to right, none inside another.

    >>> text = "印发《关于劳动模范的意见》,继续开展会员学历提升行动,“善佑雏鹰”项目启动,“娘家人”来了"
    >>> [(m.name, m.type) for m in find_programmes(text)]
    [('《关于劳动模范的意见》', 'PolicyDocument'), ('会员学历提升行动', 'Campaign'), ('“善佑雏鹰”项目', 'Service')]
    """
    found = [*_documents(text), *_quoted(text), *_brands(text), *_unquoted(text)]
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


def _quoted(text: str) -> Iterator[Mention]:
    """Quoted names: with a head behind, ending in a head, as a theme, or named so elsewhere in the text."""
    themes = {match.start("name") for match in THEME.finditer(text)}
    tailed: list[Mention] = []
    bare: list[re.Match[str]] = []
    times = Counter(match.group() for match in QUOTED.finditer(text))
    for match in QUOTED.finditer(text):
        tail = None if SPOKEN.search(match["name"]) else _tail(text, match.end())
        if tail is not None and not HONOUR.search(match["name"]):
            tailed.append(_mention(text, tail[1], match.start(), tail[0], "quoted name and head"))
        else:
            bare.append(match)
    yield from tailed
    known = {QUOTED.match(m.text)["name"]: m.type for m in tailed}  # type: ignore[index]
    for match in bare:
        name = match["name"]
        numbered = bool(NUMBERED.search(text[max(0, match.start() - 6) : match.start()]))
        kind = known.get(name) or _ending(name, numbered) or ("Campaign" if match.start() in themes else None)
        again = times[match.group()] > 1 or bool(LISTED.search(text, max(0, match.start() - 12), match.start()))
        if not kind and again and name.endswith(tuple(words("service-name-ends"))):
            kind = "Service"  # a house or a line that is spoken of by its name again and again: “坝坝书屋”
        if kind and not SPOKEN.search(name) and not SPEAKER.match(name):
            yield _mention(text, kind, match.start(), match.end(), "quoted name")


@cache
def _strong() -> frozenset[str]:
    return words("programme-heads", 2, "strong")


def _kind(head: str) -> str:
    return table("programme-heads")[head][0]


def _ending(name: str, numbered: bool = False) -> str | None:
    """The class of a quoted name that ends in a telling head (“圆梦大学行动”), in any behind 第七届, or is a brand."""
    brand = table("programme-brands").get(name)
    if brand:
        return brand[0]
    if PRODUCT.match(name):
        return "Service"
    size = longest_suffix(name, len(name), words("programme-heads") if numbered else _strong(), 8)
    return _kind(name[-size:]) if size > 0 and len(name) - size >= 2 else None


def _tail(text: str, at: int) -> tuple[int, str] | None:
    """The end and the class of the noun phrase behind a quoted name, if it reaches a head."""
    stretch = TAIL.match(text, at)
    if stretch is None or not stretch["phrase"]:
        return None
    at = stretch.start("phrase")
    best: tuple[int, str] | None = None
    heads, stops = words("programme-heads"), words("programme-stops") - {"系列", "主题"}
    verbs = words("programme-verbs") - {"实践", "创新", "计划", "服务", "创建", "助力"}
    phrase = stretch["phrase"]
    for token in tokens(phrase):
        word = phrase[token.start : token.end]
        if word in stops or word in verbs or NUMERAL.match(word):
            break
        size = longest_suffix(phrase, token.end, heads, 8)
        if size:
            best = at + token.end, _kind(phrase[token.end - size : token.end])
    return best


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


def _unquoted(text: str) -> Iterator[Mention]:
    """Phrases that end in a telling head and whose left edge is clear."""
    for span in finder("programme-heads").spans(text):
        start = _left_edge(text, span)
        if start is None or _goes_on(text, span.end):
            continue
        edition = EDITION.match(text[start : span.start])
        numbered = edition is not None and edition.group()[0] in "第首"
        if text[span.start : span.end] not in _strong() and not numbered:
            continue  # 第五届全市职工羽毛球比赛 is one event, 羽毛球比赛 a kind of event
        core = span.start - start - (edition.end() if edition else 0)
        edition = edition or DATED.search(text[max(0, start - 6) : start])
        after_verb = longest_suffix(text, start, words("programme-verbs"), 6) > 0
        if core >= (2 if numbered else 4 if after_verb or edition else 6):
            yield _mention(text, _kind(text[span.start : span.end]), start, span.end, "phrase and head")


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
            "师",
            "机械",
            "方案",
            "者",
            "队",
            "办",
            "领导小组",
            "院",
            "学院",
            "公司",
            "有限",
            "款",
            "建设",
            "量",
            "表",
            "书",
            "中的",
            "场所",
            "点",
            "单位",
        ),
        at,
    )
