"""People of several articles who may be one: the same name, and a post in the same body."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kg.tally.sums import Graph


def candidates(graph: Graph) -> Iterator[tuple[str, str, str, list[str]]]:
    """Pairs of people, the reason and the passages of their posts; of many each with the first alone."""
    found: dict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
    for row in graph.rows("posts"):
        people = found[row["name"], row["body"], row["called"]]
        people[row["person"]] = min(row["passage"], people.get(row["person"], row["passage"]))
    for (_, _, called), people in sorted(found.items()):
        (first, passage), *others = sorted(people.items())
        for person, other in others:
            yield person, first, f"the same name, a post in {called} both times", [other, passage]
