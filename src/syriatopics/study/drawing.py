"""Drawing one figure of a study, so that the same table gives the same bytes."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pandas as pd

from syriatopics.plots.style import Language, label, style
from syriatopics.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["draw_figure"]


def draw_figure(
    result: Result | pd.DataFrame,
    table: pd.DataFrame,
    draw: Callable[..., Axes] | None,
    language: Language,
    titles: tuple[str, str],
    note: str,
    options: Mapping[str, Any],
) -> Figure:
    """Draw a table with a title above and a note below, in the style of the package."""
    import matplotlib.pyplot as plt

    with style(language):
        if draw is not None:
            ax = draw(table, None, **options)
        elif isinstance(result, Result):
            ax = replace(result, table=table).plot(None, **options)
        else:
            raise TypeError("a plain table needs a function to draw it: figure(name, table, draw)")
        figure = cast("Figure", ax.figure)
        figure.suptitle(
            _title(*titles, language), x=0.01, ha="left", fontsize=12, fontweight="bold"
        )
        if note:
            width = max(60, int(figure.get_size_inches()[0] * 15))
            wrapped = "\n".join(textwrap.wrap(note, width))
            figure.supxlabel(label(wrapped), x=0.01, ha="left", fontsize=8, color="#555555")
        plt.close(figure)
    return figure


def _title(en: str, ar: str, language: Language) -> str:
    chosen = {"en": [en], "ar": [ar or en], "both": [en, ar]}[language]
    return "\n".join(label(line) for line in chosen if line)
