"""What follows from several documents together: sums told twice, parts told elsewhere, and what counts in whose total.

It stands in a named graph of its own, a function of the set of documents: the same whatever their order, made again
when one comes or goes.
"""

from __future__ import annotations

from kg.tally.blocks import heads, joined, keys, pairs
from kg.tally.derived import DERIVED, about, derive, derived
from kg.tally.kept import keep, packed, unpacked
from kg.tally.settling import settle, settled
from kg.tally.sums import tells

__all__ = [
    "DERIVED",
    "about",
    "derive",
    "derived",
    "heads",
    "joined",
    "keep",
    "keys",
    "packed",
    "pairs",
    "settle",
    "settled",
    "tells",
    "unpacked",
]
