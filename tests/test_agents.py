"""Who may act where a clause names no body: the cast of an article, the chain of subjects, those who speak."""

from __future__ import annotations

import pytest

from kg import extract
from kg.language.spans import Places, Row
from kg.model import Entity
from kg.recognise.citizens import find_citizens
from kg.relate.cast import Cast
from kg.relate.scene import Scene
from kg.relate.served import Served
from kg.relate.stage import Stage


def staged(text: str) -> tuple[Cast, Stage]:
    """The cast of a text, as it is when its measures are told."""
    (reading,) = extract(text)
    entities = {m: record.entity for record in reading.entities for m in record.mentions}
    stage = Stage(reading.article, Row(reading.mentions), entities)
    return Cast(stage), stage


def agents(text: str) -> dict[str, set[str]]:
    """Who acts for each amount."""
    measures = [m for reading in extract(text) for m in reading.measures]
    return {s.mention.text: {e.name for e in m.agents} for m in measures for s in m.amounts}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("69岁的关玉琢摘下老花镜。", ["关玉琢"]),
        ("妻子邢玉珍在饭店洗碗,业务员小林也掏了500元。", ["邢玉珍", "小林"]),
        ("旅美的陈女士不肯留名,邻村的何大姐来了。", ["陈女士", "何大姐"]),
        ("网友“阿莲”人没到,包工头冉某跑了。", ["“阿莲”", "冉某"]),
        ("温木根拄着拐。夜里温木根又来了。", ["温木根", "温木根"]),
        ("的姐李彩凤等了三小时。“的姐”李彩凤没走。", ["李彩凤", "李彩凤"]),
        ("周小川表示,李明遭遇车祸,小玲今年17岁,胡国强捐了6万元。", ["周小川", "李明", "小玲", "胡国强"]),
        ("钱不经花了,吕红共收到捐款,重新给小车装上轮胎,给小哥送去饮料。", []),
        ("训练一小时补助60元,小区里有老板,小程序上线了。", []),
        ("暖棚的钱另有出处,年卡不含石窟,离岗矿工查尘肺。", []),
        ("他骑着修车师傅的车,伺候婆婆。", []),
    ],
)
def test_people_without_a_post(text: str, names: list[str]) -> None:
    assert [m.text for m in find_citizens(text, Places())] == names


def test_who_only_stands_by_is_nobody_of_the_graph() -> None:
    text = "县慈善会发布公告。69岁的关玉琢捐款5万元。妻子邢玉珍在饭店洗碗。"
    (reading,) = extract(text)
    people = {r.entity.name for r in reading.entities if r.entity.type == "Person"}
    assert people == {"关玉琢"} == {m.text for m in reading.mentions if m.type == "Person"}
    assert agents(text) == {"5万元": {"关玉琢"}}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "大连市慈善会募捐。保费由辽宁省财政厅承担45万元、大连市财政局承担35万元。",
            [{"辽宁省财政厅"}, {"大连市财政局"}],
        ),
        ("大连市总工会、大连市妇联分别投入20万元和30万元。", [{"大连市总工会"}, {"大连市妇女联合会"}]),
        ("大连市总工会、大连市妇联分别投入20万元。", [{"大连市总工会", "大连市妇女联合会"}]),
        ("庄河市教育局推进改造。市财政配套30万元。全年培训教师50人。", [{"庄河市财政局"}, {"庄河市教育局"}]),
        ("活动由大连市商务局主办,大连市文联协办。发放补贴30万元。", [{"大连市商务局"}]),
        ("大连市总工会拿出救助金。又发动退休职工捐款1300元。", [{"退休职工"}]),
        ("浙江省台州商会捐赠5万元。", [{"浙江省台州商会"}]),
        (
            "大连市总工会联合大连市财政局、大连市医保局印发办法。去年发放救助金112万元。",
            [{"大连市总工会"}],
        ),
        ("大连市总工会联合大连市财政局印发办法。去年发放救助金112万元。", [{"大连市总工会", "大连市财政局"}]),
        ("大连市慈善会发布公告。村委会从集体收入里给她补助2000元。", [{"村委会"}]),
    ],
)
def test_each_pays_its_own(text: str, who: list[set[str]]) -> None:
    assert list(agents(text).values()) == who


def test_the_subjects_that_lead_up_to_a_place() -> None:
    text = "大连市总工会走访企业,给大连市残联送去慰问金,去年也投入80万元。"
    cast, _ = staged(text)
    told = [(s.how, s.mention.text if s.mention else s.word) for s in cast.chain.back_from(text.index("80"))]
    assert told == [("none", "give"), ("preposition", "给"), ("who", "大连市总工会")]


def test_how_one_stands_in_a_clause() -> None:
    cast, _ = staged("大连市总工会、大连市妇联给大连市残联送去80万元。")
    first, _, last = cast.members
    assert cast.filler(first) == (
        Entity("TradeUnion", "大连市总工会"),
        Entity("Institution", "大连市妇女联合会"),
    )
    assert cast.standing(first).subject and {"opens the paragraph", "joined"} <= set(cast.standing(first).features)
    assert not cast.standing(last).subject and "behind 给" in cast.standing(last).features


def test_those_who_are_left_out_have_no_part() -> None:
    text = "大连市财政局召开会议。大连市总工会给大连市残联送去80万元。"
    cast, stage = staged(text)
    (measure,) = extract(text)[0].measures
    at = measure.amounts[0].mention.span.start
    told = [p.filler for p in Scene(stage, cast, measure, at).parts(())]
    assert [[e.name for e in filler if isinstance(e, Entity)] for filler in told] == [
        ["大连市残疾人联合会"],
        ["大连市总工会"],
        ["大连市财政局"],
    ]
    assert [p.filler for p in Scene(stage, cast, measure, at).parts(told[:1])] == told[1:]


@pytest.mark.parametrize(("verb", "sent"), [("派出", True), ("慰问", False)])
def test_who_is_sent_is_told_from_who_is_visited(verb: str, sent: bool) -> None:
    cast, stage = staged(text := f"青山县农业农村局{verb}60名农技员。")
    (measure,) = extract(text)[0].measures
    told = Served(stage, cast).proposals(measure, measure.amounts[0].mention.span.start, "", ())
    assert any("sent" in names for proposal in told for _, names in proposal.groups) == sent
