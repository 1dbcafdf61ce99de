"""Noun phrases beside an amount: where what is counted or paid for begins and ends.

Words and their dictionary tags come from the tokeniser without its guesses at unknown words, so that
every engine gives the same; the rest is a short list of words that end a phrase.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import rjieba

from kg.lexicon import rows, table, vocabulary, words
from kg.model import Span

_QUOTES = {"“": "”", "《": "》", "(": ")"}
_STOP_MARKS = frozenset(",;:。!?\n…—)”》】")
_JOINTS = frozenset({"、", "和", "与", "及", "以及", "·"})
# What makes a noun of the word before it, whatever the dictionary calls it alone: 减员率, 菌袋, 棚改房.
_NOUN_ENDS = frozenset("率额量费款金房袋户点站班费券卡包书车线校店厂田路桥证险贷")
# Tags of words that cannot stand in a noun phrase: prepositions, adverbs, pronouns, particles, conjunctions.
_NOT_NOMINAL = ("p", "d", "r", "u", "c", "y", "e", "zg")
_EVERYDAY = 700  # how often the words of the dictionary's own corpus that no shop is called after are in it, at least
_NEVER_LAST = ("v", "a", "f", "m", "q", "t", "z", "s", "i")


class Word(NamedTuple):  # made by the hundred thousand: a tuple takes a third of the time of a frozen dataclass
    """A word with its dictionary tag, and where it begins in the text it was cut from."""

    start: int
    text: str
    tag: str

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.start + len(self.text))


@cache
def _engine() -> rjieba.Jieba:
    engine = rjieba.Jieba()
    for word, tag in _tags().items():
        engine.add_word(word, 100_000, tag)
    return engine


@cache
def _tags() -> dict[str, str]:
    """Tags that stand instead of the dictionary's."""
    return {row[0]: row[1] for row in rows("dictionary")}


_ASPECTS = ("了", "过", "到", "给", "往")  # behind a word they make it one that tells
_HANDS = frozenset(("捐赠", "捐助", "赠送", "捐献", "发放", "配发", "审批", "采购"))
_EVENTS = ("仪式", "活动", "大会", "协议", "证书", "名单", "工作", "项目", "额", "金", "款", "数", "数量")  # 捐赠|仪式
_SUMS = frozenset("款金费钱资")
_VAGUE = frozenset(("资金", "经费", "费用", "款项"))  # which tell nothing without what stands before
_PAYS = frozenset(("资助", "补助", "救助", "帮扶", "慰问", "奖励", "扶持", "补贴", "支持", "帮助"))


@cache
def deed_nouns() -> Mapping[str, str]:
    """Verbs that tell what money does, with what they make of it: 凑 of 捐款."""
    return {verb: cells[0] for verb, cells in table("deed-nouns").items()}


@cache
def _deeds() -> frozenset[str]:
    return frozenset(deed_nouns().values())


def tells_what(name: str) -> bool:
    """Does a name tell what money is for, and not merely that it is given, lent or spent?

    >>> tells_what("防暑药品"), tells_what("拨款")
    (True, False)
    """
    return name not in _deeds()


@lru_cache(maxsize=2048)  # the rooms that relate ask for the same clauses again and again
def tagged(text: str, start: int, end: int) -> Sequence[Word]:
    """The words of `text[start:end]`.

    >>> [w.text for w in tagged("发放优惠券", 0, 5)]
    ['发放', '优惠券']
    """
    found, at, known = [], start, _tags()
    new = tuple.__new__  # without the call that a named tuple makes: a third faster
    for word, tag in _engine().tag(text[start:end], False):
        found.append(new(Word, (at, word, known.get(word, tag))))
        at += len(word)
    return tuple(found)


@cache
def is_everyday(word: str) -> bool:
    """Is a word so frequent that a name made of it alone would tell nothing: 目标, not 大成?

    >>> is_everyday("目标"), is_everyday("大成")
    (True, False)
    """
    return _engine().suggest_freq(word) > _EVERYDAY


def relative(words_: Sequence[Word]) -> int:
    """How many words tell which one is meant before the noun that a clause begins with; 0 if none does.

    >>> [relative(tagged(t, 0, len(t))) for t in ("承包食堂的餐饮公司同意", "帮助隔壁的老人搬家")]
    [3, 0]
    """
    if not words_ or words_[0].tag[0] not in "vp" or words_[0].text in vocabulary("object-verbs"):
        return 0
    return next((i + 1 for i, word in enumerate(words_) if word.text == "的"), 0)


