"""The ontology: its terms, its shapes, its questions and its page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from kg import ontology

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "tests" / "data"
SMALL = DATA / "small.ttl"

CLASSES = re.findall(
    r"\S+",
    """Article Organisation TradeUnion PublicBody Company School Institution Programme PolicyDocument Campaign
Service Group WorkerGroup OrganisationGroup Item Measure Amount Money Count Percentage Duration Place Person Passage""",
)
PROPERTIES = re.findall(
    r"\S+",
    """agent partner beneficiary provides amount programme place status kind period start end statedIn evidence
value minValue maxValue unit bound per of issues organises partneredWith partOf jurisdiction within mentionedIn quote
inArticle rule sourceFile sourceDigest org:subOrganizationOf skos:broader org:member org:organization org:role
dcterms:title dcterms:creator dcterms:date rdf:subject rdf:predicate rdf:object""",
)

PREFIXES = """PREFIX hm: <https://w3id.org/huimin/ontology#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


@pytest.mark.parametrize(("sort", "name"), [("class", n) for n in CLASSES] + [("property", n) for n in PROPERTIES])
def test_vocabulary_of_the_design(sort: str, name: str) -> None:
    assert ontology.entry(name).sort == sort


@pytest.mark.parametrize("name", [t.name for t in ontology.terms()])
def test_every_term_is_explained_in_both_languages(name: str) -> None:
    entry = ontology.entry(name)
    for texts in (entry.labels, entry.comments):
        assert set(texts) == {"zh", "en"}
        assert re.search("[一-鿿]", texts["zh"])
        assert not re.search("[一-鿿]", texts["en"])


def test_domains_ranges_and_parents_exist() -> None:
    named = [n for t in ontology.terms() for n in (*t.parents, *t.domain, *t.range)]
    own = [n for n in named if ":" not in n]
    assert len(own) > 50
    assert {n for n in own if ontology.entry(n).sort != "class" and n not in PROPERTIES} == set()


def test_names_differ_by_more_than_case_within_a_sort() -> None:
    capital = [t.name for t in ontology.terms() if t.sort != "property" and ":" not in t.name]
    assert len(capital) > 40
    assert len({n.lower() for n in capital}) == len(capital)


@pytest.mark.parametrize("name", ["Agent", "mentionedin", "Organization", "hm:Organization", "org:Organisation", ""])
def test_the_namespace_is_closed(name: str) -> None:
    with pytest.raises(ontology.UnknownTerm, match="no term"):
        ontology.term(name)


def test_a_name_of_two_vocabularies_means_our_own() -> None:
    assert ontology.term("Membership") == ontology.HM + "Membership"
    assert ontology.term("org:Membership") == "http://www.w3.org/ns/org#Membership"


def test_class_hierarchy() -> None:
    assert ontology.superclasses("PolicyDocument") == {"PolicyDocument", "Programme"}
    assert ontology.subclasses("Amount") == {"Amount", "Money", "Count", "Percentage", "Duration"}
    assert ontology.subclasses("hm:Item") == {"Item"}
    with pytest.raises(ontology.UnknownTerm):
        ontology.superclasses("Training")


def test_kinds_are_those_of_the_scheme() -> None:
    graph = rdflib.Graph().parse(ontology.directory() / "huimin.ttl")
    scheme = rdflib.URIRef(ontology.term("MeasureKinds"))
    inside = {str(s).removeprefix(ontology.HM) for s in graph.subjects(rdflib.SKOS.inScheme, scheme)}
    assert set(ontology.kinds()) == inside
    assert len(set(ontology.kinds().values())) == len(inside) > 20


def test_import_is_light() -> None:
    code = "import sys, kg.ontology; print(sorted({'rdflib', 'pyoxigraph', 'pyshacl'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_page_is_up_to_date() -> None:
    script = ROOT / "docs" / "make_ontology.py"
    # the path is given for a checkout that is not installed
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, env=environment)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.fixture(scope="module")
def store() -> ox.Store:
    found = ox.Store()
    # into the default graph, where the store on disk keeps the union of its documents
    found.load(path=SMALL, format=ox.RdfFormat.TURTLE)
    return found


