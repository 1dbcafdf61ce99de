"""Chinese and Arabic numerals as decimals: 1.5万, 三亿五千万, 12万5000, 2500余万, 数百, 二三十.

    十亿 3000万        3亿 零 50万        一百 二三 十        2500 余 万
    └────┴ a figure, then scales, again and again ┘    └ neighbours: a range, 120 to 130

A numeral may be vague in itself (余 多 几 数); that is kept, because it bounds the amount from below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000, "k": 1000}

_HAN = "零〇一二两三四五六七八九"
_SCALE = "十百千万亿"
# 1,200 and 1200.5; of 20,00 and 20,30,40 nobody knows what they say, and they are no numeral
# (possessive: digits are never given back, or a long row of them would be tried again and again)
_ARABIC = r"(?:\d{1,3}(?:,\d{3})++(?:\.\d++)?(?!,?\d)|\d++(?:\.\d++)?(?!,?\d))"
# 2500余万, 10多亿, 3千万: what multiplies a figure
_TIMES = r"(?: ?[余多几来]?(?:[十百千]+[万亿]*|[万亿]+)|个亿|[kK](?![A-Za-z]))"
# 5000 of 12万5000, 零50 of 3亿零50万, 两千 of 100万两千; what is a year or a date begins something else
_MORE = rf"(?<=[百千万亿])零?(?:(?!\d+ ?[年月日号岁级届:])\d{{1,4}}(?:\.\d+(?= ?[余多几来]?[十百千万亿]))?(?![\d.,]*\d)|[{_HAN}]+)"
_VAGUE = "[余多几来]"
_ARABIC_NUMBER = rf"{_ARABIC}(?:{_TIMES}+(?:{_MORE}{_TIMES}*)*)?{_VAGUE}?"
_HAN_NUMBER = (
    rf"(?:[数几](?=[{_SCALE}])|(?<![网线会以年路身之早晚礼桌地场史])上(?=[{_SCALE}]))?(?:[{_HAN}十千万亿廿卅]|百(?!分[之位点]))++"
    rf"(?:点[{_HAN}]+[{_SCALE}]*|个亿|(?:{_MORE}{_TIMES}*)+)?(?:{_VAGUE}[{_SCALE}]*)?"
)
# 第 makes an ordinal, a letter or a longer figure in front makes a code; 兆 is a million here and a billion there
UNGUARDED = rf"(?:{_ARABIC_NUMBER}|{_HAN_NUMBER})"
NUMBER = re.compile(rf"(?<![\d.A-Za-z第×{_HAN}{_SCALE}廿卅兆])(?<!\d,){UNGUARDED}")

_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|.")
_POSITIONAL = re.compile(rf"[{_HAN}]{{2,}}")
_UP = "一二三四五六七八九"
_RUNS = [_UP[i : i + size] for size in (3, 2) for i in range(len(_UP) - size + 1)] + ["一两", "两三", "两三四", "三五"]
# two or three digits that follow one another say from … to, where no longer row of digits stands
_NEIGHBOURS = re.compile(rf"(?<![{_HAN}])(?:{'|'.join(_RUNS)})(?=[{_SCALE}]|$)")


@dataclass(frozen=True, slots=True)
class Numeral:
    """What a numeral says: its value, whether 余 多 几 数 make it a lower bound, and the top of 二三百."""

    value: Decimal
    vague: bool = False
    high: Decimal | None = None


def read_numeral(text: str) -> Numeral:
    """A numeral as written, worked out.

    >>> read_numeral("2500余万")
    Numeral(value=Decimal('25000000'), vague=True, high=None)
    >>> read_numeral("三亿五千万").value
    Decimal('350000000')
    >>> read_numeral("二三百万")
    Numeral(value=Decimal('2000000'), vague=False, high=Decimal('3000000'))
    >>> read_numeral("12万5000").value, read_numeral("3亿零50万").value
    (Decimal('125000'), Decimal('300500000'))
    """
    bare = text.replace(" ", "").replace("廿", "二十").replace("卅", "三十").lower()
    vague = bare[:1] in "数几上" or any(c in "余多几来" for c in bare)
    bare = re.sub("[数几上余多来个]", "", bare)
    neighbours = _NEIGHBOURS.search(bare)
    if neighbours:
        digits = neighbours.group()
        low, high = (bare[: neighbours.start()] + c + bare[neighbours.end() :] for c in (digits[0], digits[-1]))
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
    """The sum of what the scales multiply; 亿 multiplies all that stands before it, 万 what no 亿 has taken.

    >>> _by_scales("十亿3000万"), _by_scales("2千零30万")
    (Decimal('1030000000'), Decimal('20300000'))
    """
    total = section = Decimal(0)
    current: Decimal | None = None
    last_scale, zero = Decimal(1), False
    for token in _TOKEN.findall(text):
        if token in SCALES:
            scale = Decimal(SCALES[token])
            if scale < 10_000:
                section += (Decimal(1) if current is None else current) * scale
            elif scale == 10_000:
                part = section + (current or 0)
                total = total + part * scale if part or not total else total * scale  # 百万, 万万
                total = total or scale
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
    if current is not None and last_scale >= 100 and not zero and text[-1] in _ONES and text[-2] in SCALES:
        current *= last_scale / 10  # 一百二 is 120, 三万五 and 3万5 are 35000
    return total + section + (current or 0)


_ONES = frozenset(DIGITS) | frozenset("123456789")
