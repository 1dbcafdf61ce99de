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
from kg.language.phrases import noun_phrase_before, tagged
from kg.lexicon import longest_suffix, rows, verbs, vocabulary, words
from kg.model import Mention, Span
from kg.recognise.names import COURTESY, name_at
from kg.relate.clauses import Clause
from kg.relate.roles import part_of
from kg.relate.stage import verb_kinds

_ADVERBS = re.compile(
    "(?:也|还|都|就|又|应当?|必须|须|理应|依法|按约|同意|逐户|挨户|入户|逐一|逐个|跟着|接着|一同|一齐|一块儿?|相继|已|已经|再|另|另外|则|均|将|要|共|共同|一共|总共|累计|先后|陆续|主动|自愿|自发|自己|自掏腰包|挨家挨户|挨家|当场|自费|个人|一人|一起|一道|联合|"
    "全|一并|一股脑儿?|通通|每年|每月|每天|每周|每学期|每季度|每晚|上门|免费|义务|无偿|每[人户家位名个亩吨斤箱车台月年]|户均|人均|各|各自|分别|一次性|当场|当即|随即|立即|立刻|马上|毅然|默默|悄悄|匿名|带头|率先|首先|纷纷|踊跃|全部|全都|悉数|如数|统统|慷慨|积极|专门|又|曾|"
    "曾经|今年|去年|当年|当天|当日|去年底|年初|年底|前后|至今|一直|坚持|连续|愿意|决定|计划|准备|打算|承诺|表示|可以|需要|需|只|仅|只需|仅需|"
    "咬牙|咬着牙|硬是|含泪|当众|毫不犹豫(?:地)?|二话不说|爽快地?|独自|亲手|省吃俭用|节衣缩食|东拼西凑|想方设法|一个人|靠自己|终于|最终|最后|总算|刚刚?|"
    "从中|及时|现场|为此|从[^,;。:从]{1,10}[里中上]|[一二两三四五六七八九十几数多0-9]+次|(?:给|向|为)(?:[他她它我](?:们)?(?:家)?|[村镇乡县市家校厂]里)|[把将][^,;。:把将]{1,12}|,| )+$"
)
# Bodies, and people too, by the end of what they are called.
_BODIES = (
    "公司|企业|集团|厂|厂家|商家|开发商|承包商|供应商|经销商|厂商|加盟商|店|餐馆|面馆|医院|学校|中学|小学|大学|学院|银行|协会|商会|基金会|合作社|村委会|居委会|"
    "校方|院方|厂方|资方|企业方|团队|村集体|网点|会所|红十字会|慈善总?会|检察院|法院|派出所|食堂|[厂矿校院站场]工会|(?:劳动监察|交警|消防|执法|城管)(?:大队|支队|中队)|家长委员会|家委会|业委会|业主委员会|消协|消委会|残联|妇联|团委|工商联|侨联|科协|关工委|老龄委|"
    "(?:民政|财政|教育|人社|水利|农业农村|卫健|住建|司法|公安|交通|文旅|商务|医保|税务|林业|环保|乡村振兴|应急管理|移民管?理?|城管|审计|体育|气象|烟草|邮政|供销)局"
)
_WHO = re.compile(
    "(?:们|同事|业主|摊主|包工头|工头|失主|物主|房东|债主|雇主|船主|车主|户主|买家|卖家|甲方|乙方|亲属|亲人|恩人|歌手|[员工师手者民户友侨嫂匠医护警兵妈爸爷奶婆叔伯姨哥姐弟妹娘]|[男女老]人|家人|友人|工人|商人|军人|夫妇|夫妻|夫妻俩|母女|母子|父子|父女|祖孙|姐弟|兄妹|老板|老总|先生|女士|同学|同胞|"
    "儿子|女儿|父亲|母亲|父母|子女|家属|家长|亲友|亲戚|朋友|邻居|乡亲|老乡|同乡|校友|学生|医生|书记|主任|经理|董事长|主席|会长|院长|校长|村长|"
    "村里|镇里|县里|市里|省里|乡里|区里|厂里|对方|双方|爱心人士|社会人士|热心人|网友|家庭|自己|他|她|我|两人|二人|大家|有人|华侨|侨胞|同胞|"
    f"{_BODIES})$"
)
_LED = re.compile(
    "(?:还|并|另|分别|共)?(?:为|向|给|对|把|将|被|让|从|由|用|以|与|跟|同|替|帮|使|帮助|面向|来自|包括|针对|惠及|用于)"
)
_CAUSES = frozenset(
    (
        "发动",
        "动员",
        "号召",
        "倡议",
        "带动",
        "引导",
        "鼓励",
        "协调",
        "促成",
        "督促",
        "敦促",
        "责令",
        "说服",
        "判决",
        "判令",
        "裁定",
        "裁决",
        "要求",
        "请求",
    )
)  # 发动职工捐款: it is they who give
_OF_HIS_OWN = re.compile("(?:而|但|可|还)?(?:自己|个人|自掏|自费)")
_HIT = re.compile("被[一-鿿]{1,2}者$")  # 被救者|家属
_TO = frozenset("向给为对替帮")
_TOWARDS = re.compile("(?:同时|分别|继续|[也还又并已将再另共])*[向给为对](?![口外应])")
_BODY = re.compile(f"(?:{_BODIES})$")
_BARE = re.compile("公司|企业|集团|厂|店|医院|学校|学院|银行|协会|商会|基金会|合作社|团队")
# 企业捐赠占75%, 政府投资的公租房: here the verb names or tells which one is meant
_NOMINAL = re.compile(
    "的|占|额|物|总|倡议|通知|公告|号召|邀请|呼吁|声明|警告|提醒|消息|信号|[^,;。]{0,6}标准|资金|款(?!待)|对象|人员|机制|制度|办法|措施|工作|基金|活动|仪式|金(?!额)|力度|政策|标准|证书|比例|项目|方|者|人(?!民币)|[^,;。]{0,16}的有|率"
)
# Who bears something and is only of a kind: 由接收单位发放.
_BEARS = re.compile(
    r"由(?:各|当地|全体|相关|[0-9]+楼(?:以上)?)*(?P<who>[^,;。:由的各\d]{0,6}?(?:单位|企业|公司|工会|部门|机构|平台|医院|学校|村集体|合作社|厂家|商家|开发商|大队|支队|乡镇|街道|乡里|镇里|村里"
    r"|(?P<people>家庭|住户|业主|农户|村民|居民|家属|家长|学生|患者)))"
    r"(?:自行|自己|分别|全额|共同|按[^,;。]{1,6}|先行|负责|统一|予以|承担的)*"
    r"(?:[从用][^,;。由]{1,8}[里中内]?)?(?:承担|负担|分摊|自筹|垫付|支付|兑付|发放|解决|出资|缴纳|赔付|赔偿|补足|兜底|买单|出(?=[,。;]|$)|报销|列支|配套)"
)
_SUBJECTS = frozenset({"Person", "Place", *ontology.subclasses("Group")})
_GROUPS = ontology.subclasses("Group")
_HELPS = ("补助", "补贴", "奖")  # 种粮大户|补贴8万元: they get it
_EACH = re.compile("每[人户名位家]|人均|户均")
_EACH_OF = re.compile("每一?[个家所户名位间座]")
_DONATES = re.compile("捐|缴|交|付|出|花|凑|掏|拿|垫|集资|认")
_PAYS = re.compile(_DONATES.pattern + "|送|寄|汇|赠|借|转")
_WIDE = re.compile("全[国省市县区镇乡州]|各")
_KINDS = ("Company", "Institution", "School")
_REACH = 16
_OFFICES = frozenset("局厅部委办处站所院会厂店社")  # what ends in one is no name of a person
_LONGEST = 6  # characters of a word for a kind of people
_CALLED = COURTESY | {"们", "一家", "夫妇", "夫妻", "夫妻俩", "母女", "母子", "父子", "父女", "兄弟", "姐妹"}


