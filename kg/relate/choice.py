"""Who or what fills a slot: candidates, each proposed by a principle, and a linear score that chooses among them.

    县里 拨出 2万元        nobody 0    县总工会, carried on −40    福贡县, opens the clause +95  → 福贡县

What speaks for and against a candidate is named (`stage.py`, `agents.py`); what each name weighs stands in
`lexicon/SLOT-weights.tsv`, in hundredths, fitted by `make train` on the annotated texts. Nobody and nothing weigh 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import repeat
from typing import NamedTuple

from kg.lexicon import rows
from kg.model import Candidate, Entity, Mention

_NONE: Mapping[str, int] = {}


class Proposal(NamedTuple):
    """What may fill a slot, the principle that proposes it, what speaks for and against it, by name.

    The names come in groups, each told as it is or, for one kind of filler, under its name: (“Body”, [“opens”]) is “Body: opens”.
    What speaks for several proposals is one list in all of them.  The first name of all is the kind of proposal, which every
    proposal of the kind has.
    """

    filler: tuple[Entity | Mention | str, ...]
    principle: str
    groups: tuple[tuple[str, Sequence[str]], ...]

    @property
    def features(self) -> list[str]:
        """All of the names, written out.

        >>> Proposal((), "", (("", ["named"]), ("Body", ["opens"]))).features
        ['named', 'Body: opens']
        """
        return [f"{kind}: {name}" if kind else name for kind, names in self.groups for name in names]


@cache
def weights(slot: str) -> Mapping[str, Mapping[str, int]]:
    """The weight of each feature of a slot, in hundredths: under “” as it is written, under a kind without its name."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for weight, feature in rows(f"{slot}-weights"):
        kind, parted, name = feature.partition(": ")
        found[""][feature] = int(weight)
        if parted:
            found[kind][name] = int(weight)
    return found


def candidates(slot: str, proposals: Iterable[Proposal], nobody: Candidate | None = None) -> tuple[Candidate, ...]:
    """Nobody, and everybody who is proposed, each with what speaks for them in all.

    Instead of nobody there may be another candidate that stands where nothing speaks for the others.
    """
    table = weights(slot)
    found = [nobody or Candidate((), "nobody", 0, slot)]
    known: dict[tuple[str, int], tuple[Sequence[str], int]] = {}  # each list once; kept, so that no other has its place
    for filler, principle, groups in proposals:
        score = 0
        for kind, names in groups:
            told = known.get((kind, id(names)))
            if told is None:
                told = known[kind, id(names)] = (names, sum(map(table.get(kind, _NONE).get, names, repeat(0))))
            score += told[1]
        found.append(Candidate(filler, principle, score, slot))
    return tuple(found)


def best(found: Sequence[Candidate]) -> Candidate:
    """The candidate with the highest score; of equals, the one proposed first, and nobody before all."""
    return max(found, key=lambda candidate: candidate.score)
