"""A correction takes the place of what it corrects: 《…》一文中，资金应为35万元，误为53万元."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.tally.sums import Sum

_CORRECTS = re.compile("误|更正|应[为是系]")  # a rate that was raised is no error


def corrected(sums: Iterable[Sum]) -> Iterator[tuple[Sum, Sum]]:
    """Sums of other documents that a correction names as wrong, each with the one that is right.

    A correction tells both values of one payer, the wrong one marked as replaced by the right one in its own document.
    """
    every = list(sums)
    by_iri = {told.iri: told for told in every}
    by_value: Mapping[tuple[str, object], list[Sum]] = _by_value(every)
    for wrong in every:
        if wrong.replaced and (right := by_iri.get(wrong.replaced)) and _CORRECTS.search(wrong.words):
            for payer in right.payers:
                for told in by_value.get((payer, wrong.high), ()):
                    if told.article != wrong.article and not told.replaced:
                        yield told, right


def _by_value(sums: Iterable[Sum]) -> dict[tuple[str, object], list[Sum]]:
    found: dict[tuple[str, object], list[Sum]] = defaultdict(list)
    for told in sums:
        for payer in told.payers:
            found[payer, told.high].append(told)
    return found
