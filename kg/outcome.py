"""What a build could not read, as a table beside the store: which file, why, and the way out."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from kg.export.tables import harmless
from kg.sources import SourceError

NAME = "failures.csv"
Write = Callable[[Path, Callable[[BinaryIO], object]], None]


def tell(folder: Path, missed: Sequence[SourceError], write: Write) -> None:
    """Write the table anew; where everything was read, there is none."""
    path = folder / NAME
    if not missed:
        path.unlink(missing_ok=True)
        return
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(("file", "reason", "way out"))
    writer.writerows([harmless(error.name), harmless(error.reason), harmless(error.remedy)] for error in missed)
    write(path, lambda out: out.write(text.getvalue().encode("utf-8-sig")))
