"""What is packed: ZIP, gzip and Zstandard, unpacked within bounds and never onto the disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

import zstandard

from kg.sources import limits
from kg.sources.failure import SourceError, guarded
from kg.sources.text import is_written

_BIG = "split it, or unpack it yourself"


def members(data: bytes, name: str) -> Iterator[tuple[str, bytes] | SourceError]:
    """The files of a ZIP archive by their names in it, sorted; what is hidden or a folder is left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = sorted((i for i in archive.infolist() if not i.is_dir()), key=lambda i: (_called(i), i.header_offset))
        if len(infos) > limits.PARTS:
            yield SourceError(name, f"more than {limits.PARTS:,} files in it", _BIG)
            return
        left = limits.UNPACKED
        for info in infos:
            inner = _called(info)
            parts = PurePosixPath(inner).parts
            here = f"{name}/{inner}"
            if "__MACOSX" in parts or any(part.startswith(".") and part != ".." for part in parts):
                continue
            if not parts or ".." in parts or inner.startswith("/") or ":" in parts[0]:
                yield SourceError(here, "a path that leads out of the archive")
            elif info.flag_bits & 1:
                yield SourceError(here, "encrypted", "unpack it with its password")
            elif info.file_size > limits.FILE or info.file_size > left or is_bomb(info.file_size, info.compress_size):
                yield SourceError(here, f"would unpack to {info.file_size:,} bytes", _BIG)
            else:
                try:
                    with guarded(here), archive.open(info) as part:
                        held = part.read(info.file_size + 1)
                except SourceError as error:
                    yield error
                    continue
                left -= len(held)
                yield inner, held


def _called(info: zipfile.ZipInfo) -> str:
    """The name of a member; archives of Chinese Windows write it in GBK without saying so."""
    if info.flag_bits & 0x800:
        return info.filename.replace("\\", "/")
    raw = info.orig_filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            name = raw.decode(encoding).split("\0")[0].replace("\\", "/")
        except UnicodeDecodeError:
            continue
        # 通知 in GBK happens to be valid UTF-8, of Hebrew accents
        if all(ch.isascii() or is_written(ch) for ch in name):
            return name
    return info.filename


def is_bomb(size: int, packed: int) -> bool:
    """Does something unpack to far more than text does?"""
    return size > 10_000_000 and size > limits.RATIO * max(1, packed)


def gunzipped(data: bytes, name: str) -> bytes:
    """The file that gzip packed (RFC 1952)."""
    stream = zlib.decompressobj(wbits=31)
    held = b""
    rest = data
    while rest and not stream.eof:
        held += stream.decompress(rest, limits.FILE + 1 - len(held))
        rest = stream.unconsumed_tail
        _within(held, data, name)
        if stream.eof and stream.unused_data.startswith(b"\x1f\x8b"):  # RFC 1952 section 2.2: several in a row
            rest, stream = stream.unused_data, zlib.decompressobj(wbits=31)
    if not stream.eof:
        raise SourceError(name, "damaged: the gzip file ends too soon")
    return held


def unzstd(data: bytes, name: str) -> bytes:
    """The file that Zstandard packed (RFC 8878)."""
    with zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(io.BytesIO(data)) as stream:
        held = stream.read(limits.FILE + 1)
    _within(held, data, name)
    return held


def _within(held: bytes, data: bytes, name: str) -> None:
    if len(held) > limits.FILE or is_bomb(len(held), len(data)):
        raise SourceError(name, f"unpacks to more than {min(len(held), limits.FILE):,} bytes", _BIG)
