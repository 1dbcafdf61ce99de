"""Those of a kind who give or get something, and whom nobody had recognised."""

from __future__ import annotations

import pytest

from kg.model import Measure, Reading
from kg.reading import extract


def told(text: str) -> tuple[list[Measure], list[Reading]]:
    readings = extract(text)
    return [m for reading in readings for m in reading.measures], readings


def names(text: str, slot: str) -> list[list[str]]:
    return [[e.name for e in getattr(m, slot)] for m in told(text)[0]]


def test_a_word_for_the_only_body_that_is_called_so_is_that_body() -> None:
    text = "刘某在花儿岔村卫生室工作。\n\n{}每月往卫生室寄5斤水果糖。"
    ((served,),) = [[e.name for m in told(text.format(who))[0] for e in m.beneficiaries] for who in ("糖果店",)]
    assert served.endswith("花儿岔村卫生室")


@pytest.mark.parametrize("counted", ["3所新学校", "两所学校"])
def test_but_not_where_it_is_counted_or_told_apart(counted: str) -> None:
    text = f"金海岸学校今年招生。\n\n县教育局给{counted}配备电脑90台。"
    assert all("金海岸学校" not in served for served in names(text, "beneficiaries"))


def test_only_those_that_a_measure_tells_of_are_kept() -> None:
    measures, readings = told("包子铺给环卫工送了200个包子。")
    assert [e.name for m in measures for e in m.agents] == ["包子铺"]
    kept = {r.entity.name for reading in readings for r in reading.entities}
    used = {e.name for m in measures for e in (*m.agents, *m.beneficiaries)}
    groups = {
        r.entity.name
        for reading in readings
        for r in reading.entities
        if {m.rule for m in r.mentions} & {"giver", "receiver"}
    }
    assert "包子铺" in kept
    assert groups <= used


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        ("两家药店哄抬价格，被处罚款3万元。", []),
        ("马师傅路过灾区，卸下矿泉水120箱。", ["马师傅"]),
        ("马师傅说，卸下矿泉水120箱。", []),
        ("亲戚们东拼西凑，凑出6万元。", ["亲戚们"]),
        ("亲戚们来了；凑出6万元。", []),
        ("困难职工参训期间，另给予补贴200元。", []),
        ("企业改造设备的，给予奖励5万元。", []),
        ("邻居每天来帮忙，另给补贴200元。", []),
        ("开发商挂出价格牌；另捐2万元。", []),
        ("倒房户已登记，每户倒房户先发3000元。", []),
        ("全市共组织招聘会20场。", []),
        ("射阳县组织招聘会20场。", ["射阳县"]),
        ("王强是律师。他表示今年已检查工地90处。", []),
        ("王强是律师。他今年检查工地90处。", ["王强"]),
        ("县公安局召开会议。该所共帮群众追回资金73万元。", ["县公安局"]),
        ("两架载重无人机起飞。随后，无人机往返86架次。", []),
        ("江师傅被认定为困难职工后，累计获得生活补贴、捐助14万元。", []),
        ("江师傅一家累计获得生活补贴、助学、医疗救助等近14万元。", []),
        ("武陵区则把5家卫生院的医生编成组，跟32个机构结对，去年巡诊380多次。", ["武陵区"]),
        ("泉州市召开大会。全市组织线路9条。", []),
        ("市级、国家级工作室资助10万元。", []),
        ("医生去福利院给孩子看病900人次。", ["医生"]),
    ],
)
def test_who_leads_up_to_what_is_told(text: str, agents: list[str]) -> None:
    assert names(text, "agents")[-1] == agents


HE = "退休教师孙明理来到村小。"


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        (HE + "五年前他第一次来，看到孩子们没有乐器，取出积蓄1.2万元。", ["孙明理"]),
        (HE + "看到孩子们没有乐器，取出积蓄1.2万元。", []),
        (HE + "他的学生回来了，取出积蓄1.2万元。", []),
        (HE + "他表示今年很忙，追回医保基金1.2万元。", []),
        (HE + "他算了一笔账：建大棚花了1.2万元。", ["孙明理"]),
        (HE + "他回家后取出积蓄1.2万元。", ["孙明理"]),
        ("退休教师李建国听到消息后，取出积蓄1.2万元。", ["李建国"]),
        ("摊主汪立新和妻子正给环卫工做粥。五年来，他们送出热粥40碗。", ["汪立新"]),
        ("县总工会今年走访了工地。五年来，他们送出热粥40碗。", ["县总工会"]),
        ("工会主席魏东出面协商，承包食堂的餐饮公司同意了，并每月拿出2000元。", ["餐饮公司"]),
        ("工会主席魏东出面，帮助隔壁的餐饮公司搬家，拿出2000元。", ["魏东"]),
        ("村里要修桥，剩下的14万元由在外办厂的彭志远包了。", ["彭志远"]),
        ("鲁师傅两天没拉活，一共送了26趟。", ["鲁师傅"]),
        ("他用了两个小时救起落水人员6名。", []),
        ("几位战友凑了1.8万元给他治病。", ["战友"]),
        ("成都都捐款5万元。", ["成都市"]),
        ("留村的老人你三百我五百，也凑了4.65万元。", ["留村的老人"]),
        ("广东英德市有人来。在旺角开餐厅的英德人黄带喜停业半日，把当天的流水1.87万港元全部交给同乡会。", []),
        ("“扫常师傅的码。”常师傅叫常保国，58岁，在路口摆了16年修车摊。", []),
        ("旅居澳门的冯玉莲老人把20万澳门元分出一半，捐了5万元。", ["冯玉莲"]),
        ("战友凑了1.8万元给他治病。", []),
    ],
)
def test_whom_a_pronoun_or_a_noun_leads_up(text: str, agents: list[str]) -> None:
    assert names(text, "agents")[-1] == agents


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        ("曹某被法院罚款2万元。", ["法院"]),
        ("他被县市场监管局罚款2万元。", ["县市场监督管理局"]),
        ("23名工人被老板拖欠工资47万元。", ["老板"]),
        ("屋顶被大风掀走20平方米。", []),
        ("县教育局责令该园退还费用，并处罚款5万元。", ["县教育局"]),
        ("县教育局走访该园，公司责令退还，并处罚款5万元。", []),
        ("其余32万元由12户业主分摊。", ["业主"]),
        ("政府补助20万元。", ["政府"]),
    ],
)
def test_who_does_what_is_done_to_the_subject(text: str, agents: list[str]) -> None:
    assert names(text, "agents")[-1] == agents
