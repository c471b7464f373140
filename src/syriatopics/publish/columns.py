"""What columns mean: their headings in a paper, how their cells are printed, the data dictionary."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict

from syriatopics.publish.model import Language

__all__ = ["Column", "column", "dictionary", "printed"]

Kind = Literal["text", "count", "number", "p"]
_SMALLEST_P = 0.0005


class Column(BaseModel):
    """A column: its headings, the kind of its cells, what it means."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    en: str
    ar: str
    kind: Kind = "text"
    means: str = ""

    def heading(self, language: Language) -> str:
        """The heading in a language."""
        return self.en if language == "en" else self.ar


def column(name: str) -> Column:
    """Return what is known of a column; an unknown one is called as it is, and printed as it stands."""
    return _columns().get(name) or Column(en=name, ar=name)


@cache
def _columns() -> dict[str, Column]:
    with (files("syriatopics.publish") / "assets" / "columns.toml").open("rb") as file:
        return {name: Column(**entry) for name, entry in tomllib.load(file).items()}


def printed(cell: str, kind: Kind) -> str:
    """Print a cell of a table, which the csv holds with six decimals.

    Examples
    --------
    >>> printed("0.243936", "number"), printed("4986", "count"), printed("0.000012", "p")
    ('0.244', '4,986', '< 0.001')
    """
    try:
        value = float(cell)
    except ValueError:
        return cell
    if kind == "text":
        return cell
    if value != value:
        return ""
    if kind == "p" and value < _SMALLEST_P:
        return "< 0.001"
    return f"{value:,.0f}" if kind == "count" and value == int(value) else f"{value:,.3f}"


def dictionary(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the data dictionary of tables: ``file, column, kind, en, ar, meaning``."""
    rows = [
        (f"{name}.csv", header, column(header).kind, column(header).en, column(header).ar,
         column(header).means)
        for name, table in tables.items()
        for header in table.columns
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["file", "column", "kind", "en", "ar", "meaning"])
