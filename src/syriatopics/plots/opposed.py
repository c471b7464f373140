"""The picture of a question: two themes of each outlet over time, and below them their difference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.plots.panels import (
    across,
    axis_name,
    grid,
    label_column,
    middles,
    numbers_below,
    time_axis,
    titled,
)
from syriatopics.plots.span import most_rows, say_left
from syriatopics.plots.style import COLOURS, LINES, MARKERS, label, limits_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["opposed"]


def opposed(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    first: str = "humanitarian",
    second: str = "political_transition",
    by: str = "outlet",
    labels: Mapping[str, str] | None = None,
    groups: Mapping[str, str] | None = None,
    events: pd.DataFrame | None = None,
    limits: tuple[float, str] | None = None,
) -> Axes:
    """Draw two themes over time with their intervals, and below them the first less the second.

    A column of two panels for each group; n stands in the title, and thin lines are what all periods
    have on average, every article counting alike; bars at the foot are the articles of each period.

    Parameters
    ----------
    table : DataFrame
        Columns ``period, <by>, theme (or topic), share, low, high, n_articles``: rows of the two themes,
        and rows of any other name, which are their difference.
    first, second : str
    by : str
    labels, groups : mapping of str to str
        Readable names of themes and groups.
    events : DataFrame, optional
        Columns ``date, en, ar, weight``.
    limits : (float, str), optional
        The level of the intervals and what they take as independent.
    """
    from syriatopics.plots.events import mark_events

    (table, left), column = most_rows(table, by), label_column(table)
    labels = labels or {}
    members = list(dict.fromkeys(table[by]))
    columns = across(len(members), 5, 1.7)
    deep = -(-len(members) // columns)
    panels = grid(ax, 2 * deep * columns, columns=columns, height=1.75, share_y=False)
    gap = table[~table[column].isin((first, second))]
    both = table[table[column].isin((first, second))]
    taken = []
    for n in range(deep * columns):
        row, place = divmod(n, columns)
        upper, lower = (panels[(2 * row + k) * columns + place] for k in (0, 1))
        if n >= len(members):
            upper.set_axis_off()
            lower.set_axis_off()
            continue
        taken += [upper, lower]
        own = both[both[by] == members[n]]
        for k, theme in enumerate((first, second)):
            _line(upper, own[own[column] == theme], k, label(labels.get(theme, theme)))
        _line(lower, gap[gap[by] == members[n]], 6, "")
        lower.axhline(0, color="#555555", linewidth=0.8)
        numbers_below(upper, own)
        upper.set_title(titled(members[n], groups or {}, own), fontsize=8.5, loc="left")
        if place == 0:
            upper.set_ylabel(axis_name(signed=False), fontsize=8)
            lower.set_ylabel(axis_name(signed=True), fontsize=8)
    _ranges(taken, both, gap)
    say_left(panels[0], left if ax is None else 0)
    if events is not None:
        mark_events(taken, events, 0 if deep > 1 else len(taken))
    time_axis(panels, columns)
    panels[min(columns, len(members)) - 1].legend(
        loc="upper left", bbox_to_anchor=(1.01, 1.0), title=limits_of(*limits) if limits else None
    )
    return panels[0] if ax is None else ax


def _line(panel: Axes, rows: pd.DataFrame, k: int, name: str) -> None:
    when: Any = middles(rows["period"].tolist())
    share, n = rows["share"].to_numpy(float), rows["n_articles"].to_numpy(float)
    low, high = rows["low"].to_numpy(float), rows["high"].to_numpy(float)
    known = ~np.isnan(share)
    if n[known].sum():
        level = float((share[known] * n[known]).sum() / n[known].sum())
        panel.axhline(level, color=COLOURS[k], linewidth=0.7, alpha=0.6)
    panel.fill_between(when, low, high, color=COLOURS[k], alpha=0.18, linewidth=0)
    panel.plot(when, share, linestyle="", marker=MARKERS[k % 6], markersize=3, color=COLOURS[k])
    panel.plot(when, np.where(np.isnan(low), np.nan, share), linestyle=LINES[k % 2],
               marker=MARKERS[k % 6], markersize=3, color=COLOURS[k], linewidth=1.3,
               label=name or None)  # fmt: skip


def _ranges(panels: list[Axes], both: pd.DataFrame, gap: pd.DataFrame) -> None:
    """Give upper panels one range and lower panels another, so that outlets can be compared."""
    top = float(np.nanmax(both[["share", "high"]].to_numpy(float), initial=0.1))
    held = gap[["share", "low", "high"]].to_numpy(float)
    low, high = (float(f(held, initial=0.0)) for f in (np.nanmin, np.nanmax))
    room = 0.08 * max(high - low, 0.1)
    for upper, lower in zip(panels[::2], panels[1::2], strict=True):
        upper.set_ylim(-0.03 * top, min(1.0, 1.06 * top))
        lower.set_ylim(max(-1.0, low - room), min(1.0, high + room))
