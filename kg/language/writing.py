"""How figures are written: one plain way for the many in which traditional, capital and loosely set figures stand.

補助 伍萬圓整,另給 1 200 元        →        補助 伍万元整 … 补助 5 … 1200元
                                            (the places lead back to what was written)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.lexicon import rows
from kg.model import Span

_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_FIGURE = "零〇一二两三四五六七八九十百千万亿点"
# Capital figures are for money and for shares; alone they are surnames and verbs: 陆, 伍, 拾.
_CAPITAL_RUN = re.compile(
    rf"(?<![{_FIGURE}])(?=[{_FIGURE}]*+[壹贰叁肆伍陆柒捌玖拾佰仟])[{_FIGURE}壹贰叁肆伍陆柒捌玖拾佰仟 ]+"
    r"(?= ?(?:元|角|分[之钱整,。]|美元|港元|欧元|个百分点|[折成]))|(?<=分之)[壹贰叁肆伍陆柒捌玖拾佰仟]+|[拾佰仟](?=分之)"
)
_ELEMENT = "零〇一二两三四五六七八九十百千万亿点余多几"
_COUNTED = "(?:元|个|名|人|户|家|%|折|成|份|吨|亩|块|百?分|美元|欧元|港元|[kK](?![A-Za-z]))"
# A blank inside a figure, or between it and what it counts, says nothing.
_LOOSE = re.compile(
    r"(?<![\d.] )(?<![\d.])(?<!\d,)\d{1,3}(?: \d{3})+(?! ?\d)"  # 1 200
    rf"|(?<=\d) (?=[百千万亿余多]|{_COUNTED})|(?<=[百千万亿]) (?={_COUNTED})"  # 7 万 元
    rf"|(?:[{_ELEMENT}个分之成折] ){{2,}}[{_ELEMENT}个分之成折元]+|(?<=分之) (?=[\d{_ELEMENT}])"  # 百 分 之 五
    rf"|(?<=[{_ELEMENT}]点) (?=[{_ELEMENT}])|(?<=分之[{_ELEMENT}]) (?=[点十百千万])|(?<=百) (?=分[之点])|(?<=百分) (?=[之点])"
)


@dataclass(frozen=True, slots=True)
class Writing:
    """A text in plain writing; `places[i]` is where its code point `i` stands in the text as written."""

    text: str
    places: Sequence[int]
    written: str

    def span(self, start: int, end: int) -> Span:
        """A stretch of the plain text in the text as written."""
        return Span(self.places[start], self.places[end - 1] + 1)


def plainly(text: str) -> Writing:
    """The text with its figures in plain writing.

    >>> plainly("發放補助伍萬圓整,撥出1 200 萬元").text
    '发放补助五万元整,拨出1200万元'
    >>> plainly("陆军伍佰元").text, plainly("发放补助 7 万 元").text
    ('陆军五百元', '发放补助 7万元')
    """
    plain = text.translate(_traditional())
    plain = _CAPITAL_RUN.sub(lambda m: m.group().translate(_CAPITALS), plain)
    if " " not in plain:
        return Writing(plain, range(len(plain)), text)
    dropped = {at for m in _LOOSE.finditer(plain) for at in range(*m.span()) if plain[at] == " "}
    if not dropped:
        return Writing(plain, range(len(plain)), text)
    places = [at for at in range(len(plain)) if at not in dropped]
    return Writing("".join(plain[at] for at in places), places, text)


def _traditional() -> dict[int, str]:
    return {ord(old): new for old, new in rows("figures-traditional")}