def all_tagged(text: str, tag: str) -> list[Word]:
    """The words of a whole text that have one tag.

    >>> all_tagged("在复旦大学学习", "nt")
    [Word(start=1, text='复旦大学', tag='nt')]
    """
    found, at, known = [], 0, _tags()
    for word, given in _engine().tag(text, False):
        if known.get(word, given) == tag:
            found.append(Word(at, word, tag))
        at += len(word)
    return found


def noun_phrase_after(
    text: str, start: int, end: int, barriers: Iterable[Span] = (), heads: str = "thing"
) -> Span | None:
    """The noun phrase that begins at `start`, if one does; it crosses no barrier.

    A verb after a noun ends it, unless the whole is a name with one of the `heads` at its end.

    >>> t = "家企业发布招聘岗位信息"
    >>> s = noun_phrase_after(t, 1, len(t)); t[s.start:s.end]
    '企业'
    >>> t = "名农民工追回欠薪"
    >>> s = noun_phrase_after(t, 1, len(t)); t[s.start:s.end]
    '农民工'
    >>> t = "套车载AED设备"
    >>> s = noun_phrase_after(t, 1, len(t)); t[s.start:s.end]
    '车载AED设备'
    """
    limit = min([end, *(b.start for b in barriers if b.start >= start)])
    kept: list[Word] = []
    items = _words(text, start, limit)
    for i, word in enumerate(items):
        single = word.tag == "v" and len(word.text) == 1 and (kept or heads == "money")
        if single and _named_by_its_end(items[i + 1 :], heads):
            kept.append(word)  # 工会活动|进|乡村|示范基地
            continue
        if _ends_phrase(word, kept) or (word.text in _JOINTS and not _goes_on(items, i)):
            break
        if kept and (text.startswith(_ASPECTS, word.end) or (kept[-1].text[-1] in _SUMS and word.text in _PAYS)):
            break  # 学子|圆了, 爱心款|资助
        if kept and word.text in _HANDS and i + 1 < len(items) and not items[i + 1].text.endswith(_EVENTS):
            break  # 医院|捐赠|口罩
        if kept and _is_verb(word) and _may_end(kept[-1], kept) and not _named_by_its_end(items[i:], heads):
            if heads == "any" and (items[i + 1].text in _JOINTS if i + 1 < len(items) else limit == end):
                return Span(kept[0].start, word.end)  # 开展|思想|引领: the verb names what is held
            break
        kept.append(word)
    while kept and not _may_end(kept[-1], kept):
        kept.pop()
    if not kept or text.startswith("地", kept[-1].end):
        return None  # 零零整整|地装进信封
    return Span(kept[0].start, kept[-1].end)


def noun_phrase_before(text: str, start: int, end: int, barriers: Iterable[Span] = ()) -> Span | None:
    """The noun phrase that ends at `end`, if one does; it begins no earlier than `start`.

    Between the two may stand what leads up to a figure (共, 累计达).

    >>> t = "涌现创新成果"
    >>> s = noun_phrase_before(t, 0, len(t)); t[s.start:s.end]
    '创新成果'
    """
    floor = max([start, *(b.end for b in barriers if b.end <= end)])
    cut = text.find("”", floor, end)
    if cut >= 0 and "“" not in text[floor:cut]:
        floor = max(start, text.rfind("“", start, floor))  # a barrier inside a quoted name is none
    kept: list[Word] = []
    items = _words(text, floor, end)
    _strip(items)
    while len(items) > 1 and items[-1].text[0] == "(":
        items.pop()
    for word in reversed(items):
        if word.text == "等" and len(kept) == 1 and kept[0].text in _VAGUE:
            kept.insert(0, word)  # 林业抚育、森林防火|等|资金
            continue
        if kept and word.text in _HANDS and len(kept[-1].text) > 1 and not kept[-1].text.endswith(_EVENTS):
            break  # 捐赠|医用口罩, but 捐赠仪式
        if _ends_phrase(word, kept, backwards=True):
            if word.tag.startswith("d") and len(kept) == 1 and kept[0].tag.startswith("v"):
                return None  # 已|分配, 共|安置: here it tells, it does not name
            break
        kept.insert(0, word)
    if kept and kept[0].text == "等":
        kept.pop(0)
    while kept and (not _may_begin(kept[0]) or (len(kept) > 1 and _governs(kept[0]))):
        kept.pop(0)
    if not kept or not _may_end(kept[-1], kept):
        return None
    return Span(kept[0].start, kept[-1].end)


