"""Options that several commands share."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from syriatopics.errors import InputError

__all__ = [
    "ColumnOption",
    "FilenamesOption",
    "MetadataOption",
    "OutletsOption",
    "PagesOption",
    "columns_of",
    "in_words_of_the_command_line",
]

_COLUMNS = re.compile(r"columns=\{'(\w+)': (?:None|…|'([^']*)')\}")
_KEYWORDS = re.compile(r"\b(metadata|pages|outlets|filenames)=(?=…)")

ColumnOption = Annotated[
    list[str] | None,
    typer.Option("--column", help="A field and its column: --column text=corps. Repeatable."),
]
FilenamesOption = Annotated[
    str | None,
    typer.Option(
        help="What the names of files say: {outlet}_{date}; * stands for what means nothing."
    ),
]
MetadataOption = Annotated[Path | None, typer.Option(help="A sidecar, csv or toml.")]
OutletsOption = Annotated[
    Path | None, typer.Option(help="Your own outlets and agencies, a toml file.")
]
PagesOption = Annotated[
    Path | None,
    typer.Option(help="Where the pages are kept whose addresses the source lists."),
]


def in_words_of_the_command_line(message: str) -> str:
    """Say a way out as it is written on the command line: --column for columns=.

    Examples
    --------
    >>> in_words_of_the_command_line("Say which with columns={'text': …}.")
    'Say which with --column text=….'
    """
    said = _COLUMNS.sub(lambda found: f"--column {found[1]}={found[2] or _left(found[0])}", message)
    return _KEYWORDS.sub(r"--\1 ", said)


def _left(asked: str) -> str:
    return "…" if "…" in asked else ""


def columns_of(asked: list[str] | None) -> dict[str, str | None] | None:
    """Read ``field=column``; an empty column leaves the field out."""
    if asked is None:
        return None
    for item in asked:
        if "=" not in item:
            raise InputError(f"--column {item!r}: write it as field=column.")
    return {field: column or None for field, _, column in (item.partition("=") for item in asked)}
