"""`kg evaluate` on readings made by hand: what counts as found, missed, spurious and wrong."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from kg.evaluate import Report, compare
from kg.gold import read_gold
from kg.model import (
    Amount,
    Article,
    Document,
    Entity,
    EntityRecord,
    Link,
    Measure,
    Mention,
    Post,
    Reading,
    Span,
    Stated,
)

TEXT = "大庆市总工会投入80万元救助困难职工。市总会同市民政局出台《办法》。主席李明介绍,已办招聘会3场。"
UNION = Entity("TradeUnion", "大庆市总工会")
BUREAU = Entity("PublicBody", "大庆市民政局")
POLICY = Entity("PolicyDocument", "《办法》")
WORKERS = Entity("WorkerGroup", "困难职工")
AID = Entity("Item", "救助")
PERSON = Entity("Person", "李明")
GOLD: dict[str, Any] = {
    "organisations": ["大庆市总工会|市总", "大庆市民政局|市民政局"],
    "programmes": ["《办法》"],
    "groups": ["困难职工|建档困难职工"],
    "people": [["李明", "大庆市总工会", "主席"]],
    "relations": [["大庆市总工会", "organises", "《办法》"], ["市民政局", "partner", "市总|大庆市总工会"]],
    "facts": [
        {
            "text": "80万元",
            "kind": "money",
            "value": 800000,
            "unit": "CNY",
            "bound": "exact",
            "agent": ["市总|大庆市总工会"],
            "to": ["困难职工"],
            "of": ["救助|"],
            "programme": [],
            "status": "done",
        }
    ],
}


def mention(text: str, kind: str, rule: str, amount: Amount | None = None) -> Mention:
    at = TEXT.index(text)
    return Mention(kind, Span(at, at + len(text)), text, rule, text, amount)


MONEY = mention("80万元", "Money", "amount", Amount("money", Decimal(800000), "CNY"))
GAMES = mention("3场", "Count", "amount", Amount("count", Decimal(3), "场"))
MEASURE = Measure(
    Span(0, 16),
    "measures/give: 投入",
    agents=(UNION,),
    beneficiaries=(WORKERS,),
    amounts=(Stated(MONEY, (AID,)),),
    status="done",
)


def record(entity: Entity, *aliases: str, rule: str = "") -> EntityRecord:
    surface = next(name for name in (entity.name, *aliases) if name in TEXT)
    return EntityRecord(entity, aliases, (mention(surface, entity.type, rule or f"mentions: {entity.type}"),))


RECORDS = (
    record(UNION, "市总"),
    record(BUREAU, "市民政局"),
    record(POLICY),
    record(WORKERS),
    record(PERSON),
)
LINKS = (
    Link(UNION, "issues", POLICY, Span(19, 33), "issues"),
    Link(UNION, "partneredWith", BUREAU, Span(19, 33), "partner"),
    Link(BUREAU, "partneredWith", UNION, Span(19, 33), "partner"),
)
POSTS = (Post(PERSON, UNION, "主席", Span(33, 37), "post before name"),)


def reading(
    measures: Sequence[Measure] = (MEASURE,),
    records: Sequence[EntityRecord] = RECORDS,
    links: Sequence[Link] = LINKS,
    posts: Sequence[Post] = POSTS,
) -> Reading:
    document = Document("a.txt", TEXT, "0" * 64)
    article = Article(document, 1, "", TEXT, tuple(range(len(TEXT))), ())
    return Reading(article, (), tuple(records), tuple(measures), tuple(links), tuple(posts))


def scored(tmp_path: Path, said: Reading, **changes: Any) -> Report:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.json").write_text(json.dumps(GOLD | changes), encoding="utf-8")
    return compare([read_gold(tmp_path / "a.json")], [(said,)])


def test_all_right(tmp_path: Path) -> None:
    report = scored(tmp_path, reading(), relations=[*GOLD["relations"], ["市总", "issues", "办法"]])
    assert report.misses == []
    assert report.headline == 1.0
    assert {score.f1 for score in report.rows.values()} == {1.0}
    assert report.rules["measures/give: 投入"].hits == 1


def test_a_document_issued_is_a_programme_organised_but_the_issuing_itself_must_be_asked_for(tmp_path: Path) -> None:
    report = scored(tmp_path, reading())
    assert (report.rows["relations"].tp, report.rows["relations"].fp, report.rows["relations"].fn) == (2, 1, 0)


def test_partners_told_both_ways_count_once(tmp_path: Path) -> None:
    report = scored(tmp_path, reading(links=LINKS[1:]), relations=[])
    assert report.rows["relations"].fp == 1


def test_an_alias_is_enough_and_a_post_makes_a_body_arguable(tmp_path: Path) -> None:
    report = scored(tmp_path, reading(), organisations=["市民政局"])
    assert (report.rows["organisations"].tp, report.rows["organisations"].fp) == (1, 0)


def test_a_spurious_entity_is_told_with_rule_and_sentence(tmp_path: Path) -> None:
    extra = EntityRecord(Entity("School", "招聘会"), (), (mention("招聘会", "School", "guess"),))
    report = scored(tmp_path, reading(records=[*RECORDS, extra]))
    (miss,) = [miss for miss in report.misses if miss.row == "organisations"]
    assert (miss.file, miss.how, miss.text) == ("a", "spurious", "招聘会 [guess]")
    assert miss.sentence == "主席李明介绍,已办招聘会3场。"
    assert (report.rules["guess"].fired, report.rules["guess"].wrong) == (1, 1)


@pytest.mark.parametrize(("allowed", "wrong"), [([], 1), (["招聘会3场"], 0), (["3场招聘会"], 0)])
def test_an_amount_too_many(tmp_path: Path, allowed: list[str], wrong: int) -> None:
    other = replace(MEASURE, rule="other", amounts=(Stated(GAMES),))
    report = scored(tmp_path, reading(measures=[MEASURE, other]), facts_optional=allowed)
    assert report.rows["amounts"].fp == report.rows["fact"].fp == report.rules["other"].wrong == wrong


def test_an_amount_that_is_missed_misses_its_slots(tmp_path: Path) -> None:
    report = scored(tmp_path, reading(measures=[]))
    assert [report.rows[row].fn for row in ("amounts", "agent", "to", "of", "fact")] == [1, 1, 1, 0, 1]


def test_a_wrong_agent_costs_precision_and_recall(tmp_path: Path) -> None:
    report = scored(tmp_path, reading(measures=[replace(MEASURE, agents=(BUREAU,))]))
    score = report.rows["agent"]
    assert (score.tp, score.fp, score.fn) == (0, 1, 1)
    assert report.rows["fact"].tp == 0
    assert report.rules["measures/give: 投入"].wrong == 1


def test_how_an_agent_and_an_object_are_known_is_tallied(tmp_path: Path) -> None:
    told = replace(
        MEASURE, agents_by="carried on", amounts=tuple(replace(a, rule="noun after") for a in MEASURE.amounts)
    )
    report = scored(tmp_path, reading(measures=[told]))
    assert (report.rules["agent: carried on"].fired, report.rules["agent: carried on"].alone) == (1, 1)
    assert report.rules["agent: carried on"].hits == 1 and report.rules["of: noun after"].hits == 1
    report = scored(tmp_path, reading(measures=[replace(told, agents=(BUREAU,))]))
    assert (report.rules["agent: carried on"].hits, report.rules["agent: carried on"].wrong) == (0, 1)


def test_an_agent_where_the_text_names_none_spoils_the_fact(tmp_path: Path) -> None:
    fact = GOLD["facts"][0] | {"agent": []}
    report = scored(tmp_path, reading(), facts=[fact])
    assert (report.rows["agent"].fp, report.rows["fact"].fp) == (1, 1)


def test_bound_and_status(tmp_path: Path) -> None:
    about = replace(MONEY, amount=replace(MONEY.amount, bound="about"))  # type: ignore[type-var]
    measure = replace(MEASURE, amounts=(Stated(about, (AID,)),), status=None)
    report = scored(tmp_path, reading(measures=[measure]))
    bound, status = report.rows["bound"], report.rows["status"]
    assert (bound.tp, bound.fp, bound.fn) == (0, 1, 1)
    assert (status.tp, status.fp, status.fn) == (0, 0, 1)
    assert report.rows["fact"].tp == 1


def test_what_two_measures_say_of_one_amount_is_united(tmp_path: Path) -> None:
    halves = [replace(MEASURE, agents=()), replace(MEASURE, beneficiaries=())]
    report = scored(tmp_path, reading(measures=halves))
    assert report.rows["fact"].tp == 1


def test_the_table_and_the_list_of_misses(tmp_path: Path) -> None:
    report = scored(tmp_path, reading(measures=[], posts=[]))
    out = io.StringIO()
    report.render(Console(file=out, width=100), misses=True)
    shown = out.getvalue()
    assert "a\tamounts\tmissed\t80万元\t大庆市总工会投入80万元救助困难职工。" in shown
    assert "headline" in shown and "mentions: TradeUnion" in shown
