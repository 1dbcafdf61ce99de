"""The command: the only module that parses arguments, prints, or opens output files."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from kg import __version__

if TYPE_CHECKING:
    from kg.pipeline import Summary
    from kg.store import Store

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Huimin 惠民: who does what for whom, and with how much, from Chinese news and public notices.\n\n"
    "Start with:  kg build data/page.txt   then open output/graph.html, or ask:  kg query money-by-group",
)
Output = Annotated[Path, typer.Option("--output", "-o", help="Folder of the store, the Turtle and the page.")]


def main() -> None:
    """Run the command; what a person did wrong is one line on stderr and exit code 2."""
    app()


@contextmanager
def told() -> Iterator[None]:
    """Turn the errors a person can mend into one line."""
    from kg.sources import SourceError
    from kg.store import StoreError

    try:
        yield
    except (SourceError, StoreError) as error:
        fail(" ".join(str(error).split()))
    except OSError as error:
        fail(f"{error.filename or 'output'}: {error.strerror or error}")


def fail(message: str) -> None:
    """Say it on stderr and leave with exit code 2."""
    typer.echo(f"kg: {message}", err=True)
    raise typer.Exit(2)


def version(asked: bool) -> None:
    """Print the version and leave."""
    if asked:
        typer.echo(f"huimin {__version__}")
        raise typer.Exit


@app.callback()
def options(
    show: Annotated[
        bool, typer.Option("--version", callback=version, is_eager=True, help="Say which version.")
    ] = False,
) -> None:
    """Options before a command."""


@app.command()
def build(
    paths: Annotated[list[Path], typer.Argument(help="Text files, or folders of them.")],
    output: Output = Path("output"),
) -> None:
    """Read files or folders into the store, graph.ttl and graph.html.

    Example:  kg build data/page.txt -o output
    """
    from rich.console import Console
    from rich.progress import Progress

    from kg.pipeline import build as run

    console = Console(stderr=True)
    with told(), Progress(console=console, transient=True) as progress:
        task = progress.add_task("reading", total=None)
        summary = run(
            paths, output, lambda source, i, n: progress.update(task, description=source, completed=i, total=n)
        )
    for source, why in summary.failed.items():
        typer.echo(f"kg: {why if source in why else f'{source}: {why}'}", err=True)
    if len(summary.failed) < len(summary.failed) + len(summary.added + summary.replaced + summary.unchanged):
        _closing(summary, output)
    if summary.failed:
        raise typer.Exit(2)


def _closing(summary: Summary, output: Path) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title="惠民 Huimin", show_header=False)
    for name in ("added", "replaced", "unchanged", "failed"):
        table.add_row(f"documents {name}", str(len(getattr(summary, name))))
    for name, count in summary.counts.items():
        table.add_row(name if name == "triples" else f"{name.lower()}s", f"{count:,}")
    table.add_row("page", str(output / "graph.html"))
    table.add_row("Turtle", str(output / "graph.ttl"))
    Console().print(table)


@app.command()
def query(
    question: Annotated[str, typer.Argument(help="A shipped question's name, a .rq file, or SPARQL.")] = "",
    output: Output = Path("output"),
    form: Annotated[str, typer.Option("--format", "-f", help="table, csv, tsv or json.")] = "table",
    list_: Annotated[bool, typer.Option("--list", help="List the shipped questions.")] = False,
) -> None:
    """Ask the store: a shipped question, a file, or SPARQL.

    Examples:  kg query --list   ·   kg query money-by-group   ·   kg query 'SELECT * { ?s a hm:Money } LIMIT 3'
    """
    from kg import ontology
    from kg.store import open_graph

    if list_ or not question:
        for name, path in ontology.queries().items():
            typer.echo(f"{name:28} {ontology.query_title(path, 'zh')} · {ontology.query_title(path, 'en')}")
        return
    with told():
        if form not in ("table", "csv", "tsv", "json"):
            fail(f"no such format: {form}; there are table, csv, tsv and json")
        sparql = _sparql(question)
        _show(open_graph(output).query(sparql), form)


def _sparql(question: str) -> str:
    from kg import ontology

    shipped = ontology.queries().get(question)
    if shipped is not None:
        return shipped.read_text(encoding="utf-8")
    if question.endswith(".rq"):
        return Path(question).read_text(encoding="utf-8")
    if " " not in question:
        fail(f"no shipped question is named {question!r}; `kg query --list` names them")
    named = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in ontology.prefixes().items())
    return named + question


def _show(result: Any, form: str) -> None:
    from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, serialize
    from rich.console import Console
    from rich.table import Table

    if isinstance(result, QueryBoolean):
        typer.echo("true" if result else "false")
    elif not isinstance(result, QuerySolutions):
        sys.stdout.buffer.write(serialize(result, format=RdfFormat.TURTLE) or b"")
    elif form != "table":
        formats = {"csv": QueryResultsFormat.CSV, "tsv": QueryResultsFormat.TSV, "json": QueryResultsFormat.JSON}
        sys.stdout.buffer.write(result.serialize(format=formats[form]) or b"")
    else:
        table = Table()
        for variable in result.variables:
            table.add_column(variable.value, overflow="fold")
        for row in result:
            table.add_row(*("" if cell is None else cell.value for cell in row))
        Console().print(table)


@app.command()
def export(
    form: Annotated[str, typer.Option("--format", "-f", help="csv, graphml, jsonld, nq, nt, trig or ttl.")],
    output: Output = Path("output"),
    to: Annotated[Path | None, typer.Option("--to", help="File to write; standard output without it.")] = None,
) -> None:
    """Write the graph in another format.

    Examples:  kg export -f nq --to graph.nq   ·   kg export -f csv > amounts.csv
    """
    from kg.export import FORMATS
    from kg.pipeline import write
    from kg.store import open_graph

    if form not in FORMATS:
        fail(f"no such format: {form}; there are {', '.join(FORMATS)}")
    with told():
        data = FORMATS[form](open_graph(output))
        if to is None:
            sys.stdout.buffer.write(data)
        else:
            write(to, data)


@app.command()
def extract(
    file: Annotated[str, typer.Argument(help="A text file, or - for standard input.")],
    lines: Annotated[bool, typer.Option("--lines", help="Every line is a document of its own.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a document.")] = False,
) -> None:
    """Show the mentions, measures and links of a text, without storing anything.

    Example:  echo '杭州市总工会投入80万元慰问一线职工。' | kg extract -
    """
    from kg.reading import extract as read
    from kg.report import as_json as plain
    from kg.sources import read as read_file
    from kg.sources.text import decode

    with told():
        if file == "-":
            name, text = "-", decode(sys.stdin.buffer.read(), "standard input")[0]
        else:
            name, text = file, read_file(Path(file), file).text
    for part in _lines(text) if lines else [text]:
        found = plain(name, read(part) if part.strip() else ())
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
            out.append(f"  → {who} 向 {whom or '…'}: {amounts} ({m['status']}, {m['kind'] or '—'})")
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


@app.command()
def check(
    output: Output = Path("output"),
    source: Annotated[Path | None, typer.Option(help="Folder of the source files, to compare quotes.")] = None,
) -> None:
    """Check the graph: SHACL shapes, sums, shares and ranges, and with --source every quote against its file.

    What is found is listed and written to check.ttl; exit code 1 if anything contradicts.

    Example:  kg check --source data
    """
    from kg import check as checks
    from kg.pipeline import write
    from kg.store import open_graph

    with told():
        store: Store = open_graph(output)
        found = [*checks.shapes(store), *checks.amounts(store)]
        if source is not None:
            found += checks.quotes(store, source)
        found = checks.in_order(found)
        write(output / "check.ttl", checks.turtle(store, found))
        places = checks.places(store, found)
    for finding in found:
        typer.echo(f"{finding.check}: {finding.message.partition(' — ')[0]}")
        known = [places[p] for p in finding.evidence if p in places]
        for place in sorted(known, key=lambda p: (p.source, p.start, p.end)):
            typer.echo(f"    {place.source} {place.start}–{place.end} “{place.quote}”")
        if not known:
            typer.echo(f"    {finding.node}")
    wrong, doubtful, right = (sum(f.severity == s for f in found) for s in ("violation", "warning", "info"))
    if not wrong:
        typer.echo("The graph conforms.")
    typer.echo(f"{wrong} contradictions and violations, {doubtful} doubtful, {right} confirmed")
    if wrong:
        raise typer.Exit(1)


@app.command()
def retract(
    file: Annotated[str, typer.Argument(help="A source as the graph names it: the path given to build.")],
    output: Output = Path("output"),
) -> None:
    """Take a document's facts out again; what other documents state stays.

    Example:  kg retract page.txt
    """
    from kg.pipeline import publish
    from kg.store import open_graph

    with told():
        store = open_graph(output)
        if not store.retract(file):
            fail(f"{file}: no document of that name is in the graph")
        publish(store, output)
    typer.echo(f"{file}: taken out")


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Folder of NAME.txt and NAME.json pairs.")],
    misses: Annotated[bool, typer.Option("--misses", help="List what was missed and what was spurious.")] = False,
) -> None:
    """Compare with annotated texts: precision, recall and F1 of every type and slot.

    Example:  kg evaluate tests/gold/seed --misses
    """
    from rich.console import Console

    from kg.evaluate import evaluate as run

    if not gold.is_dir():
        fail(f"{gold}: no such folder")
    with told():
        run(gold).render(Console(), misses=misses)