def rows(store: ox.Store, name: str) -> list[dict[str, str]]:
    answer = store.query(ontology.queries()[name].read_text(encoding="utf-8"))
    assert isinstance(answer, ox.QuerySolutions)
    names = [v.value for v in answer.variables]
    return [{n: str(row[n].value) for n in names if row[n] is not None} for row in answer]


# One row of the answer to each question, and how many rows there are.
EXPECTED: dict[str, tuple[int, dict[str, str]]] = {
    "amounts-with-quotes": (9, {"amountText": "不少于5250名", "min": "5250", "unit": "名", "bound": "min"}),
    "articles": (2, {"title": "“送清凉”活动走进包头", "measures": "1", "amounts": "1", "entities": "10"}),
    "budgets-with-bounds": (3, {"bound": "range", "min": "100000", "max": "200000", "payer": "西湖区总工会"}),
    "counts-of-people": (1, {"people": "农民工", "value": "5250", "bound": "min", "kind": "Training"}),
    "evidence-of-organisation": (13, {"organisation": "包头市总工会", "says": "organization"}),
    "facilities": (1, {"facility": "妈咪暖心小屋", "value": "30", "place": "西湖区", "status": "Planned"}),
    "groups-and-places": (3, {"group": "农民工", "place": "杭州市", "measures": "2"}),
    "groups-by-measures": (3, {"group": "农民工", "measures": "2", "organisations": "1"}),
    "largest-amounts": (4, {"amountText": "10万元至20万元", "stated": "200000", "paysFor": "妈咪暖心小屋"}),
    "money-by-group": (3, {"beneficiary": "农民工", "atLeast": "20000000", "stated": "20050000", "amounts": "2"}),
    "money-by-kind": (3, {"kind": "Facility", "atLeast": "100000", "stated": "200000", "amounts": "1"}),
    "money-by-organisation": (3, {"payer": "杭州市总工会", "stated": "20050000", "amounts": "2", "notCounted": "1"}),
    "money-not-counted": (1, {"amountText": "每人300元", "why": "RateAlone", "payer": "杭州市总工会"}),
    "money-of": (5, {"payer": "杭州市总工会", "amountText": "最高不超过5万元", "stated": "50000", "counted": "yes"}),
    "money-per-head": (2, {"amountText": "每人300元", "value": "300", "per": "人", "beneficiary": "困难职工"}),
    "organisers": (1, {"organiser": "杭州市总工会", "programme": "“送清凉”活动", "articles": "1"}),
    "percentages": (1, {"amountText": "85%", "value": "85", "of": "农民工"}),
    "planned-and-done": (3, {"payer": "西湖区总工会", "planned": "200000", "underway": "0", "done": "0"}),
    "policy-documents": (1, {"document": "《关于做好夏季关爱工作的通知》", "issuer": "杭州市总工会"}),
    "posts": (1, {"person": "李明", "post": "党组书记", "organisation": "包头市总工会"}),
    "programmes-and-measures": (3, {"programme": "“送清凉”活动", "kind": "Training", "status": "Done"}),
    "promises-due": (3, {"period": "7月", "start": "2023-07", "end": "2023-07-31", "who": "杭州市总工会"}),
    "sub-organisations": (1, {"part": "西湖区总工会", "whole": "杭州市总工会"}),
    "who-pays-for-what": (3, {"payer": "杭州市总工会", "paysFor": "慰问金", "stated": "20050000", "amounts": "2"}),
    "who-works-with-whom": (1, {"one": "杭州市总工会", "other": "浙江省人力资源和社会保障厅", "articles": "1"}),
}


