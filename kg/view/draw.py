"""The scene as a pyvis network: what every node looks like, how wide its label is, and the HTML around it."""

from __future__ import annotations

import json
import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyvis
from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from pyvis.network import Network

from kg.view.layout import place
from kg.view.scene import Scene

FONT = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"
# Okabe and Ito's palette, which stays apart for all kinds of colour vision; the shapes say the same once more.
LOOKS: Mapping[str, tuple[str, str]] = {
    "Organisation": ("square", "#0072B2"),
    "Programme": ("diamond", "#009E73"),
    "Group": ("dot", "#D55E00"),
    "Item": ("triangle", "#CC79A7"),
    "Place": ("triangleDown", "#56B4E9"),
    "Person": ("star", "#F0E442"),
    "Measure": ("box", "#E69F00"),
}
PLANNED = "#FFE7B8"  # the colour of measures, pale
DOUBTED = "#D9D9D9"  # denied, conditional or alleged: no gift to count on
EDGES: Mapping[str, tuple[str, bool]] = {  # colour, dashed
    "agent": ("#0072B2", False),
    "partner": ("#0072B2", True),
    "beneficiary": ("#D55E00", False),
    "provides": ("#CC79A7", False),
    "programme": ("#009E73", False),
    "place": ("#56B4E9", False),
}
LINK = ("#888888", True)
LINE = 8  # Han characters in a line of a label
LINES = 4
SMALL = 24  # smaller letters are not drawn when the whole picture is in view
LEADING = 1.15
CENTRAL = 10  # edges of a node that counts as a centre
OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "physics": {
        "enabled": False,
        "barnesHut": {"gravitationalConstant": -12000, "springLength": 160, "avoidOverlap": 0.6},
    },
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {"hover": True, "tooltipDelay": 200, "multiselect": False, "keyboard": False},
    "nodes": {"borderWidth": 2, "borderWidthSelected": 6, "font": {"face": FONT, "size": SMALL, "strokeWidth": 5}},
    "edges": {
        "smooth": False,
        "width": 3,
        "selectionWidth": 4,
        "hoverWidth": 1,
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.6}},
    },
}


def width(text: str) -> float:
    """How many Han characters wide a text is.

    >>> width("工会"), width("26项")
    (2.0, 2.2)
    """
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.6 for char in text)


def wrap(text: str) -> str:
    """A label in lines of about equal length, cut off after the fourth.

    >>> wrap("大庆市总工会权益保障部")
    '大庆市总工会\\n权益保障部'
    >>> wrap("工会")
    '工会'
    """
    lines = max(1, math.ceil(width(text) / LINE))
    limit = math.ceil(width(text) / lines) if lines <= LINES else LINE
    out = [""]
    for char in text:
        # what closes or separates does not stand at the head of a line
        if width(out[-1]) + width(char) / 2 > limit and char not in "，。、；：）》”’」』,.)":
            out.append("")
        out[-1] += char
    return "\n".join(out) if len(out) <= LINES else "\n".join(out[:LINES])[:-1] + "…"


def money(measure: Mapping[str, Any]) -> Decimal:
    """The largest sum of money in a measure, 0 if there is none."""
    sums = (a for a in measure["amount"] if a["type"] == "Money")
    return max(
        (Decimal(a.get("value") or a.get("maxValue") or a.get("minValue") or 0) for a in sums), default=Decimal()
    )


def _painted(colour: str) -> dict[str, Any]:
    # a node that is pointed at or chosen keeps its colour, since the colour is its class
    chosen = {"background": colour, "border": "#000000"}
    return {"background": colour, "border": "#333333", "highlight": chosen, "hover": chosen}


def _short(label: str) -> str:
    return label if width(label) <= LINE + 2 else label[:LINE] + "…"


def _measure(measure: Mapping[str, Any]) -> dict[str, Any]:
    """A badge with the amounts, the larger the more money; a bare dot where the text gives no amount."""
    colour = DOUBTED if measure["modality"] else PLANNED if measure["status"] == "Planned" else None
    dashed = {"shapeProperties": {"borderDashes": [6, 4]}, "color": _painted(colour)} if colour else {}
    # money first: it is what most people look for, and the badge has room for two
    amounts = sorted(measure["amount"], key=lambda a: a["type"] != "Money")
    labels = list(dict.fromkeys(_short(amount["label"]) for amount in amounts))
    if not labels:
        return {"label": " ", "shape": "hexagon", "size": 10, **dashed}
    size = SMALL + round(4 * math.log10(max(1.0, float(money(measure)) / 10_000)))
    label = "\n".join(labels[:2]) + (f" +{len(labels) - 2}" if len(labels) > 2 else "")
    return {"label": label, "font": {"size": size, "color": "#000000", "strokeWidth": 0}, "margin": 6, **dashed}


