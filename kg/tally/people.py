"""People of several articles who may be one: the same name, and a post in the same body."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kg.tally.sums import Table


def candidates(table: Table) -> Iterator[tuple[str, str, str, list[str]]]:
    """Pairs of people, the reason and the passages of their posts; of many each with the first alone."""
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for post, members in sorted(table.column("org:member").items()):
        for body in table.of(post, "org:organization"):
            for person in members:
                name = table.one(person, "rdfs:label")
                found[name, body].setdefault(person, table.one(post, "evidence"))
    for (_, body), people in sorted(found.items()):
        (first, passage), *others = sorted(people.items())
        for person, other in others:
            yield (
                person,
                first,
                f"the same name, a post in {table.one(body, 'rdfs:label')} both times",
                [other, passage],
            )
