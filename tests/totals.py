"""What bodies pay in all, as the shipped question says, against annotated totals; `python tests/totals.py` prints it.

`tests/gold_money` holds for annotated texts what each sum is and what adds up, `tests/gold_together` texts that go
into one store together. A payer is right when its name and both figures are.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))  # run as a script, this file sees its own folder alone
from kg import ontology, sources  # noqa: E402
from kg.describe import describe  # noqa: E402
from kg.gold import same_body  # noqa: E402
from kg.reading import read_document  # noqa: E402
from kg.store import Store  # noqa: E402
from kg.tally import settle  # noqa: E402

QUESTION = "money-by-organisation"
_SLACK = Decimal("0.005")

Row = tuple[str, Decimal, Decimal]


@dataclass
class Score:
    """Payers that are right, that are said, and that are wanted."""

    right: int = 0
    said: int = 0
    wanted: int = 0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / max(1, self.said + self.wanted)

    def add(self, rows: Sequence[Row], totals: Sequence[Sequence[Any]]) -> None:
        """Count the rows of a store against the totals that are annotated for it."""
        left = list(totals)
        for payer, least, stated in rows:
            found = next((t for t in left if _meets(payer, least, stated, t)), None)
            if found is not None:
                left.remove(found)
                self.right += 1
        self.said += len(rows)
        self.wanted += len(totals)


def _meets(payer: str, least: Decimal, stated: Decimal, total: Sequence[Any]) -> bool:
    named = any(same_body(payer, name) for name in str(total[0]).split("|"))
    return named and _near(least, Decimal(total[1])) and _near(stated, Decimal(total[2]))


def _near(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= _SLACK * max(one, other)


def read(texts: Iterable[Path]) -> Store:
    """What a build puts into its store, in memory: the Turtle and the page take longer than all the rest."""
    store = Store()
    for text in texts:
        document = sources.only(text, text.name)
        store.replace(document.source, describe(document, read_document(document)).quads())
    settle(store)
    return store


def asked(store: Store) -> list[Row]:
    """The answer to the question, from a settled store."""
    rows = store.query(ontology.queries()[QUESTION].read_text(encoding="utf-8"))
    return [(r["payer"].value, Decimal(r["atLeast"].value), Decimal(r["stated"].value)) for r in rows]


def of_texts(name: str) -> Score:
    """Each text of a set in a store of its own; texts whose totals can be argued about are left out."""
    score = Score()
    for path in sorted((HERE / "gold_money" / name).glob("*.money.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        if not told.get("unclear"):
            text = HERE / "gold" / name / path.name.replace(".money.json", ".txt")
            score.add(asked(read([text])), told["totals"])
    return score


def together(name: str) -> Score:
    """All texts of a folder in one store."""
    score, folder = Score(), HERE / "gold_together" / name
    wanted = json.loads((folder / "totals.json").read_text(encoding="utf-8"))["totals"]
    score.add(asked(read(sorted(folder.glob("*.txt")))), wanted)
    return score


def every() -> Iterator[tuple[str, Score]]:
    """The score of every set."""
    for folder in sorted((HERE / "gold_money").iterdir()):
        yield folder.name, of_texts(folder.name)
    for folder in sorted((HERE / "gold_together").iterdir()):
        yield folder.name, together(folder.name)


def main() -> None:
    """Print how many payers are right."""
    for name, score in every():
        print(f"{name:12} totals: F1 {score.f1:.3f} ({score.right} right, {score.said} said, {score.wanted} wanted)")


if __name__ == "__main__":
    main()
