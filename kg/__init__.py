"""Huimin: who does what for whom, and with how much, from Chinese news and public notices.

>>> from kg import extract
>>> [m.text for reading in extract("杭州市总工会投入80万元。") for m in reading.mentions if m.type == "Money"]
['80万元']
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"
# How often the command, which owns its process, looks for cycles in memory (`gc.set_threshold`): reading makes many
# objects and hardly a cycle, and looking as often as Python does by itself costs a twentieth of the time.
SELDOM = (50_000, 20, 20)
_WHERE = {"build": "kg.pipeline", "extract": "kg.reading", "open_graph": "kg.graph"}
__all__ = ["__version__", "build", "extract", "open_graph"]


def __getattr__(name: str) -> Any:
    """The three functions of the package, imported when first asked for: the command starts fast."""
    if name not in _WHERE:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)
