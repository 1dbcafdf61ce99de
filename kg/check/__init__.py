"""The graph checks itself: SHACL shapes, every quote against its source, and what its amounts say of each other.

Nothing here changes a fact: what a check finds is a finding, told and written beside the graph.
"""

from __future__ import annotations

from kg.check.conformity import quotes, shapes
from kg.check.figures import load
from kg.check.finding import Finding, told
from kg.check.plausible import implausible
from kg.check.report import Place, places, turtle
from kg.check.retold import retold
from kg.check.shares import shares
from kg.reckon.claims import Severity, settled
from kg.reckon.products import averages, products
from kg.reckon.sums import sums
from kg.store import Store

__all__ = ["Finding", "Place", "Severity", "amounts", "in_order", "places", "quotes", "shapes", "turtle"]

_PER_STORY = (sums, products, averages, shares, implausible)
_RANK = {"violation": 0, "warning": 1, "info": 2}


def amounts(store: Store) -> list[Finding]:
    """What the amounts of the graph say of each other, in the order of their articles."""
    figures = load(store)
    claims = [c for story in figures.stories for c in settled(c for check in _PER_STORY for c in check(story))]
    return [told(claim) for claim in [*claims, *settled(retold(figures))]]


def in_order(found: list[Finding]) -> list[Finding]:
    """Contradictions first, then doubts, then what is confirmed; each finding once."""
    return sorted(dict.fromkeys(found), key=lambda f: _RANK[f.severity])
