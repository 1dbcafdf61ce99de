"""Is the graph right: check, evaluate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.app import Output, app, fail, told


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
    from kg.files import write
    from kg.store import open_store

    with told():
        store = open_store(output)
        found = [*checks.shapes(store), *checks.amounts(store)]
        if source is not None:
            found += checks.quotes(store, source)
        found = checks.in_order(found)
        turtle = checks.turtle(store, found)
        write(output / "check.ttl", lambda out: out.write(turtle))
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
