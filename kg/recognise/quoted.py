"""Names in quotation marks: an undertaking, a body, or neither (what people say, nicknames, titles of honour).

    推出 “复耕贷”        “侗乡守护人” 项目         “老灶头” 酒家 老板        “一分钱都不能截留”
    └verb  └ ends so     └ name ───┘ └ head       └ brand ┘ └ kind of body    neither

It is an undertaking where a head noun follows, where it ends like one, or behind a verb that sets something going;
a body where a kind of body follows or ends it, or somebody who has or runs it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache

from kg.language.tokens import tokens
from kg.lexicon import longest_prefix, longest_suffix, rows, table, vocabulary, words
from kg.model import Mention, Span

QUOTED = re.compile(r"[“‘](?P<name>[^“”‘’\n]{2,40})[”’]")
THEME = re.compile(r"以(?P<name>“[^“”\n]{3,30}”)为(?:活动)?主题")
SPOKEN = re.compile(r"[。！!?？;；]|[吧呢吗啊呀了]$")
SPEAKER = re.compile(r"^(?:我|你|他|她|咱|俺)")  # “我为群众办实事”实践活动 is one, “我要找工会行动” is not
HONOUR = re.compile(
    r"(?:先进|优秀|优胜|模范|最美|十佳|文明|示范)[一-鿿]{0,4}(?:个人|集体|单位|组织|班组|之家|工作者|称号|标兵|号|奖)$|称号$|奖章$"
)
# What a head may have in front of it behind a quoted name, digits and all: “工会驿站”双15工程, “送岗”2024年春季招聘会.
TAIL = re.compile(r"(?P<year>(?:19|20)[0-9]{2}年?度?)?(?P<phrase>[一-鿿]{0,2}[0-9]{0,2}[一-鿿]{0,18})")
PRODUCT = re.compile(r"^[一-鿿]{1,4}(?:贷|保)$")  # “惠农贷”, “渝快保”: what a bank or an insurer calls it
NUMBERED = re.compile(r"(?:第[0-9一二三四五六七八九十百]{1,4}[届期季]|首届)$")
NUMERAL = re.compile(r"[一二两三四五六七八九十]+[套项个大类种场次条件]?$")
LISTED = re.compile(r"(?:^|\n)\s*[0-9]{1,2}[.、]\s*$")  # 2、“银发食堂”。
BRAND = re.compile(r"“(?P<name>[^“”,。;:!?、\n]{2,8})”")
RUN_BY = re.compile("(?:的)?(?:老板娘?|店主|店长|掌柜|负责人|创始人|董事长|总经理|版主|骑手|门店|加盟店)")
# “山里厨娘”是县里培育的劳务品牌; “山里厨娘”“苗家护工”也相继挂出了牌子; 开设|12个|“邻里灶”, 举办|车间|“小协商”.
IS_A = re.compile(
    "”就?是[^。!?;,“”\n]{0,40}?(?:平台|品牌|项目|机制|活动|服务|工程|行动|计划|基金|举措|做法)(?=[,。;、]|$)"
)
OPENS = re.compile(
    "”(?:[、和与及]?“[^“”]{2,12}”)*(?:[也已均都]|相继|先后|正式|陆续|全面|率先|顺利|今天|昨日?)*"
    "(?:挂出|上线|启动|落地|开班|开课|开营|开播|开赛|开讲|开跑|亮相|诞生|问世|投用|启用|收官|开张|开锣)"
)
NOUN_BETWEEN = re.compile("(?:[0-9]+(?:[个家处所座场批项期]))?(?:[\u4e00-\u9fff]{2})?$")
NOT_A_NAME = re.compile("[,、]|(?<!模)式$|[型化性级]$")
A_WORD = re.compile(
    "之[风势气路道]|的?(?:精神|风气|之风|氛围|理念|口号|说法|方式|思路|现象|观念|原则|要求|态度|办法|热潮|热|模样)"
)
CALLED = re.compile("(?:署名|化名|落款|网名|自称|笔名|昵称)(?:为|叫)?$")  # 署名为|“好心妈妈”: somebody
HOUSE = re.compile("(?:一家(?:叫|名叫|名为)?|开了家|经营)$")
# A paper that does something: 《星洲日报》|捐出
PAPER = re.compile(
    "《[一-鿿]{2,8}(?:日报|晚报|早报|时报|商报|晨报|都市报|青年报|周刊|周报)》(?=捐|出资|资助|发起|主办|举办|联合|启动|与[^,;。]{2,12}(?:联合|共同))"
)
TAIL_REACH = 8
TOPIC, HEADLINE = 3, 60
CLASSES = frozenset({"Company", "Institution", "School"})


def quoted_programmes(text: str) -> Iterator[Mention]:
    """Quoted names that are undertakings; one that is told once by its head or verb is one everywhere.

    >>> [m.text for m in quoted_programmes("推出“复耕贷”,“侗乡守护人”项目启动,“一分钱都不能截留”。")]
    ['“侗乡守护人”项目', '“复耕贷”']
    """
    themes = {match.start("name") for match in THEME.finditer(text)}
    matches = [m for m in QUOTED.finditer(text) if not SPOKEN.search(m["name"])]
    times = Counter(m.group() for m in matches)
    bodies = {m.span.start for m in quoted_bodies(text)}
    sure: dict[str, str] = {}
    bare: list[re.Match[str]] = []
    for match in matches:
        tail = _tail(text, match.end())
        called = CALLED.search(text, max(0, match.start() - TAIL_REACH), match.start())
        if called or (tail and _on_the_net(text, match.start(), tail[0])):
            continue
        if tail is not None and not HONOUR.search(match["name"]):
            sure.setdefault(match["name"], tail[1])
            yield _mention(text, tail[1], match.start(), tail[0], "quoted name and head")
        elif match.start() not in bodies:
            bare.append(match)
    told = {m["name"]: kind for m in reversed(bare) if (kind := _told(text, m, times[m.group()]))} | sure
    for match in bare:
        if match["name"] in sure and _tells_of(text, match.end()):
            continue
        kind = told.get(match["name"]) or ("Campaign" if match.start() in themes else None)
        surely = longest_suffix(match["name"], len(match["name"]), _sure(), 6)  # “她创循环金”
        if kind and (surely or not SPEAKER.match(match["name"])):
            yield _mention(text, kind, match.start(), match.end(), "quoted name")


@lru_cache(maxsize=4)  # bodies and programmes ask for those of the same text
def quoted_bodies(text: str) -> tuple[Mention, ...]:
    """Quoted names of shops, clubs and the like, with the kind of body behind them.

    >>> [m.text for m in quoted_bodies("“老灶头”酒家包了,“鱼汤面馆”给骑手留着饭,“爱心”企业")]
    ['“老灶头”酒家', '“鱼汤面馆”']
    """
    return tuple(_quoted_bodies(text))


def _quoted_bodies(text: str) -> Iterator[Mention]:
    yield from (_mention(text, "Institution", *match.span(), "quoted body") for match in PAPER.finditer(text))
    kinds = body_ends()
    for match in BRAND.finditer(text):
        end, kind = _kind_behind(text, match.end())
        if not kind and (n := longest_suffix(match["name"], len(match["name"]), kinds.keys(), 8)):
            shop = kinds[match["name"][-n:]]
            kind = shop if shop == "Company" and n < len(match["name"]) else ""
        if not kind and (RUN_BY.match(text, end) or HOUSE.search(text[max(0, match.start() - 4) : match.start()])):
            kind = "Company"
        kept = (
            kind == "" or text[match.end() : end] or not longest_suffix(match["name"], len(match["name"]), _sure(), 6)
        )
        if kind and kept and not SPEAKER.match(match["name"]) and not _ending(match["name"]):
            yield _mention(text, kind, match.start(), end, "quoted body")


def strong_heads() -> frozenset[str]:
    """Head nouns that make a name of the phrase before them."""
    return words("programme-heads", 2, "strong")


def head_class(head: str) -> str:
    """The class of a programme that such a head noun ends."""
    return table("programme-heads")[head][0]


@cache
def body_ends() -> dict[str, str]:
    """Kinds of body that have names of their own, with their class: 酒家 a Company, 车友会 an Institution."""
    table = rows("organisation-suffixes")
    return {word: kind for word, kind, needs in table if needs in ("name", "brand") and kind in CLASSES}


@cache
def _sure() -> frozenset[str]:
    """Ends of names that are services wherever they stand: 驿站, 基金."""
    return words("service-name-ends", 1, "sure")


def _mention(text: str, kind: str, start: int, end: int, rule: str) -> Mention:
    surface = text[start:end]
    return Mention(kind, Span(start, end), surface, rule, surface)


def _told(text: str, match: re.Match[str], times: int) -> str | None:
    """The class of a name without a head behind it, if its end, its number or the verb before it tells.

    `times` is how often the text has it; what a headline has, and the story again and again, is what it is about.
    """
    name, start = match["name"], match.start()
    if kind := _ending(name, bool(NUMBERED.search(text[max(0, start - 6) : start]))):
        return kind
    if HONOUR.search(name) or NOT_A_NAME.search(name) or A_WORD.match(text, match.end()):
        return None
    launched = _launched(text, start) or any(p.match(text, match.end() - 1) for p in (IS_A, OPENS))
    end = longest_suffix(name, len(name), words("service-name-ends"), 6)
    if not end:
        launched = launched or (times >= TOPIC and start < text.find("\n") <= HEADLINE)
        return "Service" if launched and len(name) <= 12 else None
    listed = bool(LISTED.search(text, max(0, start - 12), start))
    return "Service" if launched or times > 1 or listed or name[-end:] in _sure() else None


def _tells_of(text: str, at: int) -> bool:
    """Does a noun for people follow, which the quotation only tells of: “两癌”|母亲, though “两癌”救助项目 is a name?"""
    return (
        longest_prefix(text, at, words("group-heads"), 6) > 0
        or longest_prefix(text, at, words("group-modifiers", 1, "word"), 4) > 0
    )


def _on_the_net(text: str, start: int, end: int) -> bool:
    """Is a name that of a place on the net, where people write or look (在“剡溪在线”论坛发帖)?"""
    return text[start - 1 : start] in ("在", "上", "从") and text.endswith(("论坛", "平台"), start, end)


def _launched(text: str, at: int) -> bool:
    """Does a verb that sets something going stand before a name, or before how many of it or a noun that tells its field?"""
    between = NOUN_BETWEEN.search(text, max(0, at - 8), at)
    ends = (at, between.start() if between else at)
    return any(longest_suffix(text, end, words("launching-verbs"), 6) > 0 for end in ends)


def _ending(name: str, numbered: bool = False) -> str | None:
    """The class of a quoted name that ends in a telling head (“圆梦大学行动”), in any behind 第七届, or is a brand."""
    brand = table("programme-brands").get(name)
    if brand:
        return brand[0]
    if PRODUCT.match(name):
        return "Service"
    size = longest_suffix(name, len(name), words("programme-heads") if numbered else strong_heads(), 8)
    return head_class(name[-size:]) if size > 0 and len(name) - size >= 2 else None


def _tail(text: str, at: int) -> tuple[int, str] | None:
    """The end and the class of the noun phrase behind a quoted name, if it reaches a head."""
    stretch = TAIL.match(text, at)
    if stretch is None or not stretch["phrase"]:
        return None
    at = stretch.start("phrase")
    best: tuple[int, str] | None = None
    heads, stops = words("programme-heads"), words("programme-stops") - {"系列", "主题"}
    verbs = words("programme-verbs") - {"实践", "创新", "计划", "服务", "创建", "助力"}
    phrase = stretch["phrase"]
    for token in tokens(phrase):
        word = phrase[token.start : token.end]
        if word in stops or word in verbs or NUMERAL.match(word):
            break
        size = longest_suffix(phrase, token.end, heads, 8)
        if size == 1 < len(word) and word not in heads:
            size = 0  # “两委”成员|先行
        if size and not phrase.startswith("建设", token.end):
            best = at + token.end, head_class(phrase[token.end - size : token.end])
    return best


def _kind_behind(text: str, at: int) -> tuple[int, str]:
    """Where the kind of body behind a quoted name ends, and its class; common nouns may stand between."""
    kinds, common = body_ends(), vocabulary("organisation-generic") | vocabulary("organisation-verbal-nouns")
    direct = longest_prefix(text, at, kinds.keys(), 6)
    best = (at + direct, kinds[text[at : at + direct]]) if direct else (at, "")
    for token in tokens(text[at : at + TAIL_REACH + 4]):
        end, word = at + token.end, text[at + token.start : at + token.end]
        if size := longest_suffix(text, end, kinds.keys(), 6, at):
            best = end, kinds[text[end - size : end]]
        elif (end > best[0] and word not in common) or end > at + TAIL_REACH:
            break
    if best[1] and longest_prefix(text, best[0], frozenset({"化", "者", "式"})):
        return at, ""
    return best
