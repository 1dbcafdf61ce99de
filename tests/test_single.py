"""Whom a clause tells of as the one who gets something, and who gives as a pronoun says."""

from __future__ import annotations

import pytest

from kg.reading import extract

SERVED = [
    ("孙大爷是低保户。区民政局给他送去取暖费1600元。", {"1600元": {"孙大爷"}}),
    ("孙大爷是低保户。县里开了会。代表发了言。大家鼓掌。区民政局给他送去取暖费1600元。", {"1600元": set()}),
    ("果农愁销路。县电商协会帮他们卖出蜜橘40吨。", {"40吨": {"果农"}}),
    ("县人社局为李某追回工资1.8万元。", {"1.8万元": {"李某"}}),
    ("县里为李某所在的村投入5万元。", {"5万元": set()}),
    ("县人社局为困难职工李某追回工资1.8万元。", {"1.8万元": {"李某"}}),
    ("村民王平看望了退休教师张伟,社区给他送去2000元。", {"2000元": {"张伟"}}),
    ("单位奖励他3000元。", {"3000元": set()}),
]
GIVING = [
    ("村民冯秀珍开了店。邻居们都夸赞王大妈。她捐了3.6万元。", {"3.6万元": {"冯秀珍"}}),
    ("退休教师冯秀珍把攒下的3.6万元,全捐给了村小学。", {"3.6万元": {"冯秀珍"}}),
    ("被救者家属付了3万元。", {"3万元": {"家属"}}),
    ("农户每亩自掏8.5元。", {"8.5元": {"农户"}}),
    ("老曾的那份由邻居们悄悄替他垫上了1.9万元。", {"1.9万元": {"邻居们"}}),
    ("他所在的快递网点给了3万元慰问金。", {"3万元": {"快递网点"}}),
    ("宏远公司董事长李明向母校捐款3万元。", {"3万元": {"李明"}}),
    ("宏远公司董事长李明代表公司捐款3万元。", {"3万元": {"宏远公司"}}),
    ("青山市总工会主席李明在捐款仪式上送去3万元。", {"3万元": {"青山市总工会"}}),
    ("从医三十年的邱大夫,给贫困病人免去药费9万元。", {"三十年": set(), "9万元": {"邱大夫"}}),
    ("法院判决物业公司赔偿业主2.3万元。", {"2.3万元": {"物业公司"}}),
    ("家委会给教室买空调12台。家委会买空调9台。", {"12台": {"家委会"}, "9台": {"家委会"}}),
    ("退休教师李明给教室买空调12台。退休教师李明买空调9台。", {"12台": {"李明"}, "9台": set()}),
    ("云河小学收到校友捐赠图书260册。", {"260册": {"校友"}}),
    ("律师事务所上门办理公证26起,全市消委会受理投诉90件。", {"26起": {"律师事务所"}, "90件": {"消委会"}}),
    ("医护人员来到村里,免费发放药品300盒。", {"300盒": {"医护人员"}}),
    ("网格员走访住户300户。", {"300户": {"网格员"}}),
    ("退休教师李明打工半年,还欠1.2万元。", {"半年": set(), "1.2万元": set()}),
    ("经理李明算了算,带来收入21万元。", {"21万元": set()}),
    ("运输公司司机马强义务接送考生20人。", {"20人": {"马强"}}),
    ("由物业公司维修路灯12盏。", {"12盏": {"物业公司"}}),
    ("利用邮政网点改建暖屋17个。", {"17个": set()}),
    ("每个食堂补贴3万元。", {"3万元": set()}),
    ("镇里把上年的5万元,村民捐了2万元。", {"2万元": {"村民"}, "5万元": set()}),
]


@pytest.mark.parametrize(("text", "wanted"), SERVED)
def test_who_gets_something(text: str, wanted: dict[str, set[str]]) -> None:
    measures = [m for reading in extract(text) for m in reading.measures]
    assert {s.mention.text: {e.name for e in m.beneficiaries} for m in measures for s in m.amounts} == wanted


@pytest.mark.parametrize(("text", "wanted"), GIVING)
def test_who_gives(text: str, wanted: dict[str, set[str]]) -> None:
    measures = [m for reading in extract(text) for m in reading.measures]
    assert {s.mention.text: {e.name for e in m.agents} for m in measures for s in m.amounts} == wanted


SERVED_BY_THOSE_SENT = [
    ("青山县农业农村局派出60名农技员,给受灾农户发放种子1.8万份。", "60名", set()),
    ("青山市总工会慰问60名农民工。", "60名", {"农民工"}),
]


@pytest.mark.parametrize(("text", "amount", "wanted"), SERVED_BY_THOSE_SENT)
def test_who_is_sent_to_help_is_not_served(text: str, amount: str, wanted: set[str]) -> None:
    told = [m for reading in extract(text) for m in reading.measures for s in m.amounts if amount in s.mention.text]
    assert {e.name for m in told for e in m.beneficiaries} == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("镇政府授予渔民李建国“模范”称号，并颁发奖金5000元。", ["李建国"]),
        ("退休教师李建国来了。镇政府授予他“模范”称号，并颁发奖金5000元。", ["李建国"]),
        ("镇政府授予渔民李建国等人“模范”称号，并颁发奖金5000元。", []),
        ("曹某欠果农彭世昌货款18.5万元。", ["彭世昌"]),
        ("区妇联奖励1万元，她转手捐给了区福利院。", []),
    ],
)
def test_whom_the_clause_before_honours(text: str, wanted: list[str]) -> None:
    measures = [m for reading in extract(text) for m in reading.measures if m.amounts[0].mention.type == "Money"]
    assert [e.name for e in measures[-1].beneficiaries] == wanted
