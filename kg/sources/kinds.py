"""What kind of file it is, told by what stands in it; a name decides only where the content leaves it open."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Literal

from kg.sources.failure import NotText, SourceError

Kind = Literal["text", "html", "docx", "pdf", "image", "record", "zip", "gzip", "zstd", "mail", "json", "csv", "sheet"]

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"\x1f\x8b", "gzip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What is not read, with the way out.
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"{\\rtf", "an RTF file", "open it in a word processor and save it as .docx"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it, or pack it as .zip"),
    (b"Rar!", "a RAR archive", "unpack it, or pack it as .zip"),
    (b"BZh", "a bzip2 archive", "unpack it, or pack it as .gz"),
    (b"\xfd7zXZ", "an xz archive", "unpack it, or pack it as .gz"),
    (b"CAJ", "a CAJ file of CNKI", "print it to PDF in its reader"),
    (b"HN\0\0", "a CAJ file of CNKI", "print it to PDF in its reader"),
    (b"Founder CEB", "a CEB file of Founder", "print it to PDF in its reader"),
    (b"SQLite format 3", "an SQLite database", "export the table as CSV"),
)
_PICTURES = (
    b"GIF8",
    b"BM",
    b"RIFF",
    b"\0\0\1\0",
    b"\0\0\0\x1cftyp",
    b"\0\0\0 ftyp",
    b"ID3",
    b"OggS",
    b"wOF",
    b"\x7fELF",
    b"MZ",
)
_TAG = re.compile(
    r"</?(?:html|head|body|div|p|table|tr|td|span|br|a|title|meta|h[1-6]|article|section)\b[^<>]{0,2000}>", re.I
)
_PAGE = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*|<\?xml[^>]{0,200}\?>\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_HEADER = re.compile(
    r"(?:(?:From|To|Cc|Subject|Date|Received|Return-Path|Message-ID|MIME-Version|Content-Type|Delivered-To|X-[\w-]+|DKIM-Signature"
    r"|Snapshot-Content-Location)[ \t]*:[^\n]*\n(?:[ \t]+[^\n]*\n)*)",
    re.I,
)


def of_bytes(data: bytes, name: str) -> Kind | None:
    """The kind that the first bytes tell; None where only the text can; what is not read is a SourceError."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_zip(data, name)
    if data.startswith(_OLE):
        if "Workbook".encode("utf-16-le") in data[:200_000] or "Book".encode("utf-16-le") in data[-20_000:]:
            return "sheet"
        raise SourceError(name, "an old Word or WPS file", "open it and save it as .docx")
    for magic, what, remedy in _FOREIGN:
        if data.startswith(magic):
            raise SourceError(name, what, remedy)
    if data.startswith(_PICTURES) and b"\0" in data[:4096]:
        raise NotText(name, "a picture, a sound, a font or a program, not text")
    return None


def _of_zip(data: bytes, name: str) -> Kind:
    """Office files are ZIP archives of known parts (ECMA-376 part 2)."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = set(archive.namelist())
        declared = (
            archive.read("mimetype")[:200]
            if "mimetype" in parts and archive.getinfo("mimetype").file_size < 200
            else b""
        )
    if "word/document.xml" in parts:
        return "docx"
    if {"xl/workbook.xml", "xl/workbook.bin"} & parts or b"opendocument.spreadsheet" in declared:
        return "sheet"
    if b"opendocument.text" in declared:
        raise SourceError(name, "an OpenDocument text", "save it as .docx")
    if "OFD.xml" in parts:
        raise SourceError(name, "an OFD file (GB/T 33190)", "print it to PDF in its reader")
    if "ppt/presentation.xml" in parts:
        raise SourceError(name, "a PowerPoint file", "save it as PDF")
    return "zip"


def of_text(text: str, name: str) -> Kind:
    """The kind of a file that is text.

    >>> of_text("<!DOCTYPE html><p>工会", "a"), of_text('{"text": "工会"}', "a"), of_text("工会补助5万元。", "a.csv")
    ('html', 'json', 'text')
    >>> of_text("日期,正文\\n2024-01-01,工会补助5万元。\\n", "a"), of_text("Subject: a\\nFrom: b\\nTo: c\\n\\n工会", "a")
    ('csv', 'mail')
    """
    head = text[:20_000]
    if _PAGE.match(head) or _is_tagged(head, name):
        return "mail" if _is_mail(head) else "html"
    if head.lstrip().startswith("<?xml"):
        raise SourceError(name, "an XML file", "save what is to be read as HTML or text")
    if _is_mail(head):
        return "mail"
    if head.lstrip()[:1] in ("{", "[") and _is_json(text):
        return "json"
    from kg.sources.rows import delimiter_of  # it needs the kinds of what rows hold

    return "csv" if delimiter_of(text) else "text"


def _is_tagged(head: str, name: str) -> bool:
    """A page without its frame: one part in twenty is tags.  A few tags are nothing strange in Markdown."""
    tags = [match[0] for match in _TAG.finditer(head)]
    return (
        len(tags) >= 4 and sum(map(len, tags)) * 20 >= len(head) and not name.casefold().endswith((".md", ".markdown"))
    )


def _is_mail(head: str) -> bool:
    """Does it begin with header fields (RFC 5322 section 2.2), three at least?"""
    head = head.replace("\r\n", "\n")
    at = 0
    for _ in range(3):
        match = _HEADER.match(head, at)
        if not match:
            return False
        at = match.end()
    return True


def _is_json(text: str) -> bool:
    """A JSON document, or lines of which the first is one (https://jsonlines.org)."""
    for part in (text.lstrip().split("\n", 1)[0], text):
        try:
            found = json.loads(part, strict=False)
        except (ValueError, RecursionError):
            continue
        first = found[0] if isinstance(found, list) and found else found
        return isinstance(first, dict)
    return False
