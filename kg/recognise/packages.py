"""Numbered packages of measures without a title of their own: 出台十条工作措施, 发布15项举措."""

from __future__ import annotations

import re

from kg.model import Mention, Span

_PACKAGE = re.compile(
    r"(?:出台|发布|制定|公布|印发)(?:了|的)?"
    r"(?P<name>[一二三四五六七八九十百\d]{1,4}[条项](?:[一-鿿]{0,6}?)(?:措施|举措|政策|实事))"
)


def find_packages(text: str) -> list[Mention]:
    """Packages that a body brings out, as policy documents.

    >>> [m.name for m in find_packages("西安市总工会出台十条工作措施,助推稳经济大盘。")]
    ['十条工作措施']
    """
    return [
        Mention("PolicyDocument", Span(*m.span("name")), m["name"], "numbered package", m["name"])
        for m in _PACKAGE.finditer(text)
    ]
