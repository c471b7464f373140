"""The time in which almost all articles are: what is drawn, and what breaks and curves count from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.plots.style import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["most_of_the_time", "most_rows", "say_left", "stretch"]

# A gap of so many days cuts off what lies before or behind it and is less than this share of all.
_GAP, _FEW = 180, 0.02


def stretch(day: Any, n: Any, least: int = 0) -> slice:
    """Return the places from the first to the last stretch of time that holds more than a few articles.

    Parameters
    ----------
    day : ndarray of number
        In order.
    n : ndarray of int
        Articles of each day, or period.
    least : int
        Fewer than these are few, whatever their share. Where all stretches hold few, all places are kept.

    Examples
    --------
    >>> stretch(np.array([0, 1500, 1530]), np.array([1, 80, 90]))
    slice(1, 3, None)
    """
    held = np.flatnonzero(n > 0)
    runs = np.split(held, np.flatnonzero(np.diff(day[held]) > _GAP) + 1)
    large = [run for run in runs if len(run) and n[run].sum() >= max(least, _FEW * n.sum())]
    return slice(int(large[0][0]), int(large[-1][-1]) + 1) if large else slice(0, len(day))


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
    shown = stretch(when.to_numpy().astype("datetime64[s]").astype(float) / 86_400, n_articles)
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
    """Say below the panels of a figure how many articles are not drawn."""
    if left:
        figure: Any = panel.figure
        figure.supxlabel(
            say(
                f"Not drawn: {left:,} articles half a year and more before or after all others.",
                f"لا تُرسم مقالات تسبق سواها أو تليه بنصف سنة وأكثر، وعددها {left:,}.",
            ),
            fontsize=8,
        )
