"""Is a measure planned, underway or done, and of which kind: two shared lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import cast

from ahocorasick_rs import AhoCorasick

from kg.lexicon import rows
from kg.model import Span, Status


def status_of(text: str, sentence: Span, clause: Span, default: str | None, names: Sequence[Span] = ()) -> Status:
    """The status a clause is told in: its own words first, then those of its sentence before it, but no part of a name.

    >>> t = "今年将新建500家驿站,已投入30万元。"
    >>> status_of(t, Span(0, len(t)), Span(0, 11), None), status_of(t, Span(0, len(t)), Span(12, 19), None)
    ('planned', 'done')
    >>> t = "该局将30万元补助拨给企业。"
    >>> status_of(t, Span(0, len(t)), Span(0, len(t)), None)
    'done'
    >>> t = "营养改善计划惠及2600万名学生。"
    >>> status_of(t, Span(0, len(t)), Span(0, len(t)), None, [Span(0, 6)])
    'done'
    """
    for stretch in (clause, Span(sentence.start, clause.start)):
        told = _last_word(text, stretch, names)
        if told:
            return told
    return cast(Status, default or "done")


def _last_word(text: str, span: Span, names: Sequence[Span]) -> Status | None:
    """The status of the last word in a stretch that tells one."""
    last = max(
        (
            (match.end(), match.start(), status)
            for status, pattern in _words()
            for match in pattern.finditer(text, span.start, span.end)
            if not any(name.start <= match.start() and match.end() <= name.end for name in names)
        ),
        default=None,
    )
    return cast(Status, last[2]) if last else None


@cache
def _words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """For each status one pattern of all that tells it."""
    told = dict.fromkeys(status for _, status in rows("status"))
    return tuple((s, re.compile("|".join(p for p, status in rows("status") if status == s))) for s in told)


@cache
def _kinds() -> tuple[AhoCorasick, tuple[str, ...]]:
    table = tuple(rows("measure-kinds"))
    return AhoCorasick([word for word, _ in table]), tuple(kind for _, kind in table)


def kind_of(text: str) -> str | None:
    """The kind of measure a stretch of text speaks of, by its most telling word.

    >>> kind_of("开展职业技能培训")
    'Training'
    """
    automaton, kinds = _kinds()
    first = min((index for index, _, _ in automaton.find_matches_as_indexes(text, overlapping=True)), default=None)
    return None if first is None else kinds[first]
