"""People who are named without a post, where the text says by what stands before them that they are people.

    69岁的 关玉琢 摘下老花镜        妻子 邢玉珍 在饭店洗碗        业务员 小林 也掏了500元        旅美的 陈女士 不肯留名
    └ age┘ └name┘                 └kin┘ └name┘                └ work┘└familiar              └ which └ courtesy

They give, borrow and pay; who only is spoken of is nobody of the graph (`kg/reading.py` lets them go).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from kg.language.phrases import Word, tagged
from kg.language.spans import Places
from kg.lexicon import Finder, occurrences, rows, vocabulary, words
from kg.model import Mention, Span
from kg.recognise.names import ADVERBS, COURTESY, FUNCTION, STOP, is_given, is_whole_name, name_at

_AGE = re.compile(r"[0-9]多?岁的?$")
_CALLED = re.compile(r"[我他她]叫$|名叫$")
_FAMILIAR = "小老阿"
_COURTEOUS = re.compile("|".join(sorted(COURTESY - {"某某"}, key=lambda w: (-len(w), w))))
_NICKNAME = re.compile(
    r"(?:网友|车友|会员|驴友|昵称|读者|粉丝|博主|主播|群友|热心人|署名为?|化名为?|落款为?|网名为?|笔名)(?P<name>“[^“”\n]{1,10}”)|"
    r"(?P<kin>“[^“”\n]{2,6}[姐哥叔妈爷婶姨嫂]”)"
)
# What is told of nobody but a person, right behind a name: 李明|遭遇车祸, 小玲|今年17岁, 宋丽|是一名骑手.
_LIFE = re.compile(
    r",?(?:今年|现年|时年|刚满|年仅|年满|年近|已经?)?[0-9]{1,3}岁|[(][0-9]{1,3}岁[)]|,?(?:原)?是(?:一|镇上的?|村里的?)?[名位]|"
    "(?:不幸|突然|突发|又|也|却|先后|曾经?|因|去年|今年|前年|近年)?"
    "(?:身患|患上?(?!者)|罹患|确诊|查出|被查出|被确诊|遭遇(?:车祸|意外)|出车祸|考上|考取|考入|病倒|病逝|去世|离世|下岗|失业|辞职|"
    "退休|丧偶|离异|离婚|结婚|怀孕|自幼|从小|家住|老家|自小|摔伤|骨折|住院|残疾|失明|失聪)|老人|老伯|老汉|老太|先生|女士|同学|校友|校董|夫妇|夫妻|一家(?:人|[三四五六]口)|母女|父子|母子|父女|(?:的)?(?:父母|母亲|父亲|妈妈|爸爸|丈夫|妻子|儿子|女儿|家里|家境|老伴)"
)
# Deeds of giving and getting that make of three characters at the head of a clause somebody: 胡国强|捐了6万元.
_DEED = re.compile(
    "(?:还|又|也|就|便|已|已经|一次性|立即|当即|主动|悄悄|毅然|带头|陆续|先后|随即|当场|个人|自费|咬牙|硬是|独自|一个人|靠自己)*"
    "(?:捐[了出赠款资给]|掏[了出钱]|拿到|拿出|领到|领取|收到|借到|借了|贷到|贷了|申请到|寄[来去出了回]|汇[来去了回]|送[来去]|垫[付了资]|凑[了出够足齐]|赔[了偿]|花[了去掉]|攒[了下够]|筹[到得]|还[清了]|付[清了]|荣?获(?:奖(?!项)|得|赠|补|赔)|[上缴]?交[了纳]|上缴|缴纳|缴了)"
)
# Names that are summed up as people: 杜礼青、许式其等4人, 蔡生华、韩朋飞每人.
_COUNTED_LIST = re.compile(
    "(?<![一-鿿])(?P<names>(?:[一-鿿]{2,4}、)+[一-鿿]{2,4}?)(?:等[0-9一二两三四五六七八九十]+余?[人名位](?!民)|[两三四五六七八九十0-9]+人(?![一-鿿]*[均工])|(?:每人|各)获)"
)
_TO = ("给", "为", "帮", "替", "资助", "救助")
_GETS = re.compile("[送捐发减免垫买办筹治交补配装找添解争凑缴付寄带端]")
_CHILD = re.compile("(?:(?<![一-鿿])|(?<=[给为帮替助]))[小阿](?![小学时组区队孩伙])[一-鿿]")  # 小|玲: a given name
_WINDOW = 12
_LEFT = 8  # as long as what says that a person follows
_AGAIN = 3  # 老曹 at the head of a clause is somebody if the text calls him so as often
_KNOWN = 290  # surnames come the commonest first; behind a mere 的 a rarer one is a word (保, 水, 占)
_COMMON = 60  # surnames so common that one and a character that makes no word with it are a name
# What may follow a name: a verb, an adverb, a preposition, a conjunction, a time, an auxiliary, a pronoun.
_DONE = re.compile("[一-鿿]{1,2}[了着过]|[给向为把将用从][一-鿿0-9]")
_FOLLOWS = frozenset("vdpctur")


def find_citizens(text: str, taken: Places[Mention]) -> list[Mention]:
    """Every mention of a person without a post, outside what is taken, in order.

    >>> [m.text for m in find_citizens("69岁的关玉琢说,妻子邢玉珍和业务员小林也捐了,关玉琢不肯留名。", Places())]
    ['关玉琢', '邢玉珍', '小林', '关玉琢']
    """
    found = Places[Mention]()
    named = [(span, least) for span, least in _named(text) if not taken.touch(span)]
    unsure = {text[span.start : span.end] for span, least in named if least > 1}
    often = Counter(text[s.start : s.end] for s in occurrences(text, unsure))
    told = (span for span, least in named if least == 1 or often[text[span.start : span.end]] >= least)
    for span in sorted(told, key=lambda s: (-len(s), s.start)):
        if not found.touch(span):
            found.add(_citizen(text, span))
    for span in [following for m in list(found) for following in _listed(text, m.span.end)]:
        if not found.touch(span) and not taken.touch(span):
            found.add(_citizen(text, span))
    for span in occurrences(text, {m.text for m in found if len(m.span) > 2}):
        if not found.touch(span) and not taken.touch(span):
            found.add(_citizen(text, span))
    return sorted(found, key=lambda m: m.span)


def _listed(text: str, at: int) -> Iterator[Span]:
    """The names that follow one in a list: 贫困妇女庄凤莲|、文秀荣、张改英."""
    while text.startswith("、", at) and (name := name_at(text, at + 1, occupation=True)):
        yield name
        at = name.end


def _citizen(text: str, span: Span) -> Mention:
    surface = text[span.start : span.end]
    return Mention("Person", span, surface, "citizen", surface)


def _named(text: str) -> Iterator[tuple[Span, int]]:
    """Names, full ones and familiar ones, where something tells that they are some, and how often they must be told."""
    for at in _places(text):
        if text[at] in _FAMILIAR:
            found = _familiar(text, at)
        elif courteous := _courteous(text, at):
            found = courteous, 1
        elif text[at + 1 : at + 2] == "某":
            found = Span(at, at + 3 if text[at + 2 : at + 3] == "某" else at + 2), 1
        else:
            found = _full_name(text, at)
        if found:
            yield found
    yield from ((Span(*match.span(match.lastgroup or 0)), 1) for match in _NICKNAME.finditer(text))
    yield from ((name, 1) for match in _COUNTED_LIST.finditer(text) for name in _all_names(text, match))
    for match in _CHILD.finditer(text):
        items = tagged(text, *match.span())
        if len(items) == 1 and items[0].tag != "nr":
            continue  # 小车, 小哥
        if _LIFE.match(text, match.end()) or (_GETS.match(text, match.end()) and text[: match.start()].endswith(_TO)):
            yield Span(*match.span()), 1


def _all_names(text: str, found: re.Match[str]) -> list[Span]:
    """The items of a list that is counted as people (杜礼青、许式其等|4人), if some are names and each may be one."""
    at, names, items = found.start(), list[Span](), found["names"].split("、")
    if sum(map(is_whole_name, items)) * 2 < len(items):
        return []
    for item in items:
        if item[0] not in _heads() or item in words("not-names") or item[-1] in "市县区镇乡村省":
            return []
        names.append(Span(at, at + len(item)))
        at += len(item) + 1
    return names


def _places(text: str) -> Iterator[int]:
    """Where a surname stands, or 小, 老, 阿 before one."""
    for at, character in enumerate(text):
        if (character in _FAMILIAR and text[at + 1 : at + 2] in words("surnames")) or character in _heads():
            yield at


@cache
def _heads() -> frozenset[str]:
    return frozenset(name[0] for name in words("surnames"))


@cache
def _rank() -> dict[str, int]:
    return {row[0]: n for n, row in enumerate(rows("surnames"))}


@cache
def _who() -> Finder:
    """What people are and do, and how they are related, read backwards so that it is found by its end."""
    people = {*words("posts", 1, "occupation"), *words("group-heads", 1, "WorkerGroup"), *vocabulary("kin"), *COURTESY}
    people.update(word for kind, line in rows("somebody") if kind == "people" for word in line.split())
    return Finder(word[::-1] for word in people if len(word) > 1)


def _behind_somebody(text: str, at: int) -> bool:
    """Does a word for somebody, or an age, stand right before a place?"""
    before = text[max(0, at - _LEFT) : at].rstrip("”")
    if _AGE.search(before) or _CALLED.search(before):
        return True
    return next((span.start == 0 for span in _who().spans(before[::-1])), False)


def _familiar(text: str, at: int) -> tuple[Span, int] | None:
    """小袁, 老曹 behind a word for somebody, or at the head of a clause where the text calls them so again."""
    span = Span(at, at + 2)
    items = tagged(text, at, min(len(text), at + 5))
    whole = len(items[0].text) == 2 and items[0].tag == "nr"
    if not whole and [len(word.text) for word in items[:2]] != [1, 1]:
        return None  # 小时, 小程序
    if _behind_somebody(text, at) or (text.endswith(_TO, 0, at) and _GETS.match(text, span.end)):
        return span, 1
    opens = at == 0 or text[at - 1] in STOP
    return (span, _AGAIN) if opens and _may_follow(text, span.end) else None


def _courteous(text: str, at: int) -> Span | None:
    """陈女士, 何大姐: a surname at the edge of a word, and a word of courtesy."""
    match = _COURTEOUS.match(text, at + 1)
    led = text[at] == "向" and at > 0 and text[at - 1] not in STOP  # 当地人|向|大爷大妈们
    if match is None or led or text[at] not in words("surnames"):
        return None
    whole = any(word.start == at for word in tagged(text, max(0, at - 4), match.end()))
    return Span(at, match.end()) if whole else None


def _full_name(text: str, at: int) -> tuple[Span, int] | None:
    """A surname and a given name that end where a word ends, behind somebody, or behind 的 with a verb following."""
    sure = _behind_somebody(text, at)
    served = text.endswith(_TO, 0, at)  # 为|林静涵|捐款
    told = sure or served or at == 0 or text[at - 1] == "的" or text[at - 1] in STOP
    items = tagged(text, at, min(len(text), at + _WINDOW)) if told else []
    for family in (2, 1):
        rank = _rank().get(text[at : at + family], None)
        if not items or rank is None or (not sure and rank > _KNOWN):
            continue
        if is_given(text[at + family : at + family + 2]) and _COURTEOUS.match(text, at + family + 2):
            return Span(at, at + family + 2), 1  # 张成梁|先生, where 梁先生 may be one word
        for given in (2, 1):
            name = Span(at, at + family + given)
            lives = _lives(text, name) or (served and _gets(text, name, items))
            if _fits(text, name, family, items) and (sure or lives or _tells(text, name, items)):
                return name, 1 if sure or lives or text[at - 1 : at] == "的" or _whole(name, items) else 2
    return None


def _whole(name: Span, items: Sequence[Word]) -> bool:
    """Does the dictionary know three characters as one name?"""
    return len(name) > 2 and items[0].span == name and items[0].tag == "nr"


def _lives(text: str, name: Span) -> bool:
    """Is what follows told of people only, or does somebody of three characters give or get?"""
    if (FUNCTION | ADVERBS) & set(text[name.start + 1 : name.end]):
        return False  # 钱不经|花了, 吕红共|收到
    return bool(_LIFE.match(text, name.end) or (len(name) > 2 and _DEED.match(text, name.end)))


def _gets(text: str, name: Span, items: Sequence[Word]) -> bool:
    """Behind a preposition: does what follows tell of giving, and is the name of three characters, or no word but a name?"""
    if not _GETS.match(text, name.end) or _GETS.match(text, name.end - 1):
        return False  # 给高三|发补助
    alone = [len(word) for word in items[:2]] == [1, 1] and _rank().get(text[name.start], _KNOWN) < _COMMON
    return len(name) > 2 or alone or (items[0].span == name and items[0].tag == "nr")


def _fits(text: str, name: Span, family: int, items: Sequence[Word]) -> bool:
    """Can it be a name: no word is cut through, and what follows the surname names somebody?"""
    surface, given = text[name.start : name.end], text[name.start + family : name.end]
    if len(surface) < len(given) + family or not is_given(given) or surface in words("not-names"):
        return False
    if given in COURTESY or given in words("posts") or given[-1:] in words("name-followers"):
        return False
    inside = [word for word in items if word.end <= name.end]
    if not inside or inside[-1].span.end != name.end:
        return False
    if len(inside[0].text) > family and inside[0].tag not in ("nr", "nrfg"):
        return False
    # 全, 查, 向 may be a surname, before 尘肺 or 灾区 it is none
    verb = inside[0].tag[0] in "vdpc" and family == 1
    if inside[0].tag == "p" and given[0] in _FAMILIAR:
        return False  # 向|老陈
    if any(len(word.text) > 1 and ((verb and word.tag != "nr") or word.tag[0] in "vdptm") for word in inside[1:]):
        return False
    tells = inside[-1].tag[0] in "vd" and len(inside[-1].text) == 1
    return not (tells and (len(given) == 1 or text[name.end : name.end + 1] in ("了", "着", "过")))  # 申雪|送了


def _tells(text: str, name: Span, items: Sequence[Word]) -> bool:
    """Where only the sentence tells: three characters that make no word, and a verb behind them."""
    inside = [word for word in items if word.end <= name.end]
    if len(name) < 3:
        return _done_by(text, name, inside)
    known = inside[0].tag == "nr" and len(inside[0].text) == 1  # 岑|健民: no word but a surname
    may = ("n", "nr", "nrfg", "nz", "ns") if known else ("nr", "nrfg")
    if any(len(word.text) > 1 and word.tag not in may for word in inside[known:]):
        return False
    if (FUNCTION | ADVERBS) & set(text[name.start + 1 : name.end]):
        return False
    return _may_follow(text, name.end)


def _done_by(text: str, name: Span, inside: Sequence[Word]) -> bool:
    """Is a name of two characters one word, behind 的, and does something that is done: 外地来的|申雪|送了?"""
    whole = inside[0].tag in ("nr", "nrfg") and text[name.start - 1 : name.start] == "的"
    return whole and _DONE.match(text, name.end) is not None


def _may_follow(text: str, at: int) -> bool:
    if _COURTEOUS.match(text, at) or text[at : at + 2] in words("giving-verbs"):
        return True
    following = tagged(text, at, min(len(text), at + 6))
    return bool(following) and following[0].tag[0] in _FOLLOWS and following[0].text != "的"
