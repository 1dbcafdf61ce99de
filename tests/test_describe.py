"""Hand-made readings as triples: what is written, under which IRIs, and what is left out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg import ontology
from kg.describe import describe, graph_of
from kg.iris import safe
from kg.model import (
    Amount,
    Article,
    Block,
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
from kg.ontology import BASE

TEXT = "杭州市总工会\n王伟投入不少于80至90万元"
UNION, GROUP = Entity("TradeUnion", "杭州市总工会"), Entity("WorkerGroup", "一线职工")
PERSON = Entity("Person", "王伟")
PREFIXES = ontology.prefixes()


def article(document: Document, number: int = 1, date: str | None = None) -> Article:
    """The text with its line break taken out, as layout gives it."""
    offsets = tuple(i for i, ch in enumerate(document.text) if ch != "\n")
    text = document.text.replace("\n", "")
    return Article(document, number, "题目", text, offsets, (Block("body", 0, len(text)),), ("记者",), date)


def document(text: str = TEXT, digest: str = "a" * 64) -> Document:
    return Document("page.txt", text, digest)


def money(bound: str = "range", **numbers: Decimal | None) -> Mention:
    amount = Amount("money", numbers.get("value"), "CNY", bound, numbers.get("low"), numbers.get("high"))  # type: ignore[arg-type]
    return Mention("Money", Span(10, 20), "不少于80至90万元", "money", amount=amount)


def reading(of: Article, **more: object) -> Reading:
    return Reading(of, (), (), **more)  # type: ignore[arg-type]


def ask(quads: list[Quad], where: str, *names: str) -> list[tuple[str, ...]]:
    store = Store()
    store.extend(quads)
    rows = store.query(f"SELECT * WHERE {{ {where} }}", prefixes=PREFIXES, use_default_graph_as_union=True)
    return sorted(tuple(row[name].value for name in names) for row in rows)


def test_everything_stands_in_the_graph_of_the_digest_and_in_order() -> None:
    made = document()
    quads = describe(made, [reading(article(made))]).quads()
    assert {str(q.graph_name) for q in quads} == {f"<{graph_of(made.digest)}>"}
    assert quads == sorted(quads, key=str)
    assert len(quads) == len(set(quads)) > 8
    assert all(isinstance(q.subject, NamedNode) and isinstance(q.object, NamedNode | Literal) for q in quads)


def test_a_passage_crosses_a_line_break_of_the_source() -> None:
    made = document()
    measure = Measure(Span(3, 8), "frame")
    rows = ask(
        describe(made, [reading(article(made), measures=(measure,))]).quads(),
        "?m a hm:Measure ; hm:evidence ?p . ?p hm:start ?s ; hm:end ?e ; hm:quote ?q ; hm:rule ?r",
        *("p", "s", "e", "q", "r"),
    )
    assert rows == [(f"{BASE}article/{'a' * 16}-1#char=3,9", "3", "9", "总工会王伟", "frame")]
    assert TEXT[3:9].replace("\n", "") == rows[0][3]


def test_a_range_has_ends_and_no_value() -> None:
    made = document()
    told = Stated(money(value=Decimal(85), low=Decimal("8E5"), high=Decimal("900000.50")))
    quads = describe(made, [reading(article(made), measures=(Measure(Span(10, 20), "r", amounts=(told,)),))]).quads()
    where = "?a a hm:Money, hm:Amount ; hm:minValue ?low ; hm:maxValue ?high ; hm:bound ?b ; rdfs:label ?l"
    assert ask(quads, where, "low", "high", "b", "l") == [("800000", "900000.5", "range", "不少于80至90万元")]
    assert ask(quads, "?a hm:value ?v", "v") == []


def test_measures_of_one_stretch_are_two() -> None:
    made = document()
    twice = (Measure(Span(0, 6), "r", agents=(UNION,)), Measure(Span(0, 6), "r", beneficiaries=(GROUP,)))
    rows = ask(describe(made, [reading(article(made), measures=twice)]).quads(), "?m a hm:Measure", "m")
    assert [row[0].rpartition("/")[2] for row in rows] == [f"{'a' * 16}-1-0-6", f"{'a' * 16}-1-0-6-1"]


def test_an_entity_that_only_a_measure_names_is_described() -> None:
    made = document()
    quads = describe(made, [reading(article(made), measures=(Measure(Span(0, 6), "r", agents=(UNION,)),))]).quads()
    rows = ask(quads, "?m hm:agent ?o . ?o a hm:Organisation, hm:TradeUnion ; rdfs:label ?l ; hm:mentionedIn ?x", "l")
    assert rows == [("杭州市总工会",)]


def test_a_link_is_a_triple_and_a_statement() -> None:
    made = document()
    link = Link(UNION, "subOrganizationOf", Entity("TradeUnion", "浙江省总工会"), Span(0, 6), "nested name")
    where = (
        "?a org:subOrganizationOf ?b . ?s a rdf:Statement ; rdf:subject ?a ; rdf:object ?b ; "
        "rdf:predicate org:subOrganizationOf ; hm:evidence/hm:rule ?r"
    )
    assert ask(describe(made, [reading(article(made), links=(link,))]).quads(), where, "r") == [("nested name",)]


def test_namesakes_of_two_stories_are_two_people() -> None:
    made = document()
    post = Post(PERSON, UNION, "党组书记", Span(6, 8), "post before name")
    stories = [reading(article(made, n), posts=(post,)) for n in (1, 2)]
    rows = ask(
        describe(made, stories).quads(), "?m org:member ?who ; org:organization ?o ; org:role/rdfs:label ?r", "who", "r"
    )
    assert len({who for who, _ in rows}) == len(rows) == 2
    assert {role for _, role in rows} == {"党组书记"}


def test_districts_of_one_name_are_told_apart_by_code_and_provinces_are_not() -> None:
    made = document()
    records = [
        EntityRecord(Entity("Place", name), code=code) for name, code in (("鼓楼区", "320106"), ("江苏省", "32"))
    ]
    quads = describe(made, [Reading(article(made), (), tuple(records))]).quads()
    rows = ask(quads, "?p a hm:Place ; rdfs:label ?l ; dcterms:identifier ?c", "p", "l", "c")
    assert [(iri.rpartition("/")[2], label) for iri, label, _ in rows] == [
        ("江苏省", "江苏省"),
        ("鼓楼区-320106", "鼓楼区"),
    ]


@pytest.mark.parametrize(("date", "kind"), [("2024", "gYear"), ("2024-03", "gYearMonth"), ("2024-03-05", "date")])
def test_a_date_has_the_type_of_what_is_given(date: str, kind: str) -> None:
    made = document()
    quads = describe(made, [reading(article(made, date=date), measures=(Measure(Span(0, 6), "r", end=date),))]).quads()
    dated = [q.object for q in quads if q.predicate.value in (ontology.term("dcterms:date"), ontology.term("end"))]
    kinds = {o.datatype.value.rpartition("#")[2] for o in dated if isinstance(o, Literal) and o.value == date}
    assert kinds == {kind}


def test_names_make_legal_iris() -> None:
    names = ["a b", '<"{}|\\^`>', "50%#?/[]", "“送清凉”", "\u202e甲\ue000"]
    assert [safe(name) for name in names][3] == "“送清凉”"
    for name in names:
        assert NamedNode(BASE + safe(name)).value.isprintable()
    assert len({safe(n) for n in ("a b", "a%20b")}) == 2


def test_the_same_words_in_another_file_are_other_facts_of_the_same_entity() -> None:
    one, other = document(), document(digest="b" * 64)
    told = (Measure(Span(0, 6), "r", agents=(UNION,)),)
    quads = [q for d in (one, other) for q in describe(d, [reading(article(d), measures=told)]).quads()]
    assert len(ask(quads, "?m a hm:Measure", "m")) == 2
    assert len(set(ask(quads, "?o a hm:TradeUnion", "o"))) == 1