def _entity(entity: Mapping[str, Any], degree: int, crowd: int) -> dict[str, Any]:
    """A shape with its name below, both the larger the more edges meet there."""
    label = wrap(entity["label"])
    size = 12 + round(4 * math.sqrt(degree))
    # in a crowd the names of the centres stay readable when all is in view
    far = max(1.0, math.sqrt(crowd / 250)) if degree >= CENTRAL else 1.0
    letters = round((SMALL + 3 * math.log2(max(1, degree / 2))) * far)
    look = {"label": label, "size": round(size * far), "font": {"size": letters}}
    return look | ({"title": entity["label"]} if label.endswith("…") else {})


def _extent(look: Mapping[str, Any]) -> tuple[float, float, float]:
    """Width and height of node and label together, and how far the middle of both lies below the node's."""
    lines = look["label"].split("\n")
    letters = look.get("font", {}).get("size", SMALL)
    wide, high = max(map(width, lines)) * letters, len(lines) * letters * LEADING
    if "size" not in look:
        return wide + 16, high + 16, 0.0
    across = 2.0 * look["size"]
    return max(wide, across) + 4, across + high + 8, high / 2


def looks(scene: Scene) -> dict[str, dict[str, Any]]:
    """How each node is drawn, by IRI, positions included."""
    degree = Counter(end for source, _, target in scene.edges for end in (source, target))
    drawn = {
        iri: {"kind": e["kind"]} | _entity(e, degree[iri], len(degree)) for iri, e in scene.data["entities"].items()
    }
    if scene.data["whole"]:
        drawn |= {iri: {"kind": "Measure"} | _measure(m) for iri, m in scene.data["measures"].items()}
    extents = {iri: _extent(look) for iri, look in drawn.items()}
    at = place({iri: (w, h) for iri, (w, h, _) in extents.items()}, [(a, b) for a, _, b in scene.edges])
    for iri, look in drawn.items():
        look |= {"x": at[iri][0], "y": round(at[iri][1] - extents[iri][2])}
    return drawn


def _joined(edges: Iterable[tuple[str, str, str]]) -> Iterable[tuple[str, str, str, int]]:
    """Edges with a number that bends the second and later ones between the same two nodes."""
    ordered = sorted(edges, key=lambda edge: (*sorted((edge[0], edge[2])), edge[1], edge[0]))
    turn = 0
    for before, edge in pairwise([None, *ordered]):
        turn = turn + 1 if before and edge and {before[0], before[2]} == {edge[0], edge[2]} else 0
        if edge:
            yield (*edge, turn)


def network(scene: Scene) -> Network:
    """The scene in pyvis, ready to generate HTML."""
    net = Network(directed=True, cdn_resources="in_line", height="100%", width="100%")
    net.options = OPTIONS
    for iri, look in looks(scene).items():
        shape, colour = LOOKS[look["kind"]]
        net.add_node(iri, **{"shape": shape, "color": _painted(colour)} | look)
    for source, role, target, turn in _joined(scene.edges):
        colour, dashed = EDGES.get(role, LINK)
        paint = {"color": colour, "highlight": colour, "hover": colour, "opacity": 0.65}
        bend = {"smooth": {"enabled": True, "type": "curvedCW", "roundness": 0.12 * turn}} if turn else {}
        net.add_edge(source, target, role=role, color=paint, dashes=dashed, **bend)
    return net


def embedded(value: Any) -> str:
    r"""JSON that can stand inside a script element whatever it says.

    >>> embedded({"label": "</script>工会"})
    '{"label":"\\u003c/script\\u003e工会"}'
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    special = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
    return text.translate(special)


def html(net: Network, data: Mapping[str, Any]) -> str:
    """The page: pyvis's generator over this folder's template, which takes vis-network in and no CDN."""
    # the own folder first: its template.html stands in for pyvis's, whose library files it still includes
    here, theirs = Path(__file__).parent, Path(pyvis.__file__).parent / "templates"
    net.templateEnv = Environment(loader=ChoiceLoader([FileSystemLoader(here), FileSystemLoader(theirs)]))
    net.templateEnv.filters["embedded"] = embedded
    net.templateEnv.globals["data"] = data
    net.templateEnv.globals["looks"] = {kind: {"shape": s, "colour": c} for kind, (s, c) in LOOKS.items()}
    net.templateEnv.globals["words"] = json.loads((here / "words.json").read_text(encoding="utf-8"))
    net.templateEnv.globals["title"] = "惠民 Huimin"
    text: str = net.generate_html()
    # the map is a second file that only a developer's browser would look for
    return text.replace("//# sourceMappingURL=vis-network.min.js.map", "")
