"""The exports before readers of other families: Apache Jena with its TDB2 store, N3.js, raptor."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from kg import ontology
from kg.export import FORMATS
from kg.pipeline import build
from kg.store import Store, open_store
from tests.conftest import ROOT
from tests.stores import JARS, Jena, same

N3 = Path("/usr/share/nodejs/n3")
needs_jena = pytest.mark.skipif(
    not (JARS / "jena-tdb2.jar").exists() or shutil.which("java") is None, reason="libapache-jena-java is not installed"
)
needs_n3 = pytest.mark.skipif(not N3.exists() or shutil.which("node") is None, reason="node-n3 is not installed")
needs_rapper = pytest.mark.skipif(shutil.which("rapper") is None, reason="raptor2-utils is not installed")
# Each question starts a Java machine, so twelve stand for the rest: those with sums, paths, optional parts, text
# functions and negation; Oxigraph and Virtuoso are asked all of them.
TWELVE = [
    "amounts-with-quotes",
    "articles",
    "budgets-with-bounds",
    "evidence-of-organisation",
    "groups-by-measures",
    "largest-amounts",
    "money-by-group",
    "money-by-organisation",
    "money-per-head",
    "planned-and-done",
    "posts",
    "promises-due",
]
COUNT = (
    "const n3 = require(process.argv[1]), fs = require('fs');"
    "const parser = new n3.Parser({format: process.argv[3]});"
    "console.log(parser.parse(fs.readFileSync(process.argv[2], 'utf8')).map("
    "q => [q.subject.value, q.predicate.value, q.object.value, q.graph.value]).length)"
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    output = tmp_path_factory.mktemp("built")
    texts = sorted((ROOT / "tests" / "gold" / "dev").glob("*.txt"))[:10]
    build([*texts, ROOT / "data" / "page.txt"], output)
    return open_store(output)


@pytest.fixture(scope="module")
def exports(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    for form in ("ttl", "nt", "nq", "trig", "jsonld", "xml"):
        with (folder / f"graph.{form}").open("wb") as out:
            FORMATS[form](store, out)
    return folder


@pytest.fixture(scope="module")
def jena(tmp_path_factory: pytest.TempPathFactory) -> Jena:
    return Jena(tmp_path_factory.mktemp("jena"))


@pytest.fixture(scope="module")
def tdb(jena: Jena, exports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    location = tmp_path_factory.mktemp("tdb") / "db"
    jena.run("tdb2.tdbloader", "--loc", location, exports / "graph.nq")
    return location


@needs_jena
@pytest.mark.parametrize("name", TWELVE)
def test_jena_answers_the_shipped_questions_alike(jena: Jena, tdb: Path, store: Store, name: str) -> None:
    path = ontology.queries()[name]
    # Jena's union of the graphs is a set, as it should be
    told = jena.run(
        "tdb2.tdbquery", "--loc", tdb, "--set", "tdb2:unionDefaultGraph=true", "--query", path, "--results", "json"
    )
    result = store.query(path.read_text(encoding="utf-8"))
    names = [variable.value for variable in result.variables]
    rows = json.loads(told)["results"]["bindings"]
    assert Counter(tuple(same(row.get(n, {}).get("value")) for n in names) for row in rows) == Counter(
        tuple(same(None if cell is None else cell.value) for cell in row) for row in result
    )


@needs_jena
def test_jena_holds_every_quad(jena: Jena, tdb: Path, store: Store) -> None:
    assert len(set(jena.run("tdb2.tdbdump", "--loc", tdb).splitlines())) == len(list(store.quads())) > 5000


@needs_jena
@pytest.mark.parametrize("form", ["ttl", "xml", "trig"])
def test_jena_reads_the_exports_without_a_warning(jena: Jena, exports: Path, store: Store, form: str) -> None:
    syntax = {"ttl": "turtle", "xml": "rdfxml", "trig": "trig"}[form]
    read = jena.run("riotcmd.riot", f"--syntax={syntax}", "--output=nq", exports / f"graph.{form}")
    assert len(set(read.splitlines())) == (len(list(store.quads())) if form == "trig" else len(store))


@needs_n3
@pytest.mark.parametrize("form", ["ttl", "nt", "nq", "trig"])
def test_n3js_reads_the_exports(exports: Path, store: Store, form: str) -> None:
    kind = {"ttl": "text/turtle", "nt": "N-Triples", "nq": "N-Quads", "trig": "application/trig"}[form]
    command = ["node", "-e", COUNT, str(N3), str(exports / f"graph.{form}"), kind]
    beside = os.environ | {"NODE_PATH": str(N3.parent)}
    run = subprocess.run(command, capture_output=True, text=True, check=False, env=beside)
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) == (len(store) if form in ("ttl", "nt") else len(list(store.quads())))


@needs_rapper
@pytest.mark.parametrize("form", ["ttl", "nt", "nq", "xml"])
def test_raptor_reads_the_exports(exports: Path, store: Store, form: str) -> None:
    syntax = {"ttl": "turtle", "nt": "ntriples", "nq": "nquads", "xml": "rdfxml"}[form]
    command = ["rapper", "-q", "-i", syntax, "-o", "nquads", str(exports / f"graph.{form}"), "https://example.org/"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert len(set(run.stdout.splitlines())) == (len(list(store.quads())) if form == "nq" else len(store))
