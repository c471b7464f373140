"""Pictures of change: breaks with their dates, smooth curves, leads, and where a change comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.plots.panels import grid, label_column, middles, share_axis, time_axis
from syriatopics.plots.style import COLOURS, MARKERS, axes, label, named, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "break_lines",
    "decomposition_bars",
    "lag_lines",
    "power_lines",
    "smooth_lines",
]


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
        By default those that have a break, or the first one.
    labels, groups : mapping of str to str
    signed : bool
    events : DataFrame, optional
        Columns ``date, en, ar, weight``.
    """
    from syriatopics.plots.events import mark_events

    column, labels = label_column(shares), labels or {}
    broken = list(dict.fromkeys(breaks[column]))
    themes = list(themes or broken or [shares[column].iloc[0]])
    members = list(dict.fromkeys(shares[by]))
    shares = shares[shares[column].isin(themes)]
    columns = len(members) if len(themes) > 1 else min(3, len(members))
    panels = grid(ax, len(themes) * len(members), columns=columns, width=9.5 / max(columns, 1.4),
                  height=1.9)  # fmt: skip
    for number, panel in enumerate(panels):
        theme, member = themes[number // len(members)], members[number % len(members)]
        colour = COLOURS[themes.index(theme) % len(COLOURS)]
        own = shares[(shares[column] == theme) & (shares[by] == member)]
        when: Any = middles(own["period"].tolist())
        panel.plot(when, own["share"], "o", color=colour, markersize=3, alpha=0.55)
        panel.vlines(when, own["low"], own["high"], color=colour, linewidth=0.8, alpha=0.35)
        found = breaks[(breaks[column] == theme) & (breaks[by] == member)]
        _levels(panel, found.sort_values("date"), when, colour)
        panel.set_title(
            f"{named([theme], labels)[0]}\n{named([member], groups or {})[0]}",
            fontsize=8.5,
            loc="left",
        )
    share_axis(panels, shares, signed, columns)
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
        panel.annotate(
            f"{row.date.date()}", (row.date, 0.97), xycoords=("data", "axes fraction"),
            xytext=(2, 0), textcoords="offset points", rotation=90, va="top", ha="left",
            fontsize=6.5, color="#A04000",
        )  # fmt: skip


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
    from syriatopics.plots.events import mark_events

    column, labels = label_column(table), labels or {}
    themes = list(themes or dict.fromkeys(table[column]))
    members = list(dict.fromkeys(table[by]))
    columns = min(3, len(members))
    panels = grid(ax, len(members), columns=columns, width=9.5 / max(columns, 1.4), height=2.6)
    shown = table[table[column].isin(themes)]
    for panel, member in zip(panels, members, strict=True):
        for n, theme in enumerate(themes):
            own = shown[(shown[by] == member) & (shown[column] == theme)]
            colour = COLOURS[n % len(COLOURS)]
            panel.fill_between(
                own["date"], own["low_all"], own["high_all"], color=colour, alpha=0.10, linewidth=0
            )
            panel.fill_between(
                own["date"], own["low"], own["high"], color=colour, alpha=0.22, linewidth=0
            )
            panel.plot(own["date"], own["share"], color=colour, linewidth=1.6,
                       label=label(labels.get(theme, theme)))  # fmt: skip
        panel.set_title(named([member], groups or {})[0], fontsize=8.5, loc="left")
    share_axis(panels, shown, signed, columns)
    if events is not None:
        mark_events(panels, events)
    time_axis(panels, columns)
    panels[columns - 1].legend(loc="upper left", bbox_to_anchor=(1.01, 1.0))
    return panels[0] if ax is None else ax


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
    columns = min(3, len(themes))
    panels = grid(ax, len(themes), columns=columns, width=9.5 / max(columns, 1.6), height=2.4)
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
    columns = 1 if table["period"].nunique() > 8 else min(3, len(themes))
    panels = grid(ax, len(themes), columns=columns, width=9.0 / max(columns, 1.3), height=2.5)
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
