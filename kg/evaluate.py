"""Precision, recall and F1 of what is read, row by row, against annotated texts.

Every row but `fact` counts one thing: a fact is right where its amount was found and every slot that the
annotation fills holds what it asks for.  Names are pooled over the folder, as they are in one graph of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from kg.gold import ENTITY_ROWS, SLOTS, Fact, Gold, Match, alike, meets, meets_any, plain, read_gold_dir, same_body
from kg.model import Reading
from kg.reading import read_document
from kg.said import Name, Said, Tie, Told, pool_names, said_by
from kg.sources import only

How = Literal["missed", "spurious", "wrong"]
ROWS = (*ENTITY_ROWS, "amounts", "bound", *SLOTS, "status", "fact", "posts", "relations")
MATCH: dict[str, Match] = {"organisations": same_body, "agent": same_body}


@dataclass
class Score:
    """True positives, false positives and false negatives of one row.

    >>> score = Score(tp=3, fp=1, fn=0)
    >>> score.p, score.r, round(score.f1, 3)
    (0.75, 1.0, 0.857)
    """

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def p(self) -> float:
        """Precision; 1 where nothing was asked for and nothing given."""
        given = self.tp + self.fp
        return self.tp / given if given else float(not self.fn)

    @property
    def r(self) -> float:
        """Recall; 1 where nothing was asked for."""
        wanted = self.tp + self.fn
        return self.tp / wanted if wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.p * self.r / (self.p + self.r) if self.p + self.r else 0.0


@dataclass(frozen=True)
class Miss:
    """One disagreement, with the sentence that it is about (empty where the text has no such words)."""

    file: str
    row: str
    how: How
    text: str
    sentence: str = ""


@dataclass
class RuleScore:
    """How often a rule fired, fired alone, was right and was wrong; the rest is arguable."""

    fired: int = 0
    alone: int = 0
    hits: int = 0
    wrong: int = 0


@dataclass
class Report:
    """Scores by row, disagreements, and a tally for every rule that found something."""

    files: int = 0
    rows: dict[str, Score] = field(default_factory=lambda: {row: Score() for row in ROWS})
    misses: list[Miss] = field(default_factory=list)
    rules: defaultdict[str, RuleScore] = field(default_factory=lambda: defaultdict(RuleScore))

    def mean(self, rows: Iterable[str]) -> float:
        """The mean F1 of some rows."""
        scores = [self.rows[row].f1 for row in rows]
        return sum(scores) / len(scores)

    @property
    def parts(self) -> dict[str, float]:
        """The four quarters of the headline."""
        return {
            "entities": self.mean(ENTITY_ROWS),
            "amounts": self.rows["amounts"].f1,
            "links": self.mean(SLOTS),
            "posts and relations": self.mean(("posts", "relations")),
        }

    @property
    def headline(self) -> float:
        """One figure: the mean of entities, amounts, their links, and posts with relations."""
        return sum(self.parts.values()) / len(self.parts)

    def as_dict(self) -> dict[str, dict[str, float] | float]:
        """Rounded figures by row and the headline, for JSON."""
        figures: dict[str, dict[str, float] | float] = {
            row: {"p": round(s.p, 3), "r": round(s.r, 3), "f1": round(s.f1, 3), "n": s.tp + s.fn}
            for row, s in self.rows.items()
        }
        return figures | {"headline": round(self.headline, 3)}

    def render(self, console: Console, misses: bool = False) -> None:
        """Print the scores; with `misses` the tally of rules and each disagreement, a line each."""
        if misses:
            for miss in self.misses:
                # rich would turn the tabs into spaces, and then nothing could read the columns
                console.file.write(f"{miss.file}\t{miss.row}\t{miss.how}\t{miss.text}\t{miss.sentence}\n")
            console.print(self._rule_table())
        table = Table("", title=f"{self.files} annotated texts")
        for column in ("precision", "recall", "F1", "annotated"):
            table.add_column(column, justify="right")
        for row, score in self.rows.items():
            table.add_row(row, f"{score.p:.3f}", f"{score.r:.3f}", f"{score.f1:.3f}", str(score.tp + score.fn))
        table.add_section()
        table.add_row("headline", "", "", f"{self.headline:.3f}", "")
        console.print(table)
        parts = ", ".join(f"{name} {value:.3f}" for name, value in self.parts.items())
        console.print(f"The headline is the mean of: {parts}.", highlight=False, soft_wrap=True)

    def _rule_table(self) -> Table:
        table = Table("rule")
        for column in ("fired", "alone", "right", "wrong"):
            table.add_column(column, justify="right")
        for name, tally in sorted(self.rules.items(), key=lambda item: (-item[1].wrong, -item[1].fired, item[0])):
            table.add_row(escape(name), str(tally.fired), str(tally.alone), str(tally.hits), str(tally.wrong))
        return table


def evaluate(gold_dir: Path) -> Report:
    """Read every annotated text of a folder and compare."""
    golds = read_gold_dir(gold_dir)
    readings = [read_document(only(gold.path, gold.path.name)) for gold in golds]
    return compare(golds, readings)


def compare(golds: Collection[Gold], readings: Collection[tuple[Reading, ...]]) -> Report:
    """Readings against their annotations, one to one."""
    pool = pool_names(reading for document in readings for reading in document)
    report = Report(files=len(golds))
    everything = [said_by(document, pool) for document in readings]
    for gold, said in zip(golds, everything, strict=True):
        comparison = Comparison(gold, said, report)
        comparison.entities()
        comparison.facts()
        comparison.posts()
        comparison.relations()
    return report


@dataclass
class Comparison:
    """One text: what it says, what was read from it, and the report that both go into."""

    gold: Gold
    said: Said
    report: Report

    def count(self, row: str, good: bool) -> None:
        """One thing asked for: found or not."""
        self.report.rows[row].tp += good
        self.report.rows[row].fn += not good

    def miss(self, row: str, how: How, text: str, *where: str) -> None:
        """Note a disagreement; the first of the stretches `where` that the text has gives the sentence."""
        sentence = next(filter(None, map(self.said.sentence, where or (text,))), "")
        self.report.misses.append(Miss(self.gold.name, row, how, text, sentence))

    def entities(self) -> None:
        """Organisations, programmes and groups: any name of an entity may be the one asked for."""
        for row in ENTITY_ROWS:
            match = MATCH.get(row, alike)
            given = self.said.entities[row]
            right: set[Name] = set()
            for filler in self.gold.entities[row]:
                found = {name for name, called in given.items() if meets(filler, called, match)}
                right |= found
                self.count(row, bool(found))
                if not found:
                    self.miss(row, "missed", filler.split("|")[0], *filler.split("|"))
            for name, called in given.items():
                wrong = name not in right and not meets_any(self.gold.optional[row], called, match)
                self.tally(self.said.rules[name], name in right, wrong)
                if wrong:
                    self.report.rows[row].fp += 1
                    rules = ", ".join(sorted(self.said.rules[name]))
                    self.miss(row, "spurious", f"{' | '.join(sorted(called))} [{rules}]", *sorted(called))

    def tally(self, rules: Counter[str], right: bool, wrong: bool) -> None:
        """Credit or debit the rules behind something, as often as each fired."""
        for rule, fired in rules.items():
            score = self.report.rules[rule]
            score.fired += fired
            score.alone += fired * (len(rules) == 1)
            score.hits += fired * right
            score.wrong += fired * wrong

    def facts(self) -> None:
        """Amounts by kind, unit and number; of several equal ones the best filled stands for the row."""
        by_key: defaultdict[object, list[Told]] = defaultdict(list)
        for told in self.said.facts:
            by_key[told.key].append(told)
        verdicts: dict[int, bool] = {}
        for fact in self.gold.facts:
            candidates = [told for key in fact.keys for told in by_key.get(key, ())]
            self.count("amounts", bool(candidates))
            if not candidates:
                self.absent(fact)
                continue
            best = max(candidates, key=lambda told: _agreement(fact, told))
            good = self.fact(fact, best)
            verdicts[id(best)] = verdicts.get(id(best), True) and good
        self.spurious_amounts({key for fact in self.gold.facts for key in fact.keys}, verdicts)

    def absent(self, fact: Fact) -> None:
        """An amount that was not read: its slots are missed with it."""
        self.miss("amounts", "missed", fact.text)
        self.report.rows["fact"].fn += 1
        for slot in SLOTS:
            self.report.rows[slot].fn += sum("" not in filler.split("|") for filler in fact.slots[slot])

    def fact(self, fact: Fact, told: Told) -> bool:
        """Bound, status and slots of an amount that was read; is all of it right?"""
        bound, status = self.report.rows["bound"], self.report.rows["status"]
        self.count("bound", told.bound == fact.bound)
        if told.bound != fact.bound:
            bound.fp += 1
            self.miss("bound", "wrong", f"{fact.text}: {told.bound}, not {fact.bound}", fact.text)
        self.count("status", fact.status in told.status)
        if fact.status not in told.status:
            status.fp += bool(told.status)
            got = ", ".join(sorted(told.status)) or "none"
            self.miss("status", "wrong", f"{fact.text}: {got}, not {fact.status}", fact.text)
        slots = [self.slot(fact, told, slot) for slot in SLOTS]
        good = all(slots)
        self.count("fact", good)
        self.report.rows["fact"].fp += not good
        return good

    def slot(self, fact: Fact, told: Told, slot: str) -> bool:
        """Is every filler there?  A body where the text names none is wrong too, other surplus is not."""
        score, given, match = self.report.rows[slot], told.slots[slot], MATCH.get(slot, alike)
        shown = ", ".join(sorted(given)) or "nothing"
        met, good = 0, True
        for filler in fact.slots[slot]:
            free = "" in filler.split("|")
            if free and not given:
                met += 1
            elif meets(filler, given, match):
                met += 1
                score.tp += 1
            else:
                good = False
                score.fn += not free
                self.miss(slot, "missed", f"{fact.text} -> {filler.split('|')[0]}; got {shown}", fact.text)
        spurious = bool(given) and not met
        self.tally(told.by.get(slot, Counter()), good and bool(met), not good or spurious)
        if spurious:
            score.fp += 1
            if not fact.slots[slot]:
                good = good and slot != "agent"
                self.miss(slot, "spurious", f"{fact.text} -> {shown}", fact.text)
        return good

    def spurious_amounts(self, wanted: Collection[object], verdicts: dict[int, bool]) -> None:
        """Amounts that the annotation has nowhere, not even among the arguable; and the rules' tally."""
        allowed = [plain(text) for text in self.gold.facts_optional]
        for told in self.said.facts:
            text = plain(told.text)
            arguable = any(text in other or other in text for other in allowed) if text else False
            wrong = told.key not in wanted and not arguable
            self.tally(told.rules, verdicts.get(id(told), False), wrong or not verdicts.get(id(told), True))
            if wrong:
                self.report.rows["amounts"].fp += 1
                self.report.rows["fact"].fp += 1
                self.miss("amounts", "spurious", told.text)

    def posts(self) -> None:
        """Who holds which post where."""
        right: set[int] = set()
        for who, body, role in self.gold.posts:
            found = {
                number
                for number, post in enumerate(self.said.posts)
                if meets(who, post.person, same_body)
                and (not body or meets(body, post.organisation, same_body))
                and meets(role, post.role)
            }
            right |= found
            self.count("posts", bool(found))
            if not found:
                self.miss("posts", "missed", f"{who} {body.split('|')[0]} {role}", *who.split("|"))
        for number, post in enumerate(self.said.posts):
            if number not in right and not meets_any(self.gold.people_optional, post.person, same_body):
                self.report.rows["posts"].fp += 1
                text = " ".join(sorted(post.person) + sorted(post.organisation) + sorted(post.role))
                self.miss("posts", "spurious", text, *sorted(post.person))

    def relations(self) -> None:
        """Links between entities; one that issues a document also counts where `organises` is asked for."""
        right: set[int] = set()
        for subject, relation, other in self.gold.relations:
            found = {i for i, tie in enumerate(self.said.ties) if _joins(tie, subject, relation, other)}
            right |= {i for i in found if self.said.ties[i].relation == relation}
            self.count("relations", bool(found))
            if not found:
                text = f"{subject.split('|')[0]} {relation} {other.split('|')[0]}"
                self.miss("relations", "missed", text, *other.split("|"))
        for number, tie in enumerate(self.said.ties):
            allowed = any(_joins(tie, *row) and tie.relation == row[1] for row in self.gold.relations_optional)
            if number not in right and not allowed:
                self.report.rows["relations"].fp += 1
                text = f"{min(tie.subject)} {tie.relation} {min(tie.object)}"
                self.miss("relations", "spurious", text, *sorted(tie.object))


def _agreement(fact: Fact, told: Told) -> float:
    """How much of a row an amount of the same number meets; the bound breaks ties."""
    met = sum(meets(filler, told.slots[slot], MATCH.get(slot, alike)) for slot in SLOTS for filler in fact.slots[slot])
    return met + (told.bound == fact.bound) / 2


def _joins(tie: Tie, subject: str, relation: str, other: str) -> bool:
    """Does a link say what a row of `relations` asks for?  Partners are each other's."""
    if relation not in ({"issues", "organises"} if tie.relation == "issues" else {tie.relation}):
        return False
    ways = [(tie.subject, tie.object)]
    if relation == "partner":
        ways.append((tie.object, tie.subject))
    return any(meets(subject, one, same_body) and meets(other, two) for one, two in ways)