class Stranger(NamedTuple):
    """Somebody who gives and is no known body: where they are named, and the mention that names them, if one does."""

    span: Span
    mention: Mention | None = None

    def as_group(self, text: str) -> Mention | None:
        """The kind of people or bodies that an ordinary noun names them as (同事们, 领带厂), or somebody called 老刘, 马会计."""
        called = None if self.mention else _titled().search(text, self.span.start, self.span.end)
        if called:
            return Mention("Person", Span(*called.span()), called.group(), "giver", called.group())
        span = None if self.mention else self._noun(text)
        if span is None:
            return None
        wide = _WIDE.match(text, span.start, span.end)
        span = Span(wide.end(), span.end) if wide else span  # 全市|消委会
        name = text[span.start : span.end]
        name = name[:-1] if name[-1] == "们" and name[:-1] in words("group-heads") else name
        if len(name) < 2 or name in vocabulary("pronouns") | vocabulary("kin"):
            return None  # 自己 and 儿子 are one person, whoever it is
        body = _BODY.search(name) or name in words("group-heads", 1, "OrganisationGroup")
        body = body or longest_suffix(name, len(name), _body_words(), _LONGEST) > 0
        return Mention("OrganisationGroup" if body else "WorkerGroup", span, name, "giver", name)

    def _noun(self, text: str) -> Span | None:
        """The noun that names them, behind the last 的."""
        phrase = noun_phrase_before(text, self.span.start, self.span.end)
        if phrase and phrase.end == self.span.end:
            ends = [
                text.rfind(word, phrase.start, phrase.end) + len(word)
                for word in _CAUSES
                if word in text[phrase.start : phrase.end]
            ]
            return Span(max(phrase.start, text.rfind("的", phrase.start, phrase.end) + 1, *ends), phrase.end)
        kind = longest_suffix(text, self.span.end, words("group-heads"), _LONGEST, self.span.start)
        called = None if kind else _WHO.search(text, self.span.start, self.span.end)
        return Span(self.span.end - kind, self.span.end) if kind else called and Span(*called.span())


