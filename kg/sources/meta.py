"""How pages, rows and mails write a day, an address, and who wrote what."""

from __future__ import annotations

import re

from pyoxigraph import NamedNode

from kg import lexicon

_LISTED = re.compile(r"[\s、，,;；/]+")
_NAME = re.compile(r"[\u3400-\u9fff]{2,4}")
_ADDRESS = re.compile(r"https?://[^/\s]\S{2,2000}", re.IGNORECASE)


def address(written: str) -> str:
    """A web address that can stand in an IRI as it is, else nothing.

    >>> address("https://news.example/a.html"), address("javascript:alert(1)")
    ('https://news.example/a.html', '')
    """
    if not _ADDRESS.fullmatch(written):
        return ""
    try:
        return str(NamedNode(written).value)
    except ValueError:  # RFC 3987 section 2.2 says which characters may stand there
        return ""


def people(written: str) -> tuple[str, ...]:
    """Those of a list of names that are people's: `author` is often the outlet.

    >>> people("李琴雯 刘会"), people("网易"), people("王莹、新华社")
    (('李琴雯', '刘会'), (), ('王莹',))
    """
    families = {family for (family,) in lexicon.rows("surnames")}
    names = _LISTED.split(written)
    return tuple(dict.fromkeys(n for n in names if _NAME.fullmatch(n) and (n[0] in families or n[:2] in families)))
