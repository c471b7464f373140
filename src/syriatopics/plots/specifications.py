"""The specification curve: every estimate in order, and below it the choices that gave it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from syriatopics.plots.style import COLOURS, label, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["specification_curve"]

_CHOICES = {
    "copies": ("copies", "النسخ"),
    "unit": ("unit", "الوحدة"),
    "normalisation": ("normalisation", "توحيد الرسم"),
    "conflation": ("conflation", "ردّ الكلمات"),
    "stop_words": ("stop words", "كلمات الوقف"),
    "names": ("names", "الأعلام"),
    "min_df": ("min. passages", "أقل عدد فقرات"),
    "model": ("model", "النموذج"),
    "n_topics": ("topics", "عدد المواضيع"),
    "seed": ("seed", "البذرة"),
    "production": ("production", "الإنتاج"),
    "denominator": ("denominator", "المقام"),
}
_SURE, _UNSURE, _AGAINST = COLOURS[0], "#8A8A8A", COLOURS[5]


def specification_curve(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    choices: Sequence[str],
    names: Mapping[str, str] | None = None,
) -> Axes:
    """Draw estimates in order with their intervals, and a dashboard of choices below.

    Parameters
    ----------
    table : DataFrame
        Columns ``estimate, low, high`` and those of the choices, in the order of estimates;
        rows without an estimate are counted and not drawn.
    ax : Axes, optional
        Its place is cut in two.
    choices : sequence of str
        Which choices are shown: columns of the table.
    names : mapping of str to str
        Readable names of values of choices.

    Returns
    -------
    Axes
        The upper one.
    """
    drawn = table[table["estimate"].notna()].reset_index(drop=True)
    rows = [
        (choice, value)
        for choice in choices
        for value in sorted(set(drawn[choice]) - {""}, key=_order)
    ]
    upper, lower = _two(ax, len(rows))
    _curve(upper, drawn, len(table) - len(drawn))
    _dashboard(lower, drawn, rows, names or {})
    upper.set_xlim(0, max(len(drawn), 1) + 1)
    lower.set_xlim(upper.get_xlim())
    return upper


def _order(value: str) -> tuple[int, float, str]:
    return (0, float(value), "") if value.replace(".", "", 1).isdigit() else (1, 0.0, value)


def _two(ax: Axes | None, n_rows: int) -> tuple[Axes, Axes]:
    below = 0.5 + 0.19 * n_rows
    if ax is None:
        import matplotlib.pyplot as plt

        _, (upper, lower) = plt.subplots(
            2, 1, figsize=(9.5, 3.0 + below), layout="constrained", height_ratios=(3.0, below)
        )
        return upper, lower
    ax.set_axis_off()
    return ax.inset_axes((0, 0.55, 1, 0.45)), ax.inset_axes((0, 0, 1, 0.5))


def _curve(ax: Axes, drawn: pd.DataFrame, n_failed: int) -> None:
    x = np.arange(1, len(drawn) + 1)
    low, high = drawn["low"].to_numpy(dtype=float), drawn["high"].to_numpy(dtype=float)
    estimate = drawn["estimate"].to_numpy(dtype=float)
    groups = (
        (low > 0, _SURE, say("interval above zero", "المجال كله فوق الصفر")),
        (high < 0, _AGAINST, say("interval below zero", "المجال كله تحت الصفر")),
        ((low <= 0) & (high >= 0), _UNSURE, say("interval holds zero", "المجال يشمل الصفر")),
        (np.isnan(low), _UNSURE, say("no interval", "بلا مجال ثقة")),
    )
    ax.axhline(0, color="#555555", linewidth=0.8)
    for chosen, colour, said in groups:
        if not chosen.any():
            continue
        ax.vlines(x[chosen], low[chosen], high[chosen], color=colour, linewidth=1.1, alpha=0.55)
        face = "white" if np.isnan(low[chosen]).all() else colour
        ax.plot(
            x[chosen], estimate[chosen], linestyle="", marker="o", markersize=3.2, color=colour,
            markerfacecolor=face, label=f"{said} ({int(chosen.sum())})",
        )  # fmt: skip
    if n_failed:
        failed = say(f"could not be done: {n_failed}", f"تعذّر حسابه: {n_failed}")
        ax.plot([], [], linestyle="", label=failed)
    ax.set_ylabel(say("Difference of shares", "فرق النسبتين"))
    ax.tick_params(axis="x", labelbottom=False, length=0)
    ax.grid(visible=False, axis="x")
    ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0), fontsize=8)


def _dashboard(
    ax: Axes, drawn: pd.DataFrame, rows: Sequence[tuple[str, str]], names: Mapping[str, str]
) -> None:
    low, high = drawn["low"].to_numpy(dtype=float), drawn["high"].to_numpy(dtype=float)
    colours = np.where(low > 0, _SURE, np.where(high < 0, _AGAINST, _UNSURE))
    x, last, ticks = np.arange(1, len(drawn) + 1), "", []
    for place, (choice, value) in enumerate(rows):
        made = (drawn[choice] == value).to_numpy()
        ax.scatter(
            x[made], np.full(made.sum(), place), marker="|", s=34, c=colours[made], linewidths=1.1
        )
        if choice != last and place:
            ax.axhline(place - 0.5, color="#E3E3E3", linewidth=0.8)
        if choice != last:
            title = say(*_CHOICES.get(choice, (choice, choice))).replace("\n", " · ")
            ax.annotate(
                title, (1.01, place), xycoords=("axes fraction", "data"), va="center", fontsize=8,
                color="#333333",
            )  # fmt: skip
        last = choice
        ticks.append(label(names.get(value, value)))
    ax.set_yticks(range(len(rows)), ticks, fontsize=7.5)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.grid(visible=False)
    ax.tick_params(axis="x", labelsize=7.5)
    ax.locator_params(axis="x", integer=True)
    ax.set_xlabel(say("Specifications, by their estimate", "المواصفات مرتبة بحسب تقديرها"))
