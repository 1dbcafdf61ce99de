"""What a sum comes to when each portion behind it is paid to as many as its clause counts.

发放 [6000元]。 对一名新生发放 [4000元], 对 [两名] 新生发放 [1000元]        6000 = 4000 + 2 × 1000
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from kg.account.ledger import Ledger, Sum
from kg.model import Mention
from kg.reckon.figures import Figure

_MOST = 6  # portions behind a sum
_NEAR = 2  # sentences


class Portion(NamedTuple):
    """How many get a sum each if more than one, the count that says so, and the sum that is dealt out."""

    times: Decimal | None
    counts: tuple[Mention, ...]
    whole: Mention | None


def portions(ledger: Ledger) -> Mapping[int, Portion]:
    """The sums that are portions of one before them, and what is dealt out itself, which is paid once; by their numbers."""
    counted = {count.clause.passage: count for count in reversed(ledger.counts)}
    found: dict[int, Portion] = {}
    for whole in ledger.sums:
        row = _row(ledger, whole, counted) if whole.number not in found else ()
        if row:
            found[whole.number] = Portion(None, (), None)
        for told, count in row:
            several = count is not None and _heads(count) > 1
            mentions = (ledger.mentions[count.iri],) if count and several else ()
            found[told.number] = Portion(_heads(count) if several else None, mentions, whole.stated.mention)
    return found


def _row(ledger: Ledger, whole: Sum, counted: Mapping[str, Figure]) -> list[tuple[Sum, Figure | None]]:
    """The portions right behind a sum that come to it, two at least and one of them paid several times."""
    left = whole.figure.value
    row: list[tuple[Sum, Figure | None]] = []
    for told, value in _behind(ledger, whole):
        count = counted.get(told.figure.clause.passage)
        row.append((told, count))
        left = left - value * _heads(count) if left is not None else None
        if left is None or left <= 0:
            break
    several = len(row) > 1 and any(_heads(count) > 1 for _, count in row)
    return row if left == 0 and several else []


def _behind(ledger: Ledger, whole: Sum) -> Iterator[tuple[Sum, Decimal]]:
    """The sums behind one, near to it and of one value, up to the first that is not."""
    for told in ledger.sums[whole.number + 1 : whole.number + 1 + _MOST]:
        value = told.figure.value
        alike = told.figure.unit == whole.figure.unit and not told.figure.per
        if value is None or not alike or told.sentence - whole.sentence > _NEAR or told.sentence == whole.sentence:
            return
        yield told, value


def _heads(count: Figure | None) -> Decimal:
    return count.value if count is not None and count.value is not None else Decimal(1)
