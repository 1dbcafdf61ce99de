"""People who are named with a post (北京康复医院书记费丽) or an occupation (母婴护理师曹亚荣).

    湖北省总工会 党组书记、常务副主席 陈惠霞 表示
    └ body ────┘ └ post ┘ └ post ──┘ └name┘ └ a word that may follow a name

By-line reporters, people called by surname and courtesy alone (肖师傅) and unnamed speakers (有关负责人) are
nobody here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.language.tokens import tokens
from kg.model import Mention, Span
from kg.recognise.wordlists import longest_prefix, words

Held = tuple[Mention, Mention | None, str, Span]
STOP = "。，,、；;：:！!?？（）()《》“”‘’\n \u3000·…—"
SENTENCE = "。！!?？\n"
ALIAS = re.compile(r"\((?:以下|下)?(?:简称|称)[^()]{1,20}\)$")
DEPARTMENT = re.compile(
    r"^(?:的)?(?P<name>[一-鿿]{0,10}(?:部|处|科|室|办公室|中心|系|分会|委员会|党委|支部|站|所|队|组|车间))$"
)
COURTESY = frozenset(
    ("师傅", "老师", "先生", "女士", "同志", "大姐", "大爷", "阿姨", "大叔", "大哥", "大妈", "奶奶", "爷爷")
)
FUNCTION = frozenset("和都于从向等以由则是只也因与及并在时后上下经应")
ADVERBS = frozenset("则也还就却才正又都更便曾已再")
GOVERNMENT = re.compile(r"(?:省|市|县|区|州|旗|镇|乡)长$")
FOREIGN = re.compile(
    r"[一-鿿]{2,6}·[一-鿿]{2,6}?(?=[。，,、；;：:！!?？（）()《》“”\n \u3000]|说|介绍|表示|告诉|在|是)"
)
HEADS_OF = {
    "院长": ("医院", "法院", "检察院", "学院", "研究院", "养老院", "卫生院", "敬老院"),
    "校长": ("学校", "小学", "中学", "大学", "党校"),
    "园长": ("幼儿园",),
    "局长": ("局",),
    "会长": ("协会", "商会", "联合会", "学会"),
    "理事长": ("基金会", "协会", "联合会", "合作社"),
    "董事长": ("公司", "集团"),
    "总经理": ("公司", "集团"),
    "行长": ("银行", "支行", "分行"),
}
TITLES = frozenset(
    ("教授", "副教授", "主任", "院士", "医生", "律师", "主席", "部长", "书记", "局长", "市长", "会长", "院长")
)


@cache
def _role() -> re.Pattern[str]:
    """A post with what may stand before its head: (党组)书记, (常务)副主席, (英语)教师."""

    def either(kind: str) -> str:
        return "|".join(sorted(words("posts", 1, kind), key=lambda w: (-len(w), w)))

    return re.compile(f"(?:{either('prefix')})*(?:{either('post')}|{either('occupation')})")


def find_people(text: str, organisations: Sequence[Mention]) -> tuple[list[Mention], list[Held]]:
    """Every mention of a person who has a post, and the posts: person, body or None, role, where it says so.

    >>> people, posts = find_people("省厅党组书记、常务副主席陈惠霞表示,肖师傅和有关负责人都来了。", [])
    >>> [p.name for p in people], [role for _, _, role, _ in posts]
    (['陈惠霞'], ['党组书记', '常务副主席'])
    """
    bodies = sorted(organisations, key=lambda m: (m.span.end, m.span.start))
    held: list[Held] = []
    for chain in _chains(text, bodies):
        occupation = text[chain[-1].start : chain[-1].end] in words("posts", 1, "occupation")
        names = _names(text, chain[-1].end, occupation)
        if not names:
            continue
        for role, body in _bodies(text, chain, bodies, held):
            for name in names:
                label = text[role.start : role.end]
                held.append(
                    (
                        _person(text, name),
                        body,
                        label,
                        Span(body.span.start if body and body.span.end <= role.start else role.start, name.end),
                    )
                )
    held += _titled(text, held)
    return _everywhere(text, [post[0] for post in held]), held


def _person(text: str, name: Span) -> Mention:
    surface = text[name.start : name.end]
    return Mention("Person", name, surface, "person", surface)


def _chains(text: str, bodies: Sequence[Mention]) -> list[list[Span]]:
    """Roles joined by 、 with, perhaps, a body before each (副主任、市总工会主席), the last one before a name."""
    roles: list[Span] = []
    for match in _role().finditer(text):
        start = match.start()
        for body in bodies:  # 矿工会 + 主席, not 矿 + 工会主席
            if body.span.start < match.end() and start < body.span.end < match.end():
                start = body.span.end
        roles.append(Span(start, match.end()))
    chains: list[list[Span]] = []
    for role in roles:
        if chains and _joined(text, chains[-1][-1], role, bodies):
            chains[-1].append(role)
        else:
            chains.append([role])
    return chains


def _joined(text: str, left: Span, right: Span, bodies: Sequence[Mention]) -> bool:
    """Are two roles one person's: side by side, or with 、 and the second one's body between them?"""
    between = text[left.end : right.start]
    if between in ("、", "兼", "、兼", ""):
        return True
    if between[:1] not in ("、", "兼") or len(between) > 60:
        return False
    end = _body_end(text, right.start)
    starts = (left.end + 1, left.end + 2)
    return any(
        b.span.start in starts and (b.span.end == end or DEPARTMENT.match(text[b.span.end : end])) for b in bodies
    )


def _names(text: str, at: int, occupation: bool) -> list[Span]:
    """The name that begins at `at`, and those joined to it by 、 or 和."""
    first = _name(text, at, occupation)
    if first is None:
        return []
    names = [first]
    while text[names[-1].end : names[-1].end + 1] in ("、", "和", "与"):
        following = _name(text, names[-1].end + 1, occupation=True)
        if following is None or _role().match(text, following.end - 2):
            break
        names.append(following)
    return names


def _name(text: str, at: int, occupation: bool = False) -> Span | None:
    """A surname and a given name, if one begins here and ends where a name may end."""
    foreign = FOREIGN.match(text, at)
    if foreign:
        return Span(at, foreign.end())
    surnames = words("surnames")
    size = longest_prefix(text, at, surnames, 2)
    if not size or (text[at] in FUNCTION and occupation) or _is_word(text, at, occupation):
        return None
    for family in (2, 1) if size == 2 else (1,):
        for given in (2, 1):
            end = at + family + given
            if text[at : at + family] in surnames and _is_name(text, at, family, end) and _may_end(text, end):
                return Span(at, end)
    guessed = next(iter(tokens(text[at : at + 8], guess=True)), Span(0, 0))
    whole = size < guessed.end <= size + 2 and not _cut_through(text, at, at + guessed.end)
    if whole and _is_name(text, at, size, at + guessed.end):
        return Span(at, at + guessed.end)
    return None


def _is_name(text: str, at: int, family: int, end: int) -> bool:
    """Is this a surname and a given name, not a surname and the word that follows (袁晶 + 了解)?"""
    given, name = text[at + family : end], text[at:end]
    if end > len(text) or not _is_given(given) or given in COURTESY or name in words("not-names"):
        return False
    if len(given) < 2:
        return True
    followers = words("name-followers")
    adverb = text[end - 1] in ADVERBS and longest_prefix(text, end, followers, 5) >= 2
    weak = end < len(text) and longest_prefix(text, end, followers, 5) == 1 and text[end - 1] in followers
    return not adverb and not weak and longest_prefix(text, end - 1, followers, 5) < 2


def _cut_through(text: str, at: int, end: int) -> bool:
    """Would a name that ends here cut a word of the dictionary in two (高技|能)?"""
    return any(at + t.start < end < at + t.end for t in tokens(text[at : end + 4]))


def _is_word(text: str, at: int, occupation: bool) -> bool:
    """Does an ordinary word begin here (高技能, 关爱)?  Where the name may be one (高峰), a post decides for it."""
    first = next(iter(tokens(text[at : at + 6])), Span(0, 0))
    return first.end >= 2 and (
        text[at : at + first.end] in words("not-names") or (first.end == 2 and occupation) or first.end > 3
    )


def _is_given(given: str) -> bool:
    return all("一" <= c <= "鿿" for c in given) and not set(given) & set("的了着过与及是在说等第也就都被把将")


def _may_end(text: str, at: int) -> bool:
    """Does what stands at `at` let a name end there?"""
    if at == len(text) or text[at] in STOP or text[at].isascii():
        return True
    return bool(longest_prefix(text, at, words("name-followers"), 5))


def _bodies(
    text: str, chain: list[Span], bodies: Sequence[Mention], held: list[Held]
) -> list[tuple[Span, Mention | None]]:
    """Each role of a chain with its body: the one directly before it, else that of the role before it."""
    found: list[tuple[Span, Mention | None]] = []
    for index, role in enumerate(chain):
        body, whole = _before(text, role, bodies)
        if body is None and index:
            body = found[-1][1]
            if body and GOVERNMENT.search(text[role.start : role.end]) and body.text.endswith("委"):
                body = None  # a mayor is not a post of the party committee named before
        elif body is None and _bare(text, role):
            body = _carried(text, role, held) or _fitting(text, role, bodies)
        found.append((whole, body))
    return found


def _body_end(text: str, at: int) -> int:
    """Where a body before a role would end: an alias in brackets and 的 may stand between."""
    alias = ALIAS.search(text[max(0, at - 30) : at])
    at -= len(alias.group()) if alias else 0
    return at - (text[at - 1 : at] == "的")


def _before(text: str, role: Span, bodies: Sequence[Mention]) -> tuple[Mention | None, Span]:
    """The longest body ending at the role, or before a department, which then joins the role (建设部主任)."""
    end = _body_end(text, role.start)
    at_end = [b for b in bodies if b.span.end == end]
    if at_end:
        return min(at_end, key=lambda b: b.span.start), role
    near = [b for b in bodies if end - 12 <= b.span.end < end]
    for body in sorted(near, key=lambda b: (-b.span.end, b.span.start)):
        department = DEPARTMENT.match(text[body.span.end : end])
        if department:
            return body, Span(body.span.end + department.start("name"), role.end)
    return None, role


def _fitting(text: str, role: Span, bodies: Sequence[Mention]) -> Mention | None:
    """The nearest body before, in the same sentence, of the kind that has such a post (…人民医院,从医多年的院长)."""
    kinds = HEADS_OF.get(text[role.start : role.end].removeprefix("副"))
    for body in reversed(bodies):
        if kinds and body.span.end <= role.start and body.text.endswith(kinds):
            return None if set(text[body.span.end : role.start]) & set(SENTENCE) else body
    return None


def _bare(text: str, role: Span) -> bool:
    """Does the role stand at the head of a clause, so that its body was named before?"""
    return role.start == 0 or text[role.start - 1] in STOP or text[role.start - 1] == "的"


def _carried(text: str, role: Span, held: list[Held]) -> Mention | None:
    """The body of the post told just before in the same sentence (…理事长甲出席,副理事长乙…)."""
    if role.end - role.start < 2 or text[role.start : role.end] in words("posts", 1, "occupation"):
        return None
    for person, body, _, _ in reversed(held):
        if person.span.end <= role.start and not set(text[person.span.end : role.start]) & set(SENTENCE):
            return body
    return None


def _titled(text: str, held: list[Held]) -> list[Held]:
    """Names with the title behind (魏建副教授), at the head of a clause or after a quotation."""
    taken = [post[0].span for post in held]
    found: list[Held] = []
    for title in re.finditer("|".join(sorted(TITLES, key=lambda t: (-len(t), t))), text):
        for size in (3, 2):
            at = title.start() - size
            if at < 0 or (at and text[at - 1] not in STOP):
                continue
            name = Span(at, title.start())
            family = longest_prefix(text, at, words("surnames"), 2)
            if (
                not 0 < family < size
                or not _is_given(text[at + family : name.end])
                or text[at : name.end] in words("not-names")
            ):
                continue
            if not any(name.overlaps(t) for t in taken) and _title_ends(text, title.end()):
                found.append((_person(text, name), None, title.group(), Span(at, title.end())))
                break
    return found


def _title_ends(text: str, at: int) -> bool:
    return at == len(text) or text[at] in STOP or bool(longest_prefix(text, at, words("name-followers"), 5))


def _everywhere(text: str, people: list[Mention]) -> list[Mention]:
    """Every place where one of the names stands, in order."""
    found = {person.span: person for person in people}
    for name in sorted({person.name for person in people}):
        for match in re.finditer(re.escape(name), text):
            span = Span(match.start(), match.end())
            if not any(span.overlaps(other) for other in found):
                found[span] = _person(text, span)
    return [found[span] for span in sorted(found)]
