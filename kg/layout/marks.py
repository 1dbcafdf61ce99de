"""What a file holds and a reader does not read: invisible characters, Markdown's marks, rows of blanks.

    **无锡市残联**发放补助[7万元](http://x)        县​民政局  发放
    ^^          ^^        ^   ^^^^^^^^^^^         ^U+200B ^ one blank is enough

They are taken out before anything is read; `places` leads from each code point that is left to the file, so that
quotes and offsets stay the file's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# Unicode's format characters that show nothing (general category Cf), and the soft hyphen.
_UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ufe00-\ufe0f"
_BLANK = " \t\u00a0\u2000-\u200a\u202f\u205f\u3000"
# Marks of CommonMark (https://spec.commonmark.org/0.31.2/), as far as texts of people use them; each group is dropped.
_MARKS = re.compile(
    rf"(?P<unseen>[{_UNSEEN}]+|&(?:nbsp|ensp|emsp|thinsp|zwnj|zwj|shy|lrm|rlm|#160|#xa0);)"
    r"|(?P<escape>\\)(?=[!-/:-@\[-`{-~])"  # 2.4 backslash escapes
    r"|(?P<image>!\[[^\[\]\n]{0,200}\]\([^()\s]{0,500}(?: \"[^\"\n]{0,200}\")?\))"  # 6.4 images
    r"|(?P<open>\[)(?=[^\[\]\n]{1,200}\]\([^()\s]{0,500}\))"  # 6.3 links: the text stays
    r"|(?P<close>\]\([^()\s]{0,500}\))"
    r"|(?P<strong>\*\*|__|~~)(?=\S)|(?<=\S)(?P<strong2>\*\*|__|~~)"  # 6.2 emphasis
    r"|(?P<emphasis>(?<![*\w])\*(?=[^\s*][^*\n]{0,200}\*)|(?<=[^\s*])\*(?![*\w]))(?!\d)"
    r"|(?P<code>`+)"  # 6.1 code spans
    r"|(?P<heading>^ {0,3}#{1,6}[ \t]+)|(?P<trailing>[ \t]+#+[ \t]*$)"  # 4.2 ATX headings
    r"|(?P<quote>^ {0,3}(?:>[ \t]?)+)"  # 5.1 block quotes
    r"|^ {0,3}(?P<bullet>[*+-][ \t]+)(?=\S)"  # 5.2 list items: a bullet stands for each
    # air that is set between Chinese and figures; after 电 and 讯 the blank parts dateline and text
    r"|(?P<air>(?<=[\u4e00-\u9fff])(?<![电讯])[ \u00a0\u2009]+(?=\d)|(?<=[\d%％])(?<![-/:]\d\d)[ \u00a0\u2009]+(?=[\u4e00-\u9fff]))"
    rf"|(?P<margin>^[{_BLANK}]+)"  # stays: it tells where a paragraph begins
    rf"|(?<=[{_BLANK}])(?P<blanks>[{_BLANK}]+)",
    re.MULTILINE,
)
_ROW = re.compile(r"^[ \t]*\|(?:[^|\n]*\|)+[ \t]*$|^[^|\n]+\|[^|\n]+\|[^\n]*$", re.MULTILINE)
_RULE = re.compile(r"[\s|:+=-]*")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text without what is not read; `places[i]` is the place in the file of its code point `i`."""

    text: str
    places: Sequence[int]


def without_marks(text: str) -> Plain:
    """The text as a reader reads it, a table's row as a list of its cells.

    >>> without_marks("**无锡市残联**发放[7万元](http://x),  共80​名").text
    '无锡市残联发放7万元, 共80名'
    >>> without_marks("向 300 名职工发放 5 万元。新华社北京1月1日电 2013年以来").text
    '向300名职工发放5万元。新华社北京1月1日电 2013年以来'
    >>> without_marks("| 单位 | 金额 |\\n|---|---:|\\n| 县总工会 | 5万元 |").text
    '单位,金额\\n\\n县总工会,5万元'
    >>> [without_marks(s).text for s in ("3*5=15", "1\\\\,200元", "# 公告", "2 * 50万元")]
    ['3*5=15', '1,200元', '公告', '2 * 50万元']
    """
    dropped: list[tuple[int, int]] = []
    written: dict[int, str] = {}
    for m in _MARKS.finditer(text):
        if m.lastgroup == "bullet":
            written[m.start("bullet")] = "•"
            dropped.append((m.start("bullet") + 1, m.end()))
        elif m.lastgroup != "margin":
            dropped.append(m.span())
    for row in _ROW.finditer(text) if "|" in text else ():
        gone, joints = _cells(text, row.start(), row.end())
        dropped += gone
        written |= dict.fromkeys(joints, ",")
    if not dropped and not written:
        return Plain(text, range(len(text)))
    keep = bytearray(b"\1") * len(text)
    for start, end in dropped:
        keep[start:end] = bytes(end - start)
    places = [at for at, kept in enumerate(keep) if kept]
    return Plain("".join(written.get(at, text[at]) for at in places), places)


def _cells(text: str, start: int, end: int) -> tuple[list[tuple[int, int]], set[int]]:
    """What of a table's row is dropped, and which bars part two cells that say something."""
    if _RULE.fullmatch(text, start, end):
        return [(start, end)], set()
    gone: list[tuple[int, int]] = []
    commas: set[int] = set()
    at = start
    for bar in [*(i for i in range(start, end) if text[i] == "|"), end]:
        cell = text[at:bar]
        left, right = len(cell) - len(cell.lstrip()), len(cell.rstrip())
        gone += [(at, at + left), (at + right, bar)] if cell.strip() else [(at, bar)]
        if bar < end:
            more = text[bar + 1 : end].strip(" \t|")
            if cell.strip() and more:
                commas.add(bar)
            else:
                gone.append((bar, bar + 1))
        at = bar + 1
    return gone, commas
