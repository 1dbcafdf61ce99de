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
