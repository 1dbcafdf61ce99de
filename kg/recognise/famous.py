"""Bodies known by their names: those the dictionary marks as bodies, and those everybody knows without a word for what they are.

美国 国务院 发言人      上海 申花 队       微软 公司 和 谷歌
└country└body           └ known ─┘        └dictionary┘└ known
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import ahocorasick_rs

from kg.language.phrases import all_tagged, tagged
from kg.lexicon import rows, vocabulary
from kg.model import Mention, Span
from kg.recognise.bodies import View

_CLASSES = (
    ("School", re.compile(r"(?:大学|学院|中学|小学|学校|党校)$")),
    ("Company", re.compile(r"(?:公司|集团|银行|证券|基金|保险|出版社|书店|厂|铁路局)$")),
    (
        "PublicBody",
        re.compile(
            r"(?:政府|部|局|委|院|厅|署|法院|检察院|军|军区|舰队|部队|国会|议会|政协|人大|央行|使馆|警方|军方|总署|委员会|府)$"
        ),
    ),
)
_SUFFIX = re.compile(
    r"(?:集团总?公司|钢铁公司|航空公司|总公司|公司|集团|银行|医科大学|大学|学院|中学|出版社|报社|通讯社|新闻社|俱乐部|医院|证券|铁路局|"
    r"基金会|制片厂|造船厂|电视台|音乐厅|图书馆|使馆|法院|政府|政协|市委|省委|县委|区委|议会|国会|军区|舰队|委员会|协会|学会|研究所|"
    r"[部委局院署厅办社会党团队军系所司馆台厂])$"
)
# What makes of a party or a band its members, of a paper its reader: 共产党|员.
_GOES_ON = {
    "党": "员章委组校籍派纪政内外群",
    "军": "人装民营事医政校团服用工",
    "队": "员友长形伍列",
    "社": "员会区",
    "行": "业",
    "部": "门分",
}
_COUNTRY_BODIES = (
    "(?:联邦|国家|中央|皇家|最高|前|新|旧)*(?:政府军|政府|议会|国会|参议院|众议院|参院|众院|国务院|外交部|外务省|外长办公室|国防部|财政部|内政部|司法部|"
    "商务部|能源部|卫生部|农业部|教育部|交通部|劳工部|内阁|总统府|首相府|王室|皇室|央行|中央银行|最高法院|宪法法院|法院|检察院|警方|"
    "军方|空军|海军|陆军|海军陆战队|国防军|武装部队|警察局|移民局|联邦调查局|情报局|中央情报局|证券交易委员会|证交会|联邦储备委员会|联邦法院|"
    "大使馆|领事馆|总领事馆|使馆|奥委会|足协|足总|科学院|航空航天局|宇航局|共产党|工党|保守党|社会党|自由党|民主党|共和党|绿党|"
    "(?:(?![和与及在对向把被由将的为])[一-鿿]){2,8}?(?:委员会|管理局|监督局|保护局|总署|管理署)|"
    "国家队|男足|女足|男篮|女篮|男排|女排|乒乓球队|羽毛球队|足球队|篮球队|排球队|游泳队|体操队|田径队|代表队|联队|队)"
)


_UNION = re.compile("工会(?!会员|组织|经费|工作|系统)")
_KIN = re.compile(
    "丈夫|妻子|爱人|老公|老婆|[父母]亲|[爸妈]{1,2}|父母|爷爷|奶奶|公公|婆婆|[儿女][子儿]|孩子|[哥姐弟妹]{1,2}|家[里人]"
)
_CORPORATE = re.compile("(?:集团|控股|科技|股份|中国|\\(中国\\))*(?:有限责任公司|有限公司|公司|集团|俱乐部)")
_BRANCH = re.compile("[一-鿿]{2,7}?(?:中心支公司|支公司|分公司|支行|分行|分理处)")
_HOUSE = re.compile(
    "[一-鿿]{0,6}?(?:中心支公司|支公司|分公司|省公司|市公司|公司|支行|分行|分理处|营业部|营业厅|网点|电力|供电公司|工厂|基地|总部)"
)


@cache
def _countries() -> tuple[str, ...]:
    return tuple(sorted(vocabulary("countries"), key=lambda name: (-len(name), name)))


@cache
def _country_body() -> re.Pattern[str]:
    names = "|".join(_countries())
    mission = "驻(?!(?:扎|地|村|守|军))[一-鿿]{1,7}?(?:大使馆|总领事馆|总领馆|领事馆|领馆|使馆|代表处)"
    return re.compile(f"(?:{names})(?:{mission}|{_COUNTRY_BODIES})|[中美英法德日俄韩朝印加澳泰越菲]国?{mission}")


@cache
def _famous() -> tuple[ahocorasick_rs.AhoCorasick, tuple[tuple[str, str, bool], ...]]:
    names = [
        (name.lstrip("?"), kind, name.startswith("?"))
        for kind, line in rows("organisation-famous")
        for name in line.split()
    ]
    kind = ahocorasick_rs.MatchKind.LeftmostLongest
    return ahocorasick_rs.AhoCorasick([name for name, *_ in names], matchkind=kind), tuple(names)


@cache
def known_names() -> frozenset[str]:
    """The names themselves, those among them that are ordinary words too."""
    return frozenset(name for name, *_ in _famous()[1])


def find_famous(view: View) -> list[Mention]:
    """The bodies of a text that are known by name, the longest first.

    >>> [m.text for m in find_famous(View("美国国务院发言人说,微软公司和华为都出席,共产党员带头。"))]
    ['美国国务院', '微软公司', '华为']
    """
    found: dict[Span, Mention] = {}
    for mention in (*_listed(view), *_tagged(view), *_of_countries(view)):
        found.setdefault(mention.span, mention)
    return [found[span] for span in sorted(found, key=lambda span: (-len(span), span))]


def _listed(view: View) -> Iterator[Mention]:
    text = view.text
    automaton, names = _famous()
    found = list(automaton.find_matches_as_indexes(text))
    sure = {end for index, _, end in found if not names[index][2]} | {
        start for index, start, _ in found if not names[index][2]
    }
    told = {index for index, start, end in found if names[index][2] and _spoken_of(text, start, end, sure)}
    for index, start, end in found:
        name, kind, weak = names[index]
        if len(name) < 4 and not name.isascii() and not (start in view.edges and end in view.edges):
            continue
        if name.isascii() and (_latin(text, start - 1) or _latin(text, end)):
            continue
        if text[end : end + 1] and text[end] in _GOES_ON.get(name[-1], "员"):
            continue  # 党|员, 闪送|员
        if kind == "School" and text[end : end + 1] in tuple("镇村乡街路荒"):
            continue  # 北大|镇
        if weak and index not in told:
            continue  # an ordinary word, and nowhere in the text spoken of as a body
        local = _local(view, end) if kind == "Company" else end
        if kind == "Company" and _is_goods(text, local):
            continue
        team = text.startswith("队", end) and text[end + 1 : end + 2] not in tuple("员长友医形")
        if team and not name.endswith("队"):
            local = end + 1
        if name.endswith("的") and _KIN.match(text, end):
            continue  # 祝光|美的|丈夫
        if local >= 0 and (union := _UNION.match(text, local)):
            kind, local = "TradeUnion", union.end()  # 首钢|工会
        if local < 0 or (name == "共青团" and end in view.places):
            continue
        yield Mention(kind, Span(start, local), text[start:local], "known-name", text[start:local])


def _local(view: View, end: int) -> int:
    """Where a company's house at a place ends (人保财险|苏尼特右旗|支公司); -1 where the place leads to something else."""
    corporate = _CORPORATE.match(view.text, end)
    if corporate:
        return corporate.end()
    branch = _BRANCH.match(view.text, end)
    if branch and not any(word in vocabulary("organisation-stops") for word in view.words_in(end, branch.end())):
        return branch.end()
    place = view.places.get(end)
    if place is None:
        return end
    house = _HOUSE.match(view.text, place.span.end)
    return house.end() if house else -1


