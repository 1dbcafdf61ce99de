"""Documents into the graph and out of it: build, retract."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.app import Output, app, fail, told

if TYPE_CHECKING:
    from kg.pipeline import Summary


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
def retract(
    file: Annotated[str, typer.Argument(help="A source as the graph names it: the path given to build.")],
    output: Output = Path("output"),
) -> None:
    """Take a document's facts out again; what other documents state stays.

    Example:  kg retract page.txt
    """
    from kg.pipeline import publish
    from kg.store import open_store

    with told():
        store = open_store(output)
        if not store.retract(file):
            fail(f"{file}: no document of that name is in the graph")
        publish(store, output)
    typer.echo(f"{file}: taken out")
