"""Chinese and Arabic numerals as decimals: 1.5万, 三亿五千万, 2500余万, 数百.

A numeral may be vague in itself (余 多 几 数); that is kept, because it bounds the amount from below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}

_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)"
_HAN = "零〇一二两三四五六七八九"
# 2500余万, 1亿3000万, 10多亿; the vague word also closes the numeral (30余, 十几, 一百来)
_ARABIC_NUMBER = (
    rf"{_ARABIC}(?: ?[余多几]?[十百千]?[万亿]+(?:{_ARABIC}(?=[千百万]))?|[余多几]?[十百千]+[万亿]*)*(?:[余多几来])?"
)
_HAN_NUMBER = (
    rf"(?:[数几](?=[十百千万亿])|(?<![网线会以年路身之早晚礼桌地场史])上(?=[十百千万亿]))?[{_HAN}十百千万亿]+"
    rf"(?:点[{_HAN}]+[十百千万亿]*)?(?:[余多几来][十百千万亿]*)?"
)
# 第 makes an ordinal, a letter or a longer figure in front makes a code
NUMBER = re.compile(rf"(?<![\d.A-Za-z第×{_HAN}十百千万亿])(?:{_ARABIC_NUMBER}|{_HAN_NUMBER})")

_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|.")
_POSITIONAL = re.compile(rf"[{_HAN}]{{2,}}")
_NEIGHBOURS = re.compile("(?:一两|两三|三四|三五|四五|五六|六七|七八|八九)(?=[十百千万亿]|$)")


@dataclass(frozen=True, slots=True)
class Numeral:
    """What a numeral says: its value, whether 余 多 几 数 make it a lower bound, and the top of 两三百."""

    value: Decimal
    vague: bool = False
    high: Decimal | None = None


def read_numeral(text: str) -> Numeral:
    """A numeral as written, worked out.

    >>> read_numeral("2500余万")
    Numeral(value=Decimal('25000000'), vague=True, high=None)
    >>> read_numeral("三亿五千万").value
    Decimal('350000000')
    >>> read_numeral("两三百")
    Numeral(value=Decimal('200'), vague=False, high=Decimal('300'))
    """
    bare = text.replace(" ", "")
    vague = bare[:1] in "数几上" or any(c in "余多几来" for c in bare)
    bare = re.sub("[数几上余多来]", "", bare)
    neighbours = _NEIGHBOURS.search(bare)
    if neighbours:
        low, high = (bare[: neighbours.start()] + c + bare[neighbours.end() :] for c in neighbours.group())
        return Numeral(plain(_work_out(low)), vague, plain(_work_out(high)))
    return Numeral(plain(_work_out(bare)), vague)


def plain(value: Decimal) -> Decimal:
    """The same number without exponent and without trailing zeros.

    >>> plain(Decimal("1.50E+2")), plain(Decimal("2.50"))
    (Decimal('150'), Decimal('2.5'))
    """
    if value == value.to_integral_value():
        return value.quantize(Decimal(1)) if value.adjusted() < 27 else Decimal(int(value))
    return value.normalize()


def _work_out(text: str) -> Decimal:
    if not text:
        raise ValueError("an empty numeral")
    if _POSITIONAL.fullmatch(text):
        return Decimal("".join(str(DIGITS[c]) for c in text))
    whole, point, fraction = text.partition("点")
    if point:
        return _with_fraction(whole, fraction)
    return _by_scales(text)


def _with_fraction(whole: str, fraction: str) -> Decimal:
    """三点五亿: the digits behind 点 first, then the scales behind those."""
    digits = fraction.rstrip("十百千万亿")
    factor = Decimal(1)
    for scale in fraction[len(digits) :]:
        factor *= SCALES[scale]
    tail = Decimal("0." + "".join(str(DIGITS[c]) for c in digits))
    return (_by_scales(whole) + tail) * factor


def _by_scales(text: str) -> Decimal:
    total = section = Decimal(0)
    current: Decimal | None = None
    last_scale, zero = Decimal(1), False
    for token in _TOKEN.findall(text):
        if token in SCALES:
            scale = Decimal(SCALES[token])
            if scale < 10_000:
                section += (Decimal(1) if current is None else current) * scale
            elif scale == 10_000:
                total += (section + (current or 0) or Decimal(1)) * scale
                section = Decimal(0)
            else:
                total = (total + section + (current or 0) or Decimal(1)) * scale
                section = Decimal(0)
            current, last_scale, zero = None, scale, False
        elif token in DIGITS:
            zero = zero or DIGITS[token] == 0
            # 一百二十 reads digit by digit; 二零 in the middle is positional
            current = Decimal(DIGITS[token]) + (current * 10 if current is not None else 0)
        else:
            current = Decimal(token.replace(",", ""))
    if current is not None and last_scale >= 100 and not zero and text[-1] in DIGITS and text[-2] in SCALES:
        current *= last_scale / 10  # 一百二 is 120, 三万五 is 35000
    return total + section + (current or 0)
