"""Sums told in 元, 角 and 分 together: 3元5角, 五元三毛, 八角五分, 一毛五, 两块五.

50 元 6 角 三 分        一 毛 五        两 块 五
yuan   jiao  fen        jiao  fen       yuan  jiao
"""

from __future__ import annotations

import re
from decimal import Decimal

from kg.language.numerals import NUMBER, read_numeral

_DIGIT = "[一二两三四五六七八九1-9]"
_ALONE = r"(?=[,，。;:!?、)”\n]|$)"
_COINS = re.compile(
    rf"(?P<yuan>{NUMBER.pattern})(?:元|块)(?:(?P<jiao>{_DIGIT})[角毛](?:零?(?P<fen>{_DIGIT})分(?![之钟公]))?|零(?P<cents>{_DIGIT})分(?![之钟公]))钱?"
    rf"|(?P<kuai>{NUMBER.pattern})块(?P<half>{_DIGIT})(?:钱|{_ALONE})"
    rf"|(?<![\d.])(?P<jiao2>{_DIGIT})[角毛]零?(?P<fen2>{_DIGIT})分(?![之钟公])钱?"
    rf"|(?P<mao>{_DIGIT})毛(?P<more>{_DIGIT}){_ALONE}钱?"
    rf"|(?<![\d.])(?P<only>\d(?:\.\d)?)[角毛]钱?(?![形色度落洲楼孔巾线毛])"
)

# What is counted in pieces: 展板300块, not 手头只有300块.
_PIECES = re.compile(
    "(?:[板牌匾屏砖石玻璃池地田表布肉糖碑玉瓦煤饼皂模碳铁]|硬盘|蛋糕|豆腐|毛巾|面包|电池|电路|积木|奖章|区|拼图|垫子?|毯|草坪|镜)$"
)
_PAID = re.compile(
    "(?:[给花掏付交挣赚借赔存省欠剩值卖捐贴补差涨降多少]|只有|只要|才|收入|工资|退休金|低保)[了出掉过到给]?[他她我你]?[有近约上超]?$"
)
_BREAK = re.compile("[吧呢了吗呀]?(?:[,，。;:!?、)”’\n]|$)|左右|上下|以上|以下|不到")


def pieces_of_money(text: str, start: int, end: int) -> bool:
    """Does the 块 of a figure between two places count yuan, and not pieces of something?

    >>> [pieces_of_money(t, t.index("300"), t.index("块") + 1) for t in ("手头有300块。", "捐了300块给他", "展板300块。", "300块砖")]
    [True, True, False, False]
    """
    if _BREAK.match(text, end):
        return not _PIECES.search(text, max(0, start - 4), start) and not text.endswith(("分为", "分成"), 0, start)
    return _PAID.search(text, max(0, start - 5), start) is not None and not _PIECES.search(text, end, end + 3)


def coins_at(text: str, start: int) -> tuple[Decimal, int] | None:
    """The sum in 元, 角 and 分 that begins at a place, and where it ends.

    >>> [str(coins_at(t, 0)[0]) for t in ("3元5角", "50元6角三分", "八角五分", "一毛五", "两块五", "5角")]
    ['3.5', '50.63', '0.85', '0.15', '2.5', '0.5']
    >>> coins_at("八角茴香", 0), coins_at("3元", 0), coins_at("3块五花肉", 0)
    (None, None, None)
    """
    match = _COINS.match(text, start)
    if match is None:
        return None
    part = {name: read_numeral(surface).value for name, surface in match.groupdict().items() if surface}
    sums = (("yuan", 100), ("kuai", 100), ("jiao", 10), ("half", 10), ("jiao2", 10), ("mao", 10), ("only", 10))
    large = sum((part.get(name, Decimal(0)) * worth for name, worth in sums), Decimal(0))
    small = sum((part.get(name, Decimal(0)) for name in ("fen", "cents", "fen2", "more")), Decimal(0))
    return (large + small) / 100, match.end()
