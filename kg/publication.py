"""What lies beside a store for people: its Turtle, its page, the texts, and how much of everything there is.

All of it follows from the store and is made again when that has changed; of the Turtle only what changed, where that is
told, and the page of a large graph only when it is asked for.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg import export, sources
from kg.export import merged
from kg.files import write
from kg.program import writer
from kg.store import Store
from kg.tally import settle, settled

LARGE = 300_000  # triples of a graph whose page takes seconds to make
TELLS = "tells.jsonl"  # what each document tells the others, so that it need not be asked again


@dataclass(frozen=True, slots=True)
class Published:
    """How much there is of everything, and whether the page shows it all or an earlier state."""

    counts: dict[str, int]
    page_is_old: bool


class Publication:
    """The files beside a store, looked at before the store changes.

    `published.json` notes what the Turtle and the page were made from: which documents of which files, by which program.
    """

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._folder = folder
        self._noted = folder / "published.json"
        self._turtle = folder / "graph.ttl"
        self._page = folder / "graph.html"
        self._before = self._read()
        # then the changes of the store since it was opened are those since the Turtle was written
        self._settled = dict(store.readings()) if settled(store) else None
        self._follows = self._before.get("turtle") == self._stamp() and self._settled is not None

    def bring_up_to_date(self, *, texts: bool = True, page: bool = False) -> Published:
        """Settle the store and make what is not of its present state; where nothing has changed nothing is written."""
        settle(self._store, self._folder / TELLS, self._settled)
        stamp, before = self._stamp(), self._before
        shows = stamp | {"texts": texts}
        done = before.get("turtle") == stamp and self._turtle.is_file()
        counts: dict[str, int] = before.get("counts", {}) if done else self._counts()
        small = counts["triples"] <= LARGE
        shown = before.get("page") == shows and self._page.is_file()
        showing = not shown and (page or small or not self._page.is_file())
        if not done or showing:
            self._noted.unlink(missing_ok=True)  # a build that is cut off here makes both again
            if not done:
                self._clear_texts()
                self._write_turtle()
            if showing:
                self._write_page(texts)
            noted = {"turtle": stamp, "page": shows if showing else before.get("page"), "counts": counts}
            write(self._noted, lambda out: out.write(json.dumps(noted).encode("utf-8")))
        return Published(counts, not shown and not showing)

    def _read(self) -> dict[str, Any]:
        """The note; nothing where there is none, or where it is damaged."""
        try:
            found = json.loads(self._noted.read_bytes())
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _stamp(self) -> dict[str, str]:
        return {"documents": self._store.state(), "files": self._store.names(), "by": writer()}

    def _counts(self) -> dict[str, int]:
        changes = self._store.changes
        if self._follows and changes:
            return {name: n + changes.counts[name] for name, n in self._before["counts"].items()}
        return self._store.counts()

    def _write_turtle(self) -> None:
        changes = self._store.changes
        if changes and self._merges():
            write(self._turtle, lambda out: merged.turtle(self._turtle, self._store, changes.subjects, out))
        else:
            write(self._turtle, lambda out: export.FORMATS["ttl"](self._store, out))

    def _write_page(self, texts: bool) -> None:
        from kg import view  # pyvis and pypinyin take half a second to import

        kept = self._folder / "texts" if texts else None
        write(self._page, lambda out: out.write(view.page(self._store, kept).encode("utf-8")))

    def _merges(self) -> bool:
        """Can the Turtle be made of the one that is there and what changed?"""
        return self._follows and self._store.changes is not None and self._turtle.is_file()

    def _clear_texts(self) -> None:
        """Take away the texts of documents that are no longer in the store."""
        kept, changes = self._folder / "texts", self._store.changes
        if self._follows and changes:
            away = (name for name in changes.gone if not self._store.has(name))  # two files may have changed places
            gone = {sources.text_path(name.rpartition("/")[2]).stem for name in away}
        else:
            held = {sources.text_path(name.rpartition("/")[2]).stem for name in self._store.graphs()}
            gone = {path.stem for path in kept.glob("*.*")} - held
        for stem in gone:
            for ending in (".txt", ".json"):
                (kept / stem).with_suffix(ending).unlink(missing_ok=True)
