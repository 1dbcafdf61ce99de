"""What an amount is for, whom a measure serves, who bears it, and how far a programme reaches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from kg.model import Entity, Measure, Stated
from kg.reading import extract
from kg.relate import choice


def measures(text: str) -> list[Measure]:
    return [m for reading in extract(text) for m in reading.measures]


def stated(text: str) -> Iterator[Stated]:
    return (s for m in measures(text) for s in m.amounts)


def names(entities: tuple[Entity, ...]) -> list[str]:
    return [e.name for e in entities]


def only(weights: dict[str, dict[str, int]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing but these features weigh."""
    tables = {slot: choice.Weights(table) for slot, table in weights.items()}
    monkeypatch.setattr(choice, "weights", lambda slot: tables.get(slot, choice.Weights({})))


def test_a_verb_tells_what_money_is_and_the_quote_is_the_verb() -> None:
    (reading,) = extract("消息传开，村民挨家凑了2.36万元。")
    (told,) = (s for m in reading.measures for s in m.amounts)
    assert names(told.of) == ["捐款"]
    (record,) = (r for r in reading.entities if r.entity == told.of[0])
    assert [m.text for m in record.mentions] == ["凑"]


def test_only_what_an_amount_is_for_becomes_a_thing_of_the_graph() -> None:
    (reading,) = extract("青山市总工会从会议室走到仓库，拨款80万元用于采购防暑药品。")
    (told,) = (s for m in reading.measures for s in m.amounts)
    assert "会议室" in {e.name for c in told.considered for e in c.filler if isinstance(e, Entity)}
    items = {r.entity for r in reading.entities if r.entity.type == "Item"}
    assert items == {*told.of, *(e for m in reading.measures for e in m.provides)}


def test_a_thing_is_named_where_it_is_counted_and_not_in_the_names_of_others() -> None:
    (reading,) = extract("青山市总工会开展6项行动。工会会员学历提升行动启动，青山市总工会投入5万元。")
    (record,) = (r for r in reading.entities if r.entity == Entity("Item", "行动"))
    assert [m.span.start for m in record.mentions] == [reading.article.text.index("行动")]


def test_every_item_has_a_mention() -> None:
    text = (Path(__file__).parent.parent / "data" / "page.txt").read_text(encoding="utf-8")
    assert all(r.mentions for reading in extract(text) for r in reading.entities if r.entity.type == "Item")