def test_every_question_has_an_expected_answer() -> None:
    assert set(EXPECTED) == set(ontology.queries())


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_question(store: ox.Store, name: str) -> None:
    number, wanted = EXPECTED[name]
    found = rows(store, name)
    assert len(found) == number
    assert [row for row in found if wanted.items() <= row.items()]
    path = ontology.queries()[name]
    assert all(ontology.query_title(path, lang) for lang in ("zh", "en"))
    assert "GRAPH" not in path.read_text(encoding="utf-8")


def test_an_amount_counts_once_for_an_organisation_with_two_beneficiaries(store: ox.Store) -> None:
    totals = [Decimal(row["stated"]) for row in rows(store, "money-by-organisation")]
    assert totals == [Decimal(20_050_000), Decimal(1_000_000), Decimal(200_000)]


def test_query_without_title(tmp_path: Path) -> None:
    path = tmp_path / "untitled.rq"
    path.write_text("SELECT * WHERE { ?s ?p ?o }", encoding="utf-8")
    with pytest.raises(ValueError, match=r"untitled\.rq:1"):
        ontology.query_title(path, "zh")


def test_quotes_of_the_small_graph(store: ox.Store) -> None:
    text = (DATA / "small.txt").read_text(encoding="utf-8")
    ask = PREFIXES + "SELECT ?start ?end ?quote WHERE { ?p hm:start ?start ; hm:end ?end ; hm:quote ?quote }"
    answer = store.query(ask)
    assert isinstance(answer, ox.QuerySolutions)
    found = list(answer)
    assert len(found) > 15
    for start, end, quote in found:
        assert text[int(start.value) : int(end.value)].replace("\n", "") == quote.value


def messages(update: str = "") -> set[str]:
    """What the shapes say, in English, of the small graph after a SPARQL update."""
    graph = rdflib.Graph().parse(SMALL)
    before = set(graph)
    if update:
        graph.update(PREFIXES + update)
        assert set(graph) != before, "the corruption changes nothing"
    shapes, terms = (rdflib.Graph().parse(ontology.directory() / f"{n}.ttl") for n in ("shapes", "huimin"))
    conforms, report, _ = pyshacl.validate(graph, shacl_graph=shapes, ont_graph=terms)
    found = {str(m) for m in report.objects(None, rdflib.SH.resultMessage) if m.language == "en"}
    assert conforms == (not found)
    return found


def test_shapes_accept_the_small_graph() -> None:
    assert messages() == set()


def change(pattern: str, delete: str, insert: str = "") -> str:
    return f"DELETE {{ {delete} }} INSERT {{ {insert} }} WHERE {{ {pattern} }}"


