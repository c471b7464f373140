"""Options that several commands share."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from syriatopics.errors import InputError

__all__ = [
    "ColumnOption",
    "FilenamesOption",
    "MetadataOption",
    "OutletsOption",
    "PseudonymsOption",
    "columns_of",
    "in_words_of_the_command_line",
    "reads_corpus",
]

Reading = Mapping[str, Any]

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
PseudonymsOption = Annotated[
    Path | None,
    typer.Option(help="A file with your key (drawn where there is none): name nobody."),
]
# What read_corpus takes, as every command that reads a corpus takes it.
_READING: Mapping[str, tuple[Any, Any]] = {
    "column": (ColumnOption, None),
    "metadata": (MetadataOption, None),
    "outlets": (OutletsOption, None),
    "pages": (
        Annotated[
            Path | None,
            typer.Option(help="Where the pages are kept whose addresses the source lists."),
        ],
        None,
    ),
    "filenames": (FilenamesOption, None),
    "on_bad": (
        Annotated[str, typer.Option(help="skip, or error: whether one bad item ends the reading.")],
        "skip",
    ),
}


def reads_corpus(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of read_corpus, which it gets together, as its argument `reading`."""
    own = inspect.signature(command, eval_str=True).parameters.values()
    more = [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
        )
        for name, (annotation, default) in _READING.items()
    ]
    parameters = [*(p for p in own if p.name != "reading"), *more]

    @wraps(command)
    def run(**given: Any) -> None:
        reading = {name: given.pop(name) for name in _READING}
        command(**given, reading={"columns": columns_of(reading.pop("column")), **reading})

    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in parameters]
    )
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    return run


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
