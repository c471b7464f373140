"""The shape of every result: a tidy table, what the reader must know of it, and a picture."""

from __future__ import annotations

import html
import numbers
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["Result", "Shown", "round_table", "show", "table_html"]

_LONGEST = 300


def table_html(
    table: pd.DataFrame, rows: int = 20, index: bool = False, ends: Collection[str] = ()
) -> str:
    """Return a table as right-to-left HTML.

    Every cell is escaped, and takes its own direction from what it holds: an id or a date
    keeps its order among Arabic.

    Parameters
    ----------
    table : DataFrame
    rows : int
        How many rows are shown; the number of the others is said.
    index : bool
        Whether the index is shown as the first column.
    ends : collection of str
        Columns whose text ends at the side of the next column, as what comes before a word.

    Examples
    --------
    >>> import pandas as pd
    >>> "&lt;b&gt;" in table_html(pd.DataFrame({"text": ["<b>سوريا</b>"]}))
    True
    """
    shown = table.head(rows).reset_index() if index else table.head(rows)
    head = "".join(f"<th>{html.escape(str(name))}</th>" for name in shown.columns)
    sides = ["end" if name in ends else "start" for name in shown.columns]
    body = "".join(
        f"<tr>{''.join(map(_cell, row, sides))}</tr>"
        for row in shown.itertuples(index=False, name=None)
    )
    more = f"<p>… {len(table) - rows:,}</p>" if len(table) > rows else ""
    return (
        '<div dir="rtl" lang="ar" style="overflow-x:auto"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}</div>"
    )


def _cell(value: Any, side: str) -> str:
    if value is None or value != value:
        return "<td></td>"
    if isinstance(value, numbers.Integral):
        text = f"{int(value)}" if isinstance(value, bool) else f"{value:,}"
    elif isinstance(value, numbers.Real):
        text = f"{value:.3f}"
    elif hasattr(value, "isoformat"):
        text = value.isoformat().replace("T00:00:00", "").replace("T", " ")
    else:
        text = str(value)
        text = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
        return f'<td dir="auto" style="text-align:{side}">{html.escape(text)}</td>'
    return f'<td dir="ltr" style="white-space:nowrap">{html.escape(text)}</td>'


def round_table(table: pd.DataFrame, decimals: int = 6) -> pd.DataFrame:
    """Return a table with its numbers rounded; dates and text stay as they are.

    Examples
    --------
    >>> import pandas as pd
    >>> round_table(pd.DataFrame({"x": [1 / 3], "day": [pd.Timestamp("2018-02-18")]}), 2)["x"][0]
    np.float64(0.33)
    """
    numbers_ = table.select_dtypes("floating").columns
    return table.round(dict.fromkeys(numbers_, decimals))


@dataclass(frozen=True, eq=False)
class Shown:
    """A table as a notebook shows it."""

    table: pd.DataFrame
    rows: int = 20

    def _repr_html_(self) -> str:
        return table_html(self.table, self.rows)


def show(table: pd.DataFrame, rows: int = 20) -> Shown:
    """Show a table from right to left in a notebook, with `rows` rows.

    Examples
    --------
    >>> import pandas as pd
    >>> show(pd.DataFrame({"x": [1]})).rows
    20
    """
    return Shown(table, rows)


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
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

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        # A dataclass would write a form of its own, with every array that it holds; it lets
        # one stand that is there already.
        if "__repr__" not in cls.__dict__:
            cls.__repr__ = Result.__repr__  # type: ignore[method-assign]

    def __len__(self) -> int:
        return len(self.table)

    def __repr__(self) -> str:
        rows = "row" if len(self.table) == 1 else "rows"
        shown = self.table.to_string(max_rows=12, max_cols=12, max_colwidth=40)
        notes = "".join(f"\n- {note}" for note in self.notes)
        return f"<{type(self).__name__}: {len(self.table):,} {rows}>\n{shown}{notes}"

    def rounded(self, decimals: int = 6) -> Self:
        """Return the same result with its numbers rounded, as figures are drawn and saved."""
        return replace(self, table=round_table(self.table, decimals))

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the result into `ax`, or into a new figure."""
        raise TypeError(f"{type(self).__name__} has no picture.")  # pragma: no cover

    def _repr_html_(self) -> str:
        notes = "".join(f"<li>{html.escape(note)}</li>" for note in self.notes)
        named = self.table.index.name is not None
        return table_html(self.table, index=named) + (
            f'<ul dir="auto">{notes}</ul>' if notes else ""
        )
