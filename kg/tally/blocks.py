"""What can be tallied apart: sums that share no payer, directly or through others, have nothing to do with each other.

大连市总工会 ── 23万元 ── 大连市总工会、大连市民政局 ── 50万元 ── 大连市民政局         one block
西安市总工会 ── 100万元                                                          another
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.tally.sums import Post, Sum, Told

Key = str


def keys(told: Told) -> Iterator[tuple[Key, Told]]:
    """Each sum, and each post, of a document by itself under a key that all have with which it may be one."""
    for one in told.sums:
        names = {payer: told.names[payer] for payer in sorted(one.payers)}
        yield _nodes(one)[0], Told((one,), names, ())
    for post in told.posts:
        yield _of_post(post), Told((), {}, (post,))


def pairs(told: Told) -> Iterator[tuple[Key, Key]]:
    """Which keys belong together, since one sum has both or two sums of the document tell of each other."""
    by_iri = {one.iri: _nodes(one)[0] for one in told.sums}
    for one in told.sums:
        first, *more = _nodes(one)
        related = (by_iri[iri] for iri in (one.whole, one.same, one.replaced) if iri in by_iri)
        yield from ((first, other) for other in (*more, *related) if other != first)


def ends(told: Told) -> Iterator[Key]:
    """All keys that a document has to do with."""
    yield from (key for one in told.sums for key in _nodes(one))
    yield from map(_of_post, told.posts)


def sought(key: Key) -> str:
    """What stands in the words of a document (`packed`) that has to do with a key."""
    return key.partition("\t")[2].partition("\t")[0] or key


def linked(wanted: set[Key], found: Iterable[tuple[Key, Key]]) -> set[Key]:
    """Some keys, with all that belong together with them."""
    head = heads([*found, *((key, key) for key in wanted)])
    of = {head[key] for key in wanted}
    return {key for key, one in head.items() if one in of}


def heads(found: Iterable[tuple[Key, Key]]) -> Mapping[Key, Key]:
    """The key that stands for all that belong together; those that are missing stand for themselves.

    >>> heads([("b", "a"), ("b", "c")]) == {"a": "a", "b": "a", "c": "a"}
    True
    """
    import networkx as nx  # a sixth of a second, which a build without news need not wait for

    together: nx.Graph[str] = nx.Graph(list(found))
    return {key: min(one) for one in nx.connected_components(together) for key in one}


def blocks(documents: Iterable[Told]) -> Iterator[Told]:
    """All that documents told, in blocks that have nothing to do with each other."""
    everything = list(documents)
    head = heads(pair for told in everything for pair in pairs(told))
    found: dict[Key, list[Told]] = defaultdict(list)
    for told in everything:
        for key, one in keys(told):
            found[head.get(key, key)].append(one)
    return (joined(found[key]) for key in sorted(found))


def joined(told: Iterable[Told]) -> Told:
    """Several as one, in an order that depends on nothing but them."""
    every = list(told)
    return Told(
        tuple(sorted((one for each in every for one in each.sums), key=lambda one: one.iri)),
        {iri: name for each in every for iri, name in sorted(each.names.items())},
        tuple(sorted(post for each in every for post in each.posts)),
    )


def _nodes(one: Sum) -> list[Key]:
    return sorted(one.payers) or [one.iri]


def _of_post(post: Post) -> Key:
    return "\t".join((post.name, post.body, post.called))
