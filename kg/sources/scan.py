"""Pictures of pages, read by optical character recognition where `huimin[ocr]` is installed."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from functools import cache
from typing import Any

from kg.sources.failure import NotText, SourceError
from kg.sources.page import Page, Piece, text_of

_PIXELS = 60_000_000  # a newspaper page at 300 dots to the inch has 40 million
_SURE = 0.5  # what the recogniser trusts less is a smudge


def text(data: bytes, name: str, alive: Callable[[], None]) -> str:
    """The text of a picture, frame by frame (TIFF may hold several); `alive` is called before each."""
    engine(name)
    from PIL import Image, ImageSequence, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = _PIXELS
    try:
        with Image.open(io.BytesIO(data)) as picture:
            pages = []
            for frame in ImageSequence.Iterator(picture):
                alive()
                pages.append(page(frame.convert("RGB"), name))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        # of what it does not know it tells only where in memory that lies
        why = "" if isinstance(error, UnidentifiedImageError) else f": {error}"
        raise SourceError(name, f"a damaged or too large picture{why}") from error
    found = text_of(pages, alive)
    if not found:
        raise NotText(name, "a picture without text")
    return found


def page(picture: Any, name: str) -> Page:
    """What a picture of a page says, where it stands."""
    import numpy

    read = engine(name)
    found = read(numpy.asarray(picture.convert("RGB")))
    if found.boxes is None:
        return Page([], picture.height)
    pieces = []
    for box, words, score in zip(found.boxes, found.txts, found.scores, strict=True):
        if score >= _SURE and words.strip():
            left, right = float(min(p[0] for p in box)), float(max(p[0] for p in box))
            top, bottom = float(min(p[1] for p in box)), float(max(p[1] for p in box))
            pieces.append(Piece(words, left, top, right, bottom, (bottom - top) * 0.8))
    return Page(pieces, picture.height)


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    settings: dict[str, Any] = {"Global.log_level": "error"}
    threads = os.environ.get("OMP_NUM_THREADS", "")  # the models take every core unless they are told
    if threads.isdecimal():
        settings["EngineConfig.onnxruntime.intra_op_num_threads"] = int(threads)
    return RapidOCR(params=settings)


def engine(name: str) -> Any:
    """The recogniser; where it is not installed, the line that says how."""
    try:
        return _engine()
    except ImportError as error:
        raise NotText(name, "a scan or picture, which is read with OCR", "pip install 'huimin[ocr]'") from error
