"""Who or what fills a slot: candidates, each proposed by a principle, and a linear score that chooses among them.

    县里 拨出 2万元        nobody 0    县总工会, carried on −40    福贡县, opens the clause +95  → 福贡县

What speaks for and against a candidate is named (`stage.py`, `agents.py`); what each name weighs stands in
`lexicon/SLOT-weights.tsv`, in hundredths, fitted by `make train` on the annotated texts. Nobody and nothing weigh 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import repeat
from typing import NamedTuple

from kg.lexicon import rows
from kg.model import Candidate, Entity, Mention

PLAIN = ("",)  # under no kind


class Shared(tuple[str, ...]):
    """Names that several proposals are told with; what they weigh is worked out once."""

    # by the identity of a row of weights, which is kept so that no other can have it
    weighed: dict[int, tuple[Mapping[str, int], int]]

    def __new__(cls, names: Iterable[str]) -> Shared:
        """The names, not weighed yet."""
        made = super().__new__(cls, names)
        made.weighed = {}
        return made


class Proposal(NamedTuple):
    """What may fill a slot, the principle that proposes it, what speaks for and against it, by name.

    The names come in groups, each told under some kinds of filler or situation: [“opens”] under (“”, “Body”) is “opens” as it
    is and “Body: opens”.  The first name of all is the kind of proposal, which every proposal of the kind has.
    """

    filler: tuple[Entity | Mention | str, ...]
    principle: str
    groups: tuple[tuple[tuple[str, ...], Sequence[str]], ...]

    @property
    def features(self) -> list[str]:
        """All of the names, written out.

        >>> Proposal((), "", ((PLAIN, ["named"]), (("", "Body"), ["opens"]))).features
        ['named', 'opens', 'Body: opens']
        """
        told = [(kind, name) for kinds, names in self.groups for kind in kinds for name in names]
        return [f"{kind}: {name}" if kind else name for kind, name in told]


class Weights(dict[tuple[str, ...], Mapping[str, int]]):
    """What a name weighs in all under some kinds, in hundredths, worked out when it is asked for first.

    >>> Weights({"opens": 5, "Body: opens": 7})["", "Body"]
    {'opens': 12, 'Body: opens': 7}
    """

    def __init__(self, weight: Mapping[str, int]) -> None:
        super().__init__()
        self._under: dict[str, dict[str, int]] = {"": dict(weight)}
        for feature, points in weight.items():
            kind, parted, name = feature.partition(": ")
            if parted:
                self._under.setdefault(kind, {})[name] = points

    def __missing__(self, kinds: tuple[str, ...]) -> Mapping[str, int]:
        total: Counter[str] = Counter()
        for kind in kinds:
            total.update(self._under.get(kind, {}))
        self[kinds] = found = dict(total)
        return found


@cache
def weights(slot: str) -> Weights:
    """The weights of a slot."""
    return Weights({feature: int(weight) for weight, feature in rows(f"{slot}-weights")})


def candidates(slot: str, proposals: Iterable[Proposal], nobody: Candidate | None = None) -> tuple[Candidate, ...]:
    """Nobody, and everybody who is proposed, each with what speaks for them in all.

    Instead of nobody there may be another candidate that stands where nothing speaks for the others.
    """
    table = weights(slot)
    found = [nobody or Candidate((), "nobody", 0, slot)]
    for filler, principle, groups in proposals:
        score = 0
        for kinds, names in groups:
            row = table[kinds]
            if isinstance(names, Shared):
                told = names.weighed.get(id(row))
                if told is None:
                    told = names.weighed[id(row)] = (row, sum(map(row.get, names, repeat(0))))
                score += told[1]
            else:
                score += sum(map(row.get, names, repeat(0)))
        found.append(Candidate(filler, principle, score, slot))
    return tuple(found)


def best(found: Sequence[Candidate]) -> Candidate:
    """The candidate with the highest score; of equals, the one proposed first, and nobody before all."""
    return max(found, key=lambda candidate: candidate.score)
