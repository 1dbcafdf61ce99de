"""What an amount counts or pays for: what the principles say, or any other noun or verb of the sentence.

    学费 公司出 六成           学费 +210: noun before 1, ends in 费 …      公司 −90: noun before 0, then v …
    一双 挣 18元               收入 +150: the verb before the amount tells

The principles of `items.py` propose; nouns of the clause and of those before it, verbs, and what the amounts before
were for stand beside them.  A linear score chooses (`choice.py`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.language.phrases import Word, deed_nouns, noun_phrases, tagged
from kg.lexicon import words
from kg.model import Entity, Span, Stated
from kg.relate.choice import PLAIN, Proposal, Shared, best, candidates
from kg.relate.items import PEOPLE_UNITS, Items, Spot
from kg.relate.stage import Stage, verb_kinds
from kg.relate.strangers import someone_named
from kg.relate.things import Things

_CLAUSES_BACK, _NOUNS, _VERBS, _TOLD = 2, 3, 2, 2


class _Named(NamedTuple):
    """Something that a clause names, where it stands there, and how, by name."""

    filler: tuple[Entity, ...]
    span: Span
    stands: Sequence[str]


class _Clause(NamedTuple):
    """What a clause names with nouns and with verbs, in the order of the text."""

    words: Sequence[Word]
    nouns: Sequence[_Named]
    verbs: Sequence[_Named]


_WHAT = Shared(["what"])
_Told = tuple[tuple[Entity, ...], str, Sequence[str]]  # a filler, the place it has from an amount, and how it stands


class Objects:
    """Chooses what the amounts of an article are for, in the order of the text."""

    def __init__(self, stage: Stage, items: Items, things: Things) -> None:
        self._stage, self._items, self._things = stage, items, things
        self._text = stage.article.text
        self._parts: Sequence[Span] = ()
        self._clauses: dict[Span, _Clause] = {}  # those of the sentence that is being read
        self._kinds: dict[Entity, Sequence[str]] = {}

    def of(self, spot: Spot) -> Stated:
        """The amount with the best of what it may count or pay for."""
        if spot.parts is not self._parts:
            self._parts = spot.parts
            self._clauses.clear()
        found = candidates("of", self._proposals(spot))
        told = best(found)
        filler = tuple(f for f in told.filler if isinstance(f, Entity))
        return Stated(spot.amount, filler, told.principle if filler else "", considered=found)

    def _proposals(self, spot: Spot) -> Iterator[Proposal]:
        """All that it may be for, the principles' answers first, each with what speaks for and against it."""
        by = self._items.told(spot)
        first = next(iter(by.values()), ["nothing"])[0]
        shows: dict[tuple[Entity, ...], list[Sequence[str]]]
        shows = {filler: [_asked(names, rank)] for rank, (filler, names) in enumerate(by.items())}
        places: dict[tuple[Entity, ...], list[tuple[str, Sequence[str]]]] = {}
        for filler, place, stands in (*self._nouns(spot), *self._verbs(spot), *self._before(spot)):
            places.setdefault(filler, []).append((place, stands))
            shows.setdefault(filler, [["no principle", f"instead of {first}"]])
        kind, unit = spot.amount.type, self._unit(spot)
        for filler, own in shows.items():
            told = places.get(filler, [("by principle", ())])
            own.append([place for place, _ in told] + ([f"{len(filler)} things"] if len(filler) > 1 else []))
            own.append(self._kind(filler[-1]))
            groups = [(PLAIN, _WHAT), *((("", kind), names) for names in own)]
            # on which side it stands, however many are between
            groups += [(("", kind, place.rstrip("012 ")), stands) for place, stands in told if stands]
            groups += [((unit,), self._kind(filler[-1]))] if unit else []
            yield Proposal(filler, by[filler][0] if filler in by else told[0][0], tuple(groups))

    def _nouns(self, spot: Spot) -> Iterator[_Told]:
        """Noun phrases of the clause on both sides of the amount, and of the clauses before it."""
        amount, nouns = spot.amount.span, self._clause(spot.clause).nouns
        base = self._items.base(spot)
        before = [n for n in nouns if n.span.end <= (amount.start if base is None else base)]
        after = [n for n in nouns if n.span.start >= amount.end]
        yield from _from_the_end(before, _NOUNS, "noun before", "noun first in the clause")
        for n, noun in enumerate(after[:_NOUNS]):
            yield noun.filler, f"noun after {n}", noun.stands
        if after and len(after[0].span) > 3:
            phrase = after[0].span
            word = tagged(self._text, phrase.start, phrase.end)[0]
            if found := self._items.thing(word.span):
                yield found, "noun after begins", [f"tag {word.tag}"]
        for back in range(1, min(_CLAUSES_BACK, spot.i) + 1):
            told = self._clause(spot.parts[spot.i - back]).nouns
            yield from _from_the_end(told, 2, f"noun {back} back", f"noun first {back} back")

    def _verbs(self, spot: Spot) -> Iterator[_Told]:
        """Verbs before the amount, in it and behind it, as what they make of it."""
        amount, verbs = spot.amount.span, self._clause(spot.clause).verbs
        inside = [w for w in tagged(self._text, amount.start, amount.end) if _noun_of(w.text, w.tag)]
        for word in inside[:1]:
            verb = self._verb(word)
            yield verb.filler, "verb inside", verb.stands
        before = [v for v in verbs if v.span.end <= amount.start]
        for n, verb in enumerate(reversed(before[-_VERBS:])):
            yield verb.filler, f"verb before {n}", verb.stands
        for verb in [v for v in verbs if v.span.start >= amount.end][:1]:
            yield verb.filler, "verb after", verb.stands

    def _before(self, spot: Spot) -> Iterator[_Told]:
        """What the amounts before in the sentence were for."""
        for n, stated in enumerate(reversed(spot.told[-_TOLD:])):
            if stated.of:
                yield stated.of, f"told {n} {'alike' if stated.mention.type == spot.amount.type else 'other'}", ()

    def _clause(self, span: Span) -> _Clause:
        found = self._clauses.get(span)
        if found is None:
            told = tagged(self._text, span.start, span.end)
            starts = [w.start for w in told]
            phrases = noun_phrases(self._text, span.start, span.end, self._items.barriers(span))
            nouns = [
                _Named(filler, phrase, _stands(told, starts, phrase))
                for phrase in phrases
                if (filler := self._items.thing(phrase))
            ]
            found = self._clauses[span] = _Clause(
                told, nouns, [self._verb(w) for w in told if _noun_of(w.text, w.tag) and not _inside(w.span, nouns)]
            )
        return found

    def _verb(self, word: Word) -> _Named:
        stands = [f"verb {word.text}", f"verb {verb_kinds().get(word.text, 'of no kind')}"]
        if word.text in deed_nouns():
            stands.append("deed noun")
        elif word.text in words("nominal-verbs"):
            stands.append("nominal verb")
        return _Named((self._things.called(word.span, _noun_of(word.text, word.tag)),), word.span, Shared(stands))

    def _kind(self, entity: Entity) -> Sequence[str]:
        """What kind of thing it is."""
        found = self._kinds.get(entity)
        if found is None:
            name = entity.name.rstrip("”》)")
            told = [f"class {entity.type}", f"ends in {name[-1:]}", f"ends in {name[-2:]}"]
            told.append(f"size {min(len(name), 10) // 2}")
            told += ["in the title"] * (entity.name in self._stage.article.title)
            told += ["verbal item"] * (entity.name in words("verbal-items"))
            told += ["somebody"] * someone_named(name, 0, len(name))
            found = self._kinds[entity] = Shared(told)
        return found

    def _unit(self, spot: Spot) -> str:
        amount = spot.amount.amount
        if amount is None or amount.kind != "count":
            return ""
        return "unit people" if amount.unit in PEOPLE_UNITS else f"unit {amount.unit}"


