"""Every name in the store, for the search of the explorer, which is that of the built page."""

from __future__ import annotations

import json
from typing import cast

from pyoxigraph import QuerySolutions
from pyoxigraph import Store as Oxigraph

from kg.ontology import term
from kg.view.collect import CLASSES, kind_among
from kg.view.pinyin import syllables
from kg.view.scene import kind_of

MOST = 200_000  # entities, those that most articles mention; a browser searches so many at every key


def names(store: Oxigraph, most: int = MOST) -> bytes:
    """JSON: `entries` are IRI, class, names (the label first) and number of articles, those mentioned most first;
    `pinyin` reads their characters, `all` says how many there are."""

    def ask(question: str) -> QuerySolutions:
        return cast(QuerySolutions, store.query(question))

    called: dict[str, list[str]] = {}
    for name in ("rdfs:label", "skos:altLabel"):
        question = f"SELECT ?e ?n {{ ?e <{term(name)}> ?n ; <{term('mentionedIn')}> ?a }}"
        for iri, text in sorted({(row["e"].value, row["n"].value) for row in ask(question)}):
            called.setdefault(iri, []).append(text)
    counted = ask(f"SELECT ?e (COUNT(?a) AS ?n) {{ ?e <{term('mentionedIn')}> ?a }} GROUP BY ?e")
    times = {row["e"].value: int(row["n"].value) for row in counted}
    classes: dict[str, list[str]] = {}
    typed = f"SELECT ?e ?t {{ VALUES ?t {{ {' '.join(f'<{iri}>' for iri in CLASSES)} }} ?e a ?t }}"
    for row in ask(typed):
        classes.setdefault(row["e"].value, []).append(row["t"].value)
    kinds = {iri: kind for iri, types in classes.items() if iri in times and (kind := kind_among(types))}
    best = sorted(kinds, key=lambda iri: (-times.get(iri, 0), iri))[:most]
    entries = [(iri, kinds[iri], kind_of(kinds[iri]), called[iri], times.get(iri, 0)) for iri in best if iri in called]
    readings = syllables(name for entry in entries for name in entry[3])
    return json.dumps({"entries": entries, "pinyin": readings, "all": len(kinds)}, ensure_ascii=False).encode("utf-8")
