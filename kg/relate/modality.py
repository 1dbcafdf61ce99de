"""Is a deed plainly told, or denied, on a condition, or only alleged?

    市总工会 尚未 发放 补助30万元        如果审核通过 , 市残联将补贴每户2000元        骗取 补助50万元
             neg  deed                   if ──────────────────────────────→            alleged

The words stand in `lexicon/modality.tsv`; a clause is judged by its own words, by a condition that opens its sentence,
and by what the clauses behind it take back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import cast

from kg.lexicon import rows, words
from kg.model import Modality, Span

# What a clause that takes back the one before begins with, where it says more than that it was not done.
_TURN = re.compile(r"(?:但|却|然而|不过|可是|可(?=[^以])|谁知|不料|结果|后来|后因|后|最终|最后|至今|迟迟|因故|目前)")
_INSTEAD = re.compile("改为|改成|改作|换成|变成|挪作")
# What is got back, stopped or made good is told plainly, whatever was done with it before.
_MADE_GOOD = re.compile(
    "发还|付清|还清|归还|终于[^,;。没未不]{0,6}(?:发|拿|领|到|兑)|结清|补齐|追回|追缴|追讨|讨回|要回|收回|挽回|退回|退还|返还|清退|清偿|清欠|补发|补缴|兑付|缴获|冻结|查扣|扣押|止付|拦截|避免|防止|举报奖|领回|罚款|罚金|罚没|被罚|并处"
)
# Cases that are counted are as many as are told: 移送涉嫌欠薪案11起.
_CASES = re.compile(
    r"案(?:件|例)?[^,]{0,4}?[\d一二三四五六七八九十百千万余多]+ ?[起件宗例]|[\d余多] ?[起件宗例][^,]{0,16}案"
)
# What is said of money that was come by so, in the clause behind.
_GOT = re.compile(
    "骗|吸收|领走|多领|冒领|[要拿卷收转]走|转账|汇款|汇出|打款|收了|交了|多得|多报|筹|募|套取|收取|获取|取得|领取|获利|得款|得手|敛|牟|非法|涉及|涉案|金额|共计|累计|捐|称(?:可|能|将|会)|可领|可获"
)
_CONSEQUENCE = re.compile(
    "则|将|可(?!能|是)|就|应|须|给予|予以|由|按|再|还能|不予|即|要|得(?!到|知)|最高|每|一次性|处|罚|赔|加收|承担|补助|补贴|奖励|发放|资助|减免|享受|白白|最多|给付|赔付|连|早就|恐怕|不成问题|没问题|就能|方能|才能|方可|立即|马上|下(?:周|个?月)|明[天年]|次[日月年]"
)
_HEEDED = re.compile("(?:应|根据|按照?|依据|采纳|听取|接受|吸收|响应|答应|同意|满足|回应|落实|经)[^,;。]{0,12}$")
_END = re.compile("$")
_DONE = re.compile("去年|前年|上月|昨[日天]|已|累计|[发给付领捐送拿得到花]了")  # 去年获奖的,每人发了1000元
_PLAINLY = re.compile("今年|去年|截至|已经?(?!被)|累计|至今")
_BOUND = re.compile(r"不(?:得|能|可|应|会|准|许|再)?(?:少于|低于|高于|超过|多于|大于|小于|超|足)")
_RESTRICTED = re.compile(r"的[^,的\d]{1,20}?")
_INSIDE = re.compile("(?:在|对|为|向|给|从|被)[^,;。的]{0,8}$")  # 在|暂停营业的商场设立岗位
_WHOM = re.compile(
    "[员工师者民户人众童妇队村]|学生|考生|毕业生|们|家庭|企业|单位|公司|学校|院|地区|对象|子女|他|她|姐妹|兄弟|夫妇|夫妻|俩|母[子女]|父[子女]|亲[人友]"
)
_ANYTHING = re.compile(r"[^,;。]{0,24}?")
# a condition behind a short subject: 职工|如有困难
_BEHIND = re.compile(
    "如(?:有|遇|需|系|属|确|果(?!说)|能|未|符合|发生|经)|若(?:有|遇|能|未|因|经|离|违|考|获|被|是|不|再|无|需|想|愿|达|满|逾)|如(?:离|违|考|获|被|不|再|无|想|愿|达|满|逾)|一旦|倘若|倘有|倘能|假如|假使|要是|只要(?![0-9一二两三几半])"
)
_SINCE = re.compile(
    "(?:已|终于|均|全部)[^,;。未没不无被]{0,8}(?:发放|支付|兑现|到账|到手|付清|补发|拿到|领到|还清|结清|归还|退还|退给)"
)
_REACH = 2  # clauses behind that may take it back


def modality_of(text: str, parts: Sequence[Span], i: int, told: Sequence[int]) -> Modality | None:
    """The modality of a clause; `parts` are the clauses of its sentence, `told` those with amounts of their own.

    >>> def of(sentence, i=0):
    ...     ends = [n for n, c in enumerate(sentence) if c == ","] + [len(sentence)]
    ...     starts = [0, *(end + 1 for end in ends)]
    ...     return modality_of(sentence, [Span(*at) for at in zip(starts, ends)], i, [i])
    >>> of("县总工会尚未发放补助30万元"), of("如果审核通过,将补贴2000元", 1), of("某公司骗取补助50万元")
    ('Negated', 'Conditional', 'Alleged')
    >>> of("原计划投入50万元,但因故取消"), of("对没有参保的职工发放补助500元"), of("每人不得低于300元")
    ('Negated', None, None)
    """
    clause = text[parts[i].start : parts[i].end]
    if _unmasked(text, parts, i, told):
        return "Alleged"
    if _MADE_GOOD.search(clause):
        if _not_made_good(clause) or _ends_so(clause):
            return "Negated"
    elif not _CASES.search(clause):
        before = text[parts[i - 1].start : parts[i - 1].end] if i else ""
        hearsay = _pattern("Alleged", "hearsay")
        if hearsay.search(before) or _said("Alleged", clause) or (_GOT.search(clause) and _carries(before)):
            return "Alleged"
        if (
            (_denied(clause) and not _made_up_for(text, parts, i, told))
            or _taken_back(text, parts, i, told)
            or _broken(text, parts, i, told)
        ):
            return "Negated"
    return "Conditional" if _conditional(text, parts, i) else None


def _said(modality: Modality, clause: str) -> bool:
    return any(_pattern(modality, how).search(clause) for how in ("word", "carried"))


def _carries(before: str) -> bool:
    """Does the clause before say something that makes this one doubtful, too?"""
    return _pattern("Alleged", "carried").search(before) is not None and not _MADE_GOOD.search(before)


def _denied(clause: str) -> bool:
    """Is the deed of the clause denied in the clause itself?"""
    clause = _BOUND.sub(lambda m: "至" * len(m.group()), clause)
    if _ends_so(clause) or any(not _restricts(clause, m.end()) for m in _pattern("Negated", "word").finditer(clause)):
        return True
    denials = [(m, _deed(20)) for m in _pattern("Negated", "deed").finditer(clause)]
    denials += [(m, _deed(2)) for m in _pattern("Negated", "next").finditer(clause)]
    objects = (m for m in _pattern("Negated", "object").finditer(clause) if not _INSIDE.search(clause, 0, m.end()))
    if any(_deed_of(_ANYTHING).match(clause, m.end()) for m in objects):
        return True
    for denial, deed in denials:
        done = deed.match(clause, denial.end())
        # 对没有领到低保金的职工发放…: what is denied only tells which ones are meant
        if done and not _restricts(clause, done.end()):
            return True
    return False


def _restricts(clause: str, at: int) -> bool:
    """Is what stands up to here only said of those whom the deed of the clause, which has an object behind it, is for?"""
    deed = _deed_of(_RESTRICTED).search(clause, at)
    if deed is None or not any(ch.isalnum() for ch in clause[deed.end() :]):
        return False
    return _WHOM.search(clause, deed.start(), deed.end()) is not None


def _not_made_good(clause: str) -> bool:
    """Is it denied that something was got back: 拒绝|退还, 撤回对企业的稳岗|返还?"""
    for how, between in (("deed", "[^,;。的]"), ("next", "[^,;。的]"), ("object", "[^,;。并且]")):
        good = re.compile(f"{between}{{0,20}}?(?:{_MADE_GOOD.pattern})")
        if any(good.match(clause, denial.end()) for denial in _pattern("Negated", how).finditer(clause)):
            return True
    return False


def _taken_back(text: str, parts: Sequence[Span], i: int, told: Sequence[int]) -> bool:
    """Do the clauses behind say that it was not done: …50万元,但因故取消?"""
    for j in range(i + 1, min(i + 1 + _REACH, len(parts))):
        if j in told or ";" in text[parts[j - 1].end : parts[j].start]:
            return False
        clause = text[parts[j].start : parts[j].end]
        if _ends_so(clause) or (_TURN.match(clause) and (_denied(clause) or _INSTEAD.search(clause))):
            return True
    return False


def _unmasked(text: str, parts: Sequence[Span], i: int, told: Sequence[int]) -> bool:
    """Is what is quoted then called untrue: “您有2000元待领取”,民警提醒这是诈骗?"""
    last = i
    while last + 1 < len(parts) and last - i < _REACH and last + 1 not in told:
        last += 1
    opened = text.rfind("“", parts[0].start, parts[i].end)
    return opened >= 0 and _pattern("Alleged", "unmasked").search(text, parts[i].start, parts[last].end) is not None


def _made_up_for(text: str, parts: Sequence[Span], i: int, told: Sequence[int]) -> bool:
    """Does the next clause say that it has been done since: 曾被拖欠的工资70万元,已全部发放到位?"""
    if i + 1 == len(parts) or i + 1 in told or ";" in text[parts[i].end : parts[i + 1].start]:
        return False
    return _SINCE.search(text, parts[i + 1].start, parts[i + 1].end) is not None


def _broken(text: str, parts: Sequence[Span], i: int, told: Sequence[int]) -> bool:
    """Was it promised and not done: 说好的300元,到头来一场空?"""
    last = next(
        (j - 1 for j in range(i + 1, min(i + 1 + _REACH, len(parts))) if j in told), min(i + _REACH, len(parts) - 1)
    )
    stretch = text[parts[i].start : parts[last].end].partition(";")[0]
    promise = _pattern("Negated", "promise").search(stretch, 0, len(parts[i]))
    if promise is None or _pattern("Negated", "kept").search(stretch):
        return False
    return _pattern("Negated", "broken").search(stretch, promise.end()) is not None


def _ends_so(clause: str) -> bool:
    return _ending().search(clause.rstrip("了。!?;, ”")) is not None


def _conditional(text: str, parts: Sequence[Span], i: int) -> bool:
    """Does a condition open the sentence, or stand in the clause, or is it only wished for?"""
    clause = text[parts[i].start : parts[i].end]
    last = parts[i + 1] if clause.endswith("的") and i + 1 < len(parts) else parts[i]  # 达到2000万元的,可申报
    ruled = _pattern("Conditional", "word").search(text, parts[max(0, i - 1)].start, last.end)
    if ruled and not _DONE.search(clause):
        return True
    if any(_wished(clause, wish, _deed(20)) for wish in _pattern("Conditional", "deed").finditer(clause)):
        return True
    before = text[parts[i - 1].start : parts[i - 1].end] if i else ""
    if any(_wished(before, wish, _END) for wish in _pattern("Conditional", "deed").finditer(before)):
        return True
    for j in range(i, -1, -1):
        if j < i and _PLAINLY.search(clause):
            return False  # 只要职工有需求就上门,今年走访600户
        if j < i and ";" in text[parts[j].end : parts[j + 1].start]:
            return False
        begin = text[parts[j].start : parts[j].end].lstrip(" “(")
        if _pattern("Conditional", "if").match(begin) or _BEHIND.search(begin, 0, 14):
            return any(_CONSEQUENCE.search(text, part.start, part.end) for part in _joined(text, parts[j:])[1:])
    return False


def _wished(clause: str, wish: re.Match[str], then: re.Pattern[str]) -> bool:
    """Is what follows a wish only wished for, as it is not where the wish was heeded: 根据代表建议|安排50万元?"""
    return then.match(clause, wish.end()) is not None and not _HEEDED.search(clause, 0, wish.start())


def _joined(text: str, parts: Sequence[Span]) -> Sequence[Span]:
    """The clauses up to a semicolon."""
    for k in range(1, len(parts)):
        if ";" in text[parts[k - 1].end : parts[k].start]:
            return parts[:k]
    return parts


@cache
def _pattern(modality: Modality, how: str) -> re.Pattern[str]:
    """One pattern of all that tells it so."""
    found = [row[0] for row in rows("modality") if cast(Modality, row[1]) == modality and how in row[2].split()]
    return re.compile("|".join(f"(?:{each})" for each in found) or "(?!)")


@cache
def _ending() -> re.Pattern[str]:
    return re.compile(f"(?:{_pattern('Negated', 'end').pattern})$")


@cache
def _verbs() -> str:
    deeds = words("action-verbs") | words("money-words", 1, "verb") | words("receiving-verbs") | words("deeds")
    return (
        "|".join(sorted((w for w in deeds if len(w) > 1), key=lambda w: (-len(w), w)))
        + "|批(?:下来|准|复)?|进过?账|入账|到手|到账|见[到着]|落地|收到|拿到|领到|发|付|给(?!出)|拨|缴|交|捐|掏|(?:出|花|借|还|赔)(?=[过了钱资])|(?:补助|补贴|奖励)(?![金款费标])"
    )


@cache
def _deed(reach: int) -> re.Pattern[str]:
    """A deed not further away than this, on the near side of a 的."""
    return re.compile(f"[^,;。的]{{0,{reach}}}?(?:{_verbs()})")


@cache
def _deed_of(before: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(f"{before.pattern}(?:{_verbs()})(?![金款费者人物])")
