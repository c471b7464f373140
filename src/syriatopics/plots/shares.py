"""Pictures of shares: by group, as a heat map, and of two themes against each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from syriatopics.plots.panels import across, grid
from syriatopics.plots.style import (
    COLOURS,
    MARKERS,
    MOST_MARKS,
    axes,
    ink,
    label,
    least,
    named,
    nothing,
    page,
    say,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["balance", "differences", "heat", "panel_rows", "point_rows", "row_height", "shares"]

_OF = {
    "passages": ("Share of passages", "نسبة الفقرات"),
    "mentions": ("Share of mentions", "نسبة الذِّكر"),
    "agreement": ("Krippendorff's α", "ألفا كريبندورف"),
    "words": ("Share of words", "نسبة الكلمات"),
    "sentences": ("Share of sentences", "نسبة الجمل"),
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
    of : {"passages", "mentions", "words", "sentences"}
        What the shares are shares of.
    """
    column = _label_column(table)
    themes, members = list(dict.fromkeys(table[column])), list(dict.fromkeys(table[by]))
    if not members:
        return nothing(axes(ax, 9.5, 1.6))
    if len(members) > MOST_MARKS:
        rows = [f"{named([m], groups or {})[0]}  (n = {table.loc[table[by] == m, 'n_articles'].max()})"
                for m in members]  # fmt: skip
        return panel_rows(table, ax, column, by, labels or {}, rows, say(*_OF[of]))
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


def panel_rows(
    table: pd.DataFrame, ax: Axes | None, column: str, by: str, labels: Mapping[str, str],
    names: Sequence[str], xlabel: str, naive: str | None = None,
) -> Axes:  # fmt: skip
    """Draw a panel for each theme, with a row for each group: where groups are too many for one panel."""
    themes, members = list(dict.fromkeys(table[column])), list(dict.fromkeys(table[by]))
    columns = across(len(themes), 4, 2.0)
    panels = grid(ax, len(themes), columns=columns, height=0.6 + 0.2 * len(members), share_y=True)
    y = np.arange(len(members))
    for number, (panel, theme) in enumerate(zip(panels, themes, strict=True)):
        rows = table[table[column] == theme].set_index(by).reindex(members)
        if naive is not None:
            panel.plot(rows[naive], y, linestyle="", marker="x", color="#333333", markersize=4.5)
        point_rows(panel, rows, "share", y, COLOURS[0], MARKERS[0])
        panel.set_title(named([theme], labels)[0], fontsize=8.5, loc="left")
        panel.grid(visible=False, axis="y")
        panel.set_xlim(left=0)
        panel.locator_params(axis="x", nbins=4)
        panel.tick_params(labelsize=8)
        if number % columns == 0:
            panel.set_yticks(y, names)
    panels[0].set_ylim(len(members) - 0.5, -0.5)
    figure: Any = panels[0].figure
    figure.supxlabel(xlabel, fontsize=8)
    return panels[0] if ax is None else ax


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
    field = table.pivot(index=column, columns=by, values="share").reindex(themes, columns=members)
    values = field.to_numpy(dtype=float)
    ax = axes(ax, 2.6 + 1.2 * len(members), 1.2 + 0.42 * len(themes))
    image = ax.imshow(
        values, cmap="Blues", vmin=0, vmax=max(float(np.nanmax(values)), 0.01), aspect="auto"
    )
    ax.grid(visible=False)
    figure = _short if len(members) > 8 or page() < 6 else "{:.2f}".format
    for (row, col), value in np.ndenumerate(values):
        if not np.isnan(value):
            colour = ink(image.to_rgba(value))
            ax.text(col, row, figure(value), ha="center", va="center", color=colour, fontsize=8)
    shown = {
        member: (groups or {}).get(member, str(member)).replace(" · ", "\n") for member in members
    }
    ax.set_xticks(
        range(len(members)),
        named(members, shown),
        rotation=90 if len(members) > 8 else 0,
        fontsize=8,
    )
    ax.set_yticks(range(len(themes)), named(themes, labels or {}))
    ax.spines[:].set_visible(False)
    return ax


