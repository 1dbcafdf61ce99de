"""What an amount may count or pay for: the principles that know something, each with a name.

They stand in the order in which they are asked; which answer is believed is decided in `objects.py`.  What an amount
shares with the one before it is what newspapers leave out most often.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from kg import ontology
from kg.language.phrases import noun_phrase_after, noun_phrase_before
from kg.language.spans import Places, Row
from kg.lexicon import finder, words
from kg.model import Article, Entity, Mention, Span, Stated
from kg.relate.things import Things

PEOPLE_UNITS = frozenset("人名位户") | {"人次", "人(次)", "名(次)"}
_GIVEN = re.compile("(?:救灾|爱心|防汛|助学|抗疫)?(?:捐款|善款|爱心款|捐赠款|筹款)")
_LIST = 8  # amounts of a list among which the noun that all share is looked for
_SHARED = re.compile(r"(?:、|和|及|与|或|至|到)(?:每[人年月户生个])*")
_BASE = re.compile("占")
_GROWTH = re.compile("^(?:比|较)|增长|增加|下降|减少|上升|提高|降低|同比|环比|上浮|下调|回落|比上年|较上年")
_GROUP_JOINT = re.compile("、|和|及|与|以及")
_BETWEEN = re.compile(r"^(?:的|了|以上的|左右的|是(?=[^,。;]{2}))?(?:昔日|过去|原来|曾经)?的?(?:一次性)?")
_PURPOSE = re.compile(
    r"用于|用作|用来|用在|用以|购买|采购|选购|购置|发放|提供|开展|新建|建设|建成|举办|赠送|安装|实施|补助|支付|作为|(?<![工合动操著写协制])作(?!业|用|品|坊|家|出|好|为)|设立|资助|投向|扶持|支持|进行|打造|推进"
)
_FOR = re.compile(r"(?:为|就|在|对)(?=[^,;。]{2,16}(?:投入|准备|安排|筹集|筹措|下拨|拨付|列支)[^,;。]{0,6}$)")
_OPENING = re.compile(r"^(?:了|的|对|给|向|为|在|于|上|本地|当地|一批|一系列|一些|部分|若干|各类|各项)*")
_NAMES = ("金", "款", "费", "品", "物", "员", "站")  # 慰问|金 is no verb
_RANK = re.compile("[一-鿿]{1,4}(?:级|档|本级)")
_MONEY_NOUN = re.compile(
    "资金|经费|补助金?|补贴|津贴|奖补|(?:救助|慰问|助学|奖学|公益|公积|保险|互助|补偿|奖励|保障|基|奖|抚恤|赔偿)金|贷款|捐款|善款|欠薪|工资|专款|借款|赔偿款|保费|会费|转移支付"
)
_PRICE = re.compile("市价|单价|售价|均价|价值|价格|赔|作价")
_PAID = (*"费金款价薪资税租补险保额酬", "标准", "待遇", "津贴", "收入", "支出")
_VALUE = re.compile("(?:总?价?值|市值|折合(?:人民币)?|共?计|共值|合计|总计|总额|总值|花费|耗资|花去|斥资|费用|总投资)")


# Which principles are asked of which amount, the surest first.
_ORDER = {
    "Count": (
        "noun after",
        "noun shared with the next amount",
        "noun before",
        "same as the amount before",
        "same kind of amount before",
        "group named before",
        "verb that names it",
        "purpose in the clause",
    ),
    "Money": (
        "worth of the amount before",
        "noun after",
        "noun shared with the next amount",
        "verb in the amount",
        "purpose in the clause",
        "noun before",
        "same as the amount before",
        "purpose after",
        "kind of money named before",
        "same kind of amount before",
        "those counted before a rate",
        "verb that names it",
        "kind of money that the text is about",
    ),
    "Percentage": (
        "share of",
        "noun before",
        "noun after",
        "same as the amount before",
        "same kind of amount before",
        "verb that names it",
    ),
    "Duration": (
        "noun after",
        "noun before",
        "verb that names it",
    ),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """An amount where it stands: the clauses of its sentence, its own by number, and what was told before."""

    amount: Mention
    parts: Sequence[Span]
    i: int
    told: Sequence[Stated]  # of the sentence, in order
    paragraph: int  # where it begins

    @property
    def clause(self) -> Span:
        return self.parts[self.i]


@dataclass(slots=True)
class Items:
    """Finds what amounts count, in the order of the text."""

    article: Article
    things: Things
    mentions: Row[Mention]
    _kinds: dict[str, Row[Mention]] = field(init=False)
    _parties: Places[Mention] = field(init=False)
    _given: Sequence[Span] = field(init=False)
    _purposes: dict[Span, tuple[Entity, ...]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        families = {"party": ("Organisation", "Place", "Person"), "group": ("Group",)}
        kinds = {name: {t for f in family for t in ontology.subclasses(f)} for name, family in families.items()}
        self._kinds = {name: Row(m for m in self.mentions if m.type in kind) for name, kind in kinds.items()}
        self._parties = Places(self._kinds["party"])
        self._kinds["amount"] = Row(m for m in self.mentions if m.amount is not None)
        self._given = [Span(*m.span()) for m in _GIVEN.finditer(self.article.text)]
        self._kinds["date"] = Row(m for m in self.mentions if m.type == "Date")

    def told(self, spot: Spot) -> dict[tuple[Entity, ...], list[str]]:
        """What an amount may count or pay for, with the principles that say so, in the order in which they are asked."""
        found: dict[tuple[Entity, ...], list[str]] = {}
        for name, principle in self._principles(spot.amount.type):
            if filler := tuple(dict.fromkeys(principle(spot))):
                found.setdefault(filler, []).append(name)
        return found

    def purposes(self, span: Span) -> tuple[Entity, ...]:
        """What the verbs of a stretch say is bought, given or held."""
        if span not in self._purposes:
            self._purposes[span] = tuple(dict.fromkeys(self._bought(span)))
        return self._purposes[span]

    def _bought(self, span: Span) -> list[Entity]:
        found: list[Entity] = []
        for m in _PURPOSE.finditer(self.article.text, span.start, span.end):
            at = m.end() + len(_match(_OPENING, self.article.text[m.end() : span.end]))
            at = next((a.end for a in self._spans(Span(at, span.end), "amount") if a.start == at), at)
            at += len(_match(_BETWEEN, self.article.text[at : span.end]))
            phrase = noun_phrase_after(
                self.article.text, at, span.end, self._spans(Span(at, span.end), "amount"), "any"
            )
            if phrase and at == m.end() and self.article.text[phrase.start : phrase.end] in words("figure-nouns"):
                phrase = Span(m.start(), phrase.end)  # 补助|资金
            if phrase and phrase not in self._spans(phrase, "group"):
                found.extend(self.thing(phrase))
        for m in _FOR.finditer(self.article.text, span.start, span.end):
            barriers = self._spans(Span(m.end(), span.end), "amount")
            found.extend(self.thing(noun_phrase_after(self.article.text, m.end(), span.end, barriers)))
        return found

    def _principles(self, kind: str) -> list[tuple[str, Callable[[Spot], Sequence[Entity]]]]:
        table: dict[str, Callable[[Spot], Sequence[Entity]]] = {
            "noun after": self._after,
            "noun shared with the next amount": self._shared,
            "share of": self._base,
            "noun before": self._before,
            "purpose in the clause": lambda s: self.purposes(s.clause),
            "same as the amount before": self._same,
            "purpose after": self._purpose_after,
            "same kind of amount before": self._carried,
            "verb that names it": self._verbal,
            "worth of the amount before": self._value,
            "those counted before a rate": self._rate,
            "verb in the amount": self._verb_inside,
            "kind of money named before": self._money_noun,
            "group named before": self._people,
            "kind of money that the text is about": self._money_told,
        }
        return [(name, table[name]) for name in _ORDER[kind]]

    def _after(self, spot: Spot) -> Sequence[Entity]:
        text, amount, clause = self.article.text, spot.amount, spot.clause
        at = amount.span.end + len(_match(_BETWEEN, text[amount.span.end : clause.end]))
        groups = self._groups_from(at, clause.end)
        if groups:
            return tuple(e for group in groups for e in self.things.named(group))
        heads = "money" if amount.type == "Money" else "thing"
        phrase = noun_phrase_after(text, at, clause.end, self._spans(clause, "amount", "date"), heads)
        if phrase and self._counts_people(spot) and text[phrase.start : phrase.end].endswith(_PAID):
            return ()  # 5人|工资: whose, and not what is counted
        return self.thing(phrase)

    def _groups_from(self, at: int, end: int) -> list[Span]:
        """The groups of a list that begins at a place: 困难职工、农民工."""
        found: list[Span] = []
        while True:
            group = next(iter(self._spans(Span(at, end), "group")), None)
            if not group or group.start != at:
                return found
            found.append(group)
            joint = _GROUP_JOINT.match(self.article.text, group.end)
            if not joint:
                return found
            at = joint.end()

    def _shared(self, spot: Spot) -> Sequence[Entity]:
        text, last = self.article.text, spot.amount
        for amount in islice(self._kinds["amount"].after(spot.amount.span.start + 1), _LIST):
            joined = amount.span.end <= spot.clause.end and _SHARED.fullmatch(text, last.span.end, amount.span.start)
            if not joined or (
                (amount.type == "Money") != (last.type == "Money") and not text.startswith("的", amount.span.end)
            ):
                return ()
            found = self._after(replace(spot, amount=amount))
            if found:
                return found
            last = amount
        return ()

    def _before(self, spot: Spot) -> Sequence[Entity]:
        if self.base(spot) is not None:
            return ()
        money = spot.amount.type == "Money"
        barriers = self._spans(spot.clause, "amount", "date", "party", *(["group"] if money else []))
        phrase = noun_phrase_before(self.article.text, spot.clause.start, spot.amount.span.start, barriers)
        if (
            phrase
            and self._counts_people(spot)
            and self.article.text[phrase.start : phrase.end] in words("nominal-verbs")
        ):
            return ()  # 资助724名: whom, is told elsewhere
        people = [g for g in self._spans(spot.clause, "group") if phrase and g.end == phrase.end]
        if people and not money:
            return self.things.named(min(people))  # 慰问|职工群众|17万人次
        found = self.thing(phrase)
        if found and money and spot.amount.amount and spot.amount.amount.per:
            # 专科每人4000元: who gets it stands before a rate, unless it is a kind of money
            text = self.article.text[phrase.start : phrase.end] if phrase else ""
            return found if _MONEY_NOUN.search(text) or text.endswith(_PAID) else ()
        return found

    def _value(self, spot: Spot) -> Sequence[Entity]:
        """Of the amount before, whose worth this is: 暖包200套,价值5.98万元."""
        text, at = self.article.text, spot.amount.span
        between = text[spot.clause.start : at.start].strip("其中每约共")
        worth = _VALUE.fullmatch(between) or (not between and _PRICE.search(text, at.start, at.end))
        return spot.told[-1].of if spot.told and worth else ()

    def _money_noun(self, spot: Spot) -> Sequence[Entity]:
        """The kind of money that the sentence named last: 发放助学金,100名新生共领到29.5万元."""
        at = [m.end() for m in _MONEY_NOUN.finditer(self.article.text, spot.parts[0].start, spot.amount.span.start)]
        for end in reversed(at):
            start = max((p.start for p in spot.parts if p.start < end), default=spot.clause.start)
            barriers = self._spans(Span(start, end), "amount", "date", "party")
            phrase = noun_phrase_before(self.article.text, start, end, barriers)
            if phrase and phrase.end == end:
                return self.thing(phrase)
        return ()

    def _money_told(self, spot: Spot) -> Sequence[Entity]:
        """The kind of money that the text named last before the sentence: a list of donors under 捐款."""
        before = bisect_left(self._given, spot.parts[0].start, key=lambda span: span.start)
        return self.things.named(self._given[before - 1]) if before else ()

    def _people(self, spot: Spot) -> Sequence[Entity]:
        """For a count of people with no noun: the group named last before it in the paragraph."""
        if not self._counts_people(spot):
            return ()
        last = next(self._kinds["group"].before(spot.amount.span.start), None)
        return self.things.named(last.span) if last and spot.paragraph <= last.span.start else ()

    def _counts_people(self, spot: Spot) -> bool:
        return spot.amount.amount is not None and spot.amount.amount.unit in PEOPLE_UNITS

    def _rate(self, spot: Spot) -> Sequence[Entity]:
        """For a rate, those counted right before it: 特困教师15名,每人1000元."""
        if not spot.amount.amount or not spot.amount.amount.per:
            return ()
        if not spot.told:
            return ()
        last = spot.told[-1]
        return last.of if last.mention.amount and last.mention.amount.unit in PEOPLE_UNITS else ()

    def _base(self, spot: Spot) -> Sequence[Entity]:
        """What takes the share: the noun before 占, else what the amount before counts."""
        at = self.base(spot)
        if at is None:
            grows = _GROWTH.search(self.article.text, spot.clause.start, spot.amount.span.start)
            return self._before(spot) or (spot.told[-1].of if spot.told else ()) if grows else ()
        barriers = self._spans(spot.clause, "amount", "date")
        phrase = noun_phrase_before(self.article.text, spot.clause.start, at, barriers)
        return self.thing(phrase) or (spot.told[-1].of if spot.told else ())

    def _same(self, spot: Spot) -> Sequence[Entity]:
        """Of the amount before in the clause, when no noun stands between: 由719元提高到791元."""
        if not spot.told or spot.told[-1].mention.span.start < spot.clause.start:
            return ()
        last = spot.told[-1]
        return last.of if last.mention.type == spot.amount.type else ()

    def _carried(self, spot: Spot) -> Sequence[Entity]:
        return _alike(spot.amount, spot.told)

    def _purpose_after(self, spot: Spot) -> Sequence[Entity]:
        end = spot.parts[-1].end
        following = next(
            (m.span.start for m in self.mentions.within(Span(spot.clause.end, end)) if m.type == "Money"), end
        )
        return self.purposes(Span(spot.clause.end, max(spot.clause.end, min(following, end))))

    def _verbal(self, spot: Spot) -> Sequence[Entity]:
        """The verb that names what is given: 捐款5万元."""
        return self._last_verb(spot.clause.start, spot.amount.span.end)

    def _verb_inside(self, spot: Spot) -> Sequence[Entity]:
        """The money or the verb that stands within a rate: 每站经费30万元, 人均增收1万元."""
        at = spot.amount.span
        money = _MONEY_NOUN.search(self.article.text, at.start, at.end)
        return self.things.named(Span(*money.span())) if money else self._last_verb(at.start, at.end)

    def _last_verb(self, start: int, end: int) -> Sequence[Entity]:
        text = self.article.text[start:end]
        found = (s for s in finder("verbal-items").spans(text) if not text.startswith(_NAMES, s.end))
        last = max(found, default=None)
        return self.things.named(Span(start + last.start, start + last.end)) if last else ()

    def thing(self, phrase: Span | None) -> tuple[Entity, ...]:
        """The things of a phrase, unless it is nothing but a place, a body, or a word for figures."""
        if not phrase or self.article.text[phrase.start] == "(":
            return ()
        text = self.article.text[phrase.start : phrase.end]
        owner, _, head = text.rpartition("的")
        if owner and head in words("figure-nouns"):
            return self.thing(Span(phrase.start, phrase.start + len(owner)))  # 金秋助学|的标准
        if text in words("figure-nouns") or _RANK.fullmatch(text):
            return ()
        inside = sum(len(p.span) for p in self._parties.overlapping(phrase))
        if 2 * inside > len(phrase):
            return ()
        return self.things.named(phrase)

    def base(self, spot: Spot) -> int | None:
        """Where it is said of what an amount is a share: 占|总人口的12%, of which nothing behind is what is counted."""
        if spot.amount.type != "Percentage":
            return None
        return _last(_BASE, self.article.text, spot.clause.start, spot.amount.span.start)

    def barriers(self, stretch: Span) -> list[Span]:
        """What no noun phrase of a stretch runs across."""
        return self._spans(stretch, "amount", "date", "party")

    def _spans(self, stretch: Span, *families: str) -> list[Span]:
        """Where the mentions of some families stand in a stretch."""
        return [m.span for family in families for m in self._kinds[family].within(stretch)]


def _alike(amount: Mention, told: Sequence[Stated]) -> Sequence[Entity]:
    """What the last amount of the same kind and unit counts."""
    assert amount.amount
    for stated in reversed(told):
        other = stated.mention.amount
        if other and other.kind == amount.amount.kind and other.unit == amount.amount.unit and stated.of:
            return stated.of
    return ()


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> int | None:
    return max((m.start() for m in pattern.finditer(text, start, end)), default=None)


def _match(pattern: re.Pattern[str], text: str) -> str:
    m = pattern.match(text)
    return m.group() if m else ""
