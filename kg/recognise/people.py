"""People who are named with a post (北京康复医院书记费丽) or an occupation (母婴护理师曹亚荣).

    湖北省总工会 党组书记、常务副主席 陈惠霞 表示
    └ body ────┘ └ post ┘ └ post ──┘ └name┘ └ a word that may follow a name

By-line reporters, people called by surname and courtesy alone (肖师傅) and unnamed speakers (有关负责人) are nobody here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.model import Mention, Span
from kg.recognise.wordlists import longest_prefix, words

Held = tuple[Mention, Mention | None, str, Span]
STOP = "。，,、；;：:！!?？（）()《》“”‘’\n \u3000·…—"
SENTENCE = "。！!?？\n"
ALIAS = re.compile(r"\((?:以下|下)?(?:简称|称)[^()]{1,20}\)$")
DEPARTMENT = re.compile(r"^(?:的)?(?P<name>[一-鿿]{0,10}(?:部|处|科|室|办公室|中心|系|分会|委员会|党委|支部|站|所|队|组|车间))$")
COURTESY = frozenset(("师傅", "老师", "先生", "女士", "同志", "大姐", "大爷", "阿姨", "大叔", "大哥", "大妈", "奶奶", "爷爷"))
TITLES = frozenset(("教授", "副教授", "主任", "院士", "医生", "律师", "主席", "部长", "书记", "局长", "市长", "会长", "院长"))


@cache
def _role() -> re.Pattern[str]:
    """A post with what may stand before its head: (党组)书记, (常务)副主席, (英语)教师."""

    def either(kind: str) -> str:
        return "|".join(sorted(words("posts", 1, kind), key=lambda w: (-len(w), w)))

    return re.compile(f"(?:{either('prefix')})*(?:{either('post')}|{either('occupation')})")


def find_people(text: str, organisations: Sequence[Mention]) -> tuple[list[Mention], list[Held]]:
    """Every mention of a person who has a post, and the posts: person, body or None, role, where it says so.

    >>> people, posts = find_people("湖北省总工会党组书记、常务副主席陈惠霞表示,肖师傅和有关负责人都来了。", [])
    >>> [p.name for p in people], [role for _, _, role, _ in posts]
    (['陈惠霞'], ['党组书记', '常务副主席'])
    """
    bodies = sorted(organisations, key=lambda m: (m.span.end, m.span.start))
    held: list[Held] = []
    for chain in _chains(text, bodies):
        names = _names(text, chain[-1].end)
        if not names:
            continue
        for role, body in _bodies(text, chain, bodies, held):
            for name in names:
                label = text[role.start : role.end]
                held.append((_person(text, name), body, label, Span(body.span.start if body and body.span.end <= role.start else role.start, name.end)))
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
    between = text[left.end : right.start]
    if between in ("、", "兼", "、兼", ""):
        return True
    if between[:1] not in ("、", "兼"):
        return False
    return any(b.span.start in (left.end + 1, left.end + 2) and b.span.end == right.start for b in bodies)


def _names(text: str, at: int) -> list[Span]:
    """The name that begins at `at`, and those joined to it by 、 or 和."""
    first = _name(text, at)
    if first is None:
        return []
    names = [first]
    while text[names[-1].end : names[-1].end + 1] in ("、", "和", "与"):
        following = _name(text, names[-1].end + 1)
        if following is None or _role().match(text, following.end - 2):
            break
        names.append(following)
    return names


def _name(text: str, at: int) -> Span | None:
    """A surname and a given name, if one begins here and ends where a name may end."""
    foreign = re.compile(r"[一-鿿]{2,6}·[一-鿿]{2,6}?(?=[" + re.escape(STOP) + r"]|说|介绍|表示|告诉|在|是)").match(text, at)
    if foreign:
        return Span(at, foreign.end())
    surnames = words("surnames")
    size = longest_prefix(text, at, surnames, 2)
    for family in (size, 1) if size == 2 else (size,):
        if not family or text[at : at + family] not in surnames:
            continue
        for given in (2, 1):
            end = at + family + given
            if end <= len(text) and _is_given(text[at + family : end]) and _may_end(text, end):
                if text[at + family : end] in COURTESY or text[at:end] in NOT_NAMES:
                    return None
                return Span(at, end)
    return None


NOT_NAMES = frozenset(
    ("和谐", "高度", "常年", "万元", "方面", "方案", "时间", "任务", "关心", "关爱", "关于", "成立", "成员", "成为", "全面", "全部")
    + ("全体", "全程", "全力", "安排", "安全", "干部", "和工会", "向大家", "向记者", "于今年", "全家", "都能", "都是", "都有", "要求")
    + ("会议", "会上", "和会员", "和职工", "家属", "云集", "习惯", "许多", "单位", "平均", "强调", "经常", "宣布", "解决", "连续")
)


def _is_given(given: str) -> bool:
    return all("一" <= c <= "鿿" for c in given) and not set(given) & set("的了着过和与及是在说等第也就都被把将")


def _may_end(text: str, at: int) -> bool:
    """Does what stands at `at` let a name end there?"""
    if at == len(text) or text[at] in STOP or text[at].isascii():
        return True
    return bool(longest_prefix(text, at, words("name-followers"), 5))


def _bodies(text: str, chain: list[Span], bodies: Sequence[Mention], held: list[Held]) -> list[tuple[Span, Mention | None]]:
    """Each role of a chain with its body: the one directly before it, else that of the role before it."""
    found: list[tuple[Span, Mention | None]] = []
    for index, role in enumerate(chain):
        body, whole = _before(text, role, bodies)
        if body is None and index:
            body = found[-1][1]
        if body is None and not index and _bare(text, role):
            body = _carried(text, role, held)
        found.append((whole, body))
    return found


def _before(text: str, role: Span, bodies: Sequence[Mention]) -> tuple[Mention | None, Span]:
    """The longest body ending at the role, or before 的, an alias in brackets, or a department, which joins the role."""
    end = role.start
    alias = ALIAS.search(text, max(0, end - 30), end)
    end = alias.start() if alias else end
    end -= text[end - 1 : end] == "的"
    at_end = [b for b in bodies if b.span.end == end]
    if at_end:
        return min(at_end, key=lambda b: b.span.start), role
    near = [b for b in bodies if end - 12 <= b.span.end < end]
    for body in sorted(near, key=lambda b: (-b.span.end, b.span.start)):
        department = DEPARTMENT.match(text[body.span.end : end])
        if department:
            return body, Span(body.span.end + department.start("name"), role.end)
    return None, role


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
            if not 0 < family < size or not _is_given(text[at + family : name.end]) or text[at : name.end] in NOT_NAMES:
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


