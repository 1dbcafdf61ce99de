"""What is layout and not text, and that everything else keeps its place in the file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.layout.marks import without_marks
from kg.reading import extract


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("县\u200b民\u00ad政\u2060局", "县民政局"),
        ("\ufeff市\u200e总工会", "市总工会"),
        ("补助&nbsp;5&nbsp;万元", "补助5万元"),
        ("**市总工会**发放[7万元](http://x)", "市总工会发放7万元"),
        ("![图](a.png)市总工会", "市总工会"),
        ("_困难职工_、*残疾人*", "_困难职工_、残疾人"),
        ("1\\,200元", "1,200元"),
        ("## 公告\n> 引文", "公告\n引文"),
        ("- 甲\n- 乙", "•甲\n•乙"),
        ("|单位|金额|\n|--|--|\n|市总|5万元|", "单位,金额\n\n市总,5万元"),
        ("甲   乙", "甲 乙"),
        ("　　正文", "　　正文"),
        ("3*5=15 [注] 2 * 3", "3*5=15 [注] 2 * 3"),
        ("-22.2%", "-22.2%"),
    ],
)
def test_what_is_read(written: str, read: str) -> None:
    assert without_marks(written).text == read


@given(st.text(alphabet="市总工会5万元*_[](){}|`~#->\\&nbsp; \u200b\n.!x", max_size=60) | st.text(max_size=40))
def test_places_lead_back(text: str) -> None:
    plain = without_marks(text)
    assert len(plain.text) == len(plain.places)
    assert list(plain.places) == sorted(set(plain.places))
    for ch, at in zip(plain.text, plain.places, strict=True):
        assert ch == text[at] or (ch, text[at]) in {(",", "|"), *(("•", mark) for mark in "*+-")}


def test_quotes_are_the_source_s_own() -> None:
    text = "县\u200b总工会向[困难职工](http://x)发放补助**5**万元。"
    (reading,) = extract(text)
    (amount,) = [m for m in reading.mentions if m.amount]
    at = reading.article.source_span(amount.span)
    assert reading.article.quote(amount.span) == text[at.start : at.end] == "5**万元"
    assert [e.name for m in reading.measures for e in (*m.agents, *m.beneficiaries)] == ["县总工会", "困难职工"]
