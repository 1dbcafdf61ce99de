"""What the program knows by heart, as data: tab-separated files, and ways to look words up and find them in a text.

The first lines of each file, marked #, say what stands in it and where it comes from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.model import Span


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `kg/lexicon/NAME.tsv` without comments, as cells; a row that stands twice is an error.

    >>> ("金秋助学", "Campaign") in rows("programme-brands")
    True
    """
    text = (files("kg") / "lexicon" / f"{name}.tsv").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if len(set(kept)) < len(kept):
        raise ValueError(f"{name}.tsv: {next(line for line in kept if kept.count(line) > 1)} stands twice")
    return tuple(tuple(line.split("\t")) for line in kept)


@cache
def table(name: str) -> dict[str, tuple[str, ...]]:
    """Word → the other cells of its row; a word that stands twice is an error.

    >>> table("group-heads")["小微企业"][0]
    'OrganisationGroup'
    """
    found: dict[str, tuple[str, ...]] = {}
    for word, *cells in rows(name):
        if word in found:
            raise ValueError(f"{name}.tsv: {word} stands twice")
        found[word] = tuple(cells)
    return found


@cache
def words(name: str, column: int | None = None, value: str = "") -> frozenset[str]:
    """The words of a file; with `column`, those whose cell there is `value`.

    >>> "一线" in words("group-modifiers", 1, "word")
    True
    """
    return frozenset(row[0] for row in rows(name) if column is None or row[column : column + 1] == (value,))


@cache
def vocabulary(name: str) -> frozenset[str]:
    """All words of a file that is a plain list, several to a line.

    >>> "由" in vocabulary("organisation-stops")
    True
    """
    return frozenset(word for row in rows(name) for cell in row for word in cell.split())


@cache
def verbs(family: str) -> tuple[str, ...]:
    """The action verbs of a family: hold, provide, spend, issue, build, serve.

    >>> "主办" in verbs("hold")
    True
    """
    return tuple(row[0] for row in rows("action-verbs") if row[1] == family)


class Finder:
    """Finds the longest words of a set, from the left, without overlap."""

    def __init__(self, wordlist: Iterable[str]) -> None:
        self._automaton = AhoCorasick(sorted(wordlist), matchkind=MatchKind.LeftmostLongest)

    def spans(self, text: str) -> Iterator[Span]:
        """Where the words stand.

        >>> list(Finder(["职工", "女职工"]).spans("为女职工"))
        [Span(start=1, end=4)]
        """
        for _, start, end in self._automaton.find_matches_as_indexes(text):
            yield Span(start, end)


@cache
def finder(name: str, column: int | None = None, value: str = "") -> Finder:
    """A finder for the words of a file, made at the first call.

    >>> text = "开展金秋助学活动"
    >>> [text[s.start : s.end] for s in finder("programme-brands").spans(text)]
    ['金秋助学']
    """
    return Finder(words(name, column, value))


def occurrences(text: str, wordlist: Iterable[str]) -> list[Span]:
    """Every place where one of the words stands, in one pass, overlapping ones too.

    >>> occurrences("王兰芳和兰芳", {"王兰芳", "兰芳"})
    [Span(start=0, end=3), Span(start=1, end=3), Span(start=4, end=6)]
    """
    known = sorted(wordlist)
    found = AhoCorasick(known).find_matches_as_indexes(text, overlapping=True) if known else ()
    return [Span(start, end) for _, start, end in found]


def longest_prefix(text: str, at: int, wordset: Set[str], limit: int = 8) -> int:
    """How many code points the longest word of the set that starts at `at` has; 0 if none does.

    >>> longest_prefix("职工书屋", 2, frozenset({"书", "书屋"}))
    2
    """
    return next((n for n in range(min(limit, len(text) - at), 0, -1) if text[at : at + n] in wordset), 0)


def longest_suffix(text: str, at: int, wordset: Set[str], limit: int = 8, floor: int = 0) -> int:
    """How many code points the longest word of the set that ends at `at`, not left of `floor`, has.

    >>> longest_suffix("在档困难职工", 4, frozenset({"困难", "难"}))
    2
    """
    return next((n for n in range(min(limit, at - floor), 0, -1) if text[at - n : at] in wordset), 0)
