"""Pictures of shares: by group, as a heat map, and of two themes against each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from syriatopics.plots.style import COLOURS, MARKERS, axes, label, named, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["balance", "heat", "shares"]


def _label_column(table: pd.DataFrame) -> str:
    return "topic" if "topic" in table.columns else "theme"


def shares(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    by: str = "outlet",
    labels: Mapping[str, str] | None = None,
    groups: Mapping[str, str] | None = None,
) -> Axes:
    """Draw the share of each theme in each group: points, with intervals where there are any.

    Parameters
    ----------
    table : DataFrame
        Columns ``<by>, theme (or topic), share, low, high, n_articles``.
    ax : Axes, optional
    by : str
        The column of the groups.
    labels, groups : mapping of str to str
        Readable names of themes and groups.
    """
    column = _label_column(table)
    themes, members = list(dict.fromkeys(table[column])), list(dict.fromkeys(table[by]))
    ax = axes(ax, 9.5, 0.9 + 0.6 * len(themes))
    for edge in np.arange(len(themes) - 1) + 0.5:
        ax.axhline(edge, color="#E3E3E3", linewidth=0.8)
    offsets = np.linspace(-0.28, 0.28, len(members)) if len(members) > 1 else [0.0]
    for n, (member, offset) in enumerate(zip(members, offsets, strict=True)):
        rows = table[table[by] == member].set_index(column).reindex(themes)
        y = np.arange(len(themes)) + offset
        n_articles = int(rows["n_articles"].max())
        colour = COLOURS[n % len(COLOURS)]
        ax.hlines(y, rows["low"], rows["high"], color=colour, linewidth=1.6)
        ax.plot(
            rows["share"],
            y,
            linestyle="",
            marker=MARKERS[n % len(MARKERS)],
            color=colour,
            markersize=5.5,
            label=f"{named([member], groups or {})[0]}  (n = {n_articles})",
        )
    ax.set_yticks(range(len(themes)), named(themes, labels or {}))
    ax.grid(visible=False, axis="y")
    ax.set_ylim(len(themes) - 0.5, -0.5)
    ax.set_xlim(-0.02, 1.02)
    ax.set_xlabel(say("Share of passages", "نسبة الفقرات"))
    ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0), title=say("n articles", "عدد المقالات"))
    return ax


def heat(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    by: str = "outlet",
    labels: Mapping[str, str] | None = None,
    groups: Mapping[str, str] | None = None,
) -> Axes:
    """Draw shares as a heat map, with the figure in every cell; empty cells stay empty."""
    column = _label_column(table)
    themes, members = list(dict.fromkeys(table[column])), list(dict.fromkeys(table[by]))
    grid = table.pivot(index=column, columns=by, values="share").reindex(themes, columns=members)
    values = grid.to_numpy(dtype=float)
    ax = axes(ax, 2.6 + 1.2 * len(members), 1.2 + 0.42 * len(themes))
    ax.imshow(values, cmap="Blues", vmin=0, vmax=max(float(np.nanmax(values)), 0.01), aspect="auto")
    ax.grid(visible=False)
    middle = float(np.nanmax(values)) * 0.6
    for (row, col), value in np.ndenumerate(values):
        if not np.isnan(value):
            colour = "white" if value > middle else "#222222"
            ax.text(col, row, f"{value:.2f}", ha="center", va="center", color=colour, fontsize=8)
    shown = {
        member: (groups or {}).get(member, str(member)).replace(" · ", "\n") for member in members
    }
    crowded = len(members) > 8
    ax.set_xticks(
        range(len(members)), named(members, shown), rotation=30 if crowded else 0,
        ha="right" if crowded else "center", fontsize=8,
    )  # fmt: skip
    ax.set_yticks(range(len(themes)), named(themes, labels or {}))
    ax.spines[:].set_visible(False)
    return ax


def balance(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    first: str = "humanitarian",
    second: str = "political_transition",
    by: str = "outlet",
    labels: Mapping[str, str] | None = None,
    groups: Mapping[str, str] | None = None,
) -> Axes:
    """Draw two themes against each other: a line per group from the one share to the other."""
    labels = labels or {}
    members = list(dict.fromkeys(table[by]))
    wide = table.pivot(index=by, columns="theme", values="share").reindex(members)
    ax = axes(ax, 6.5, 1.3 + 0.5 * len(members))
    y = np.arange(len(members))
    ax.hlines(y, wide[first], wide[second], color="#BBBBBB", linewidth=2.5)
    for theme, colour, marker in ((first, COLOURS[0], "o"), (second, COLOURS[1], "D")):
        ax.plot(
            wide[theme], y, linestyle="", marker=marker, color=colour, markersize=8,
            label=label(labels.get(theme, theme)),
        )  # fmt: skip
    for position, member in enumerate(members):
        difference = wide.loc[member, first] - wide.loc[member, second]
        right = max(wide.loc[member, first], wide.loc[member, second])
        ax.annotate(
            f"{difference:+.2f}", (right, position), xytext=(9, 0), textcoords="offset points",
            va="center", fontsize=8,
        )  # fmt: skip
    ax.set_yticks(y, named(members, groups or {}))
    ax.set_ylim(len(members) - 0.4, -0.6)
    ax.set_xlim(-0.02, 1.02)
    ax.set_xlabel(
        say("Share of passages; the number is the difference", "نسبة الفقرات، والرقم هو الفرق")
    )
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2)
    return ax
