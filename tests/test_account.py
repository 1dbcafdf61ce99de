"""Which way sums go, how many get them, what contains them, and what says nothing new."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.explain import explain
from kg.model import Flow, Mention, Stated
from kg.reading import extract


def told(text: str) -> dict[str, Stated]:
    """The sums of money of a text by how they are written."""
    found = [s for r in extract(text) for m in r.measures for s in m.amounts]
    return {s.mention.text: s for s in found if s.mention.amount and s.mention.amount.kind == "money"}


FLOWS: list[tuple[str, str, Flow]] = [
    ("大连市总工会投入80万元慰问一线职工。", "80万元", "Outlay"),
    ("宁波市民政局向困难家庭发放救助金36.4万元。", "36.4万元", "Outlay"),
    ("宜昌农商银行发放助学贷款36万元。", "36万元", "Loan"),
    ("苏州市慈善总会募集善款300万元。", "300万元", "Receipt"),
    ("这些骑手平均月收入6800元。", "6800元", "Price"),
    ("消费帮扶产品销售额达到2.46亿元。", "2.46亿元", "Turnover"),
    ("当地法院为38名瓦工追回工资126万元。", "126万元", "Turnover"),
    ("园区为商户减免租金40万元。", "40万元", "Waiver"),
]


@pytest.mark.parametrize(("text", "amount", "flow"), FLOWS)
def test_the_words_of_the_clause_tell_which_way_money_goes(text: str, amount: str, flow: Flow) -> None:
    stated = told(text)[amount]
    assert stated.flow == flow
    assert {c.filler[0] for c in stated.considered if c.slot == "flow"} >= {"Outlay", flow}


@pytest.mark.parametrize(
    ("text", "amount", "times", "of"),
    [
        ("福州市总工会为200名职工每人发放慰问金500元。", "每人发放慰问金500元", 200, ["200名"]),
        ("宁夏总工会对包头市和乌海市两个地区分别给予50万元。", "50万元", 2, ["两个"]),
        ("岳阳市总工会为150名外卖骑手每人补贴体检费400元。", "400元", 150, ["150名"]),
    ],
)
def test_what_each_gets_is_paid_as_often_as_there_are_heads(text: str, amount: str, times: int, of: list[str]) -> None:
    found = next(s for label, s in told(text).items() if label.endswith(amount[-3:]))
    assert found.times == Decimal(times)
    assert [m.text for m in found.times_of] == of


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.3万名群众住进安置点,遇难者家属每位发给2万元抚慰金。", "每位发给2万元"),
        ("福州市总工会走访了300名困难职工,给劳模每人发放慰问金500元。", "500元"),
    ],
)
def test_a_count_of_others_multiplies_nothing(text: str, amount: str) -> None:
    assert told(text)[amount].times is None


def test_a_rate_of_nobody_knows_how_many_is_no_sum() -> None:
    (stated,) = told("市总工会对困难职工每户每年补助3000元。").values()
    assert stated.times is None and stated.mention.amount and stated.mention.amount.per


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("阳谷县民政局今年以来累计发放临时救助金152万元，其中7月发放36.4万元。", "36.4万元", "152万元"),
        ("全市工会安排2500余万元（市总本级安排1500余万元）用于困难职工救助。", "1500余万元", "2500余万元"),
        ("德昌县民政局共投入资金310万元，包括敬老院改造48万元、适老化改造262万元。", "48万元", "310万元"),
    ],
)
def test_what_is_told_as_part_of_a_sum_lies_in_it(text: str, part: str, whole: str) -> None:
    stated = told(text)[part]
    assert stated.included_in and stated.included_in.text == whole


def test_two_payments_side_by_side_are_two() -> None:
    found = told("大连市总工会投入800万元举办技能竞赛；投入300万元培训农民工；此外还安排60万元用于法律援助。")
    assert len(found) == 3
    assert [s.included_in for s in found.values()] == [None, None, None]


def test_an_old_value_is_replaced_by_the_new_one() -> None:
    found = told("奖励标准由50万元提高到60万元。")
    assert found["50万元"].replaced_by == found["60万元"].mention
    assert found["60万元"].replaced_by is None


@pytest.mark.parametrize(
    "text",
    [
        "孝感市残联拿出的资金应为35万元，误为53万元，特此更正。",
        "孝感市残联的资金应为35万元，原文“53万元”有误，特此更正。",
    ],
)
def test_a_correction_tells_which_sum_is_wrong(text: str) -> None:
    found = told(text)
    assert found["53万元"].replaced_by == found["35万元"].mention
    assert found["35万元"].replaced_by is None


def test_the_same_sum_told_again_in_an_article_is_one() -> None:
    text = "杭州市总工会向21家企业下拨536万元试点补助。\n\n据介绍，这536万元试点补助将用于企业培训。\n"
    found = [s for r in extract(text) for m in r.measures for s in m.amounts if s.mention.text == "536万元"]
    assert [s.same_as == found[0].mention for s in found] == [False, True]


def test_two_equal_payments_of_one_sentence_are_two() -> None:
    text = "省财政厅下达县级补助2.3亿元，下达社会事业资金2.3亿元。"
    found = [s for r in extract(text) for m in r.measures for s in m.amounts]
    assert len(found) == 2 and all(s.same_as is None for s in found)


def test_an_increase_lies_in_what_grew() -> None:
    found = told("江西省总工会今年投入500万元开展活动，比上年增加60万元。")
    assert found["60万元"].included_in == found["500万元"].mention


def test_the_same_value_of_another_year_is_another_sum() -> None:
    text = "2024年8月，都昌县慈善总会发放助学金26万元，资助新生52名。该会去年同期发放助学金26万元。"
    found = [s for r in extract(text) for m in r.measures for s in m.amounts if s.mention.text == "26万元"]
    assert [(s.same_as, s.included_in) for s in found] == [(None, None)] * 2


def test_an_amount_that_opens_a_paragraph_is_read() -> None:
    (reading,) = extract("驿站换新\n\n本报岳阳6月28日电 （记者周涛）\n63个驿站的空调全部换新，市总工会花费119.7万元。")
    assert [s.mention.text for m in reading.measures for s in m.amounts] == ["63个", "119.7万元"]


def test_explain_shows_flow_times_and_whole_with_what_was_weighed() -> None:
    lines = [line.split() for line in explain("大连市总工会为200名困难职工每人发放补助500元，共投入10万元。")]
    assert ["flow", "Outlay"] in lines and ["times", "200", "(200名)"] in lines
    assert any(line[:2] == ["in", "10万元"] for line in lines)
    assert any(line[:2] == ["whole", "10万元"] and line[-1] == "up]" for line in lines)


def test_what_headline_and_body_tell_counts_as_the_body_tells_it() -> None:
    text = "大连市总工会投入115万元 惠及25万人\n\n大连市总工会会同大连市财政局下达补助115万元，用于助学。"
    head, body = (s for r in extract(text) for m in r.measures for s in m.amounts if s.mention.type == "Money")
    assert head.same_as == body.mention and body.same_as is None


def test_what_is_taken_from_a_sum_is_in_it() -> None:
    stated = told("大连市总工会援助370万元用于助学，除添置设备外，划出90万元救助困难职工。")
    assert stated["90万元"].included_in == stated["370万元"].mention


def test_a_sum_of_one_year_does_not_contain_that_of_another() -> None:
    text = "115亿元投资下达\n\n财政部下达2024年度投资115亿元。\n\n财政部2023年截至6月已分批下达投资73亿元。"
    assert not wholes(told(text)["73亿元"])
    same = told(text.replace("2023年", "2024年").replace("已分批", "首批"))
    assert wholes(same["73亿元"]) == {"115亿元"}


def wholes(stated: Stated) -> set[str]:
    """The sums that were considered as what contains one."""
    considered = (c.filler for c in stated.considered if c.slot == "whole")
    return {f.text for filler in considered for f in filler if isinstance(f, Mention)}


def test_what_all_get_together_is_not_multiplied_again() -> None:
    found = told("县总工会对60名学徒每人发放800元的助学金共计48000元。")
    assert found["48000元"].times is None and not found["48000元"].each
    assert found["每人发放800元"].included_in == found["48000元"].mention


def test_what_is_dealt_out_lies_in_the_sum_that_another_paragraph_tells() -> None:
    found = told(
        "助学会现场，24名新生每人领到4000元助学金。\n会上来了不少家长，也来了老师。\n这9.6万元善款由县商会筹措，县商会已经连续五年资助新生。"
    )
    assert found["每人领到4000元"].included_in == found["9.6万元"].mention


def test_this_sum_is_the_one_told_before() -> None:
    found = [
        s
        for r in extract("返乡商人潘志远捐资20万元修路。村干部算了算，这20万元还远远不够。")
        for m in r.measures
        for s in m.amounts
    ]
    assert [s.same_as for s in found] == [None, found[0].mention]


def test_an_aim_is_paid_by_nobody() -> None:
    assert told("市就业局完成省定2亿元目标任务的八成。")["2亿元"].flow == "Turnover"


def test_a_sum_is_dealt_out_in_portions_to_as_many_as_each_clause_counts() -> None:
    found = told(
        "县慈善会分别向3名新生发放助学金6000元。对一名大学新生发放助学金4000元，对两名高中新生发放助学金1000元。"
    )
    whole = found["6000元"].mention
    assert {amount: s.times for amount, s in found.items()} == {"6000元": None, "4000元": None, "1000元": 2}
    assert {amount for amount, s in found.items() if s.included_in == whole} == {"4000元", "1000元"}


def test_what_differs_from_one_to_the_next_is_what_each_gets_and_lies_in_the_sum_it_comes_to() -> None:
    found = told(
        "金秋助学仪式上，42名学子获得2000元至4000元不等的助学金。\n会上来了不少家长。\n这11.3万元善款由县商会筹措。"
    )
    each = found["2000元至4000元"]
    assert each.times == 42 and each.included_in == found["11.3万元"].mention
