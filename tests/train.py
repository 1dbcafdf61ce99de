"""`make train`: fits the weights by which a slot's filler is chosen; the same texts give the same files.

Each candidate for a slot of an annotated amount is a case: right where the annotation asks for it, wrong where not;
where it and nobody would both do, it teaches nothing.  With `--folds` nothing is written: each fold of the texts is
tried with weights fitted on the others, and the slot is scored as it would come out.  `--without` leaves out the
features whose names hold one of the words, to see what a family of them is worth.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

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
STRENGTH = 0.03  # C of the regression: the smaller, the nearer to nought the weights stay
LEANING = {"agent": 80}  # in hundredths: how much more must speak for nobody than for a candidate
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


def fit(slot: str, material: Sequence[Case], without: Sequence[str] = ()) -> dict[str, int]:
    """The weights that tell the candidates that are asked for from those that are not."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    pairs = [
        ({f for f in p.features if not any(word in f for word in without)}, case.right(p.entities))
        for case in material
        for p in case.options
        if not (case.right(p.entities) and case.right(()))
    ]
    times: dict[str, int] = defaultdict(int)
    for features, _ in pairs:
        for feature in features:
            times[feature] += 1
    vectors = DictVectorizer(sparse=False)
    matrix = vectors.fit_transform([{f: 1 for f in features if times[f] >= RARE} for features, _ in pairs])
    model = LogisticRegression(C=STRENGTH, solver="newton-cholesky", max_iter=200, tol=1e-10)
    model.fit(matrix, [right for _, right in pairs])
    found = {n: round(100 * w) for n, w in zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)}
    for kind in {p.features[0] for case in material for p in case.options}:
        found[kind] = found.get(kind, 0) + round(100 * model.intercept_[0]) + LEANING[slot]
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
