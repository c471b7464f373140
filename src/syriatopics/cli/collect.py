"""The command line for collecting: from an outlet's address to a folder that is read as a corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["collect"]

_REPORT = "report"


def collect(
    outlet: Annotated[
        str,
        typer.Argument(
            help="An id of the outlets lexicon, an address (https://…), a .toml of an outlet; or: report."
        ),
    ],
    folder: Annotated[Path, typer.Argument(help="Where it is kept; pages/ in it is the corpus.")],
    contact: Annotated[
        str | None,
        typer.Option(help="A mail address or page: who collects, for the outlet to see."),
    ] = None,
    since: Annotated[str | None, typer.Option(help="Published on this day or later.")] = None,
    until: Annotated[str | None, typer.Option(help="Published on this day or before.")] = None,
    include: Annotated[
        list[str] | None, typer.Option(help="Addresses like '*/syria/*' only. Repeatable.")
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option(help="No addresses like '*/sport/*'. Repeatable.")
    ] = None,
    query: Annotated[
        list[str] | None, typer.Option(help="Articles with this word or phrase. Repeatable.")
    ] = None,
    source: Annotated[
        list[str] | None,
        typer.Option(
            help="addresses, feeds, sitemaps, wordpress, sections; by name only: wayback, commoncrawl."
        ),
    ] = None,
    delay: Annotated[float, typer.Option(help="Seconds between two requests to a host.")] = 2.0,
    pages: Annotated[int, typer.Option(help="The run ends after so many requests.")] = 100_000,
    hours: Annotated[float, typer.Option(help="Or after so many hours.")] = 24.0,
    update: Annotated[bool, typer.Option("--update", help="Ask for what is new since.")] = False,
) -> None:
    """Collect an outlet's articles, politely; go on if killed. `collect report FOLDER` says what came."""
    from syriatopics.collecting import Limits
    from syriatopics.collecting import collect as run

    if outlet == _REPORT:
        report(folder)
        return
    options = {
        "contact": contact, "since": since, "until": until, "include": tuple(include or ()),
        "exclude": tuple(exclude or ()), "query": tuple(query or ()), "sources": tuple(source or ()),
    }  # fmt: skip
    limits = Limits(delay=delay, pages=pages, hours=hours)
    found = run(outlet, folder, update=update, limits=limits, tell=typer.echo, **options)  # type: ignore[arg-type]
    states = found.table["state"].value_counts()
    typer.echo(f"Ended: {found.ended}.")
    typer.echo(", ".join(f"{n:,} {state}" for state, n in states.items()) or "no address was named")
    if states.get("kept", 0):
        typer.echo(f"Next: syriatopics new STUDY --corpus {found.pages}")


def report(folder: Path) -> None:
    """Say what was named, what came, and what did not."""
    from syriatopics.collecting import open_collection

    found = open_collection(folder).coverage
    for line in found.sentences():
        typer.echo(line)
    for table in (found.table, found.reasons, found.sources, found.gaps, found.missed):
        if len(table):
            typer.echo(f"\n{table.to_string(index=False)}")
    for note in found.notes:
        typer.echo(f"note: {note}")
