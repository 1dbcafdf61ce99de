"""Bytes into text: UTF-8, UTF-16 with and without its mark, GB18030 (with it GBK and GB 2312), Big5."""

from __future__ import annotations

import codecs
import re

from kg import lexicon
from kg.language.characters import whole
from kg.sources.failure import NotText, SourceError

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
_BROKEN = 200  # one character in so many may be broken
_COMMON = frozenset("".join(lexicon.vocabulary("common-characters")))


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text of these bytes without byte order mark, and the encoding it was in.

    >>> decode("工会".encode("gb18030"), "a.txt")
    ('工会', 'gb18030')
    >>> decode(b"\\xef\\xbb\\xbfOK", "a.txt")
    ('OK', 'utf-8')
    >>> [decode("總工會為職工提供補助".encode(e), "a.txt")[1] for e in ("big5", "utf-16-le", "gb18030")]
    ['big5hkscs', 'utf-16-le', 'gb18030']
    """
    text, encoding = _decoded(data, name)
    if not text.strip():
        raise SourceError(name, "the file is empty")
    # A stray form feed or end-of-file mark occurs in old texts; one control character in a hundred does not.
    if "\0" in text or len(_CONTROL.findall(text)) * 100 > len(text):
        raise NotText(name, "a binary file, not text")
    return whole(text), encoding


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise SourceError(name, f"marked as {encoding}, but not valid {encoding}") from error
    if b"\0" not in data:
        try:
            return data.decode("utf-8"), "utf-8"
        except UnicodeDecodeError:
            pass
    found = _likeliest(data, "strict") or (_likeliest(data, "replace") if b"\0" not in data else None)
    if found:
        return found
    if b"\0" in data:
        raise NotText(name, "a binary file, not text")
    import charset_normalizer  # slow to load, and only this guess needs it

    guess = charset_normalizer.from_bytes(data[:100_000]).best()
    hint = f" (it may be {guess.encoding})" if guess else ""
    raise SourceError(name, f"unknown encoding{hint}", "save the file as UTF-8")


def _likeliest(data: bytes, errors: str) -> tuple[str, str] | None:
    """Of the encodings that these bytes are valid in, the one whose text looks most like Chinese.

    With `errors` "replace" a byte here and there may be broken, as in files that old programs cut.
    """
    # Almost any bytes decode as GB18030 or UTF-16; what is wrong then shows as characters that are seldom written.
    encodings: tuple[str, ...] = "utf-16-le", "utf-16-be"
    if b"\0" not in data:
        encodings = "gb18030", "big5hkscs", *encodings
    if errors == "replace":
        encodings = "utf-8", "gb18030", "big5hkscs"
    best: tuple[float, str, str] | None = None
    for encoding in encodings:
        try:
            text = data.decode(encoding, errors)
        except UnicodeDecodeError:
            continue
        if text.count("\ufffd") > max(2, len(text) / _BROKEN):
            continue
        share = _share(text[:20_000])
        if share is not None and (best is None or share > best[0]):
            best = share, text, encoding
    return (best[1], best[2]) if best else None


def _share(text: str) -> float | None:
    """How much of a text's Chinese is common; None where it does not look like Chinese at all."""
    foreign = _FOREIGN.findall(text)
    if not foreign or "\0" in text:
        return None
    written = sum(map(is_written, foreign))
    common = sum(ch in _COMMON for ch in foreign)
    return common / len(foreign) if written * 10 >= len(foreign) * 9 and common * 8 >= len(foreign) else None


def is_written(ch: str) -> bool:
    """Is this one of the characters that simplified or traditional Chinese is commonly written with?"""
    for encoding, first, last in (("gb2312", 0xA1, 0xF7), ("big5", 0xA1, 0xC6)):
        try:
            lead = ch.encode(encoding)[0]
        except UnicodeEncodeError:
            continue
        if first <= lead <= last:
            return True
    return False
