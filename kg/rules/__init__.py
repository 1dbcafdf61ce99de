"""Rules as data: the loader, the masked clause they are matched against, and their executed examples.

In a masked clause every mention is one private-use character that stands for its class:

    由[北京市总工会]主办的[“送清凉”活动]  →  由▢主办的▣

A rule is a regular expression over that text in which `{agent}`, `{object}` … stand for a run of mentions
of the classes the slot allows, joined by 、和与及; `{gap}` for a few characters that hold neither clause
punctuation nor a mention that could fill a slot of the rule; `{item}` for the place where a noun phrase
begins.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from kg import ontology
from kg.lexicon import verbs, words
from kg.model import Mention, Span

_JOIN = "(?:、|,|和|与|及|以及|暨|,以及)"
_LIST = 60  # members of a list that one slot takes: what is read twice of a longer one would be read n times
_TYPES = [
    "TradeUnion",
    "PublicBody",
    "Company",
    "School",
    "Institution",
    "PolicyDocument",
    "Campaign",
    "Service",
    "Programme",
    "WorkerGroup",
    "OrganisationGroup",
    "Money",
    "Count",
    "Percentage",
    "Duration",
    "Place",
    "Person",
    "Date",
]
_CODE = {name: chr(0xE000 + i) for i, name in enumerate(_TYPES)}
_KEYS = {"name", "match", "accept", "reject"}
_SLOT_IN_PATTERN = re.compile(r"\{([a-z]+)\}")
# Families of verbs that a rule names instead of listing them: {hold}, {launch}.
_VERBS: dict[str, Callable[[], Iterable[str]]] = {
    "hold": lambda: verbs("hold"),
    "launch": lambda: words("launching-verbs"),
}
_EXAMPLE_MENTION = re.compile(r"\[([^\[\]:]+):([A-Za-z]+)\]")

# Which classes may stand in a slot, per folder of rules; sub-classes are included.
_SLOTS: dict[str, dict[str, tuple[str, ...]]] = {
    "measures": {
        "agent": ("Organisation", "OrganisationGroup"),
        "giver": ("Organisation", "Group", "Person", "Place"),  # who acts where the frame says that somebody gives
        "getter": ("Organisation", "Group", "Person", "Place"),  # who is served where the frame says that somebody gets
        "partner": ("Organisation",),
        "beneficiary": ("Group", "Organisation", "Place"),
        "programme": ("Programme",),
        "amount": ("Amount",),
        "date": ("Date",),
    },
    "links/issues": {"subject": ("Organisation",), "object": ("PolicyDocument",), "date": ("Date",)},
    "links/organises": {"subject": ("Organisation",), "object": ("Programme",), "date": ("Date",)},
    "links/partneredWith": {"subject": ("Organisation",), "object": ("Organisation",)},
    "links/partOf": {"subject": ("Programme",), "object": ("Programme",)},
}


class RuleError(ValueError):
    """A rule file that is not as it must be; the message names the file and the rule."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A stretch of text with its mentions masked; `mentions[i]` is what stands at `text[i]`, if a mention does."""

    text: str
    places: tuple[int, ...]
    mentions: Mapping[int, Mention]


