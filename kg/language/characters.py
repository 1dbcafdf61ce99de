"""Folding of characters, one to one, so that offsets survive.

Unicode's NFKC would do most of this, but it changes lengths (`㎡`, `…`) and so cannot be used before offsets
are taken.
"""

from __future__ import annotations

import re

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys((0x3000, 0x00A0, 0x0009, 0x2002, 0x2003), 0x0020)
_HALF_WIDTH_STOPS = {0xFF61: 0x3002, 0xFF64: 0x3001}
# Private-use characters stand for classes of mentions in masked clauses; a text that has some must not feign them.
_PRIVATE = dict.fromkeys(range(0xE000, 0xF900), 0xFFFD)
_CORNERS = dict(zip(map(ord, "「」『』"), map(ord, "“”‘’"), strict=True))
_TABLE = _FULL_WIDTH | _CORNERS | _SPACES | _HALF_WIDTH_STOPS | _PRIVATE

_HAN_RANGES = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))
_HAN = "".join(f"{chr(low)}-{chr(high)}" for low, high in _HAN_RANGES) + "〇"
# A full stop typed as a dot: it follows Chinese, and no digit, letter or further dot follows it.
_DOT = re.compile(rf"(?<=[{_HAN}”’\")）》】」〕%])\.(?![0-9A-Za-z.])")
_APART = re.compile("(?<=[0-9])，(?=[0-9])")
_SINGLE = re.compile("(“[^”]*”?)|‘([^‘’]*)’")  # single marks within double ones stay what they are
_LONE = re.compile("[\ud800-\udfff]")
_PARAGRAPH = re.compile(r"[^\r\n]+")


def is_han(ch: str) -> bool:
    """Is this one character a Chinese ideograph?

    >>> is_han("工"), is_han("〇"), is_han("a"), is_han("。")
    (True, True, False, False)
    """
    code = ord(ch)
    return ch == "〇" or any(low <= code <= high for low, high in _HAN_RANGES)


def fold(text: str) -> str:
    """The text in one width, same length: ASCII for full-width forms, curly quotes for straight and cornered ones.

    >>> fold("补助１２％（约３万元），每家：好！")
    '补助12%(约3万元),每家:好!'
    >>> fold('送"护身符",请喝"清凉茶".共1,234.5元')
    '送“护身符”,请喝“清凉茶”。共1,234.5元'
    >>> fold("「复耕贷」与‘暖心灶’；“我们叫它‘暖心灶’”")
    '“复耕贷”与“暖心灶”;“我们叫它‘暖心灶’”'
    >>> fold("发给20，300人次"), fold("９，９９９元")  # a wide comma parts figures, unless these are wide as well
    ('发给20，300人次', '9,999元')
    """
    return _PARAGRAPH.sub(lambda match: fold_paragraph(match[0]), text)


def fold_paragraph(text: str) -> str:
    """`fold` for a stretch that is one paragraph, which is what straight quotes are paired within.

    >>> fold_paragraph('"有了保险,更踏实."他说.')
    '“有了保险,更踏实。”他说。'
    """
    folded = _DOT.sub("。", _APART.sub("\0", text).translate(_TABLE)).replace("\0", "，")
    pieces = folded.split('"')
    curly = pieces[0] + "".join(("”" if n % 2 else "“") + piece for n, piece in enumerate(pieces[1:]))
    return _SINGLE.sub(lambda match: match[1] or f"“{match[2]}”", curly) if "‘" in curly else curly


def whole(text: str) -> str:
    """The text with U+FFFD for each half of a character, which no file and no graph can hold.

    >>> whole("工\\ud800会")
    '工\ufffd会'
    """
    return _LONE.sub("\ufffd", text)
