"""Pictures of words: the terms of topics, the most frequent terms, and what sets groups apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from syriatopics.plots.style import COLOURS, axes, label, nothing, page, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["bars", "keyness_bars", "moving_words", "topic_words"]

# The orange of the palette, as dark as text must be.
_DARK = "#a84300"


def topic_words(table: pd.DataFrame, ax: Axes | None = None, *, n_terms: int = 7) -> Axes:
    """Draw topics as rows: a bar for their share, and their first words from right to left.

    Parameters
    ----------
    table : DataFrame
        Columns ``topic, share, words``; words are separated by an Arabic comma.
    """
    ax = axes(ax, 8.0, 0.9 + 0.5 * len(table))
    y = range(len(table))
    ax.barh(y, table["share"], height=0.62, color=COLOURS[0])
    top = float(table["share"].max())
    ax.set_xlim(0, top * 4.2)
    for position, words in zip(y, table["words"], strict=True):
        shown = _fitting(words.split("، ")[:n_terms], float(min(8.0, page())))
        ax.text(top * 4.15, position, shown, ha="right", va="center", fontsize=9)
    ax.set_yticks(y, [str(topic) for topic in table["topic"]])
    ax.set_ylabel(say("topic", "الموضوع"))
    ax.set_xlabel(say("Share of passages (bars)", "نسبة الفقرات"), loc="left")
    ax.set_xticks([tick for tick in ax.get_xticks() if tick <= top * 1.15])
    ax.grid(visible=False)
    ax.invert_yaxis()
    return ax


def _fitting(words: list[str], width: float) -> str:
    """Return so many words as two lines have room for beside the bars, in a figure so wide."""
    # Three quarters of the width are theirs; a letter takes half of the size of the text.
    room = int(0.7 * width * 72 / 4.6)
    lines = [""]
    for word in words:
        longer = f"{lines[-1]}، {word}" if lines[-1] else word
        if len(longer) <= room:
            lines[-1] = longer
        elif len(lines) < 2:
            lines = [f"{lines[0]}،", word]
        else:
            break
    return "\n".join(map(label, lines))


def bars(
    table: pd.DataFrame, ax: Axes | None = None, *, name: str, value: str, xlabel: str = ""
) -> Axes:
    """Draw one horizontal bar per row of a table."""
    ax = axes(ax, 6.5, 0.8 + 0.27 * max(len(table), 3))
    if table.empty:
        return nothing(ax)
    y = np.arange(len(table))
    ax.barh(y, table[value], height=0.7, color=COLOURS[0])
    ax.set_yticks(y, [label(text) for text in table[name]])
    ax.grid(visible=False, axis="y")
    ax.set_xlabel(xlabel)
    ax.set_ylim(len(table) - 0.4, -0.6)
    return ax


def keyness_bars(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    n: int = 12,
    value: str = "log_odds",
    focal: str = "",
    reference: str = "",
) -> Axes:
    """Draw the words that set two groups apart, the focal group to the right.

    Parameters
    ----------
    table : DataFrame
        Columns ``display, log_odds`` and, where tested, ``q, low, high``; sorted from focal to
        reference. Intervals are drawn as lines.
    """
    shown = (
        table
        if len(table) <= 2 * n
        else table.iloc[[*range(n), *range(len(table) - n, len(table))]]
    )
    ax = axes(ax, 7.0, 0.9 + 0.25 * len(shown))
    y = np.arange(len(shown))
    values = shown[value].to_numpy(dtype=float)
    sure = shown["q"].to_numpy(dtype=float) < 0.05 if "q" in shown else np.zeros(len(shown), bool)
    for side, colour in ((values > 0, COLOURS[0]), (values <= 0, COLOURS[5])):
        for certain, alpha in ((sure, 1.0), (~sure, 0.45)):
            chosen = side & certain
            ax.barh(y[chosen], values[chosen], height=0.72, color=colour, alpha=alpha)
    ends = values.copy()
    if value == "log_odds" and {"low", "high"} <= set(shown):
        low, high = (shown[side].to_numpy(dtype=float) for side in ("low", "high"))
        ax.hlines(y, low, high, color="#333333", linewidth=0.9)
        ends = np.where(values > 0, np.fmax(values, high), np.fmin(values, low))
    reach = float(np.abs(ends).max()) * 1.35 if len(ends) else 1.0
    for position, (word, amount) in enumerate(zip(shown["display"], ends, strict=True)):
        ax.text(
            amount + np.sign(values[position]) * reach * 0.015, position, label(word),
            va="center", ha="left" if values[position] > 0 else "right", fontsize=9,
        )  # fmt: skip
    ax.axvline(0, color="#555555", linewidth=0.8)
    ax.set_xlim(-reach, reach)
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.grid(visible=False)
    ax.set_ylim(len(shown) - 0.4, -0.6)
    ax.set_xlabel(say("log-odds", "لوغاريتم نسبة الأرجحية"))
    # The second is written dark enough to be read, a line above the first where both have no room.
    narrow = len(reference) + len(focal) > 6.5 * page()
    for name, x, side, colour, above in (
        (reference, 0.0, "left", _DARK, 15 if narrow else 0),
        (focal, 1.0, "right", COLOURS[0], 0),
    ):
        ax.annotate(
            label(name), (x, 1.01), (0, above), "axes fraction", "offset points", ha=side,
            va="bottom", color=colour, fontweight="bold",
        )  # fmt: skip
    return ax


def moving_words(table: pd.DataFrame, ax: Axes | None = None, *, topic: str = "") -> Axes:
    """Draw the words that a topic gains (above) and loses (below), each named where it ends.

    Parameters
    ----------
    table : DataFrame
        A row per word and period, in order: ``period, word, change, sure, share, n_words``. Where
        ``n_words`` is 0 the period is empty, and its marker hollow. What is not ``sure`` (the
        interval of its change holds 0, or there is none) is dashed.
    topic : str
        Which topic it is.
    """
    from syriatopics.plots.panels import grid, middles, time_axis

    panels = grid(ax, 2, columns=1, height=2.9, share_y=False)
    titles = (
        say("words that the topic gains", "كلمات يكسبها الموضوع"),
        say("words that the topic loses", "كلمات يفقدها الموضوع"),
    )
    for panel, title, rising in zip(panels, titles, (True, False), strict=True):
        shown = table[(table["change"] > 0) == rising]
        ends = []
        for n, (word, own) in enumerate(shown.groupby("word", sort=False)):
            when, share = middles(own["period"].tolist()), own["share"].to_numpy() * 1000
            filled = own["n_words"].to_numpy() > 0
            colour = COLOURS[n % len(COLOURS)]
            dashed = "-" if own["sure"].all() else "--"
            panel.plot(when, share, color=colour, linewidth=1.5, linestyle=dashed)
            panel.plot(when[filled], share[filled], "o", color=colour, markersize=3.5)
            panel.plot(
                when[~filled], share[~filled], "o", color=colour, markersize=3.5, mfc="white"
            )
            ends.append((share[-1], when[-1], word, colour))
        _name_ends(panel, ends)
        shown = f"{label(topic)}\n{title}" if topic and rising else title
        panel.set_title(shown, fontsize=9, loc="left")
        panel.set_ylabel(
            say("per 1,000 words of the topic", "لكل ١٠٠٠ كلمة من الموضوع"), fontsize=8
        )
        panel.set_ylim(bottom=0)
    time_axis(panels, 1)
    panels[-1].set_xlabel(
        say(
            "dashed: no change that the interval would exclude; hollow: a period without text",
            "المتقطع: لا يستبعد مجالُ الثقة عدمَ التغير؛ المفرّغ: فترة بلا نص",
        ),
        fontsize=7.5,
    )
    return panels[0] if ax is None else ax


def _name_ends(panel: Axes, ends: list[tuple[float, object, object, str]]) -> None:
    """Write names right of the last points, moved apart where they would touch."""
    low, high = panel.get_ylim()
    room = 0.085 * (high - low)
    at = -np.inf
    for share, when, word, colour in sorted(ends, key=lambda end: end[0]):
        at = max(share, at + room)
        panel.annotate(
            label(word), (when, share), xytext=(1.012, at),
            textcoords=("axes fraction", "data"), color=colour, fontsize=8.5, va="center",
            ha="left", annotation_clip=False,
        )  # fmt: skip
