"""The calendar as a picture: a cell per month of a year, or per day of a week."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.plots.panels import grid, label_column, middles
from syriatopics.plots.style import named, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["calendar_heat"]

_SINGLE_DAYS = 800
_DAYS = (
    ("Mon", "الإثنين"), ("Tue", "الثلاثاء"), ("Wed", "الأربعاء"), ("Thu", "الخميس"),
    ("Fri", "الجمعة"), ("Sat", "السبت"), ("Sun", "الأحد"),
)  # fmt: skip


def calendar_heat(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    by: str = "outlet",
    theme: str | None = None,
    value: str = "share",
    labels: Mapping[str, str] | None = None,
    groups: Mapping[str, str] | None = None,
) -> Axes:
    """Draw a value over the calendar, a panel per group; cells without an article stay white.

    Parameters
    ----------
    table : DataFrame
        Columns ``period, <by>, theme (or topic), <value>``; periods are months (drawn as
        years × months) or days (drawn as days of the week × weeks).
    theme : str, optional
        By default the first.
    value : {"share", "n_articles"}
    """
    column = label_column(table)
    theme = theme or str(table[column].iloc[0])
    rows = table[table[column] == theme]
    when = middles(rows["period"].tolist())
    rows = rows.assign(when=when).sort_values("when")
    members = list(dict.fromkeys(rows[by]))
    daily = len(str(rows["period"].iloc[0])) > len("2018-03")
    cells = _weeks(rows) if daily else _months(rows)
    n_rows = 7 if daily else cells["row"].nunique()
    height = 0.9 + (0.17 if daily else 0.3) * n_rows
    panels = grid(ax, len(members), columns=1, height=height)
    top = max(float(np.nanmax(cells[value])), 1e-9)
    image: Any = None
    for panel, member in zip(panels, members, strict=True):
        own = cells[cells[by] == member]
        field = np.full((int(cells["row"].max()) + 1, int(cells["column"].max()) + 1), np.nan)
        seen = own["n_articles"] > 0
        field[own["row"][seen], own["column"][seen]] = own[value][seen]
        image = panel.imshow(field, cmap="Blues", vmin=0, vmax=top, aspect="auto")
        panel.grid(visible=False)
        panel.spines[:].set_visible(False)
        panel.set_title(
            f"{named([theme], labels or {})[0]} · {named([member], groups or {})[0]}",
            fontsize=8.5,
            loc="left",
        )
        (_week_ticks if daily else _month_ticks)(panel, cells)
    bar = panels[0].figure.colorbar(image, ax=panels, fraction=0.025, pad=0.015)
    bar.ax.tick_params(labelsize=7.5)
    bar.outline.set_visible(False)
    return panels[0] if ax is None else ax


def _months(rows: pd.DataFrame) -> pd.DataFrame:
    years = rows["when"].dt.year
    return rows.assign(row=years - years.min(), column=rows["when"].dt.month - 1, year=years)


def _weeks(rows: pd.DataFrame) -> pd.DataFrame:
    last = rows["when"].max()
    rows = rows[rows["when"] > last - pd.Timedelta(days=_SINGLE_DAYS)]
    monday = rows["when"].dt.normalize() - pd.to_timedelta(rows["when"].dt.weekday, unit="D")
    return rows.assign(
        row=rows["when"].dt.weekday, column=(monday - monday.min()).dt.days // 7, monday=monday
    )


def _month_ticks(panel: Axes, cells: pd.DataFrame) -> None:
    panel.set_xticks(range(12), [str(month) for month in range(1, 13)], fontsize=7.5)
    years = cells.drop_duplicates("row").sort_values("row")
    panel.set_yticks(years["row"], years["year"].astype(str), fontsize=7.5)


def _week_ticks(panel: Axes, cells: pd.DataFrame) -> None:
    weeks = cells.drop_duplicates("column").sort_values("column")
    new = weeks[weeks["monday"].dt.month.diff().fillna(1) != 0]
    if len(new) > 1 and new["column"].iloc[1] - new["column"].iloc[0] < 3:
        new = new.iloc[1:]
    step = -(-len(new) // 13)
    panel.set_xticks(new["column"][::step], new["monday"].dt.strftime("%Y-%m")[::step], fontsize=7)
    panel.set_yticks(range(7), [say(*day).replace("\n", " ") for day in _DAYS], fontsize=6.5)
