"""Whom an ordinary noun tells to get something, or to have got it (普通村民 每人可领取 5000元), where no group is recognised.

包子铺 给 环卫工 送去 馒头        县图书馆 向 山区学校 配送 图书        开发商 欠 工人 工资 170万元
       └ led by a preposition            └────────────┘                    └ right behind the verb
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg import ontology
from kg.language.phrases import Word, noun_phrase_before, tagged
from kg.lexicon import longest_suffix, rows, vocabulary, words
from kg.model import Mention, Span
from kg.relate.clauses import Clause
from kg.relate.strangers import governed, is_for_bodies, somebody

_LED = frozenset("向给为对替帮往") | {"面向"}
_GIVEN = re.compile("[一-鿿]+(?:给了?|予)")  # 还给, 赔给了, 给予
_QUANTITY = re.compile(
    "另外|其他|其它|其余|所有|全体|全部|这些|那些|部分|一些|几|两|每一?[个名位户家所座间辆条艘]?|各|[个名位户家所座间辆条艘]"
)
_EACH = re.compile("^(?:每一?[个名位户家所座间辆条艘]?|各)")
# What stands between a subject and what it gets: 村民|每人可|领取.
_GETTING = re.compile(
    "(?:每一?[人户名位家]|人均|户均|[均都各也还就将可能已共]|可以|先后|陆续|分别|今年|去年|当天|全部|最终|顺利)*"
    "(?:领取|领到|领回|获得|获赔|分到|分得|拿到|拿回|得到|享受到?|收到)"
)
_WHOSE = re.compile("(?:该|本|全|这个?)[村镇县市区乡校厂]的?")
_GROUPS = ontology.subclasses("Group")
_LONGEST, _REACH = 6, 16


def receiver(text: str, clause: Clause) -> Mention | None:
    """The kind of people or bodies that a clause says gets something: a group that it names, or one that only a noun tells.

    >>> from kg.model import Span
    >>> told = "县图书馆向山区学校配送图书8000册", "陈老伯把1.2万元还给了失主", "村委会向村民收取水费3万元"
    >>> [(m := receiver(t, Clause(Span(0, len(t)), [], {}, ""))) and m.name for t in told]
    ['山区学校', '失主', None]
    """
    parts = tagged(text, clause.span.start, clause.span.end)
    for i, word in enumerate(parts):
        led = word.text in _LED
        if led or word.text in _verbs("gets") or _GIVEN.fullmatch(word.text):
            found = _behind(text, clause, parts, i + 1, led)
            if found:
                return found
        if word.tag[0] == "n" and _GETTING.match(text, word.end, clause.span.end):
            found = _getting(text, clause, word)
            if found:
                return found
    return None


def _getting(text: str, clause: Clause, word: Word) -> Mention | None:
    """Who gets something as the subject: 普通村民|每人可获得5100元, if nobody has named them."""
    known = any(m.span.start <= word.start < m.span.end for m in clause.mentions if not m.amount)
    if known or not _names_somebody(text, word, clause.span.start) or governed(text, clause, word.start):
        return None
    phrase = noun_phrase_before(text, clause.span.start, word.end)
    start = phrase.start if phrase and phrase.end == word.end else word.start
    whose = _WHOSE.match(text, start, word.start)
    return _mention(text, clause, Span(whose.end() if whose else start, word.end))


def _behind(text: str, clause: Clause, parts: Sequence[Word], at: int, led: bool) -> Mention | None:
    """Who is named from a word on, if it is somebody, nobody has named them, and something follows that they get."""
    amounts = [m.span for m in clause.mentions if m.amount]
    known = {place: m for m in clause.mentions if not m.amount for place in range(m.span.start, m.span.end)}
    start: int | None = None
    for i in range(at, len(parts)):
        word = parts[i]
        if word.text in ("了", "过") and start is None:
            continue
        named = known.get(word.start)
        if named:
            return named if named.type in _GROUPS else None
        counted = word.tag[0] != "n" and any(span.start <= word.start < span.end for span in amounts)
        if counted or _QUANTITY.fullmatch(word.text):
            if start is not None and not led and parts[i - 1].tag[0] == "n":
                return None
            continue
        start = word.start if start is None else start
        after = parts[i + 1] if i + 1 < len(parts) else None
        ends = 2 if word.text.endswith("工资") and len(word.text) > 2 else 0  # 工人工资 is one word
        if (ends or _names_somebody(text, word, start)) and (ends or after is None or not _goes_on(after, led)):
            if led and after and after.text in _verbs("asked"):
                return None
            return _mention(text, clause, Span(start, word.end - ends))
        if word.end - start > _REACH or word.tag[0] in "pdcxr" or (word.tag == "v" and not _attributive(parts, i)):
            return None
    return None


@cache
def _verbs(kind: str) -> frozenset[str]:
    return frozenset(verb for of, line in rows("receiver-verbs") if of == kind for verb in line.split())


@cache
def _heads() -> frozenset[str]:
    return somebody() | words("group-heads")


def _names_somebody(text: str, word: Word, start: int) -> bool:
    """Does a noun end here that names people or bodies?"""
    if word.tag[0] == "v" and len(word.text) > 1 and word.text not in somebody():
        return False
    return longest_suffix(text, word.end, _heads(), _LONGEST, max(start, word.start - 2)) > 0


def _goes_on(after: Word, led: bool) -> bool:
    """Does the noun go on: 工人|宿舍, 学员|的|老师?"""
    if after.text == "的":
        return led
    return led and after.tag[0] in "nj" and after.text not in vocabulary("work-verbs")


def _attributive(parts: Sequence[Word], i: int) -> bool:
    """Does a verb only tell which ones: 加班|的|厨师, 外出就业|的|厨娘, 捐血|者?"""
    return any(word.text == "的" for word in parts[i + 1 : i + 4]) or any(w.text == "者" for w in parts[i + 1 : i + 2])


def _mention(text: str, clause: Clause, span: Span) -> Mention | None:
    """The group, by its name without what is counted."""
    counted = {at for m in clause.mentions if m.amount for at in range(m.span.start, m.span.end)}
    words_ = tagged(text, span.start, span.end)
    name = _EACH.sub("", "".join(w.text for w in words_ if w.start not in counted or w.tag[0] == "n")).lstrip("的")
    if len(name) < 2 or name in vocabulary("pronouns") | vocabulary("kin"):
        return None
    kind = "OrganisationGroup" if is_for_bodies(name) else "WorkerGroup"
    return Mention(kind, span, text[span.start : span.end], "receiver", name)
