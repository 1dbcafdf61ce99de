"""A text read without storing anything: extract, explain."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from kg.cli.app import app, fail, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Document
    from kg.sources import SourceError


@app.command()
def extract(
    file: Annotated[str, typer.Argument(help="A file of any kind that is read, or - for standard input.")],
    lines: Annotated[bool, typer.Option("--lines", help="Every line is a document of its own.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a document.")] = False,
) -> None:
    """Show the mentions, measures and links of a text, without storing anything.

    Example:  echo '杭州市总工会投入80万元慰问一线职工。' | kg extract -
    """
    from kg.reading import extract as read
    from kg.reading import read_document
    from kg.report import as_json as plain
    from kg.sources import SourceError

    missed = []
    for document in _given(file):
        if isinstance(document, SourceError):
            missed.append(document)
        elif lines:
            for part in _lines(document.text):
                _show(plain(document.source, read(part) if part.strip() else ()), as_json)
        else:
            _show(plain(document.source, read_document(document)), as_json)
    for error in missed:
        typer.echo(f"kg: {error}", err=True)
    if missed:
        raise typer.Exit(2)


def _given(file: str) -> Iterator[Document | SourceError]:
    """The documents of the file, or of standard input."""
    from kg.sources import documents, find, opened

    if file == "-":
        yield from opened(sys.stdin.buffer.read(), "-", "standard input")
        return
    with told():
        found, _ = find([Path(file)])
    for path, source in found:
        yield from documents(path, file if path == Path(file) else source)


def _show(found: dict[str, Any], as_json: bool) -> None:
    with told():
        typer.echo(_json_line(found) if as_json else _plainly(found))


def _lines(text: str) -> list[str]:
    """The lines as `wc -l` counts them: str.splitlines also breaks at form feeds and the like."""
    return [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")]


def _json_line(found: dict[str, Any]) -> str:
    """JSON that is one line for every reader, also for those that break lines at U+0085, U+2028 and U+2029."""
    written = json.dumps(found, ensure_ascii=False)
    return re.sub("[\x85\u2028\u2029]", lambda m: f"\\u{ord(m.group()):04x}", written)


def _plainly(found: dict[str, Any]) -> str:
    out = []
    for article in found["articles"]:
        out.append(f"# {article['title']}")
        out += [
            f"  {m['type']:18}{m['text']}" + (f"  = {m['entity']}" if m["entity"] else "") for m in article["mentions"]
        ]
        for m in article["measures"]:
            amounts = "、".join(a["text"] for a in m["amounts"])
            who, whom = "、".join(m["agents"]), "、".join(m["beneficiaries"])
            told = ", ".join(filter(None, (m["status"], m["modality"])))
            out.append(f"  → {who} 向 {whom or '…'}: {amounts} ({told}, {m['kind'] or '—'})")
        out += [f"  → {link['subject']} {link['predicate']} {link['object']}" for link in article["links"]]
    return "\n".join(out)


@app.command()
def explain(
    sentence: Annotated[str, typer.Argument(help="A Chinese sentence, or several.")],
    tokeniser: Annotated[
        str, typer.Option(help="Which engine shows the words: rjieba, or jieba to compare.")
    ] = "rjieba",
) -> None:
    """Say why a sentence is read as it is.

    Its words, the mentions with what found each, every clause with its mentions masked, the rules that fired on it,
    how the agents are known and what told what each amount is for.

    Example:  kg explain '由北京市总工会主办的“送清凉”活动,为15万名一线职工提供服务。'
    """
    from kg.explain import explain as lines
    from kg.language.tokens import ENGINES

    if tokeniser not in ENGINES:
        fail(f"no such tokeniser: {tokeniser}; there are {', '.join(sorted(ENGINES))}")
    for line in lines(sentence, cast(Any, tokeniser)):
        typer.echo(line)
