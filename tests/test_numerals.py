"""Numerals: the value first, then every way to write it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language.numerals import NUMBER, plain, read_numeral

SAID = {
    "10": ["10", "十", "一十"],
    "15": ["15", "十五"],
    "100": ["100", "百", "一百"],
    "120": ["120", "一百二十", "一百二"],
    "105": ["105", "一百零五", "一〇五"],
    "1000": ["千", "1000", "1,000", "一千"],
    "10000": ["万", "1万", "一万", "10000", "10,000"],
    "15000": ["1.5万", "一万五千", "一万五", "一点五万", "1.50万"],
    "850000": ["85万", "八十五万", "85 万", "850,000"],
    "350000000": ["3.5亿", "三亿五千万", "3亿5000万", "三点五亿"],
    "857810000": ["8.5781亿"],
    "158458800": ["1亿5845.88万"],
    "1200000": ["一百二十万", "120万"],
    "10000000": ["千万", "一千万", "1000万"],
    "100000000": ["亿", "一亿", "1亿"],
    "1234.5": ["1,234.5", "1234.5"],
    "3000000000000": ["3万亿", "三万亿"],
    "2022": ["二〇二二", "二零二二", "2022"],
    "125000": ["12万5000", "十二万五千", "125,000"],
    "3500": ["3千5百", "三千五百", "3,500"],
    "1030000000": ["十亿3000万", "10亿3000万"],
    "300500000": ["3亿零50万", "三亿零五十万"],
    "20300000": ["2千零30万", "2030万"],
    "1002000": ["100万两千", "一百万两千"],
    "11009000": ["1,100.9万"],
    "20": ["廿", "二十"],
    "35": ["卅五", "三十五"],
    "12000": ["12k", "12K", "一万二"],
}
VAGUE = {
    "25000000": ["2500余万"],
    "100000": ["10万余", "10余万", "十余万", "几十万", "数十万"],
    "78000": ["7.8万余"],
    "2000": ["两千多", "2000多"],
    "3000": ["三千余"],
    "100": ["百余", "上百", "数百", "几百"],
    "1000000": ["数百万", "上百万"],
    "10": ["十余", "几十", "十几", "10多"],
}


@pytest.mark.parametrize(("value", "text"), [(v, t) for v, texts in SAID.items() for t in texts])
def test_value(value: str, text: str) -> None:
    numeral = read_numeral(text)
    assert numeral.value == Decimal(value)
    assert not numeral.vague
    assert NUMBER.fullmatch(text)


@pytest.mark.parametrize(("value", "text"), [(v, t) for v, texts in VAGUE.items() for t in texts])
def test_vague_value(value: str, text: str) -> None:
    numeral = read_numeral(text)
    assert numeral.value == Decimal(value)
    assert numeral.vague
    assert NUMBER.fullmatch(text)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        *(("两三", 2, 3), ("三五", 3, 5), ("两三百", 200, 300), ("十五六", 15, 16), ("一二百", 100, 200)),
        *(("二三十", 20, 30), ("三四五", 3, 5), ("一百二三十", 120, 130), ("二三百万", 2_000_000, 3_000_000)),
        *(("十二三", 12, 13), ("七八千", 7000, 8000), ("三四十万", 300_000, 400_000), ("一千二三百", 1200, 1300)),
    ],
)
def test_neighbouring_digits_are_a_range(text: str, low: int, high: int) -> None:
    numeral = read_numeral(text)
    assert (numeral.value, numeral.high) == (low, high)


@pytest.mark.parametrize("text", ["20,00万", "1,2,3万", "12,34元", "1,200,30"])
def test_malformed_groups_are_no_numeral(text: str) -> None:
    assert NUMBER.search(text) is None


@given(st.integers(min_value=0, max_value=10**12))
def test_arabic_round_trip(number: int) -> None:
    assert read_numeral(str(number)).value == number
    assert read_numeral(f"{number:,}").value == number


@given(st.text(alphabet="零〇一二两三四五六七八九十百千万亿点余多几数上来0123456789,. ", min_size=1, max_size=30))
def test_what_the_pattern_finds_can_be_read(text: str) -> None:
    for match in NUMBER.finditer(text):
        assert read_numeral(match.group()).value >= 0


@given(st.decimals(min_value=0, max_value=10**15, places=4))
def test_plain_has_no_exponent(value: Decimal) -> None:
    assert "E" not in str(plain(value))
    assert plain(value) == value
