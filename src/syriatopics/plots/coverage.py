"""A picture of what an outlet is known to have published beside what was had of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from syriatopics.plots.panels import time_axis
from syriatopics.plots.style import COLOURS, axes, named, nothing, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["coverage"]

# How high the fullest month of an outlet is drawn, of the room that it has.
_HIGH = 0.82
_WIDE = 26


def coverage(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    gaps: pd.DataFrame | None = None,
    groups: Mapping[str, str] | None = None,
) -> Axes:
    """Draw, by outlet and month, the addresses named, the pages kept and the articles read, and gaps.

    Each outlet stands on a line of its own, its fullest month as high as that of any other: the number
    beside it says how many that is. Bars stand before each other: what is seen of a paler one is missing
    in the darker one. A gap is a stretch without a page that is longer than chance allows.

    Parameters
    ----------
    table : DataFrame
        Columns ``outlet, month, named, kept, articles``; months that are none are left out.
    ax : Axes, optional
    gaps : DataFrame, optional
        Columns ``outlet, start, end``.
    groups : mapping of str to str
        Readable names of outlets.

    Examples
    --------
    >>> import pandas as pd
    >>> from syriatopics.plots import coverage
    >>> months = pd.DataFrame({"outlet": "a", "month": ["2018-01", "2018-02"], "named": [9, 8]})
    >>> ax = coverage(months.assign(kept=[8, 8], articles=[8, 7]))
    """
    when = pd.to_datetime(table["month"], format="%Y-%m", errors="coerce")
    dated = table.assign(when=when)[when.notna()]
    outlets = sorted(set(dated["outlet"]))
    ax = axes(ax, 8.0, 1.4 + 0.9 * max(1, len(outlets)))
    if not outlets:
        return nothing(ax)
    said = (
        ("named", say("named by a source", "ذكره مصدر"), "#d9d9d9"),
        ("kept", say("page kept", "صفحة محفوظة"), COLOURS[1]),
        ("articles", say("read as an article", "قُرئ مقالا"), COLOURS[0]),
    )
    for line, outlet in enumerate(reversed(outlets)):
        rows = dated[dated["outlet"] == outlet]
        most = max(1, int(rows["named"].max()))
        for column, word, colour in said:
            ax.bar(
                rows["when"], _HIGH * rows[column] / most, width=_WIDE, bottom=line, align="edge",
                color=colour, label=word if not line else None,
            )  # fmt: skip
        holes = gaps[gaps["outlet"] == outlet] if gaps is not None else dated.iloc[:0]
        for hole in holes.itertuples():
            ax.plot(
                [hole.start, hole.end], [line, line], color=COLOURS[5], linewidth=4,
                solid_capstyle="butt", label=say("gap", "فجوة"),
            )  # fmt: skip
        ax.annotate(
            f"{most:,}", (1.01, line + _HIGH), xycoords=("axes fraction", "data"), va="center", fontsize=8
        )  # fmt: skip
    ax.set_yticks(range(len(outlets)), named(outlets[::-1], groups or {}), va="bottom")
    ax.set_ylim(-0.08, len(outlets))
    ax.xaxis_date()
    handles, words = ax.get_legend_handles_labels()
    shown = dict(zip(reversed(words), reversed(handles), strict=True))
    order = [word for _, word, _ in said] + [w for w in shown if w not in {s[1] for s in said}]
    time_axis([ax], 1)
    ax.legend([shown[w] for w in order], order, loc="upper left", bbox_to_anchor=(1.08, 1.0))
    return ax
