"""Sentences and clauses of a block of folded text, as spans."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Span

_SENTENCE_END = frozenset("。!?")
_CLAUSE_END = frozenset(",;:，")
_OPEN = {"《": "》", "(": ")", "【": "】", "〔": "〕"}
_LONGEST = 800  # four times what newspapers write
_BREAK_OFF = frozenset(",;:、 ")
_CLOSERS = frozenset("”’》)】")


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The sentences of `text[start:end]`; a closing quotation mark belongs to the sentence it ends.

    A text that forgets its full stops is cut at lesser marks, so that no sentence is without bounds.

    >>> [str(("一。“二!”三。"[s.start:s.end])) for s in sentences("一。“二!”三。")]
    ['一。', '“二!”', '三。']
    """
    end = len(text) if end is None else end
    at = start
    i = start
    while i < end:
        if i - at >= _LONGEST and (text[i] in _BREAK_OFF or i - at >= 2 * _LONGEST):
            yield Span(at, i + 1)
            at = i = i + 1
        elif text[i] in _SENTENCE_END:
            i += 1
            while i < end and (text[i] in _CLOSERS or text[i] in _SENTENCE_END):
                i += 1
            yield Span(at, i)
            at = i
        else:
            i += 1
    if at < end and text[at:end].strip():
        yield Span(at, end)


def clauses(text: str, sentence: Span) -> Iterator[Span]:
    """The clauses of a sentence; marks within 《》, () and between the digits of a number do not cut.

    >>> t = "投入1,200万元(含《甲,乙》),用于培训;另拨5万元。"
    >>> [t[c.start:c.end] for c in clauses(t, Span(0, len(t)))]
    ['投入1,200万元(含《甲,乙》)', '用于培训', '另拨5万元。']
    """
    at = sentence.start
    closing: list[str] = []
    for i in range(sentence.start, sentence.end):
        ch = text[i]
        if ch in _OPEN and text.find(_OPEN[ch], i, sentence.end) > 0:
            closing.append(_OPEN[ch])
        elif closing and ch == closing[-1]:
            closing.pop()
        elif not closing and ch in _CLAUSE_END and not _inside_number(text, i):
            if at < i:
                yield Span(at, i)
            at = i + 1
    if at < sentence.end:
        yield Span(at, sentence.end)


def _inside_number(text: str, i: int) -> bool:
    return 0 < i < len(text) - 1 and text[i - 1].isascii() and text[i - 1].isdigit() and text[i + 1].isdigit()