DISAGREE = "the bound and the values disagree"
CORRUPTIONS = {
    "article without file": (change("?a hm:sourceFile ?f", "?a hm:sourceFile ?f"), "an article has a source file"),
    "article with two titles": (
        change("?a a hm:Article", "", '?a dcterms:title "另一个标题"@zh'),
        "an article has one title",
    ),
    "digest too short": (
        change("?a hm:sourceDigest ?d", "?a hm:sourceDigest ?d", '?a hm:sourceDigest "0123"'),
        "the source digest is a SHA-256",
    ),
    "organisation without label": (
        change("?o a hm:PublicBody ; rdfs:label ?l", "?o rdfs:label ?l"),
        "no label in Chinese",
    ),
    "organisation nowhere mentioned": (
        change("?o a hm:PublicBody ; hm:mentionedIn ?a", "?o hm:mentionedIn ?a"),
        "no article mentions the entity",
    ),
    "issues a campaign": (
        change("?o hm:organises ?p", "", "?o hm:issues ?p"),
        "what is issued is a policy document",
    ),
    "a place issues a document": (
        change("?o hm:issues ?p . ?o hm:jurisdiction ?x", "", "?x hm:issues ?p"),
        "the link starts at an organisation",
    ),
    "programme as agent": (
        change("?m hm:programme ?p", "", "?m hm:agent ?p"),
        "an agent is an organisation, a group, a place or a person",
    ),
    "group as item": (
        change("?m hm:beneficiary ?g", "", "?m hm:provides ?g"),
        "what is provided is an item or a programme",
    ),
    "two states": (
        change("?m hm:status hm:Done", "", "?m hm:status hm:Planned"),
        "at most one status: planned, underway, done",
    ),
    "class as kind": (
        change("?m hm:kind ?k", "?m hm:kind ?k", "?m hm:kind hm:Service"),
        "a kind stands in the scheme of kinds",
    ),
    "measure without evidence": (
        change("?m a hm:Measure ; hm:evidence ?e", "?m hm:evidence ?e"),
        "no passage as evidence",
    ),
    "start in words": (
        change("?m a hm:Measure ; hm:start ?s", "?m hm:start ?s", '?m hm:start "七月"'),
        "a start is a date, a month or a year",
    ),
    "money in yuan": (
        change('?a hm:unit "CNY"', '?a hm:unit "CNY"', '?a hm:unit "元"'),
        "the unit of money is an ISO 4217 code",
    ),
    "per cent in words": (
        change('?a hm:unit "%"', '?a hm:unit "%"', '?a hm:unit "百分点"'),
        "the unit of a percentage is %",
    ),
    "count in per cent": (
        change('?a hm:unit "名"', '?a hm:unit "名"', '?a hm:unit "%"'),
        "the unit of a count or duration is a measure word",
    ),
    "value as integer": (
        change('?a hm:bound "exact" ; hm:value ?v', "?a hm:value ?v", "?a hm:value 7"),
        "at most one value, an xsd:decimal",
    ),
    "minimum without lower bound": (change("?a hm:minValue ?v", "?a hm:minValue ?v"), DISAGREE),
    "minimum unlike the value": (
        change('?a hm:bound "min" ; hm:minValue ?v', "?a hm:minValue ?v", "?a hm:minValue 1.0"),
        DISAGREE,
    ),
    "range with a value": (change('?a hm:bound "range"', "", "?a hm:value 150000.0"), DISAGREE),
    "range upside down": (
        change('?a hm:bound "range" ; hm:minValue ?v', "?a hm:minValue ?v", "?a hm:minValue 300000.0"),
        "at most one lower bound, not above the upper",
    ),
    "exact with an upper bound": (change('?a hm:bound "exact"', "", "?a hm:maxValue 9.0"), DISAGREE),
    "unknown bound": (
        change('?a hm:bound "about"', '?a hm:bound "about"', '?a hm:bound "circa"'),
        "a bound is one of exact, min, max, about, range",
    ),
    "amount of no measure": (change("?m hm:amount ?a", "?m hm:amount ?a"), "the amount belongs to no measure"),
    "passage upside down": (
        change("?p hm:quote ?q ; hm:end ?e", "?p hm:end ?e", "?p hm:end 0"),
        "a passage starts before it ends",
    ),
    "passage without quote": (change("?p hm:quote ?q", "?p hm:quote ?q"), "a passage has one quote"),
    "passage without rule": (change("?p hm:rule ?r", "?p hm:rule ?r"), "a passage names its rule"),
    "statement of an unknown link": (
        change("?s rdf:predicate hm:within", "?s rdf:predicate hm:within", "?s rdf:predicate hm:agent"),
        "a statement has one predicate, a known link",
    ),
    "statement without object": (change("?s rdf:object ?o", "?s rdf:object ?o"), "a statement has one object"),
    "membership of nobody": (change("?s org:member ?o", "?s org:member ?o"), "a membership has one person"),
    "role without label": (
        change("?r a org:Role ; rdfs:label ?l", "?r rdfs:label ?l"),
        "a membership has one role with a label",
    ),
}


@pytest.mark.parametrize("name", sorted(CORRUPTIONS))
def test_shapes_reject(name: str) -> None:
    update, message = CORRUPTIONS[name]
    assert message in messages(update)
