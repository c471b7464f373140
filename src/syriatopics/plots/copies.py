"""A picture of shared copy: which outlets print the same texts?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from syriatopics.plots.style import axes, ink, named, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["sharing"]


def sharing(
    table: pd.DataFrame, ax: Axes | None = None, *, groups: Mapping[str, str] | None = None
) -> Axes:
    """Draw how many texts each two outlets share, with the figure in every cell.

    Parameters
    ----------
    table : DataFrame
        Columns ``outlet, other, n_clusters``, each pair of outlets once.
    ax : Axes, optional
    groups : mapping of str to str
        Readable names of outlets.
    """
    members = sorted({*table["outlet"], *table["other"]})
    place = {outlet: n for n, outlet in enumerate(members)}
    values = np.full((len(members), len(members)), np.nan)
    for row in table.itertuples():
        values[place[row.outlet], place[row.other]] = row.n_clusters
        values[place[row.other], place[row.outlet]] = row.n_clusters
    ax = axes(ax, 2.6 + 0.62 * len(members), 1.6 + 0.42 * len(members))
    ax.grid(visible=False)
    ax.spines[:].set_visible(False)
    ticks = range(len(members))
    shown = named(members, groups or {})
    ax.set_xticks(ticks, shown, rotation=90, fontsize=8)
    ax.set_yticks(ticks, shown)
    ax.set_title(say("Texts that two outlets share", "نصوص تشترك فيها وسيلتان"), fontsize=10)
    if not members:
        return ax
    top = float(np.nanmax(values))
    image = ax.imshow(values, cmap="Blues", vmin=0, vmax=top, aspect="auto")
    for (line, column), value in np.ndenumerate(values):
        if not np.isnan(value):
            colour = ink(image.to_rgba(value))
            ax.text(
                column, line, f"{value:,.0f}", ha="center", va="center", color=colour, fontsize=8
            )
    return ax
