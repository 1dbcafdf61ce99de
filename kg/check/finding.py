"""What a check has to say, whichever check it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# Contradicts, is doubtful, is confirmed: the severities of W3C SHACL, section 2.1.4.
Severity = Literal["violation", "warning", "info"]


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