def _short(value: float) -> str:
    return f"{value:.2f}".removeprefix("0")


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
    top = float(np.nanmax(table[["first", "second"]].to_numpy(dtype=float), initial=0.1))
    ax.set_xlim(-0.02 * top, min(1.02, 1.06 * top))
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
    """Draw differences of shares between groups: one pair as points, more as a matrix for each theme.

    In a matrix a cell is the group of its row less that of its column, with the interval and q below it,
    where there is room.

    Parameters
    ----------
    table : DataFrame
        Columns ``a, b, theme (or topic, label), difference, low, high, q``.
    """
    column, groups = _label_column(table), groups or {}
    themes = list(dict.fromkeys(table[column]))
    pairs = list(dict.fromkeys(zip(table["a"], table["b"], strict=True)))
    if len(pairs) > 1:
        return _matrices(table, ax, column, themes, labels or {}, groups)
    ax = axes(ax, 9.5, row_height(len(themes), 1))
    ax.axvline(0, color="#555555", linewidth=0.8)
    for a, b in pairs:
        rows, y = table.set_index(column).reindex(themes), np.arange(len(themes))
        shown = label(f"{groups.get(a, a)} − {groups.get(b, b)}")
        point_rows(ax, rows, "difference", y, COLOURS[0], MARKERS[0], shown)
    for edge in np.arange(len(themes) - 1) + 0.5:
        ax.axhline(edge, color="#E3E3E3", linewidth=0.8)
    _say_hollow(ax, table)
    ax.set_yticks(range(len(themes)), named(themes, labels or {}))
    ax.grid(visible=False, axis="y")
    ax.set_ylim(len(themes) - 0.5, -0.5)
    ax.set_xlabel(say("Difference of shares", "الفرق بين النسبتين"))
    ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0))
    return ax


def _matrices(
    table: pd.DataFrame, ax: Axes | None, column: str, themes: Sequence[str],
    labels: Mapping[str, str], groups: Mapping[str, str],
) -> Axes:  # fmt: skip
    down, right = list(dict.fromkeys(table["a"])), list(dict.fromkeys(table["b"]))
    size = max(6.5, least())
    wide = 13 * 0.6 * size / 72
    columns = across(len(themes), 3, wide * len(right) + 1.6)
    cell = (min(page(), 8.0) if columns == 1 else page()) / columns - 1.6
    whole = cell / len(right) >= wide
    panels = grid(
        ax, len(themes), columns=columns, height=0.75 + (0.5 if whole else 0.26) * len(down), share_y=False
    )  # fmt: skip
    reach = max(float(np.nanmax(np.abs(table["difference"].to_numpy(float)), initial=0.0)), 0.01)
    for panel, theme in zip(panels, themes, strict=True):
        own = table[table[column] == theme].set_index(["a", "b"])
        field = own["difference"].unstack().reindex(down, columns=right).to_numpy(float)
        panel.imshow(field, cmap="RdBu_r", vmin=-reach * 1.6, vmax=reach * 1.6, aspect="auto")
        for (row, col), value in np.ndenumerate(field):
            if not np.isnan(value):
                said = _cell(own.loc[(down[row], right[col])], whole)
                panel.text(col, row, said, ha="center", va="center", fontsize=size, color="#111111")
        panel.set_xticks(range(len(right)), named(right, groups), fontsize=7.5)
        panel.set_yticks(range(len(down)), named(down, groups), fontsize=7.5)
        panel.grid(visible=False)
        panel.spines[:].set_visible(False)
        panel.set_title(named([theme], labels)[0], fontsize=8.5, loc="left")
    figure: Any = panels[0].figure
    figure.supxlabel(
        say("row less column: difference of shares", "الصف ناقص العمود: الفرق بين النسبتين")
        + (say(", interval, q", "، مجاله، q") if whole else ""),
        fontsize=8,
    )
    return panels[0] if ax is None else ax


def _signed(value: float) -> str:
    shown = f"{value:+.2f}".replace("0.", ".").replace("-", "−")
    return shown[1:] if shown[1:] == ".00" else shown


def _cell(row: Any, whole: bool) -> str:
    said, *limits = (_signed(row[name]) for name in ("difference", "low", "high"))
    if not whole:
        return said
    reach = f"[{limits[0]}, {limits[1]}]" if row["low"] == row["low"] else "–"
    q = f"q {row['q']:.3f}".replace("0.", ".") if row["q"] == row["q"] else ""
    return f"{said}\n{reach}\n{q}".strip()
