"""`make train`: fits the weights by which a body carried on, or nobody, is chosen; the same texts give the same file.

Each measure into which a body is carried on is a case: right where the annotation asks for that body, wrong where it
asks for nobody; cases where both or neither would do teach nothing.  With `--folds` nothing is written: each fold of
the texts is tried with weights fitted on the others, and agents are scored as they would come out.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run as a script, this file sees its own folder alone
from kg.gold import Fact, amount_key, meets, optional, read_gold, same_body  # noqa: E402
from kg.model import Entity, Measure, Reading  # noqa: E402
from kg.reading import extract  # noqa: E402
from kg.relate.agents import Stage  # noqa: E402

CARRIED = "carried on from before"
TARGET = ROOT / "kg" / "lexicon" / "agent-weights.tsv"
HEAD = """# Weights of what speaks for a body carried on into a measure and against it, in hundredths: weight, feature.
# Fitted by `make train` on the annotated texts of tests/gold (kg/relate/agents.py names the features); not written by hand.
"""
STRENGTH = 0.03  # C of the regression: the smaller, the nearer to nought the weights stay
LEANING = 80  # in hundredths: how much more must speak for nobody than for the body carried on
RARE = 8  # a feature of fewer cases is left out


Option = tuple[tuple[Entity, ...], str, tuple[str, ...]]  # who, by which principle, what speaks for and against


@dataclass(frozen=True)
class Case:
    """An annotated amount with the measure that tells it."""

    fact: Fact
    names: dict[Entity, set[str]]
    agents: tuple[Entity, ...]  # as the subjects have it, before the choice
    options: tuple[Option, ...]  # none where there is no choice

    def right(self, entities: Sequence[Entity]) -> bool:
        """Does the annotation ask for these, or for nobody where there are none?"""
        wanted = self.fact.slots["agent"]
        if not entities:
            return all(map(optional, wanted))
        given = {n for e in entities for n in self.names.get(e, {e.name})}
        return any(meets(filler, given, same_body) for filler in wanted)

    def choose(self, weight: dict[str, int]) -> Sequence[Entity]:
        """Who comes out with these weights."""
        if not self.options:
            return self.agents
        scored = [(0, ()), *((sum(weight.get(f, 0) for f in features), who) for who, _, features in self.options)]
        return max(scored, key=lambda pair: pair[0])[1]


def cases(path: Path) -> Iterator[tuple[Fact, Case | None]]:
    """Every annotated amount of a text, with the first measure that tells it, if one does."""
    gold = read_gold(path)
    told: dict[object, tuple[Measure, Reading, Stage]] = {}
    for reading in extract(gold.path.read_text(encoding="utf-8")):
        entities = {m: r.entity for r in reading.entities for m in r.mentions}
        stage = Stage(reading.article, reading.mentions, entities)
        for measure in reading.measures:
            for stated in measure.amounts:
                if a := stated.mention.amount:
                    key = amount_key(a.kind, a.unit, a.bound, a.value, a.low, a.high)
                    told.setdefault(key, (measure, reading, stage))
    for fact in gold.facts:
        found = next((told[key] for key in fact.keys if key in told), None)
        if found is None:
            yield fact, None
            continue
        measure, reading, stage = found
        names = {r.entity: {r.entity.name, *r.aliases, *(m.text for m in r.mentions)} for r in reading.entities}
        options: tuple[Option, ...] = ()
        if measure.considered:
            carried = next((c for c in measure.considered if c.principle == CARRIED), None)
            measure = replace(measure, agents=carried.entities if carried else (), agents_by=CARRIED)
            at = measure.amounts[0].mention.span.start
            options = tuple((who, how, tuple(features)) for who, how, features in stage.proposed(measure, at))
        yield fact, Case(fact, names, measure.agents, options)


def fit(material: Sequence[Case]) -> dict[str, int]:
    """The weights that tell those who act from those who do not."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    pairs = [
        (set(features), case.right(who))
        for case in material
        for who, _, features in case.options
        if not (case.right(who) and case.right(()))
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
    for kind in {next(iter(features)) for case in material for _, _, features in case.options}:
        found[kind] = found.get(kind, 0) + round(100 * model.intercept_[0]) + LEANING
    return {name: weight for name, weight in found.items() if weight}


def score(facts: Sequence[tuple[Fact, Case | None]], choose: Callable[[Case], Sequence[Entity]]) -> str:
    """Precision, recall and F1 of agents, as the outside scorer counts them."""
    tp = fp = fn = 0
    for fact, case in facts:
        wanted = fact.slots["agent"]
        given = {n for e in choose(case) for n in case.names.get(e, {e.name})} if case else set()
        hits = [meets(filler, given, same_body) for filler in wanted]
        tp += sum(hits)
        fn += sum(not hit and not optional(f) for f, hit in zip(wanted, hits, strict=True))
        fp += bool(given) and not any(hits)
    p, r = tp / max(1, tp + fp), tp / max(1, tp + fn)
    return f"P {p:.3f} R {r:.3f} F1 {2 * p * r / max(1e-9, p + r):.3f}"


def try_folds(texts: Sequence[Path], read: dict[Path, list[tuple[Fact, Case | None]]], folds: int) -> None:
    """Print how each folder of texts comes out with weights that have not seen the text."""
    chosen: dict[int, Sequence[Entity]] = {}
    for fold in range(folds):
        learnt = fit([c for i, p in enumerate(texts) if i % folds != fold for _, c in read[p] if c])
        for path in texts[fold::folds]:
            chosen |= {id(c): c.choose(learnt) for _, c in read[path] if c}
    for name in sorted({p.parent.name for p in texts}):
        facts = [pair for p in texts if p.parent.name == name for pair in read[p]]
        carried = score(facts, lambda case: case.agents)
        now = score(facts, lambda case: chosen[id(case)])
        best = score(
            facts,
            lambda case: next((w for w in (case.agents, *(o[0] for o in case.options)) if w and case.right(w)), ()),
        )
        print(f"{name:10} carried {carried}   chosen {now}   best {best}")


def main() -> None:
    """Fit and write, or try."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--folds", type=int, help="try on this many folds instead of writing")
    options = parser.parse_args()
    texts = sorted((p for folder in options.folders for p in folder.glob("*.json")), key=lambda p: (p.stem, p))
    if not texts:
        sys.exit(f"no annotations in {' '.join(map(str, options.folders))}")
    read = {path: list(cases(path)) for path in texts}
    if options.folds:
        try_folds(texts, read, options.folds)
        return
    learnt = fit([c for path in texts for _, c in read[path] if c])
    lines = [f"{weight}\t{name}" for name, weight in sorted(learnt.items())]
    TARGET.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} weights in {TARGET.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
