"""People of several articles who may be one: the same name, and a post in the same body."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.tally.sums import Post


def candidates(posts: Iterable[Post]) -> Iterator[tuple[str, str, str, list[str]]]:
    """Pairs of people, the reason and the passages of their posts; of many each with the first alone."""
    found: dict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
    for post in posts:
        people = found[post.name, post.body, post.called]
        people[post.person] = min(post.passage, people.get(post.person, post.passage))
    for (_, _, called), people in sorted(found.items()):
        (first, passage), *others = sorted(people.items())
        for person, other in others:
            yield person, first, f"the same name, a post in {called} both times", [other, passage]
