"""Events on a time axis: numbered markers, and a key to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from syriatopics.plots.style import label, language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["chosen_events", "mark_events"]

# Two markers stand so far apart at least, as a share of the axis.
_APART = 0.035
_MOST = 14


def chosen_events(events: pd.DataFrame, first: float, last: float) -> pd.DataFrame:
    """Return the events that have room on an axis: the weightiest first, none too close.

    Parameters
    ----------
    events : DataFrame
        Columns ``date, weight``.
    first, last : float
        Ends of the axis, in days since 1970-01-01.
    """
    days = (pd.to_datetime(events["date"]) - pd.Timestamp("1970-01-01")).dt.days
    inside = events.assign(day=days)[(days >= first) & (days <= last)]
    taken: list[float] = []
    kept: list[object] = []
    for row in inside.sort_values(["weight", "date"], ascending=[False, True]).itertuples():
        if len(kept) < _MOST and all(abs(row.day - d) >= _APART * (last - first) for d in taken):
            taken.append(row.day)
            kept.append(row.Index)
    return inside.loc[sorted(kept, key=lambda at: inside.at[at, "day"])]


def mark_events(panels: Sequence[Axes], events: pd.DataFrame) -> pd.DataFrame:
    """Draw a numbered line per event on every panel, and the key below the last one.

    Parameters
    ----------
    panels : list of Axes
        With one time axis.
    events : DataFrame
        Columns ``date, en, ar, weight``. Where they crowd, the weightiest are drawn.

    Returns
    -------
    DataFrame
        The events that were drawn.
    """
    first, last = panels[0].get_xlim()
    shown = chosen_events(events, first, last)
    for panel in panels:
        panel.set_xlim(first, last)
        for number, day in enumerate(shown["day"], start=1):
            panel.axvline(day, color="#888888", linewidth=0.7, linestyle=":")
            panel.annotate(
                str(number), (day, 1.0), xycoords=("data", "axes fraction"), xytext=(0, 1.5),
                textcoords="offset points", fontsize=6.5, ha="center", va="bottom", color="#555555",
            )  # fmt: skip
        panel.title.set_position((panel.title.get_position()[0], 1.08))
        panel.set_title(panel.get_title(loc="left"), loc="left", pad=14, fontsize=8.5)
    _key(panels, shown)
    return shown


def _key(panels: Sequence[Axes], shown: pd.DataFrame) -> None:
    from matplotlib.lines import Line2D

    if not len(shown):
        return
    entries = list(enumerate(shown.itertuples(), start=1))
    sides = {
        "left": [f"{n} · {pd.Timestamp(row.date).date()} · {row.en}" for n, row in entries],
        "right": [f"{n} · {row.ar}" for n, row in entries],
    }
    chosen = {"en": ("left",), "ar": ("right",), "both": ("left", "right")}[language()]
    figure: Any = panels[0].figure
    width, height = figure.get_size_inches()
    rows = -(-len(entries) // 2) if len(chosen) == 1 and len(entries) > 4 else len(entries)
    figure.set_size_inches(width, height + 0.3 + 0.155 * rows)
    for side in chosen:
        figure.legend(
            [Line2D([], [], linestyle="") for _ in entries], [label(word) for word in sides[side]],
            loc=f"outside lower {side}", fontsize=7, handlelength=0, handletextpad=0,
            ncols=2 if len(chosen) == 1 and len(entries) > 4 else 1,
        )  # fmt: skip
