"""Bodies that are called by a brand and a line of business, without a word for what they are.

顺达|速递      网购|家电      恒信|物业|公司      众多|搬家|公司
└ brand        └ a thing      └ a name           └ any of them
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import dropwhile

from kg.language.phrases import Word, is_everyday, tagged
from kg.lexicon import vocabulary, words
from kg.model import Mention, Span
from kg.recognise.bodies import NAME, View
from kg.recognise.famous import known_names

EDGE = re.compile(r"[^一-鿿]|[和与及在向从由给为对到的是着了过]")
BRAND_REACH = 5
# What says that a company's name follows: 爱心企业|长风科技.
KIND = re.compile("(?:[企药车房民国央]企|企业|厂商|厂家|商家|商户|开发商|承包商|运营商|供应商|经销商)(?![家界])")
BRAND_TAGS = frozenset({"nz", "nr", "nrt", "nt", "x", "nrfg"})
# What only a company does: 股份|发布公告.
ISSUES = re.compile(
    "(?:日前|近日|昨日|昨晚|今日|晚间|已|也|再次)*(?:发布|公告|宣布|披露|官宣|董事会|董事长|\\([0-9]{6})"
)
NAMED_IN_PLAIN = ("有限公司", "有限责任公司", "纪念馆", "博物馆", "陈列馆", "陵园")
# Before these a common word tells which kind is meant (目标公司, 训练中心); before 集团, 日报 or 协会 it is a name.
OF_ANY_KIND = frozenset(("公司", "银行", "证券", "中心", "研发中心", "学校", "商学院", "婚纱摄影"))
COMMON_TAGS = ("n", "b", "f", "s", "v", "vn", "vd", "d", "t")
OF_ANY_COUNTRY = ("公司", "大学", "学院", "学校", "中学", "医院", "研究所", "煤矿")
NAME_TAGS = BRAND_TAGS | {"ns", "eng"}


@dataclass(frozen=True, slots=True)
class Head:
    """The last word of a body's name, the class it tells, and what must stand before it."""

    start: int
    end: int
    type: str
    needs: str


def branded(view: View, head: Head) -> Mention | None:
    """顺达|速递: two to four characters that are no ordinary word, at the head of a phrase or behind a place, before a line of business.

    Behind the word for what it is they may be any word (爱心企业|长风|科技), and the line of business an everyday one.
    """
    text, low = view.text, max(0, head.start - BRAND_REACH)
    cuts = (m.end() for m in EDGE.finditer(text, low, head.start))
    kind_told = max((m.end() for m in KIND.finditer(text, low, head.start) if m.end() in view.edges), default=-1)
    start = max([low, kind_told, *(at for at in cuts if at in view.edges)])  # 对方许诺|投资: 对 is no word here
    if head.start - start < 2:
        return None
    place = next((d for at in range(start, head.start) if (d := view.division_over(at))), None)
    start = max([start, *([place.end] if place else [])])
    parts = list(dropwhile(lambda w: w.text in vocabulary("organisation-stops"), tagged(text, start, head.start)))
    start = parts[0].start if parts else head.start
    long = [w for w in parts if len(w.text) > 1]
    core = text[start : head.start]
    called = core in vocabulary("brand-words")  # 家家|乐
    called = called or (start == kind_told and _may_name(core))
    if head.needs == "told" and not called and ISSUES.match(text, head.end):
        called = len(core) > 1 and _may_name(core) and not any(is_everyday(w.text) for w in long)  # 牧原|股份|公告
    if not called and head.needs == "told":
        return None
    if core in vocabulary("organisation-generic") and (not called or text.endswith("工程", 0, head.end)):
        return None  # 十大|民生|工程
    named = called or (all(w.tag in BRAND_TAGS or _is_brand(w.text, w.tag) for w in long) and (long or len(parts) > 1))
    whole = place is not None or start > low or not low or not NAME.match(text, low - 1)
    if not named or not whole or not 2 <= head.start - start <= 4 or view.level_at(start):
        return None
    begin = place.start if place and place.end == start else start
    return Mention(head.type, Span(begin, head.end), text[begin : head.end], "branded-body")


def has_name(text: str, start: int, head: Head) -> bool:
    """Is more than common words in what a body is called: 恒信|物业, not 网购|家电, 众多|搬家|公司?"""
    if text.endswith(NAMED_IN_PLAIN, 0, head.end):
        return True
    plain = vocabulary("organisation-generic")
    if text.endswith(OF_ANY_COUNTRY, 0, head.end):
        plain |= vocabulary("countries")  # 英国|煤矿
    core = [word for word in tagged(text, start, head.start) if word.text not in plain]
    if len(core) == 1 and core[0].tag in ("v", "vn") and head.type == "School":
        return False  # 修缮|学校
    if len(core) == 1 and text[head.start : head.end] in OF_ANY_KIND and _tells_which(core[0]):
        return core[0].text in vocabulary("brand-words") or core[0].text in known_names()
    if len(core) == 1 and len(core[0].text) in (2, 3) and core[0].text[-1] not in "型性级化类":
        return True  # 飞天|集团, 夕阳红|艺术团
    return any(len(word.text) == 1 or word.tag in NAME_TAGS or word.text in vocabulary("brand-words") for word in core)


def _tells_which(word: Word) -> bool:
    """Is it an everyday word, which tells which kind is meant and is no name?"""
    return word.tag in COMMON_TAGS and is_everyday(word.text)


def _is_brand(word: str, tag: str) -> bool:
    """Is it a name of a river or a region that is no place of its own here: 汉江|电子, 莱茵|家电?"""
    named = tag == "ns" and word not in vocabulary("countries") and not word.endswith("洲")
    return (
        named or word in vocabulary("brand-words") or (word[0] in words("surnames") and word[1:] in ("家", "记", "氏"))
    )


def _may_name(core: str) -> bool:
    """May a company be called so, if a word says that it is one: 长风, not 改造 or 绿色?"""
    does = any(word.tag in ("v", "vn") and len(word.text) > 1 for word in tagged(core, 0, len(core)))
    return not does and core not in vocabulary("organisation-generic")
