"""The graph into other stores: load."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.app import Output, app, fail, told


@app.command()
def load(
    url: Annotated[str, typer.Argument(help="Graph store of the target; with --update, its address for queries.")],
    output: Output = Path("output"),
    update: Annotated[
        str, typer.Option("--update", help="Its address for SPARQL updates, if it has no graph store.")
    ] = "",
    union: Annotated[
        str, typer.Option("--union", help="Also every triple once into this graph: default, or an IRI.")
    ] = "",
) -> None:
    """Load the graph into another triple store, one graph a document.

    Again, it sends what is new or changed, takes out what is gone, and goes on where it was cut off.
    A user and password are read from HUIMIN_USER and HUIMIN_PASSWORD.  docs/stores.md has the address of each store.

    Example:  kg load http://localhost:7878/store --union default
    """
    from rich.console import Console
    from rich.progress import Progress

    from kg.load import LoadError
    from kg.load import load as run
    from kg.load.targets import GraphStore, Updates
    from kg.store import open_store

    console = Console(stderr=True)
    with told(), Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("loading", total=None)
        store = open_store(output)
        try:
            target = Updates(url, update) if update else GraphStore(url)
            done = run(
                store,
                target,
                union or None,
                lambda name, i, n: progress.update(task, description=name[-16:], completed=i, total=n),
            )
        except LoadError as error:
            fail(str(error))
        except KeyboardInterrupt:
            typer.echo("kg: interrupted; the same command goes on from there", err=True)
            raise typer.Exit(130) from None
    typer.echo(f"graphs loaded {len(done.loaded)}, unchanged {len(done.unchanged)}, removed {len(done.removed)}")
