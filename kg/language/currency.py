"""Whose money 元 is: in a text in traditional characters that is at home in Hong Kong, Macau or Taiwan, theirs."""

from __future__ import annotations

import re

# What such a text is full of where it is at home: the region's names, and its government's.
_HOMES = {
    "HKD": re.compile("香港|港府|九龙|新界|港元|港币|立法会|行政长官"),
    "MOP": re.compile("澳门|氹仔|葡币"),
    "TWD": re.compile("台湾|全台|台币|行政院|立法院|[台新]北市|高雄|台[中南]|桃园"),
}
_ELSEWHERE = re.compile("人民币|内地|大陆|中央政府|全国总工会")


def of_home(text: str) -> str:
    """The currency (ISO 4217) of an article in traditional characters, `text` being it in simplified ones.

    >>> of_home("香港劳工处向300户发放津贴50万元"), of_home("台北市政府编列2亿元"), of_home("西安市总工会投入50万元")
    ('HKD', 'TWD', 'CNY')
    """
    told = {code: len(home.findall(text)) for code, home in _HOMES.items()}
    code, often = max(told.items(), key=lambda item: item[1])
    return code if often > len(_ELSEWHERE.findall(text)) and list(told.values()).count(often) == 1 else "CNY"
