"""Kinds of bodies named by their level or their field: 各级工会, 中央财政, 人社部门, 县级以上工会.

They act like organisations, yet are no single one: an OrganisationGroup each, where they act.  The treasury of one
place (县财政) is one: the authority that keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lexicon import words
from kg.model import Mention, Span
from kg.recognise.places import find_places

_LEVEL = (
    "(?:全[国省市县区州系](?:统)?)?(?:各级|[县市]级以上|(?:[中央省市县区乡镇]{1,2}、?){2,5}[两三四五]级|上级|地方|"
    "各?(?:省|市|县|区|自治区)级)"
)
_BODY = (
    "(?:工会(?:组织)?|政府|党委|妇联(?:组织)?|(?:共青)?团组织|残联|红十字会|慈善(?:总会|组织)|医院|人民政府|组织部门)"
)
_FIELD = (
    "(?:人力资源(?:和)?社会保障|人社|民政|财政|教育|卫生健康|卫健|卫生计生|卫生|公安|交通运输|交通|住建|农业农村|农业|劳动|"
    "税务|工商|市场监管|司法|医保|应急|发改|宣传|文化|体育|环保|水利|审计|统计|商务|人事)"
)
_ACTING = re.compile(
    r"(?:今年|去年|全年|每年|将|已|已经|共|累计|先后|还|也|再|又|另|要|按|计划|拟|为此|对此|专门|同步|及时|分别|各|均|一次性|采取自建、共建等方式,|[0-9]+月起)*"
    + "(?:全额|共同|统一|主动|积极|按比例|按[0-9]比[0-9.]+)?(?:占|筹|掏|贴|"
    + "|".join(sorted(words("action-verbs"), key=len, reverse=True))
    + "|给予|消费|慰问|承担|负担|出钱|缴纳|缴|自付|自缴|自筹|只需|仅需|捐赠|捐款|捐)"
)
_HELPING = (
    "救助",
    "补助",
    "补贴",
    "补给",
    "补",
    "奖励",
    "奖补",
    "奖",
    "报销",
    "配套",
    "列支",
    "减税",
    "退税",
    "降费",
    "减免",
    "让利",
)
# 民政部门医疗救助4000元, 中央财政每个托位补助1万元: what is given, or to whom, stands before the verb
_GIVING = re.compile(
    "(?!的)[^,;。:!?、的\n]{0,8}?(?:出(?!台)|"
    + "|".join(sorted({*words("giving-verbs"), *_HELPING}, key=lambda verb: (-len(verb), verb)))
    + ")(?!资金|政策|标准|办法)"
)
_BEFORE = re.compile(r"(?:^|[,;。:!?\n、”)和与由及]|其中|[年月日起来前后])$")
_PATTERNS = (
    re.compile(_LEVEL + _BODY),
    re.compile("全[省市县区州]工会(?!系统|会员|干部|经费|工作|主席|代表)"),
    re.compile("(?:全[国省市县区州]?各级|(?:[中央省市县区乡镇]{1,2}、?){2,5}[两三四五]级|各级|上级|地方|中央)财政"),
    re.compile("(?:各级)?" + _FIELD + "(?:等|行政|主管)?部门"),
    re.compile("(?:有关|相关)部门"),
    re.compile(
        "(?:(?:参保)?(?:个人|用人单位|职工个人)|(?<![一-鿿])企业|(?<=元)企业)(?=(?:只需|仅需|需|再|另|自己|按比例|共同)*(?:缴纳|缴|自付|自缴|自理|自担|承担|负担|自筹|出资|捐赠|捐款|捐))"
    ),
)

# 县财政, 市级财政: what a county's treasury pays its finance bureau pays, a province's its department
_TREASURY = re.compile("(?P<level>自治区|省|市|县|区|州|旗)(?:级|本级)?财政")
_IS_A_SHARE = re.compile("[0-9]+(?:[.][0-9]+)?[万亿元]")  # 其中市财政1200万元
_BUREAUS = {"省": "财政厅", "自治区": "财政厅"}


def find_treasuries(text: str) -> Iterator[Mention]:
    """The treasuries of a place that a text tells to act, each as the authority that keeps it.

    >>> [(m.text, m.name) for m in find_treasuries("市级财政出六成,县财政每人补助8000元,荣成市财政补15%,县财政收入增加")]
    [('市级财政', '市财政局'), ('县财政', '县财政局'), ('荣成市财政', '荣成市财政局')]
    """
    ends = {place.span.end: place.span.start for place in find_places(text)}
    for match in _TREASURY.finditer(text):
        level = match["level"]
        start = ends.get(match.start() + len(level), match.start())  # 荣成市|财政
        if _told_to_act(text, start, match.end()) or _IS_A_SHARE.match(text, match.end()):
            name = text[start : match.start()] + level + _BUREAUS.get(level, "财政局")
            yield Mention("PublicBody", Span(start, match.end()), text[start : match.end()], "treasury", name)


def find_levels(text: str) -> Iterator[Mention]:
    """The kinds of bodies that a text tells to act, named by level or field.

    >>> [m.text for m in find_levels("全省各级工会投入80万元,资金由中央、省、市三级财政拨付,与人社部门的政策一致")]
    ['全省各级工会', '中央、省、市三级财政']
    """
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if _told_to_act(text, *match.span()):
                yield Mention("OrganisationGroup", Span(*match.span()), match.group(), "kind-of-body", match.group())


def _told_to_act(text: str, start: int, end: int) -> bool:
    """Does what is found open its clause, and does it give or do something there?"""
    before = text[max(0, start - 2) : start]
    acts = _ACTING.match(text, end) or _GIVING.match(text, end)
    return bool(_BEFORE.search(before) and acts)
