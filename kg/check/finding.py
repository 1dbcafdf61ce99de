"""What a check has to say, whichever check it is."""

from __future__ import annotations

from dataclasses import dataclass

from kg.reckon.claims import Claim, Severity

_HEADS = {"info": "confirmed", "warning": "doubtful", "violation": "contradiction"}


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """What a check found: at which nodes, and the passages that say so.

    >>> Finding("sum", "info", "adds up", ("a", "b")).node
    'a'
    """

    check: str
    severity: Severity
    message: str
    concerns: tuple[str, ...]
    evidence: tuple[str, ...] = ()

    @property
    def node(self) -> str:
        """The node that it is about first of all."""
        return self.concerns[0]


def told(claim: Claim) -> Finding:
    """A claim as a finding: its amounts, its passages, the quotes in its message."""
    figures = list(dict.fromkeys(claim.figures))
    clauses = list(dict.fromkeys(f.clause for f in sorted(figures, key=lambda f: (f.clause.article, f.start))))
    passages = [c.passage for c in clauses]
    if len(passages) == 1:  # one clause says it all: the amounts' own passages tell them apart
        passages += dict.fromkeys(f.passage for f in figures)
    quotes = " / ".join(f"“{c.quote}”" for c in clauses)
    message = f"{_HEADS[claim.severity]}: {claim.message} — {quotes}"
    return Finding(claim.check, claim.severity, message, tuple(f.iri for f in figures), tuple(sorted(set(passages))))