@lru_cache(maxsize=8192)
def _noun_of(word: str, tag: str) -> str:
    """What a verb makes of an amount, if it makes something: 凑了 a 捐款, 培训 a 培训."""
    if noun := deed_nouns().get(word):
        return noun
    if len(word) < 2 or word in words("figure-verbs"):
        return ""
    names = tag == "vn" or word in words("nominal-verbs") or word in words("verbal-items")
    tells = tag.startswith("v") and word not in words("action-verbs") and word not in verb_kinds()
    return word if names or tells else ""


def _inside(span: Span, nouns: Sequence[_Named]) -> bool:
    """Is a word part of a name that says more: 投资 of 中央专项投资?"""
    return any(n.span.start <= span.start and span.end <= n.span.end and n.span != span for n in nouns)


def _asked(names: Sequence[str], rank: int) -> list[str]:
    """Which principles propose something, and whether the first of all that propose is among them."""
    told = [f"by {name}" for name in names]
    return [*told, "not first"] if rank else [*told, "first", f"first by {names[0]}"]


def _from_the_end(nouns: Sequence[_Named], most: int, place: str, first: str) -> Iterator[_Told]:
    """The last nouns of a stretch backwards, and its first."""
    for n, noun in enumerate(reversed(nouns[-most:])):
        yield noun.filler, f"{place} {n}", noun.stands
    if len(nouns) > 1:
        yield nouns[0].filler, first, nouns[0].stands


def _stands(told: Sequence[Word], starts: Sequence[int], phrase: Span) -> Sequence[str]:
    """What stands on both sides of a phrase among the words of its clause, and which word it ends with."""
    left, right = bisect_left(starts, phrase.start) - 1, bisect_left(starts, phrase.end)
    found = [f"tag {told[right - 1].tag}"]
    if left >= 0:
        found += [f"left {told[left].tag}", f"left {told[left].text}"]
    if right < len(told):
        found += [f"right {told[right].tag}", f"right {told[right].text}"]
    return Shared(found)
