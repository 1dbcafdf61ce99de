"""Old and new values: 由100万元增至150万元, 从每人300元提高到500元."""

from __future__ import annotations

import re

from kg.reckon.figures import Figure

TO = re.compile(
    r"(?:增加|增长|提高|上升|上涨|上调|扩大|增|升|涨|下降|降低|减少|下调|降|减|调整)(?:到了?|至|为)(?:\d{4}年的?)?(?:每[^,]{1,3})?$"
)
FROM = re.compile(r"(?:由|从|原|原来|过去|此前)[^,]*$")


def replaces(earlier: Figure, later: Figure) -> bool:
    """Is the earlier figure an old value in whose place the later one came?

    They stand in one clause, or in two that follow each other.
    """
    return (
        later.clause.number - earlier.clause.number <= 1
        and earlier.clause.sentence == later.clause.sentence
        and FROM.search(earlier.before) is not None
        and TO.search(later.before) is not None
    )
