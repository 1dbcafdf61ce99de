"""What the page needs from the store, by SPARQL: plain values, sorted, so that the same store gives the same page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import batched  # type: ignore[attr-defined,unused-ignore]
from typing import Any, Protocol

from kg.ontology import term

Facts = Mapping[str, Mapping[str, tuple[str, ...]]]
