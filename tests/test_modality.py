"""What is said of a deed, all the way: into the graph, past the questions about money, onto the page and the table."""

from __future__ import annotations

import io

import pytest

from kg import export
from kg.ontology import term
from kg.pipeline import build
from kg.store import Store, open_store
from kg.view.scene import scene
from tests.conftest import ROOT

TEXT = (
    "县总工会投入80万元慰问困难职工。县总工会尚未发放补助30万元。如果审核通过，县残联将补贴每户2000元。"
    "县审计局发现镇敬老院挪用专项资金12万元。"
)
PREFIX = "PREFIX hm: <https://w3id.org/huimin/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("modality")
    (folder / "told.txt").write_text(TEXT, encoding="utf-8")
    build([folder / "told.txt"], folder / "out")
    return open_store(folder / "out")


def asked(store: Store, question: str) -> list[list[str]]:
    query = (ROOT / "ontology" / "queries" / f"{question}.rq").read_text(encoding="utf-8")
    return [["" if value is None else value.value for value in row] for row in store.query(query)]


def test_the_graph_says_it(store: Store) -> None:
    told = {
        row["amount"].value: row["said"].value
        for row in store.query(PREFIX + "SELECT ?amount ?said { ?m hm:modality ?said ; hm:amount/rdfs:label ?amount }")
    }
    assert told == {"30万元": term("Negated"), "每户2000元": term("Conditional"), "12万元": term("Alleged")}


def test_questions_about_money_leave_it_out(store: Store) -> None:
    assert asked(store, "money-by-organisation") == [["县总工会", "800000", "800000", "1", "1"]]
    assert [row[0] for row in asked(store, "money-by-group")] == ["县总工会"]
    assert [row[0] for row in asked(store, "largest-amounts")] == ["80万元"]
    assert asked(store, "money-per-head") == []
    quoted = {row[0]: row[7] for row in asked(store, "amounts-with-quotes")}
    assert quoted == {"80万元": "", "30万元": "Negated", "每户2000元": "Conditional", "12万元": "Alleged"}


def test_the_table_and_the_page_show_it(store: Store) -> None:
    out = io.BytesIO()
    export.FORMATS["csv"](store, out)
    rows = [line.split(",") for line in out.getvalue().decode("utf-8-sig").splitlines()]
    at = rows[0].index("modality")
    assert {row[3]: row[at] for row in rows[1:]}["30万元"] == "Negated"
    drawn = scene(store)["measures"].values()
    doubted = {amount["label"] for measure in drawn if measure.get("modality") for amount in measure["amount"]}
    assert doubted == {"30万元", "每户2000元", "12万元"}
