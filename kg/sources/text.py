"""Plain text files: UTF-8, UTF-16 with its mark, GB18030."""

from __future__ import annotations

import codecs
import hashlib
import re
from pathlib import Path

from kg.model import Document

# The UTF-32 mark begins with the UTF-16 one, so it has to be asked for first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_FOREIGN = re.compile(r"[^\x00-\x7f]")


class SourceError(Exception):
    """A file that cannot be read as a document, in one line that names it."""


def read(path: Path, source: str) -> Document:
    """The text file as a Document called `source`."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror or error}") from error
    text, encoding = decode(data, str(path))
    return Document(source=source, text=text, digest=hashlib.sha256(data).hexdigest(), encoding=encoding)


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text of these bytes without byte order mark, and the encoding it was in.

    >>> decode("工会".encode("gb18030"), "a.txt")
    ('工会', 'gb18030')
    >>> decode(b"\\xef\\xbb\\xbfOK", "a.txt")
    ('OK', 'utf-8')
    """
    text, encoding = _decoded(data, name)
    if not text.strip():
        raise SourceError(f"{name}: the file is empty")
    # A stray form feed or end-of-file mark occurs in old texts; one control character in a hundred does not.
    if "\0" in text or len(_CONTROL.findall(text)) * 100 > len(text):
        raise SourceError(f"{name}: a binary file, not text")
    return text, encoding


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise SourceError(f"{name}: marked as {encoding}, but not valid {encoding}") from error
    if b"\0" in data:
        raise SourceError(f"{name}: a binary file, not text")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text = _gb18030(data)
    if text is None:
        import charset_normalizer  # slow to load, and only this guess needs it

        guess = charset_normalizer.from_bytes(data).best()
        hint = f" (it may be {guess.encoding})" if guess else ""
        raise SourceError(f"{name}: unknown encoding{hint}; save the file as UTF-8")
    return text, "gb18030"


def _gb18030(data: bytes) -> str | None:
    """The bytes as GB18030, unless what comes out is not Chinese as it is written."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    # Almost any bytes decode as GB18030; other encodings then show as characters that GB 2312, the common
    # seven thousand, does not have.
    foreign = _FOREIGN.findall(text)
    common = sum(1 for ch in foreign if _in_gb2312(ch))
    return text if common * 10 >= len(foreign) * 9 else None


def _in_gb2312(ch: str) -> bool:
    try:
        ch.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
