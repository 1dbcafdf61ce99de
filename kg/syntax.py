"""What is wrong with a query, in one line that a person can use."""

from __future__ import annotations

import re
from collections.abc import Mapping

_WHERE = re.compile(r"error at (\d+):(\d+): (.*)", re.S)
_USED = re.compile(r"(?<![\w<:/#?$\"'])([A-Za-z][\w-]*):(?=[\w%])")
_DECLARED = re.compile(r"\bPREFIX\s+([\w-]*):", re.I)
_ASIDE = re.compile(r"<[^<>\s]*>|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|#[^\n]*")
_SAID = re.compile(r"(?:one of )?((?:The|Prefix|Invalid|Unbound|Already)\b[^,\[]*)")


def mistake(error: str, query: str, prefixes: Mapping[str, str]) -> str:
    """The engine's message about a query, without the dump of what its parser would have taken.

    >>> mistake("error at 1:22: expected one of Prefix not found, ['%']", "SELECT * { ?a foo:bar ?b }", {"hm": ""})
    'line 1, column 22: no prefix is called foo:; there are hm:'
    >>> mistake("error at 1:11: expected one of '$', '('", "SELECT * {", {})
    'line 1, column 11: the query ends too early'
    >>> mistake("error at 1:1: expected CONSTRUCT", "SELEC ?a {}", {})
    'line 1, column 1: not understood from “SELEC ?a {}” on'
    """
    match = _WHERE.match(error)
    if match is None:
        return error
    line, column = int(match[1]), int(match[2])
    place = f"line {line}, column {column}"
    known = {*prefixes, *_DECLARED.findall(query)}
    unknown = [name for name in _USED.findall(_ASIDE.sub(" ", query)) if name not in known]
    if "Prefix not found" in match[3] and unknown:
        return (
            f"{place}: no prefix is called {unknown[0]}:; there are {', '.join(f'{name}:' for name in sorted(known))}"
        )
    said = _SAID.match(match[3].removeprefix("expected "))
    if said:
        return f"{place}: {said[1].strip()}"
    lines = query.split("\n")
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    rest = rest or " ".join(" ".join(lines[line:]).split())
    return f"{place}: " + (f"not understood from “{rest[:40]}” on" if rest else "the query ends too early")