def stranger_gives(text: str, clause: Clause, before: Sequence[str] = ()) -> Stranger | None:
    """Who stands before the clause's first verb of giving and is no known body.

    `before` are the names of those who acted before: their own place may stand for them (濮阳市 for its Red Cross).

    >>> from kg.model import Mention, Span
    >>> texts = "退休教师王秀兰捐款5万元", "专项资金支付5万元", "争取企业捐赠5万元"
    >>> [stranger_gives(t, Clause(Span(0, len(t)), [], {}, "")) for t in texts]
    [Stranger(span=Span(start=0, end=7), mention=None), None, None]
    """
    span = clause.span
    given = list(_doing().finditer(text, span.start, span.end))
    parts = tagged(text, span.start, span.end) if given else ()
    edges = {span.start, *(word.end for word in parts)}  # 送|去 may be one word or two
    for verb in given:
        at = verb.start()
        if not {at, verb.end()} <= edges or any(
            m.span.start <= at < m.span.end for m in clause.mentions if not m.amount
        ):
            continue
        if _NOMINAL.match(text, verb.end(), span.end):
            continue
        alone = _without_adverbs(text, clause, at)
        end = _before_the_receiver(text, clause, alone)
        if end == alone and verb.group() in words("verbs-for-others"):
            continue
        found = _stranger(text, clause, end, before) if end > span.start else None
        if not _giving().fullmatch(verb.group()) and not (found and _serves(text, clause, found)):
            continue
        return None if found and _gets(text, found, verb) else found
    return None


def _serves(text: str, clause: Clause, found: Stranger) -> bool:
    """Is it a kind of body, or people who are there to help, at the head of the clause: what they do they do themselves?"""
    group = found.mention or found.as_group(text)
    if group is None or not (group.type in ("OrganisationGroup", "Person") or part_of(group.name) == "help"):
        return False
    before = tagged(text, clause.span.start, group.span.end)
    first = next(word for word in before if word.end > group.span.start)
    named = {place for m in clause.mentions for place in range(m.span.start, m.span.end)}  # 运输公司司机|马强
    ahead = (w for w in before if w.start < first.start and w.text != "由" and w.start not in named)
    led = any(word.tag in ("v", "p", "vn", "c", "r") for word in ahead)
    return not led and first.tag != "v" and first.text not in vocabulary("organisation-stops")  # 利用|邮政网点


def _gets(text: str, found: Stranger, verb: re.Match[str]) -> bool:
    """Is it a group that gets what the verb tells: 种粮大户|补贴8万元, 骑手每人|赠送保险1份?"""
    if found.mention is None:
        counted = _EACH_OF.search(text, found.span.start, found.span.end)
        return counted is not None and not _DONATES.match(verb.group())  # 每个食堂|补贴3万元
    if found.mention.type not in _GROUPS:
        return False
    each = _EACH.search(text, found.span.end, verb.start()) and not _DONATES.match(verb.group())
    return bool(each) or verb.group().startswith(_HELPS)


def gives_at_once(text: str, clause: Clause) -> str:
    """The verb of giving that a clause begins with, adverbs and whoever gets it aside: 当场捐了, 为敬老院添置.

    But for what somebody gives of his own (自己掏了), which is told against what others gave.
    """
    verb = _giving().search(text, clause.span.start, clause.span.end)
    if (
        verb is None
        or verb.group() in words("verbs-for-others")
        or "欠" in verb.group()
        or _OF_HIS_OWN.match(text, clause.span.start)
        or _NOMINAL.match(text, verb.end(), clause.span.end)
    ):
        return ""
    end = _before_the_receiver(text, clause, _without_adverbs(text, clause, verb.start()))
    return verb.group() if end == clause.span.start else ""


def is_of_ones_own(verb: str) -> bool:
    """Is it a verb of those who give what is theirs (捐, 凑), and not of those who hand out what is meant for others?"""
    return _PAYS.match(verb) is not None


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


@cache
def _titled() -> re.Pattern[str]:
    """老刘, 马会计, 胡教授: a surname with what one calls him or his post, and nothing else before."""
    posts = "|".join(sorted(words("posts"), key=lambda post: (-len(post), post)))
    return re.compile(f"(?<![一-鿿])(?:[老小阿]{_family()}|{_family()}(?:老板|老总|工|{posts}))$")


