"""Strict span scores over sentences of general news with their named bodies marked 〔…〕."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kg import extract
from kg.report import as_json
from kg.resolve import ORGANISATIONS

FOLDER = Path(__file__).parent / "gold_news"
MARKED = re.compile("〔([^〔〕]+)〕")
Spans = frozenset[tuple[int, int]]


@dataclass(frozen=True)
class Sentence:
    """A sentence of the set: its field and register, its text, where the bodies stand."""

    field: str
    register: str
    text: str
    gold: Spans


@dataclass
class Score:
    """Counts over a half of the set, and which stretches were missed or came too many."""

    right: int = 0
    missed: list[tuple[Sentence, str]] = field(default_factory=list)
    spurious: list[tuple[Sentence, str]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / max(self.right + len(self.spurious), 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.right + len(self.missed), 1)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(2 * self.right + len(self.spurious) + len(self.missed), 1)

    def __str__(self) -> str:
        return f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}"


def parse(marked: str) -> tuple[str, Spans]:
    """A sentence without its marks, and where they stood.

    >>> parse("据〔新华社〕报道")
    ('据新华社报道', frozenset({(1, 4)}))
    """
    text, spans, at = "", set(), 0
    for match in MARKED.finditer(marked):
        text += marked[at : match.start()]
        spans.add((len(text), len(text) + len(match.group(1))))
        text += match.group(1)
        at = match.end()
    return text + marked[at:], frozenset(spans)


@cache
def sentences(half: str) -> tuple[Sentence, ...]:
    """The sentences of `train` or `test`."""
    lines = (FOLDER / f"{half}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple(Sentence(row[0], row[1], *parse(row[2])) for row in rows)


def found_in(text: str) -> Spans:
    """Where the program finds bodies, in the coordinates of the text given."""
    return frozenset(
        (mention["start"], mention["end"])
        for article in as_json("line", extract(text))["articles"]
        for mention in article["mentions"]
        if mention["type"] in ORGANISATIONS
    )


def score(half: str) -> Score:
    """The score over a half, every mention counted, nested ones too."""
    total = Score()
    for sentence in sentences(half):
        found = found_in(sentence.text)
        total.right += len(found & sentence.gold)
        total.missed += [(sentence, sentence.text[s:e]) for s, e in sorted(sentence.gold - found)]
        total.spurious += [(sentence, sentence.text[s:e]) for s, e in sorted(found - sentence.gold)]
    return total
