"""A web page as a reader sees it: line by line, each with what holds it, and the names that its metadata has."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from lxml import html as lxml_html

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_UNSEEN = frozenset(
    [
        "audio",
        "button",
        "canvas",
        "dialog",
        "embed",
        "footer",
        "head",
        "iframe",
        "input",
        "map",
        "math",
        "nav",
        "noscript",
        "object",
        "option",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "video",
    ]
)
_CELLS = frozenset(("td", "th"))
_BAR = "\0"  # parts cells while a row is gathered
_ROW = 400  # characters that a row of data has at most
# Class names and ids of what stands around a story, as page builders call it; whole words between - _ and capitals.
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:comments?|pinglun|reply|replies|recommend\w*|tuijian|related|relate|xiangguan|share\w*|bdsharebuttonbox|social"
    r"|copyright|footer|foot|sidebar|side|aside|breadcrumbs?|crumbs?|qrcode|ewm|hot\w*|rank\w*|advert\w*|ads?|gg|tags?|keywords?"
    r"|login|search|menu|nav\w*|toolbar|tools?|disclaimer|statement|shengming|prev|next|pagination|pages?-?nav|popup|modal|subscribe"
    r"|feedback|download|app-?down\w*|fixed|float|links?|friendlink\w*|hidden)(?:[\s_-]|$)",
    re.IGNORECASE,
)
# WeChat's pages keep the account's name and the second of publication in their script.
_WECHAT = re.compile(r"var\s+(nickname|ct)\s*=\s*(?:htmlDecode\()?[\"']([^\"']{1,60})[\"']")
_CHINA = datetime.timezone(datetime.timedelta(hours=8))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SENTENCE = re.compile(r"[，。；：！？、,;!?“”]")
BLANKS = re.compile(r"\s+")


@dataclass(slots=True)
class Line:
    """What a reader sees as one line: its words, how many of them are links, and the element that holds it."""

    text: str
    links: int
    holder: Any
    furniture: bool
    heading: bool = False

    @property
    def weight(self) -> int:
        """How many characters of sentences."""
        if self.furniture or self.links * 2 > len(self.text):
            return 0
        return len(self.text) if len(self.text) >= 12 and _SENTENCE.search(self.text) else 0


@dataclass(slots=True)
class _Reader:
    """Walks through a page and gathers its lines; `unseen`, `linked` and `aside` count how deep it is in such elements."""

    holders: list[Any]
    lines: list[Line] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    links: int = 0
    unseen: int = 0
    linked: int = 0
    aside: int = 0
    row: Any = None  # the row of a table of data that it is in

    def start(self, element: Any, tag: str) -> None:
        """An element begins."""
        if self.unseen or _is_unseen(element, tag):
            self.unseen += 1
            return
        self.aside += bool(self.aside) or _is_furniture(element, tag)
        self.linked += tag == "a"
        if self.row is not None:
            self.words.append(_BAR if tag in _CELLS else " " if tag in _BLOCKS or tag == "br" else "")
        elif tag in _BLOCKS or tag in _CELLS:
            self.line()
            self.holders.append(element)
            self.row = element if tag == "tr" and _is_data(element) else None
        elif tag == "br":
            self.line()
        self.said(element.text)

    def end(self, element: Any, tag: str) -> None:
        """An element ends; what follows it is of the one around it."""
        if self.unseen:
            self.unseen -= 1
        else:
            if self.row is element:
                self.row = None
            if self.row is None and (tag in _BLOCKS or tag in _CELLS):
                self.line()
                self.holders.pop()
            self.linked -= tag == "a"
            self.aside -= bool(self.aside)
        self.said(element.tail)

    def said(self, words: str | None) -> None:
        """Words, unless nobody sees them."""
        if words and not self.unseen:
            self.words.append(words)
            self.links += len(words.strip()) if self.linked else 0

    def line(self) -> None:
        """The line ends here."""
        text = BLANKS.sub(" ", "".join(self.words).replace("\u200b", "")).strip()
        if _BAR in text:
            text = f"| {' | '.join(cell.strip() for cell in text.split(_BAR)[1:])} |"
        if text:
            holder = self.holders[-1]
            self.lines.append(Line(text, self.links, holder, bool(self.aside), holder.tag in ("h1", "h2", "h3")))
        self.words, self.links = [], 0


def _is_data(row: Any) -> bool:
    """Is it a row of a table of data?  Old pages set whole stories in tables."""
    cells = sum(1 for cell in row if cell.tag in _CELLS)
    return cells > 1 and row.find(".//table") is None and len("".join(row.itertext())) < _ROW


def parsed(markup: str) -> Any:
    """The page as a tree; None where nothing can be made of it."""
    # lxml refuses text that declares its own encoding and characters that XML cannot hold
    plain = re.sub(r"^\s*<\?xml[^>]*\?>", "", markup)
    plain = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", " ", plain)
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        return lxml_html.document_fromstring(plain.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def named(tree: Any) -> dict[str, str]:
    """The metadata that the page states by name; of several of one name the first."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("itemprop")
        value = (element.get("content") or "").strip()
        if name and value:
            found.setdefault(name.strip().casefold(), value)
    if (heading := tree.find(".//title")) is not None and heading.text:
        found["<title>"] = heading.text
    for element in tree.iter("script"):
        if (element.get("type") or "").strip() == "application/ld+json":
            found |= dict(_linked(element.text or "")) | found
        elif "nickname" in (element.text or ""):
            found |= dict(_of_wechat(element.text)) | found
    return found


def _linked(written: str) -> Iterator[tuple[str, str]]:
    """What schema.org's NewsArticle says, as JSON-LD has it."""
    try:
        data = json.loads(written, strict=False)
    except (ValueError, RecursionError):
        return
    for node in data if isinstance(data, list) else [data]:
        if isinstance(node, dict):
            for name in ("datePublished", "pubDate"):
                if isinstance(node.get(name), str):
                    yield "datepublished", node[name]


def _of_wechat(script: str) -> Iterator[tuple[str, str]]:
    """The account and the day that an article of WeChat keeps in its script."""
    for name, value in _WECHAT.findall(script):
        if name == "nickname":
            yield "contentsource", value
        elif value.isdigit() and len(value) == 10:
            yield "pubdate", datetime.datetime.fromtimestamp(int(value), _CHINA).date().isoformat()


def lines_of(tree: Any) -> list[Line]:
    """What a reader sees, line by line; a row of a table of data is one line, | its cells | between bars |."""
    reader = _Reader([tree])
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if element is not tree:
                reader.start(element, tag)
        elif event == "end":
            if element is not tree:
                reader.end(element, tag)
        else:
            reader.said(element.tail)
    reader.line()
    return reader.lines


def _is_unseen(element: Any, tag: str) -> bool:
    return tag in _UNSEEN or bool(_HIDDEN.search(element.get("style") or "")) or element.get("hidden") is not None


def _is_furniture(element: Any, tag: str) -> bool:
    if tag in ("html", "body", "main", "article", "form"):
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(_FURNITURE.search(re.sub(r"(?<=[a-z])(?=[A-Z])", "-", names)))
