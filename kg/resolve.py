"""An article's mentions into entities: short forms, definitions (以下简称), anaphora, places by their code."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.model import Article, Entity, EntityRecord, Mention, Span
from kg.naming import expand, full_place, lead, level_of, rest, shortens, upper_names, without_upper
from kg.recognise.gazetteer import LEVEL
from kg.recognise.places import code_of, find_places

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


@dataclass(frozen=True, slots=True)
class Located:
    """A division that an article names: where, which, and whether by its full name."""

    at: int
    code: str
    full: bool


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
    codes = _codes(article)
    names: dict[Mention, str] = {}
    for mention in found:
        if mention.rule != "short-union":
            names[mention] = _full_name(mention, found, codes)
    for alias, target in definitions.items():
        if target not in names:
            continue
        for mention in found:
            if mention.text == alias:
                names[mention] = names[target]
        for extra in _occurrences(article.text, alias, target, names):
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


def _codes(article: Article) -> list[Located]:
    """Codes of the divisions an article names, each with where."""
    placed: list[Located] = []
    seen: list[str] = []
    for place in find_places(article.text):
        code = code_of(place.name, seen)
        if code:
            seen.append(code)
            placed.append(Located(place.span.start, code, bool(LEVEL.search(place.text))))
    return placed


def _full_name(mention: Mention, found: Sequence[Mention], codes: Sequence[Located]) -> str:
    text = DEFINITION_INSIDE.sub("", mention.name or mention.text)
    level = level_of(text)
    if league := LEAGUE.fullmatch(text):
        return f"共青团{_place_of_level(league.group(1), mention.span.start, codes) or league.group(1)}委"
    if not level:
        return without_upper(expand(_complete_place(text)))
    tail = expand(text)[len(level) :]
    named = [m for m in found if m is not mention and lead(m.text)]
    same = [m for m in named if _names_level(m.text, level) and rest(without_upper(expand(m.text))) == tail]
    if same:
        nearest = min(same, key=lambda m: (m.span.start > mention.span.start, abs(m.span.start - mention.span.start)))
        return without_upper(expand(nearest.text))
    place = _place_of_level(level, mention.span.start, codes)
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


def _place_of_level(level: str, before: int, codes: Sequence[Located]) -> str:
    """The nearest division of that level named before a place in the text, else the first after it."""
    nearest = [c for c in reversed(codes) if c.at < before] + [c for c in codes if c.at >= before]
    # 送去江苏、山东 are passing places; those written with their 省, 市, 县 come first
    for located in sorted(nearest, key=lambda c: not c.full):
        for name in upper_names(located.code):
            if name.endswith(level) and (level != "区" or not name.endswith("自治区")):
                return name
            if level == "区" and name.endswith("自治区") and len(located.code) == 2:
                return name
    return ""


def _occurrences(text: str, alias: str, target: Mention, names: dict[Mention, str]) -> list[Mention]:
    """Where a defined short name stands, outside other mentions."""
    if re.fullmatch("中心|公司|集团|学校|协会|医院|学院|银行|本会", alias):
        pattern = re.compile(rf"(?<![一-鿿\w])(?:{re.escape(alias)})(?=[一-鿿])")
    else:
        pattern = re.compile(re.escape(alias))
    taken = [m.span for m in names]
    spans = [Span(*match.span()) for match in pattern.finditer(text, target.span.end)]
    return [
        Mention(target.type, span, alias, "defined-short-form", alias)
        for span in spans
        if not any(span.overlaps(t) for t in taken)
    ]


def _merge_short(names: dict[Mention, str]) -> None:
    """众惠公司 is 大庆市众惠人力资源有限公司 where only one longer name fits."""
    kinds = {name: mention.type for mention, name in names.items()}
    target: dict[str, str] = {}
    for short in sorted(kinds, key=len):
        longer = [
            long for long in kinds if kinds[long] == kinds[short] and shortens(short, long) and _same_place(short, long)
        ]
        longest = [long for long in longer if not any(long != other and shortens(long, other) for other in longer)]
        if len(longest) == 1:
            target[short] = longest[0]
    for mention, name in names.items():
        while name in target:
            name = target[name]
        names[mention] = name


def _same_place(short: str, long: str) -> bool:
    one, other = lead(short), lead(long)
    if not one or not other:
        return True
    return any(
        b.code.startswith(a.code) or a.code.startswith(b.code) for a in one[-1].divisions for b in other[-1].divisions
    )


def _short_unions(found: Sequence[Mention], names: dict[Mention, str]) -> None:
    """场工会, 局工会: the union of the article that ends so; without one they name nobody."""
    for mention in found:
        if mention.rule == "short-union":
            name = _antecedent(mention.span.start, (mention.text,), names)
            if name:
                names[mention] = name


def _antecedent(before: int, endings: tuple[str, ...], names: dict[Mention, str]) -> str | None:
    fitting = [m for m, name in names.items() if name.endswith(endings) or m.text.endswith(endings)]
    earlier = [m for m in fitting if m.span.start < before]
    chosen = max(earlier, key=lambda m: m.span, default=None) or min(fitting, key=lambda m: m.span, default=None)
    return names[chosen] if chosen else None


def _anaphors(text: str, names: dict[Mention, str]) -> None:
    """该会, 该局: a new mention of the nearest fitting body before it."""
    for match in ANAPHOR.finditer(text):
        word = match.group()[1:]
        span = Span(*match.span())
        if any(span.overlaps(m.span) for m in names):
            continue
        earlier = {m: n for m, n in names.items() if m.span.start < span.start}
        acting = {m: n for m, n in earlier.items() if not RECEIVES.search(text, max(0, m.span.start - 3), m.span.start)}
        fits = FITS.get(word, (word,))
        name = _antecedent(span.start, fits, acting) or _antecedent(span.start, fits, earlier)
        _owner_of_union(word, span, earlier, names)
        if name:
            kind = next(m.type for m, n in names.items() if n == name)
            names[Mention(kind, span, match.group(), "anaphor", name)] = name


def _owner_of_union(word: str, span: Span, earlier: dict[Mention, str], names: dict[Mention, str]) -> None:
    """该局, where only 南宁铁路局工会 is named: the bureau itself."""
    owner = word.removesuffix("工会")
    if owner not in {"局", "矿", "场", "厂"} or _antecedent(span.start, (owner,), earlier):
        return
    union = _antecedent(span.start, (owner + "工会",), earlier)
    if union:
        name = union.removesuffix("工会")
        names[Mention("Company", Span(span.start, span.start + 2), "该" + owner, "anaphor", name)] = name


def _others(found: Sequence[Mention], definitions: dict[str, Mention]) -> list[EntityRecord]:
    grouped: dict[Entity, list[Mention]] = defaultdict(list)
    titles = sorted({(m.type, m.name or m.text) for m in found}, key=lambda pair: (-len(pair[1]), pair))
    for mention in found:
        grouped[_entity(mention, titles, definitions)].append(mention)
    codes: list[str] = []
    return [_other(entity, group, codes) for entity, group in grouped.items()]


def _entity(mention: Mention, titles: Sequence[tuple[str, str]], definitions: dict[str, Mention]) -> Entity:
    name = mention.name or mention.text
    bare = QUOTES.sub("", name)
    target = definitions.get(bare)
    if target and target.span.start <= mention.span.start and target.type not in ORGANISATIONS:
        return Entity(target.type, target.name or target.text)
    if name.startswith("《") and len(bare) >= 2:
        longer = [
            (kind, title)
            for kind, title in titles
            if title != name and QUOTES.sub("", title).endswith(bare) and kind == mention.type
        ]
        if len(longer) == 1:
            return Entity(*longer[0])
    return Entity(mention.type, name)


def _other(entity: Entity, group: list[Mention], codes: list[str]) -> EntityRecord:
    ordered = sorted(group, key=lambda m: m.span)
    aliases = {m.text for m in ordered} | {m.name for m in ordered if m.name}
    code = None
    if entity.type == "Place":
        code = code_of(entity.name, codes)
    return EntityRecord(entity, tuple(sorted(aliases - {entity.name})), tuple(ordered), code)
