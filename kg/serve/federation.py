"""Does a query ask another endpoint?  What is served must not reach out."""

from __future__ import annotations

import re

# A SERVICE clause wherever it stands, in a comment or a string too.  Whether `<` opens an IRI or compares, and
# so where strings and comments begin, only Oxigraph's own grammar can tell; a scanner that guesses can be made
# to take the clause for a string.  No clause can do without this sequence of characters: the keyword, which
# Oxigraph also takes right after `true`, `false` and digits and right before a name; then SILENT or not, a name
# and a brace, with white space and comments between them (SPARQL 1.1 Query section 19.8, rule 59).
_GAP = r"(?> \s | \#[^\n\r]*[\n\r] )*+"
_CLAUSE = re.compile(
    rf"""
    (?: (?<![^\W\d]) (?<![:?$-]) | (?<=true) | (?<=false) )
    service {_GAP} (?: silent {_GAP} )?
    (?: [?$<] | [^\s{{}}<>"'?$:]* : ) [^\s{{}}]* {_GAP} \{{
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def asks_others(query: str) -> bool:
    r"""Does a SERVICE clause stand in the query?  One in a comment or a string counts, the bare word does not.

    >>> asks_others("SELECT * { SERVICE SILENT <http://example.org/sparql> { ?s ?p ?o } }")
    True
    >>> asks_others("SELECT ?service { ?service ex:service 'SERVICE' } # SERVICE")
    False
    """
    return any(_CLAUSE.search(text) is not None for text in (query, _unescaped(query)))


def _unescaped(query: str) -> str:
    r"""The query with \u and \U sequences resolved, which may stand anywhere in it (section 19.2)."""

    def char(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return chr(code) if code < 0x110000 else match[0]

    return _CODEPOINT.sub(char, query)
