"""Which subjects lead up to a place: clause by clause backwards, as a reader keeps in mind who is being told of.

县里 出台 办法,  每托养 1人,  县财政 补助 8000元        王海峰 引来 蜂, 被折腾得 只剩 19箱
└ 2 back        └ no one      └ own                    └ 1 back       └ no one
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.language.phrases import Word, relative, tagged
from kg.model import Mention, Span
from kg.relate.followers import STAFF
from kg.relate.stage import Stage, verb_kinds

_CUT = re.compile(r"[,;:。!?“”\n()]")
_REACH, _CLAUSES = 300, 12
_LIGHT = frozenset("tcdmfxwrz")  # words of time, joints, adverbs and figures, which a subject may stand behind
_NOMINAL = frozenset("njaslbi")
_HE = ("他", "她")
_ADDRESS = re.compile("(?:[一-鿿]{1,5}?(?:[省市县区镇乡村庄屯寨组]|街道|社区))+(?=[一-鿿])")  # 孙庙乡|民主村|村民
_TITLED = 6  # as many characters may say what one is, between where he is from and his name
_TITLE = frozenset("nbj")  # words that say what a person is


class Subject(NamedTuple):
    """What a clause begins with: somebody (`who`), somebody's (`whose`), a noun, a preposition, or no subject (`none`)."""

    how: str
    mention: Mention | None = None
    word: str = ""
    at: int = -1  # where somebody stands, by name or as 他


class Chain:
    """The subjects of an article's clauses, among those who may act."""

    def __init__(
        self,
        stage: Stage,
        cast: Sequence[Mention],
        titles: Mapping[int, Mention],
        last_joined: Callable[[Mention], Mention],
        meant: Callable[[int], Mention | None],
    ) -> None:
        self._stage = stage
        self._cast = cast
        self._titled, self._titles_at = titles, sorted(titles)  # whose title begins at a place
        self._last_joined, self._meant = last_joined, meant
        self._starts = [m.span.start for m in cast]
        self._known: dict[Span, Subject] = {}

    def back_from(self, at: int) -> Iterator[Subject]:
        """The subjects of the paragraph's clauses from a place backwards."""
        text, end = self._stage.article.text, at
        low = max(self._stage.article.block_at(at).start, at - _REACH)
        cuts = [m.start() for m in _CUT.finditer(text, low, at)]
        told = 0
        for cut in (*reversed(cuts), low - 1):
            if end > cut + 1 and told < _CLAUSES:
                yield self._subject(Span(cut + 1, end))
                told += 1
            end = cut

    def _subject(self, clause: Span) -> Subject:
        found = self._known.get(clause)
        if found is None:
            found = self._known[clause] = self._find(clause)
        return found

    def _titles(self, word: Word, person: Mention) -> bool:
        """Does nothing but what a person is stand between a word and his name?"""
        at = person.span.start
        return word.start < at and not without_title(tagged(self._stage.article.text, word.start, at))

    def _goes_before(self, end: int, begins: Mapping[int, Mention]) -> bool:
        """Does somebody's name follow a place, or what he is and then his name?"""
        text = self._stage.article.text
        near = min((start for start in begins if start >= end), default=-1)
        if near > end and begins[near].type == "Person" and text[near - 1] == "的":
            return True  # 南龙村年过八旬的|陈迪山
        address = _ADDRESS.match(text, end, near) if near > end + 1 else None
        start = address.end() if address else end
        return start <= near <= start + _TITLED and (near <= start + 1 or not without_title(tagged(text, start, near)))

    def _onward(self, mention: Mention, end: int, begins: Mapping[int, Mention]) -> int:
        """Where to look on if a place or a body only says where somebody is from, -1 if it does not.

        宁波 网友, 香港|商人|李文俊, 侨声中学|校友|王清渺
        """
        if mention.type == "Place":
            return end if self._goes_before(end, begins) else -1
        staff = STAFF.match(self._stage.article.text, end)
        named = staff is not None and staff.end() in begins and begins[staff.end()].type == "Person"
        return staff.end() if staff and named else -1

    def _find(self, clause: Span) -> Subject:
        """The first of a clause's words that is somebody, a noun, a verb or a preposition decides."""
        stage = self._stage
        inside = self._cast[bisect_left(self._starts, clause.start) : bisect_left(self._starts, clause.end)]
        begins = {m.span.start: m for m in inside}
        titles = self._titles_at[bisect_left(self._titles_at, clause.start) : bisect_left(self._titles_at, clause.end)]
        begins |= {at: self._titled[at] for at in titles}
        aside = [m.span for m in stage.mentions.within(clause) if m.amount or m.type == "Date"]
        items = tagged(stage.article.text, clause.start, clause.end)
        if clause.start not in begins:
            items = items[relative(items) :]  # 承包食堂的|餐饮公司
        at = clause.start
        where: Mention | None = None
        for i, word in enumerate(items):
            if word.start < at:
                continue
            mention = next((begins[x] for x in range(word.start, word.end) if x in begins), None)
            if mention:
                end = self._last_joined(mention).span.end
                if mention.type == "Place" and stage.article.text.startswith("人", end):
                    at = end + 1  # 英德|人: who is from there
                    continue
                onward = self._onward(mention, end, begins)
                if onward >= 0:
                    where, at = where or mention, onward
                    continue
                return Subject("whose" if stage.article.text.startswith("的", end) else "who", mention, at=word.start)
            if word.text in _HE and not stage.article.text.startswith("的", word.end):
                meant = self._meant(word.start)
                return Subject("who", meant, at=word.start) if meant else Subject("noun", word=word.text)
            passed = next((span.end for span in aside if span.start <= word.start < span.end), 0)
            if passed or word.tag[0] in _LIGHT or word.text in ("的", "了", "着"):
                at = passed or word.end
            elif person := next((m for m in inside if m.type == "Person" and self._titles(word, m)), None):
                return Subject("who", person, at=person.span.start)
            elif decided := _told(word, items[i + 1 :]):
                return decided
        return Subject("who", where, at=where.span.start) if where else Subject("empty")


def without_title(before: Sequence[Word]) -> Sequence[Word]:
    """The words before a person's name less those that say what he is: 退休|教师|李建国."""
    kept = list(before)
    while kept and kept[-1].tag[0] in _TITLE:
        kept.pop()
    return kept


def _told(word: Word, rest: Sequence[Word]) -> Subject | None:
    """What a word that is nobody says of the subject of its clause."""
    if word.tag[0] == "p":
        return Subject("preposition", word=word.text)
    if word.tag[0] == "v":
        return Subject("none", word=verb_kinds().get(word.text, "verb"))
    if word.tag[0] not in _NOMINAL:
        return None
    head = word
    for following in rest:
        if following.tag[0] in "njsb" or following.tag == "vn":
            head = following
        elif following.text not in ("的", "、", "和"):
            break
    return Subject("noun", word=head.text)
