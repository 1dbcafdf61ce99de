"""Departments and parts of bodies, named right after them.

全总 |法律工作部 有关负责人        北京大学 |历史系        粤海财险湛江中心支公司 |农险部 经理
└ body └ department             └ school └ part        └ company            └ told by the post behind it
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from kg.language.phrases import tagged
from kg.lexicon import vocabulary, words
from kg.model import Mention, Span
from kg.recognise.bodies import View, is_going
from kg.recognise.listed import PARENTS

_DONE_THERE = frozenset(
    ("促进", "帮扶", "救助", "监察", "监管", "管理", "审批", "评估", "安置", "调解", "执法", "保障")
)
IN_HOUSE = frozenset(("党委", "党组", "党总支", "党支部"))  # of a company as of a county
_HOUSES = frozenset(("Company", "School", "Institution"))
_FIELDS = re.compile("[一-鿿]{2,8}?(?P<joint>[与和])[一-鿿]{2,8}?(?:研究所|研究院|研究中心|实验室|学院|系)(?![统列])")
_SECRETARY = re.compile("(?:常务)?副?书记")
_LOCAL = re.compile("(?P<name>[一-鿿]{2,4}?)(?:派出所|司法所|人民法庭|税务所)")
_REACH = 16  # characters, so no more words either
_POSTED = re.compile("驻[一-鿿]{1,6}?(?:代表处|办事处|记者站|联络处|分社)")
# A department whose head or staff are named right behind it: 农业处|处长, 市场部|经理, 雕塑系|副教授.
_HEADED = re.compile(
    "(?P<name>[一-鿿]{2,10}?(?:[处科股部室办系]|学院))"
    "(?=(?:原)?(?:副)?(?:[处科股部]长|室?主任|经理|总经理|教授|讲师|研究员|工程师|负责人|[有相]关|工作人员|干部)|(?<=[处科股])的(?:资料|统计|数据|调查|同志))"
)
# A body that may have parts, and what a part is called; a company's branches are themselves.
_WHOLE = re.compile("..(?:大学|学院|科学院|医院|总工会|公司|厂|局|委员会)$")
_PART = re.compile(
    "[一-鿿]{1,14}(?:学院|系|研究所|研究院|研究中心|实验室|工会|服务中心|服务站|供电所|工作站|站|团委|党委|党总支|党支部)"
)


def department_of(view: View, parent: Mention) -> Mention | None:
    """The department, part or branch that is named right after a body, as one name with it.

    >>> text = "台东县政府农业处处长说"
    >>> department_of(View(text), Mention("PublicBody", Span(0, 5), text[:5], "example")).text
    '台东县政府农业处'
    """
    if parent.rule in ("short-union", "department"):
        return None
    end = (
        _worded(view, parent)
        or _learned(view, parent)
        or _headed(view, parent.span.end)
        or beyond(view, parent.span.end)
    )
    if not end or leads_in_house(view.text, parent, end):
        return None
    span = Span(parent.span.start, end)
    return Mention(parent.type, span, view.text[span.start : end], "department")


def leads_in_house(text: str, parent: Mention, end: int) -> bool:
    """Is what ends here the party's committee in a company or a school, its secretary behind it: 某公司|党委|副书记?

    That is a post in the company; a county's committee is a body of its own.
    """
    house = parent.type in _HOUSES and text[parent.span.end : end] in IN_HOUSE
    return house and _SECRETARY.match(text, end) is not None


def whole_of(view: View, part: Mention, ends: Sequence[tuple[int, str]]) -> Mention | None:
    """The body that the name of its part begins with: 广西师范大学|体育学院, 恒山区总工会|职工服务中心.

    `ends` are the places where a name of a body may end, in order, with the class that the end tells.
    """
    low = bisect_left(ends, (part.span.start + 4, ""))
    high = bisect_left(ends, (part.span.end - 1, ""))
    for end, kind in reversed(ends[low:high]):
        text = view.text[part.span.start : end]
        if _WHOLE.search(text) and _PART.fullmatch(view.text, end, part.span.end):
            return Mention(kind, Span(part.span.start, end), text, "whole")
    return None


def _worded(view: View, parent: Mention) -> int:
    """Where the department of a union or an authority ends, or 0: 全总|法律工作部."""
    text, start = view.text, parent.span.end
    at = bisect_left(view.starts, start)
    if parent.type not in PARENTS or at >= len(view.tokens) or view.starts[at] != start:
        return 0
    endings, stops = vocabulary("organisation-departments"), vocabulary("organisation-stops")
    local = _LOCAL.match(text, start)
    if local and not any(len(w) > 1 and (w in stops or is_going(w)) for w in view.words_in(start, local.end("name"))):
        return local.end()  # 市公安局|向阳派出所
    for token in view.tokens[at : at + _REACH]:
        word = text[token.start : token.end]
        level = token.start > start and (view.level_at(token.start) or view.division_over(token.start))
        if level or token.end - start > _REACH or word in stops or is_going(word) or not re.match("[一-鿿]", word):
            break
        told = (e for e in endings if word.endswith(e) or (len(e) > 2 and text.endswith(e, start, token.end)))
        suffix = max(told, key=len, default="")
        single = len(suffix) <= len(word) and word in vocabulary("organisation-not-heads")  # but for 法律援助|站
        if suffix and not single and (token.end - start >= 3 or len(suffix) > 1):
            return token.end
    return 0


def _learned(view: View, parent: Mention) -> int:
    """Where a part of a school ends whose name would end elsewhere, or 0: 科学院|环境与植物保护研究所, 学院|团委|书记."""
    end = parent.span.end
    if parent.type == "School" and view.text.startswith("团委", end):
        return end + len("团委")
    found = _FIELDS.match(view.text, end) if parent.text.endswith(("大学", "学院", "科学院", "研究院")) else None
    if found is None or any(view.division_over(at) for at in range(end, found.end())):
        return 0
    people = words("group-heads") | words("posts")
    if any(word.endswith(tuple(people)) for word in view.words_in(end, found.start("joint"))):
        return 0  # 清华大学|师生和人文学院
    return 0 if _told(view, end, found.start("joint")) or _told(view, found.end("joint"), found.end()) else found.end()


def _headed(view: View, start: int) -> int:
    """Where a department ends whose head or staff follow, or 0."""
    found = _HEADED.match(view.text, start)
    if found is None or _told(view, start, found.end() - 1):  # 系 alone is a verb
        return 0
    return found.end()


def _told(view: View, start: int, end: int) -> bool:
    """Does a stretch hold a word that no name holds?"""
    stops = (vocabulary("organisation-stops") | vocabulary("organisation-not-heads")) - _offices()
    return any(word in stops or (word not in _offices() and _tells(word)) for word in view.words_in(start, end))


@cache
def _offices() -> frozenset[str]:
    """Verbs that tell what an office is for: 就业促进处, 社会救助科."""
    return vocabulary("organisation-verbal-nouns") | vocabulary("organisation-generic") | _DONE_THERE


def beyond(view: View, end: int) -> int:
    """Where the part of a body that is named right after it ends (北京大学|历史系), or 0.

    >>> text = "复旦大学经济系教授"
    >>> beyond(View(text), 4)
    7
    """
    posted = _POSTED.match(view.text, end)
    if posted:
        return posted.end()  # 世界卫生组织|驻华代表处
    at = bisect_left(view.starts, end)
    if at >= len(view.tokens) or view.starts[at] != end:
        return 0
    stops = vocabulary("organisation-stops")
    endings = sorted(vocabulary("organisation-parts"), key=len, reverse=True)
    best = 0
    for token in view.tokens[at : at + _REACH]:
        word = view.text[token.start : token.end]
        if word.endswith(("家庭", "关系")) or word in words("group-heads"):
            break  # 中心完小|贫困家庭, 浙江大学|发展|友好关系 are no part of the school
        if (
            word in vocabulary("organisation-not-heads")
            or token.end - end > 12
            or word in stops
            or (token.start > end and view.level_at(token.start))
            or not re.match("[一-鿿A-Za-z0-9]", word)
            or _tells(word)
        ):
            break
        if any(view.text.endswith(ending, end, token.end) and token.end - end > len(ending) - 1 for ending in endings):
            best = token.end
    return best


@cache
def _tells(word: str) -> bool:
    """Is the word a verb or a count, so that no name runs across it?"""
    return len(word) > 1 and all(part.tag in ("v", "vd", "vi", "d", "r", "t") for part in tagged(word, 0, len(word)))
