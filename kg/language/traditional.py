"""Traditional characters as simplified ones, one for one, so that offsets and quotes stay the source's own.

The tables are OpenCC's (Apache-2.0), by phrase where a character has two simplified forms (乾燥 and 乾隆, 著名 and 看著).
"""

from __future__ import annotations

from functools import cache

import opencc


def in_simplified(text: str) -> str:
    """The text with simplified characters if it is written in traditional ones, else as it is; same length.

    >>> in_simplified("行政長官向僱員再培訓局撥款，衞生署資助羣眾")
    '行政长官向雇员再培训局拨款，卫生署资助群众'
    >>> in_simplified("著名作家于右任乾隆年间发放5萬元"), len(in_simplified("臺灣工會"))
    ('著名作家于右任乾隆年间发放5萬元', 4)
    """
    traditional = _changed(text, _converted(text, "t2s"))
    # one 萬 or a name in a simplified text is no reason
    if not traditional or traditional <= _changed(text, _converted(text, "s2t")):
        return text
    return _converted(text.translate(_variants()), "tw2s")


def _changed(text: str, written: str) -> int:
    return sum(a != b for a, b in zip(text, written, strict=True))


def _converted(text: str, table: str) -> str:
    written = str(_converter(table).convert(text))
    if len(written) == len(text):
        return written
    return "".join(_single(ch, table) for ch in text)  # never seen; a table of another release may need it


@cache
def _converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)


@cache
def _single(ch: str, table: str) -> str:
    written = str(_converter(table).convert(ch))
    return written if len(written) == 1 else ch


@cache
def _variants() -> dict[int, str]:
    """What Hong Kong writes differently, by what its table makes of it and Taiwan's does not."""
    tables = {code: (_single(chr(code), "hk2s"), _single(chr(code), "tw2s")) for code in range(0x3400, 0xA000)}
    return {code: here for code, (here, there) in tables.items() if there == chr(code) != here}
