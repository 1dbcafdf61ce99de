"""What a web page says of its story beside it: headline, day, outlet, who wrote it, address.

Government pages name their metadata as the State Council's guidelines for government websites (2017) ask
(`ArticleTitle`, `PubDate`, `ContentSource`), others as Open Graph and schema.org do; most only show a line under the
headline: 2023-07-29 10:02　来源：工人日报　作者：李娜.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from lxml import etree

from kg.language.dates import day
from kg.model import Meta
from kg.sources.meta import address, people
from kg.sources.webpage import BLANKS, Line

_SITE = re.compile(r"\s*[_|\-–—]+\s*")
_LABELLED_SOURCE = re.compile(r"(?:信息来源|稿件来源|文章来源|新闻来源|来源)\s*[:：]\s*([^\s|:：，,()（）<>]{2,24})")
_LABELLED_AUTHOR = re.compile(
    r"(?:作者|记者|撰稿|文)\s*[:：/]\s*([\u3400-\u9fff·]{2,8}(?:[\s、，,]{1,2}[\u3400-\u9fff·]{2,4}){0,4})(?![:：\u3400-\u9fff])"
)
_FULL_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d\s*[年/.\-]\s*\d{1,2}\s*[月/.\-]\s*\d{1,2}\s*日?(?:\s*T?\d{1,2}:\d{2})?")
_DATE_LABEL = re.compile(r"(?:发布|发表|发稿|更新|成文|上传)?(?:时间|日期)\s*[:：]\s*$|(?:发布|发表)于\s*$")
_SAVED = re.compile(r"saved from url=\(\d+\)(\S+)")
_TITLES = ("ArticleTitle", "og:title", "twitter:title", "title")
_DATES = (
    "PubDate",
    "article:published_time",
    "datePublished",
    "pubdate",
    "publishdate",
    "publish_time",
    "og:release_date",
    "weibo:article:create_at",
    "bytedance:published_time",
    "_pubtime",
    "DC.date.issued",
)
_PUBLISHERS = ("ContentSource", "mediaid", "source", "SiteName", "og:site_name")
_AUTHORS = ("Author", "author", "article:author")
_LABEL_SPACE = 40  # a by-line stands this many lines around the headline


def title_of(named: dict[str, str], lines: Sequence[Line], start: int) -> tuple[str, int]:
    """The headline, and the number of its line on the page; -1 where it has none."""
    stated = [named[name.casefold()] for name in _TITLES if name.casefold() in named]
    page = named.get("<title>", "")
    stated = [BLANKS.sub(" ", title).strip() for title in [*stated, page] if title.strip()]
    shown = [i for i, line in enumerate(lines[: start + 3]) if line.heading or i <= start]
    for i in sorted(shown, key=lambda i: (not lines[i].heading, -len(lines[i].text))):
        text = lines[i].text
        if len(text) >= 4 and any(_plain(text) in _plain(title) for title in stated):
            return text, i
    headings = [i for i in shown if lines[i].heading and len(lines[i].text) >= 6]
    if not stated:
        return (lines[headings[0]].text, headings[0]) if headings else ("", -1)
    return max((_SITE.split(title)[0] for title in stated[:1]), key=len), -1


def _plain(text: str) -> str:
    return re.sub(r"[\s“”\"'‘’]+", "", text)


def same(text: str, title: str) -> bool:
    return bool(title) and _plain(text) == _plain(title)


def meta_of(named: dict[str, str], title: str, lines: Sequence[Line], at: int, body: Sequence[int], tree: Any) -> Meta:
    start = at if at >= 0 else (body[0] if body else 0)
    end = next((i for i in body if lines[i].weight > 60), body[-1] if body else start)
    around = [line.text for line in lines[max(0, start - 5) : max(start + 1, min(end + 1, start + _LABEL_SPACE))]]
    head = "\n".join(around)
    source = _LABELLED_SOURCE.search(head)
    author = _LABELLED_AUTHOR.search(head)
    publisher = source[1] if source else next((named[n.casefold()] for n in _PUBLISHERS if n.casefold() in named), "")
    creators = people(author[1]) if author else ()
    for name in _AUTHORS:
        creators = creators or people(named.get(name.casefold(), ""))
    return Meta(
        title=title,
        date=_date(named, head, lines, start),
        publisher=publisher,
        creators=tuple(name for name in creators if name not in publisher),
        address=_address(named, tree),
    )


def _date(named: dict[str, str], head: str, lines: Sequence[Line], start: int) -> str | None:
    """The day of publication: as labelled or shown by the headline, else as the page's metadata has it."""
    shown = list(_FULL_DATE.finditer(head))
    for match in sorted(shown, key=lambda m: not _DATE_LABEL.search(head[max(0, m.start() - 12) : m.start()])):
        if found := day(match[0]):
            return found
    for name in _DATES:
        if found := day(named.get(name.casefold(), "")):
            return found
    for line in [*lines[start:], *lines[:start]]:
        if (opening := _FULL_DATE.match(line.text)) and len(line.text) < 60 and (found := day(opening[0])):
            return found
    return None


def _address(named: dict[str, str], tree: Any) -> str:
    for element in tree.iter("link"):
        if "canonical" in (element.get("rel") or "").split() and (found := address(element.get("href") or "")):
            return found
    if found := address(named.get("og:url", "")):
        return found
    for comment in tree.iter(etree.Comment):
        if match := _SAVED.search(comment.text or ""):
            return address(match[1])
    return ""