def noun_phrases(text: str, start: int, end: int, barriers: Iterable[Span] = ()) -> list[Span]:
    """Every noun phrase of a stretch, from left to right, as long as it goes; none crosses a barrier.

    >>> t = "买家是镇上的食品公司,叶子每斤保底"
    >>> [t[s.start:s.end] for s in noun_phrases(t, 0, len(t))]
    ['买家', '食品公司', '叶子', '保底']
    """
    found: list[Span] = []
    kept: list[Word] = []
    cuts = sorted(b for b in barriers if b.end > start and b.start < end)
    for word in _words(text, start, end):
        while cuts and cuts[0].end <= word.start:
            cuts.pop(0)
        cut = bool(cuts) and cuts[0].start < word.end and word.text[0] not in _QUOTES
        if cut or _ends_phrase(word, kept, backwards=True) or _is_verb(word) or word.text[0] == "每":
            found += _trimmed(kept)
            kept = []
        else:
            kept.append(word)
    return found + _trimmed(kept)


def _trimmed(kept: list[Word]) -> list[Span]:
    """Where a phrase stands, without the words that none ends or begins with."""
    while kept and not _may_end(kept[-1], kept):
        kept.pop()
    while kept and not _may_begin(kept[0]):
        kept.pop(0)
    return [Span(kept[0].start, kept[-1].end)] if kept else []


def _strip(items: list[Word]) -> None:
    """Take off what stands between a noun and its figure: 共, 累计, 达."""
    while items and items[-1].text[0] not in _QUOTES:
        word = items[-1]
        if not word.tag.startswith(("d", "p", "u")) and word.text not in words("figure-verbs"):
            return
        items.pop()


def _words(text: str, start: int, end: int) -> list[Word]:
    """Words with each “…”, 《…》 and (…) made one nominal word, and 减员|率 one."""
    merged: list[Word] = []
    items = tagged(text, start, end)
    i = 0
    while i < len(items):
        word = items[i]
        j = _closing(items, i)
        if j is not None:
            merged.append(Word(word.start, text[word.start : items[j].end], "n"))
            i = j
        elif len(word.text) > 1 and word.tag.startswith("v") and word.text[-1] in _NOUN_ENDS:
            merged.append(Word(word.start, word.text, "n"))  # 保费, which the dictionary takes for a verb
        elif word.text in _NOUN_ENDS and merged and merged[-1].tag[0] in "nvabj":
            first = merged.pop().start
            merged.append(Word(first, text[first : word.end], "n"))
        else:
            merged.append(word)
        i += 1
    return merged


def _closing(items: Sequence[Word], i: int) -> int | None:
    """Which word closes the quotation or bracket that a word opens, if it opens one."""
    close = _QUOTES.get(items[i].text[:1])
    return next((k for k in range(i + 1, len(items)) if items[k].text[:1] == close), None) if close else None


@cache
def _heads(family: str) -> frozenset[str]:
    return frozenset(word for word, kind in rows("item-heads") if family in (kind, "any"))


def _named_by_its_end(rest: list[Word], family: str) -> bool:
    """Does the phrase that the verb at the head of `rest` would cut end like a name: 提升|专项|补助?"""
    last = ""
    for i, word in enumerate(rest):
        if _ends_phrase(word, [word]) or word.text in _JOINTS or word.text == "的" or (i and _is_verb(word)):
            break
        last = word.text
    return last in _heads(family) or last[-1:] in _heads(family)


def _is_verb(word: Word) -> bool:
    """Does the word tell rather than name?"""
    if word.text in words("nominal-verbs"):
        return False
    return word.tag in ("v", "i", "vd") and len(word.text) > 1


def _governs(word: Word) -> bool:
    """Does the verb at the head of a phrase have the rest as its object: 上缴|工会经费?"""
    return _is_verb(word) and word.text not in words("attributive-verbs")


def _ends_phrase(word: Word, kept: list[Word], backwards: bool = False) -> bool:
    if word.text in _JOINTS or word.text == "的":
        return not kept
    if word.text[:1] in _STOP_MARKS or word.text in words("phrase-stops") or word.text in words("action-verbs"):
        return True
    if word.tag.startswith(_NOT_NOMINAL) and word.tag not in ("uj", "eng"):
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
        return word.tag == "vn" and len(word.text) > 1
    return True


def _may_begin(word: Word) -> bool:
    return word.text not in _JOINTS and word.text != "的" and not word.tag.startswith(("f", "q", "m", "t"))
