"""Panels over time: small multiples by outlet, with breaks, curves and events on one time axis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.plots.span import most_rows, say_left
from syriatopics.plots.style import COLOURS, LINES, MARKERS, label, limits_of, named, page, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "Frame",
    "across",
    "axis_name",
    "grid",
    "label_column",
    "middles",
    "numbers_below",
    "share_axis",
    "strips",
    "time_axis",
    "titled",
    "too_many",
    "trend_panels",
]

_FEW_THEMES, _MOST_PANELS = 3, 60


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


def across(n: int, most: int = 3, least: float = 2.2) -> int:
    """Return how many of `n` panels stand beside each other: as many as are `least` inches wide."""
    return max(1, min(n, most, int(page() / least)))


def grid(
    ax: Axes | None, n: int, *, columns: int, height: float, share_y: bool = True
) -> list[Axes]:
    """Return `n` axes of one time axis: a new figure, or the place of `ax` cut into parts."""
    rows = -(-n // columns)
    if ax is None:
        import matplotlib.pyplot as plt

        _, made = plt.subplots(
            rows, columns, figsize=(page() if columns > 1 else min(page(), 8.0), height * rows),
            layout="constrained", sharey=share_y, squeeze=False,
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


def time_axis(panels: Sequence[Axes], columns: int, last_row: int | None = None) -> None:
    """Write dates below the lowest panels, as few as have room, in figures only.

    `last_row` is how many of the panels hang together at the end, if not all.
    """
    from matplotlib.dates import AutoDateLocator, DateFormatter

    used = [panel for panel in panels if panel.axison]
    first = min(panel.get_xlim()[0] for panel in used)
    last = max(panel.get_xlim()[1] for panel in used)
    lowest = len(panels) - min(columns, last_row or columns)
    most = max(2, int(page() / columns / 0.85))
    days = last - first
    shape = "%Y" if days > 5 * 366 else "%m-%d" if days < 100 else "%Y-%m"
    for number, panel in enumerate(panels):
        panel.set_xlim(first, last)
        panel.xaxis.set_major_locator(AutoDateLocator(minticks=2, maxticks=min(most, 6)))  # type: ignore[no-untyped-call]
        panel.xaxis.set_major_formatter(DateFormatter(shape))  # type: ignore[no-untyped-call]
        panel.tick_params(
            axis="x",
            labelsize=7.5,
            labelbottom=number >= lowest or not panels[number + columns].axison,
        )


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
                axis_name(signed),
                fontsize=8,
            )


def axis_name(signed: bool) -> str:
    """Return what the axis of shares, or of their differences, is called."""
    if signed:
        return say("Difference of shares", "فرق النسبتين")
    return say("Share of passages", "نسبة الفقرات")


def titled(member: str, groups: Mapping[str, str], own: pd.DataFrame | None = None) -> str:
    """Return the title of a panel: the name of a group, and how many articles its rows stand for."""
    name = named([member], groups)[0]
    if own is None:
        return name
    n = int(own.drop_duplicates("period")["n_articles"].sum())
    return f"{name}\nn\u00a0=\u00a0{n:,}"


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
    if too_many(table, by, themes):
        return strips(ax, table, by, themes, labels or {}, groups or {}, signed, events)
    frame = Frame(ax, table, by, themes, labels, groups, signed)
    for panel, shown, member in frame:
        own = frame.table[frame.table[by] == member]
        _lines(panel, own, frame, shown)
        numbers_below(panel, own)
    return frame.finished(events, limits)


def too_many(table: pd.DataFrame, by: str, themes: Sequence[str] | None) -> bool:
    """Return whether a panel for each group and theme would be more than can be read."""
    n = len(themes) if themes is not None else table[label_column(table)].nunique()
    return n > _FEW_THEMES and n * table[by].nunique() > _MOST_PANELS


def strips(
    ax: Axes | None,
    table: pd.DataFrame,
    by: str,
    themes: Sequence[str] | None,
    labels: Mapping[str, str],
    groups: Mapping[str, str],
    signed: bool,
    events: pd.DataFrame | None,
) -> Axes:
    """Draw shares over time as strips of colour, a row for each group and a panel for each theme.

    Each theme has its own scale, which stands in its title.
    """
    from syriatopics.plots.events import mark_events

    column = label_column(table)
    themes, members = list(themes or dict.fromkeys(table[column])), list(dict.fromkeys(table[by]))
    columns = across(len(themes), 2, 4.0)
    panels = grid(ax, len(themes), columns=columns, height=0.7 + 0.17 * len(members))
    for number, (panel, theme) in enumerate(zip(panels, themes, strict=True)):
        own = table[table[column] == theme]
        if "period" in own:
            own = own.assign(date=middles(own["period"].tolist()))
        field = own.pivot(index=by, columns="date", values="share").reindex(members)
        top = max(float(np.nanmax(np.abs(field.to_numpy(float)), initial=0.0)), 0.01)
        when = pd.DatetimeIndex(field.columns)
        step = (when[1:] - when[:-1]).min() if len(when) > 1 else pd.Timedelta(days=30)
        ends: Any = when.append(pd.DatetimeIndex([when[-1] + step])) - step / 2
        colours, bottom = ("RdBu_r", -top) if signed else ("Blues", 0.0)
        edges = np.arange(len(members) + 1) - 0.5
        panel.pcolormesh(ends, edges, field.to_numpy(float), cmap=colours, vmin=bottom, vmax=top)
        lowest = f"{-top:.2f}" if signed else "0"
        panel.set_title(
            f"{named([theme], labels)[0]}  ({lowest}–{top:.2f})", fontsize=8.5, loc="left"
        )
        if number % columns == 0:
            panel.set_yticks(range(len(members)), named(members, groups), fontsize=7.5)
        panel.grid(visible=False)
    panels[0].set_ylim(len(members) - 0.5, -0.5)
    figure: Any = panels[0].figure
    figure.supylabel(axis_name(signed), fontsize=8)
    if events is not None:
        mark_events(panels, events)
    time_axis(panels, columns)
    return panels[0] if ax is None else ax


class Frame:
    """Panels over time: one for each group, or with many themes a row of them for each theme.

    Parameters
    ----------
    ax : Axes, optional
        Its place is cut into parts.
    table : DataFrame
        Columns ``<by>, theme (or topic), share, low, high`` and, if known, ``period, n_articles``.
    by, themes, labels, groups, signed
        As in :func:`trend_panels`.
    """

    def __init__(
        self,
        ax: Axes | None,
        table: pd.DataFrame,
        by: str,
        themes: Sequence[str] | None,
        labels: Mapping[str, str] | None,
        groups: Mapping[str, str] | None,
        signed: bool,
    ) -> None:
        self.ax, self.by, self.signed = ax, by, signed
        self.labels, self.groups = labels or {}, groups or {}
        self.column = label_column(table)
        self.themes = list(themes or dict.fromkeys(table[self.column]))
        self.members = list(dict.fromkeys(table[by]))
        self.table, self.left = most_rows(table[table[self.column].isin(self.themes)], by)
        self.crowded = len(self.themes) > _FEW_THEMES
        n = len(self.members)
        self.columns = across(n, 6, 1.5) if self.crowded else across(n)
        self.rows = [[theme] for theme in self.themes] if self.crowded else [self.themes]
        deep = -(-n // self.columns)
        places = grid(
            ax, len(self.rows) * deep * self.columns, columns=self.columns,
            height=1.5 if self.crowded else 2.3, share_y=False,
        )  # fmt: skip
        self.panels: list[list[Axes]] = []
        for row in range(len(self.rows)):
            own = places[row * deep * self.columns : (row + 1) * deep * self.columns]
            self.panels.append(own[:n])
            for unused in own[n:]:
                unused.set_axis_off()

    def __iter__(self) -> Iterator[tuple[Axes, list[str], str]]:
        for themes, panels in zip(self.rows, self.panels, strict=True):
            for panel, member in zip(panels, self.members, strict=True):
                yield panel, themes, member

    def look(self, theme: str) -> dict[str, Any]:
        """Return how the line of a theme looks."""
        n = self.themes.index(theme)
        return {"color": COLOURS[n % len(COLOURS)], "linestyle": LINES[n % len(LINES)]}

    def finished(
        self, events: pd.DataFrame | None = None, limits: tuple[float, str] | None = None
    ) -> Axes:
        """Name panels, give those of one theme one scale, and draw dates, events and the key."""
        from syriatopics.plots.events import mark_events

        every = [panel for row in self.panels for panel in row]
        aligned = self.crowded and self.columns == len(self.members)
        for k, (themes, panels) in enumerate(zip(self.rows, self.panels, strict=True)):
            own = self.table[self.table[self.column].isin(themes)]
            share_axis(panels, own, self.signed, self.columns)
            for number, (panel, member) in enumerate(zip(panels, self.members, strict=True)):
                if k == 0 or not aligned:
                    panel.set_title(self._title(member, k == 0), fontsize=8.5, loc="left")
                if self.crowded and number % self.columns == 0:
                    name = named(themes, self.labels)[0] if number == 0 else ""
                    panel.set_ylabel(name, fontsize=8, fontweight="bold")
        if self.crowded:
            figure: Any = every[0].figure
            figure.supylabel(axis_name(self.signed), fontsize=8)
        say_left(every[0], self.left if self.ax is None else 0)
        if events is not None:
            mark_events(every, events, self.columns if aligned else 0)
        time_axis(every, self.columns, len(self.members))
        if not self.crowded and self.themes != [""]:
            every[min(self.columns, len(every)) - 1].legend(
                loc="upper left", bbox_to_anchor=(1.01, 1.0),
                title=limits_of(*limits) if limits and self.table["low"].notna().any() else None,
            )  # fmt: skip
        return every[0] if self.ax is None else self.ax

    def _title(self, member: str, first: bool) -> str:
        own = self.table[self.table[self.by] == member]
        known = first and {"n_articles", "period"} <= set(own)
        return titled(member, self.groups, own if known else None)


def _lines(panel: Axes, own: pd.DataFrame, frame: Frame, shown: Sequence[str]) -> None:
    for theme in shown:
        line = own[own[frame.column] == theme]
        when: Any = middles(line["period"].tolist())
        colour = COLOURS[frame.themes.index(theme) % len(COLOURS)]
        marker = MARKERS[frame.themes.index(theme) % len(MARKERS)]
        sure = line["share"].where(line["low"].notna()).to_numpy()
        panel.plot(when, line["share"], linestyle="", marker=marker, color=colour, markersize=3.5,
                   label=label(frame.labels.get(theme, theme)))  # fmt: skip
        panel.plot(when, sure, color=colour, linewidth=1.3)
        low, high = line["low"].to_numpy(float), line["high"].to_numpy(float)
        panel.fill_between(when, low, high, color=colour, alpha=0.15, linewidth=0)
        alone = ~np.isnan(sure) & np.isnan(np.roll(sure, 1)) & np.isnan(np.roll(sure, -1))
        panel.vlines(when[alone], low[alone], high[alone], color=colour, linewidth=1.2, alpha=0.6)


def numbers_below(panel: Axes, own: pd.DataFrame) -> None:
    """Draw the number of articles as bars on the lowest eighth of a panel."""
    from matplotlib.collections import PolyCollection
    from matplotlib.dates import date2num

    counts = own.drop_duplicates("period")
    when: Any = middles(counts["period"].tolist())
    step = (when[1:] - when[:-1]).min() if len(when) > 1 else pd.Timedelta(days=30)
    heights = 0.125 * counts["n_articles"] / max(counts["n_articles"].max(), 1)
    left, right = (date2num(when + side * step) for side in (-0.4, 0.4))  # type: ignore[no-untyped-call]
    bars = [[(a, 0), (a, h), (b, h), (b, 0)] for a, b, h in zip(left, right, heights, strict=True)]
    # One thing to draw for a panel: a hundred bars, each by itself, take most of the time of a figure.
    panel.add_collection(
        PolyCollection(
            bars, facecolor="#BBBBBB", alpha=0.55, transform=panel.get_xaxis_transform()
        ),
        autolim=False,
    )
