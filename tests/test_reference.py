"""Who and where is meant by a bare noun (基金会) or a level alone (县里); and who may act besides bodies."""

from __future__ import annotations

import pytest

from kg import extract
from kg.recognise.places import find_places
from kg.resolve.local import local_places

MEANT = [
    ("青山市橘灯公益基金会进村。当年,基金会拿出80万元。", "基金会", "青山市橘灯公益基金会"),
    ("恒安物业服务公司换了人。公司起先只肯退一半。", "公司", "恒安物业服务公司"),
    ("青山市雷霆应急救援队到了。36小时里,救援队往返140趟。", "救援队", "青山市雷霆应急救援队"),
    ("青山市实验小学翻修了。去年,学校又拨出2万元。", "学校", "青山市实验小学"),
]


@pytest.mark.parametrize(("text", "noun", "whole"), MEANT)
def test_a_bare_noun_means_the_body_named_before(text: str, noun: str, whole: str) -> None:
    (reading,) = extract(text)
    meant = {m.text: r.entity.name for r in reading.entities for m in r.mentions if m.rule == "anaphor"}
    assert meant == {noun: whole}


NOBODY = [
    "青山市橘灯公益基金会进村。一家基金会拿出80万元。",
    "青山市橘灯公益基金会进村。各基金会拿出80万元。",
    "基金会拿出80万元。",
    "青山市实验小学翻修了。学校是学习的地方。",
]


@pytest.mark.parametrize("text", NOBODY)
def test_a_noun_that_is_not_bare_or_not_told_before_means_nobody(text: str) -> None:
    (reading,) = extract(text)
    assert not [m for m in reading.mentions if m.rule == "anaphor"]


LOCAL = [
    ("福贡县下了雪。去年,全县建成水站9处。", [("全县", "福贡县")]),
    ("大连市总工会来了。市里拨了2万元。", [("市里", "大连市")]),
    ("大连市甘井子区开会,全区安排3万元,全省安排9万元。", [("全区", "甘井子区"), ("全省", "辽宁省")]),
    ("福贡县下了雪。县里规定每人补助1000元。", [("县里", "福贡县")]),
    ("福贡县下了雪。全县职工捐款。", []),
    ("全县建成水站9处。", []),
]


@pytest.mark.parametrize(("text", "expected"), LOCAL)
def test_a_level_alone_means_the_place_that_the_text_is_in(text: str, expected: list[tuple[str, str]]) -> None:
    (reading,) = extract(text)
    told = [(m, r.entity.name) for r in reading.entities for m in r.mentions if m.rule == "level word"]
    assert [(m.text, name) for m, name in sorted(told, key=lambda pair: pair[0].span)] == expected


def test_no_place_is_meant_where_a_name_stands() -> None:
    text = "大连市来人。市里拨了2万元。"
    places = list(find_places(text))
    assert [m.text for m in local_places(text, places, {})] == ["市里"]
    taken = next(m for m in places)
    assert not local_places(
        text, [*places, type(taken)("Group", local_places(text, places, {})[0].span, "市里", "x")], {}
    )


def test_a_place_that_opens_the_clause_may_act() -> None:
    text = "大连市总工会派来10人。福贡县拨付补助资金200万元。"
    (reading,) = extract(text)
    measure = reading.measures[-1]
    assert [(e.type, e.name) for e in measure.agents] == [("Place", "福贡县")]
    assert measure.agents_by == "who gives in the clause"


def test_who_says_我局_is_who_signs_and_else_who_is_named_first() -> None:
    text = "关于补贴的公示\n\n    经我局会同大连市财政局审核，拟拨付5万元。\n\n大连市民政局\n"
    told = {m.text: r.entity.name for reading in extract(text) for r in reading.entities for m in r.mentions}
    assert told["我局"] == "大连市民政局"
    told = {
        m.text: r.entity.name
        for reading in extract("大连市民政局答复:大连市财政局来函,我局拟补5万元。")
        for r in reading.entities
        for m in r.mentions
    }
    assert told["我局"] == "大连市民政局"


def test_the_post_of_a_body_that_a_bare_noun_means() -> None:
    (reading,) = extract("大连市雷霆应急救援队到了。救援队队长王兰芳说,还差2人。")
    (post,) = reading.posts
    assert post.organisation and (post.organisation.name, post.role) == ("大连市雷霆应急救援队", "队长")


def test_a_name_is_not_cut_short_where_no_word_begins_behind_it() -> None:
    (reading,) = extract("泉州市旅游局局长苏志鸿一口闽南话。")
    assert [post.person.name for post in reading.posts] == ["苏志鸿"]
