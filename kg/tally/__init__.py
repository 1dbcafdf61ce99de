"""What follows from several documents together: sums told twice, parts told elsewhere, and what counts in whose total.

It stands in a named graph of its own, a function of the set of documents: the same whatever their order, made again
when one comes or goes.
"""

from __future__ import annotations

from kg.tally.derived import DERIVED, derive, settle, settled
from kg.tally.kept import keep, packed, unpacked
from kg.tally.sums import tells

__all__ = ["DERIVED", "derive", "keep", "packed", "settle", "settled", "tells", "unpacked"]
