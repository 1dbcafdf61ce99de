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
    prune: Annotated[
        bool, typer.Option("--prune", help="Take out the documents that are no longer in the folders given.")
    ] = False,
    place: Annotated[
        str,
        typer.Option("--place", help="Where the bodies are if a text does not say: 连云港市 for its local notices."),
    ] = "",
) -> None:
    """Read files or folders into the store, graph.ttl and graph.html.

    Again over the same folder, it reads what is new or changed; interrupted, it goes on where it was.

    Examples:  kg build data/page.txt -o output   ·   kg build news/ --prune   ·   kg build notices/ --place 连云港市
    """
    from kg.recognise.places import code_of

    if place and not code_of(place):
        fail(f"--place {place}: no province, city or county of that name is known, or several are")
    from rich.console import Console
    from rich.progress import Progress

    from kg.pipeline import build as run

    console = Console(stderr=True)
    with told(), Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("reading", total=None)
        try:
            summary = run(
                paths,
                output,
                lambda source, i, n: progress.update(task, description=source, completed=i, total=n),
                prune=prune,
                place=place,
            )
        except KeyboardInterrupt:
            typer.echo(
                "kg: interrupted; what was read is in the store, and the same command goes on from there", err=True
            )
            raise typer.Exit(130) from None
    for source, why in summary.failed.items():
        typer.echo(f"kg: {why if source in why else f'{source}: {why}'}", err=True)
    if len(summary.failed) < len(summary.failed) + len(summary.added + summary.replaced + summary.unchanged):
        _closing(summary, output)
    if summary.vanished and not summary.pruned:
        names = "、".join(summary.vanished[:5]) + ("…" if len(summary.vanished) > 5 else "")
        typer.echo(f"kg: no longer in the folder but still in the graph: {names}; --prune takes them out", err=True)
    if summary.failed:
        raise typer.Exit(2)


def _closing(summary: Summary, output: Path) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title="惠民 Huimin", show_header=False)
    for name in ("added", "replaced", "unchanged", "vanished", "failed"):
        what = "vanished, taken out" if name == "vanished" and summary.pruned else name
        table.add_row(f"documents {what}", str(len(getattr(summary, name))))
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
        store = open_store(output, writing=True)
        if not store.retract(file):
            near = [name for name in store.documents() if Path(name).name == Path(file).name]
            hint = f"; did you mean {min(near)}?" if near else ""
            fail(f"{file}: no document of that name is in the graph{hint}")
        publish(store, output)
    typer.echo(f"{file}: taken out")
