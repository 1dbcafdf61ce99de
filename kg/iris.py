"""Names in IRIs: Chinese stays as it is (RFC 3987), and what may not stand there is percent-encoded."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from kg.ontology import BASE

# RFC 3987 leaves these out of an IRI; everything Chinese stays as it is.
_PLANES = "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0xE0000, 0x10000))
_NOT_IN_IRI = re.compile(
    r'[\x00-\x20<>"{}|\\^`%#?/\[\]\x7f-\x9f\u200e\u200f\u202a-\u202e\ud800-\uf8ff\ufdd0-\ufdef\ufff0-\uffff'
    rf"{_PLANES}\U000e0000-\U000e0fff\U000efffe-\U0010ffff]"
)
_OURS = re.compile(rf"<{re.escape(BASE)}[^<>\"{{}}|^`\\\s]*>")
_ENCODED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")


def safe(name: str) -> str:
    """A name as a segment of an IRI, with what RFC 3987 section 2.2 leaves out percent-encoded.

    >>> safe("“最美劳动者 微笑带回家”")
    '“最美劳动者%20微笑带回家”'
    """
    return _NOT_IN_IRI.sub(lambda m: "".join(f"%{b:02X}" for b in m.group().encode("utf-8", "surrogatepass")), name)


def as_named(sparql: str) -> str:
    """A query with the IRIs of this graph as the graph has them, where a client has percent-encoded their Chinese.

    >>> as_named("DESCRIBE <https://w3id.org/huimin/id/organisation/%E5%B7%A5%E4%BC%9A%20a>")
    'DESCRIBE <https://w3id.org/huimin/id/organisation/工会%20a>'
    """
    return _OURS.sub(lambda iri: _ENCODED.sub(lambda m: _raw(m[0]), iri[0]), sparql)


def _raw(encoded: str) -> str:
    try:
        return safe(unquote_to_bytes(encoded).decode("utf-8"))
    except UnicodeDecodeError:
        return encoded
