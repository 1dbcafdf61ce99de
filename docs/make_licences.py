"""Write docs/licences.md: the licence of everything that Huimin installs, read from the packages themselves."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

TARGET = Path(__file__).resolve().parent / "licences.md"
# What runs on a user's machine; `dev` is for whoever works on Huimin.
EXTRAS = ("serve", "spark", "tables", "ocr", "train")
# What their own metadata leaves out, looked up in the licence file that each carries.
STATED = {"ptyprocess": "ISC"}
HEAD = """# Licences

What `pip install 'huimin[serve,spark,tables,ocr]'` brings, directly or not, with the licence that each package states of itself.
Written by `python docs/make_licences.py`; a test holds that none of them asks more of you than to keep its notice, the weak copyleft
of a file or a library aside. OpenCC's tables of characters are Apache-2.0, and so are the models of rapidocr.

| package | licence | for |
| --- | --- | --- |
"""


def closure() -> dict[str, str]:
    """Every package that is needed, with the extra that first needs it (none: Huimin itself)."""
    found: dict[str, str] = {}
    waiting = [(name, "") for name in _needed(distribution("huimin"), "")]
    waiting += [(name, extra) for extra in EXTRAS for name in _needed(distribution("huimin"), extra)]
    while waiting:
        name, why = waiting.pop(0)
        if name in found or name == "huimin":
            continue
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue  # for another system, or an extra that is not installed here
        found[name] = why
        waiting += [(each, why) for each in _needed(package, "")]
    return dict(sorted(found.items()))


def _needed(package: Distribution, extra: str) -> Iterator[str]:
    for line in package.requires or ():
        wanted = Requirement(line)
        plain = wanted.marker is None or wanted.marker.evaluate({"extra": ""})
        if plain if not extra else (not plain and wanted.marker and wanted.marker.evaluate({"extra": extra})):
            yield re.sub(r"[-_.]+", "-", wanted.name).lower()


def licence(name: str) -> str:
    """What a package says of its licence: the SPDX expression (PEP 639), else the short field, else the classifiers."""
    about = distribution(name).metadata
    if name in STATED:
        return STATED[name]
    if expression := about.get("License-Expression"):
        return str(expression)
    classes = [
        c.rpartition(" :: ")[2] for c in about.get_all("Classifier") or () if c.startswith("License :: OSI Approved ::")
    ]
    short = str(about.get("License") or "").strip()
    return short if short and len(short) < 60 and "\n" not in short else ", ".join(classes) or "unknown"


def main() -> None:
    """Write the table."""
    rows = [f"| {name} | {licence(name)} | {why or 'reading'} |" for name, why in closure().items()]
    TARGET.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
