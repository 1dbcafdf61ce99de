"""Cutting Chinese text into words, as offsets; part-of-speech tags are left alone on purpose."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Literal

from kg.model import Span

Engine = Literal["rjieba", "jieba"]
Cut = Callable[[str, bool], list[tuple[str, int, int]]]


@cache
def _rjieba() -> Cut:
    import rjieba

    cutter = rjieba.Jieba()
    return lambda text, guess: cutter.tokenize(text, hmm=guess)


@cache
def _jieba() -> Cut:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    cutter = jieba.Tokenizer()  # a private one: words added to the global one would leak into other programs
    return lambda text, guess: list(cutter.tokenize(text, HMM=guess))


ENGINES: dict[str, Callable[[], Cut]] = {"rjieba": _rjieba, "jieba": _jieba}


def tokens(text: str, engine: Engine = "rjieba", guess: bool = False) -> list[Span]:
    """The words of a text as spans, end to end; `guess` lets the engine join characters into unknown words.

    >>> text = "由大连市总工会主办"
    >>> [text[t.start:t.end] for t in tokens(text)]
    ['由', '大连市', '总工会', '主办']
    """
    if engine not in ENGINES:
        raise ValueError(f"no such tokeniser: {engine!r}; there are {', '.join(sorted(ENGINES))}")
    return list(_cut(text, engine, guess))


@lru_cache(maxsize=256)  # several rooms cut the same article, and the same few characters behind a post
def _cut(text: str, engine: Engine, guess: bool) -> tuple[Span, ...]:
    return tuple(Span(start, end) for _, start, end in ENGINES[engine]()(text, guess))


def words(text: str, engine: Engine = "rjieba", guess: bool = False) -> list[str]:
    """The words themselves.

    >>> words("记者从市残联获悉")
    ['记者', '从', '市', '残联', '获悉']
    """
    return [text[t.start : t.end] for t in tokens(text, engine, guess)]
