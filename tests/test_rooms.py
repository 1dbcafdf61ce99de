"""The one-way flow: no room imports one that comes after it."""

import ast
from pathlib import Path

from tests.conftest import ROOT

ORDER = [
    {"kg"},
    {"kg.model", "kg.ontology", "kg.program", "kg.files", "kg.crew"},
    {"kg.lexicon", "kg.iris", "kg.syntax", "kg.rdf"},
    {"kg.language", "kg.rules"},
    {"kg.reckon"},
    {"kg.sources", "kg.layout"},
    {"kg.recognise"},
    {"kg.naming"},
    {"kg.resolve"},
    {"kg.relate"},
    {"kg.account"},
    {"kg.reading"},
    {"kg.report", "kg.describe", "kg.explain", "kg.gold"},
    {"kg.said"},
    {"kg.store", "kg.evaluate", "kg.origins"},
    {"kg.tally"},
    {"kg.contribution"},
    {"kg.export", "kg.view"},
    {"kg.outcome", "kg.publication"},
    {"kg.check", "kg.pipeline", "kg.graph", "kg.load", "kg.serve", "kg.spark"},
    {"kg.cli"},
]
LEVEL = {room: level for level, rooms in enumerate(ORDER) for room in rooms}


def room_of(module: str) -> str:
    return ".".join(module.split(".")[:2])


def imports(path: Path) -> set[str]:
    """The rooms that a module imports, `from kg import x` told apart from names in `kg` itself."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {room_of(a.name) for a in node.names if a.name.split(".")[0] == "kg"}
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "kg":
            if node.module == "kg":
                found |= {f"kg.{a.name}" if f"kg.{a.name}" in LEVEL else "kg" for a in node.names}
            else:
                found.add(room_of(node.module))
    return found


def test_imports_point_one_way() -> None:
    modules = sorted((ROOT / "kg").rglob("*.py"))
    assert len(modules) > 30
    wrong = []
    for path in modules:
        parts = path.relative_to(ROOT).with_suffix("").parts
        room = room_of(".".join(p for p in parts if p != "__init__"))
        assert room in LEVEL, f"{path}: no place in the order of rooms"
        wrong += [f"{room} imports {other}" for other in imports(path) if other != room and LEVEL[other] >= LEVEL[room]]
    assert wrong == []


def test_the_model_imports_nothing_of_ours() -> None:
    assert imports(ROOT / "kg" / "model.py") == set()
