"""Annotated texts, and what it means that a string of the graph is one that the annotation asks for.

A pair is `NAME.txt` and `NAME.json`; `tests/gold/README.md` tells what the keys mean.  A filler such as
`"大庆市总工会|市总"` is one thing under several names; an empty name among them allows the slot to stay empty.
"""

from __future__ import annotations

import itertools
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

Match = Callable[[str, str], bool]
Key = tuple[str, str, Decimal | None, Decimal | None, Decimal | None]

IGNORED = dict.fromkeys(map(ord, "《》〈〉“”‘’\"'「」『』"))
SPACE = re.compile(r"\s+")
LEADING_PLACE = re.compile(r"[一-鿿]{2,9}?(?:自治区|自治州|省|市|州|盟|区|县|旗)")

# Measure words that say the same of a thing; the first of a family stands for all.
UNIT_FAMILIES = ("人 名 位", "个 项", "家 户", "份 张", "人次 次", "期 场", "% 百分点 个百分点", "月 个月")
UNIT = {unit: family.split()[0] for family in UNIT_FAMILIES for unit in family.split()}

CONTAINED = 0.5  # a name inside another is the same if it is at least this part of it
SHARED = 0.65  # Dice coefficient of character pairs from which two names are the same


def plain(text: str) -> str:
    """A name without quotation marks, white space and width.

    >>> plain("《若干 措施》、ＡＢ")
    '若干措施,ab'
    """
    folded = unicodedata.normalize("NFKC", text).translate(IGNORED)
    return SPACE.sub("", folded).replace("、", ",").lower()


def pairs(text: str) -> Counter[str]:
    """The character pairs of a name, a single character standing for itself.

    >>> sorted(pairs("农民工"))
    ['农民', '民工']
    """
    return Counter(map("".join, itertools.pairwise(text))) or Counter([text])


def alike(one: str, other: str) -> bool:
    """Do two names of groups, items or programmes mean the same thing?

    >>> alike("因疫情需转岗职工", "需转岗职工"), alike("困难职工", "职工"), alike("快递员", "医生")
    (True, True, False)
    """
    one, other = plain(one), plain(other)
    if one == other:
        return True
    if not one or not other:
        return False
    short, long = sorted((one, other), key=len)
    if short in long and len(short) >= CONTAINED * len(long):
        return True
    left, right = pairs(one), pairs(other)
    return 2 * (left & right).total() >= SHARED * (left.total() + right.total())


def same_body(one: str, other: str) -> bool:
    """Are two names of bodies or people equal, but for a place in front?

    >>> same_body("浙江省杭州市总工会", "杭州市总工会"), same_body("大庆市总", "大庆市总工会")
    (True, False)
    """
    one, other = plain(one), plain(other)
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return bool(short) and long.endswith(short) and bool(LEADING_PLACE.fullmatch(long[: -len(short)]))


def names(filler: str) -> list[str]:
    """The alternatives of a filler, the best first.

    >>> names("省总|湖北省总工会")
    ['省总', '湖北省总工会']
    """
    return filler.split("|")


def optional(filler: str) -> bool:
    """May the slot stay empty instead?

    >>> optional("农民工|"), optional("农民工")
    (True, False)
    """
    return "" in names(filler)


def meets(filler: str, given: Iterable[str], match: Match = alike) -> bool:
    """Is one of the given names one of the filler's alternatives?

    >>> meets("省总|湖北省总工会", {"湖北省总工会"}, same_body)
    True
    """
    wanted = names(filler)
    return any(match(want, name) for name in given for want in wanted)


def meets_any(fillers: Collection[str], given: Iterable[str], match: Match = alike) -> bool:
    """Does one of the fillers accept one of the names?"""
    given = list(given)
    return any(meets(filler, given, match) for filler in fillers)


def amount_key(
    kind: str, unit: str, bound: str, value: Decimal | None, low: Decimal | None, high: Decimal | None
) -> Key:
    """What two amounts must share to be the same: kind, family of units, and number or range.

    >>> one = amount_key("count", "名", "min", Decimal(20), Decimal(20), None)
    >>> one == amount_key("count", "人", "exact", Decimal("20.0"), None, None)
    True
    """
    unit = UNIT.get(unit, unit)
    return (kind, unit, None, low, high) if bound == "range" else (kind, unit, value, None, None)


@dataclass(frozen=True)
class Fact:
    """A row of `facts`: an amount, and the fillers its slots ask for."""

    text: str
    keys: tuple[Key, ...]
    bound: str
    status: str | None
    slots: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Gold:
    """What a text says, as a careful reader wrote it down."""

    name: str
    path: Path
    entities: dict[str, tuple[str, ...]]
    optional: dict[str, tuple[str, ...]]
    facts: tuple[Fact, ...]
    facts_optional: tuple[str, ...]
    posts: tuple[tuple[str, str, str], ...]
    people_optional: tuple[str, ...]
    relations: tuple[tuple[str, str, str], ...]
    relations_optional: tuple[tuple[str, str, str], ...]


ENTITY_ROWS = ("organisations", "programmes", "groups")
SLOTS = ("agent", "to", "of", "programme")


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def read_fact(row: dict[str, Any]) -> Fact:
    """One row of `facts`; a unit such as `个|家` gives a key each."""
    numbers = _number(row.get("value")), _number(row.get("low")), _number(row.get("high"))
    return Fact(
        text=row["text"],
        keys=tuple(amount_key(row["kind"], unit, row["bound"], *numbers) for unit in names(row["unit"])),
        bound=row["bound"],
        status=row.get("status"),
        slots={slot: tuple(row[slot]) for slot in SLOTS},
    )


def read_gold(path: Path) -> Gold:
    """One annotation; the text stands beside it under the same name with `.txt`."""
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".txt")
    if not text.is_file():
        raise FileNotFoundError(f"{path}: no text {text.name} beside it")

    def triples(key: str) -> tuple[tuple[str, str, str], ...]:
        return tuple((a, b, c) for a, b, c in data.get(key, ()))

    allowed = {row: tuple(data.get(f"{row}_optional", ())) for row in ENTITY_ROWS}
    # A body that stands in a post alone is no miss where it is absent, and no error where it is there.
    allowed["organisations"] += tuple(body for _, body, _ in triples("people") if body)
    return Gold(
        name=path.stem,
        path=text,
        entities={row: tuple(data.get(row, ())) for row in ENTITY_ROWS},
        optional=allowed,
        facts=tuple(map(read_fact, data["facts"])),
        facts_optional=tuple(data.get("facts_optional", ())),
        posts=triples("people"),
        people_optional=tuple(data.get("people_optional", ())),
        relations=triples("relations"),
        relations_optional=triples("relations_optional"),
    )


def read_gold_dir(folder: Path) -> tuple[Gold, ...]:
    """Every annotation of a folder, by name; a folder without any is an error."""
    found = tuple(read_gold(path) for path in sorted(folder.glob("*.json")))
    if not found:
        raise FileNotFoundError(f"no annotations (NAME.json beside NAME.txt) in {folder}")
    return found
