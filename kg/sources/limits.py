"""How much is taken at most: what is beyond is reported, and the rest of the batch goes on.

A laptop that reads news never meets these bounds; a file made to fill its memory does.
"""

from __future__ import annotations

TEXT = 20_000_000  # bytes of UTF-8 that one document may hold (`kg build --limit`)
FILE = 500_000_000  # bytes of one file, or of one part of an archive once it is unpacked
UNPACKED = 2_000_000_000  # bytes that all parts of one archive unpack to
PARTS = 100_000  # files in one archive
RATIO = 300  # Chinese text packs to a fifth; zeros to a thousandth
DEPTH = 3  # archives in archives
PAGES = 5_000  # of one PDF
SILENT = 60  # seconds that a reader of PDF, pictures or sheets may take for a page
MEMORY = 6_000_000_000  # bytes that it may hold
CELLS = 2_000_000  # of one sheet
