"""Amounts in Chinese text: money, counts, percentages and durations with their bounds.

每人每月  不低于   1200 余  元   /…   左右
───────  ──────   ─────── ──── ────  ────
  per    bound     number unit  per  bound
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kg.language.bare import bare_unit
from kg.language.coins import coins_at, pieces_of_money
from kg.language.dates import find_dates
from kg.language.numerals import NUMBER, UNGUARDED, Numeral, plain, read_numeral
from kg.language.quantity import Quantity
from kg.language.surroundings import BARRED, QUOTED, left_of, no_amount_here, right_of
from kg.language.uncounted import says_no_amount
from kg.language.units import Unit, signs, units
from kg.language.writing import Writing, plainly
from kg.model import Amount, Bound, Kind, Mention, Span

_FRACTION = rf"[一二两三四五六七八九十百千万]{{1,4}}分之(?:{NUMBER.pattern}|百)"
_HALF = "(?<![上下大前后多过小一两年天月时])半(?=年(?!度|报)|个月|个?小时|个学期|成(?![立果为员品本就长]))"
_WORDS_BEFORE = "|".join(sorted(map(re.escape, signs()), key=len, reverse=True))
# ￥3,000, RMB50万, 人民币12万; not the 美元 of 3美元5人
_SIGNED = rf"(?:(?<![\dA-Za-z万亿元])(?P<sign>{_WORDS_BEFORE}) ?(?P<signed>{UNGUARDED}))"
_CANDIDATE = re.compile(
    rf"{_SIGNED}|(?P<fraction>{_FRACTION})|(?P<discount>打对折)|(?P<number>{NUMBER.pattern})|(?P<half>{_HALF})"
    r"|(?P<coin>(?<![\d.])[一二两三四五六七八九\d][角毛](?=[一二三四五六七八九\d]|钱))"
)
_JOIN = re.compile(r" ?(?:至|到|-|~|–|―|—(?!—)) ?")
# 5万元|以上|10万元|以下, 超过1000元|不足|5000元: both ends of one range
_BAND = re.compile("以上(?:但?(?:不足|不满|不到|低于|不超过))?|但?(?:不足|不满|不到)")
_BELOW = re.compile("以下|以内|之内")
_MINUS = re.compile(r"(?:(?<![\d%.A-Za-z])[-−]|负)\Z")
_MIXED_DURATION = re.compile("个(?P<more>[多余来半])(?=(?P<unit>月|小时|星期|学期))(?:月|小时|星期|学期)")
_MORE = re.compile("半|有余|多(?!元|功|家|种|名|个|项|部|方|人|位|数|层|样|地|岗|劳|能)|余(?!额|下|人|名)")
_TENTH_PART = re.compile("[一二三四五六七八九](?![一二三四五六七八九十百千万个名家年项])")
_ALTERNATIVE = re.compile(r"\((?:家|个|次|户|名|人|套|项|件|份)\)")
# 由每人每月640元、320元提高到704元: what is per a person stays so through the list
_SAME_PER = re.compile(" ?(?:、|和|及|或|(?:提高|增加|上调|调整|提升|提标|增|升|调|降低|下调|降)(?:到|至|为)) ?")
_CLASS: dict[Kind, str] = {"money": "Money", "count": "Count", "percent": "Percentage", "duration": "Duration"}
_YUAN = Unit("money", "CNY")
_LEAST_SIGNED = 100
_LONGEST = 40  # a longer row of digits is a code, or nothing


def find_amounts(text: str) -> list[Mention]:
    """The amounts of a text, in order, none overlapping another.

    >>> [(m.text, str(m.amount.value), m.amount.bound) for m in find_amounts("不少于5250人,投入1.5万元")]
    [('不少于5250人', '5250', 'min'), ('1.5万元', '15000', 'exact')]
    """
    writing = plainly(text)
    plain_text = writing.text
    mask = no_amount_here(plain_text, find_dates(plain_text))
    found: list[Mention] = []
    floor = 0
    for match in _CANDIDATE.finditer(plain_text):
        if match.start() < floor or len(match.group()) > _LONGEST or BARRED in mask[match.start() : match.end()]:
            continue
        first = _read(plain_text, match)
        if first is None or (first.unit.kind in ("count", "duration") and mask[match.start()] == QUOTED):
            continue
        mention = _mention(plain_text, mask, first, found[-1] if found else None)
        if mention is not None:
            found.append(mention)
            floor = mention.span.end
    return [_as_written(m, writing) for m in found]


def _as_written(mention: Mention, writing: Writing) -> Mention:
    span = writing.span(mention.span.start, mention.span.end)
    return replace(mention, span=span, text=writing.written[span.start : span.end])


def _read(text: str, match: re.Match[str]) -> Quantity | None:
    """The quantity at a candidate, or of a range its lower end."""
    start, end = match.span()
    if match["sign"]:
        return _signed(text, match)
    coins = coins_at(text, start)
    if coins:
        return Quantity(start, coins[1], text[start : coins[1]], Numeral(plain(coins[0])), _YUAN, False, "coins")
    if match["fraction"]:
        return _fraction(match.group(), start, end)
    if match["discount"]:
        return Quantity(start, end, "对折", Numeral(Decimal(50)), Unit("percent", "%"), False, "fraction")
    if match["coin"]:
        return None
    if match["half"]:
        unit = units().at(text, end)
        return Quantity(start, unit[1], "半", Numeral(Decimal("0.5")), unit[0], False) if unit else None
    for surface in _readings(match.group()):
        quantity = _measured(text, start, surface)
        if quantity is not None:
            return quantity if quantity.unit.kind != "none" else None
    surface = match.group()
    lower = _lower_end(text, start, surface)
    return lower or _bare(text, start, surface)


def _signed(text: str, match: re.Match[str]) -> Quantity | None:
    """￥3,000, RMB50万元: the sign says that it is money, and whose."""
    start, surface, code = match.start("signed"), match["signed"], signs()[match["sign"]]
    measured = next(filter(None, (_measured(text, start, reading) for reading in _readings(surface))), None)
    if measured is None:
        numeral = read_numeral(surface)
        small = match["sign"].isalpha() and not match["sign"].isascii() and numeral.value < _LEAST_SIGNED
        # 人民币5: too little to tell what it is
        unit = Unit("money", code)
        return None if small else Quantity(match.start(), match.end(), surface, numeral, unit, numeral.vague)
    if measured.unit.kind != "money":
        return measured
    unit = measured.unit if measured.unit.unit != "CNY" else Unit("money", code)
    return replace(measured, start=match.start(), unit=unit)


def _readings(surface: str) -> Iterator[str]:
    """The numeral, and the numeral without a last 多 余 来 that may begin the next word."""
    yield surface
    if surface[-1] in "余多来几" and len(surface) > 1:
        yield surface[:-1]


def _measured(text: str, start: int, surface: str) -> Quantity | None:
    after = start + len(surface)
    if text[after : after + 1] == " ":
        after += 1
    numeral = read_numeral(surface)
    mixed = _MIXED_DURATION.match(text, after)
    if mixed:
        name = "个月" if mixed["unit"] == "月" else mixed["unit"]
        return _finish(text, start, mixed.end(), surface, numeral, Unit("duration", name), mixed["more"])
    at = units().at(text, after)
    if at is None:
        return None
    unit, end = at
    if unit.unit == "块" and pieces_of_money(text, start, end):
        unit = _YUAN
    halved = unit.kind in ("duration", "money") or unit.unit == "倍" or text[end - 1] == "成"  # 七成半
    more = _MORE.match(text, end) if halved else None
    tenth = _TENTH_PART.match(text, end) if text[end - 1] == "成" else None
    if tenth:  # 九成七
        share = Numeral(numeral.value + read_numeral(tenth.group()).value / 10)
        return Quantity(start, tenth.end(), surface, share, unit, numeral.vague)
    return _finish(text, start, more.end() if more else end, surface, numeral, unit, more.group() if more else "")


def _finish(text: str, start: int, end: int, surface: str, numeral: Numeral, unit: Unit, more: str) -> Quantity:
    """The quantity with what 多 or 半 behind the unit add, and with a second measure word in brackets."""
    if more == "半":
        numeral = Numeral(numeral.value + Decimal("0.5"), numeral.vague)
    alternative = _ALTERNATIVE.match(text, end)
    vague = numeral.vague or more not in ("", "半")
    return Quantity(start, alternative.end() if alternative else end, surface, numeral, unit, vague)


def _fraction(surface: str, start: int, end: int) -> Quantity:
    whole, part = surface.split("分之")
    numeral = read_numeral(part)
    factor = 100 / read_numeral(whole).value
    share = Numeral(_share(numeral.value * factor), numeral.vague, numeral.high and _share(numeral.high * factor))
    return Quantity(start, end, surface, share, Unit("percent", "%"), numeral.vague, "fraction")


def _share(value: Decimal) -> Decimal:
    """A percentage as it is where it ends, to two digits where it goes on: 11.1112, 33.33."""
    exact = round(value, 8)
    return plain(exact if exact == value else round(value, 2))


def _lower_end(text: str, start: int, surface: str) -> Quantity | None:
    """The 1 of 1至2期: a number whose unit stands behind the upper end."""
    join = _JOIN.match(text, start + len(surface))
    upper = NUMBER.match(text, join.end()) if join else None
    if upper is None:
        return None
    high = _measured(text, upper.start(), upper.group())
    if high is None or high.unit.kind == "none":
        return None
    return Quantity(start, start + len(surface), surface, read_numeral(surface), high.unit, False, "range")


def _bare(text: str, start: int, surface: str) -> Quantity | None:
    """A figure without a measure word, where what is around it says what it counts."""
    for reading in _readings(surface):
        unit = bare_unit(text, start, reading)
        if unit:
            numeral = read_numeral(reading)
            return Quantity(start, start + len(reading), reading, numeral, unit, numeral.vague, "bare-number")
    return None


def _mention(text: str, mask: bytearray, first: Quantity, previous: Mention | None) -> Mention | None:
    floor = previous.span.end if previous else 0
    second = _upper_end(text, mask, first) or _band_end(text, mask, first)
    if first.rule == "range" and second is None:
        return None
    last = second or first
    kind = first.unit.kind
    if kind == "none":
        return None
    before = left_of(text, floor, first.start)
    if second is None and says_no_amount(text, first, before.bound is not None or before.per is not None):
        return None
    behind = right_of(text, last.end, kind)
    bound: Bound = before.bound or behind.bound or ("min" if last.vague else "exact")
    per = before.per or behind.per or _inherited_per(text, previous, first.unit, before.edge)
    amount = _ranged(first, second, per) if second else _single(kind, first, bound, per)
    if kind == "percent" and (minus := _MINUS.search(text, max(floor, first.start - 1), first.start)):
        amount, before = _negative(amount), replace(before, edge=min(before.edge, minus.start()))
    span = Span(before.edge, behind.edge)
    rule = "range" if amount.bound == "range" else first.rule
    return Mention(_CLASS[kind], span, text[span.start : span.end], rule, "", amount)


def _negative(amount: Amount) -> Amount:
    """A fall told as a negative rate, -3.9% or 负3.9%."""
    return replace(amount, value=None if amount.value is None else -amount.value, low=None, high=None)


def _inherited_per(text: str, previous: Mention | None, unit: Unit, start: int) -> str | None:
    if previous is None or previous.amount is None or previous.amount.unit != unit.unit:
        return None
    return previous.amount.per if _SAME_PER.fullmatch(text, previous.span.end, start) else None


def _upper_end(text: str, mask: bytearray, first: Quantity) -> Quantity | None:
    join = _JOIN.match(text, first.end)
    upper = NUMBER.match(text, join.end()) if join else None
    if upper is None or BARRED in mask[upper.start() : upper.end()]:
        return None
    second = _measured(text, upper.start(), upper.group())
    if second is None or (second.unit.kind, second.unit.unit) != (first.unit.kind, first.unit.unit):
        return None
    return second if _low(first, second) < second.numeral.value else None


def _band_end(text: str, mask: bytearray, first: Quantity) -> Quantity | None:
    """The upper end of a band that is told with both of its bounds: 5万元以上|10万元以下."""
    join = _BAND.match(text, first.end)
    upper = NUMBER.match(text, join.end()) if join else None
    if join is None or upper is None or BARRED in mask[upper.start() : upper.end()]:
        return None
    second = _measured(text, upper.start(), upper.group())
    if second is None or second.unit != first.unit or first.numeral.value >= second.numeral.value:
        return None
    below = _BELOW.match(text, second.end)
    told = below or join.group() != "以上"
    return replace(second, end=below.end() if below else second.end) if told else None


def _low(first: Quantity, second: Quantity) -> Decimal:
    """The lower end; 1至3万元 and 5至8亿 share the scale that stands behind the upper end."""
    low = first.numeral.value
    scale = second.surface[-1:]
    if first.rule == "range" and scale in "万亿" and not re.search("[万亿]", first.surface):
        return low * (10_000 if scale == "万" else 100_000_000)
    return low


def _ranged(first: Quantity, second: Quantity, per: str | None) -> Amount:
    kind = first.unit.kind
    assert kind != "none"
    factor = second.unit.factor
    low, high = plain(_low(first, second) * factor), plain(second.numeral.value * factor)
    return Amount(kind, None, first.unit.unit, "range", low, high, per)


def _single(kind: Kind, quantity: Quantity, bound: Bound, per: str | None) -> Amount:
    unit = _tenths(quantity)
    value = plain(quantity.numeral.value * unit.factor)
    if quantity.numeral.high is not None:
        return Amount(kind, None, unit.unit, "range", value, plain(quantity.numeral.high * unit.factor), per)
    low = value if bound == "min" else None
    high = value if bound == "max" else None
    return Amount(kind, value, unit.unit, bound, low, high, per)


def _tenths(quantity: Quantity) -> Unit:
    """The unit, of 七五折 the one that counts hundredths."""
    hundredths = quantity.unit.unit == "%" and quantity.unit.factor == 10 and quantity.numeral.value > 10
    return replace(quantity.unit, factor=Decimal(1)) if hundredths else quantity.unit
