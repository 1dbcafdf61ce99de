"""How the characters of names are read, so that hangzhou and hz find 杭州."""

from __future__ import annotations

import os
from collections.abc import Iterable


def syllables(names: Iterable[str]) -> dict[str, str]:
    """The readings of every Han character in these names, without tones, joined by blanks; the commonest first.

    >>> syllables(["重庆"])
    {'庆': 'qing', '重': 'zhong chong tong'}
    """
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # single characters need none, and they take the most to load
    from pypinyin import Style, pinyin  # its tables take a moment to load

    found = {}
    for char in sorted({char for name in names for char in name if "\u3400" <= char <= "\u9fff"}):
        (readings,) = pinyin(char, style=Style.NORMAL, heteronym=True)
        found[char] = " ".join(dict.fromkeys(readings))
    return found
