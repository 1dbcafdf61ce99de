"""`make train`: fits the weights by which a slot's filler is chosen; the same texts give the same files.

Each candidate for a slot of an annotated amount is a case: right where the annotation asks for it, wrong where not;
where it and nobody would both do, it teaches nothing.  With `--folds` nothing is written: each fold of the texts is
tried with weights fitted on the others, and the slot is scored as it would come out.  `--without` leaves out the
features whose names hold one of the words, to see what a family of them is worth.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run as a script, this file sees its own folder alone
from kg.gold import Fact, amount_key, meets, optional, read_gold, same_body  # noqa: E402
from kg.model import Candidate, Entity, Measure, Reading  # noqa: E402
from kg.reading import extract  # noqa: E402
from kg.relate import choice  # noqa: E402
from kg.relate.choice import Proposal  # noqa: E402

SLOTS: dict[str, Callable[[str, str], bool]] = {"agent": same_body}
LEXICON = ROOT / "kg" / "lexicon"
HEAD = """# What speaks for and against the candidates for the slot {slot}, in hundredths: weight, feature.
# Fitted by `make train` on the annotated texts of tests/gold (kg/relate/stage.py names the features); not written by hand.
"""
STRENGTH = 0.03  # variance of the weights before anything is known: the smaller, the nearer to nought they stay
LEANING = {"agent": 60}  # in hundredths: how much more must speak for nobody than for a candidate
LOST = 0.5  # what a case is worth in which nobody who is proposed is right, and nobody neither
RARE = 8  # a feature of fewer cases is left out


@dataclass(frozen=True)
class Case:
    """An annotated amount, and the measure that tells it as one slot of it was chosen."""

    slot: str
    fact: Fact
    names: dict[Entity, set[str]]
    filled: tuple[Entity, ...]  # as the measure has it
    options: tuple[Proposal, ...]  # none where there is no choice

    def right(self, entities: Sequence[Entity]) -> bool:
        """Does the annotation ask for these, or for nobody where there are none?"""
        wanted = self.fact.slots[self.slot]
        if not entities:
            return all(map(optional, wanted))
        given = {n for e in entities for n in self.names.get(e, {e.name})}
        return any(meets(filler, given, SLOTS[self.slot]) for filler in wanted)

    def first(self) -> Sequence[Entity]:
        """The filler without a choice: what is proposed first."""
        return self.options[0].entities if self.options else self.filled

    def choose(self, weight: dict[str, int]) -> Sequence[Entity]:
        """The filler that comes out with these weights."""
        if not self.options:
            return self.filled
        scored = [(0, ()), *((sum(weight.get(f, 0) for f in p.features), p.entities) for p in self.options)]
        return max(scored, key=lambda pair: pair[0])[1]


def cases(path: Path) -> Iterator[tuple[Fact, dict[str, Case]]]:
    """Every annotated amount of a text, with the slots of the first measure that tells it, if one does."""
    proposed: dict[int, Proposal] = {}

    def recording(slot: str, proposals: Iterable[Proposal]) -> tuple[Candidate, ...]:
        kept = list(proposals)
        found = choice.candidates(slot, kept)
        proposed.update((id(candidate), p) for candidate, p in zip(found[1:], kept, strict=True))
        return found

    gold = read_gold(path)
    told: dict[object, tuple[Measure, Reading]] = {}
    with patch.object(sys.modules["kg.relate.measures"], "candidates", recording):
        readings = extract(gold.path.read_text(encoding="utf-8"))
    for reading in readings:
        for measure in reading.measures:
            for stated in measure.amounts:
                if a := stated.mention.amount:
                    key = amount_key(a.kind, a.unit, a.bound, a.value, a.low, a.high)
                    told.setdefault(key, (measure, reading))
    for fact in gold.facts:
        found = next((told[key] for key in fact.keys if key in told), None)
        if found is None:
            yield fact, {}
            continue
        measure, reading = found
        names = {r.entity: {r.entity.name, *r.aliases, *(m.text for m in r.mentions)} for r in reading.entities}
        options: dict[str, list[Proposal]] = defaultdict(list)
        for candidate in measure.considered:
            if candidate.entities:
                options[candidate.slot].append(proposed[id(candidate)])
        filled = {"agent": measure.agents}
        yield fact, {slot: Case(slot, fact, names, filled[slot], tuple(options[slot])) for slot in SLOTS}


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
    teaching = [c for c in cases if c.options and not (c.right(()) and all(c.right(p.entities) for p in c.options))]
    named = [[{f for f in p.features if not any(w in f for w in without)} for p in c.options] for c in teaching]
    times = Counter(f for case in named for features in case for f in features)
    column = {f: i for i, f in enumerate(sorted(f for f in times if times[f] >= RARE))}
    flat = [(n, features) for n, case in enumerate(named) for features in case]
    at = [(row, column[f]) for row, (_, features) in enumerate(flat) for f in sorted(features) if f in column]
    places = ([row for row, _ in at], [col for _, col in at])
    right = [[c.right(p.entities) for p in c.options] for c in teaching]
    lost = [not any(known) and not c.right(()) for known, c in zip(right, teaching, strict=True)]
    return _Material(
        list(column),
        csr_matrix((np.ones(len(at)), places), shape=(len(flat), len(column))),
        np.array([n for n, _ in flat]),
        np.array([float(r) for known in right for r in known]),
        np.array([float(gone or c.right(())) for gone, c in zip(lost, teaching, strict=True)]),
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
        return float(weight @ weight / (2 * STRENGTH) - gain), weight / STRENGTH - turned @ slope

    exact = {"maxiter": 5000, "maxfun": 50000, "ftol": 1e-15, "gtol": 1e-9}
    told = minimize(loss, np.zeros(len(m.features)), jac=True, method="L-BFGS-B", options=exact).x
    found = {name: round(100 * w) for name, w in zip(m.features, told, strict=True)}
    for kind in {p.features[0] for case in cases for p in case.options}:
        found[kind] = found.get(kind, 0) + LEANING[slot]
    return {name: weight for name, weight in found.items() if weight}


Read = dict[Path, list[tuple[Fact, dict[str, Case]]]]


def of_slot(slot: str, texts: Iterable[Path], read: Read) -> list[Case]:
    """The cases of a slot in some texts."""
    return [told[slot] for path in texts for _, told in read[path] if slot in told]


def score(slot: str, facts: Sequence[tuple[Fact, dict[str, Case]]], choose: Callable[[Case], Sequence[Entity]]) -> str:
    """Precision, recall and F1 of a slot, as the outside scorer counts them."""
    tp = fp = fn = 0
    for fact, told in facts:
        wanted, case = fact.slots[slot], told.get(slot)
        given = {n for e in choose(case) for n in case.names.get(e, {e.name})} if case else set()
        hits = [meets(filler, given, SLOTS[slot]) for filler in wanted]
        tp += sum(hits)
        fn += sum(not hit and not optional(f) for f, hit in zip(wanted, hits, strict=True))
        fp += bool(given) and not any(hits)
    p, r = tp / max(1, tp + fp), tp / max(1, tp + fn)
    return f"P {p:.3f} R {r:.3f} F1 {2 * p * r / max(1e-9, p + r):.3f}"


def try_folds(texts: Sequence[Path], read: Read, folds: int, without: Sequence[str] = ()) -> None:
    """Print how each folder of texts comes out with weights that have not seen the text."""
    for slot in SLOTS:
        chosen: dict[int, Sequence[Entity]] = {}
        for fold in range(folds):
            learnt = fit(slot, of_slot(slot, (p for i, p in enumerate(texts) if i % folds != fold), read), without)
            chosen |= {id(case): case.choose(learnt) for case in of_slot(slot, texts[fold::folds], read)}
        for name in sorted({p.parent.name for p in texts}):
            facts = [pair for p in texts if p.parent.name == name for pair in read[p]]
            first = score(slot, facts, Case.first)
            now = score(slot, facts, lambda case, of=chosen: of[id(case)])  # type: ignore[misc]
            print(f"{slot:10}{name:10} first {first}   chosen {now}")


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
    read = {path: list(cases(path)) for path in texts}
    if options.folds:
        try_folds(texts, read, options.folds, options.without)
        return
    for slot in SLOTS:
        learnt = fit(slot, of_slot(slot, texts, read), options.without)
        lines = [f"{weight}\t{name}" for name, weight in sorted(learnt.items())]
        target = LEXICON / f"{slot}-weights.tsv"
        target.write_text(HEAD.format(slot=slot) + "\n".join(lines) + "\n", encoding="utf-8")
        print(f"{len(lines)} weights in {target.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