@pytest.mark.parametrize(
    ("features", "of"),
    [
        ({}, []),
        ({"noun before 0": 5, "noun before 1": 3}, ["仓库"]),
        ({"noun before 0": 3, "noun before 1": 5}, ["药品"]),
        ({"noun before 0": 5, "Money: noun before 0": -3, "noun before 1": 3}, ["药品"]),
        ({"by noun after": 1}, []),
    ],
)
def test_the_weights_of_of_decide(features: dict[str, int], of: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    only({"of": features}, monkeypatch)
    assert [names(s.of) for s in stated("某公司把药品搬进仓库，就给了3万元。某公司把药品从仓库给了3万元。")][1] == of


@pytest.mark.parametrize(
    ("features", "to"),
    [({}, []), ({"told": 1}, ["困难职工"]), ({"told": 1, "named": 2}, ["农民工"]), ({"TradeUnion: named": 9}, [])],
)
def test_the_weights_of_to_decide(features: dict[str, int], to: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    only({"to": features}, monkeypatch)
    (measure,) = measures("农民工来了。青山市总工会向困难职工发放慰问金5万元。")
    assert names(measure.beneficiaries) == to
    fillers = [names(tuple(e for e in c.filler if isinstance(e, Entity))) for c in measure.considered]
    assert ["青山市总工会"] not in fillers, "who acts is no candidate"


def score(slot: str, *groups: tuple[tuple[str, ...], Sequence[str]]) -> int:
    """What speaks for somebody in all."""
    return choice.candidates(slot, [choice.Proposal(("somebody",), "", groups)])[1].score


@pytest.mark.parametrize("told", [list, choice.Shared])
def test_a_name_weighs_under_each_of_its_kinds(told: type[Sequence[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    only({"agent": {"near": 1, "Body: near": 10, "Body: far": 100, "Place: near": 1000}}, monkeypatch)
    names = told(["near", "far"])  # type: ignore[call-arg]
    assert score("agent", (choice.PLAIN, names)) == 1
    assert score("agent", (("Body",), names)) == 110
    assert score("agent", (("", "Body"), names)) == 111
    assert score("agent", (choice.PLAIN, names), (("", "Body"), names)) == 112


def test_what_is_shared_weighs_what_the_weights_of_the_day_say(monkeypatch: pytest.MonkeyPatch) -> None:
    shared = choice.Shared(["near"])
    for weight in range(100):  # weights that are gone leave their place in memory to others
        only({"agent": {"near": weight}, "to": {"near": -weight}}, monkeypatch)
        assert [score(slot, (choice.PLAIN, shared)) for slot in ("agent", "to", "agent")] == [weight, -weight, weight]


def test_the_next_sentence_says_who_bears_it() -> None:
    (measure,) = measures("87名学生领到助学金14.6万元。这笔钱由诸城市总工会和山东惠发食品股份有限公司共同出资。")
    assert names(measure.agents) == ["诸城市总工会", "山东惠发食品股份有限公司"]
    assert measure.agents_by == "borne by whom the next sentence names"


@pytest.mark.parametrize(
    "text",
    [
        "诸城市教育局发放助学金14.6万元。这笔钱由诸城市总工会出资。",  # who is named pays, whatever comes next
        "87名学生领到助学金14.6万元。\n\n这笔钱由诸城市总工会出资。",  # a new paragraph tells of something else
        "87名学生领到助学金14.6万元。这笔钱由诸城市总工会监督。",
        "87名学生领到助学金14.6万元。这笔钱由诸城市总工会承担45%。",
    ],
)
def test_who_bears_it_is_not_told(text: str) -> None:
    (measure, *_) = measures(text)
    assert measure.agents_by != "borne by whom the next sentence names"


def programmes(text: str) -> list[list[str]]:
    return [names(m.programmes) for m in measures(text)]


def test_a_programme_reaches_to_the_next_paragraph_and_no_further_than_a_reader_remembers() -> None:
    head, filler = "“金秋助学”行动启动。", "大家说了许多别的事情。" * 50
    assert programmes(f"{head}\n\n市总工会发放助学金5万元。") == [["“金秋助学”行动"]]
    assert programmes(f"{head}\n\n{filler}\n\n市总工会发放助学金5万元。") == [[]]


def test_a_programme_among_many_is_not_what_the_next_paragraph_is_about() -> None:
    others = "“春风行动”、“雨露计划”、“希望工程”都在开展。"
    assert programmes("“金秋助学”行动启动。\n\n市总工会发放助学金5万元。") == [["“金秋助学”行动"]]
    assert programmes(f"{others}“金秋助学”行动启动。\n\n市总工会发放助学金5万元。") == [[]]


def test_a_document_named_in_passing_lays_nothing_down() -> None:
    named = "按照《青山市体育发展规划》，球场要开放。"
    assert programmes(f"{named}\n\n市体育局补助球场5万元。") == [["《青山市体育发展规划》"]]
    assert programmes(f"球场要开放。\n\n{named}\n\n“金秋助学”行动启动，市总工会发放助学金5万元。") == [
        ["“金秋助学”行动"]
    ]


def test_what_comes_before_a_programme_falls_under_it_in_one_sentence_alone() -> None:
    assert programmes("全市人口40万人，市总工会启动“金秋助学”行动。") == [["“金秋助学”行动"]]
    assert programmes("全市人口40万人。市总工会启动“金秋助学”行动。") == [[]]


def test_that_money_is_given_says_not_that_two_round_sums_are_one() -> None:
    given = list(stated("青山市总工会捐款30万元。\n\n青山市总工会又捐款30万元。"))
    assert [(names(s.of), s.same_as) for s in given] == [(["捐款"], None), (["捐款"], None)]
    named = list(stated("青山市总工会发放30万元助学金。\n\n青山市总工会发放30万元助学金。"))
    assert [s.same_as is not None for s in named] == [False, True]


def test_who_pays_the_whole_pays_the_part() -> None:
    text = (
        "海角市总工会推出保险。\n\n海角保险公司去年向417名骑手支付理赔金263.5万元，"
        "其中单笔最高的一笔18.6万元，赔给了外卖员符某。"
    )
    whole, part = (m for m in measures(text) if any(s.mention.type == "Money" for s in m.amounts))
    assert part.amounts[0].included_in == whole.amounts[-1].mention
    assert names(part.agents) == names(whole.agents) == ["海角保险公司"]
