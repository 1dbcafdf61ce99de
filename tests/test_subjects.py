"""Who acts in a clause, and how that is known."""

import pytest

from kg import extract


def agents(text: str) -> list[tuple[str, list[str], str]]:
    """The amounts of each measure, its agents, and how they are known."""
    return [
        ("、".join(s.mention.text for s in m.amounts), [a.name for a in m.agents], m.agents_by)
        for r in extract(text)
        for m in r.measures
    ]


CASES = [
    ("青山市总工会投入80万元,建成驿站5家。", "5家", ["青山市总工会"], "carried on from before"),
    ("青山市总工会投入80万元。", "80万元", ["青山市总工会"], "subject of the clause"),
    ("资金由青山市财政局拨付30万元。", "30万元", ["青山市财政局"], "named by the rule"),
    ("青山市总工会部署工作,各级工会投入80万元。", "80万元", ["各级工会"], "kind of body that acts in the sentence"),
    (
        "困难教师15名,每人1000元,由青山市总工会负担。",
        "每人1000元",
        ["青山市总工会"],
        "borne by whom a later clause names",
    ),
    (
        "青山市总工会会同青山市民政局下达补助30万元。",
        "30万元",
        ["青山市总工会", "青山市民政局"],
        "subject of the clause",
    ),
    ("青山市总工会有关负责人透露,明年将新建驿站20家。", "20家", ["青山市总工会"], "carried on from before"),
    ("青山市总工会主席王兰芳走访企业14家。", "14家", ["青山市总工会"], "subject of the clause"),
    (
        "青山市总工会、青山市民政局签订协议。两部门投入资金73万元。",
        "73万元",
        ["青山市总工会", "青山市民政局"],
        "the bodies summed up in the clause",
    ),
]


@pytest.mark.parametrize(("text", "amounts", "who", "how"), CASES)
def test_each_way(text: str, amounts: str, who: list[str], how: str) -> None:
    assert (amounts, who, how) in agents(text)


def test_one_of_many_acts_for_its_sentence_alone() -> None:
    text = "青山市慈善会募集款物1986万元,其中青山港务有限公司捐了500万元。全年救助困难家庭300户。"
    assert [who for _, who, _ in agents(text)] == [["青山市慈善会"], ["青山港务有限公司"], ["青山市慈善会"]]


def test_a_kind_of_body_that_receives_does_not_act() -> None:
    told = agents("青山市总工会返还经费,530家小微企业获得补助272万元。")
    assert all(who == ["青山市总工会"] for _, who, _ in told)


def test_the_body_that_leads_the_paragraphs_comes_back_at_the_next() -> None:
    text = "青山市总工会今年发力。\n\n青山市总工会建成驿站5家。由青山市财政局承担经费30万元。\n\n全年培训职工300人。"
    assert agents(text)[-1][1] == ["青山市总工会"]


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        ("晨光公司、远大公司各捐赠30万元。", {"远大公司", "晨光公司"}),
        ("区法院判决宏远公司支付12名工人工资8万元。", {"宏远公司"}),
        ("晨曦基金会常务副会长周明代表晨曦基金会捐赠12万元，用于资助贫困学生。", {"晨曦基金会"}),
        (
            "蓝田纺织(无锡)有限公司、青禾食品(无锡)有限公司各捐赠8万元。",
            {"蓝田纺织(无锡)有限公司", "青禾食品(无锡)有限公司"},
        ),
        ("县慈善会收到青禾集团捐款20万元。", {"青禾集团"}),
        ("市红十字会接受恒通集团的捐赠50万元，用于救助灾民。", {"恒通集团"}),
        ("县民政局获得省财政厅拨付资金300万元。", {"省财政厅"}),
        ("县慈善会收到爱心人士捐款2万元。", {"爱心人士"}),
        ("县总工会副主席李伟代表县总工会送去慰问金5万元。", {"县总工会"}),
        ("李明代表远大公司向学校捐赠10万元。", {"远大公司"}),
        ("向市总工会和县残联的困难职工发放补助6万元。", set()),
        ("向县总工会、县妇联的职工发放补助3万元。", set()),
        ("县慈善会发布公告。退休教师王秀兰捐款5万元。", {"王秀兰"}),
        ("市总工会走访慰问。老人的儿子拿出1万元交给医院。", set()),
        ("县慈善会发布公告。同事们捐了6200元。", {"同事们"}),
        ("县慈善会发布公告。三界镇一家领带厂捐赠3万元。", {"领带厂"}),
        ("市总工会走访慰问。有人捐出1万元。", set()),
        ("保费由省财政厅承担45万元、市财政局承担35万元。", {"省财政厅", "市财政局"}),
        ("市总工会高度重视此事，为困难职工发放补助9万元。", {"市总工会"}),
        ("市中级人民法院裁定返还款项40万元。", set()),
        ("省审计厅通报，违规发放补贴18万元。", set()),
        ("市总工会、市财政局分别投入60万元。", {"市财政局", "市总工会"}),
        ("华南集团和宏图公司共同出资100万元。", {"华南集团", "宏图公司"}),
        ("县人社局公布数据。参保骑手13.8万人，支付待遇7300万元。", {"县人力资源和社会保障局"}),
        ("县人社局发布办法。脱贫劳动力参训期间，另给予补贴50元。", {"县人力资源和社会保障局"}),
        ("县交通局通报。施工单位天虹公司雇用群众，支付报酬1870万元。", {"天虹公司"}),
        ("县人社局发布数据。富锦市启动周转金，垫付6.2万元。", {"富锦市"}),
        ("由县慈善会救助的患者老李，花去医药费11万元。", {"老李"}),
        ("县一中教师刘敏资助学生3名。", {"刘敏"}),
        ("县农业农村局安排任务。八堡乡3000亩，补助180万元。", {"县农业农村局"}),
        ("富锦市民政局发布数据。富锦市启动周转金，垫付6.2万元。", {"富锦市民政局"}),
        ("经县总工会批准，活动收取报名费20元。", set()),
        ("经县法院调解，工人拿到工资20万元。", set()),
        ("县总工会关爱职工，快递员、货车司机每人赠送保险1份。", {"县总工会"}),
        ("县供电公司工会主席王强带队走访，送去慰问金800元。", {"县供电公司工会"}),
        ("县总工会发动职工捐款12万元。", {"职工"}),
        ("经县法院调解，公司支付工人工资20万元。", set()),
    ],
)
def test_gifts_and_their_givers(text: str, agents: set[str]) -> None:
    told = [m for reading in extract(text) for m in reading.measures if m.amounts]
    assert told
    assert {e.name for m in told for e in m.agents} == agents


