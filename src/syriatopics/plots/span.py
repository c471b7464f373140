"""The time that is drawn: where almost all articles are, not where the first and the last one stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.plots.style import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["most_of_the_time", "most_rows", "say_left"]

# A gap of so many days cuts off periods that hold less than this share of the articles.
_GAP, _FEW = 180, 0.02


def most_of_the_time(when: pd.DatetimeIndex, n_articles: Any) -> tuple[slice, int]:
    """Return which periods are drawn, and how many articles stand in the others.

    Parameters
    ----------
    when : DatetimeIndex
        Periods in order.
    n_articles : ndarray of int
        Of each period.

    Examples
    --------
    >>> days = pd.to_datetime(["2013-12-01", "2018-02-01", "2018-03-01", "2018-04-01"])
    >>> most_of_the_time(days, np.array([1, 80, 90, 85]))
    (slice(1, 4, None), 1)
    """
    held = np.flatnonzero(n_articles > 0)
    if not len(held):
        return slice(0, len(when)), 0
    far = np.diff(when[held]) > np.timedelta64(_GAP, "D")
    runs = np.split(held, np.flatnonzero(far) + 1)
    large = [run for run in runs if n_articles[run].sum() >= _FEW * n_articles.sum()]
    shown = slice(int(large[0][0]), int(large[-1][-1]) + 1)
    return shown, int(n_articles.sum() - n_articles[shown].sum())


def most_rows(table: pd.DataFrame, by: str) -> tuple[pd.DataFrame, int]:
    """Return the rows of the periods that are drawn, and how many articles stand in the others.

    Parameters
    ----------
    table : DataFrame
        Columns ``period, <by>, n_articles``; without them all rows are drawn.
    by : str
        The column of the groups.
    """
    from syriatopics.plots.panels import middles

    if not {"period", "n_articles"} <= set(table):
        return table, 0
    counts = table.drop_duplicates(["period", by]).groupby("period", sort=False)["n_articles"].sum()
    when = middles([str(period) for period in counts.index])
    order = np.argsort(when)
    shown, left = most_of_the_time(when[order], counts.to_numpy()[order])
    return table[table["period"].isin(counts.index[order][shown])] if left else table, left


def say_left(panel: Axes, left: int) -> None:
    """Say below the panels how many articles are not drawn."""
    if left:
        figure: Any = panel.figure
        figure.supxlabel(
            say(
                f"Not drawn: {left:,} articles half a year and more before or after all others.",
                f"لا تُرسم مقالات تسبق سواها أو تليه بنصف سنة وأكثر، وعددها {left:,}.",
            ),
            fontsize=8,
        )
