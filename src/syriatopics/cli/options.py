"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from syriatopics.errors import InputError

__all__ = ["ColumnOption", "MetadataOption", "OutletsOption", "columns_of"]

ColumnOption = Annotated[
    list[str] | None,
    typer.Option("--column", help="A field and its column: --column text=corps. Repeatable."),
]
MetadataOption = Annotated[Path | None, typer.Option(help="A sidecar, csv or toml.")]
OutletsOption = Annotated[
    Path | None, typer.Option(help="Your own outlets and agencies, a toml file.")
]


def columns_of(asked: list[str] | None) -> dict[str, str | None] | None:
    """Read ``field=column``; an empty column leaves the field out."""
    if asked is None:
        return None
    for item in asked:
        if "=" not in item:
            raise InputError(f"--column {item!r}: write it as field=column.")
    return {field: column or None for field, _, column in (item.partition("=") for item in asked)}
