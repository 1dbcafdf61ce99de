"""Names of people: a surname and a given name, or a name written by its sounds, that ends where a name may end.

主席 王 兰芳 说        主席 斯琴 高娃 说        局长 伊恩·戴蒙德 在
     └family└given          └ by sound ┘             └ with a dot ┘
"""

from __future__ import annotations

import re
from functools import cache
from itertools import takewhile

from kg.language.phrases import is_everyday, tagged
from kg.language.tokens import tokens
from kg.lexicon import longest_prefix, words
from kg.model import Span

_PREPOSITIONS = frozenset("向从于和经")  # which are surnames, too
STOP = "。，,、；;：:！!?？（）()《》“”‘’\n \u3000·…—"
COURTESY = frozenset(
    (
        *("师傅", "老师", "先生", "女士", "小姐", "同志", "大姐", "大爷", "阿姨", "大叔", "大哥", "大妈", "奶奶"),
        *(
            "老汉",
            "老太太",
            "大夫",
            "爷爷",
            "大娘",
            "大伯",
            "大嫂",
            "阿婆",
            "伯伯",
            "叔叔",
            "姑娘",
            "同学",
            "医生",
            "某某",
        ),
    )
)
FUNCTION = frozenset("边和都于从向等以由则是只也因与及并在时后上下经应全查方相连还均共各每能可才都没")
ADVERBS = frozenset("则也还就却又都更便曾已再")
DOTTED = re.compile(r"(?:[一-鿿]{1,8}·)+")
SPEECH = ("表示", "介绍", "告诉", "透露", "坦言", "指出", "强调", "认为", "宣布", "感慨", "说", "称")
_DOES = re.compile(
    "[发递送拿掏端接拉捧抱打写做买卖交办帮看听走跑站坐留住租开种养爬背扛骑挑提拎][了过着上出起来到下给]"
)  # 岑锡明|发了视频
REACH = 8


def name_at(text: str, at: int, occupation: bool = False) -> Span | None:
    """The name that begins at `at`, if one does; behind an occupation an ordinary word is none.

    >>> [name_at(s, 0) for s in ("王兰芳说", "次仁卓玛说", "旺堆表示", "有关人士说")]
    [Span(start=0, end=3), Span(start=0, end=4), Span(start=0, end=2), None]
    """
    if end := _dotted(text, at) or _by_sound(text, at) or (0 if occupation else _before_speech(text, at)):
        return Span(at, end)
    surnames = words("surnames")
    size = longest_prefix(text, at, surnames, 2)
    if size and text.startswith("某", at + size):
        return Span(at, _behind_somebody(text, at + size + 1))
    if not size or (text[at] in FUNCTION and occupation) or _is_word(text, at, occupation):
        return None
    for family in (2, 1) if size == 2 else (1,):
        for given in (2, 1):
            end = at + family + given
            fits = text[at : at + family] in surnames and is_name(text, at, family, end) and may_end(text, end)
            if fits and not (occupation and _cut_through(text, at, end)):
                return Span(at, end)
    if end := _before_a_word(text, at, occupation):
        return Span(at, end)
    guessed = next(iter(tokens(text[at : at + 8], guess=True)), Span(0, 0))
    whole = size < guessed.end <= size + 2 and not _cut_through(text, at, at + guessed.end)
    if whole and is_name(text, at, size, at + guessed.end):
        return Span(at, at + guessed.end + _one_more(text, at, size, at + guessed.end))
    return None


def _behind_somebody(text: str, end: int) -> int:
    """Where a name ends that has 某 in it: 姬某|准时支付, 姬某某|, 李某桂|."""
    word = next(iter(tokens(text[end : end + 3])), Span(0, 0))
    goes_on = text.startswith("某", end) or (len(word) == 1 and is_given(text[end]) and may_end(text, end + 1))
    return end + int(goes_on and not may_end(text, end))


def _one_more(text: str, at: int, family: int, end: int) -> int:
    """Is one more character the name's, since it begins no word (苏志|鸿|一口)?  The engine's guess cuts names short."""
    after = next(iter(tokens(text[end : end + 4])), Span(0, 0))
    alone = end - at == family + 1 and len(after) == 1 and text[end] not in words("name-followers")
    return int(alone and is_name(text, at, family, end + 1))


def name_before(text: str, end: int) -> Span | None:
    """The name that ends at `end` and stands first in its clause.

    >>> name_before("昨天,王兰芳,现任主席", 6)
    Span(start=3, end=6)
    """
    for size in (3, 2, 4):
        at = end - size
        if at < 0 or (at and text[at - 1] not in STOP):
            continue
        if is_whole_name(text[at:end]):
            return Span(at, end)
    return None


def is_whole_name(name: str) -> bool:
    """Are these characters, as they stand, a surname and a given name?

    >>> is_whole_name("王兰芳"), is_whole_name("大家")
    (True, False)
    """
    family = longest_prefix(name, 0, words("surnames"), 2)
    return 0 < family < len(name) and is_name(name, 0, family, len(name)) and not _is_word(name, 0, False)


def may_end(text: str, at: int) -> bool:
    """Does what stands at `at` let a name end there?

    >>> may_end("王兰芳说", 3), may_end("王兰芳华", 3)
    (True, False)
    """
    if at == len(text) or text[at] in STOP or text[at].isascii():
        return True
    return bool(longest_prefix(text, at, words("name-followers"), 5))


def is_given(given: str) -> bool:
    """Can these characters be a given name?

    >>> is_given("兰芳"), is_given("的手")
    (True, False)
    """
    return all("一" <= c <= "鿿" for c in given) and not set(given) & set(
        "的了着过与及是在说等第也就都被把将对给它他她我你们这那氏捐赠"
    )


