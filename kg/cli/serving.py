"""The graph over HTTP: serve."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.app import Output, app, fail, told


@app.command()
def serve(
    output: Output = Path("output"),
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for others on your network.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = 7979,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds that one query may take.")] = 30.0,
    limit: Annotated[int, typer.Option(min=1, help="Rows or triples that one answer may have.")] = 100_000,
    origin: Annotated[
        list[str] | None,
        typer.Option(
            help="A web site whose pages may ask, too: https://yasgui.example; * for all. Several are allowed."
        ),
    ] = None,
) -> None:
    """Serve the graph on this machine: pages to explore it and to ask it, and a SPARQL endpoint, all read-only.

    The graph may be built on while it is served; answers follow. Ctrl-C ends it.

    Example:  kg serve   then open http://127.0.0.1:7979/
    """
    from kg.store import open_store

    with told():
        open_store(output)
        try:
            from kg.serve.app import application
            from kg.serve.pool import Limits
            from kg.serve.server import run
        except ModuleNotFoundError as error:
            fail(f"the package {error.name} is not installed; pip install 'huimin[serve]' brings it")
        listening = run(application(output / "store", Limits(timeout, limit), origin or ()), host, port)
        address = next(listening)
        typer.echo(f"Explore  {address}/\nAsk      {address}/query\nSPARQL   {address}/sparql\nCtrl-C ends it.")
        for _ in listening:
            pass
