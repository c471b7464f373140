"""Pictures of validation: agreement, intruders found, shares before and after correction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from syriatopics.plots.shares import panel_rows, point_rows, row_height
from syriatopics.plots.style import COLOURS, MARKERS, MOST_MARKS, axes, label, named, nothing, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["agreement_points", "corrected_points", "intrusion_points"]

_WHOLE = ("all themes", "كل المحاور")
_EVERY = ("all topics", "كل الموضوعات")
_FEW = (
    "hollow: too few articles for an interval",
    "المفرّغ: مقالات أقل من أن تعطي مجال ثقة",
)


def agreement_points(
    table: pd.DataFrame, ax: Axes | None = None, *, labels: Mapping[str, str] | None = None
) -> Axes:
    """Draw Krippendorff's α of each theme and comparison, with its interval.

    Parameters
    ----------
    table : DataFrame
        Columns ``theme, comparison, alpha, low, high, n_passages``. Lines stand at .667 and .8, below and
        from which conclusions are called tentative and sound.
    labels : mapping of str to str
        Readable names of the themes.
    """
    themes = list(dict.fromkeys(table["theme"]))
    pairs = list(dict.fromkeys(table["comparison"]))
    ax = axes(ax, 9.5, row_height(max(len(themes), 1), max(len(pairs), 1)))
    if not len(table):
        return nothing(ax, "No two codings to compare yet", "لا ترميزان للمقارنة بعد")
    for place, dashes in ((0.0, "-"), (0.667, ":"), (0.8, "--")):
        ax.axvline(place, color="#777777", linewidth=0.9, linestyle=dashes)
    offsets = np.linspace(-0.3, 0.3, len(pairs)) if len(pairs) > 1 else [0.0]
    for n, (pair, offset) in enumerate(zip(pairs, offsets, strict=True)):
        rows = table[table["comparison"] == pair].set_index("theme").reindex(themes)
        shown = f"{label(pair)}  (n = {int(rows['n_passages'].max())})"
        colour, marker = COLOURS[n % len(COLOURS)], MARKERS[n % len(MARKERS)]
        point_rows(ax, rows, "alpha", np.arange(len(themes)) + offset, colour, marker, shown)
    if table["low"].isna().any():
        ax.plot([], [], linestyle="", label=say(*_FEW))
    names = {_WHOLE[0]: say(*_WHOLE), **(labels or {})}
    _rows_by_theme(ax, themes, names)
    low = float(np.nanmin(table[["alpha", "low"]].to_numpy(dtype=float), initial=0.0))
    ax.set_xlim(low - 0.05, 1.03)
    ax.set_xlabel(say("Krippendorff's α", "ألفا كريبندورف"))
    ax.legend(
        loc="upper left", bbox_to_anchor=(1.01, 1.0),
        title=say("n passages", "عدد الفقرات"),
    )  # fmt: skip
    return ax


def corrected_points(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    by: Sequence[str] = ("outlet",),
    labels: Mapping[str, str] | None = None,
    groups: Mapping[str, str] | None = None,
) -> Axes:
    """Draw corrected shares with their intervals, and a cross where the naive share is.

    Parameters
    ----------
    table : DataFrame
        Columns of `by`, and ``theme, share, low, high, naive, n_coded``.
    by : sequence of str
        The columns of the groups.
    labels, groups : mapping of str to str
        Readable names of themes, and of the values of the first column of `by`.
    """
    if not table["n_coded"].max() > 0:
        return nothing(axes(ax, 9.5, 1.6), "Nobody has coded yet", "لم يرمّز أحد بعد")
    groups = groups or {}
    key = [
        " · ".join([groups.get(row[0], str(row[0])), *map(str, row[1:])])
        for row in table[list(by)].itertuples(index=False, name=None)
    ]
    table = table.assign(group=key)
    themes, members = list(dict.fromkeys(table["theme"])), list(dict.fromkeys(key))
    if len(members) > MOST_MARKS:
        xlabel = say(
            "Share of passages, corrected (cross: what the method says)",
            "نسبة الفقرات بعد التصحيح (علامة ×: ما يقوله المنهج)",
        )
        return panel_rows(
            table, ax, "theme", "group", labels or {}, list(map(label, members)), xlabel, "naive"
        )
    ax = axes(ax, 9.5, row_height(len(themes), len(members)))
    offsets = np.linspace(-0.32, 0.32, len(members)) if len(members) > 1 else [0.0]
    for n, (member, offset) in enumerate(zip(members, offsets, strict=True)):
        rows = table[table["group"] == member].set_index("theme").reindex(themes)
        colour, marker = COLOURS[n % len(COLOURS)], MARKERS[n % len(MARKERS)]
        y = np.arange(len(themes)) + offset
        ax.hlines(y, rows["naive"], rows["share"], color=colour, linewidth=0.8, linestyle=":")
        ax.plot(rows["naive"], y, linestyle="", marker="x", color=colour, markersize=5.5)
        shown = f"{label(member)}  (n = {int(rows['n_coded'].max())})"
        point_rows(ax, rows, "share", y, colour, marker, shown)
    ax.plot(
        [], [], linestyle="", marker="x", color="#333333",
        label=say("cross: what the method says", "علامة ×: ما يقوله المنهج"),
    )  # fmt: skip
    if table["low"].isna().any():
        ax.plot([], [], linestyle="", label=say(*_FEW))
    _rows_by_theme(ax, themes, labels or {})
    top = float(np.nanmax(table[["share", "naive", "high"]].to_numpy(dtype=float), initial=0.1))
    ax.set_xlim(-0.02 * top, min(1.02, 1.06 * top))
    ax.set_xlabel(say("Share of passages, corrected", "نسبة الفقرات بعد التصحيح"))
    ax.legend(
        loc="upper left", bbox_to_anchor=(1.01, 1.0),
        title=say("n passages coded", "عدد الفقرات المرمّزة"),
    )  # fmt: skip
    return ax


def intrusion_points(
    table: pd.DataFrame, ax: Axes | None = None, *, labels: Mapping[str, str] | None = None
) -> Axes:
    """Draw how often the intruder was found, by topic, with what guessing gives.

    Parameters
    ----------
    table : DataFrame
        Columns ``topic, precision, low, high, chance, n_answers``.
    labels : mapping of str to str
        Readable names of the topics.
    """
    topics = list(table["topic"].astype(str))
    ax = axes(ax, 8.0, row_height(len(topics), 1))
    if not table["n_answers"].any():
        return nothing(ax, "Nobody has answered yet", "لم يجب أحد بعد")
    chance = float(table["chance"].iloc[0])
    ax.axvline(chance, color="#777777", linewidth=0.9, linestyle=":")
    ax.plot([], [], color="#777777", linestyle=":", label=say("guessing", "بالتخمين"))
    point_rows(ax, table, "precision", np.arange(len(topics)), COLOURS[0], MARKERS[0])
    _rows_by_theme(ax, topics, {_EVERY[0]: say(*_EVERY), **(labels or {})})
    ax.set_xlim(-0.03, 1.03)
    ax.set_xlabel(say("Intruders found", "نسبة الدخيل المكتشَف"))
    ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0))
    return ax


def _rows_by_theme(ax: Axes, themes: Sequence[str], names: Mapping[str, str]) -> None:
    """Set out a row for each theme, with lines between them."""
    ax.set_yticks(range(len(themes)), named(themes, names))
    ax.grid(visible=False, axis="y")
    for edge in np.arange(len(themes) - 1) + 0.5:
        ax.axhline(edge, color="#E3E3E3", linewidth=0.8)
    ax.set_ylim(len(themes) - 0.5, -0.5)
