"""Pictures of topic models: how good, how stable, how many, and which topics are alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from syriatopics.plots.style import COLOURS, MARKERS, axes, label, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = [
    "contrasts",
    "model_comparison",
    "topic_quality",
    "topic_search",
    "topic_stability",
    "topic_tree",
]

# Measures of a search over K, in the order in which they are drawn.
_MEASURES = {
    "coherence": ("coherence (NPMI)", "التماسك (NPMI)"),
    "exclusivity": ("exclusivity", "التفرّد"),
    "stability": ("stability", "الثبات"),
    "held_out": ("held-out likelihood", "الأرجحية خارج العيّنة"),
}


def topic_search(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    best: int | None = None,
    used: int | None = None,
) -> Axes:
    """Draw the measures of a search over K, each from its worst to its best value.

    Parameters
    ----------
    table : DataFrame
        Columns ``n_topics, coherence, exclusivity, stability, held_out``.
    best : int, optional
        The number that is suggested.
    used : int, optional
        The number that the study uses.
    """
    ax = axes(ax, 7.0, 4.0)
    x = table["n_topics"].to_numpy()
    for number, (name, (en, ar)) in enumerate(_MEASURES.items()):
        values = table[name].to_numpy(dtype=float)
        low, high = values.min(), values.max()
        shown = (values - low) / (high - low) if high > low else np.full(len(values), 0.5)
        text = f"{say(en, ar)}\n{low:.2f} … {high:.2f}"
        ax.plot(x, shown, marker=MARKERS[number], color=COLOURS[number], label=text, linewidth=1.4)
    marks = {best: say("suggested", "المقترح")} if best is not None else {}
    if used is not None:
        both = say("suggested and used", "المقترح والمستعمل")
        marks[used] = both if used == best else say("used", "المستعمل")
    for k, what in marks.items():
        ax.axvline(k, color="#555555", linewidth=1, linestyle="--" if k != used else "-")
        ax.text(k, 1.07, f"K = {k}\n{what}", ha="center", va="bottom", fontsize=8)
    ax.set_xticks(x)
    ax.set_ylim(-0.08, 1.28)
    ax.set_yticks([0, 1], [say("worst tried", "الأسوأ"), say("best tried", "الأفضل")])
    ax.set_xlabel(say("number of topics", "عدد الموضوعات"))
    ax.legend(loc="center left", bbox_to_anchor=(1.01, 0.5), fontsize=8, labelspacing=1.1)
    return ax


def topic_quality(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw topics by coherence (x) and exclusivity (y), each with its number."""
    ax = axes(ax, 5.5, 4.0)
    ax.scatter(table["coherence"], table["exclusivity"], color=COLOURS[0], s=36)
    for topic, x, y in table[["topic", "coherence", "exclusivity"]].itertuples(index=False):
        ax.annotate(str(topic), (x, y), xytext=(4, 4), textcoords="offset points", fontsize=8)
    ax.set_xlabel(say("coherence (NPMI)", "التماسك (NPMI)"))
    ax.set_ylabel(say("exclusivity", "التفرّد"))
    return ax


def topic_stability(table: pd.DataFrame, ax: Axes | None = None, *, n_terms: int = 4) -> Axes:
    """Draw for each topic how surely it comes again: from other articles, from other seeds.

    Parameters
    ----------
    table : DataFrame
        Columns ``topic, words, articles, articles_lowest, seeds, seeds_lowest``.
    """
    ax = axes(ax, 8.0, 1.1 + 0.42 * len(table))
    y = np.arange(len(table))
    kinds = (
        ("articles", "other articles", "مقالات أخرى", -0.14),
        ("seeds", "other random states", "بذور عشوائية أخرى", 0.14),
    )
    for number, (name, en, ar, shift) in enumerate(kinds):
        ax.hlines(
            y + shift, table[f"{name}_lowest"], table[name], color=COLOURS[number], linewidth=1.5
        )
        ax.plot(table[name], y + shift, MARKERS[number], color=COLOURS[number], label=say(en, ar))
    names = [
        f"{t}: " + "، ".join(w.split("، ")[:n_terms])
        for t, w in zip(table["topic"], table["words"], strict=True)
    ]
    ax.set_yticks(y, [label(name) for name in names])
    ax.set_xlim(0, 1.03)
    ax.invert_yaxis()
    ax.set_xlabel(
        say(
            "likeness of the words (mean; line: down to the lowest)",
            "تشابه الكلمات (المتوسط؛ الخط حتى الأدنى)",
        )
    )
    ax.legend(loc="center left", bbox_to_anchor=(1.01, 0.5), fontsize=8)
    return ax


def topic_tree(
    linkage: np.ndarray[Any, Any], ax: Axes | None = None, *, labels: Mapping[int, str]
) -> Axes:
    """Draw the tree of which topics are alike."""
    from scipy.cluster.hierarchy import dendrogram

    n = len(linkage) + 1
    ax = axes(ax, 7.5, 1.0 + 0.32 * n)
    dendrogram(
        linkage,
        ax=ax,
        orientation="left",
        labels=[label(labels.get(topic, str(topic))) for topic in range(n)],
        color_threshold=0,
        above_threshold_color=COLOURS[0],
        leaf_font_size=9,
    )
    ax.grid(visible=False, axis="y")
    ax.set_xlabel(say("distance", "المسافة"))
    return ax


def model_comparison(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw models by coherence (x) and stability (y)."""
    ax = axes(ax, 6.5, 4.0)
    rows = table[["model", "coherence", "stability"]].itertuples(index=False)
    for number, (model, x, y) in enumerate(rows):
        marker, colour = MARKERS[number % len(MARKERS)], COLOURS[number % len(COLOURS)]
        ax.plot([x], [y], marker, color=colour, markersize=8, label=label(model.split("(")[0]))
    ax.set_xlabel(say("coherence (NPMI)", "التماسك (NPMI)"))
    ax.set_ylabel(say("stability", "الثبات"))
    ax.legend(fontsize=8)
    return ax


def contrasts(
    table: pd.DataFrame, ax: Axes | None = None, *, focal: str = "", reference: str = ""
) -> Axes:
    """Draw the contrast of two groups in every fit, by number of topics.

    Parameters
    ----------
    table : DataFrame
        Columns ``n_topics, seed, contrast, low, high``.
    """
    ax = axes(ax, 6.5, 3.6)
    numbers = sorted(set(table["n_topics"]))
    place = {k: position for position, k in enumerate(numbers)}
    turn = table.groupby("n_topics").cumcount()
    most = int(turn.max()) + 1
    x = table["n_topics"].map(place) + (turn - (most - 1) / 2) * 0.6 / most
    ax.vlines(x, table["low"], table["high"], color=COLOURS[4], linewidth=1.2)
    ax.plot(x, table["contrast"], "o", color=COLOURS[0], markersize=5)
    ax.axhline(0, color="#555555", linewidth=0.8)
    ax.set_xticks(range(len(numbers)), [str(k) for k in numbers])
    ax.set_xlabel(say("number of topics (points: seeds)", "عدد الموضوعات (النقاط: بذور)"))
    ax.set_ylabel(label(f"{focal} − {reference}"))
    return ax
