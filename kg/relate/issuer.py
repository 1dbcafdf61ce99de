"""Who issues a notice: the bodies that sign it or that its headline begins with, or the one that speaks of itself as 我局.

临县农业农村局 关于 补助资金 的 公示          县民政局 县财政局
└ issues it                                  2024年5月6日       └ sign it
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from kg.language.spans import Row
from kg.model import Article, Block, Entity, Mention, Span

_HEAD = 3  # so many blocks at the beginning may tell what it is and who issues it
_LAST = 5  # so many at the end may be signed
_LONG = 400  # a quotation that is longer is taken for none
_LINES = 3  # more lines that name bodies alone are a list
# What a notice calls itself, and how it speaks; a story that ends with its outlet's name is none.
_NOTICE = re.compile(
    "(?:公示|公告|公报|通知|通告|通报|启事|办法|细则|方案|意见|决定|函|答复|倡议书|公开信|总结|简报|报告|说明|情况|的批复)(?:$|[(（])"
)
_OUTLET = (
    "融媒体中心",
    "传媒中心",
    "新闻中心",
    "报社",
    "日报",
    "电视台",
    "广播台",
    "通讯社",
    "新华社",
    "网",
    "传媒集团",
    "宣传部",
)
_VOICE = re.compile("现将|特此|公示期|如有异议|收悉")
_BETWEEN = re.compile("[ 、,和]*")
_DAY = re.compile(
    "[ ,、]*(?:[0-9〇○零一二三四五六七八九十]+年[0-9零一二三四五六七八九十]+月[0-9零一二三四五六七八九十]+日)?"
)


def issuers(article: Article, bodies: Row[Mention], entities: Mapping[Mention, Entity]) -> tuple[Entity, ...]:
    """The bodies that issue a text, where it is a notice and says so."""
    text = article.text
    found: list[Mention] = []
    if _is_notice(article):
        signed = [_named_alone(text, block, bodies) for block in article.blocks[-_LAST:]]
        found = [m for run in signed for m in run] if sum(map(bool, signed)) <= _LINES else []
        for block in article.blocks[:_HEAD] if not found else ():
            run = _first_run(text, bodies.within(Span(block.start, block.end)))
            if run and run[0].span.start == block.start and text.startswith("关于", run[-1].span.end):
                found += run
    if not found:
        own = (m for m in bodies if m.rule == "anaphor" and m.text[0] in "我本" and not _quoted(text, m.span.start))
        found = list(own)[:1]
    return tuple(dict.fromkeys(entities[m] for m in found))


def _is_notice(article: Article) -> bool:
    """Does a text call itself a notice, or speak like one?"""
    heads = (article.text[block.start : block.end] for block in article.blocks[:_HEAD])
    return any(map(_NOTICE.search, (article.title, *heads))) or _VOICE.search(article.text) is not None


def _named_alone(text: str, block: Block, bodies: Row[Mention]) -> list[Mention]:
    """The bodies that a block consists of, but for the day."""
    run = _first_run(text, bodies.within(Span(block.start, block.end)))
    alone = run and run[0].span.start == block.start and _DAY.fullmatch(text, run[-1].span.end, block.end)
    return run if alone and not run[-1].text.endswith(_OUTLET) else []


def _first_run(text: str, inside: list[Mention]) -> list[Mention]:
    """The first of some bodies, with those that stand right behind it."""
    run = inside[:1]
    for one, other in pairwise(inside):
        if not _BETWEEN.fullmatch(text, one.span.end, other.span.start):
            break
        run.append(other)
    return run


def _quoted(text: str, at: int) -> bool:
    return text.rfind("“", max(0, at - _LONG), at) > text.rfind("”", max(0, at - _LONG), at)
