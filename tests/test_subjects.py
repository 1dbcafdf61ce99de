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
    text = "青山市慈善会募集款物1986万元,其中青山港务有限公司捐了500万元。管理费用占比4.8%。"
    assert [who for _, who, _ in agents(text)] == [["青山市慈善会"], ["青山港务有限公司"], ["青山市慈善会"]]


def test_a_kind_of_body_that_receives_does_not_act() -> None:
    told = agents("青山市总工会返还经费,530家小微企业获得补助272万元。")
    assert all(who == ["青山市总工会"] for _, who, _ in told)


def test_the_body_that_leads_the_paragraphs_comes_back_at_the_next() -> None:
    text = "青山市总工会今年发力。\n\n青山市总工会建成驿站5家。由青山市财政局承担经费30万元。\n\n全年培训职工300人。"
    assert agents(text)[-1][1] == ["青山市总工会"]
