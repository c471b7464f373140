"""A picture of one word in two companies: how far apart, and how far chance alone would bring them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from syriatopics.plots.style import COLOURS, axes, label, nothing, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["meaning_points"]


def meaning_points(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the distance of each pair of groups beside the distance that chance alone gives (grey).

    Parameters
    ----------
    table : DataFrame
        Columns ``word, a, b, distance, chance, q``; filled points have q below .05.
    ax : Axes, optional
    """
    ax = axes(ax, 7.0, 1.2 + 0.34 * max(len(table), 1))
    if not table["distance"].notna().any():
        return nothing(
            ax, "no two groups with enough of the word", "لا مجموعتين فيهما من الكلمة ما يكفي"
        )
    y = np.arange(len(table))
    ax.hlines(y, 0, table["chance"], color="#C8C8C8", linewidth=7,
              label=say("what chance gives", "ما تعطيه الصدفة"))  # fmt: skip
    sure = table["q"].lt(0.05).to_numpy()
    for chosen, face, words in (
        (sure, COLOURS[0], say("q below .05", "قيمة q دون ٠٫٠٥")),
        (~sure, "white", say("not told from chance", "لا يتميز من الصدفة")),
    ):
        ax.plot(table["distance"][chosen], y[chosen], "o", color=COLOURS[0], markerfacecolor=face,
                markersize=6, label=words)  # fmt: skip
    ax.set_yticks(y, [label(f"{r.word}: {r.a} · {r.b}") for r in table.itertuples()])
    ax.set_ylim(len(table) - 0.5, -0.5)
    ax.set_xlim(left=-0.01)
    ax.grid(visible=False, axis="y")
    ax.set_xlabel(say("Distance of mean contexts", "المسافة بين متوسطي السياق"))
    ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0))
    return ax
