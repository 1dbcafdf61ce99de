"""Write docs/ontology.md, the ontology as tables in both languages; with --check, only say whether it is up to date."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg import ontology
from kg.ontology import Term

TARGET = Path(__file__).resolve().parent / "ontology.md"

HEAD = f"""\
# The ontology · 惠民本体

<!-- Written by docs/make_ontology.py from ontology/huimin.ttl and ontology/queries/; change those, then run it. -->

The prefix `hm:` is <{ontology.HM}>; names without a prefix are in it. Individuals live under <{ontology.BASE}>.
What a well-formed graph looks like stands in `ontology/shapes.ttl` (SHACL).

前缀 `hm:` 为 <{ontology.HM}>，无前缀的名称皆属之；个体位于 <{ontology.BASE}> 之下。
图应满足的约束见 `ontology/shapes.ttl`（SHACL）。
"""


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """The lines of a Markdown table.

    >>> list(table(("a", "b"), [("1", "2")]))
    ['| a | b |', '| --- | --- |', '| 1 | 2 |', '']
    """
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
    yield ""


def names(values: Iterable[str]) -> str:
    """Names set as code, in one cell."""
    return ", ".join(f"`{value}`" for value in values)


def words(term: Term) -> tuple[str, str]:
    """What a term means, in Chinese and in English."""
    return (
        f"**{term.labels['zh']}** {term.comments['zh']}",
        f"**{term.labels['en']}** {term.comments['en']}",
    )


def tables() -> Iterator[str]:
    """The sections of the page, line by line."""
    own = [term for term in ontology.terms() if ":" not in term.name]
    of = {
        sort: [term for term in own if term.sort == sort]
        for sort in ("class", "property", "status", "modality", "flow", "omission", "kind")
    }
    yield "## Classes · 类\n"
    yield from table(
        ("class", "中文", "English", "sub-class of · 上位类"),
        ((f"`{t.name}`", *words(t), names(t.parents)) for t in of["class"]),
    )
    yield "## Properties · 属性\n"
    yield from table(
        ("property", "中文", "English", "of · 主语", "leads to · 宾语"),
        ((f"`{t.name}`", *words(t), names(t.domain), names(t.range)) for t in of["property"]),
    )
    yield "## Status of a measure · 状态\n"
    yield from table(("status", "中文", "English"), ((f"`{t.name}`", *words(t)) for t in of["status"]))
    yield "## Modality of a measure · 语气\n"
    yield from table(("modality", "中文", "English"), ((f"`{t.name}`", *words(t)) for t in of["modality"]))
    yield "## Kinds of measures · 举措类别\n"
    yield from table(("kind", "中文", "English"), ((f"`{t.name}`", *words(t)) for t in of["kind"]))
    yield "## Terms of other vocabularies · 借用的术语\n"
    yield from table(
        ("term", "中文", "English"), ((f"`{t.name}`", *words(t)) for t in ontology.terms() if ":" in t.name)
    )
    yield "## Questions · 查询\n"
    yield "Each is a file in `ontology/queries/` and runs with `kg query NAME`.\n"
    yield from table(
        ("name", "中文", "English"),
        (
            (f"`{name}`", ontology.query_title(path, "zh"), ontology.query_title(path, "en"))
            for name, path in ontology.queries().items()
        ),
    )


def page() -> str:
    """The whole page."""
    return HEAD + "\n" + "\n".join(tables()).rstrip("\n") + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Write the page, or with --check compare it: 0 when it is up to date, 1 when it is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if the page is stale")
    if not parser.parse_args(arguments).check:
        TARGET.write_text(page(), encoding="utf-8")
        return 0
    if TARGET.is_file() and TARGET.read_text(encoding="utf-8") == page():
        return 0
    print(f"{TARGET.name} is stale: run docs/make_ontology.py")
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
