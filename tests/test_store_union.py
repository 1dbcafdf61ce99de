"""The union of the documents is a set, whatever is added, replaced, shared or taken out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from kg import ontology
from kg.store import Store

G = "https://w3id.org/huimin/id/document/"
SAME = "PREFIX hm: <https://w3id.org/huimin/ontology#> SELECT ?s ?o WHERE { ?s hm:unit ?o }"


def document(digest: str, source: str, *units: str) -> list[Quad]:
    """An article of a source that states units: of one body, so that documents overlap."""
    graph, article = NamedNode(G + digest), NamedNode(f"https://w3id.org/huimin/id/article/{digest}-1")
    body = NamedNode("https://w3id.org/huimin/id/amount")
    stated = [Quad(body, NamedNode(ontology.term("unit")), Literal(unit), graph) for unit in units]
    return [Quad(article, NamedNode(ontology.term("sourceFile")), Literal(source), graph), *stated]


def union_of(store: Store) -> set[str]:
    return {str(quad.triple) for quad in store.quads()}


def test_a_triple_of_two_documents_is_one_row() -> None:
    store = Store()
    store.replace("a.txt", document("a", "a.txt", "人"))
    store.replace("b.txt", document("b", "b.txt", "人", '个"\\\n'))
    assert [row["o"].value for row in store.query(SAME)].count("人") == 1
    assert store.counts()["triples"] == len(store) == len(list(store.triples())) == 4
    assert len(list(store.quads())) == 5


def test_what_two_documents_state_outlives_one_of_them() -> None:
    store = Store()
    store.replace("a.txt", document("a", "a.txt", "人", "家"))
    store.replace("b.txt", document("b", "b.txt", "人"))
    assert store.retract("a.txt") == 1
    assert [row["o"].value for row in store.query(SAME)] == ["人"]
    assert store.retract("b.txt") == 1
    assert len(store) == 0 and not list(store.quads())
    assert store.retract("b.txt") == 0


def test_files_with_the_same_bytes_share_a_graph() -> None:
    store = Store()
    one, other = document("a", "a.txt", "人"), document("a", "b.txt", "人")
    store.replace("a.txt", one)
    store.replace("b.txt", other)
    assert set(store.quads()) == {*one, *other}
    assert store.documents() == {"a.txt": {G + "a"}, "b.txt": {G + "a"}}
    store.retract("a.txt")
    assert set(store.quads()) == set(other) and not store.knows("a.txt")
    assert [row["o"].value for row in store.query(SAME)] == ["人"]


def test_another_reading_of_the_same_bytes_takes_the_place_of_the_first() -> None:
    store = Store()
    store.replace("a.txt", document("a", "a.txt", "人", "家"))
    store.replace("a.txt", document("a", "a.txt", "家", "个"))
    assert sorted(row["o"].value for row in store.query(SAME)) == ["个", "家"]


def test_a_change_that_fails_leaves_the_store_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store()
    store.replace("a.txt", document("a", "a.txt", "人"))
    before = set(store.quads()), set(store.triples())
    monkeypatch.setattr("kg.store._block", lambda quads: "<broken")
    with pytest.raises(SyntaxError):
        store.replace("a.txt", document("c", "a.txt", "家"))
    assert (set(store.quads()), set(store.triples())) == before


def test_a_store_on_disk_is_there_again(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    store.replace("a.txt", document("a", "a.txt", "人"))
    quads = set(store.quads())
    del store
    assert set(Store(tmp_path / "store").quads()) == quads


DOCUMENTS = st.lists(
    st.tuples(st.sampled_from("xyz"), st.sampled_from("abcd"), st.sets(st.sampled_from("人家个份"))), max_size=8
)


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS, st.sets(st.sampled_from("xyz")))
def test_the_default_graph_is_always_the_union(steps: list[tuple[str, str, set[str]]], out: set[str]) -> None:
    store = Store()
    for source, digest, units in steps:
        store.replace(source, document(digest, source, *sorted(units)))
        assert {str(t) for t in store.triples()} == union_of(store)
    for source in sorted(out):
        store.retract(source)
        assert {str(t) for t in store.triples()} == union_of(store)
    # what is left is what any order of adding the last word of each source gives
    last = {source: (source, digest) for source, digest, _ in steps if source not in out}
    assert {s: {G + d} for s, d in last.values()} == store.documents()
