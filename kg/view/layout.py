"""Where the nodes stand: computed beforehand, the same for the same graph, and with no two labels over each other.

Positions come from a spring model in plain Python (networkx's own layouts need numpy or scipy, which Huimin does
without).  Connected components are laid out one by one, the boxes of nodes and labels pushed apart, and the
components set in rows like words on a page.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import networkx as nx

Point = tuple[float, float]
Size = tuple[float, float]
Boxed = tuple[Mapping[str, Point], tuple[float, float, float, float]]

SPACING = 80.0  # the length that an edge would like to have
WIDE = 2.0  # labels are wider than high, screens too: all is laid out in a space that much stretched
PULL = 0.6  # towards the middle, or branches without neighbours drift far out; less for a larger crowd
FULL = 0.4  # the part of a picture that boxes may cover before they are pushed apart
GAP = 12.0  # free space between two boxes
GOLDEN = math.pi * (3 - math.sqrt(5))


def _start(graph: nx.Graph) -> dict[str, Point]:
    """A first place for every node: rings around the node with the most neighbours, by distance from it."""
    centre = min(graph, key=lambda node: (-graph.degree[node], node))
    # breadth first, neighbours in order, keeps branches together
    order = [centre, *(child for _, child in nx.bfs_edges(graph, centre, sort_neighbors=sorted))]
    return {
        node: (SPACING * math.sqrt(i) * math.cos(i * GOLDEN), SPACING * math.sqrt(i) * math.sin(i * GOLDEN))
        for i, node in enumerate(order)
    }


def _near(points: Sequence[Point], reach: float) -> Iterator[tuple[int, int]]:
    """Pairs of points in the same or in neighbouring cells of a grid."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i, (x, y) in enumerate(points):
        cells[(math.floor(x / reach), math.floor(y / reach))].append(i)
    for (cx, cy), inside in cells.items():
        for k, i in enumerate(inside):
            for j in inside[k + 1 :]:
                yield i, j
        # half of the eight neighbours, so that each pair of cells is met once
        for dx, dy in ((1, 0), (-1, 1), (0, 1), (1, 1)):
            for j in cells.get((cx + dx, cy + dy), ()):
                for i in inside:
                    yield i, j


