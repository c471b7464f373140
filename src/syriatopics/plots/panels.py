"""Panels over time: small multiples by outlet, with breaks, curves and events on one time axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.plots.style import COLOURS, MARKERS, label, limits_of, named, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["grid", "label_column", "middles", "share_axis", "time_axis", "trend_panels"]

_FEW_THEMES = 3


def label_column(table: pd.DataFrame) -> str:
    """Return what the labels of a table are: themes or topics."""
    return "topic" if "topic" in table.columns else "theme"


def middles(periods: Sequence[str]) -> pd.DatetimeIndex:
    """Return the middle of each period, given as it is printed.

    Examples
    --------
    >>> middles(["2018", "2018-03", "2018Q1", "2018-03-05/2018-03-11"])[3].isoformat()
    '2018-03-08T11:59:59'
    """
    found = []
    for period in periods:
        first, _, last = str(period).partition("/")
        start = pd.Period(first).start_time
        end = pd.Period(last or first).end_time
        found.append(start + (end - start) / 2)
    return pd.DatetimeIndex(found).floor("s")


def grid(
    ax: Axes | None, n: int, *, columns: int, width: float, height: float, share_y: bool = True
) -> list[Axes]:
    """Return `n` axes of one time axis: a new figure, or the place of `ax` cut into parts."""
    rows = -(-n // columns)
    if ax is None:
        import matplotlib.pyplot as plt

        _, made = plt.subplots(
            rows, columns, figsize=(width * columns, height * rows), layout="constrained",
            sharex=True, sharey=share_y, squeeze=False,
        )  # fmt: skip
        panels = list(made.ravel())
    else:
        ax.set_axis_off()
        panels = []
        for number in range(rows * columns):
            row, column = divmod(number, columns)
            place = (column / columns, 1 - (row + 1) / rows, 0.9 / columns, 0.72 / rows)
            panels.append(ax.inset_axes(place))
    for unused in panels[n:]:
        unused.set_axis_off()
    return panels[:n]


def time_axis(panels: Sequence[Axes], columns: int) -> None:
    """Write dates below the lowest panels, as few as have room, in figures only."""
    from matplotlib.dates import AutoDateLocator, DateFormatter

    for number, panel in enumerate(panels):
        first, last = panel.get_xlim()
        years = last - first > 5 * 366
        days = last - first < 100
        panel.xaxis.set_major_locator(AutoDateLocator(minticks=2, maxticks=6))  # type: ignore[no-untyped-call]
        shape = "%Y" if years else "%m-%d" if days else "%Y-%m"
        panel.xaxis.set_major_formatter(DateFormatter(shape))  # type: ignore[no-untyped-call]
        panel.tick_params(axis="x", labelsize=7.5, labelbottom=number >= len(panels) - columns)


def share_axis(panels: Sequence[Axes], tables: pd.DataFrame, signed: bool, columns: int) -> None:
    """Give all panels one range that holds every share and interval."""
    values = tables[["share", "low", "high"]].to_numpy(float)
    held = values[~np.isnan(values)]
    reach = float(np.abs(held).max()) if len(held) else 1.0
    reach = min(1.0, max(0.1, reach * 1.12))
    for number, panel in enumerate(panels):
        panel.set_ylim(-reach if signed else -0.03 * reach, reach)
        if signed:
            panel.axhline(0, color="#555555", linewidth=0.8)
        if number % columns == 0:
            panel.set_ylabel(
                say("Difference of shares", "فرق النسبتين")
                if signed
                else say("Share of passages", "نسبة الفقرات"),
                fontsize=8,
            )


def trend_panels(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    by: str = "outlet",
    themes: Sequence[str] | None = None,
    labels: Mapping[str, str] | None = None,
    groups: Mapping[str, str] | None = None,
    signed: bool = False,
    events: pd.DataFrame | None = None,
    limits: tuple[float, str] | None = None,
) -> Axes:
    """Draw shares over time, a panel per group; with more than three themes a row per theme.

    Bars at the foot of a panel show the number of articles; lines join periods with an
    interval only.

    Parameters
    ----------
    table : DataFrame
        Columns ``period, <by>, theme (or topic), share, low, high, n_articles``.
    ax : Axes, optional
    by : str
    themes : list of str, optional
        All by default.
    labels, groups : mapping of str to str
        Readable names of themes and groups.
    signed : bool
        Whether shares are differences in [-1, 1].
    events : DataFrame, optional
        Columns ``date, en, ar, weight``: markers on every panel.
    limits : (float, str), optional
        The level of the intervals and what they take as independent, to be said beside them.
    """
    from syriatopics.plots.events import mark_events

    column, labels = label_column(table), labels or {}
    themes = list(themes or dict.fromkeys(table[column]))
    members = list(dict.fromkeys(table[by]))
    table = table[table[column].isin(themes)]
    crowded = len(themes) > _FEW_THEMES
    rows: list[list[str]] = [[theme] for theme in themes] if crowded else [themes]
    columns = len(members) if crowded else min(3, len(members))
    panels = grid(ax, len(rows) * len(members), columns=columns, width=9.5 / max(columns, 1.4),
                  height=1.5 if crowded else 2.3)  # fmt: skip
    for number, panel in enumerate(panels):
        shown, member = rows[number // len(members)], members[number % len(members)]
        own = table[table[by] == member]
        _lines(panel, own, column, shown, labels, themes)
        _numbers(panel, own)
        name = named([member], groups or {})[0]
        n = int(own.drop_duplicates("period")["n_articles"].sum())
        title = f"{named(shown, labels)[0]}\n{name}" if crowded else f"{name}  (n = {n:,})"
        panel.set_title(title, fontsize=8.5, loc="left")
    share_axis(panels, table, signed, columns)
    if events is not None:
        mark_events(panels, events)
    time_axis(panels, columns)
    if not crowded:
        panels[min(columns, len(panels)) - 1].legend(
            loc="upper left", bbox_to_anchor=(1.01, 1.0),
            title=limits_of(*limits) if limits and table["low"].notna().any() else None,
        )  # fmt: skip
    return panels[0] if ax is None else ax


def _lines(
    panel: Axes,
    own: pd.DataFrame,
    column: str,
    shown: Sequence[str],
    labels: Mapping[str, str],
    themes: Sequence[str],
) -> None:
    for theme in shown:
        line = own[own[column] == theme]
        when: Any = middles(line["period"].tolist())
        colour = COLOURS[themes.index(theme) % len(COLOURS)]
        marker = MARKERS[themes.index(theme) % len(MARKERS)]
        sure = line["share"].where(line["low"].notna()).to_numpy()
        panel.plot(when, line["share"], linestyle="", marker=marker, color=colour, markersize=3.5,
                   label=label(labels.get(theme, theme)))  # fmt: skip
        panel.plot(when, sure, color=colour, linewidth=1.3)
        low, high = line["low"].to_numpy(float), line["high"].to_numpy(float)
        panel.fill_between(when, low, high, color=colour, alpha=0.15, linewidth=0)
        alone = ~np.isnan(sure) & np.isnan(np.roll(sure, 1)) & np.isnan(np.roll(sure, -1))
        panel.vlines(when[alone], low[alone], high[alone], color=colour, linewidth=1.2, alpha=0.6)


def _numbers(panel: Axes, own: pd.DataFrame) -> None:
    """Draw the number of articles as bars on the lowest eighth of a panel."""
    counts = own.drop_duplicates("period")
    when: Any = middles(counts["period"].tolist())
    step = (when[1:] - when[:-1]).min() if len(when) > 1 else pd.Timedelta(days=30)
    foot = panel.inset_axes((0.0, 0.0, 1.0, 0.125), sharex=panel)
    foot.bar(when, counts["n_articles"], width=step * 0.8, color="#BBBBBB", alpha=0.55)
    foot.set_axis_off()
