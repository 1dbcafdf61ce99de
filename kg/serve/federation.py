"""Does a query ask another endpoint?  What is served must not reach out."""

from __future__ import annotations

import re

# What can hold the letters of SERVICE without being the keyword (SPARQL 1.1 Query sections 19.4 and 19.8): an IRI
# comes before a comment, since it may contain #, and a long string before a short one.
_OTHER = re.compile(
    r"""
      <[^<>"{}|^`\\\x00-\x20]*>
    | \#[^\n\r]*
    | \"{3} (?: [^"\\] | \\. | "(?!"") )* \"{3}
    | '{3} (?: [^'\\] | \\. | '(?!'') )* '{3}
    | " (?: [^"\\\n\r] | \\. )* "
    | ' (?: [^'\\\n\r] | \\. )* '
    | [?$] \w+
    | @ [A-Za-z]+ (?: - [A-Za-z0-9]+ )*
    | (?: [^\W\d_] (?: [\w.\-·]* [\w\-·] )? )? : (?: [\w\-·.:] | %[0-9A-Fa-f]{2} | \\. )*
    | (?P<word> [^\W\d_] \w* )
    """,
    re.VERBOSE | re.DOTALL,
)
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def asks_others(query: str) -> bool:
    r"""Does the keyword SERVICE stand in the query?

    >>> asks_others("SELECT * { SERVICE SILENT <http://example.org/sparql> { ?s ?p ?o } }")
    True
    >>> asks_others("SELECT ?service { ?service ex:service 'SERVICE' } # SERVICE")
    False
    """
    return any(
        (match["word"] or "").lower() == "service"
        for text in {query, _unescaped(query)}
        for match in _OTHER.finditer(text)
    )


def _unescaped(query: str) -> str:
    r"""The query with \u and \U sequences resolved, which may stand anywhere in it (section 19.2)."""

    def char(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return chr(code) if code < 0x110000 else match[0]

    return _CODEPOINT.sub(char, query)
