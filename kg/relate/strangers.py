"""Does somebody give who is no body that the text was found to name?

    [县慈善会 发布 公告]。 退休教师王秀兰 捐款 5万元        老人的儿子 拿出 1万元        互助县 投入 50万元
                           └ stranger ──┘ └giving            └stranger┘ └giving          └ place as a subject

Then what is given is not the gift of the body spoken of before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from kg import ontology
from kg.language.phrases import Word, noun_phrase_before, tagged
from kg.lexicon import longest_suffix, rows, vocabulary, words
from kg.model import Mention, Span
from kg.recognise.names import COURTESY, name_at
from kg.relate.clauses import Clause
from kg.relate.predicates import Deed, deeds, subject_end, subject_of
from kg.relate.roles import part_of
from kg.relate.stage import verb_kinds

_LED = re.compile(
    "(?:还|并|另|分别|共)?(?:为|向|给|对|把|将|被|让|从|由|用|以|与|跟|同|替|帮|使|帮助|面向|来自|包括|针对|惠及|用于)"
)
_HIT = re.compile("被[一-鿿]{1,2}者$")  # 被救者|家属
_TOWARDS = re.compile("(?:同时|分别|继续|[也还又并已将再另共])*[向给为对](?![口外应])")
_TO = frozenset("向给为帮替")
_GIVES = re.compile("[捐送]")
_CALLED_SO = re.compile("(?:署名|化名|落款|网名|自称|取名|名)(?:为|叫)")
_BARE = re.compile("公司|企业|集团|厂|店|医院|学校|学院|银行|协会|商会|基金会|合作社|团队|部门|单位|机构|中心")
_BESIDE = re.compile("个人[捐出][^,;。]{0,12}[,、;]$")
# Who bears something and is only of a kind: 由接收单位发放.
_BEARS = re.compile(
    r"由(?:各|当地|全体|相关|[0-9]+楼(?:以上)?|[0-9一二三四五六七八九十百千两几]+余?[户名家个位])*(?P<who>[^,;。:由的各\d]{0,6}?(?:单位|企业|公司|工会|部门|机构|平台|医院|学校|村集体|合作社|厂家|商家|开发商|大队|支队|乡镇|街道|乡里|镇里|村里"
    r"|(?P<people>家庭|住户|业主|农户|村民|居民|家属|家长|学生|患者)))"
    r"(?:自行|自己|分别|全额|共同|按[^,;。]{1,6}|先行|负责|统一|予以|承担的)*"
    r"(?:[从用][^,;。由]{1,8}[里中内]?)?(?:承担|负担|分摊|自筹|垫付|支付|兑付|发放|解决|出资|缴纳|赔付|赔偿|补足|兜底|买单|出(?=[,。;]|$)|报销|列支|配套)"
)
_SUBJECTS = frozenset({"Person", "Place", *ontology.subclasses("Group")})
_GROUPS = ontology.subclasses("Group")
_HELPS = re.compile("补(?![缴交齐足偿种])|奖")  # 种粮大户|补贴8万元: they get it
_EACH = re.compile("(?<![给向为])每[人户名位家]|人均|户均")
_GOT = re.compile("获得|领取|领到|分到|分得|拿到|得到")
_EACH_OF = re.compile("每一?[个家所户名位间座]")
_WIDE = re.compile(r"\s*(?:[故而但且则]|因此|于是|当时)?(?:全[国省市县区镇乡州]|各(?!地))?")
_KINDS = ("Company", "Institution", "School")
_REACH = 16
_HE = re.compile("(?<![一-鿿])[他她]$")
_THIS = re.compile("[该本此]")
_SEVERAL = re.compile("[两三四五六七八九十几多数众0-9]余?[位名个]|[各众]位?|全体|不少|许多|很多|一些")
_OFFICES = frozenset("局厅部委办处站所院会厂店社")  # what ends in one is no name of a person
_ENDS = frozenset("店厂站所院馆房厅处室社行队局场吧坊铺摊库校")
_WORKS = ("工程", "项目", "行动", "计划")  # 十大民生工程|完成投资: nobody
_LONGEST = 6  # characters of a word for a kind of people
_ELDERS = frozenset(("老伯", "大伯", "老汉", "大娘", "阿公", "阿婆", "婆婆", "爷爷", "大嫂", "嫂"))
_CALLED = COURTESY | {
    "们",
    "老人",
    "老伯",
    "老两口",
    "一家",
    "一家人",
    "夫妇",
    "夫妻",
    "夫妻俩",
    "母女",
    "母子",
    "父子",
    "父女",
    "兄弟",
    "姐妹",
}


class Stranger(NamedTuple):
    """Somebody who gives and is no known body: where they are named, and the mention that names them, if one does."""

    span: Span
    mention: Mention | None = None
    here: bool = False  # in this clause alone, and not what comes after

    def as_group(self, text: str) -> Mention | None:
        """The kind of people or bodies that an ordinary noun names them as (同事们, 领带厂), or somebody called 老刘, 马会计."""
        called = None if self.mention else _titled(text, self.span)
        if called:
            return Mention("Person", Span(*called.span()), called.group(), "giver", called.group())
        span = None if self.mention else self._noun(text)
        if span is None:
            return None
        wide = _WIDE.match(text, span.start, span.end)
        span = Span(wide.end(), span.end) if wide else span  # 全市|消委会
        name = text[span.start : span.end]
        name = name[:-1] if name[-1] == "们" and name[:-1] in words("group-heads") else name
        one = name in vocabulary("kin") and not _SEVERAL.search(text, self.span.start, span.start)
        if len(name) < 2 or one or name in vocabulary("pronouns") or name.endswith(_WORKS):
            return None  # 自己 and 儿子 are one person, whoever it is; 几位战友 are not
        return Mention("OrganisationGroup" if is_for_bodies(name) else "WorkerGroup", span, name, "giver", name)

    def _noun(self, text: str) -> Span | None:
        """The noun that names them, behind the last 的."""
        phrase = noun_phrase_before(text, self.span.start, self.span.end)
        if phrase and phrase.end == self.span.end:
            ends = [
                text.rfind(word, phrase.start, phrase.end) + len(word)
                for word in vocabulary("causing-verbs")
                if word in text[phrase.start : phrase.end]
            ]
            return Span(max(phrase.start, text.rfind("的", phrase.start, phrase.end) + 1, *ends), phrase.end)
        kind = longest_suffix(text, self.span.end, words("group-heads"), _LONGEST, self.span.start)
        kind = kind or longest_suffix(text, self.span.end, somebody(), _LONGEST, self.span.start)
        return Span(self.span.end - kind, self.span.end) if kind else None


def stranger_gives(text: str, clause: Clause, before: Sequence[str] = ()) -> Stranger | None:
    """Who stands before the clause's first verb of giving and is no known body.

    `before` are the names of those who acted before: their own place may stand for them (濮阳市 for its Red Cross).

    >>> from kg.model import Mention, Span
    >>> texts = "退休教师王秀兰捐款5万元", "专项资金支付5万元", "争取企业捐赠5万元"
    >>> [stranger_gives(t, Clause(Span(0, len(t)), [], {}, "")) for t in texts]
    [Stranger(span=Span(start=0, end=7), mention=None, here=False), None, None]
    """
    for deed in deeds(text, clause):
        end, deed = subject_end(text, clause, deed)
        found = _stranger(text, clause, end, before) if end > clause.span.start else None
        found = found or (_head(text, clause, end) if deed.how == "gives" else None)
        if deed.how != "gives" and not (found and _serves(text, clause, found, deed)):
            continue
        if deed.how == "other" and found:
            found = found._replace(here=found.mention is not None or not found.as_group(text))
        return None if found and _gets(text, found, deed) else found
    return None


def subject(text: str, clause: Clause) -> Stranger | None:
    """Who is the subject of a clause, whatever it tells, if it is somebody and no known body.

    >>> from kg.model import Span
    >>> subject("亲戚们东拼西凑", Clause(Span(0, 7), [], {}, "")).as_group("亲戚们东拼西凑").name
    '亲戚们'
    """
    end = subject_of(text, clause)
    first = tagged(text, clause.span.start, end)[0] if end > clause.span.start else None
    if first is None or (first.text in vocabulary("organisation-stops") and first.tag[0] != "m"):
        return None  # 利用|邮政网点, but 一位|男士
    return _stranger(text, clause, end, ())


def _head(text: str, clause: Clause, end: int) -> Stranger | None:
    """Who a clause begins with, where he only does something else before he gives: 周师傅|买药|花了700元."""
    first = next((m for m in clause.mentions if not m.amount and m.type != "Date"), None)
    if first is None or first.type != "Person" or first.span.end >= end or governed(text, clause, first.span.start):
        return None
    between = tagged(text, first.span.end, end)
    passive = any(
        word.text in "被由获得收领让使" or verb_kinds().get(word.text) in ("receive", "speak") for word in between
    )
    does = between and (between[0].tag[0] in "vpd" or not someone_named(text, between[0].start, between[0].end))
    return Stranger(first.span, first) if does and not passive else None


def _serves(text: str, clause: Clause, found: Stranger, deed: Deed) -> bool:
    """Is it a kind of body, or people who are there to help, at the head of the clause: what they do they do themselves?"""
    group = found.mention or found.as_group(text)
    if group is None:
        says = any(verb in text[found.span.end : deed.span.start] for verb in ("表示", "承诺"))
        return not says and _HE.search(text, found.span.start, found.span.end) is not None
    if found.mention and deed.verb in words("verbs-for-others"):
        return False  # 李明|买空调: for himself
    helps = part_of(group.name)
    if group.type == "WorkerGroup" and helps != "help" and (found.mention or helps == "helped"):
        return False  # 配送员领到礼物, 老人走上台
    if group.type == "Place" and (deed.how != "acts" or group.text.startswith("全")):
        return False
    before = tagged(text, clause.span.start, group.span.end)
    first = next(word for word in before if word.end > group.span.start)
    named = {place for m in clause.mentions for place in range(m.span.start, m.span.end)}  # 运输公司司机|马强
    ahead = (w for w in before if w.start < first.start and w.text != "由" and w.start not in named)
    led = any(word.tag in ("v", "p", "vn", "c", "r") for word in ahead)
    named_here = group.type == "Person"
    return (
        not led and (named_here or first.tag != "v") and first.text not in vocabulary("organisation-stops")
    )  # 利用|邮政网点


def _gets(text: str, found: Stranger, deed: Deed) -> bool:
    """Is it a group that gets what the verb tells: 种粮大户|补贴8万元, 骑手每人|赠送保险1份, 村民获得3200元|分红?"""
    if _GOT.search(text, found.span.end, deed.span.start):
        return True
    if found.mention is None:
        counted = _EACH_OF.search(text, found.span.start, found.span.end)
        return counted is not None and not deed.donates  # 每个食堂|补贴3万元
    if found.mention.type not in _GROUPS:
        return False
    low = max(0, found.span.start - 2)
    each = _EACH.search(text, found.span.end, deed.span.start) or _EACH.fullmatch(text, low, found.span.start)
    return (each is not None and not deed.donates) or _HELPS.match(deed.verb) is not None


def bearer(text: str, clause: Clause) -> Mention | None:
    """Those of a kind who bear what a clause tells.

    >>> from kg.model import Span
    >>> [bearer(t, Clause(Span(0, len(t)), [], {}, "")).text for t in ("实习补贴由接收单位发放", "余下的由3楼以上住户分摊")]
    ['接收单位', '住户']
    """
    match = _BEARS.search(text, clause.span.start, clause.span.end)
    if match is None:
        return None
    kind = "WorkerGroup" if match["people"] else "OrganisationGroup"
    return Mention(kind, Span(*match.span("who")), match["who"], "giver", match["who"])


@cache
def _familiar() -> re.Pattern[str]:
    """老吴, 小李: a surname as friends say it."""
    return re.compile(f"[老小阿]{_family()}$")


def _titled(text: str, span: Span) -> re.Match[str] | None:
    """老刘, 马会计, 胡教授 at the end of a stretch: a surname with what one calls him or his post, behind nothing or a noun."""
    called = _titles().search(text, span.start, span.end)
    if called is None or called.start() == span.start:
        return called
    before = next(word for word in reversed(tagged(text, span.start, span.end)) if word.start < called.start())
    return called if before.end == called.start() and before.tag[0] in "nuxf" else None  # 水果|商|老蔡, 村里的|老何


@cache
def _titles() -> re.Pattern[str]:
    posts = "|".join(sorted(words("posts") | COURTESY | _ELDERS, key=lambda post: (-len(post), post)))
    return re.compile(f"(?:[老小阿]{_family()}|{_family()}(?:老板|老总|工|{posts}))$")


@cache
def _family() -> str:
    return f"(?:{'|'.join(sorted(name for name in words('surnames') if len(name) == 1))})"


def someone_named(text: str, start: int, end: int) -> bool:
    """Does a stretch end in a word for somebody?

    >>> someone_named("爱心人士", 0, 4), someone_named("抗洪救灾", 0, 4)
    (True, False)
    """
    return longest_suffix(text, end, somebody(), _LONGEST, start) > 0


@cache
def somebody(kind: str = "") -> frozenset[str]:
    """What people and bodies are called, or those of one kind: people, bodies; or places that are neither."""
    told = (line for of, line in rows("somebody") if of == kind or (not kind and of != "places"))
    officers = (post for post in words("posts") if post[-1] in "长员任席官")  # 站长; not 运营
    people = [*officers, *words("posts", 1, "occupation")] if kind in ("", "people") else []
    return frozenset([*(word for line in told for word in line.split()), *people])


def is_for_bodies(name: str) -> bool:
    """Is it a kind of bodies that a name tells, and not of people?

    >>> is_for_bodies("律师事务所"), is_for_bodies("律师")
    (True, False)
    """
    people = longest_suffix(name, len(name), somebody("people"), _LONGEST)
    return longest_suffix(name, len(name), _bodies(), _LONGEST) > people or (not people and name[-1] in _ENDS)


@cache
def _bodies() -> frozenset[str]:
    return somebody("bodies") | _body_words(True) | words("group-heads", 1, "OrganisationGroup")


@cache
def _body_words(named: bool = False) -> frozenset[str]:
    """Words for bodies of a kind; where a name stands before, those too that tell what a company makes: 江川|能源."""
    known = [row for row in rows("organisation-suffixes") if len(row[0]) > 1 and row[1] in _KINDS]
    return frozenset(word for word, _, how in known if how != "told" and (named or how != "brand"))


def _body_by_its_end(words_before: Sequence[Word], end: int) -> int:
    """How long the noun is that ends at a place as the names of bodies do: 健身房, 营业厅, 汽车站; 0 if none does."""
    if not words_before or words_before[-1].end != end:
        return 0
    noun = words_before[-1]
    if len(noun.text) == 1 and len(words_before) > 1 and words_before[-2].tag[0] == "n":
        noun = Word(words_before[-2].start, words_before[-2].text + noun.text, "n")  # 山货|店
    is_body = (
        noun.tag[0] == "n" and len(noun.text) > 2 and noun.text[-1] in _ENDS and noun.text not in somebody("places")
    )
    return len(noun.text) if is_body else 0


def _behind_name(words_before: Sequence[Word], at: int) -> bool:
    """Does a name, and no ordinary noun, end at a place?"""
    return any(word.end == at and word.tag in ("ns", "nr", "nz") for word in words_before)


def _stranger(text: str, clause: Clause, end: int, before: Sequence[str]) -> Stranger | None:
    """Who ends here, if it is somebody, and the subject of the clause."""
    start = clause.span.start
    named = [m for m in clause.mentions if m.span.end == end or text[m.span.end : end] in _CALLED]
    named += [
        m for m in clause.mentions if m.type == "Person" and text[m.span.end : end] in words("posts")
    ]  # 李明|校长
    if named:
        whole = min(named, key=lambda m: m.span.start)
        own = whole.type == "Place" and any(name.startswith((whole.text, whole.name or whole.text)) for name in before)
        known = whole.type in _SUBJECTS and not own and not governed(text, clause, whole.span.start)
        return Stranger(whole.span, whole) if known else None
    low = max([start, end - _REACH, *(m.span.end for m in clause.mentions if m.span.end < end)])
    beside = text[low:end] == "单位" and _BESIDE.search(
        text, max(0, low - _REACH), low
    )  # 个人捐款72万元,单位捐款44万元
    if before and not beside and _BARE.fullmatch(text, low, end):
        return None  # 集团拿出47万元: a word for the body that was named before
    parts = tagged(text, low, end)
    edges = {word.start for word in parts}
    known = text[end - 1] in _OFFICES  # 水务局
    names = (at for at in (end - 3, end - 2) if at in edges and not known and name_at(text, at, True) == Span(at, end))
    thing = parts[-1].tag == "n" and len(parts[-1].text) == 2 and parts[-1].text[1] in words("surnames")  # 小麦
    by_name = None if thing else _familiar().search(text, low, end)
    by_name = by_name or _titled(text, Span(low, end))
    ends = longest_suffix(text, end, somebody(), _LONGEST, low)  # 邻居, 面馆, 站长
    ends = ends or _body_by_its_end(parts, end)
    kind = longest_suffix(text, end, words("group-heads"), _LONGEST, low)  # 师生, 社会组织
    body = longest_suffix(text, end, _body_words(), _LONGEST, low)  # 律师事务所
    brand = longest_suffix(text, end, _body_words(True), _LONGEST, low)
    body = brand if _behind_name(parts, end - brand) else body
    told = [*([by_name.start()] if by_name else []), *(end - size for size in (ends, kind, body) if size)]
    who = min([*names, *told], default=None)
    if who is None:
        return None
    who = max(edge for edge in edges | {low} if edge <= who)  # 邻居|们 begins where the word does
    if _THIS.match(text, who):
        return None  # 该所: the one named before
    return None if governed(text, clause, who) else Stranger(Span(low, end))


def governed(text: str, clause: Clause, at: int) -> bool:
    """Does a preposition or a verb before a place have as its object what stands there: 向4万名|职工, 争取|企业?"""
    if _CALLED_SO.fullmatch(text, max(clause.span.start, at - 3), at):
        return False  # 署名为|“好心人”
    hit = _HIT.search(text, clause.span.start, at)
    words_before = tagged(text, clause.span.start, hit.start() if hit else at)
    for i, word in reversed(list(enumerate(words_before))):
        if word.text == "由":
            return False
        if word.text == "的":
            # a clause that only tells which one is meant, but for 向县残联的职工, 网友们为17岁的林小静
            if any(word.text in words("giving-verbs") or _GIVES.match(word.text) for word in words_before[:i]):
                return False  # 为学校捐款的|李明
            called = _CALLED_SO.search(text, clause.span.start, word.start) is not None  # 署名为“好心人”的|女士
            return not called and (_led_over(words_before[:i]) or _TOWARDS.match(text, clause.span.start) is not None)
        if word.text in vocabulary("causing-verbs"):
            return False
        if any(m.span.start <= word.start < m.span.end for m in clause.mentions):
            continue  # 县|供电|公司
        attributive = word.text in words("attributive-verbs")
        done = i + 1 < len(words_before) and words_before[i + 1].text in ("了", "过")  # 还|了|农资店
        if ((done or word.tag in ("p", "v", "vn")) and not attributive) or _LED.fullmatch(word.text):
            return True
    return False


def _led_over(before: Sequence[Word]) -> bool:
    """Does a preposition stand before what only tells of somebody what he is like: 为|17|岁, 给|患病, 为|贫困、品学兼优?"""
    for word in reversed(before):
        if word.text in _TO:
            return True
        if word.tag[0] not in "amqntli" and word.text != "、" and word.text not in words("attributive-verbs"):
            return False
    return False
