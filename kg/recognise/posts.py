"""Whose posts: the body that a role belongs to, named before it, carried on from before, or meant by 该会.

辽宁省总工会 权益保障部 副部长 刘忠民、 法律工作部 部长 郭艳        该 矿 工会主席 柏晓岚
└ body ────┘ └ department┘└ role┘         └ department, of the body before      └ body named before
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from kg.language.spans import Places
from kg.lexicon import longest_suffix, occurrences, rows, table, words
from kg.model import Mention, Span
from kg.recognise.gazetteer import find_divisions
from kg.recognise.names import STOP
from kg.recognise.places import chains

Held = tuple[Mention, Mention | None, str, Span]
SENTENCE = "。！!?？\n"
SENTENCE_REACH = 400
_BRAND = 4  # characters
SHORTLY = 12  # so many characters before a role may name its body or department
ALIAS = re.compile(r"\((?:以下|下)?(?:简称|称)[^()]{1,20}\)$")
DEFINED = re.compile(
    r"\((?:以下|下文|下)?(?:均|并)?(?:简称|统称|称)(?:为|:)?[“《]?(?P<alias>[^“”《》()]{2,14})[”》]?\)"
)
DEPARTMENT = re.compile(
    r"(?:的)?(?P<name>[一-鿿]{0,10}(?:部|处|科|室|办公室|中心|系|分会|委员会|党委|党总支|支部|站|所|队|组|车间|班|院|厂|矿|段|局))$"
)
# What may stand between a body and a role besides a department: 桥吊|司机, 华东区|总经理, never a verb or a particle.
LOOSE = re.compile(
    r"(?![有相]关)[^\W0-9A-Za-z的了是在和与及等将向从为被把对由至到说称有这那其任共让请派给因该某各位名个多兼]{1,8}(?:[0-9]{1,4}路)?$"
)
BETWEEN = re.compile(r"(?:的(?:[一1][名位])?|:|原|[现时新]任)$")
GOVERNMENT = re.compile(r"(?:省|市|县|区|州|旗|镇|乡)长$")
RANK = re.compile(r"^(?:党组|党委|常务|专职|兼职|名誉|执行|第一)*副?")
# 该会主席, 公司董事长, 医院院长: a body told before by its kind, and how its name ends.
KIND = re.compile(
    r"(?P<that>该|本|我)?(?P<kind>联合会|基金会|促进会|合作社|幼儿园|公司|集团|企业|医院|学校|学院|大学|协会|商会|中心|工会|银行"
    r"|总会|会|局|厅|矿|厂|场|院|校|行|社|站)$"
)
SHOP = re.compile("[一-鿿]{1,5}(?:店|馆|厂|公司|超市|农场|合作社)")  # 汽修店|老板, of no shop that has a name here
# 集团|市场部|经理, 该局|劳动保障监察支队|支队长: a part of a body told before by its kind
PART = re.compile(
    r"(?P<that>该|本|我)?(?P<kind>公司|集团|企业|医院|学校|学院|大学|协会|银行|局|厅|院|校|行)"
    r"(?P<part>[一-鿿]{1,10}(?:部|处|科|室|办公室|支队|大队|中心|车间|系))$"
)
ENDINGS = {"企业": ("公司", "集团", "厂"), "集团": ("集团", "公司"), "公司": ("公司", "集团"), "校": ("校", "学", "院")}


@dataclass(frozen=True, slots=True)
class _Kind:
    """Bodies of one kind in the order of their ends, with the one that is meant before any is told: the only one."""

    bodies: Sequence[Mention]
    ends: Sequence[int]
    only: Mention | None

    @classmethod
    def of(cls, bodies: Sequence[Mention]) -> _Kind:
        """The bodies as a kind."""
        alone = len({body.text for body in bodies}) == 1
        return cls(bodies, [body.span.end for body in bodies], bodies[0] if alone else None)

    def last(self, before: int) -> Mention | None:
        """The one that ends last before a place, or the only one."""
        at = bisect_right(self.ends, before)
        return self.bodies[at - 1] if at else self.only


class Bodies:
    """The bodies of a text, by where they stand and by how their names end."""

    def __init__(self, bodies: Iterable[Mention]) -> None:
        self._ordered = sorted(bodies, key=lambda b: (b.span.end, -b.span.start))
        self.placed = Places(sorted(self._ordered, key=lambda b: (b.span.end, b.span.start)))
        self._companies = _Kind.of([b for b in self._ordered if b.type == "Company"])
        self._brands: dict[str, Mention] = {}
        for company in self._companies.bodies:
            name = company.text[_place_end(company.text) :]
            for size in range(2, _BRAND + 1):
                self._brands.setdefault(name[:size], company)
        self._called: dict[tuple[str, ...], _Kind] = {}

    def ending_in(self, start: int, end: int) -> list[Mention]:
        """Those that end in a stretch, in the order of their ends, the longer first."""
        return [b for at in range(start, end) for b in self.placed.ending(at)]

    def last(self, before: int, endings: tuple[str, ...]) -> Mention | None:
        """The one that ends last before a place of those whose name ends so, or the only one, told later."""
        return self._kind(endings).last(before)

    def _kind(self, endings: tuple[str, ...]) -> _Kind:
        if endings not in self._called:
            self._called[endings] = _Kind.of([b for b in self._ordered if b.text.rstrip("”").endswith(endings)])
        return self._called[endings]

    def first(self, endings: tuple[str, ...]) -> Mention | None:
        """The one that the text names first of those whose name ends so."""
        return next(iter(self._kind(endings).bodies), None)

    def of_brand(self, brand: str) -> Mention | None:
        """The company that is named first of those whose name begins so, a place in front of it apart."""
        return self._brands.get(brand)

    def last_company(self, before: int) -> Mention | None:
        """The company that is named last before a place, whatever its name ends in: 蓝燕速运, whose 总裁 speaks."""
        return self._companies.last(before)


def _place_end(name: str) -> int:
    """Where the place ends that a name begins with: 洛阳|锐达轴承有限公司."""
    found = chains(find_divisions(name, frozenset({0})))
    return found[0][-1].end if found and not found[0][0].start else 0


def same_sentence(text: str, start: int, end: int) -> bool:
    """Does no sentence end in a stretch, which is no longer than sentences are?"""
    return end - start <= SENTENCE_REACH and not set(text[start:end]) & set(SENTENCE)


def bodies_of(
    text: str, chain: Sequence[Span], bodies: Bodies, held: Sequence[Held]
) -> list[tuple[Span, Mention | None]]:
    """Each role of a chain with its body: the one before it, that of the role before it, or one named before."""
    found: list[tuple[Span, Mention | None]] = []
    for index, role in enumerate(chain):
        floor = chain[index - 1].end if index else 0
        body, whole = body_before(text, role, bodies, floor)
        between = text[floor : role.start].lstrip("、兼任")
        if body is None and index and SHOP.fullmatch(between) and between not in bare_noun_ends():
            whole = Span(role.start - len(between), role.end)
        elif body is None and index:
            body = _of_noun(text, role, bodies) or found[-1][1]
            whole = _with_department(text, role)
            if body and whole != role:
                body = _root(body, bodies)
            if body and GOVERNMENT.search(text[role.start : role.end]) and body.text.endswith("委"):
                body = None  # a mayor is not a post of the party committee named before
        elif body is None:
            body, whole = _meant(text, role, bodies, held)
        found.append((whole, body))
    return found


def with_aliases(text: str, bodies: Sequence[Mention]) -> dict[Mention, Mention]:
    """Bodies, and where the short names stand that the text gives them, each with the body that it names.

    >>> body = Mention("Company", Span(0, 6), "国网电力公司", "example")
    >>> [(m.text, of.text) for m, of in with_aliases("国网电力公司(以下简称国网)说,国网经理", [body]).items()]
    [('国网电力公司', '国网电力公司'), ('国网', '国网电力公司')]
    """
    named = {body: body for body in bodies}
    placed = Places(bodies)
    meant: dict[str, tuple[int, Mention]] = {}
    for match in DEFINED.finditer(text):
        for target in placed.ending(match.start())[:1]:
            meant[match["alias"]] = match.end(), target
    for span in occurrences(text, meant):
        alias = text[span.start : span.end]
        defined, target = meant[alias]
        if span.start >= defined and not placed.touch(span):
            named[Mention(target.type, span, alias, "alias", alias)] = target
    return named


def body_end(text: str, at: int) -> int:
    """Where a body before a role would end: an alias in brackets and 的, 的一名 may stand between.

    >>> body_end("人社局(以下简称市局)的", 11)
    3
    """
    at -= len(between.group()) if (between := BETWEEN.search(text[max(0, at - 4) : at])) else 0
    alias = ALIAS.search(text[max(0, at - 30) : at])
    return at - (len(alias.group()) if alias else 0)


def body_before(text: str, role: Span, bodies: Bodies, floor: int) -> tuple[Mention | None, Span]:
    """The longest body ending at the role, or before what then joins the role: 建设部|主任, 桥吊|司机."""
    end = body_end(text, role.start)
    at_end = bodies.placed.ending(end) if end > floor else ()
    if at_end:
        return min(at_end, key=lambda b: b.span.start), role
    near = bodies.ending_in(max(end - 14, floor + 1), end)
    for body in sorted(near, key=lambda b: (-b.span.end, b.span.start)):
        start = _joins(text, body.span.end, end, role)
        if start is not None:
            return body, Span(start + text[start : role.start].startswith("的"), role.end)
    return None, role


def _joins(text: str, at: int, end: int, role: Span) -> int | None:
    """Where the words between a body and a role begin that belong to the role, if all of them do so."""
    department = DEPARTMENT.match(text[at:end])
    if department:
        return end if is_occupation(text[role.start : role.end]) else at + department.start("name")
    between = text[at:end]
    place = re.match(r"[一-鿿]{1,8}(?:部|处|科|队|组|车间|班|厂|矿|段|店|站)(?=[一-鿿]{1,6}$)", between)
    if place and is_occupation(text[role.start : role.end]):
        at += place.end()
    return at if LOOSE.match(text[at:end]) else None


def _joined_from(text: str, at: int, joints: str) -> int:
    """Where the words begin that stand before a place without a mark or a joint between them."""
    start = at
    while start > 0 and at - start < SHORTLY and text[start - 1] not in STOP and text[start - 1] not in joints:
        start -= 1
    return start


def _with_department(text: str, role: Span) -> Span:
    """A role with the department right before it, back to the mark that joins it to what stands before."""
    start = _joined_from(text, role.start, "和与及兼")
    return Span(start, role.end) if DEPARTMENT.match(text[start : role.start]) and start < role.start else role


def _root(body: Mention, bodies: Bodies) -> Mention:
    """The body whose department this is, or the body itself."""
    return min(
        (b for b in bodies.placed.starting(body.span.start) if b.span.end <= body.span.end),
        key=lambda b: b.span.end,
        default=body,
    )


def _meant(text: str, role: Span, bodies: Bodies, held: Sequence[Held]) -> tuple[Mention | None, Span]:
    """The body of a role before which none stands, and the role with its department."""
    owner = text[role.start - 1 : role.start]
    if text.startswith("工会", role.start) and owner in tuple("矿厂场局校院行社"):
        union = bodies.last(role.start, (owner + "工会",))
        return union, Span(role.start + 2, role.end) if union else role
    kind = KIND.search(text[max(0, role.start - 5) : role.start])
    if kind and (kind["that"] or _bare(text, role.start - len(kind.group()))):
        return bodies.last(role.start, ENDINGS.get(kind["kind"], (kind["kind"],))), role
    if bare_noun(text, role.start):
        return _of_noun(text, role, bodies), role
    if named := _named_shortly(text, role, bodies) or _by_brand(text, role, bodies):
        return named, role
    whole = _with_department(text, role)
    if part := PART.match(text[whole.start : role.start]):
        of_kind = bodies.last(whole.start, ENDINGS.get(part["kind"], (part["kind"],)))
        return of_kind, Span(whole.start + part.start("part"), role.end)
    if whole != role:
        before = _carried(text, whole, held)
        return (_root(before, bodies), whole) if before and _bare(text, whole.start) else (None, role)
    if not _bare(text, role.start):
        return None, role
    return _carried(text, role, held) or _fitting(text, role, bodies), role


def _named_shortly(text: str, role: Span, bodies: Bodies) -> Mention | None:
    """The body that the words before a role are the end of: 镇中心小学|校长, of 红岩寺镇中心小学."""
    start = _joined_from(text, role.start, "的和与及兼")
    return bodies.last(start, (text[start : role.start],)) if role.start - start >= 2 else None


def _by_brand(text: str, role: Span, bodies: Bodies) -> Mention | None:
    """The company that the words before a role are the beginning of: 晨屿|客服总监, of 晨屿汽车(中国)有限公司."""
    start = _joined_from(text, role.start, "的和与及兼")
    return bodies.of_brand(text[start : role.start]) if 2 <= role.start - start <= _BRAND else None


def _of_noun(text: str, role: Span, bodies: Bodies) -> Mention | None:
    """The body that a bare noun before a role means: 博物馆|馆长."""
    noun = bare_noun(text, role.start)
    return bodies.last(role.start - len(noun), bare_noun_ends()[noun]) if noun else None


@cache
def bare_noun_ends() -> dict[str, tuple[str, ...]]:
    """Nouns that, bare, mean a body named before, with how its name may end: 消委会, 救助站."""
    return {noun: tuple(ends.split()) for noun, ends, _ in rows("bare-nouns")}


def bare_noun(text: str, end: int) -> str:
    """The bare noun that ends at a place, or right before a 的 there, and stands at the head of its clause."""
    end -= text[end - 1 : end] == "的"
    size = longest_suffix(text, end, frozenset(bare_noun_ends()), 6)
    return text[end - size : end] if size and _bare(text, end - size) else ""


def _fitting(text: str, role: Span, bodies: Bodies) -> Mention | None:
    """The body of the kind that has such a head: in the sentence (记者从…总工会了解到,主席叶建平…), else the text's first."""
    kinds = table("post-bodies").get(RANK.sub("", text[role.start : role.end]))
    if not kinds:
        return None
    ends = tuple(kinds[0].split())
    last = bodies.last(role.start, ends)
    if last and same_sentence(text, last.span.end, role.start):
        return last
    return bodies.first(ends) or (bodies.last_company(role.start) if "公司" in ends else None)


def _bare(text: str, at: int) -> bool:
    """Does a role stand at the head of a clause, so that its body was named before?"""
    at -= 2 * text.startswith(("现任", "时任", "新任"), max(0, at - 2))
    return at <= 0 or text[at - 1] in STOP or text[at - 1] in "的和与兼"


def is_occupation(role: str) -> bool:
    """Does one do or be this for a living, so that it is no post in the body named before?

    >>> is_occupation("退休教师"), is_occupation("学生代表"), is_occupation("副主席")
    (True, True, False)
    """
    return role.removesuffix("代表").endswith(tuple(words("posts", 1, "occupation"))) or role == "代表"


def _carried(text: str, role: Span, held: Sequence[Held]) -> Mention | None:
    """The body of the post told just before in the same sentence (…理事长甲出席,副理事长乙…)."""
    if is_occupation(text[role.start : role.end]):
        return None
    for person, body, _, _ in reversed(held):
        if person.span.end <= role.start:
            governs = GOVERNMENT.search(text[role.start : role.end]) and body and body.text.endswith("委")
            return body if not governs and same_sentence(text, person.span.end, role.start) else None
    return None
