"""No pattern of the program runs away: none can be made to try more than the square of what it is given.

regexploit (Doyensec) reads each compiled pattern and looks for stretches that two repeats can share; how many repeats can
share one is the power that time grows with.  Clauses are cut at 800 characters, so a square is soon done.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest
from regexploit.ast.sre import SreOpParser
from regexploit.redos import find

import kg
from kg import rules

SQUARE = 2


def inside(value: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    """The patterns in a module's value, in whatever holds them."""
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, tuple | list | dict) and depth < 3:
        for each in value.values() if isinstance(value, dict) else value:
            yield from inside(each, depth + 1)


def patterns() -> dict[str, re.Pattern[str]]:
    found = {}
    for module in pkgutil.walk_packages(kg.__path__, "kg."):
        for name, value in vars(importlib.import_module(module.name)).items():
            for pattern in inside(value):
                found.setdefault(pattern.pattern, (f"{module.name}.{name}", pattern))
    for folder in ("measures", "links"):
        for rule in rules.load(folder):
            found[rule.pattern.pattern] = (rule.label, rule.pattern)
    return {f"{label} {number}": pattern for number, (label, pattern) in enumerate(found.values())}


def power(pattern: re.Pattern[str]) -> int:
    """How many repeats of a pattern can share a stretch."""
    parsed = SreOpParser().parse_sre(pattern.pattern, pattern.flags)
    return max((weak.starriness for weak in find(parsed)), default=1)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_no_pattern_runs_away() -> None:
    found = patterns()
    assert len(found) > 350
    wild, unread = [], []
    for label, pattern in found.items():
        try:
            if power(pattern) > SQUARE:
                wild.append(label)
        except AttributeError:  # possessive repeats (Python 3.11), which never give back what they took
            unread.append(label)
    assert wild == []
    assert all(re.search(r"[+*?}]\+", found[label].pattern) for label in unread)
    assert len(unread) < 10


def test_the_test_sees_what_runs_away() -> None:
    assert power(re.compile("(?:工会+)+(?:会*)*x")) > SQUARE
    assert power(re.compile("[工会]*会*工*[工会]*x")) > SQUARE
    assert power(re.compile("市总工会.{0,8}投入")) <= SQUARE