@cache
def _goods() -> re.Pattern[str]:
    things = "|".join(sorted(vocabulary("goods-of-makers"), key=lambda word: (-len(word), word)))
    return re.compile(
        rf" ?(?:(?!(?:C[A-Z]O|IPO|HR|VIP|AI|IT|LOGO|Logo|logo|[ABH]股|[A-Z]轮)(?![A-Za-z0-9]))[A-Za-z]|[0-9]{{1,4}}[A-Za-z系]|{things})"
    )


def _is_goods(text: str, end: int) -> bool:
    """Does the maker's name lead up to the name of a thing: 标致|307, 海尔|洗衣机, 奔驰|E级?"""
    return _goods().match(text, end) is not None


def _latin(text: str, at: int) -> bool:
    return 0 <= at < len(text) and text[at].isascii() and text[at].isalnum()


def _spoken_of(text: str, start: int, end: int, sure: set[int]) -> bool:
    """Do the words around an ambiguous name speak of a body, or does a sure one stand beside it?"""
    table = {row[0]: row[1].split() for row in rows("organisation-company-words")}
    if any(text.endswith(word, 0, start) for word in table["before"]) or any(
        text.startswith(word, end) for word in table["after"]
    ):
        return True
    beside = text[start - 1 : start] in ("、", "和", "与") and start - 1 in sure
    return beside or (text[end : end + 1] in ("、", "和", "与") and end + 1 in sure)


def _tagged(view: View) -> Iterator[Mention]:
    """What the dictionary tags as a body, if it has a name of its own: 复旦|大学, not 音乐|学院."""
    text = view.text
    for word in all_tagged(text, "nt"):
        if len(word.text) < 4 or word.text.endswith("关系") or not _has_name(word.text):
            continue
        follows = text[word.end : word.end + 1]
        if follows and follows in _GOES_ON.get(word.text[-1], ""):
            continue
        yield Mention(class_of(word.text), word.span, word.text, "dictionary-name", word.text)


@cache
def _has_name(word: str) -> bool:
    """Is what stands before the kind of body a name, not a common noun?"""
    suffix = _SUFFIX.search(word)
    if not suffix or not suffix.start():
        return False
    rest = word[: suffix.start()]
    if rest in vocabulary("organisation-generic") or len(rest) < 2:
        return False
    if rest in known_names():
        return True
    parts = tagged(rest, 0, len(rest))
    return any(part.tag.startswith(("ns", "nz", "nr", "nt", "j", "x")) for part in parts)


def _of_countries(view: View) -> Iterator[Mention]:
    for match in _country_body().finditer(view.text):
        start, end = match.span()
        if start not in view.edges or (
            match.group()[-1] in "队党" and view.text[end : end + 1] in tuple("员章委伍友长形")
        ):
            continue
        yield Mention(class_of(match.group()), Span(start, end), match.group(), "country-body", match.group())


def class_of(name: str) -> str:
    """The class that the end of a name tells.

    >>> class_of("复旦大学"), class_of("巴西队")
    ('School', 'Institution')
    """
    return next((kind for kind, pattern in _CLASSES if pattern.search(name)), "Institution")
