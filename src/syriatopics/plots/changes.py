"""Pictures of change: breaks with their dates, smooth curves, leads, and where a change comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.plots.panels import (
    Frame,
    across,
    axis_name,
    grid,
    label_column,
    middles,
    share_axis,
    strips,
    time_axis,
    too_many,
)
from syriatopics.plots.style import COLOURS, MARKERS, axes, label, named, nothing, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "break_lines",
    "decomposition_bars",
    "lag_lines",
    "power_lines",
    "smooth_lines",
]


_MOST_BREAKS = 12


def break_lines(
    shares: pd.DataFrame,
    breaks: pd.DataFrame,
    ax: Axes | None = None,
    *,
    by: str = "outlet",
    themes: Sequence[str] | None = None,
    labels: Mapping[str, str] | None = None,
    groups: Mapping[str, str] | None = None,
    signed: bool = False,
    events: pd.DataFrame | None = None,
) -> Axes:
    """Draw shares, the levels between breaks, and a band over the days that a break may lie on.

    Parameters
    ----------
    shares : DataFrame
        Columns ``period, <by>, theme (or topic), share``.
    breaks : DataFrame
        Columns ``theme, <by>, date, low, high, before, after``.
    ax : Axes, optional
    by : str
    themes : list of str, optional
        All by default. A panel shows a theme of a group that has a break, the largest first.
    labels, groups : mapping of str to str
    signed : bool
    events : DataFrame, optional
        Columns ``date, en, ar, weight``.
    """
    from syriatopics.plots.events import mark_events

    column, labels, groups = label_column(shares), labels or {}, groups or {}
    broken = breaks if themes is None else breaks[breaks[column].isin(themes)]
    size = (broken["after"] - broken["before"]).abs()
    ordered = broken.assign(size=size).sort_values("size", ascending=False, kind="stable")
    shown = list(dict.fromkeys(zip(ordered[column], ordered[by], strict=True)))
    shown = [pair for pair in shown if pair[1] in set(shares[by])][:_MOST_BREAKS]
    if not shown:
        return nothing(axes(ax, 8.0, 1.4), "No break was found", "لم يوجد انقطاع", True)
    columns = across(len(shown))
    panels = grid(ax, len(shown), columns=columns, height=2.1, share_y=False)
    colours = {t: COLOURS[n % len(COLOURS)] for n, t in enumerate(dict.fromkeys(shares[column]))}
    for panel, (theme, member) in zip(panels, shown, strict=True):
        own = shares[(shares[column] == theme) & (shares[by] == member)]
        when: Any = middles(own["period"].tolist())
        panel.plot(when, own["share"], "o", color=colours[theme], markersize=3, alpha=0.55)
        panel.vlines(when, own["low"], own["high"], color=colours[theme], linewidth=0.8, alpha=0.35)
        found = broken[(broken[column] == theme) & (broken[by] == member)].sort_values("date")
        _levels(panel, found, when, colours[theme])
        days = ", ".join(str(day.date()) for day in found["date"])
        names = f"{named([theme], labels)[0]}\n{named([member], groups)[0]}"
        panel.set_title(f"{names}\n{days}", fontsize=8.5, loc="left")
        share_axis([panel], own, signed, 1)
        panel.set_ylabel(panel.get_ylabel() if len(panels) == 1 else "")
    if len(panels) > 1:
        figure: Any = panels[0].figure
        figure.supylabel(axis_name(signed), fontsize=8)
    if events is not None:
        mark_events(panels, events)
    time_axis(panels, columns)
    return panels[0] if ax is None else ax


def _levels(panel: Axes, found: pd.DataFrame, when: Any, colour: str) -> None:
    if not len(found):
        return
    edges = [when[0], *found["date"], when[-1]]
    levels = [found["before"].iloc[0], *found["after"]]
    panel.hlines(levels, edges[:-1], edges[1:], color=colour, linewidth=2)
    for row in found.itertuples():
        panel.axvspan(row.low, row.high, color="#D55E00", alpha=0.15, linewidth=0)
        panel.axvline(row.date, color="#D55E00", linewidth=1.1)


def smooth_lines(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    by: str = "outlet",
    themes: Sequence[str] | None = None,
    labels: Mapping[str, str] | None = None,
    groups: Mapping[str, str] | None = None,
    signed: bool = False,
    events: pd.DataFrame | None = None,
) -> Axes:
    """Draw smooth curves, a panel per group: the band of each day, and of the whole curve (light).

    Parameters
    ----------
    table : DataFrame
        Columns ``date, <by>, theme (or topic), share, low, high, low_all, high_all``.
    """
    if too_many(table, by, themes):
        return strips(ax, table, by, themes, labels or {}, groups or {}, signed, events)
    frame = Frame(ax, table, by, themes, labels, groups, signed)
    for panel, shown, member in frame:
        for theme in shown:
            of = (frame.table[by] == member) & (frame.table[frame.column] == theme)
            own, look = frame.table[of], frame.look(theme)
            for low, high, alpha in (("low_all", "high_all", 0.10), ("low", "high", 0.22)):
                panel.fill_between(own["date"], own[low], own[high], color=look["color"],
                                   alpha=alpha, linewidth=0)  # fmt: skip
            panel.plot(own["date"], own["share"], linewidth=1.6,
                       label=label(frame.labels.get(theme, theme)), **look)  # fmt: skip
    return frame.finished(events)


def lag_lines(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    themes: Sequence[str] | None = None,
    labels: Mapping[str, str] | None = None,
    groups: Mapping[str, str] | None = None,
) -> Axes:
    """Draw the correlation of two outlets against the lag; the best lag is marked.

    Parameters
    ----------
    table : DataFrame
        Columns ``theme (or topic), first, second, lag, r, best, p``.
    """
    column, labels = label_column(table), labels or {}
    themes = list(themes or dict.fromkeys(table[column]))
    columns = across(len(themes))
    panels = grid(ax, len(themes), columns=columns, height=2.4)
    for number, (panel, theme) in enumerate(zip(panels, themes, strict=True)):
        pairs = table[table[column] == theme].groupby(["first", "second"], sort=False)
        for n, ((first, second), rows) in enumerate(pairs):
            colour = COLOURS[n % len(COLOURS)]
            names = " / ".join(named([str(first), str(second)], groups or {}))
            panel.plot(rows["lag"], rows["r"], color=colour, linewidth=1.3, label=names)
            best = rows[rows["best"].astype(bool)]
            panel.plot(best["lag"], best["r"], linestyle="", marker=MARKERS[n % len(MARKERS)],
                       color=colour, markersize=6)  # fmt: skip
        panel.axhline(0, color="#555555", linewidth=0.8)
        panel.axvline(0, color="#CCCCCC", linewidth=0.8)
        panel.set_title(named([theme], labels)[0], fontsize=8.5, loc="left")
        panel.tick_params(labelbottom=number >= len(themes) - columns)
        if number >= len(themes) - columns:
            panel.set_xlabel(
                say("weeks by which the second follows", "أسابيع تأخّر الثانية"), fontsize=8
            )
    panels[0].set_ylabel(say("correlation", "الارتباط"), fontsize=8)
    panels[columns - 1].legend(loc="upper left", bbox_to_anchor=(1.01, 1.0), fontsize=7.5)
    return panels[0] if ax is None else ax


_PARTS = {
    "within": ("within outlets", "داخل المنابر"),
    "mix": ("change of mix", "تغيّر المزيج"),
    "entry": ("outlets that come and go", "منابر تدخل وتخرج"),
}


def decomposition_bars(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    themes: Sequence[str] | None = None,
    labels: Mapping[str, str] | None = None,
) -> Axes:
    """Draw where the change between periods comes from: stacked bars, the total as a point.

    Parameters
    ----------
    table : DataFrame
        Columns ``since, period, theme (or topic), part, change, low, high``.
    """
    column, labels = label_column(table), labels or {}
    themes = list(themes or dict.fromkeys(table[column]))
    columns = 1 if table["period"].nunique() > 8 else across(len(themes))
    panels = grid(ax, len(themes), columns=columns, height=2.5, share_y=False)
    for panel, theme in zip(panels, themes, strict=True):
        rows = table[table[column] == theme]
        periods = list(dict.fromkeys(zip(rows["since"], rows["period"], strict=True)))
        x = np.arange(len(periods))
        wide = rows.set_index(["since", "period", "part"])
        bottoms = {True: np.zeros(len(x)), False: np.zeros(len(x))}
        for n, (part, words) in enumerate(_PARTS.items()):
            values = np.array([wide["change"].get((*period, part), 0.0) for period in periods])
            base = np.where(values >= 0, bottoms[True], bottoms[False])
            panel.bar(x, values, bottom=base, width=0.66, color=COLOURS[n], alpha=0.75,
                      label=say(*words))  # fmt: skip
            bottoms[True] += np.maximum(values, 0)
            bottoms[False] += np.minimum(values, 0)
        total = wide.loc[[(*period, "total") for period in periods]]
        panel.vlines(x, total["low"], total["high"], color="#222222", linewidth=1.2)
        panel.plot(x, total["change"], "D", color="#222222", markersize=4,
                   label=say("change in all", "التغيّر الكلي"))  # fmt: skip
        panel.axhline(0, color="#555555", linewidth=0.8)
        panel.set_title(named([theme], labels)[0], fontsize=8.5, loc="left")
        step = -(-len(x) // (12 // columns))
        ticks = [period for _, period in periods]
        panel.set_xticks(x[::step], ticks[::step], fontsize=7.5)
        panel.grid(visible=False, axis="x")
    panels[0].set_ylabel(say("Change of the share", "تغيّر النسبة"))
    panels[columns - 1].legend(loc="upper left", bbox_to_anchor=(1.01, 1.0))
    return panels[0] if ax is None else ax


def power_lines(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw how often a shift is seen against the number of articles, a line per shift.

    Parameters
    ----------
    table : DataFrame
        Columns ``n_articles, change, power, low, high``.
    """
    ax = axes(ax, 6.5, 3.6)
    for n, (change, rows) in enumerate(table.groupby("change", sort=True)):
        colour = COLOURS[n % len(COLOURS)]
        ax.plot(rows["n_articles"], rows["power"], marker=MARKERS[n % len(MARKERS)], color=colour,
                markersize=5, label=f"{change:+.2f}")  # fmt: skip
        ax.fill_between(rows["n_articles"], rows["low"], rows["high"], color=colour, alpha=0.15,
                        linewidth=0)  # fmt: skip
    ax.axhline(0.8, color="#888888", linewidth=0.8, linestyle=":")
    ax.set_xscale("log")
    ticks = sorted(set(table["n_articles"]))
    ax.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
    ax.minorticks_off()
    ax.set_ylim(-0.02, 1.02)
    ax.set_xlabel(say("articles", "المقالات"))
    ax.set_ylabel(say("share of studies that see the shift", "نسبة الدراسات التي ترى التحوّل"))
    ax.legend(
        title=say("shift of the share", "تحوّل النسبة"), loc="upper left", bbox_to_anchor=(1.01, 1.0)
    )
    return ax
