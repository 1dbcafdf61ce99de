"""Web pages: the story without the page around it.

    <div id="nav">…links…</div>            links outweigh words: no part of the story
    <h1>…</h1> <span>来源：…</span>          headline and by-line, above the story
    <div class="content"> <p>…</p> … </div>  most sentences in the least space: the story
    <div class="related">…links…</div>

Every line of the page is weighed by the sentences in it; the element whose children hold most of them is the story's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from kg.model import Meta
from kg.sources.masthead import meta_of, same, title_of
from kg.sources.webpage import Line, lines_of, named, parsed

_PARAGRAPHS = ("p", "h1", "h2", "h3", "h4", "li", "blockquote", "td")
# Where a story is over although its element goes on.
_TAIL = re.compile(
    r"^[（(【\[—\-\s]*(?:责任编辑|责编|编辑[:：]|本文来源|相关(?:阅读|新闻|链接|报道|文章)|延伸阅读|推荐阅读|更多精彩|热门推荐|猜你喜欢|免责声明"
    r"|(?:特别)?声明[:：]|版权声明|分享到|分享至|扫一扫|上一篇|下一篇|关键词[:：]|标签[:：]|网友评论|发表评论|打印本页|关闭窗口|阅读原文"
    r"|返回(?:顶部|搜狐)|【?打印】?|举报|点击加载|附件下载|我要(?:纠错|评论))"
)


def story(markup: str) -> tuple[str, Meta]:
    """The headline and the text of a page, a paragraph a line, and its metadata.

    >>> page = "<title>慰问_工会网</title><ul><li><a>首页</a></ul><h1>慰问</h1><p>市总工会投入5万元，慰问职工。</p><p>责任编辑：某</p>"
    >>> story(page)[0]
    '慰问\\n\\n市总工会投入5万元，慰问职工。'
    """
    tree = parsed(markup)
    if tree is None:
        return "", Meta()
    names = named(tree)
    lines = lines_of(tree)
    body = _body(lines)
    title, at = title_of(names, lines, body[0] if body else len(lines))
    chosen = [lines[i] for i in body if i != at and not same(lines[i].text, title)]
    meta = meta_of(names, title, lines, at, body, tree)
    paragraphs = ([title] if title else []) + [line.text for line in chosen]
    return "\n\n".join(paragraphs), meta


def _body(lines: Sequence[Line]) -> list[int]:
    """The story's lines by number: of the element whose children hold most of the sentences."""
    scores: defaultdict[Any, float] = defaultdict(float)
    for line in lines:
        share, holder = 1.0, line.holder
        for depth in range(5):
            if holder is None or not line.weight:
                break
            scores[holder] += line.weight * share
            holder = holder.getparent()
            share *= 0.75 if depth == 0 else 0.6
    if not scores:
        return [i for i, line in enumerate(lines) if not line.furniture and not line.links]
    best = max(scores, key=lambda e: scores[e])
    if best.tag in _PARAGRAPHS and best.getparent() is not None:
        best = best.getparent()  # a story of one paragraph
    inside = _within(lines, best)
    return _trimmed(lines, inside)


def _within(lines: Sequence[Line], home: Any) -> list[int]:
    held: dict[Any, bool] = {}

    def is_held(element: Any) -> bool:
        path = []
        while element is not None and element not in held and element is not home:
            path.append(element)
            element = element.getparent()
        answer = element is home or (element is not None and held.get(element, False))
        held.update(dict.fromkeys(path, answer))
        return answer

    return [i for i, line in enumerate(lines) if is_held(line.holder)]


def _is_tail(line: Line) -> bool:
    """Is it a label of what follows a story, not a sentence that begins with the same word (网友评论说…)?"""
    match = _TAIL.match(line.text)
    return (
        match is not None
        and len(line.text) < 80
        and (not line.weight or match[0][-1] in ":：" or line.text[match.end()] in ":：】]")
    )


def _trimmed(lines: Sequence[Line], inside: Sequence[int]) -> list[int]:
    """Less the furniture inside, and less what follows the story's end."""
    kept: list[int] = []
    told = 0
    for i in inside:
        line = lines[i]
        if told and _is_tail(line):
            break
        if line.furniture or (line.links * 2 > len(line.text) and not line.weight):
            continue
        told += line.weight
        kept.append(i)
    return kept
