"""Is a measure planned, underway or done, and of which kind: two shared lists."""

from __future__ import annotations

from functools import cache
from typing import cast

from kg.lexicon import rows
from kg.model import Span, Status


def status_of(text: str, sentence: Span, clause: Span, default: str | None) -> Status:
    """The status a clause is told in: its own words first, then those of its sentence before it.

    >>> t = "今年将新建500家驿站,已投入30万元。"
    >>> status_of(t, Span(0, len(t)), Span(0, 11), None), status_of(t, Span(0, len(t)), Span(12, 19), None)
    ('planned', 'done')
    """
    own = _last_word(text[clause.start : clause.end])
    if own:
        return own
    before = _last_word(text[sentence.start : clause.start])
    return before or cast(Status, default or "done")


def _last_word(text: str) -> Status | None:
    best: tuple[int, str] | None = None
    for word, status in rows("status"):
        at = text.rfind(word)
        if at >= 0 and (best is None or at > best[0]):
            best = (at, status)
    return cast(Status, best[1]) if best else None


@cache
def _kinds() -> tuple[tuple[str, str], ...]:
    return tuple((word, kind) for word, kind in rows("measure-kinds"))


def kind_of(text: str) -> str | None:
    """The kind of measure a stretch of text speaks of, by its most telling word.

    >>> kind_of("开展职业技能培训")
    'Training'
    """
    return next((kind for word, kind in _kinds() if word in text), None)
