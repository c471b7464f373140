"""Events: numbered markers on a time axis with a key to them, and what changes around one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.plots.panels import across, grid, label_column
from syriatopics.plots.style import COLOURS, axes, label, language, least, named, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["change_bars", "chosen_events", "event_steps", "mark_events"]

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


def mark_events(panels: Sequence[Axes], events: pd.DataFrame, columns: int = 0) -> pd.DataFrame:
    """Draw a line per event on every panel, with its number, and a key to them.

    Parameters
    ----------
    panels : list of Axes
        With one time axis.
    events : DataFrame
        Columns ``date, en, ar, weight``. Where they crowd, the weightiest are drawn.
    columns : int
        How many panels are in a row, if numbers stand above the first row only.

    Returns
    -------
    DataFrame
        The events that were drawn.
    """
    first = min(panel.get_xlim()[0] for panel in panels)
    last = max(panel.get_xlim()[1] for panel in panels)
    figure: Any = panels[0].figure
    width = panels[0].get_position().width * figure.get_size_inches()[0] * 0.85
    shown = chosen_events(events, first, last, width)
    pad = 4 + 10 * max(1.0, 6 / least())  # points, of the figure as it will be printed
    for place, panel in enumerate(panels):
        panel.set_xlim(first, last)
        for number, day in enumerate(shown["day"], start=1):
            panel.axvline(day, color="#888888", linewidth=0.7, linestyle=":")
            if columns and place >= columns:
                continue
            panel.annotate(
                str(number), (day, 1.0), xycoords=("data", "axes fraction"), xytext=(0, 1.5),
                textcoords="offset points", fontsize=6.5, ha="center", va="bottom", color="#555555",
            )  # fmt: skip
        if len(shown) and not (columns and place >= columns):
            panel.set_title(panel.get_title(loc="left"), loc="left", pad=pad, fontsize=8.5)
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
    figure: Any = panels[0].figure
    figure.legend(
        [Line2D([], [], linestyle="") for _ in words], words, loc="outside right upper",
        fontsize=6.5, handlelength=0, handletextpad=0,
    )  # fmt: skip


def change_bars(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    by: str = "outlet",
    labels: Mapping[str, str] | None = None,
    groups: Mapping[str, str] | None = None,
) -> Axes:
    """Draw the change around an event, with what days without an event give behind it (grey).

    Parameters
    ----------
    table : DataFrame
        Columns ``<by>, theme (or topic), change, low, high, placebo_low, placebo_high``.
    """
    column, labels = label_column(table), labels or {}
    rows = table.reset_index(drop=True)
    ax = axes(ax, 8.5, 1.0 + 0.34 * len(rows))
    y = np.arange(len(rows))
    ax.hlines(y, rows["placebo_low"], rows["placebo_high"], color="#C8C8C8", linewidth=7,
              label=say("95 % of days without the event", "٩٥٪ من الأيام من دون الحدث"))  # fmt: skip
    ax.hlines(y, rows["low"], rows["high"], color=COLOURS[0], linewidth=1.6)
    ax.plot(rows["change"], y, "o", color=COLOURS[0], markersize=5,
            label=say("change, with its interval", "التغيّر ومجاله"))  # fmt: skip
    ax.axvline(0, color="#555555", linewidth=0.8)
    several = rows[by].nunique() > 1
    names = [
        named([theme], labels)[0] + (f" · {named([member], groups or {})[0]}" if several else "")
        for theme, member in zip(rows[column], rows[by], strict=True)
    ]
    ax.set_yticks(y, names)
    ax.grid(visible=False, axis="y")
    ax.set_ylim(len(rows) - 0.5, -0.5)
    ax.set_xlabel(say("Change of the share, after less before", "تغيّر النسبة: بعد ناقص قبل"))
    ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0))
    return ax


def event_steps(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    themes: Sequence[str] | None = None,
    labels: Mapping[str, str] | None = None,
) -> Axes:
    """Draw effects before and after an event with their limits, a panel per theme.

    Parameters
    ----------
    table : DataFrame
        Columns ``theme (or topic), first, last, effect, low, high``; weeks count from the event.
    """
    column, labels = label_column(table), labels or {}
    themes = list(themes or dict.fromkeys(table[column]))
    columns = across(len(themes))
    panels = grid(ax, len(themes), columns=columns, height=2.4, share_y=False)
    for number, (panel, theme) in enumerate(zip(panels, themes, strict=True)):
        rows = table[table[column] == theme]
        middle = (rows["first"] + rows["last"] + 1) / 2
        for after, colour, marker in ((False, "#7A7A7A", "s"), (True, COLOURS[0], "o")):
            part = (rows["first"] >= 0) == after
            words = say("after", "بعده") if after else say("before the event", "قبل الحدث")
            panel.vlines(middle[part], rows["low"][part], rows["high"][part], color=colour,
                         linewidth=1.6)  # fmt: skip
            panel.plot(middle[part], rows["effect"][part], marker, color=colour, markersize=5,
                       label=words)  # fmt: skip
        panel.axhline(0, color="#555555", linewidth=0.8)
        panel.axvline(0, color="#A04000", linewidth=0.9, linestyle=":")
        panel.set_title(named([theme], labels)[0], fontsize=8.5, loc="left")
        if number >= len(themes) - columns:
            panel.set_xlabel(say("weeks from the event", "أسابيع من الحدث"), fontsize=8)
    panels[0].set_ylabel(
        say("Share, less that just before", "النسبة ناقص ما قبل الحدث مباشرة"), fontsize=8
    )
    panels[columns - 1].legend(loc="upper left", bbox_to_anchor=(1.01, 1.0))
    return panels[0] if ax is None else ax
