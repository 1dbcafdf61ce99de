"""Dates: the ISO form first, then every way to write it; and what is no date."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import extract
from kg.language.dates import find_dates
from kg.language.periods import period

NAMED = {
    "2022-07-07": [
        "2022年7月7日",
        "2022年7月7号",
        "2022年07月07日",
        "2022-07-07",
        "2022.7.7",
        "2022/7/7",
        "二〇二二年七月七日",
    ],
    "2022-07": ["2022年7月", "截至2022年7月底", "2022年 7 月", "2022年7月份"],
    "2022": ["2022年", "截至2022年底", "2022年以来", "2022年度", "自2022年起", "2022年上半年"],
    "": [
        "6月27日",
        "今年",
        "去年",
        "近日",
        "去年1至10月",
        "1-9月",
        "2019至2021年",
        "2017—2019年",
        "2019年至2021年",
        "2019、2020年",
        "前三季度",
        "上半年",
        "3月份",
        "11月末",
        "7日",
        "全年",
        "今年5月",
        "12月3日至5日",
        "2023年1至6月",
    ],
}
NOT_DATES = [
    "3个月",
    "21年",
    "连续8年",
    "三个月",
    "60天",
    "3日内",
    "500名",
    "月饼",
    "100日元",
    "2.07个百分点",
    "17个年头",
    "3年内",
]


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, texts in NAMED.items() for t in texts])
def test_named(name: str, text: str) -> None:
    found = find_dates(f"会议于{text},发放")
    assert [m.name for m in found] == [name]
    # 起 and 底 may stay outside; the figures may not
    assert found[0].text in text
    assert not any(c.isdigit() for c in text.replace(found[0].text, ""))


@pytest.mark.parametrize("text", NOT_DATES)
def test_not_a_date(text: str) -> None:
    assert find_dates(f"共{text}。") == ()


@given(st.text(alphabet="0123456789年月日号至到-—、~今去前上半截自季度个一二三十〇", max_size=40))
def test_spans_hold(text: str) -> None:
    end = 0
    for mention in find_dates(text):
        assert mention.text == text[mention.span.start : mention.span.end] != ""
        assert mention.span.start >= end
        end = mention.span.end


PERIODS = [
    ("2023年1至10月", "", None, ("2023-01", "2023-10")),
    ("2023年7月5日至8日", "", None, ("2023-07-05", "2023-07-08")),
    ("前三季度", "", "2024-08-02", ("2024-01", "2024-09")),
    ("一季度", "", "2024-08-02", ("2024-01", "2024-03")),
    ("去年", "", "2024-08-02", ("2023", "2023")),
    ("明年底", "", "2024-08-02", ("2025-12", "2025-12")),
    ("2027年", "力争到", None, (None, "2027")),
    ("今年以来", "", "2024-08-02", ("2024", None)),
    ("2月30日", "", "2024-08-02", ("2024-02", "2024-02")),
    ("近日", "", "2024-08-02", (None, None)),
    ("6月27日", "", None, (None, None)),
]


@pytest.mark.parametrize(("surface", "before", "anchor", "expected"), PERIODS)
def test_periods(surface: str, before: str, anchor: str | None, expected: tuple[str | None, str | None]) -> None:
    assert period(surface, before, anchor) == expected


def test_a_measure_has_its_period_with_start_and_end() -> None:
    (reading,) = extract("大连市总工会2023年上半年投入80万元。")
    (measure,) = reading.measures
    assert (measure.period, measure.start, measure.end) == ("2023年上半年", "2023-01", "2023-06")
