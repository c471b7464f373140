"""A picture of one telling: the sentences of both texts in two columns, and ribbons between them."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from syriatopics.plots.style import COLOURS, axes, label, nothing, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["telling_ribbons"]

_COLOUR = {
    "kept": "#B9B9B9", "changed": COLOURS[0], "split": COLOURS[4], "merged": COLOURS[2], "moved": COLOURS[3],
    "dropped": COLOURS[5], "added": COLOURS[1],
}  # fmt: skip
# Two columns of text and the room between them, in parts of the width.
_EDGES = (0.37, 0.63)
_LETTERS, _LINES = 50, 2
_MOST = 40
_ALPHA = 0.6


def telling_ribbons(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    arabic: tuple[bool, bool] = (True, True),
    kinds: Mapping[str, str] | None = None,
) -> Axes:
    """Draw source and article side by side, each in its direction.

    A source in Arabic stands on the right, where reading begins; one that is read from left to right on the
    left. What has no counterpart is marked at its edge.

    Parameters
    ----------
    table : DataFrame
        Of one pair: columns ``kind, source_sentence, target_sentence, source_row, row``. Of more than 40
        sentences on a side the first are drawn.
    ax : Axes, optional
    arabic : tuple of bool
        Whether source and article are read from right to left.
    kinds : mapping of str to str, optional
        The kinds in Arabic.
    """
    rows = [
        sorted(set(table[name]) - {-1})[:_MOST] if len(table) else []
        for name in ("source_row", "row")
    ]
    longest = max(map(len, rows), default=0)
    ax = axes(ax, 9.5, 1.0 + 0.46 * max(longest, 1))
    if not longest:
        return nothing(ax, "no article tells a source", "لا مقالة تروي مصدرا")
    # The source is on the right where it is in Arabic.
    right = (arabic[0], not arabic[0])
    place = [{row: n for n, row in enumerate(side)} for side in rows]
    ax.set_xlim(0, 1)
    ax.set_ylim(longest - 0.4, -1.0)
    ax.axis("off")
    for n, (name, text) in enumerate(
        (("source_row", "source_sentence"), ("row", "target_sentence"))
    ):
        _column(ax, table, place[n], (name, text), right[n], arabic[n], n)
    _ribbons(ax, table, place, right)
    there = [kind for kind in _COLOUR if (table["kind"] == kind).any()]
    said = kinds or {}
    handles = [
        ax.plot(
            [], [], "s", color=_COLOUR[kind], alpha=_ALPHA, label=say(kind, said.get(kind, kind))
        )[0]
        for kind in there
    ]
    ax.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, 0.0), ncols=len(there))
    return ax


def _column(
    ax: Axes, table: pd.DataFrame, place: dict[int, int], names: tuple[str, str], right: bool,
    arabic: bool, side: int,
) -> None:  # fmt: skip
    first = table.drop_duplicates(names[0]).set_index(names[0])
    # Arabic ends at the left of its column, other scripts begin there.
    edge = 1.0 if right else _EDGES[0]
    start = _EDGES[1] if right else 0.0
    x, align = (edge, "right") if arabic else (start, "left")
    for row, y in place.items():
        lines = textwrap.wrap(str(first.loc[row, names[1]]), _LETTERS)
        shown = lines[:_LINES]
        if len(lines) > _LINES:
            shown[-1] += " …"
        ax.text(x, y, label("\n".join(shown)), ha=align, va="center", fontsize=8, linespacing=1.25)
    said = (say("Source", "المصدر"), say("Article", "المقالة"))[side]
    ax.text(x, -0.75, said, ha=align, va="center", fontsize=9, fontweight="bold")


def _ribbons(
    ax: Axes, table: pd.DataFrame, place: list[dict[int, int]], right: tuple[bool, bool]
) -> None:
    inner = [_EDGES[1] - 0.01 if on_right else _EDGES[0] + 0.01 for on_right in right]
    for row in table.itertuples():
        colour = _COLOUR[row.kind]
        ends = [place[n].get(k) for n, k in enumerate((row.source_row, row.row))]
        if all(end is not None for end in ends):
            _ribbon(ax, inner, ends, colour)
            continue
        for x, end in zip(inner, ends, strict=True):
            if end is not None and row.kind in ("dropped", "added"):
                ax.plot([x], [end], marker="s", markersize=6, color=colour, alpha=_ALPHA)


def _ribbon(ax: Axes, x: list[float], y: list[Any], colour: str) -> None:
    """Draw a band between two places, bent so that it leaves and reaches its column level."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    half, middle = 0.30, (x[0] + x[1]) / 2
    points = [
        (x[0], y[0] - half), (middle, y[0] - half), (middle, y[1] - half), (x[1], y[1] - half),
        (x[1], y[1] + half), (middle, y[1] + half), (middle, y[0] + half), (x[0], y[0] + half),
        (x[0], y[0] - half),
    ]  # fmt: skip
    bent = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    ax.add_patch(PathPatch(Path(points, bent), facecolor=colour, edgecolor="none", alpha=_ALPHA))
