"""What cannot be read, said so that a person can mend it."""

from __future__ import annotations


class SourceError(Exception):
    """A file, or a part of one, that cannot be read: its name, why, and the way out, in one line.

    >>> str(SourceError("a.doc", "an old Word file", "save it as .docx"))
    'a.doc: an old Word file; save it as .docx'
    """

    def __init__(self, name: str, reason: str, remedy: str = "") -> None:
        self.name = " ".join(name.split())
        self.reason = " ".join(reason.split())
        self.remedy = " ".join(remedy.split())
        super().__init__(f"{self.name}: {self.reason}" + (f"; {self.remedy}" if self.remedy else ""))


class NotText(SourceError):
    """A file of a kind that holds no text to read, as a folder may well have beside those that do."""