@dataclass(frozen=True, slots=True)
class Match:
    """What a rule found: the mentions of each slot, where an item begins, and the stretch, in the text's coordinates."""

    rule: Rule
    slots: Mapping[str, tuple[Mention, ...]]
    item: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern with its examples; `place` is the file it stands in, `measures/provide`."""

    place: str
    name: str
    pattern: re.Pattern[str]
    slots: tuple[str, ...]
    accept: tuple[str, ...]
    reject: tuple[str, ...]

    @property
    def label(self) -> str:
        """How evidence names the rule."""
        return f"{self.place}: {self.name}"

    def find(self, masked: Masked) -> list[Match]:
        """Every place where the rule fits."""
        return [self._match(masked, m) for m in self.pattern.finditer(masked.text)]

    def _match(self, masked: Masked, m: re.Match[str]) -> Match:
        slots = {}
        for slot in self.slots:
            if slot != "item" and m.start(slot) >= 0:
                at = range(m.start(slot), m.end(slot))
                slots[slot] = tuple(masked.mentions[i] for i in at if i in masked.mentions)
        item = masked.places[m.start("item")] if "item" in self.slots and m.start("item") >= 0 else None
        return Match(self, slots, item, Span(masked.places[m.start()], masked.places[m.end()]))


def mask(text: str, span: Span, mentions: Iterable[Mention]) -> Masked:
    """The stretch with its outermost mentions masked; types no rule knows (posts, items) stay text."""
    outer: list[Mention] = []
    for m in sorted(mentions, key=lambda m: (m.span.start, -len(m.span))):
        inside = span.start <= m.span.start and m.span.end <= span.end and m.type in _CODE
        if inside and not (outer and m.span.start < outer[-1].span.end):
            outer.append(m)
    out: list[str] = []
    places: list[int] = []
    at_mask: dict[int, Mention] = {}
    i = span.start
    for m in outer:
        out.extend(text[i : m.span.start])
        places.extend(range(i, m.span.start))
        at_mask[len(out)] = m
        out.append(_CODE[m.type])
        places.append(m.span.start)
        i = m.span.end
    out.extend(text[i : span.end])
    places.extend(range(i, span.end))
    places.append(span.end)
    return Masked("".join(out), tuple(places), at_mask)


@cache
def load(folder: str) -> tuple[Rule, ...]:
    """All rules under `measures` or `links`, checked."""
    found: list[Rule] = []
    for file in sorted(files("kg.rules").joinpath(folder).iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            found.extend(_read(folder, file))
    return tuple(found)


def _read(folder: str, file: Traversable) -> list[Rule]:
    place = f"{folder}/{file.name.removesuffix('.toml')}"
    allowed = _SLOTS.get(place) or _SLOTS.get(folder)
    if allowed is None:
        raise RuleError(f"{place}: no property of that name takes rules")
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    if set(data) != {"rule"}:
        raise RuleError(f"{place}: only [[rule]] tables may stand here")
    rules = [_rule(place, entry, allowed) for entry in data["rule"]]
    for i, rule in enumerate(rules):
        if any(rule.name == other.name for other in rules[:i]):
            raise RuleError(f"{place}: two rules are named {rule.name!r}")
    return rules


def _rule(place: str, entry: Mapping[str, object], allowed: Mapping[str, tuple[str, ...]]) -> Rule:
    name = str(entry.get("name", ""))
    if unknown := set(entry) - _KEYS:
        raise RuleError(f"{place}: {name!r} has an unknown key {sorted(unknown)[0]!r}")
    accept, reject = entry.get("accept"), entry.get("reject", [])
    if not isinstance(accept, list) or len(accept) < 2 or not isinstance(reject, list):
        raise RuleError(f"{place}: {name!r} needs at least two accept examples")
    slots = tuple(s for s in _SLOT_IN_PATTERN.findall(str(entry["match"])) if s not in {"gap", *_VERBS})
    for slot in slots:
        if slot != "item" and slot not in allowed:
            raise RuleError(f"{place}: {name!r} has an unknown slot {slot!r}")
    pattern = _compile(str(entry["match"]), {s: allowed[s] for s in slots if s != "item"})
    return Rule(place, name, pattern, slots, tuple(map(str, accept)), tuple(map(str, reject)))


def _compile(source: str, slots: Mapping[str, tuple[str, ...]]) -> re.Pattern[str]:
    classes = {slot: _class(names) for slot, names in slots.items()}
    barrier = "".join(sorted(set("".join(classes[s] for s in classes if s != "date"))))

    def part(m: re.Match[str]) -> str:
        slot = m.group(1)
        if slot == "gap":
            return f"[^,;:。!?{barrier}]{{0,16}}?"
        if slot == "item":
            return "(?P<item>)"
        if slot in _VERBS:
            return f"(?:{'|'.join(sorted(_VERBS[slot](), key=lambda verb: (-len(verb), verb)))})"
        return f"(?P<{slot}>[{classes[slot]}](?:{_JOIN}[{classes[slot]}]){{0,{_LIST}}})"

    return re.compile(_SLOT_IN_PATTERN.sub(part, source))


def _class(names: Sequence[str]) -> str:
    types = {sub for name in names for sub in ontology.subclasses(name)}
    return "".join(_CODE[t] for t in _TYPES if t in types)


def example(marked: str) -> tuple[str, list[Mention], dict[str, list[str]]]:
    """An example as text, mentions and what each slot must hold.

    >>> text, mentions, slots = example("[市总:TradeUnion]出台[《办法》:PolicyDocument] => subject=市总 object=《办法》")
    >>> text, slots
    ('市总出台《办法》', {'subject': ['市总'], 'object': ['《办法》']})
    """
    sentence, _, wanted = marked.partition(" => ")
    text, mentions, at = "", [], 0
    for m in _EXAMPLE_MENTION.finditer(sentence):
        text += sentence[at : m.start()]
        mentions.append(Mention(m.group(2), Span(len(text), len(text) + len(m.group(1))), m.group(1), "example"))
        text += m.group(1)
        at = m.end()
    text += sentence[at:]
    slots: dict[str, list[str]] = {}
    for pair in wanted.split():
        slot, _, filler = pair.partition("=")
        slots.setdefault(slot, []).append(filler)
    return text, mentions, slots
