"""Documents into the graph and out of it: build, retract."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.app import Output, app, fail, told

_SHOWN = 20  # faults that are told one by one
NoTexts = Annotated[
    bool, typer.Option("--no-texts", help="The page holds quotes only, for who may not pass the texts on.")
]

if TYPE_CHECKING:
    from kg.pipeline import Summary


class Engine(StrEnum):
    """Where documents are read."""

    LOCAL = "local"
    SPARK = "spark"


@app.command()
def build(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATHS...", help="Files of any kind that is read, folders of them, or - for standard input."
        ),
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", help="Folder of the store, the Turtle and the page.")
    ] = "output",
    prune: Annotated[
        bool, typer.Option("--prune", help="Take out the documents that are no longer in the folders given.")
    ] = False,
    place: Annotated[
        str,
        typer.Option("--place", help="Where the bodies are if a text does not say: 连云港市 for its local notices."),
    ] = "",
    date: Annotated[
        str, typer.Option("--date", help="When they were told if a text does not say, as 2024-03-01: what 今年 means.")
    ] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many MB of text one document may hold.")] = 20,
    no_texts: NoTexts = False,
    page: Annotated[
        bool, typer.Option("--page", help="Make the page anew, which of a graph of over 300,000 triples takes seconds.")
    ] = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help="How many processes read; 0: one a core.")] = 0,
    engine: Annotated[
        Engine, typer.Option("--engine", help="spark: on a Spark cluster, into shards of N-Quads; needs huimin[spark].")
    ] = Engine.LOCAL,
) -> None:
    """Read files or folders into the store, graph.ttl and graph.html.

    Reads plain text and Markdown, web pages, Word (.docx), PDF, mails (.eml, .mht), and a document a row of JSON lines, CSV
    and sheets with a column named text or 正文; all of these also in .zip, .gz and .zst; scans with huimin[ocr].  What
    cannot be read is told, and listed in failures.csv.

    Again over the same folder, it reads what is new or changed; interrupted, it goes on where it was.

    With --engine spark, paths and output are whatever Spark reaches (hdfs:, s3a:), as its own configuration says.

    Examples:  kg build data/page.txt -o output   ·   kg build news/ --prune   ·   kg build notices/ --place 连云港市   ·   cat 通知.html | kg build -
    """
    from kg.language.dates import day
    from kg.recognise.places import code_of

    if place and not code_of(place):
        fail(f"--place {place}: no province, city or county of that name is known, or several are")
    if date and day(date) != date:
        fail(f"--date {date}: no day; write it as 2024-03-01")
    with told():
        if engine is Engine.SPARK:
            if prune or page or no_texts or jobs or "-" in paths:
                fail(
                    "--engine spark makes all anew from files, and no page: --prune, --page, --no-texts, --jobs and - say nothing to it"
                )
            _on_spark(paths, output, place, date, limit * 1_000_000)
            return
        summary = _here(
            paths,
            Path(output),
            prune=prune,
            place=place,
            date=date,
            limit=limit * 1_000_000,
            texts=not no_texts,
            page=page,
            jobs=jobs,
        )
    _missed(summary, Path(output))
    if summary.added or summary.replaced or summary.unchanged:
        _closing(summary, Path(output))
    if summary.vanished and not summary.pruned:
        names = "、".join(summary.vanished[:5]) + ("…" if len(summary.vanished) > 5 else "")
        typer.echo(f"kg: no longer in the folder but still in the graph: {names}; --prune takes them out", err=True)
    if summary.failed:
        raise typer.Exit(2)


def _here(paths: list[str], output: Path, *, jobs: int, **wishes: Any) -> Summary:
    """A build on this machine, with a bar that says how far it is."""
    from rich.console import Console
    from rich.progress import Progress

    from kg.crew import cores
    from kg.pipeline import build as run

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("reading", total=None)

        def heard(source: str, done: float, files: int) -> None:
            progress.update(task, description=source, completed=done, total=files)

        try:
            return run(paths, output, heard, jobs=jobs or cores(), **wishes)
        except KeyboardInterrupt:
            typer.echo(
                "kg: interrupted; what was read is in the store, and the same command goes on from there", err=True
            )
            raise typer.Exit(130) from None


def _on_spark(paths: list[str], output: str, place: str, date: str, limit: int) -> None:
    """The job on the cluster that Spark's configuration names."""
    try:
        from kg import spark
    except ImportError as error:
        fail(f"--engine spark needs PySpark, and Java 17: pip install 'huimin[spark]' ({error})")
    from kg.describe import Given

    made = spark.build(paths, output, Given(place, date), limit)
    typer.echo(f"{made.documents:,} documents, {made.quads:,} quads: {output}/quads, in order and each once")
    typer.echo(f"amounts: {output}/amounts   texts: {output}/texts   not read, {made.failed:,}: {output}/failures")
    if made.failed:
        raise typer.Exit(2)


def _missed(summary: Summary, output: Path) -> None:
    """A line for each of the first faults; all stand in the table."""
    for error in summary.failed[:_SHOWN]:
        typer.echo(f"kg: {error}", err=True)
    if len(summary.failed) > _SHOWN:
        typer.echo(f"kg: and {len(summary.failed) - _SHOWN:,} more that could not be read", err=True)
    if summary.failed or summary.left:
        typer.echo(f"kg: what was not read, and the way out: {output / 'failures.csv'}", err=True)


def _closing(summary: Summary, output: Path) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title="惠民 Huimin", show_header=False)
    for name in ("added", "replaced", "unchanged", "vanished", "failed"):
        what = "vanished, taken out" if name == "vanished" and summary.pruned else name
        table.add_row(f"documents {what}", str(len(getattr(summary, name))))
    if summary.left:
        table.add_row("files without text", str(len(summary.left)))
    for name, count in summary.counts.items():
        table.add_row(name if name == "triples" else f"{name.lower()}s", f"{count:,}")
    page = str(output / "graph.html")
    table.add_row("page", f"{page}, of an earlier state; --page makes it anew" if summary.page_is_old else page)
    table.add_row("Turtle", str(output / "graph.ttl"))
    Console().print(table)


@app.command()
def retract(
    file: Annotated[str, typer.Argument(help="A source as the graph names it: the path given to build.")],
    output: Output = Path("output"),
    no_texts: NoTexts = False,
) -> None:
    """Take a document's facts out again; what other documents state stays.

    Example:  kg retract page.txt
    """
    from kg.publication import Publication
    from kg.store import open_store

    with told():
        store = open_store(output, writing=True)
        publication = Publication(store, output)
        if not store.retract(file):
            near = [name for name in store.documents() if Path(name).name == Path(file).name]
            hint = f"; did you mean {min(near)}?" if near else ""
            fail(f"{file}: no document of that name is in the graph{hint}")
        published = publication.bring_up_to_date(texts=not no_texts)
    old = f"; {output / 'graph.html'} shows an earlier state" if published.page_is_old else ""
    typer.echo(f"{file}: taken out{old}")