def is_name(text: str, at: int, family: int, end: int) -> bool:
    """Is this a surname and a given name, not a surname and the word that follows (袁晶 + 了解)?

    >>> is_name("王主席说", 0, 1, 3), is_name("王兰芳说", 0, 1, 3)
    (False, True)
    """
    given, name = text[at + family : end], text[at:end]
    told = tagged(given, 0, len(given)) if len(given) == 2 else ()
    if len(told) == 1 and told[0].tag in ("d", "c", "p", "r") and is_everyday(given):
        return False  # 养母|已经
    if end > len(text) or not is_given(given) or given in _no_given() or name in words("not-names"):
        return False
    if len(given) < 2:
        return True
    if text[at] in _PREPOSITIONS and len(tokens(given)) == 1:
        return False  # 主任|向灾区|捐款
    followers = words("name-followers")
    adverb = text[end - 1] in ADVERBS and longest_prefix(text, end, followers, 5) >= 2
    weak = end < len(text) and longest_prefix(text, end, followers, 5) == 1 and text[end - 1] in followers
    return not adverb and not weak and longest_prefix(text, end - 1, followers, 5) < 2


@cache
def _no_given() -> frozenset[str]:
    """What stands behind a surname and is no given name: 王师傅, 王主席."""
    return COURTESY | {word for word in words("posts") if len(word) == 2}


def _dotted(text: str, at: int) -> int:
    """Where a name with dots in it ends, or 0."""
    parts = DOTTED.match(text, at)
    if parts is None:
        return 0
    end = parts.end()
    edges = {end + token.end for token in tokens(text[end : end + REACH])}
    for size in range(1, REACH + 1):
        if size < REACH and end + size not in edges and text[end + size : end + size + 1] not in STOP:
            continue  # 买买提|给, not 买买|提给
        if end + size > len(text) or not "一" <= text[end + size - 1] <= "鿿":
            return 0
        ends = may_end(text, end + size) or (size > 1 and _DOES.match(text, end + size))
        if ends and (size > 1 or end + size == len(text) or text[end + size] in STOP):
            return end + size
    return 0


def _before_a_word(text: str, at: int, occupation: bool) -> int:
    """Where a surname and two characters end that make no word, with a longer word behind them (陈|博文|坐诊), or 0."""
    cuts = tokens(text[at : at + 8])
    if not cuts or len(cuts[0]) > 1:
        return 0
    if occupation:  # 老板娘|魏秀英|招呼
        whole = any(cut.end == 3 for cut in cuts) and text[at] not in FUNCTION and is_name(text, at, 1, at + 3)
        return at + 3 if whole and _goes_on(text, at + 3) else 0
    given, end = text[at + 1 : at + 3], at + 3
    follows = any(cut.start == 3 and len(cut) > 1 for cut in cuts) or _DOES.match(text, end) is not None
    ordinary = given in words("name-followers") or given in words("programme-stops") or text[at] in FUNCTION
    return end if follows and not ordinary and is_name(text, at, 1, end) else 0


def _by_sound(text: str, at: int) -> int:
    """Where a name of four and more characters that only spell sounds ends (次仁卓玛, 包乌兰其其格), or 0."""
    sounds = words("name-sounds")
    family = 1 if text[at : at + 1] in words("surnames") else 0
    run = sum(1 for _ in takewhile(sounds.__contains__, text[at + family : at + 10]))
    least = at + (5 if family else 3)  # a surname and two or three characters are an ordinary name
    ends = range(at + family + run, least - 1, -1)
    end = next((end for end in ends if may_end(text, end) or _goes_on(text, end)), 0)
    return 0 if end and next(iter(tokens(text[at : end + 2]))).end > 2 else end  # 哈尔滨, 乌鲁木齐


def _goes_on(text: str, at: int) -> bool:
    """Does a verb begin here?"""
    after = next(iter(tagged(text, at, min(len(text), at + 4))), None)
    return _DOES.match(text, at) is not None or (after is not None and after.tag == "v" and len(after.text) > 1)


def _before_speech(text: str, at: int) -> int:
    """Where a name that no surname begins ends because its bearer speaks (主席|旺堆|表示), or 0."""
    for end in (at + 2, at + 3, at + 4):
        name = text[at:end]
        if text.startswith(SPEECH, end) and is_given(name) and text[at] not in FUNCTION | ADVERBS:
            cuts = tokens(name)
            ordinary = any(len(cut) > 1 for cut in cuts) and not (len(cuts) == 1 and name[-1] in words("name-sounds"))
            return 0 if ordinary or name in words("not-names") else end
    return 0


def _cut_through(text: str, at: int, end: int) -> bool:
    """Would a name that ends here cut a word of the dictionary in two (高技|能)?"""
    return any(at + t.start < end < at + t.end for t in tokens(text[at : end + 4]))


def _is_word(text: str, at: int, occupation: bool) -> bool:
    """Does an ordinary word begin here (高技能, 关爱)?  Where the name may be one (高峰), a post decides for it."""
    first = next(iter(tagged(text, at, min(len(text), at + 6))), None)
    if first is None or len(first.text) < 2:
        return False
    thing = len(first.text) == 3 and first.tag in ("n", "l", "v")  # 白内障
    plain = (
        len(first.text) == 2 and first.tag in ("n", "v", "vn", "t") and is_everyday(first.text)
    )  # 总统|任期; not 高峰
    two = len(first.text) == 2 and occupation
    return first.text in words("not-names") or plain or two or thing or len(first.text) > 3
