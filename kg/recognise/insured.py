"""Insurances, known by what they insure: 保的是|种植险, |玉米完全成本保险|的保额, 参加|长期护理保险."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lexicon import longest_suffix, vocabulary
from kg.model import Span

_END = re.compile("保?险(?![情峻阻恶象境滩种])")
_COMPANY = re.compile("公司|股份|集团|中心支公司")
_LONGEST = 10


def find_insurances(text: str) -> Iterator[Span]:
    """The insurances a text names; 保险, 意外险 and what the law of social insurance provides are none.

    >>> text = "保的是种植险,玉米完全成本保险的保额;参加养老保险,没有风险"
    >>> [text[s.start : s.end] for s in find_insurances(text)]
    ['种植险', '玉米完全成本保险']
    """
    risks = vocabulary("insured-risks")
    words = vocabulary("insured-things") | risks
    for end in _END.finditer(text):
        start = end.start()
        while size := longest_suffix(text, start, words, _LONGEST):
            start -= size
        if start < end.start() and text[start : end.start()] not in risks and not _COMPANY.match(text, end.end()):
            yield Span(start, end.end())