@cache
def _family() -> str:
    return f"(?:{'|'.join(sorted(name for name in words('surnames') if len(name) == 1))})"


def someone_named(text: str, start: int, end: int) -> bool:
    """Does a stretch end in a word for somebody?

    >>> someone_named("爱心人士", 0, 4), someone_named("抗洪救灾", 0, 4)
    (True, False)
    """
    return _WHO.search(text, start, end) is not None


@cache
def _giving() -> re.Pattern[str]:
    giving = {*words("verbs-for-others"), *words("giving-verbs"), *verbs("provide"), *verbs("spend")}
    return re.compile("|".join(sorted(giving, key=lambda w: (-len(w), w))))


@cache
def _doing() -> re.Pattern[str]:
    kinds = verb_kinds()
    done = {verb for verb, kind in kinds.items() if kind == "act" and len(verb) > 1}
    acting = {row[0] for row in rows("action-verbs") if len(row[0]) > 1 and kinds.get(row[0]) != "receive"}
    return re.compile(f"{_giving().pattern}|{'|'.join(sorted(done | acting, key=lambda w: (-len(w), w)))}")


@cache
def _body_words() -> frozenset[str]:
    return frozenset(word for word, kind, *_ in rows("organisation-suffixes") if len(word) > 1 and kind in _KINDS)


def _without_adverbs(text: str, clause: Clause, end: int) -> int:
    """Where the words before a place end that are not adverbs, dates or amounts."""
    while True:
        adverbs = _ADVERBS.search(text, clause.span.start, end)
        before = adverbs.start() if adverbs else end
        aside = (m for m in clause.mentions if m.span.end == before and (m.amount or m.type == "Date"))
        before = min((m.span.start for m in aside), default=before)
        if before == end:
            return end
        end = before


def _before_the_receiver(text: str, clause: Clause, end: int) -> int:
    """Where a clause's subject ends whose receiver stands before the verb: 村民|向灾区捐款, 同学们|为困难职工送去."""
    words_before = tagged(text, clause.span.start, end)
    led = [w for w in words_before if w.text in _TO and (w.tag == "p" or w.text in ("帮", "替"))]
    return _without_adverbs(text, clause, led[-1].start) if led and end - led[-1].start <= _REACH else end


def _stranger(text: str, clause: Clause, end: int, before: Sequence[str]) -> Stranger | None:
    """Who ends here, if it is somebody, and the subject of the clause."""
    start = clause.span.start
    named = [m for m in clause.mentions if m.span.end == end or text[m.span.end : end] in _CALLED]
    if named:
        whole = min(named, key=lambda m: m.span.start)
        own = whole.type == "Place" and any(name.startswith((whole.text, whole.name or whole.text)) for name in before)
        known = whole.type in _SUBJECTS and not own and not _governed(text, clause, whole.span.start)
        return Stranger(whole.span, whole) if known else None
    low = max([start, end - _REACH, *(m.span.end for m in clause.mentions if m.span.end < end)])
    if before and _BARE.fullmatch(text, low, end):
        return None  # 集团拿出47万元: a word for the body that was named before
    edges = {word.start for word in tagged(text, low, end)}
    known = text[end - 1] in _OFFICES  # 水务局
    names = (at for at in (end - 3, end - 2) if at in edges and not known and name_at(text, at, True) == Span(at, end))
    called = _WHO.search(text, low, end) or _familiar().search(text, low, end) or _titled().search(text, low, end)
    kind = longest_suffix(text, end, words("group-heads"), _LONGEST, low)  # 师生, 社会组织
    body = longest_suffix(text, end, _body_words(), _LONGEST, low)  # 律师事务所
    told = [*([called.start()] if called else []), *(end - size for size in (kind, body) if size)]
    who = min([*names, *told], default=None)
    if who is None:
        return None
    who = max(edge for edge in edges | {low} if edge <= who)  # 邻居|们 begins where the word does
    return None if _governed(text, clause, who) else Stranger(Span(low, end))


def _governed(text: str, clause: Clause, at: int) -> bool:
    """Does a preposition or a verb before a place have as its object what stands there: 向4万名|职工, 争取|企业?"""
    hit = _HIT.search(text, clause.span.start, at)
    for word in reversed(tagged(text, clause.span.start, hit.start() if hit else at)):
        if word.text == "由":
            return False
        if word.text == "的":
            # a clause that only tells which one is meant, but for 向县残联的职工
            return _TOWARDS.match(text, clause.span.start) is not None
        if word.text in _CAUSES:
            return False
        if any(m.span.start <= word.start < m.span.end for m in clause.mentions):
            continue  # 县|供电|公司
        attributive = word.text in words("attributive-verbs")
        if (word.tag in ("p", "v", "vn") and not attributive) or _LED.fullmatch(word.text):
            return True
    return False
