"""Which folder each document was read from: how a build knows what has vanished.

It stands beside the store and not in it, since a fact depends on its document and not on where that lay.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

NAME = "origins.json"


def load(folder: Path) -> dict[str, str]:
    """The folder of every source, as the last builds noted it; nothing where none did, or where the note is damaged."""
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(source): str(home) for source, home in found.items()} if isinstance(found, dict) else {}


def written(origins: Mapping[str, str]) -> bytes:
    """The note as it is kept."""
    return (json.dumps(dict(sorted(origins.items())), ensure_ascii=False, indent=0) + "\n").encode("utf-8")


def vanished(origins: Mapping[str, str], folders: Iterable[Path], found: Iterable[str]) -> list[str]:
    """The sources that came from these folders and are no longer in them.

    >>> vanished({"a.txt": "/news", "b.txt": "/news", "c.txt": "/laws"}, [Path("/news")], ["a.txt"])
    ['b.txt']
    """
    homes = {str(folder.resolve()) for folder in folders}
    return sorted(source for source in origins.keys() - set(found) if origins[source] in homes)
