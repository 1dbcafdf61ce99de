"""What cannot be read, said so that a person can mend it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class SourceError(Exception):
    """A file, or a part of one, that cannot be read: its name, why, and the way out, in one line.

    >>> str(SourceError("a.doc", "an old Word file", "save it as .docx"))
    'a.doc: an old Word file; save it as .docx'
    """

    def __reduce__(self) -> tuple[type[SourceError], tuple[str, str, str]]:
        return type(self), (self.name, self.reason, self.remedy)  # it may come from another process

    def __init__(self, name: str, reason: str, remedy: str = "") -> None:
        self.name = " ".join(name.split())
        self.reason = " ".join(reason.split())
        self.remedy = " ".join(remedy.split())
        super().__init__(f"{self.name}: {self.reason}" + (f"; {self.remedy}" if self.remedy else ""))


class NotText(SourceError):
    """A file of a kind that holds no text to read, as a folder may well have beside those that do."""


@contextmanager
def guarded(name: str) -> Iterator[None]:
    """Whatever goes wrong inside, as a SourceError that names the file: the rest of the batch must go on.

    Libraries raise what they like over damaged files, so every exception that is none of ours counts as damage.

    >>> with guarded("a.zip"):
    ...     {}["part"]
    Traceback (most recent call last):
    ...
    kg.sources.failure.SourceError: a.zip: damaged: KeyError: 'part'
    """
    try:
        yield
    except SourceError:
        raise
    except (RecursionError, MemoryError) as error:
        raise SourceError(name, f"too deep or too large: {type(error).__name__}") from error
    except Exception as error:
        raise SourceError(name, f"damaged: {type(error).__name__}: {error}") from error