TOLD_BY_ANOTHER = "根据省民政厅文件,省民政厅下达我县资金80万元。\n一、建设食堂20个。\n二、发放补贴12万元。"
NOTICES = [
    (
        "signed, with the day behind it",
        f"关于资金的公示\n{TOLD_BY_ANOTHER}\n青山县民政局 2024年5月6日",
        ["青山县民政局"],
    ),
    (
        "signed by two",
        f"关于资金的公示\n{TOLD_BY_ANOTHER}\n青山县民政局\n青山县财政局\n2024年5月6日",
        ["青山县民政局", "青山县财政局"],
    ),
    ("headed", f"青山县民政局关于资金的公示\n{TOLD_BY_ANOTHER}", ["青山县民政局"]),
    ("我局", f"{TOLD_BY_ANOTHER}\n青山县民政局来信已收悉。有异议的请向我局反映。", ["青山县民政局"]),
    (
        "a list of bodies is no signature",
        f"{TOLD_BY_ANOTHER}\n" + "\n".join(f"青山{n}有限公司" for n in ("天虹", "大海", "长河", "高山")),
        ["省民政厅"],
    ),
]


STORY = "太湖县启动春送岗位行动\n\n太湖县总工会投入80万元举办招聘会。\n\n太湖县民政局提供场地。\n\n还发放礼包12份。\n\n"


@pytest.mark.parametrize("end", ["太湖县残联", "太湖县残联 2024年3月6日"])
def test_a_story_is_not_issued_by_whose_name_stands_at_its_end(end: str) -> None:
    assert end.split()[0] not in {
        m for r in extract(STORY + end) for q in r.measures for a in q.agents for m in [a.name]
    }


def test_an_outlet_issues_no_notice() -> None:
    told = agents(STORY.replace("行动", "行动的方案") + "太湖县融媒体中心")
    assert {name for _, names, _ in told for name in names} <= {"太湖县总工会", "太湖县民政局"}


@pytest.mark.parametrize(("text", "who"), [case[1:] for case in NOTICES], ids=[case[0] for case in NOTICES])
def test_who_issues_a_notice_acts_in_its_paragraphs(text: str, who: list[str]) -> None:
    told = {amounts: names for amounts, names, _ in agents(text)}
    assert told["80万元"] == ["省民政厅"] and told["12万元"] == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("“去年我们拿出80万元。”青山县残联主席王兰芳说。", ["青山县残疾人联合会"]),
        ("青山县残联主席王兰芳说:“去年我们拿出80万元。”", ["青山县残疾人联合会"]),
        ("青山县残联主席王兰芳介绍,去年他们拿出80万元。", ["青山县残疾人联合会"]),
        ("青山县残联主席王兰芳说:“我拿出80万元。”", ["王兰芳"]),
        ("青山县残联主席王兰芳说:“他们拿出80万元。”", []),
    ],
)
def test_whom_a_pronoun_means_in_what_somebody_says(text: str, who: list[str]) -> None:
    assert [names for _, names, _ in agents(text)] == [who]
