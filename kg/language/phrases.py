"""Noun phrases beside an amount: where what is counted or paid for begins and ends.

Words and their dictionary tags come from the tokeniser without its guesses at unknown words, so that
every engine gives the same; the rest is a short list of words that end a phrase.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import rjieba

from kg.lexicon import words
from kg.model import Span

_QUOTES = {"“": "”", "《": "》", "(": ")"}
_STOP_MARKS = frozenset(",;:。!?\n…—)”》】")
_JOINTS = frozenset({"、", "和", "与", "及", "以及", "·"})
# Tags of words that cannot stand in a noun phrase: prepositions, adverbs, pronouns, particles, conjunctions.
_NOT_NOMINAL = ("p", "d", "r", "u", "c", "y", "e", "zg")
_NEVER_LAST = ("v", "a", "f", "m", "q", "t")


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its dictionary tag, in the coordinates of the text it was cut from."""

    span: Span
    text: str
    tag: str


@cache
def _engine() -> rjieba.Jieba:
    return rjieba.Jieba()


def tagged(text: str, start: int, end: int) -> list[Word]:
    """The words of `text[start:end]`.

    >>> [w.text for w in tagged("发放优惠券", 0, 5)]
    ['发放', '优惠券']
    """
    found = []
    at = start
    for word, tag in _engine().tag(text[start:end], False):
        found.append(Word(Span(at, at + len(word)), word, tag))
        at += len(word)
    return found


def noun_phrase_after(text: str, start: int, end: int, barriers: Iterable[Span] = ()) -> Span | None:
    """The noun phrase that begins at `start`, if one does; it crosses no barrier.

    >>> t = "家企业发布招聘岗位信息"
    >>> s = noun_phrase_after(t, 1, len(t)); t[s.start:s.end]
    '企业'
    """
    limit = min([end, *(b.start for b in barriers if b.start >= start)])
    kept: list[Word] = []
    items = _with_quotes(text, tagged(text, start, limit))
    for i, word in enumerate(items):
        if _ends_phrase(word, kept) or (word.text in _JOINTS and not _goes_on(items, i)):
            break
        kept.append(word)
    while kept and not _may_end(kept[-1], kept):
        kept.pop()
    return Span(kept[0].span.start, kept[-1].span.end) if kept else None


def noun_phrase_before(text: str, start: int, end: int, barriers: Iterable[Span] = ()) -> Span | None:
    """The noun phrase that ends at `end`, if one does; it begins no earlier than `start`.

    >>> t = "涌现创新成果"
    >>> s = noun_phrase_before(t, 0, len(t)); t[s.start:s.end]
    '创新成果'
    """
    floor = max([start, *(b.end for b in barriers if b.end <= end)])
    kept: list[Word] = []
    items = _with_quotes(text, tagged(text, floor, end))
    while items and items[-1].tag.startswith(("d", "p", "u")) and items[-1].text not in _QUOTES:
        items.pop()  # 共, 累计, 达 stand between a noun and its figure
    while items and items[-1].text in words("figure-verbs"):
        items.pop()
    for word in reversed(items):
        if _ends_phrase(word, kept, backwards=True):
            break
        kept.insert(0, word)
    while kept and not _may_begin(kept[0]):
        kept.pop(0)
    if not kept or not _may_end(kept[-1], kept):
        return None
    return Span(kept[0].span.start, kept[-1].span.end)


def _with_quotes(text: str, items: list[Word]) -> list[Word]:
    """Words with each “…”, 《…》 and (…) made one nominal word."""
    merged: list[Word] = []
    i = 0
    while i < len(items):
        close = _QUOTES.get(items[i].text[:1])
        j = next((k for k in range(i + 1, len(items)) if close and items[k].text[:1] == close), None)
        if close and j is not None:
            span = Span(items[i].span.start, items[j].span.end)
            merged.append(Word(span, text[span.start : span.end], "n"))
            i = j + 1
        else:
            merged.append(items[i])
            i += 1
    return merged


def _ends_phrase(word: Word, kept: list[Word], backwards: bool = False) -> bool:
    if word.text in _JOINTS or word.text == "的":
        return not kept
    if word.text[:1] in _STOP_MARKS or word.text in words("phrase-stops") or word.text in words("action-verbs"):
        return True
    if word.tag.startswith(_NOT_NOMINAL) and word.tag not in ("uj",):
        return True
    if len(word.text) == 1 and word.tag.startswith("v"):
        return True
    return bool(backwards and word.tag == "m")


def _goes_on(items: list[Word], i: int) -> bool:
    """After a joint: does a nominal word follow?"""
    if i + 1 >= len(items):
        return False
    following = items[i + 1]
    return not _ends_phrase(following, [following]) and not following.tag.startswith("m")


def _may_end(word: Word, kept: list[Word]) -> bool:
    if word.text in _JOINTS or word.text == "的":
        return False
    if word.text[0] in _QUOTES or word.text in words("nominal-verbs"):
        return True
    if word.tag.startswith(_NEVER_LAST):
        return word.tag.startswith("v") and len(kept) > 1 and len(word.text) > 1
    return True


def _may_begin(word: Word) -> bool:
    return word.text not in _JOINTS and word.text != "的" and not word.tag.startswith(("f", "q", "m"))
