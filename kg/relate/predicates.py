"""What the subject of a clause does, and where it ends: the verbs that tell of giving and doing, and what stands before them.

退休教师王秀兰 当场 向灾区 捐款 5万元        包子铺 每天 给环卫工 蒸 两百个包子
└ subject ──┘ └ adverb   └ gives           └subject┘         └ done for somebody: gives
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from kg.language.phrases import Word, relative, tagged
from kg.lexicon import Finder, rows, verbs, vocabulary, words
from kg.model import Span
from kg.relate.clauses import Clause
from kg.relate.stage import verb_kinds

# 企业捐赠占75%, 政府投资的公租房: here the verb names or tells which one is meant
_NOMINAL = re.compile(
    "的|占|额|物|总|倡议|通知|公告|号召|邀请|呼吁|声明|警告|提醒|消息|信号|[^,;。]{0,6}标准|资金(?![0-9]|[共约近超达])|款(?!待)|对象|人员|机制|制度|办法|措施|工作|基金|活动|仪式|金(?!额)|力度|政策|标准|证书|比例|项目|方|商|者|人(?!民币)|[^,;。]{0,16}的有|率"
)
_OF_HIS_OWN = re.compile("(?:而|但|可|还)?(?:自己|个人|自掏|自费)")
_DONATES = re.compile("捐|缴|交|付|出|花|凑|掏|拿|垫|集资|认")
_PAYS = re.compile(_DONATES.pattern + "|送|寄|汇|赠|借|转")
# Beside the words of the lexicon: 每户, 从工资里, 三次, 给村里, 把积蓄
_ASIDE = (
    "(?:短短|仅仅?|不到|前后)?[几数两三四五六七八九十半一0-9]+个?(?:天|月|年|小时|分钟|日|周|星期)(?:多|来|内|里|间|时间|之内|下来)*|"
    "每[人户家位名个亩吨斤箱车台月年]|从[^,;。:从]{1,10}[里中上]|[一二两三四五六七八九十几数多0-9]+次|"
    "(?:给|向|为)(?:[他她它我](?:们)?(?:家)?|[村镇乡县市家校厂]里)|[把将][^,;。:把将]{1,12}|,| "
)
_GETS = re.compile("[得挣赚领获]|挣了|赚了|领到|拿到|收入")  # 绣一只香包|得12元
_GIVEN = re.compile("[了出去来给上]|[0-9一两二三四五六七八九十几数]")  # 送|200个, and not 送件
_TO = frozenset("向给为对替帮")
_WHERE = frozenset(("在", "往", "到", "赴", "去", "来到", "走进", "通过", "经由", "委托"))
_THEN = ("后", "时")
_PERSONS = frozenset({"Person", "WorkerGroup"})
_REACH = 16


class Deed(NamedTuple):
    """A verb of a clause that tells what its subject does, and how: it `gives`, it `acts`, or some `other` way."""

    span: Span
    verb: str
    how: str

    @property
    def donates(self) -> bool:
        """Is it a verb of those who give what is theirs?"""
        return _DONATES.match(self.verb) is not None


def deeds(text: str, clause: Clause) -> Iterator[Deed]:
    """The verbs of giving and doing that a clause tells, in order, but for those that only name something."""
    span = clause.span
    if text.endswith("的", span.start, span.end):
        return  # 取得证书的,奖励500元
    parts = tagged(text, span.start, span.end)
    edges = {span.start, *(word.end for word in parts)}  # 送|去 may be one word or two
    start = span.start
    told = (Span(start + s.start, start + s.end) for s in _doing().spans(text[start : span.end]))
    known = {s for s in told if s.start in edges and s.end in edges}
    found = sorted({*known, *_others(parts, known)})
    named = [m.span for m in clause.mentions if not m.amount] if found else []
    for at in found:
        if any(s.start <= at.start < s.end for s in named) or _NOMINAL.match(text, at.end, span.end):
            continue
        verb = text[at.start : at.end]
        given = verb_kinds().get(verb) == "give" and _GIVEN.match(text, at.end)
        gives = verb in _giving() or given or _for_somebody(parts, at)
        yield Deed(at, verb, "gives" if gives else "acts" if at in known else "other")


def _others(parts: Sequence[Word], known: Iterable[Span]) -> Iterator[Span]:
    """Verbs that no list has, but for those of living, being, becoming, getting, saying and going."""
    taken = {place for span in known for place in range(span.start, span.end)}
    aside = _aside()
    found = [w for w in parts if w.tag == "v" and w.start not in taken and w.text not in aside]
    if not found:
        return
    got = max((word.start for word in parts if _GETS.fullmatch(word.text)), default=-1)
    for word in found:
        done = verb_kinds().get(word.text, "act") in ("act", "give")
        if word.start > got and (done or _for_somebody(parts, word.span)):
            yield word.span


@cache
def _aside() -> frozenset[str]:
    return words("attributive-verbs") | vocabulary("before-verbs") | vocabulary("idle-verbs")


def _for_somebody(parts: Sequence[Word], verb: Span) -> bool:
    """Is it said for whom the verb is done: 给孩子|织毛衣?"""
    led = [
        word
        for word in parts
        if word.start < verb.start and word.text in ("给", "为", "替", "帮", "把", "将") and word.tag in ("p", "v", "d")
    ]
    if not led or verb.start - led[-1].start > _REACH:
        return False
    between = [word for word in parts if led[-1].end <= word.start < verb.start]
    return bool(between) and not any(word.tag in ("v", "p") for word in between)


def subject_end(text: str, clause: Clause, deed: Deed) -> tuple[int, Deed]:
    """Where what stands before a deed ends, less adverbs, dates, amounts and for whom it is done; and the deed.

    What gives only where it is said for whom is else some other deed.
    """
    alone = _without_adverbs(text, clause, deed.span.start)
    end = _before_the_receiver(text, clause, alone)
    for_nobody = end == alone and deed.verb in words("verbs-for-others")
    return end, deed._replace(how="other") if for_nobody else deed


def gives_at_once(text: str, clause: Clause) -> str:
    """The verb of giving that a clause begins with, adverbs and whoever gets it aside: 当场捐了, 为敬老院添置.

    But for what somebody gives of his own (自己掏了), which is told against what others gave.
    """
    span = clause.span
    first = next(_givings().spans(text[span.start : span.end]), None)
    if first is None or _OF_HIS_OWN.match(text, span.start):
        return ""
    verb, at = text[span.start + first.start : span.start + first.end], span.start + first.start
    if verb in words("verbs-for-others") or "欠" in verb or _NOMINAL.match(text, at + len(verb), span.end):
        return ""
    return verb if _before_the_receiver(text, clause, _without_adverbs(text, clause, at)) == span.start else ""


def does_at_once(text: str, clause: Clause) -> bool:
    """Does a clause begin with what somebody told of before does: 卸下矿泉水120箱?"""
    first = next(deeds(text, clause), None)
    if first is None or "欠" in first.verb or first.verb in words("verbs-for-others"):
        return False  # 还欠1.2万元, 带来收入21万元
    return subject_end(text, clause, first)[0] == clause.span.start


def subject_of(text: str, clause: Clause) -> int:
    """Where the noun ends that a clause begins with, if one does: 亲戚们|东拼西凑, 承包食堂的餐饮公司|同意; -1 if none does."""
    named = {at for m in clause.mentions if not m.amount for at in range(m.span.start, m.span.end)}
    parts = tagged(text, clause.span.start, clause.span.end)
    which = 0 if clause.span.start in named else relative(parts)
    begins = parts[which].start if which < len(parts) else clause.span.end
    for word in parts[which:]:
        if word.start in named:
            continue  # 贾永刚, not 贾永|刚
        if word.tag[0] in "vdpi":
            return _without_adverbs(text, clause, word.start) if word.start > begins else -1
    return clause.span.end if parts and parts[0].tag[0] == "m" else -1  # 一位84岁的老大娘,


def is_of_ones_own(verb: str) -> bool:
    """Is it a verb of those who give what is theirs (捐, 凑), and not of those who hand out what is meant for others?"""
    return _PAYS.match(verb) is not None


@cache
def _giving() -> frozenset[str]:
    return frozenset({*words("verbs-for-others"), *words("giving-verbs"), *verbs("provide"), *verbs("spend")})


@cache
def _givings() -> Finder:
    return Finder(_giving())


@cache
def _doing() -> Finder:
    kinds = verb_kinds()
    done = {verb for verb, kind in kinds.items() if kind == "act" and len(verb) > 1}
    acting = {row[0] for row in rows("action-verbs") if len(row[0]) > 1 and kinds.get(row[0]) != "receive"}
    return Finder(_giving() | done | acting | vocabulary("work-verbs"))


@cache
def _adverbs() -> re.Pattern[str]:
    return re.compile(f"(?:{_any_of(vocabulary('before-verbs'))}|{_ASIDE})+$")


def _any_of(wordset: frozenset[str] | set[str]) -> str:
    return "|".join(sorted(wordset, key=lambda word: (-len(word), word)))


def _without_adverbs(text: str, clause: Clause, end: int) -> int:
    """Where the words before a place end that are not adverbs, dates or amounts."""
    while True:
        adverbs = _adverbs().search(text, max(clause.span.start, end - _REACH), end)
        before = _behind_a_name(clause, adverbs.start(), end) if adverbs else end
        aside = (m for m in clause.mentions if m.span.end == before and (m.amount or m.type == "Date"))
        before = min((m.span.start for m in aside), default=before)
        if before == end:
            words_before = tagged(text, clause.span.start, clause.span.end)
            before = next((w.start for w in words_before if w.end == end and w.tag in ("d", "ad")), end)
        if before == end:
            before = _when(text, clause, end)
        if before == end:
            return end
        end = before


def _behind_a_name(clause: Clause, at: int, end: int) -> int:
    """A place, or where the name ends that it would cut through: 成|都 is no adverb."""
    return next((m.span.end for m in clause.mentions if m.span.start < at < m.span.end <= end), at)


def _when(text: str, clause: Clause, end: int) -> int:
    """Where it begins, if what somebody did before ends at a place: 他|回家后, 陈女士|听说此事后."""
    if not text.endswith(_THEN, clause.span.start, end):
        return end
    named = (m.span.end for m in clause.mentions if m.type in _PERSONS and m.span.end < end)
    parts = [w for w in tagged(text, max(named, default=clause.span.start), end) if w.end <= end]
    whose = max((i for i, w in enumerate(parts) if w.text == "的"), default=-1)
    return next((w.start for w in parts[whose + 1 :] if w.tag[0] in "vp"), end)


def _before_the_receiver(text: str, clause: Clause, end: int) -> int:
    """Where a clause's subject ends whose receiver or place stands before the verb: 村民|向灾区捐款, 医生|去福利院|给孩子看病."""
    while True:
        words_before = [w for w in tagged(text, clause.span.start, clause.span.end) if w.end <= end]
        led = next((w for w in reversed(words_before) if w.text in _WHERE or _leads_to(w)), None)
        if led is None or end - led.start > _REACH:
            return end
        if led.text in _WHERE and any(w.start > led.start and (w.text == "的" or w.tag == "v") for w in words_before):
            return end  # 住在三楼的|周阿姨
        end = _without_adverbs(text, clause, led.start)


def _leads_to(word: Word) -> bool:
    """Does a preposition lead to whom something is for?"""
    return word.text in _TO and (word.tag == "p" or word.text in "帮替")
