"""Places by GB/T 2260, their chains, short names and traps."""

import pytest

from kg.recognise.places import around, code_of, find_places


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("对包头市和乌海市两个地区给予补助", [("包头市", "包头市"), ("乌海市", "乌海市")]),
        ("伊金霍洛旗、扎兰屯市等5个地区", [("伊金霍洛旗", "伊金霍洛旗"), ("扎兰屯市", "扎兰屯市")]),
        ("陕西省西安市新建驿站", [("陕西省西安市", "西安市")]),
        ("来自襄樊的师傅", [("襄樊", "襄阳市")]),
        ("走进永川区何埂镇联盟村", [("永川区何埂镇联盟村", "永川区何埂镇联盟村")]),
        ("在喀什地区疏附县采访", [("喀什地区疏附县", "疏附县")]),
        ("向内蒙古、广西派出医生", [("内蒙古", "内蒙古自治区"), ("广西", "广西壮族自治区")]),
        ("在德苴乡,农户养羊", [("德苴乡", "德苴乡")]),
        ("江苏常州的企业", [("江苏常州", "常州市")]),
        ("三沙镇组织渔船,三沙来了人", [("三沙镇", "三沙镇"), ("三沙", "三沙市")]),
        ("连云港市街道整洁", [("连云港市", "连云港市")]),
        ("克州有医院", [("克州", "克孜勒苏柯尔克孜自治州")]),
    ],
)
def test_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(m.text, m.name) for m in find_places(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "快递员把包裹送到北京东路",
        "和平与发展是时代主题",
        "平安是福,大家团结友好",
        "深度贫困村有66个,各街道、全镇动员",
        "会同县人社局走访",
        "城市建设和县域经济",
        "进村入户,返乡下乡",
        "医药费1200元由社区垫付,可向街道申请,线下靠驻村第一书记",
    ],
)
def test_not_found(text: str) -> None:
    assert [m.text for m in find_places(text)] == []


@pytest.mark.parametrize(
    ("name", "context", "code"),
    [
        ("大连", [], "2102"),
        ("湖北省", [], "42"),
        ("吉林", [], "22"),
        ("鼓楼区", ["3501"], "350102"),
        ("鼓楼区", [], None),
        ("南京市鼓楼区", [], "320106"),
        ("襄樊", [], "4206"),
        ("海西州", [], "6328"),
        ("何埂镇", [], None),
    ],
)
def test_codes(name: str, context: list[str], code: str | None) -> None:
    assert code_of(name, around(context)) == code


def test_spans_are_the_text() -> None:
    text = "广东省佛山市南海区狮山镇与四川省凉山州昭觉县结对"
    found = find_places(text)
    assert [text[m.span.start : m.span.end] for m in found] == [m.text for m in found]
    assert len(found) == 2
