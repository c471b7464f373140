"""Pictures of validation: agreement, intruders found, shares before and after correction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from syriatopics.plots.shares import point_rows, row_height
from syriatopics.plots.style import COLOURS, MARKERS, axes, label, named, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["agreement_points"]

_WHOLE = ("all themes", "كل المحاور")
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
        return _nothing(ax, "No two codings to compare yet", "لا ترميزان للمقارنة بعد")
    for place, dashes in ((0.0, "-"), (0.667, ":"), (0.8, "--")):
        ax.axvline(place, color="#777777", linewidth=0.9, linestyle=dashes)
    offsets = np.linspace(-0.3, 0.3, len(pairs)) if len(pairs) > 1 else [0.0]
    for n, (pair, offset) in enumerate(zip(pairs, offsets, strict=True)):
        rows = table[table["comparison"] == pair].set_index("theme").reindex(themes)
        shown = label(f"{pair}  (n = {int(rows['n_passages'].max())})")
        colour, marker = COLOURS[n % len(COLOURS)], MARKERS[n % len(MARKERS)]
        point_rows(ax, rows, "alpha", np.arange(len(themes)) + offset, colour, marker, shown)
    if table["low"].isna().any():
        ax.plot([], [], linestyle="", label=say(*_FEW))
    names = {_WHOLE[0]: say(*_WHOLE), **(labels or {})}
    ax.set_yticks(range(len(themes)), named(themes, names))
    ax.grid(visible=False, axis="y")
    for edge in np.arange(len(themes) - 1) + 0.5:
        ax.axhline(edge, color="#E3E3E3", linewidth=0.8)
    ax.set_ylim(len(themes) - 0.5, -0.5)
    low = float(np.nanmin(table[["alpha", "low"]].to_numpy(dtype=float), initial=0.0))
    ax.set_xlim(low - 0.05, 1.03)
    ax.set_xlabel(say("Krippendorff's α", "ألفا كريبندورف"))
    ax.legend(
        loc="upper left", bbox_to_anchor=(1.01, 1.0),
        title=say("n passages", "عدد الفقرات"),
    )  # fmt: skip
    return ax


def _nothing(ax: Axes, en: str, ar: str) -> Axes:
    """Say in the picture that there is nothing to draw."""
    ax.set_axis_off()
    ax.text(0.5, 0.5, say(en, ar), ha="center", va="center", transform=ax.transAxes, fontsize=11)
    return ax
