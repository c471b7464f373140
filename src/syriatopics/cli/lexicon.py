"""The command line for lexicons: what an entry changes, before it is written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from syriatopics.cli.options import Reading, reads_corpus
from syriatopics.errors import InputError

__all__ = ["lexicon"]

lexicon = typer.Typer(help="The lexicons: try an entry on a corpus.", no_args_is_help=True)
_AROUND = 40


@lexicon.callback()
def _about() -> None:
    """The lexicons: try an entry on a corpus."""


@lexicon.command("try")
@reads_corpus
def try_(
    reading: Reading,
    word: Annotated[str, typer.Argument(help="An entry: 'نازح*', 'حل (ال)سياسي'.")],
    corpus: Annotated[
        Path | None,
        typer.Option(help="A folder of texts or a table; by default the seeds of the package."),
    ] = None,
    name: Annotated[
        str, typer.Option("--lexicon", help="themes, naming, cues, names, …")
    ] = "themes",
    into: Annotated[
        str | None, typer.Option(help="The theme, label or verb that it is to stand for.")
    ] = None,
    weak: Annotated[bool, typer.Option("--weak", help="Counts beside another entry only.")] = False,
    part: Annotated[str, typer.Option(help="body, lead, headline, all.")] = "body",
    limit: Annotated[int, typer.Option(min=0, help="So many hits are shown of each kind.")] = 10,
) -> None:
    """Show the hits that an entry gains and loses, with their passages."""
    from syriatopics import load_seeds, open_corpus
    from syriatopics.framing.trial import try_entry

    if corpus is None:
        read = load_seeds()
    elif corpus.exists():
        read = open_corpus(corpus, **reading)
    else:
        raise InputError(f"No corpus at {corpus}.")
    trial = try_entry(word, read.passages(part=part), name, into, weak=weak)
    for note in trial.notes:
        typer.echo(note)
    for change, hits in trial.table.groupby("change"):
        typer.echo(f"\n{change}")
        for hit in hits.head(limit).itertuples():
            before = hit.text[max(0, hit.start - _AROUND) : hit.start]
            after = hit.text[hit.end : hit.end + _AROUND]
            found = f"{before}[{hit.text[hit.start : hit.end]}]{after}"
            typer.echo(f"  {_plain(hit.passage_id)}  {_plain(hit.entry)}  {_plain(found)}")
        if len(hits) > limit:
            typer.echo(f"  … {len(hits) - limit:,} more (--limit)")


def _plain(text: object) -> str:
    """Return one printable line: a text must not steer a terminal."""
    return "".join(c if c.isprintable() else " " for c in str(text))
