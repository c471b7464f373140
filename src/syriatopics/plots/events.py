"""Events on a time axis: numbered markers, and a key to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from syriatopics.plots.style import label, language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["chosen_events", "mark_events"]

# Two markers stand so far apart at least, in inches.
_APART = 0.17
_MOST = 14


def chosen_events(
    events: pd.DataFrame, first: float, last: float, width: float = 5.0
) -> pd.DataFrame:
    """Return the events that have room on an axis: the weightiest first, none too close.

    Parameters
    ----------
    events : DataFrame
        Columns ``date, weight``.
    first, last : float
        Ends of the axis, in days since 1970-01-01.
    width : float
        Of the axis, in inches.
    """
    days = (pd.to_datetime(events["date"]) - pd.Timestamp("1970-01-01")).dt.days
    inside = events.assign(day=days)[(days >= first) & (days <= last)]
    apart = _APART / width * (last - first)
    taken: list[float] = []
    kept: list[object] = []
    for row in inside.sort_values(["weight", "date"], ascending=[False, True]).itertuples():
        if len(kept) < _MOST and all(abs(row.day - d) >= apart for d in taken):
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
    figure: Any = panels[0].figure
    width = panels[0].get_position().width * figure.get_size_inches()[0] * 0.85
    shown = chosen_events(events, first, last, width)
    for panel in panels:
        panel.set_xlim(first, last)
        for number, day in enumerate(shown["day"], start=1):
            panel.axvline(day, color="#888888", linewidth=0.7, linestyle=":")
            panel.annotate(
                str(number), (day, 1.0), xycoords=("data", "axes fraction"), xytext=(0, 1.5),
                textcoords="offset points", fontsize=6.5, ha="center", va="bottom", color="#555555",
            )  # fmt: skip
        panel.set_title(panel.get_title(loc="left"), loc="left", pad=14, fontsize=8.5)
    _key(panels, shown)
    return shown


def _key(panels: Sequence[Axes], shown: pd.DataFrame) -> None:
    from matplotlib.lines import Line2D

    if not len(shown):
        return
    words = []
    for number, row in enumerate(shown.itertuples(), start=1):
        dated = f"{number} · {pd.Timestamp(row.date).date()} · {row.en}"
        chosen = {"en": [dated], "ar": [f"{number} · {row.ar}"], "both": [dated, row.ar]}[
            language()
        ]
        words.append("\n".join(map(label, chosen)))
    # Beside the panels: below them stands the note of the figure.
    figure: Any = panels[0].figure
    width, height = figure.get_size_inches()
    lines = sum(word.count("\n") + 1 for word in words)
    figure.set_size_inches(width + 3.0, max(height, 0.9 + 0.125 * lines + 0.03 * len(words)))
    figure.legend(
        [Line2D([], [], linestyle="") for _ in words], words, loc="outside right upper",
        fontsize=6.5, handlelength=0, handletextpad=0,
    )  # fmt: skip
