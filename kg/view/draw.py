"""The page around the data: pyvis's generator, its drawing library, how each class looks, and the scripts."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyvis
from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from pyvis.network import Network

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
# The scripts in the order in which each finds what it needs; the server gives out the same files as modules.
SHARED = (
    *("element.js", "layout.js", "outline.js", "labels.js", "picture.js"),
    *("model.js", "paper.js", "names.js", "combobox.js"),
)
OWN = (
    *("data.js", "facets.js", "graph.js", "telling.js", "panel.js", "reader.js"),
    *("table.js", "plots.js", "take.js", "search.js", "page.js"),
)
OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {"hover": True, "multiselect": False, "keyboard": False},
    "nodes": {"shape": "custom"},
    "edges": {"smooth": False, "arrows": {"to": {"enabled": True, "scaleFactor": 0.5}}},
}
_MODULE = re.compile(r"^(?:import\b[^;]*;\n|export (?=\w))", re.M)


def packed(value: Any) -> str:
    """JSON, deflated (RFC 1950) and in base64: small, and nothing in it can be taken for markup.

    >>> json.loads(zlib.decompress(base64.b64decode(packed({"label": "</script>工会"}))))
    {'label': '</script>工会'}
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode("utf-8"), 9)).decode("ascii")


def embedded(value: Any) -> str:
    r"""JSON that can stand inside a script element whatever it says.

    >>> embedded({"label": "</script>工会"})
    '{"label":"\\u003c/script\\u003e工会"}'
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    special = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
    return text.translate(special)


def script(folder: Path) -> str:
    """The page's modules as one script: one file has nothing to import from."""
    return "\n".join(_MODULE.sub("", (folder / name).read_text(encoding="utf-8")) for name in (*SHARED, *OWN))


def html(data: Mapping[str, Any], texts: Mapping[str, Any]) -> str:
    """The page: pyvis's generator over this folder's template, which takes vis-network in and no CDN."""
    net = Network(directed=True, cdn_resources="in_line", height="100%", width="100%")
    net.options = OPTIONS
    # the own folder first: its template.html stands in for pyvis's, whose library files it still includes
    here, theirs = Path(__file__).parent, Path(pyvis.__file__).parent / "templates"
    net.templateEnv = Environment(loader=ChoiceLoader([FileSystemLoader(here), FileSystemLoader(theirs)]))
    net.templateEnv.filters |= {"embedded": embedded, "packed": packed}
    net.templateEnv.globals |= {
        "data": data,
        "texts": texts,
        "looks": {kind: {"shape": s, "colour": c} for kind, (s, c) in LOOKS.items()},
        "words": json.loads((here / "words.json").read_text(encoding="utf-8")),
        "script": script(here),
        "title": "惠民 Huimin",
    }
    text: str = net.generate_html()
    # the map is a second file that only a developer's browser would look for
    return text.replace("//# sourceMappingURL=vis-network.min.js.map", "")
