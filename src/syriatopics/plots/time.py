"""Pictures of time: when articles were printed and written, and how shares move."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from syriatopics.plots.panels import trend_panels
from syriatopics.plots.style import COLOURS, MARKERS, MOST_MARKS, axes, label, limits_of, named, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["timeline", "trend_lines"]

_SINGLY = 40


def timeline(
    table: pd.DataFrame, ax: Axes | None = None, *, labels: Mapping[str, str] | None = None
) -> Axes:
    """Draw printed dates and event windows; a refuted date is crossed out.

    Parameters
    ----------
    table : DataFrame
        Columns ``article_id, date_printed, earliest, latest, date_status``. More than 40
        articles are drawn as numbers per month, by status.
    """
    if len(table) > _SINGLY:
        return _per_month(table, ax)
    ax = axes(ax, 8.0, 1.6 + 0.42 * len(table))
    for y, row in enumerate(table.itertuples()):
        if row.date_status != "printed" and pd.notna(row.earliest) and pd.notna(row.latest):
            # The line shows how long the window is, the marker that it is there at all.
            ax.plot([row.earliest, row.latest], [y, y], color=COLOURS[2], linewidth=6, alpha=0.6)
            ax.plot(
                [row.earliest + (row.latest - row.earliest) / 2], [y], linestyle="", marker="D",
                markersize=7, color=COLOURS[2], label="window",
            )  # fmt: skip
        if pd.notna(row.date_printed):
            refuted = row.date_status == "conflict"
            ax.plot(
                [row.date_printed], [y], linestyle="", markersize=8,
                marker="X" if refuted else "o", color=COLOURS[5] if refuted else COLOURS[0],
                label="refuted" if refuted else "printed",
            )  # fmt: skip
            if refuted and pd.notna(row.latest):
                ax.annotate(
                    "", (row.latest, y), (row.date_printed, y),
                    arrowprops={"arrowstyle": "->", "color": "#888888", "linestyle": ":"},
                )  # fmt: skip
    ax.set_yticks(range(len(table)), named(table["article_id"].tolist(), labels or {}))
    ax.set_ylim(len(table) - 0.5, -0.5)
    ax.margins(x=0.06)
    _legend_once(
        ax,
        {
            "printed": say("printed date", "التاريخ المطبوع"),
            "window": say("window in which the text was written", "الفترة التي كُتب فيها النص"),
            "refuted": say("printed date, refuted by the text", "تاريخ مطبوع ينقضه النص"),
        },
    )
    return ax


def _legend_once(ax: Axes, words: Mapping[str, str]) -> None:
    handles, keys = ax.get_legend_handles_labels()
    first = dict(zip(reversed(keys), reversed(handles), strict=True))
    shown = [key for key in words if key in first]
    ax.legend(
        [first[key] for key in shown], [words[key] for key in shown],
        loc="upper left", bbox_to_anchor=(0, -0.12), ncols=1,
    )  # fmt: skip


def _per_month(table: pd.DataFrame, ax: Axes | None) -> Axes:
    ax = axes(ax, 8.0, 3.2)
    when = pd.to_datetime(table["date_printed"]).where(
        table["date_status"] == "printed", pd.to_datetime(table["earliest"])
    )
    counts = (
        pd.DataFrame({"month": when.dt.to_period("M"), "status": table["date_status"]})
        .dropna()
        .value_counts()
        .unstack(fill_value=0)
        .sort_index()
    )
    months = counts.index.to_timestamp()
    bottom = np.zeros(len(counts))
    for n, status in enumerate(counts.columns):
        ax.bar(months, counts[status], width=25, bottom=bottom, color=COLOURS[n], label=status)
        bottom += counts[status].to_numpy()
    ax.set_ylabel(say("articles per month", "المقالات في الشهر"))
    ax.legend()
    return ax


def trend_lines(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    themes: list[str] | None = None,
    labels: Mapping[str, str] | None = None,
    limits: tuple[float, str] | None = None,
) -> Axes:
    """Draw shares over time: a point per theme and period, a band where there is an interval.

    Points are joined by a line only between periods that carry an interval: a line between
    single articles would tell of a trend that nobody has seen. `limits` are the level of the
    intervals and what they take as independent, to be said beside them.
    """
    labels = labels or {}
    column = "topic" if "topic" in table.columns else "theme"
    themes = themes or list(dict.fromkeys(table[column]))
    if len(themes) > MOST_MARKS:
        apart = table[table[column].isin(themes)]
        apart = apart.assign(one=apart[column], **{column: ""})
        return trend_panels(apart, ax, by="one", groups=labels, limits=limits)
    periods = list(dict.fromkeys(table["period"]))
    ax = axes(ax, 9.5, 4.2)
    x = np.arange(len(periods))
    for n, theme in enumerate(themes):
        rows = table[table[column] == theme].set_index("period").reindex(periods)
        colour = COLOURS[n % len(COLOURS)]
        low, high = rows["low"].to_numpy(float), rows["high"].to_numpy(float)
        ax.plot(
            x, rows["share"], color=colour, marker=MARKERS[n % len(MARKERS)], markersize=5,
            linestyle="", label=label(labels.get(theme, theme)),
        )  # fmt: skip
        ax.plot(x, rows["share"].where(~np.isnan(low)), color=colour, linewidth=1.4)
        ax.fill_between(x, low, high, color=colour, alpha=0.15, linewidth=0)
    counts = table.drop_duplicates("period").set_index("period")["n_articles"].reindex(periods)
    step = -(-len(periods) // 9)  # more labels would touch each other
    ticks = [f"{period}\nn={int(n)}" for period, n in zip(periods, counts, strict=True)]
    ax.set_xticks(x[::step], ticks[::step])
    top = float(np.nanmax(table[["share", "high"]].to_numpy(dtype=float), initial=0.1))
    ax.set_ylim(-0.02 * top, min(1.02, 1.06 * top))
    ax.set_ylabel(say("Share of passages", "نسبة الفقرات"))
    ax.set_xlim(-0.5, len(periods) - 0.5)
    ax.legend(
        loc="upper left", bbox_to_anchor=(1.01, 1.0),
        title=limits_of(*limits) if limits and table["low"].notna().any() else None,
    )  # fmt: skip
    return ax
