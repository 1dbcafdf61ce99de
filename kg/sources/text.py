"""Bytes into text: UTF-8, UTF-16 with and without its mark, GB18030 (with it GBK and GB 2312), Big5."""

from __future__ import annotations

import codecs
import re

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
# The characters that Chinese is mostly made of, simplified and traditional: a third of any text, and by chance
# hardly one in fifty of bytes that were decoded wrongly.
_COMMON = frozenset(
    "的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主发發年动動同工也能下过過"
    "子说說产產种種面而方后後多定行学學法所民得经經十三之进進等部度家电電力里裡如水化高自二理起小物现現实實加量都两兩体體制"
    "机機当當使点點从從业業本去把性好应應开開它合还還因由其些然前外天政四日那社义義事平形相全表间間样樣与與关關各重新线線内內"
    "数數正心反你明看原又么麼利比或但质質气氣第向道命此变變条條只没沒结結解问問意建月公无無系已情者最立代想通并並提直题題党黨"
    "程展五果料象员員革位入常文总總次品式活设設及管特件长長求老头頭基资資边邊流路级級少图圖山统統接知较較将將组組见見计計别別"
    "她手角期根论論运運农農指几幾九区區强強放决決西被干做必战戰先回则則任取据處处队隊南给給色光门門即保治北造百规規热熱领領"
    "七海口东東导導器压壓志世金增争爭济濟阶階油思术術极極交受联聯什认認六共权權收证證改清己美再采转轉更单單风風切打白教速花"
    "带帶安场場身车車例真务務具万萬每目至达達走积積示议議声聲报報斗完类類八离離华華名确確才科张張信马馬节節话話米整空元助补補贴貼"
    "困难難职職劳勞，。、：；“”（）《》「」"
)


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
