"""People who are named with a post (北京康复医院书记费丽) or an occupation (母婴护理师曹亚荣).

    湖北省总工会 党组书记、常务副主席 陈惠霞 表示        王兰芳, 现任 某某公司 董事长
    └ body ────┘ └ post ┘ └ post ──┘ └name┘ └ a word that may follow a name

By-line reporters, people called by surname and courtesy alone (肖师傅) and unnamed speakers (有关负责人) are
nobody here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from kg.language.spans import Places
from kg.lexicon import longest_prefix, occurrences, words
from kg.model import Mention, Span
from kg.recognise.names import STOP, is_given, is_whole_name, may_end, name_at, name_before
from kg.recognise.posts import (
    DEPARTMENT,
    LOOSE,
    SENTENCE,
    SHOP,
    Bodies,
    Held,
    bare_noun_ends,
    bodies_of,
    body_end,
    is_occupation,
    same_sentence,
    with_aliases,
)

TITLES = (
    *("副教授", "教授", "副主任", "主任", "院士", "医生", "律师", "副主席", "主席", "副部长", "部长", "副书记", "书记"),
    *(
        "副局长",
        "局长",
        "市长",
        "副会长",
        "会长",
        "副院长",
        "院长",
        "校长",
        "秘书长",
        "副总经理",
        "总经理",
        "副董事长",
        "董事长",
        "校董",
        "厅长",
        "处长",
    ),
)
# Words that make what follows a post of the person named before them: 王兰芳,现任某某公司董事长.
HOLDS = re.compile(
    r"(?P<life>(?:[,(][^。!?;:“”]{0,24})?,?)(?:现任|现为|时任|曾任|先后任|担任|出任|兼任|当选为?|系|是|任)$"
)
# 副书记 秦海涛, 总经理助理 钟 敏: a blank stands where a line gives who speaks
SPACED = re.compile("[一-鿿] [一-鿿](?=$|\n)")
# 老板、38岁的王明, 店主、鲁甸籍的虎雄: what stands between a post and the name
ASIDE = re.compile("(?:、|,)?(?:[一-鿿]{2,4}籍的?|[0-9]{2}岁的?)")
CRAFT = re.compile("[^\\W0-9A-Za-z的了是在和与及等将向从为被把对由]{1,3}")
ELECTED = re.compile(
    "(?:选举|推选|任命|聘任|聘请|增补|增选|补选|推举)([一-鿿]{2,4})(?:同志)?(?:为|担任|任)$"
)  # 选举王焕琴为|主席
NICKNAME = re.compile("“([一-鿿]{2,4})”(?=[说称当立先第,]|表示|介绍|告诉|回忆)")  # 版主“大胡子”当即
OFFICE = "委部办处局科室会院所站队"  # 法工委|主任 is an office, no name
ONCE = re.compile(r"(?:时任|曾任|现任|担任|出任|身为|作为)[^。!?;,:“”]{0,40}$")


@cache
def _role() -> re.Pattern[str]:
    """A post with what may stand before its head: (党组)书记, (常务)副主席, (英语)教师, 学生代表."""

    def either(kind: str) -> str:
        return "|".join(sorted(words("posts", 1, kind), key=lambda w: (-len(w), w)))

    first = "".join(sorted({word[0] for word in words("posts")}))  # a quick look before the long alternation
    pattern = f"(?=[{first}])(?:{either('prefix')})*(?:(?:{either('post')})(?![医护药技]师|农艺师)|(?:{either('occupation')})+(?:代表)?(?![会傅]))"
    worker = "(?:(?<=公司)|(?<=集团)|(?<=[厂矿局院行站段队]))[一-鿿]{1,3}工(?![会作程人地资厂业龄])"  # 电机公司|嵌线工
    return re.compile(f"{pattern}|{worker}")


def find_people(text: str, organisations: Sequence[Mention]) -> tuple[list[Mention], list[Held]]:
    """Every mention of a person who has a post, and the posts: person, body or None, role, where it says so.

    >>> people, posts = find_people("省厅党组书记、常务副主席陈惠霞表示,肖师傅和有关负责人都来了。", [])
    >>> [p.name for p in people], [role for _, _, role, _ in posts]
    (['陈惠霞'], ['党组书记', '常务副主席'])
    """
    named = with_aliases(text, organisations)
    bodies = Bodies(named)
    held: list[Held] = []
    for chain in _chains(text, bodies):
        occupation = is_occupation(text[chain[-1].start : chain[-1].end])
        names = _names(text, chain, occupation)
        whose = bodies_of(text, chain, bodies, held) if names else []
        names = names or _holder(text, chain, bodies)
        for role, body in whose or bodies_of(text, chain, bodies, ()) if names else ():
            held += [
                (_person(text, name), body, text[role.start : role.end], _told(text, role, body, name))
                for name in names
            ]
    held += _titled(text, bodies, held)
    held = [(person, named[body] if body else None, role, told) for person, body, role, told in _without_echoes(held)]
    return _everywhere(text, [post[0] for post in held]), held


def _person(text: str, name: Span) -> Mention:
    surface = text[name.start : name.end]
    return Mention("Person", name, surface, "person", surface.replace(" ", ""))


def _told(text: str, role: Span, body: Mention | None, name: Span) -> Span:
    """The stretch that says who holds what where; a body of another sentence lies outside it."""
    spans = [role, name]
    if body and same_sentence(text, body.span.end, min(role.start, name.start)):
        spans.append(body.span)
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _chains(text: str, bodies: Bodies) -> list[list[Span]]:
    """Roles joined by 、 with, perhaps, a body before each (副主任、市总工会主席), the last one before a name."""
    roles: list[Span] = []
    for match in _role().finditer(text):
        start = match.start()
        for body in bodies.ending_in(start + 1, match.end()):  # 矿工会 + 主席, not 矿 + 工会主席
            if start < body.span.end and _role().fullmatch(text, body.span.end, match.end()):
                start = body.span.end
        roles.append(Span(start, match.end()))
    chains: list[list[Span]] = []
    for role in roles:
        if chains and _joined(text, chains[-1][-1], role, bodies):
            chains[-1].append(role)
        else:
            chains.append([role])
    return chains


def _joined(text: str, left: Span, right: Span, bodies: Bodies) -> bool:
    """Are two roles one person's: side by side, or with 、 and the second one's body or department between them?"""
    between = text[left.end : right.start]
    if between in ("、", "兼", "、兼", "兼任", ""):
        return True
    if between[:1] not in ("、", "兼") or len(between) > 60:
        return False
    end = body_end(text, right.start)
    rest = ASIDE.sub("", between, count=1).lstrip("、兼任")
    starts = range(left.end + 1, right.start - len(rest) + 1)
    if rest in bare_noun_ends():
        return True  # 副局长兼|博物馆|馆长
    if not rest or (is_occupation(text[right.start : right.end]) and CRAFT.fullmatch(rest)):
        return True  # 传承人、72岁的|缂丝|艺人
    if SHOP.fullmatch(rest):
        return True  # 会长、|汽修店|老板
    if rest and (DEPARTMENT.match(rest) or rest.endswith(("书记处", "办公厅"))):
        return True
    return any(
        b.span.end == end or DEPARTMENT.match(text[b.span.end : end]) or LOOSE.match(text[b.span.end : end])
        for at in starts
        for b in bodies.placed.starting(at)
    )


def _names(text: str, chain: Sequence[Span], occupation: bool) -> list[Span]:
    """The name behind a chain, and those joined to it by 、 or 和; behind 时任…的 too."""
    at = chain[-1].end
    if text[at : at + 1] == "的" and ONCE.search(text[max(0, chain[0].start - 50) : chain[0].start]):
        at += 1
    if nick := NICKNAME.match(text, at):
        return [Span(*nick.span(1))]
    if aside := ASIDE.match(text, at):
        at = aside.end()
    blank = text.startswith(" ", at)
    if blank and (spaced := SPACED.match(text, at + 1)) and spaced.group()[0] in words("surnames"):
        return [Span(*spaced.span())]
    first = name_at(text, at + blank, occupation)
    if first is None:
        return []
    names = [first]
    while text[names[-1].end : names[-1].end + 1] in ("、", "和", "与"):
        following = name_at(text, names[-1].end + 1, occupation=True)
        if following is None or _role().match(text, following.end - 2) or _role().match(text, following.end):
            break
        names.append(following)
    return names


def _holder(text: str, chain: Sequence[Span], bodies: Bodies) -> list[Span]:
    """The person named before the posts: 王兰芳,现任某某公司董事长; 王兰芳(某某公司董事长)."""
    end = body_end(text, chain[0].start)
    start = min((b.span.start for b in bodies.placed.ending(end)), default=chain[0].start)
    if chain[-1].end < len(text) and text[chain[-1].end] not in STOP:
        return []
    low = max(0, start - 40)
    low = max([low, *(text.rfind(mark, low, start) + 1 for mark in SENTENCE)])
    if text[start - 1 : start] == "(" and text[chain[-1].end : chain[-1].end + 1] == ")":
        name = name_before(text, start - 1)
        return [name] if name else []
    if (elected := ELECTED.search(text[low:start])) and is_whole_name(elected[1]):
        return [Span(low + elected.start(1), low + elected.end(1))]
    holds = HOLDS.search(text[low:start])
    name = name_before(text, low + holds.start()) if holds else None
    return [name] if name else []


def _titled(text: str, bodies: Bodies, held: Sequence[Held]) -> Iterator[Held]:
    """Names with the title behind (魏建副教授), at the head of a clause, after a quotation or right after a body."""
    taken = {post[0].name for post in held}
    before = {body.span.end: body for body in bodies.placed}
    for title in re.finditer("|".join(sorted(TITLES, key=lambda t: (-len(t), t))), text):
        for size in (3, 2):
            at = title.start() - size
            if at < 0 or (at and text[at - 1] not in STOP and at not in before):
                continue
            family = longest_prefix(text, at, words("surnames"), 2)
            name = text[at : title.start()]
            if not 0 < family < size or not is_given(name[family:]) or name in words("not-names") or name[-1] in OFFICE:
                continue
            if name not in taken and name[family:] not in words("posts") and may_end(text, title.end()):
                body = before.get(at)
                start = body.span.start if body else at
                yield _person(text, Span(at, title.start())), body, title.group(), Span(start, title.end())
                break


def _without_echoes(held: Sequence[Held]) -> Iterator[Held]:
    """Posts without a body only where the same person is not given a like post of a body elsewhere in the text."""
    placed: dict[str, list[str]] = defaultdict(list)
    for person, body, role, _ in held:
        if body:
            placed[person.name].append(role)
    for post in held:
        person, body, role, _ = post
        if body or not any(r.endswith(role) or role.endswith(r) for r in placed.get(person.name, ())):
            yield post


def _everywhere(text: str, people: list[Mention]) -> list[Mention]:
    """Every place where one of the names stands, in order."""
    found = Places({person.span: person for person in people}.values())
    for span in sorted(occurrences(text, {person.name for person in people}), key=lambda s: (text[s.start : s.end], s)):
        if not found.touch(span):
            found.add(_person(text, span))
    return sorted(found, key=lambda m: m.span)
