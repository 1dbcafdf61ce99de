"""An article's mentions into entities: short forms, definitions (以下简称), anaphora, places by their code."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import TypeVar

from kg.language.spans import Places
from kg.lexicon import occurrences
from kg.model import Article, Entity, EntityRecord, Mention, Span
from kg.naming import (
    CORPORATE,
    LEVEL_WORDS,
    expand,
    full_place,
    lead,
    level_of,
    rest,
    shortens,
    stem,
    upper_names,
    without_upper,
)
from kg.recognise.gazetteer import LEVEL
from kg.recognise.places import around, code_of, find_places

ORGANISATIONS = frozenset({"Organisation", "TradeUnion", "PublicBody", "Company", "School", "Institution"})
SKIPPED = frozenset({"Date", "Post", "Amount", "Money", "Count", "Percentage", "Duration"})
DEFINED = re.compile(r"\((?:以下|下文|下)?(?:均|并)?(?:简称|统称|称)(?:为|:)?[“《]?([^“”《》()]{2,14})[”》]?\)")
RECEIVES = re.compile("(?:拨给|捐给|交给|送给|转给|拨付|向|给|为|对|与|同)$")
DEFINITION_INSIDE = re.compile(r"\((?:以下)?简称[^()]*\)")
ANAPHOR = re.compile(
    r"该(?:[局矿场厂校院]工会|公司工会|集团工会|基金会|中心|协会|公司|集团|学院|医院|企业|银行|会|局|行|校|院|厅|委|矿|厂|场|社)(?![员议计])"
)
FITS: dict[str, tuple[str, ...]] = {
    "会": ("会", "总工会", "红会"),
    "局": ("局",),
    "行": ("行", "银行", "农商行"),
    "校": ("学校", "大学", "学院", "中学", "小学", "校"),
    "院": ("院",),
    "公司": ("公司", "集团"),
    "企业": ("公司", "集团", "厂"),
    "集团": ("集团", "公司"),
    "银行": ("银行", "行"),
    "社": ("社",),
}
LEAGUE = re.compile("团(自治区|[省市区县州])委")
QUOTES = re.compile(r"[《》“”]")
# Short names that are words of every day: they name a body only where they stand first in a clause.
COMMON_NOUN = re.compile("中心|公司|集团|学校|协会|医院|学院|银行|本会")
BREAK_BEFORE = re.compile(r"^|[^一-鿿\w]$")
HAN = re.compile("[一-鿿]")
CANDIDATES = 200  # as many earlier names as are looked at for the one that is meant


def jurisdiction(entity: Entity) -> str | None:
    """The place that a body's name begins with.

    >>> jurisdiction(Entity("TradeUnion", "大连市总工会")), jurisdiction(Entity("Company", "众惠公司"))
    ('大连市', None)
    """
    chain = lead(entity.name)
    if not chain or not chain[-1].full:
        return None
    return "".join(entity.name[item.start : item.end] for item in chain)


def resolve(article: Article, mentions: Sequence[Mention]) -> tuple[EntityRecord, ...]:
    """The entities of an article, each with its names and mentions there."""
    definitions = _definitions(article.text, mentions)
    organisations = [m for m in mentions if m.type in ORGANISATIONS]
    records = _organisations(article, organisations, definitions)
    records += _others([m for m in mentions if m.type not in ORGANISATIONS | SKIPPED], definitions)
    return tuple(sorted(records, key=lambda r: (r.entity.type, r.entity.name)))


def _definitions(text: str, mentions: Sequence[Mention]) -> dict[str, Mention]:
    """Short names that the article itself introduces, with what they stand for."""
    defined: dict[str, Mention] = {}
    for match in DEFINED.finditer(text):
        ending = [m for m in mentions if m.span.end == match.start() and m.type not in SKIPPED]
        if ending:
            defined.setdefault(match.group(1), max(ending, key=lambda m: len(m.span)))
    return defined


def _organisations(article: Article, found: list[Mention], definitions: dict[str, Mention]) -> list[EntityRecord]:
    levels, full = _Levels(article.text), _FullNames(found)
    names: dict[Mention, str] = {}
    for mention in found:
        if mention.rule != "short-union":
            names[mention] = _full_name(mention, full, levels)
    defined = {alias: target for alias, target in definitions.items() if target in names}
    for mention in found:
        if mention.text in defined:
            names[mention] = names[defined[mention.text]]
    for extra, target in _occurrences(article.text, defined, names):
        names[extra] = names[target]
    _merge_short(names)
    _short_unions(found, names)
    _anaphors(article.text, names)
    grouped: dict[str, list[Mention]] = defaultdict(list)
    for mention, name in names.items():
        grouped[name].append(mention)
    return [_organisation(name, group, definitions) for name, group in grouped.items()]


def _organisation(name: str, group: list[Mention], definitions: dict[str, Mention]) -> EntityRecord:
    ordered = sorted(group, key=lambda m: m.span)
    kinds = [m.type for m in ordered if m.rule not in {"anaphor", "defined-short-form"}] or [ordered[0].type]
    kind = next((m.type for m in ordered if m.text == name), kinds[0])
    aliases = {DEFINITION_INSIDE.sub("", m.text) for m in ordered if m.rule != "anaphor"} | {
        m.name for m in ordered if m.name
    }
    aliases |= {alias for alias, target in definitions.items() if target in group}
    aliases |= {_with_place(alias, name) for alias in aliases if level_of(alias) and jurisdiction(Entity(kind, name))}
    return EntityRecord(
        Entity(kind, name),
        tuple(sorted(aliases - {name, ""})),
        tuple(replace(m, type=kind) if m.rule == "anaphor" else m for m in ordered),
    )


def _with_place(alias: str, name: str) -> str:
    """市人社局, of 宜昌市人力资源和社会保障局 → 宜昌市人社局."""
    place = jurisdiction(Entity("Organisation", name)) or ""
    level = level_of(alias)
    if place.endswith(level) or (level == "区" and place.endswith("自治区")):
        return place + alias[len(level) :]
    return ""


class _Levels:
    """The divisions that a text names, by their level: which city is 市 at a place of the text?"""

    def __init__(self, text: str) -> None:
        self._named: dict[tuple[str, bool], tuple[list[int], list[str]]] = defaultdict(lambda: ([], []))
        seen: set[str] = set()
        for place in find_places(text):
            code = code_of(place.name, seen)
            if code:
                seen |= around([code])
                for level in LEVEL_WORDS:
                    if name := _name_of_level(level, code):
                        at, names = self._named[level, bool(LEVEL.search(place.text))]
                        at.append(place.span.start)
                        names.append(name)

    def nearest(self, level: str, before: int) -> str:
        """The nearest division of that level named before a place in the text, else the first after it.

        送去江苏、山东 are passing places; those written with their 省, 市, 县 come first.
        """
        for full in (True, False):
            at, names = self._named[level, full]
            if names:
                return names[max(0, bisect_left(at, before) - 1)]
        return ""


def _name_of_level(level: str, code: str) -> str:
    for name in upper_names(code):
        if name.endswith(level) and (level != "区" or not name.endswith("自治区")):
            return name
        if level == "区" and name.endswith("自治区") and len(code) == 2:
            return name
    return ""


class _FullNames:
    """The bodies that are named with their place, by what follows it: whose 人社局 is meant?"""

    def __init__(self, found: Sequence[Mention]) -> None:
        self._placed: dict[tuple[str, str], list[Mention]] = defaultdict(list)
        for m in found:
            if lead(m.text):
                tail = rest(without_upper(expand(m.text)))
                for level in LEVEL_WORDS:
                    if _names_level(m.text, level):
                        self._placed[level, tail].append(m)
        for named in self._placed.values():
            named.sort(key=lambda m: m.span.start)

    def nearest(self, level: str, tail: str, before: int) -> Mention | None:
        """The last of that level and tail before a place of the text, else the first behind it."""
        named = self._placed.get((level, tail))
        if not named:
            return None
        at = bisect_right(named, before, key=lambda m: m.span.start)
        return named[max(0, at - 1)]


def _full_name(mention: Mention, full: _FullNames, levels: _Levels) -> str:
    text = DEFINITION_INSIDE.sub("", mention.name or mention.text)
    level = level_of(text)
    if league := LEAGUE.fullmatch(text):
        return f"共青团{levels.nearest(league.group(1), mention.span.start) or league.group(1)}委"
    if not level:
        return without_upper(expand(_complete_place(text)))
    tail = expand(text)[len(level) :]
    nearest = full.nearest(level, tail, mention.span.start)
    if nearest:
        return without_upper(expand(nearest.text))
    place = levels.nearest(level, mention.span.start)
    return place + tail if place else expand(text)


def _names_level(name: str, level: str) -> bool:
    chain = lead(name)
    last = name[chain[-1].start : chain[-1].end]
    if chain[-1].full:
        return last.endswith(level)
    return any(d.name.endswith(level) for d in chain[-1].divisions)


def _complete_place(name: str) -> str:
    """湖北总工会 → 湖北省总工会: only for bodies that every division has, whose name has nothing else in it."""
    chain = lead(name)
    if (
        len(chain) == 1
        and not chain[0].full
        and name[chain[0].end :] in {"总工会", "总", "妇联", "残联", "团委", "政府"}
    ):
        return full_place(name[: chain[0].end]) + name[chain[0].end :]
    return name


def _occurrences(
    text: str, defined: Mapping[str, Mention], names: Mapping[Mention, str]
) -> Iterator[tuple[Mention, Mention]]:
    """Where defined short names stand outside other mentions, each with what it stands for."""
    taken = Places(names)
    for span in occurrences(text, defined):
        alias = text[span.start : span.end]
        target = defined[alias]
        common = COMMON_NOUN.fullmatch(alias)
        if common and not (BREAK_BEFORE.search(text, max(0, span.start - 1), span.start) and HAN.match(text, span.end)):
            continue
        if span.start >= target.span.end and not taken.touch(span):
            extra = Mention(target.type, span, alias, "defined-short-form", alias)
            taken.add(extra)
            yield extra, target


def _merge_short(names: dict[Mention, str]) -> None:
    """众惠公司 is 大庆市众惠人力资源有限公司 where only one longer name fits."""
    kinds = {name: mention.type for mention, name in names.items()}
    longer_names = _Longer(kinds)
    target: dict[str, str] = {}
    for short in sorted(kinds, key=len):
        longer = [
            long
            for long in longer_names.candidates(short)
            if kinds[long] == kinds[short] and shortens(short, long) and _same_place(short, long)
        ]
        longest = [long for long in longer if not any(long != other and shortens(long, other) for other in longer)]
        if len(longest) == 1:
            target[short] = longest[0]
    for mention, name in names.items():
        while name in target:
            name = target[name]
        names[mention] = name


class _Longer:
    """Names that another can be short for (`naming.shortens`), found by what the two must share."""

    def __init__(self, names: Iterable[str]) -> None:
        known = sorted(names)
        self._backwards = sorted((name[::-1], name) for name in known)
        self._brands = sorted({(start, name) for name in known for start in (name, rest(name))})
        self._edges: dict[tuple[str, str], list[str]] = defaultdict(list)
        for name in known:
            self._edges[name[:2], name[-2:]].append(name)

    def candidates(self, short: str) -> list[str]:
        """Those that end like it, begin with its brand, or share its first and its last two characters."""
        brand = rest(stem(short)) or stem(short)
        found = {*_beginning(self._backwards, short[::-1]), *self._edges[short[:2], short[-2:]]}
        if CORPORATE.search(short):
            found.update(_beginning(self._brands, brand))
        return sorted(found)


Named = TypeVar("Named")


def _beginning(keyed: Sequence[tuple[str, Named]], start: str) -> Iterator[Named]:
    """The names whose key begins so, of pairs sorted by key."""
    for i in range(bisect_left(keyed, start, key=lambda pair: pair[0]), len(keyed)):
        key, name = keyed[i]
        if not key.startswith(start):
            return
        yield name


def _same_place(short: str, long: str) -> bool:
    one, other = lead(short), lead(long)
    if not one or not other:
        return True
    return any(
        b.code.startswith(a.code) or a.code.startswith(b.code) for a in one[-1].divisions for b in other[-1].divisions
    )


class _Antecedents:
    """Bodies by how they are called, so that the one meant at a place is found: the last before it, else the first."""

    def __init__(self, names: Mapping[Mention, str]) -> None:
        self._names = list(names.items())
        self._called: dict[tuple[str, ...], list[tuple[Span, str]]] = {}

    def add(self, mention: Mention, name: str) -> None:
        """Take in one more, so that what follows can mean it."""
        self._names.append((mention, name))
        for endings, called in self._called.items():
            if name.endswith(endings) or mention.text.endswith(endings):
                insort(called, (mention.span, name))

    def before(self, at: int, endings: tuple[str, ...]) -> Iterator[tuple[Span, str]]:
        """Those of these endings that begin before a place, the last first."""
        called = self._fitting(endings)
        for i in range(bisect_left(called, (Span(at, 0), "")) - 1, -1, -1):
            yield called[i]

    def meant(self, at: int, endings: tuple[str, ...]) -> str | None:
        """The name of the last before a place, else of the first in the text."""
        first = next(iter(self._fitting(endings)), (None, None))[1]
        return next(self.before(at, endings), (None, first))[1]

    def _fitting(self, endings: tuple[str, ...]) -> list[tuple[Span, str]]:
        if endings not in self._called:
            fitting = [(m.span, name) for m, name in self._names if name.endswith(endings) or m.text.endswith(endings)]
            self._called[endings] = sorted(fitting)
        return self._called[endings]


def _short_unions(found: Sequence[Mention], names: dict[Mention, str]) -> None:
    """场工会, 局工会: the union of the article that ends so; without one they name nobody."""
    known = _Antecedents(names)
    for mention in found:
        if mention.rule == "short-union":
            name = known.meant(mention.span.start, (mention.text,))
            if name:
                names[mention] = name
                known.add(mention, name)


def _anaphors(text: str, names: dict[Mention, str]) -> None:
    """该会, 该局: a new mention of the nearest fitting body before it, of one that acts rather than gets."""
    known, taken = _Antecedents(names), Places(names)
    types = {name: m.type for m, name in reversed(names.items())}

    def meant(at: int, endings: tuple[str, ...]) -> str | None:
        earlier = list(islice(known.before(at, endings), CANDIDATES))
        acting = (name for span, name in earlier if not RECEIVES.search(text, max(0, span.start - 3), span.start))
        return next(acting, earlier[0][1] if earlier else None)

    for match in ANAPHOR.finditer(text):
        word = match.group()[1:]
        span = Span(*match.span())
        if taken.touch(span):
            continue
        name = meant(span.start, FITS.get(word, (word,)))
        found = [_owner_of_union(word, span, known)]
        if name:
            found.append((Mention(types[name], span, match.group(), "anaphor", name), name))
        for told in found:
            if told:
                names[told[0]] = told[1]
                types.setdefault(told[1], told[0].type)
                taken.add(told[0])
                known.add(*told)


def _owner_of_union(word: str, span: Span, known: _Antecedents) -> tuple[Mention, str] | None:
    """该局, where only 南宁铁路局工会 is named: the bureau itself."""
    owner = word.removesuffix("工会")
    if owner not in {"局", "矿", "场", "厂"} or next(known.before(span.start, (owner,)), None):
        return None
    union = next(known.before(span.start, (owner + "工会",)), None)
    if not union:
        return None
    name = union[1].removesuffix("工会")
    return Mention("Company", Span(span.start, span.start + 2), "该" + owner, "anaphor", name), name


def _others(found: Sequence[Mention], definitions: dict[str, Mention]) -> list[EntityRecord]:
    grouped: dict[Entity, list[Mention]] = defaultdict(list)
    names = {(m.type, m.name or m.text) for m in found}
    titles = sorted((QUOTES.sub("", name)[::-1], (kind, name)) for kind, name in names)
    for mention in found:
        grouped[_entity(mention, titles, definitions)].append(mention)
    return [_other(entity, group) for entity, group in grouped.items()]


def _entity(mention: Mention, titles: Sequence[tuple[str, tuple[str, str]]], definitions: dict[str, Mention]) -> Entity:
    name = mention.name or mention.text
    bare = QUOTES.sub("", name)
    target = definitions.get(bare)
    if target and target.span.start <= mention.span.start and target.type not in ORGANISATIONS:
        return Entity(target.type, target.name or target.text)
    if name.startswith("《") and len(bare) >= 2:
        ending_so = islice(_beginning(titles, bare[::-1]), CANDIDATES)
        longer = [(kind, title) for kind, title in ending_so if title != name and kind == mention.type]
        if len(longer) == 1:
            return Entity(*longer[0])
    return Entity(mention.type, name)


def _other(entity: Entity, group: list[Mention]) -> EntityRecord:
    ordered = sorted(group, key=lambda m: m.span)
    aliases = {m.text for m in ordered} | {m.name for m in ordered if m.name}
    code = code_of(entity.name) if entity.type == "Place" else None
    return EntityRecord(entity, tuple(sorted(aliases - {entity.name})), tuple(ordered), code)
