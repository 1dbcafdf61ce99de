"""Who or what fills a slot: candidates, each proposed by a principle, and a linear score that chooses among them.

    县里 拨出 2万元        nobody 0    县总工会, carried on −40    福贡县, opens the clause +95  → 福贡县

What speaks for and against a candidate is named (`stage.py`, `agents.py`); what each name weighs stands in
`lexicon/SLOT-weights.tsv`, in hundredths, fitted by `make train` on the annotated texts. Nobody and nothing weigh 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat

from kg.lexicon import rows
from kg.model import Candidate, Entity, Mention


@dataclass(frozen=True, slots=True)
class Proposal:
    """What may fill a slot, the principle that proposes it, what speaks for and against it, by name.

    The first of the names is the kind of proposal, which every proposal of the kind has.
    """

    filler: tuple[Entity | Mention | str, ...]
    principle: str
    features: Sequence[str]


@cache
def weights(slot: str) -> Mapping[str, int]:
    """The weight of each feature of a slot, in hundredths."""
    return {feature: int(weight) for weight, feature in rows(f"{slot}-weights")}


def candidates(slot: str, proposals: Iterable[Proposal], nobody: Candidate | None = None) -> tuple[Candidate, ...]:
    """Nobody, and everybody who is proposed, each with what speaks for them in all.

    Instead of nobody there may be another candidate that stands where nothing speaks for the others.
    """
    weight = weights(slot)
    found = [nobody or Candidate((), "nobody", 0, slot)]
    for p in proposals:
        found.append(Candidate(p.filler, p.principle, sum(map(weight.get, p.features, repeat(0))), slot))
    return tuple(found)


def best(found: Sequence[Candidate]) -> Candidate:
    """The candidate with the highest score; of equals, the one proposed first, and nobody before all."""
    return max(found, key=lambda candidate: candidate.score)
