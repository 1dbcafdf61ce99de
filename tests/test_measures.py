"""What a measure holds besides who acts and what is counted: place, partner, kind, programme; and what is told twice."""

from __future__ import annotations

import pytest

from kg import extract
from kg.model import Measure


def measures(text: str) -> list[Measure]:
    return [m for reading in extract(text) for m in reading.measures]


def test_the_place_of_the_clause() -> None:
    (measure,) = measures("大连市总工会在福贡县建成驿站9处。")
    assert [e.name for e in measure.places] == ["福贡县"]


def test_the_partner_of_the_clause() -> None:
    (measure,) = measures("大连市总工会联合大连市民政局走访困难职工300户。")
    assert [e.name for e in measure.partners] == ["大连市民政局"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("大连市总工会培训职工300人。", "Training"),
        ("大连市总工会慰问困难职工300户。", "Visit"),
        ("大连市总工会在册300人。", "Other"),
    ],
)
def test_the_kind_that_the_clause_tells(text: str, kind: str) -> None:
    (measure,) = measures(text)
    assert measure.kind == kind


def test_what_a_headline_tells_again_is_told_once() -> None:
    told = measures("大连市总工会投入80万元助学\n\n    8月2日，大连市总工会投入80万元资助困难职工子女上学。\n")
    assert [m.beneficiaries[0].name for m in told] == ["困难职工子女"]


def test_a_kind_of_body_that_is_brought_in_is_no_beneficiary() -> None:
    (measure,) = measures("大连市总工会组织2000家用人单位进校园。")
    assert measure.beneficiaries == ()
    (measure,) = measures("大连市总工会资助2000家用人单位。")
    assert [e.name for e in measure.beneficiaries] == ["用人单位"]


def test_a_sum_at_the_end_is_the_leading_bodys() -> None:
    told = measures("大连市总工会发起募捐。大连港务有限公司捐款5万元，大连商会捐款3万元，合计8万元。")
    assert [e.name for e in told[-1].agents] == ["大连市总工会"]


def test_each_point_begins_with_the_leading_body() -> None:
    text = "大连市总工会做三件事:一是由大连市财政局拨付经费30万元;二是建设驿站5家。"
    told = measures(text)
    assert [e.name for e in told[-1].agents] == ["大连市总工会"]


def test_what_one_item_is_about_the_next_is_not() -> None:
    text = "大连市总工会今年做以下实事:\n\n1.“月亮课堂”项目。培训300人。\n\n2.走访困难职工200户。\n"
    told = measures(text)
    assert [e.name for m in told if m.amounts[0].mention.text.startswith("300") for e in m.programmes] == [
        "“月亮课堂”项目"
    ]
    assert [m.programmes for m in told if m.amounts[0].mention.text.startswith("200")] == [()]


def test_a_short_title_is_the_document_whose_title_ends_so() -> None:
    text = "大连市总工会印发《大连市困难职工帮扶实施办法》。《实施办法》规定,每户补助500元。"
    (reading,) = extract(text)
    assert [r.entity.name for r in reading.entities if r.entity.type == "PolicyDocument"] == [
        "《大连市困难职工帮扶实施办法》"
    ]


def test_a_document_that_is_only_mentioned_governs_nothing_further() -> None:
    class_ = "“月亮课堂”项目开课。\n\n“月亮课堂”项目很热闹。\n\n"
    rule, after = "按照《大连市帮扶办法》，每户500元。\n\n", "驿站建成9处。\n"
    assert measures(class_ + rule + after)[-1].programmes == ()
    again = measures(class_ + rule + "《大连市帮扶办法》见效。\n\n" + after)
    assert [e.name for e in again[-1].programmes] == ["《大连市帮扶办法》"]


@pytest.mark.parametrize(("headline", "status"), [("关于做好助学工作的通知", "planned"), ("大连助学见闻", "done")])
def test_what_a_notice_lays_down_is_planned(headline: str, status: str) -> None:
    told = measures(f"{headline}\n\n    大连市总工会补助每名学生3000元。\n")
    assert [m.status for m in told] == [status]


def test_a_benefit_is_spoken_of_in_its_sentence_only() -> None:
    told = measures("县人社局实施返乡创业计划。发放创业担保贷款5万元。建成孵化基地6个。")
    assert [[e.name for e in m.programmes] for m in told] == [["创业担保贷款"], ["返乡创业计划"]]
    named = measures("县农商行推出“复耕贷”。发放贷款5万元。惠及农户6户。")
    assert {e.name for m in named for e in m.programmes} == {"“复耕贷”"}
