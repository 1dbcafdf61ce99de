"""What Huimin installs may be used by anyone: no licence in it asks that a user's own work be given away."""

from __future__ import annotations

import importlib.util
import re

from tests.conftest import ROOT

OPEN = re.compile(r"MIT|BSD|Apache|ISC|MPL-2\.0|PSF|Python Software Foundation|W3C|Zlib|CC0")
CLOSED = re.compile(r"(?<!L)GPL|AGPL|SSPL|Commons Clause|non-?commercial|research", re.IGNORECASE)


def listed() -> dict[str, str]:
    """The licences as the script that writes docs/licences.md finds them."""
    spec = importlib.util.spec_from_file_location("make_licences", ROOT / "docs" / "make_licences.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {name: module.licence(name) for name in module.closure()}


def test_every_licence_is_open_and_stands_in_the_list() -> None:
    found = listed()
    assert len(found) > 50 and "lxml" in found and "opencc" in found
    assert [name for name, licence in found.items() if not OPEN.search(licence) or CLOSED.search(licence)] == []
    written = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    assert [name for name in found if f"| {name} |" not in written] == []
