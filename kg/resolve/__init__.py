"""An article's mentions into entities: short forms, definitions (以下简称), anaphora, places by their code."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from kg.language.spans import Places
from kg.model import Article, Entity, EntityRecord, Mention
from kg.naming import bare, lead, level_of
from kg.recognise.places import code_of
from kg.resolve.anaphora import CANDIDATES, anaphors, bare_nouns, short_unions
from kg.resolve.full_names import DEFINITION_INSIDE, FullNames, Levels, full_name
from kg.resolve.local import local_places
from kg.resolve.short_forms import beginning, defined_short_forms, merge_short_forms

ORGANISATIONS = frozenset({"Organisation", "TradeUnion", "PublicBody", "Company", "School", "Institution"})


SKIPPED = frozenset({"Date", "Post", "Amount", "Money", "Count", "Percentage", "Duration"})


DEFINED = re.compile(r"\((?:以下|下文|下)?(?:均|并)?(?:简称|统称|称)(?:为|:)?[“《]?([^“”《》()]{2,14})[”》]?\)")


_UNDERTAKINGS = frozenset({"Programme", "Campaign", "Service"})
QUOTES = re.compile(r"[《》“”]")


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
    meant = Places(m for record in records for m in record.mentions if m.rule == "anaphor")
    bodies = {m: record.entity.name for record in records for m in record.mentions}
    local = local_places(article.text, [m for m in mentions if m.type not in ORGANISATIONS], bodies)
    others = [m for m in mentions if m.type not in ORGANISATIONS | SKIPPED and not meant.touch(m.span)]
    records += _others([*others, *local], definitions)
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
    levels, full = Levels(article.text, article.document.meta.place or article.document.place), FullNames(found)
    names: dict[Mention, str] = {}
    for mention in found:
        if mention.rule != "short-union":
            names[mention] = full_name(mention, full, levels)
    defined = {alias: target for alias, target in definitions.items() if target in names}
    for mention in found:
        if mention.text in defined:
            names[mention] = names[defined[mention.text]]
    for extra, target in defined_short_forms(article.text, defined, names):
        names[extra] = names[target]
    merge_short_forms(names)
    short_unions(found, names)
    anaphors(article.text, names)
    bare_nouns(article.text, names)
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


def _others(found: Sequence[Mention], definitions: dict[str, Mention]) -> list[EntityRecord]:
    grouped: dict[Entity, list[Mention]] = defaultdict(list)
    found = _as_one(found)
    names = {(m.type, m.name or m.text) for m in found}
    titles = sorted((QUOTES.sub("", name)[::-1], (kind, name)) for kind, name in names)
    for mention in found:
        grouped[_entity(mention, titles, definitions)].append(mention)
    return [_other(entity, group) for entity, group in grouped.items()]


def _as_one(found: Sequence[Mention]) -> list[Mention]:
    """“送清凉”活动 and 送清凉 are one programme: each mention under the longest name of those that say the same."""
    longest: dict[str, Mention] = {}
    for m in found:
        if m.type in _UNDERTAKINGS:
            key = bare(m.name or m.text)
            known = longest.get(key)
            if known is None or (len(m.name or m.text), m.type) > (len(known.name or known.text), known.type):
                longest[key] = m
    named = {id(m): longest.get(bare(m.name or m.text)) for m in found if m.type in _UNDERTAKINGS}
    return [
        replace(m, type=one.type, name=one.name or one.text) if (one := named.get(id(m))) and one is not m else m
        for m in found
    ]


def _entity(mention: Mention, titles: Sequence[tuple[str, tuple[str, str]]], definitions: dict[str, Mention]) -> Entity:
    name = mention.name or mention.text
    bare = QUOTES.sub("", name)
    target = definitions.get(bare)
    if target and target.span.start <= mention.span.start and target.type not in ORGANISATIONS:
        return Entity(target.type, target.name or target.text)
    if name.startswith("《") and len(bare) >= 2:
        ending_so = islice(beginning(titles, bare[::-1]), CANDIDATES)
        longer = [(kind, title) for kind, title in ending_so if title != name and kind == mention.type]
        if len(longer) == 1:
            return Entity(*longer[0])
    return Entity(mention.type, name)


def _other(entity: Entity, group: list[Mention]) -> EntityRecord:
    ordered = sorted(group, key=lambda m: m.span)
    aliases = {m.text for m in ordered} | {m.name for m in ordered if m.name}
    code = code_of(entity.name) if entity.type == "Place" else None
    return EntityRecord(entity, tuple(sorted(aliases - {entity.name})), tuple(ordered), code)
