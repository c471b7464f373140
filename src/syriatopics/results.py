"""The shape of every result: a tidy table, what the reader must know of it, and a picture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["Result", "table_html"]


def table_html(table: pd.DataFrame, rows: int = 20) -> str:
    """Return a table as right-to-left HTML, every cell escaped."""
    shown = table.head(rows).to_html(
        index=False, escape=True, na_rep="", float_format="{:.3f}".format
    )
    more = f"<p>{len(table) - rows:,} more rows</p>" if len(table) > rows else ""
    return f'<div dir="rtl" lang="ar">{shown}{more}</div>'


@dataclass(frozen=True, eq=False, kw_only=True)
class Result:
    """Base of results.

    Attributes
    ----------
    table : DataFrame
        The result itself, one observation per row.
    notes : tuple of str
        What a reader must know: n, thin cells, fallbacks taken.
    """

    table: pd.DataFrame
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.table)

    def rounded(self, decimals: int = 6) -> Self:
        """Return the same result with its numbers rounded, as figures are drawn and saved."""
        return replace(self, table=self.table.round(decimals))

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the result into `ax`, or into a new figure."""
        raise TypeError(f"{type(self).__name__} has no picture.")  # pragma: no cover

    def _repr_html_(self) -> str:
        import html

        notes = "".join(f"<li>{html.escape(note)}</li>" for note in self.notes)
        return table_html(self.table) + (f'<ul dir="auto">{notes}</ul>' if notes else "")
