"""Figures without a measure word: 拿出20万救助…, 慰问金5000, 人口120万, 25万农村群众.

    慰问金 5000 ,      拿出 20万 救助      人口 120万 ,      惠及 25万 农村 群众
    └noun┘ └money┘     └verb┘└money┘└verb  └ people ┘             └people┘└─ noun ─┘

They are money where a kind of money or a verb of paying governs them, people where people are counted, else nothing.
"""

from __future__ import annotations

import re
from functools import cache

from kg.language.numerals import read_numeral
from kg.language.phrases import tagged
from kg.language.units import Unit
from kg.lexicon import words

_PEOPLE = (
    "职工|员工|老年人|残疾人|患者|病人|从业人员|考生|旅客|游客|网民|工人|农民工|民工|会员|群众|劳动者|学生|新生|学子|女工|工友|农民|居民|村民|市民|妇女|老人|儿童"
    "|骑手|司机|师生|教师|党员"
)
_BODIES = "企业|家庭|用户|商户|农户|单位|基层工会"
# the words of a modifier; 强 级 号 … make the number a rank, a code or a date
_NOUN = re.compile(
    r" ?(?:(?![强级路号元岁年月日式大至到的和是为有点期版])[\u4e00-\u9fff]){0,4}?"
    rf"(?:(?P<people>{_PEOPLE})|{_BODIES})(?!计划|工程|行动|创新)"
)
_UP_TO = "(?:已|共|共计|累计|合计|总计|达|达到|为|是|有|约|近|超|超过|突破|逾|多达|高达|不足|不到|仅|只|从|由|增至|增加到|上升到|下降到)*"
_PEOPLE_BEFORE = re.compile(rf"(?:{_PEOPLE}|人口|人数|人群|参保人员|就业人员|劳动力)(?:总数|总量|人数)?{_UP_TO}$")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_ENDS = re.compile(r"[余多]?(?:左右|上下|出头|以上|开外|钱)?(?=[,，。;:!?、)\n”]|$)")
_MONEY_AFTER = re.compile(
    "(?:的)?[一-鿿]{0,5}?(?:资金|经费|补助|补贴|津贴|善款|捐款|欠款|欠薪|专款|贷款|[金款])(?![一-鿿]*人)"
)
_PURPOSE = re.compile("[余多]?(?:用于|用来|用作|作为|给|为|向|帮|的|建|买|修|办|设|后|,)")
_FIGURE = 100  # a smaller one without its word may be anything
REACH = 16


def bare_unit(text: str, start: int, surface: str) -> Unit | None:
    """What a figure without a measure word counts, told by what stands around it.

    >>> [bare_unit(t, t.index(f), f) for t, f in (("拿出20万救助困难职工", "20万"), ("全县人口120万,", "120万"))]
    [Unit(kind='money', unit='CNY', factor=Decimal('1')), Unit(kind='count', unit='人', factor=Decimal('1'))]
    >>> bare_unit("点击量突破10万。", 5, "10万") is None
    True
    """
    if _YEAR.fullmatch(surface) or read_numeral(surface).value < _FIGURE:
        return None
    end = start + len(surface)
    governed = _governing().search(text, max(0, start - REACH), start)
    counted = _NOUN.match(text, end)
    if governed and _is_money(text, end, surface, governed.lastgroup == "noun"):
        return Unit("money", "CNY")
    if counted:
        return Unit("count", "人" if counted["people"] else "")
    if (re.search("[万亿]", surface) and _ENDS.match(text, end)) or text.startswith("的", end):
        return Unit("count", "人") if _PEOPLE_BEFORE.search(text, max(0, start - REACH), start) else None
    return None


@cache
def _governing() -> re.Pattern[str]:
    """A kind of money or a verb of paying, with what may stand between it and its figure."""
    kinds = {kind: sorted(words("money-words", 1, kind), key=lambda w: (-len(w), w)) for kind in ("noun", "verb")}
    between = rf"(?:了|出|过|人民币|额|:|每[人年月户生]|各|最高|最低|至少|一次性|不低于|不超过|将近|大约)*{_UP_TO}"
    # 救灾款, 抚恤金, 手续费: what ends so is money, but for 条款, 黄金, 免费 and their like
    ends = "[一-鿿](?:(?<!条)款|(?<![黄五合白冶千])金|(?<![免消])费)"
    return re.compile(rf"(?:(?P<noun>{'|'.join(kinds['noun'])}|{ends})|(?P<verb>{'|'.join(kinds['verb'])})){between}$")


def _is_money(text: str, end: int, surface: str, noun: bool) -> bool:
    """Does what follows the figure leave it the sum that the word before it governs?"""
    large = re.search("[千万亿]", surface) is not None
    if _ENDS.match(text, end):
        return large or noun
    if not large:
        return False
    if _MONEY_AFTER.match(text, end) or _PURPOSE.match(text, end):
        return True
    return _tells(text, end)


def _tells(text: str, at: int) -> bool:
    """Does a verb begin here that says what the money does: 救助|困难职工?"""
    following = next(iter(tagged(text, at, min(len(text), at + 8))), None)
    if following is None:
        return False
    return following.tag in ("v", "vn") and following.text not in words("attributive-verbs")
