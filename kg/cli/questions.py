"""Asking the graph and writing it out: query, export."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.app import Output, app, fail, told


@app.command()
def query(
    question: Annotated[str, typer.Argument(help="A shipped question's name, a .rq file, or SPARQL.")] = "",
    given: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME=VALUE]...", help="What the question is asked of.")
    ] = None,
    output: Output = Path("output"),
    form: Annotated[str, typer.Option("--format", "-f", help="table, csv, tsv or json.")] = "table",
    list_: Annotated[bool, typer.Option("--list", help="List the shipped questions.")] = False,
) -> None:
    """Ask the store: a shipped question, a file, or SPARQL.

    Examples:  kg query --list   ·   kg query money-by-organisation   ·   kg query money-of payer=西安市总工会
    kg query 'SELECT * { ?s a hm:Money } LIMIT 3'
    """
    from kg import ontology
    from kg.store import open_store

    if list_ or not question:
        for name, path in ontology.queries().items():
            asked = "".join(f" {p}=…" for p in ontology.query_parameters(path.read_text(encoding="utf-8")))
            typer.echo(f"{name + asked:28} {ontology.query_title(path, 'zh')} · {ontology.query_title(path, 'en')}")
        return
    with told():
        if form not in ("table", "csv", "tsv", "json"):
            fail(f"no such format: {form}; there are table, csv, tsv and json")
        try:
            sparql = ontology.asked_of(_sparql(question), _values(given or []))
        except ValueError as error:
            fail(str(error))
        _show(open_store(output).query(sparql), form)


def _values(given: list[str]) -> dict[str, str]:
    """NAME=VALUE, as given on the command line."""
    pairs = [part.partition("=") for part in given]
    for name, sign, value in pairs:
        if not (name and sign and value):
            fail(f"{name!r} is no NAME=VALUE; a question is one word, or in quotation marks")
    return {name: value for name, _, value in pairs}


def _sparql(question: str) -> str:
    from kg import ontology

    shipped = ontology.queries().get(question)
    if shipped is not None:
        return shipped.read_text(encoding="utf-8")
    if question.endswith(".rq"):
        return Path(question).read_text(encoding="utf-8")
    if " " not in question:
        fail(f"no shipped question is named {question!r}; `kg query --list` names them")
    return question


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
    form: Annotated[str, typer.Option("--format", "-f", help="Which format; they are listed above.")],
    output: Output = Path("output"),
    to: Annotated[Path | None, typer.Option("--to", help="File to write; standard output without it.")] = None,
    stated: Annotated[
        bool, typer.Option("--stated", help="Only what the documents state, without what follows from several.")
    ] = False,
) -> None:
    """Write the graph in another format.

    For triple stores: nq, trig (a graph a document), nt, ttl, xml (RDF/XML) and jsonld (the union).
    For Gephi: gexf, graphml.  For spreadsheets: csv, a row an amount.  For Neo4j: neo4j, a ZIP of tables.

    Examples:  kg export -f nq --to graph.nq   ·   kg export -f csv > amounts.csv   ·   kg export -f ttl --stated
    """
    from kg.export import FORMATS
    from kg.files import write
    from kg.pipeline import stated_only
    from kg.store import open_store

    if form not in FORMATS:
        fail(f"no such format: {form}; there are {', '.join(FORMATS)}")
    if form == "neo4j" and to is None and sys.stdout.isatty():
        fail("a ZIP is nothing to read on a terminal; --to graph.zip writes it to a file")
    with told(), stated_only(output) if stated else nullcontext(open_store(output)) as store:
        if to is None:
            FORMATS[form](store, sys.stdout.buffer)
            sys.stdout.flush()
        else:
            write(to, lambda out: FORMATS[form](store, out))
