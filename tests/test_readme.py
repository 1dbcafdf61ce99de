"""What the README tells a reader to type works, and what it shows is so."""

import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import httpx
import pytest
from rdflib import Graph, URIRef

from tests.conftest import ROOT
from tests.serving import serving
from tests.stores import oxigraph

README = (ROOT / "README.md").read_text(encoding="utf-8")
KG = Path(sysconfig.get_path("scripts")) / "kg"
BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^ *```$", re.M | re.S)


def blocks(language: str) -> list[str]:
    """The README's code blocks in a language, without their indentation."""
    return [re.sub(f"^{m[1]}", "", m[3], flags=re.M) for m in BLOCK.finditer(README) if m[2] == language]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample and the annotated texts, where the README's commands may write."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.copytree(ROOT / "tests" / "gold" / "seed", folder / "tests" / "gold" / "seed")
    return folder


def test_the_commands_run_one_after_the_other(place: Path) -> None:
    commands = [line for block in blocks("sh") for line in block.splitlines() if line.strip()]
    assert len(commands) > 10
    for command in commands:
        words = shlex.split(command)
        assert words[0] == "kg", command
        ran = subprocess.run([KG, *words[1:]], cwd=place, capture_output=True, text=True, timeout=60, check=False)
        assert ran.returncode == 0, f"{command}\n{ran.stdout}\n{ran.stderr}"
    assert (place / "output" / "graph.nq").is_file() and (place / "output" / "amounts.csv").is_file()


def test_the_commands_with_a_server_run(place: Path, tmp_path: Path) -> None:
    serve, load = (shlex.split(block) for block in blocks("server"))
    assert serve == ["kg", "serve"] and load[:2] == ["kg", "load"]
    subprocess.run([KG, "build", "data/page.txt", "-o", "served"], cwd=place, check=True, capture_output=True)
    with serving(place / "served") as address:
        assert httpx.get(f"{address}/query", trust_env=False).status_code == 200
    with oxigraph(tmp_path / "db") as address:
        command = [KG, "load", f"{address}/store", *load[3:], "-o", "served"]
        ran = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (0, "graphs loaded 3, unchanged 0, removed 0\n"), ran.stderr


def test_the_python_runs(place: Path) -> None:
    (code,) = blocks("python")
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=place, capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert "杭州市总工会" in ran.stdout and int(ran.stdout.split()[-1]) > 1000


def test_the_turtle_shown_is_in_the_graph(place: Path) -> None:
    (shown,) = blocks("turtle")
    subprocess.run([KG, "build", "data/page.txt", "-o", "shown"], cwd=place, check=True, capture_output=True)
    graph = Graph().parse(place / "shown" / "graph.ttl")
    base, hm = "https://w3id.org/huimin/id/", "https://w3id.org/huimin/ontology#"
    whole = f"@prefix hm: <{hm}> .\n" + shown.replace("…/", base)
    triples = set(Graph().parse(data=whole, format="turtle"))
    assert len(triples) == 5
    assert triples <= set(graph), sorted(triples - set(graph))
    assert (None, URIRef(f"{hm}beneficiary"), URIRef(f"{base}group/工会会员")) in graph


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#:]+)\)", README))
def test_links_lead_somewhere(target: str) -> None:
    assert (ROOT / target).exists(), target


def test_the_makefile_has_the_two_commands() -> None:
    named = set(re.findall(r"^make (\w+)", README, re.M))
    assert named == {"demo", "test"}
    assert named <= set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))


def test_the_pictures_are_there_and_small() -> None:
    tour = (ROOT / "docs" / "tour.md").read_text(encoding="utf-8")
    named = re.findall(r"!\[[^]]*\]\((\S+\.png)\)", tour)
    assert len(named) == 5 and "docs/page.png" in README
    for name in named:
        picture = (ROOT / "docs" / name).read_bytes()
        assert picture.startswith(b"\x89PNG") and 20_000 < len(picture) < 300_000, name
