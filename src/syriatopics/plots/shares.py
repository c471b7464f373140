"""Pictures of shares: by group, as a heat map, and of two themes against each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from syriatopics.plots.style import COLOURS, MARKERS, axes, label, named, nothing, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["balance", "differences", "heat", "point_rows", "row_height", "shares"]

_OF = {
    "passages": ("Share of passages", "نسبة الفقرات"),
    "mentions": ("Share of mentions", "نسبة الذِّكر"),
    "agreement": ("Krippendorff's α", "ألفا كريبندورف"),
    "words": ("Share of words", "نسبة الكلمات"),
}
_NO_INTERVAL = (
    "hollow: too few articles for an interval",
    "المفرّغ: مقالات أقل من أن تعطي مجال ثقة",
)


def _label_column(table: pd.DataFrame) -> str:
    return next(name for name in ("topic", "theme", "label", "voice") if name in table.columns)


def point_rows(
    ax: Axes, rows: pd.DataFrame, value: str, y: np.ndarray[Any, Any], colour: str, marker: str,
    legend: str | None = None,
) -> None:  # fmt: skip
    """Draw values with their intervals; hollow where there is none."""
    ax.hlines(y, rows["low"], rows["high"], color=colour, linewidth=1.6)
    sure = rows["low"].notna().to_numpy()
    for chosen, face in ((sure, colour), (~sure, "white")):
        ax.plot(
            rows[value].to_numpy(dtype=float)[chosen], y[chosen], linestyle="", marker=marker,
            color=colour, markerfacecolor=face, markersize=5.5,
        )  # fmt: skip
    if legend is not None:
        face = colour if sure.any() else "white"
        ax.plot(
            [], [], linestyle="", marker=marker, color=colour, markerfacecolor=face, label=legend
        )


def row_height(rows: int, members: int) -> float:
    """Return a height in inches for so many points in so many rows, and for the legend beside them."""
    return max(0.9 + max(0.4, 0.13 * members) * rows, 2.6 + 0.25 * members)


def _say_hollow(ax: Axes, table: pd.DataFrame) -> None:
    if table["low"].isna().any():
        ax.plot([], [], linestyle="", label=say(*_NO_INTERVAL))


def shares(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    by: str = "outlet",
    labels: Mapping[str, str] | None = None,
    groups: Mapping[str, str] | None = None,
    of: str = "passages",
) -> Axes:
    """Draw the share of each theme in each group: points, with intervals where there are any.

    Parameters
    ----------
    table : DataFrame
        Columns ``<by>, theme (or topic, label, voice), share, low, high, n_articles``.
    ax : Axes, optional
    by : str
        The column of the groups.
    labels, groups : mapping of str to str
        Readable names of themes and groups.
    of : {"passages", "mentions", "words"}
        What the shares are shares of.
    """
    column = _label_column(table)
    themes, members = list(dict.fromkeys(table[column])), list(dict.fromkeys(table[by]))
    if not members:
        return nothing(axes(ax, 9.5, 1.6))
    ax = axes(ax, 9.5, row_height(len(themes), len(members)))
    for edge in np.arange(len(themes) - 1) + 0.5:
        ax.axhline(edge, color="#E3E3E3", linewidth=0.8)
    offsets = np.linspace(-0.3, 0.3, len(members)) if len(members) > 1 else [0.0]
    for n, (member, offset) in enumerate(zip(members, offsets, strict=True)):
        rows = table[table[by] == member].set_index(column).reindex(themes)
        shown = f"{named([member], groups or {})[0]}  (n = {int(rows['n_articles'].max())})"
        colour, marker = COLOURS[n % len(COLOURS)], MARKERS[n % len(MARKERS)]
        point_rows(ax, rows, "share", np.arange(len(themes)) + offset, colour, marker, shown)
    _say_hollow(ax, table)
    ax.set_yticks(range(len(themes)), named(themes, labels or {}))
    ax.grid(visible=False, axis="y")
    ax.set_ylim(len(themes) - 0.5, -0.5)
    top = float(np.nanmax(table[["share", "high"]].to_numpy(dtype=float), initial=0.1))
    ax.set_xlim(-0.02 * top, min(1.02, 1.06 * top))
    ax.set_xlabel(say(*_OF[of]))
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
    """Draw two themes against each other: their shares, and in words the difference.

    Parameters
    ----------
    table : DataFrame
        Columns ``<by>, first, second, difference, low, high, n_articles``.
    """
    labels = labels or {}
    ax = axes(ax, 8.5, 1.3 + 0.5 * len(table))
    y = np.arange(len(table))
    ax.hlines(y, table["first"], table["second"], color="#BBBBBB", linewidth=2.5)
    shown = (("first", first, COLOURS[0], "o"), ("second", second, COLOURS[1], "D"))
    for column, theme, colour, marker in shown:
        ax.plot(
            table[column], y, linestyle="", marker=marker, color=colour, markersize=8,
            label=label(labels.get(theme, theme)),
        )  # fmt: skip
    for position, row in enumerate(table.itertuples()):
        ax.annotate(
            _difference(row), (1.02, position), xycoords=("axes fraction", "data"), va="center",
            fontsize=8,
        )  # fmt: skip
    ax.set_yticks(y, named(list(table[by]), groups or {}))
    ax.set_ylim(len(table) - 0.4, -0.6)
    ax.set_xlim(-0.02, 1.02)
    ax.set_xlabel(say(*_OF["passages"]))
    ax.text(
        1.02, 1.0, say("difference [interval], n articles", "الفرق [مجال الثقة]، عدد المقالات"),
        transform=ax.transAxes, fontsize=8, va="bottom",
    )  # fmt: skip
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2)
    return ax


def _difference(row: Any) -> str:
    sure = row.low == row.low
    reach = (
        f"[{row.low:+.2f}, {row.high:+.2f}]"
        if sure
        else say("no interval", "بلا مجال ثقة").replace("\n", " · ")
    )
    return f"{row.difference:+.2f}  {reach}  n = {row.n_articles}"


def differences(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    labels: Mapping[str, str] | None = None,
    groups: Mapping[str, str] | None = None,
) -> Axes:
    """Draw differences of shares between pairs of groups, with their intervals.

    Parameters
    ----------
    table : DataFrame
        Columns ``a, b, theme (or topic, label), difference, low, high, q``. A star stands at
        differences that hold after the correction for their number (q < .05).
    """
    column, groups = _label_column(table), groups or {}
    themes = list(dict.fromkeys(table[column]))
    pairs = list(dict.fromkeys(zip(table["a"], table["b"], strict=True)))
    ax = axes(ax, 9.5, row_height(len(themes), len(pairs)))
    ax.axvline(0, color="#555555", linewidth=0.8)
    offsets = np.linspace(-0.35, 0.35, len(pairs)) if len(pairs) > 1 else [0.0]
    for n, ((a, b), offset) in enumerate(zip(pairs, offsets, strict=True)):
        rows = table[(table["a"] == a) & (table["b"] == b)].set_index(column).reindex(themes)
        shown = label(f"{groups.get(a, a)} − {groups.get(b, b)}")
        colour, marker = COLOURS[n % len(COLOURS)], MARKERS[n % len(MARKERS)]
        y = np.arange(len(themes)) + offset
        point_rows(ax, rows, "difference", y, colour, marker, shown)
        held = rows["q"].to_numpy(dtype=float) < 0.05
        for place, end in zip(y[held], rows["high"].to_numpy(dtype=float)[held], strict=True):
            ax.annotate("*", (end, place), xytext=(4, -4), textcoords="offset points", color=colour)
    for edge in np.arange(len(themes) - 1) + 0.5:
        ax.axhline(edge, color="#E3E3E3", linewidth=0.8)
    _say_hollow(ax, table)
    ax.set_yticks(range(len(themes)), named(themes, labels or {}))
    ax.grid(visible=False, axis="y")
    ax.set_ylim(len(themes) - 0.5, -0.5)
    ax.set_xlabel(
        say(
            "Difference of shares (*: q < .05)", "الفرق بين النسبتين (النجمة: فرق يثبت بعد التصحيح)"
        )
    )
    ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0))
    return ax