def _springs(graph: nx.Graph) -> dict[str, Point]:
    """Fruchterman and Reingold's model: edges pull, near nodes push, and the steps get shorter."""
    start = _start(graph)
    nodes = sorted(graph)
    index = {node: i for i, node in enumerate(nodes)}
    at = [start[node] for node in nodes]
    # which end of an edge comes first is the hash seed's choice, so each pair is put in order
    edges = sorted((min(index[a], index[b]), max(index[a], index[b])) for a, b in graph.edges if a != b)
    rounds = max(60, min(120, 20_000 // len(nodes)))
    near: list[tuple[int, int]] = []
    pull = PULL / math.sqrt(len(nodes))
    for step in range(rounds):
        push = [[-pull * x, -pull * y] for x, y in at]
        if step % 4 == 0:  # who is near whom changes slowly
            near = list(_near(at, 3 * SPACING))
        _move(push, at, near, SPACING**2, -2)
        _move(push, at, edges, -1 / SPACING, 1)
        longest = SPACING * (1 - step / rounds) + 1
        for i, (dx, dy) in enumerate(push):
            length = math.hypot(dx, dy)
            cut = min(1.0, longest / length) if length else 0.0
            at[i] = (at[i][0] + dx * cut, at[i][1] + dy * cut)
    lying = _turned(at)
    return {node: (lying[i][0] * WIDE, lying[i][1]) for node, i in index.items()}


def _turned(at: Sequence[Point]) -> list[Point]:
    """The picture turned so that its longest axis lies level, as a screen does."""
    mx, my = sum(x for x, _ in at) / len(at), sum(y for _, y in at) / len(at)
    across = sum((x - mx) ** 2 - (y - my) ** 2 for x, y in at)
    turn = math.atan2(2 * sum((x - mx) * (y - my) for x, y in at), across) / 2
    cos, sin = math.cos(turn), math.sin(turn)
    return [((x - mx) * cos + (y - my) * sin, (y - my) * cos - (x - mx) * sin) for x, y in at]


def _move(
    push: list[list[float]], at: Sequence[Point], pairs: Sequence[tuple[int, int]], strength: float, power: int
) -> None:
    """Push the two of every pair apart (together, if the strength is negative) by strength · distance^power."""
    for i, j in pairs:
        (xi, yi), (xj, yj) = at[i], at[j]
        dx, dy = xi - xj, yi - yj
        # two nodes in one place go apart in a direction that depends on their numbers alone
        if dx == dy == 0.0:
            dx, dy = math.cos(i + GOLDEN * j), math.sin(i + GOLDEN * j)
        square = dx * dx + dy * dy
        size = strength / square if power == -2 else strength * math.sqrt(square)
        dx, dy = dx * size, dy * size
        one, other = push[i], push[j]
        one[0] += dx
        one[1] += dy
        other[0] -= dx
        other[1] -= dy


def overlapping(at: Mapping[str, Point], sizes: Mapping[str, Size]) -> list[tuple[str, str]]:
    """Pairs of boxes, given by centre and size, that share more than an edge.

    >>> overlapping({"a": (0, 0), "b": (9, 0), "c": (30, 0)}, dict.fromkeys("abc", (10, 10)))
    [('a', 'b')]
    """
    found = []
    active: list[str] = []
    for node in sorted(at, key=lambda n: (at[n][0] - sizes[n][0] / 2, n)):
        left = at[node][0] - sizes[node][0] / 2
        active = [other for other in active if at[other][0] + sizes[other][0] / 2 > left]
        for other in active:
            if abs(at[node][1] - at[other][1]) < (sizes[node][1] + sizes[other][1]) / 2:
                found.append((other, node))
        active.append(node)
    return found


def _spread(at: Mapping[str, Point], sizes: Mapping[str, Size]) -> dict[str, Point]:
    """The picture enlarged, if it is too small for its boxes."""
    left, top, right, bottom = _box(at, sizes)
    covered = sum(sizes[node][0] * sizes[node][1] for node in at) / ((right - left) * (bottom - top))
    by = max(1.0, math.sqrt(covered / FULL))
    return {node: (x * by, y * by) for node, (x, y) in at.items()}


def separate(at: Mapping[str, Point], sizes: Mapping[str, Size]) -> dict[str, Point]:
    """The same picture with the boxes pushed apart until none lies over another."""
    roomy = {node: (w + GAP, h + GAP) for node, (w, h) in sizes.items()}
    now = _spread(at, roomy)
    for turn in range(3000):
        pairs = overlapping(now, roomy)
        if not pairs:
            break
        for a, b in pairs:
            (ax, ay), (bx, by) = now[a], now[b]
            over_x = (roomy[a][0] + roomy[b][0]) / 2 - abs(ax - bx)
            over_y = (roomy[a][1] + roomy[b][1]) / 2 - abs(ay - by)
            if over_x <= 0 or over_y <= 0:
                continue  # an earlier pair of this turn has moved them apart
            # compared with the boxes: by mere pixels, flat boxes would always move up and down, into columns
            if over_x * (roomy[a][1] + roomy[b][1]) < over_y * (roomy[a][0] + roomy[b][0]):
                half = math.copysign(over_x / 2 + 0.5, ax - bx)
                now[a], now[b] = (ax + half, ay), (bx - half, by)
            else:
                half = math.copysign(over_y / 2 + 0.5, ay - by)
                now[a], now[b] = (ax, ay + half), (bx, by - half)
        if turn % 60 == 59:
            # a crowd that pushes in circles gets more room
            now = {node: (x * 1.08, y * 1.08) for node, (x, y) in now.items()}
    return now


def _box(at: Mapping[str, Point], sizes: Mapping[str, Size]) -> tuple[float, float, float, float]:
    return (
        min(at[n][0] - sizes[n][0] / 2 for n in at),
        min(at[n][1] - sizes[n][1] / 2 for n in at),
        max(at[n][0] + sizes[n][0] / 2 for n in at),
        max(at[n][1] + sizes[n][1] / 2 for n in at),
    )


def _rows(boxed: Sequence[Boxed], width: float) -> tuple[dict[str, Point], Size]:
    """Pictures in rows of at most this width, in the order given, and how large that gets."""
    placed: dict[str, Point] = {}
    x = y = row = widest = 0.0
    for part, (left, top, right, bottom) in boxed:
        if x and x + right - left > width:
            x, y, row = 0.0, y + row + 4 * GAP, 0.0
        placed.update({node: (x + px - left, y + py - top) for node, (px, py) in part.items()})
        widest = max(widest, x + right - left)
        x += right - left + 4 * GAP
        row = max(row, bottom - top)
    return placed, (widest, y + row)


def _pack(parts: Iterable[Mapping[str, Point]], sizes: Mapping[str, Size]) -> dict[str, Point]:
    """Pictures in rows, the highest first, as wide as fills a screen best."""
    boxed: list[Boxed] = [(part, _box(part, sizes)) for part in parts]
    boxed.sort(key=lambda p: (p[1][1] - p[1][3], min(p[0])))
    area = sum((right - left + 4 * GAP) * (bottom - top + 4 * GAP) for _, (left, top, right, bottom) in boxed)
    tried = [_rows(boxed, math.sqrt(area * WIDE) * factor / 10) for factor in range(8, 21)]
    return min(tried, key=lambda one: max(one[1][0] / WIDE, one[1][1]))[0]


def place(sizes: Mapping[str, Size], edges: Iterable[tuple[str, str]]) -> dict[str, tuple[int, int]]:
    """The centre of every box; boxes without an edge stand in rows below the rest.

    >>> place({"a": (80, 40), "b": (80, 40)}, [("a", "b")]) == place({"b": (80, 40), "a": (80, 40)}, [("b", "a")])
    True
    """
    graph = nx.Graph()
    graph.add_nodes_from(sorted(sizes))
    graph.add_edges_from(sorted(tuple(sorted(edge)) for edge in edges))
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    joined = [separate(_springs(graph.subgraph(part)), sizes) for part in parts if len(part) > 1]
    single = [{part[0]: (0.0, 0.0)} for part in parts if len(part) == 1]
    placed = _pack(joined, sizes) if joined else {}
    floor = max((y + sizes[node][1] / 2 for node, (_, y) in placed.items()), default=0.0) + 8 * GAP
    if single:
        placed.update({node: (x, y + floor) for node, (x, y) in _pack(single, sizes).items()})
    return {node: (round(x), round(y)) for node, (x, y) in sorted(placed.items())}
