"""Which of the media types that we can give a client likes best (RFC 9110 section 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence


def choose(accept: str | None, offered: Sequence[str]) -> str | None:
    """The best offered type, the first of equally good ones; None if the client takes none of them.

    >>> choose("text/csv;q=0.5, application/json", ["text/csv", "application/json"])
    'application/json'
    >>> choose("text/*;q=0.1, text/csv;q=0", ["text/csv", "text/turtle"])
    'text/turtle'
    >>> choose(None, ["text/csv"]), choose("image/png", ["text/csv"])
    ('text/csv', None)
    """
    if not accept or not accept.strip():
        return offered[0]
    ranges = [_range(part) for part in accept.split(",") if part.strip()]
    best, liked = None, 0.0
    for kind in offered:
        quality = max(((_fits(wanted, kind), q) for wanted, q in ranges if _fits(wanted, kind)), default=(0, 0.0))[1]
        if quality > liked:
            best, liked = kind, quality
    return best


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = next((p.partition("=")[2].strip() for p in parameters if p.partition("=")[0].strip() == "q"), "1")
    try:
        return name, min(1.0, max(0.0, float(quality)))
    except ValueError:
        return name, 0.0


def _fits(wanted: str, kind: str) -> int:
    """How closely a media range names a type: 3 by name, 2 by its first half, 1 by `*/*`, 0 not."""
    if wanted == kind:
        return 3
    if wanted == kind.partition("/")[0] + "/*":
        return 2
    return 1 if wanted == "*/*" else 0
