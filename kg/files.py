"""Files that are written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO


def write(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    """Write aside, then rename: whoever reads the file sees all of it or the one before.

    What is no plain file, a pipe or a device, is written to as it is.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as out:
            fill(out)
        return
    path = path.resolve()  # of a link the file it leads to
    aside = path.with_name(path.name + ".part")
    try:
        with aside.open("wb") as out:
            fill(out)
        aside.replace(path)
    except OSError as error:  # of a full disk the system does not say where
        raise OSError(error.errno, error.strerror or str(error), error.filename or str(path)) from error
    finally:
        aside.unlink(missing_ok=True)
