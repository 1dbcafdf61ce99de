"""`make score`: builds the graph of each folder of annotated texts and prints how good it is.

The graph is scored by `../shared/score.py` where that file stands beside the checkout: it knows nothing of this
program and reads the Turtle alone.  Elsewhere `kg.evaluate` gives the same table from the readings.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from rich.console import Console

from kg.evaluate import evaluate

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run as a script, this file sees its own folder alone
from tests.news import score as news_score  # noqa: E402

KG = str(Path(sysconfig.get_path("scripts")) / "kg")
SCORER = ROOT.parent / "shared" / "score.py"


def build_graph(gold: Path, folder: Path) -> Path:
    """The graph that `kg build` writes of a folder's texts."""
    texts = folder / "texts"
    texts.mkdir()
    for text in sorted(gold.glob("*.txt")):
        shutil.copy(text, texts)
    output = folder / "output"
    command = [KG, "build", str(texts), "-o", str(output)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return output / "graph.ttl"


def outside_scores(gold: Path, *options: str) -> str:
    """What the outside scorer prints of the graph of a folder's texts."""
    with tempfile.TemporaryDirectory() as folder:
        graph = build_graph(gold, Path(folder))
        command = [sys.executable, str(SCORER), str(graph), str(gold), *options]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main(folders: list[Path]) -> None:
    """Print a table for each folder."""
    if not folders:
        sys.exit("usage: python tests/score.py GOLD_DIR…")
    for gold in folders:
        print(f"\n{gold}")
        if SCORER.is_file():
            print(outside_scores(gold), end="")
        else:
            evaluate(gold).render(Console())
    print("\nNamed bodies in general news, by their spans")
    for half in ("train", "test"):
        print(f"{half:14}{news_score(half)}")


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
