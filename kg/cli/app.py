"""The frame of the command: its name, its errors, and what every part of it shares."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from kg import __version__

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Huimin 惠民: who does what for whom, and with how much, from Chinese news and public notices.\n\n"
    "Start with:  kg build data/page.txt   then open output/graph.html, or ask:  kg query money-by-group",
)
Output = Annotated[Path, typer.Option("--output", "-o", help="Folder of the store, the Turtle and the page.")]


@contextmanager
def told() -> Iterator[None]:
    """Turn the errors a person can mend into one line."""
    from kg.crew import CrewError
    from kg.sources import SourceError
    from kg.store import StoreError

    try:
        yield
    except (CrewError, SourceError, StoreError) as error:
        fail(" ".join(str(error).split()))
    except BrokenPipeError:
        # whoever reads, as in `kg export -f nq | head`, has had enough; Python would complain again at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None
    except OSError as error:
        fail(f"{error.filename or 'output'}: {error.strerror or error}")


def fail(message: str) -> NoReturn:
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
