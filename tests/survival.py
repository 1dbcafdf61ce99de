"""What share of the facts of the annotated texts is read all the same when a text comes in worse shape.

    python tests/survival.py            every annotated text, each way of spoiling it once

Spoilt so that a reader would not stumble: all lines wrapped at one width, with and without blank lines between; lines
broken once anywhere in a paragraph, by one line feed or two; punctuation in the other width; blanks between Chinese and figures; carriage returns.  And so that one would: a character dropped, doubled, swapped.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from kg.reading import extract

HERE = Path(__file__).resolve().parent
LONG = 45  # characters of a paragraph that has lines to be broken
WIDTHS = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）", "%": "％"}
WIDTHS |= {wide: narrow for narrow, wide in WIDTHS.items()}
Fact = tuple[object, ...]


def facts(text: str) -> Counter[Fact]:
    """What a text says of each amount: of whom, for whom, what, which way, whether done."""
    return Counter(
        (
            stated.mention.text.replace(" ", ""),
            tuple(sorted(e.name for e in measure.agents)),
            tuple(sorted(e.name for e in measure.beneficiaries)),
            tuple(e.name for e in stated.of),
            *(stated.flow, measure.status, measure.modality),
        )
        for reading in extract(text)
        for measure in reading.measures
        for stated in measure.amounts
    )


def broken(text: str, rng: random.Random, mark: str) -> str:
    """A break in every long paragraph."""
    lines = text.split("\n")
    for i, line in enumerate(lines):
        if len(line.strip()) > LONG:
            at = rng.randrange(2, len(line) - 2)
            lines[i] = line[:at] + mark + line[at:]
    return "\n".join(lines)


def wrapped(text: str, width: int, mark: str) -> str:
    """Each paragraph in lines of so many characters, as in a column."""
    return "\n".join(
        mark.join(line[at : at + width] for at in range(0, len(line), width)) or line for line in text.split("\n")
    )


def swapped(text: str, rng: random.Random) -> str:
    """Half of the punctuation in the other width; between figures it stays, where the width says what it is."""
    found = list(text)
    for i, ch in enumerate(text):
        between = text[i - 1 : i].isdigit() and text[i + 1 : i + 2].isdigit()
        if ch in WIDTHS and not between and rng.random() < 0.5:
            found[i] = WIDTHS[ch]
    return "".join(found)


def spaced(text: str, rng: random.Random) -> str:
    """A blank between a figure and the Chinese before it, here and there."""
    out = []
    for i, ch in enumerate(text):
        if ch.isdigit() and i and "\u4e00" <= text[i - 1] <= "\u9fff" and rng.random() < 0.5:
            out.append(" ")
        out.append(ch)
    return "".join(out)


def damaged(text: str, rng: random.Random) -> str:
    """One Chinese character in a hundred dropped, doubled, or changed for the next."""
    found = list(text)
    for i, ch in enumerate(text[:-1]):
        if "\u4e00" <= ch <= "\u9fff" and rng.random() < 0.01:
            found[i] = rng.choice(("", ch * 2, text[i + 1]))
    return "".join(found)


WAYS: dict[str, Callable[[str, random.Random], str]] = {
    "wrapped, 14 to a line": lambda text, rng: wrapped(text, 14, "\n"),
    "wrapped, 20 to a line": lambda text, rng: wrapped(text, 20, "\n"),
    "wrapped, 32 to a line": lambda text, rng: wrapped(text, 32, "\n"),
    "wrapped at 20, blank lines between": lambda text, rng: wrapped(text, 20, "\n\n"),
    "broken by a line feed": lambda text, rng: broken(text, rng, "\n"),
    "broken by two": lambda text, rng: broken(text, rng, "\n\n"),
    "carriage returns": lambda text, rng: text.replace("\n", "\r\n"),
    "punctuation in the other width": swapped,
    "blanks before figures": spaced,
    "a character in a hundred damaged": damaged,
}


def survived(way: str, folders: list[Path]) -> tuple[int, int]:
    """How many facts there were, and how many are still read."""
    whole = kept = 0
    for path in (path for folder in folders for path in sorted(folder.glob("*.txt"))):
        text = path.read_text(encoding="utf-8")
        wanted, got = facts(text), facts(WAYS[way](text, random.Random(f"{way} {path.name}")))
        whole += sum(wanted.values())
        kept += sum((wanted & got).values())
    return whole, kept


if __name__ == "__main__":
    everywhere = [folder for folder in sorted((HERE / "gold").iterdir()) if folder.is_dir()]
    for name in WAYS:
        total, left = survived(name, everywhere)
        print(f"{name:34} {left:>6,} of {total:,} facts  {left / total:.2%}")
