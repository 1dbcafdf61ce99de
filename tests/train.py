"""`make train`: fits the weights by which a slot's filler is chosen; the same texts give the same files.

Each candidate for a slot of an annotated amount is a case: right where the annotation asks for it, wrong where not;
where it and nobody would both do, it teaches nothing.  What is chosen first speaks for what is chosen later, so the
slots are fitted in stages.  With `--folds` nothing is written: each fold of the texts is tried with weights fitted on
the others, and the slot is scored as it would come out; of what comes out wrong it says whether the right one was
proposed at all.  `--without` leaves out the features whose names hold one of the words, to see what a family of them is
worth.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run as a script, this file sees its own folder alone
from kg.account.recipients import EACH  # noqa: E402
from kg.gold import Fact, alike, amount_key, meets, optional, read_gold, same_body  # noqa: E402
from kg.lexicon import rows  # noqa: E402
from kg.model import Candidate, Entity, Measure, Mention, Reading, Stated  # noqa: E402
from kg.reading import extract  # noqa: E402
from kg.recognise import recognise  # noqa: E402
from kg.relate import choice  # noqa: E402
from kg.relate.choice import Proposal  # noqa: E402


class Slot(NamedTuple):
    """How a slot's weights are fitted.

    `strength` is the variance of the weights before anything is known: the smaller, the nearer to nought they stay.
    `leaning` is how much less need speak for a candidate than for nobody, in hundredths; a feature of fewer than `rare`
    proposals is left out.
    """

    where: str  # the file that names the features
    strength: float
    leaning: int
    rare: int


SLOTS = {
    "of": Slot("kg/relate/objects.py", 0.4, 0, 5),
    "agent": Slot("kg/relate/stage.py", 0.03, 25, 8),
    "to": Slot("kg/relate/served.py", 0.1, 65, 5),
    "flow": Slot("kg/account/flows.py", 1.0, 40, 3),
    "times": Slot("kg/account/recipients.py", 0.3, 90, 3),
    "whole": Slot("kg/account/wholes.py", 1.0, 60, 3),
}
STAGES = (("of",), ("agent",), ("to",), ("flow", "times"), ("whole",))
MONEY = ROOT / "tests" / "gold_money"
LEXICON = ROOT / "kg" / "lexicon"
HEAD = """# What speaks for and against the candidates for the slot {slot}, in hundredths: weight, feature.
# Fitted by `make train` on the annotated texts of tests/gold ({where} names the features); not written by hand.
"""
LOST = 0.5  # what a case is worth in which nobody who is proposed is right, and nobody neither


Filler = tuple[Entity | Mention | str, ...]


@dataclass(frozen=True)
class Case:
    """An annotated amount, and the measure that tells it as one slot of it was chosen."""

    slot: str
    text: str
    wanted: tuple[str, ...]
    called: Callable[[Filler], set[str]]  # the names of a filler
    match: Callable[[str, str], bool]
    filled: Filler  # where there is no choice
    plain: Filler  # what stands where nothing speaks for the others
    options: tuple[Proposal, ...]  # none where there is no choice

    def right(self, filler: Filler) -> bool:
        """Does the annotation ask for this, or for nobody where it is empty?"""
        if not filler:
            return all(map(optional, self.wanted))
        return self.met(filler) == max(1, *(self.met(p.filler) for p in self.options))

    def met(self, filler: Filler) -> float:
        """How many of those that the annotation asks for are among them; what is called the same counts a little more."""
        given = self.called(filler) if filler else set()
        hits = [want for want in self.wanted if meets(want, given, self.match)]
        return len(hits) + 0.1 * any(meets(want, given, _same) for want in hits)

    def first(self) -> Filler:
        """The filler without a choice: what is proposed first, or what stands where nothing speaks for others."""
        return (
            self.options[0].filler if self.options and not self.plain and self.slot in ("agent", "of") else self.filled
        )

    def choose(self, weight: dict[str, int]) -> Filler:
        """The filler that comes out with these weights."""
        if not self.options:
            return self.filled
        scored = [(0, self.plain), *((sum(weight.get(f, 0) for f in p.features), p.filler) for p in self.options)]
        return max(scored, key=lambda pair: pair[0])[1]


Cases = dict[str, Case]


def cases(path: Path, stage: Sequence[str]) -> Iterator[Cases]:
    """Every annotated amount of a text, with the slots of the first measure that tells it, if one does.

    What the amounts before were for is a candidate, too: while that is being learnt, it is what is proposed first.
    """
    proposed: dict[int, tuple[Candidate, Proposal]] = {}  # by identity, and kept so that no identity is used again

    def recording(slot: str, proposals: Iterable[Proposal], nobody: Candidate | None = None) -> tuple[Candidate, ...]:
        kept = list(proposals)
        found = choice.candidates(slot, kept, nobody)
        proposed.update((id(c), (c, p)) for c, p in zip(found[1:], kept, strict=True))
        return found

    gold = read_gold(path)
    told: dict[object, tuple[Measure, Stated, Reading]] = {}
    with ExitStack() as stack:
        for room in (
            "kg.relate.objects",
            "kg.relate.measures",
            "kg.account.flows",
            "kg.account.recipients",
            "kg.account.wholes",
        ):
            stack.enter_context(patch.object(sys.modules[room], "candidates", recording))
        stack.enter_context(patch.object(sys.modules["kg.reading"], "recognise", _recognised))
        if "of" in stage:
            stack.enter_context(patch.object(sys.modules["kg.relate.objects"], "best", lambda found: found[:2][-1]))
        readings = extract(gold.path.read_text(encoding="utf-8"))
    for reading in readings:
        for measure in reading.measures:
            for stated in measure.amounts:
                told.setdefault(_key(stated.mention), (measure, stated, reading))
    money = _money(path, gold.facts)
    for fact in gold.facts:
        found = next((told[key] for key in fact.keys if key in told), None)
        row = money.get(id(fact), {})
        yield dict(_slots(fact, row, gold.facts, *found, proposed)) if found else dict(_unread(fact, row))


_recognised = cache(recognise)  # what is named is the same in every stage


def _key(mention: Mention) -> object:
    a = mention.amount
    return amount_key(a.kind, a.unit, a.bound, a.value, a.low, a.high) if a else None


def _money(path: Path, facts: Sequence[Fact]) -> dict[int, dict[str, Any]]:
    """What the second layer of the annotation says of each sum, where there is one."""
    layer = MONEY / path.parent.name / f"{path.stem}.money.json"
    if not layer.is_file():
        return {}
    rows = json.loads(layer.read_text(encoding="utf-8"))["money"]
    sums = [fact for fact in facts if fact.keys[0][0] == "money"]
    facts_too = [row for row in json.loads(path.read_text(encoding="utf-8"))["facts"] if row["kind"] == "money"]
    told = zip(sums, rows, facts_too, strict=True)
    return {id(fact): row | {"per": other.get("per")} for fact, row, other in told}


def _same(one: str, other: str) -> bool:
    return one == other


def _times(row: dict[str, Any], stated: Stated) -> tuple[str, ...]:
    """How often a sum is paid; of one that has no rate in its own words, whether it is one."""
    if "times" in row:
        return (str(Decimal(row["times"])),) if row["times"] != 1 else ()
    per = str(row["per"] or "") if stated.mention.amount and not stated.mention.amount.per else ""
    return (EACH if not per.endswith("|") else f"{EACH}|",) if per else ()


def _unread(fact: Fact, row: dict[str, Any]) -> Iterator[tuple[str, Case]]:
    """The slots of an amount that was not read: nothing fills them."""
    yield "agent", Case("agent", fact.text, fact.slots["agent"], lambda filler: set(), same_body, (), (), ())
    yield "to", Case("to", fact.text, fact.slots["to"], lambda filler: set(), alike, (), (), ())
    yield "of", Case("of", fact.text, fact.slots["of"], lambda filler: set(), alike, (), (), ())


def _slots(
    fact: Fact,
    row: dict[str, Any],
    facts: Sequence[Fact],
    measure: Measure,
    stated: Stated,
    reading: Reading,
    proposed: dict[int, tuple[Candidate, Proposal]],
) -> Iterator[tuple[str, Case]]:
    names = {r.entity: {r.entity.name, *r.aliases, *(m.text for m in r.mentions)} for r in reading.entities}
    options: dict[str, list[Proposal]] = defaultdict(list)
    for candidate in (*measure.considered, *stated.considered):
        if id(candidate) in proposed:
            options[candidate.slot].append(proposed[id(candidate)][1])

    def called(filler: Filler) -> set[str]:
        return {n for e in filler if isinstance(e, Entity) for n in names.get(e, {e.name})}

    yield (
        "agent",
        Case("agent", fact.text, fact.slots["agent"], called, same_body, measure.agents, (), tuple(options["agent"])),
    )
    yield "to", Case("to", fact.text, fact.slots["to"], called, alike, measure.beneficiaries, (), tuple(options["to"]))
    yield "of", Case("of", fact.text, fact.slots["of"], called, alike, stated.of, (), tuple(options["of"]))
    if not row:
        return

    def as_told(filler: Filler) -> set[str]:
        return {str(filler[0])}

    def as_key(filler: Filler) -> set[str]:
        return {str(_key(f)) for f in filler if isinstance(f, Mention)}

    plain = ("Outlay",)
    yield "flow", Case("flow", fact.text, (row["flow"].title(),), as_told, _same, plain, plain, tuple(options["flow"]))
    times = _times(row, stated)
    yield "times", Case("times", fact.text, times, as_told, _same, (), (), tuple(options["times"]))
    keys = [str(key) for f in facts for key in f.keys if f.text == row.get("in")]
    yield (
        "whole",
        Case("whole", fact.text, ("|".join(keys),) if keys else (), as_key, _same, (), (), tuple(options["whole"])),
    )


@dataclass(frozen=True)
class _Material:
    """Cases as numbers: a row a proposal, a column a feature; groups of rows between which, and nobody, is chosen."""

    features: list[str]
    rows: csr_matrix
    group: NDArray[np.int64]
    right: NDArray[np.float64]  # of each row
    nobody: NDArray[np.float64]  # of each group: would nobody do?
    worth: NDArray[np.float64]  # of each group


def material(cases: Sequence[Case], without: Sequence[str] = ()) -> _Material:
    """The cases that teach something, as numbers."""
    teaching = [c for c in cases if c.options and not (c.right(c.plain) and all(c.right(p.filler) for p in c.options))]
    named = [[{f for f in p.features if not any(w in f for w in without)} for p in c.options] for c in teaching]
    times = Counter(f for case in named for features in case for f in features)
    column = {f: i for i, f in enumerate(sorted(f for f in times if times[f] >= SLOTS[cases[0].slot].rare))}
    flat = [(n, features) for n, case in enumerate(named) for features in case]
    at = [(row, column[f]) for row, (_, features) in enumerate(flat) for f in sorted(features) if f in column]
    places = ([row for row, _ in at], [col for _, col in at])
    right = [[c.right(p.filler) for p in c.options] for c in teaching]
    lost = [not any(known) and not c.right(c.plain) for known, c in zip(right, teaching, strict=True)]
    return _Material(
        list(column),
        csr_matrix((np.ones(len(at)), places), shape=(len(flat), len(column))),
        np.array([n for n, _ in flat]),
        np.array([float(r) for known in right for r in known]),
        np.array([float(gone or c.right(c.plain)) for gone, c in zip(lost, teaching, strict=True)]),
        np.array([LOST if gone else 1.0 for gone in lost]),
    )


def fit(slot: str, cases: Sequence[Case], without: Sequence[str] = ()) -> dict[str, int]:
    """The weights of a conditional logit: each case is a choice between its proposals and nobody, who weighs 0."""
    m = material(cases, without)
    turned, groups = m.rows.T.tocsr(), len(m.worth)

    def loss(weight: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        e = np.exp(np.clip(m.rows @ weight, -30, 30))
        all_ = 1 + np.bincount(m.group, e, groups)
        good = np.maximum(m.nobody + np.bincount(m.group, e * m.right, groups), 1e-12)
        slope = m.worth[m.group] * (e * m.right / good[m.group] - e / all_[m.group])
        gain = (m.worth * np.log(good / all_)).sum()
        return float(weight @ weight / (2 * SLOTS[slot].strength) - gain), weight / SLOTS[
            slot
        ].strength - turned @ slope

    exact = {"maxiter": 5000, "maxfun": 50000, "ftol": 1e-15, "gtol": 1e-9}
    told = minimize(loss, np.zeros(len(m.features)), jac=True, method="L-BFGS-B", options=exact).x
    found = {name: round(100 * w) for name, w in zip(m.features, told, strict=True)}
    for kind in {p.features[0] for case in cases for p in case.options}:
        found[kind] = found.get(kind, 0) + SLOTS[slot].leaning
    return {name: weight for name, weight in found.items() if weight}


Read = dict[Path, list[Cases]]


def of_slot(slot: str, texts: Iterable[Path], read: Read) -> list[Case]:
    """The cases of a slot in some texts."""
    return [told[slot] for path in texts for told in read[path] if slot in told]


def score(facts: Sequence[Case], choose: Callable[[Case], Filler]) -> str:
    """Precision, recall and F1 of a slot, as the outside scorer counts them."""
    tp = fp = fn = 0
    for case in facts:
        filler = choose(case)
        given = case.called(filler) if filler else set()
        hits = [meets(want, given, case.match) for want in case.wanted]
        tp += sum(hits)
        fn += sum(not hit and not optional(f) for f, hit in zip(case.wanted, hits, strict=True))
        fp += bool(given) and not any(hits)
    p, r = tp / max(1, tp + fp), tp / max(1, tp + fn)
    return f"P {p:.3f} R {r:.3f} F1 {2 * p * r / max(1e-9, p + r):.3f}"


def outcome(case: Case, filler: Filler) -> str:
    """How a case comes out: right, or why not; what is wanted and not proposed has to be recognised, not chosen."""
    given = case.called(filler) if filler else set()
    hits = [meets(want, given, case.match) or (not given and optional(want)) for want in case.wanted]
    if all(hits) and (case.wanted or not filler):
        return "right"
    if all(map(optional, case.wanted)):
        return "nobody wanted"
    if not case.options:
        return "no choice"
    proposed = any(case.met(p.filler) >= len(case.wanted) for p in case.options)
    return "proposed, not chosen" if proposed else "not proposed"


def try_folds(texts: Sequence[Path], folds: int, without: Sequence[str] = ()) -> None:
    """Print how each folder of texts comes out with weights that have not seen the text."""
    for stage, slot in ((together, one) for together in STAGES for one in together):
        read = {path: list(cases(path, stage)) for path in texts}
        chosen: dict[int, Filler] = {}
        for fold in range(folds):
            learnt = fit(slot, of_slot(slot, (p for i, p in enumerate(texts) if i % folds != fold), read), without)
            chosen |= {id(case): case.choose(learnt) for case in of_slot(slot, texts[fold::folds], read)}
        for name in sorted({p.parent.name for p in texts}):
            facts = of_slot(slot, (p for p in texts if p.parent.name == name), read)
            first = score(facts, Case.first)
            now = score(facts, lambda case, of=chosen: of[id(case)])  # type: ignore[misc]
            print(f"{slot:10}{name:10} first {first}   chosen {now}")
            how = Counter(outcome(case, chosen[id(case)]) for case in facts).most_common()
            print(" " * 20, ", ".join(f"{count} {told}" for told, count in how))


def main() -> None:
    """Fit and write, or try."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--folds", type=int, help="try on this many folds instead of writing")
    parser.add_argument("--without", nargs="*", default=[], help="leave out features whose names hold one of these")
    options = parser.parse_args()
    texts = sorted((p for folder in options.folders for p in folder.glob("*.json")), key=lambda p: (p.stem, p))
    if not texts:
        sys.exit(f"no annotations in {' '.join(map(str, options.folders))}")
    if options.folds:
        try_folds(texts, options.folds, options.without)
        return
    for stage in STAGES:
        read = {path: list(cases(path, stage)) for path in texts}
        for slot in stage:
            learnt = fit(slot, of_slot(slot, texts, read), options.without)
            lines = [f"{weight}\t{name}" for name, weight in sorted(learnt.items())]
            target = LEXICON / f"{slot}-weights.tsv"
            head = HEAD.format(slot=slot, where=SLOTS[slot].where)
            target.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
            print(f"{len(lines)} weights in {target.relative_to(ROOT)}")
        rows.cache_clear()
        choice.weights.cache_clear()


if __name__ == "__main__":
    main()
