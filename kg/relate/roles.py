"""What part people play in an undertaking, told by what they are called."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from kg.lexicon import rows


@lru_cache(maxsize=4096)
def part_of(name: str) -> str:
    """What part people play who are called so: help, helped, pay, or none that can be told.

    >>> [part_of(name) for name in ("农技员", "困难职工", "跑者", "职工")]
    ['help', 'helped', 'pay', 'none']
    """
    parts = _parts()
    if any(word in name for word, part in parts.items() if part == "helped"):
        return "helped"
    return next((parts[name[-n:]] for n in range(len(name), 0, -1) if name[-n:] in parts), "none")


@cache
def _parts() -> Mapping[str, str]:
    return {word: part for part, line in rows("roles") for word in line.split()}
