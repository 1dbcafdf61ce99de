"""The lines of a document and what a line can be seen to be by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from unicodedata import east_asian_width

from kg.language.characters import fold_paragraph
from kg.language.tokens import words
from kg.lexicon import table, vocabulary

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_NUMERAL = "一二三四五六七八九十"

BOX = re.compile(
    r"^【?(?:阅读提示|核心提示|内容提要|提要|导读|编者按|编者的话|编后|相关链接|新闻链接|延伸阅读|链接|名词解释|背景链接"
    r"|新闻背景|小贴士|记者手记|短评|点评)】?(?::|$)"
)
CONTINUATION = re.compile(r"^\(?(?:上接|紧接|接)第?[\dA-Z一二三四五六七八九十]+版\)?")
LIST_ITEM = re.compile(
    rf"^(?:\d{{1,2}}(?:[、)]|\.(?!\d))|\(\d{{1,2}}\)|\([{_NUMERAL}]{{1,3}}\)|[①-⑳]|[{_NUMERAL}]{{1,3}}是|"
    rf"第[{_NUMERAL}]{{1,3}}[,、是]|其[{_NUMERAL}][,、是]|[●•▲■◆★◎○*])"
)
# 【谁能报名】 / 一、哪些人能去? / 第一章 总则
LABEL = re.compile(
    rf"^(?:【[^】]{{1,16}}】$|[{_NUMERAL}]{{1,3}}、|第[{_NUMERAL}]{{1,3}}[章节编](?:\s|$)"
    r"|(?:引子|楔子|尾声|结语|结束语|后记|题记|写在[前后]面|写在最后|采访手记|采访札记|记者观察|记者感言|编后语)$)"
)
LABELLED = re.compile(r"^[^,。;:!?、]{2,20}:")  # 城市低保:由每人每月719元提高到不低于791元;
ENDED = re.compile(r"[。!?…][”’」』)]*$|[。!?…;]\([^()]{1,24}\)$")
# a comma with less than a word behind it ends no headline either: 省总补助50元,市
_HANGING = re.compile(r"[,、(“‘《【「]$|[的和与及将把被是并而或在由从等]$|[,、;][\u4e00-\u9fff]$")
_CLINGING = re.compile(r"^[,。、;:!?)”’》】」…%]")
_REMAINDER = re.compile(r"^[,。、;:!?)”’》】」%]")
# When or by what it is, said first and with a comma: so paragraphs begin, and headlines do not.
_FRAME = (
    r"[今去前明]年[^,]{0,6}|\d[^,]{0,10}[年月日点时起半多]|自[^,]+起|[早晚夜][^,]{1,8}|接下来|会上|按照[^,]+|谈到[^,]+|在[^,]{2,12}(?:方面|期间|当中)"
    r"|[^,]{1,10}(?:前夕|之后|以后|期间|以来|之际|下来)"
)
_OPENING = re.compile(
    r"^(?:近日|日前|近年来|连日来|据|此外|同时|其中|其间|随即|截至|下一步|当天|据悉|目前|记者|根据|如今)"
    rf"|^\d{{1,2}}月\d{{1,2}}日|^(?:{_FRAME}),"
)
# What headlines leave out: who says it, that it was lately, a third clause, a list of three.
_SPEAKS = frozenset(table("verb-kinds")["speak"][0].split())
_TELLING = re.compile(
    rf"(?:{'|'.join(sorted(_SPEAKS))}|告诉记者),|近日|日前|^(?=.{{24}})[^,]*,[^,]*,[^,]{{2}}|、[^、]+、"
)
SUBTITLE = re.compile(r"^(?:——|--)")
KICKER = re.compile(r"(?:——|--)$")
_PAIRS = ("“”", "‘’", "《》", "()", "【】", "「」")
_LINE = re.compile(r"[^\r\n]+")
_BREAK = re.compile(r"\r\n|\r|\n")
_FIGURE_TORN = re.compile(
    r"\d[.,]?\n\d|\n[.,%]|\d\n(?:[万亿多余%元年月日岁人名户家个件起条头座项次台米]|(?:周岁|小时|公里|平方米))"
)
_PURPOSE_TORN = re.compile(r"为\d")  # 公示时间|为11月13日
_CELLS = re.compile(r"(?:[^,。;]{1,20},){1,}[^,。;]{1,20}")  # a row of a table, its bars read as commas
_BARE_NUMBER = re.compile(rf"[{_NUMERAL}]{{1,3}}、|\([{_NUMERAL}]{{1,3}}\)|\d{{1,2}}[.、]")
_NEVER_FIRST = vocabulary("never-first")
_REACH = 8  # characters on either side that are cut into words
_PARTS = re.compile(r"[,:!?\s]")
_PART_LIMIT = 18
HEADLINE_LIMIT = 40


@dataclass(frozen=True, slots=True)
class Line:
    """A line that says something: its place without margins, what is before it, and how far it reaches."""

    start: int
    end: int
    text: str
    after_blank: bool
    indented: bool
    width: int
    cells: float


def lines_of(text: str) -> list[Line]:
    """The lines of a text that are not blank.

    >>> [(line.text, line.after_blank) for line in lines_of("题目\\n\\n　　正文。\\n完")]
    [('题目', False), ('正文。', True), ('完', False)]
    """
    found: list[Line] = []
    last = 0
    for match in _LINE.finditer(text):
        raw = match[0]
        stripped = raw.strip()
        if not stripped:
            continue
        margin = len(raw) - len(raw.lstrip())
        start = match.start() + margin
        end = start + len(stripped)
        breaks = len(_BREAK.findall(text, last, start))
        found.append(Line(start, end, fold_paragraph(stripped), breaks > 1, margin > 1, *_widths(raw.rstrip())))
        last = end
    return found


def _widths(line: str) -> tuple[int, float]:
    """How many characters a line has, and how many wide ones would take its room.

    >>> _widths("发放20万元")
    (6, 5.0)
    """
    return len(line), sum(1.0 if east_asian_width(ch) in "WFA" else 0.5 for ch in line)


def is_ended(text: str) -> bool:
    """Does the text end as a sentence does?

    >>> is_ended("他说:“好。”"), is_ended("提供“送清")
    (True, False)
    """
    return bool(ENDED.search(text))


def is_hanging(text: str) -> bool:
    """Does the text stop where no sentence and no headline can: a comma, an open quotation, a conjunction?"""
    return bool(_HANGING.search(text)) or any(text.count(pair[0]) > text.count(pair[1]) for pair in _PAIRS)


def is_clinging(text: str) -> bool:
    """Does the text begin as only the rest of a sentence can?"""
    return bool(_CLINGING.match(text))


def is_remainder(text: str) -> bool:
    """Does the text begin as nothing but the rest of a sentence can, however what is before it ends?

    >>> is_remainder("”会长说"), is_remainder(",其中"), is_remainder("“会长")
    (True, True, False)
    """
    return bool(_REMAINDER.match(text))


def is_torn(before: str, after: str) -> bool:
    """Does the break between the two run through a word, a figure, or what no sentence begins with?

    >>> is_torn("西北工业集团有限公司第三届职工科", "技节近日拉开帷幕"), is_torn("慰问资金1", "2万元"), is_torn("慰问职工", "市总工会近日")
    (True, True, False)
    >>> is_torn("去年,全市消委会", "共受理投诉1362件"), is_torn("县红十字会会长欧惠珍", "说,善款将分给9个家庭")
    (True, True)
    """
    if LIST_ITEM.match(after) or (_CELLS.fullmatch(before) and _CELLS.fullmatch(after)):
        return False
    if _FIGURE_TORN.search(f"{before[-3:]}\n{after[:3]}") or _BARE_NUMBER.fullmatch(before):
        return after[0] == "0" or not LABELLED.match(before)
    if _PURPOSE_TORN.match(after):
        return True
    if len(before) < _REACH and len(after) < _REACH:
        return False  # names in a list: 张三|李四
    head, tail = before[-_REACH:], after[:_REACH]
    cut = words(head + tail, "rjieba")
    ends = list(accumulate(map(len, cut)))
    if len(head) not in ends:
        across = next(word for word, end in zip(cut, ends, strict=True) if end > len(head))
        # a pair may be chance where a longer word ends before the break: 意外保障问答|问谁可以参加
        return len(across) > 2 or len(words("".join(head.split()), "rjieba")[-1]) == 1
    following = cut[ends.index(len(head)) + 1 : ends.index(len(head)) + 3]
    return bool(following) and (
        following[0] in _NEVER_FIRST or (following[0] in _SPEAKS and following[1:] in ([","], [":"]))
    )


def begins_body(text: str) -> bool:
    """Does the text begin as a story does below its headline: 今年以来, 近日, 3月2日?"""
    return bool(_OPENING.match(text))


def is_one_line(text: str) -> bool:
    """Could the text be a headline by its length and marks, whatever it says?"""
    return len(text) <= HEADLINE_LIMIT and "。" not in text and ";" not in text


def is_prose(text: str) -> bool:
    """Is this more than a headline: long, more than a sentence, or begun as bodies begin?

    >>> is_prose("档案架上有一本本厚重的课程资料,里面记录着每一期培"), is_prose("职工求职,“娘家人”帮到底")
    (False, False)
    >>> is_prose("工桥通业就业服务中心的档案架上有一本本厚重的课程资料,里面记录着每一期培")
    True
    """
    if len(text) > HEADLINE_LIMIT or "。" in text or ";" in text or _OPENING.match(text) or _TELLING.search(text):
        return True
    # A headline may be long or have a comma; with a comma, its parts are kept short.
    return "," in text and max(map(len, _PARTS.split(text))) > _PART_LIMIT


def is_short(text: str) -> bool:
    """Could this be a headline or sub-headline, by its form alone?

    >>> is_short("免费学,有钱赚"), is_short("嫂,工作预约排到了9月底。"), is_short("1. 调整了检查项目")
    (True, False, False)
    """
    if is_prose(text) or LIST_ITEM.match(text) or text[-1] in ",、;:。" or sum(map(str.isalnum, text)) < 2:
        return False
    return not is_ended(text)
