"""Drawing one figure of a study, so that the same table gives the same bytes."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

import pandas as pd

from syriatopics.plots.presets import fit_preset
from syriatopics.plots.style import Language, prose, style
from syriatopics.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Look", "draw_figure"]


@dataclass(frozen=True)
class Look:
    """How the figures of a study look: language, preset, and settings of matplotlib."""

    language: Language = "en"
    preset: str = "screen"
    settings: Mapping[str, Any] = field(default_factory=dict)


def draw_figure(
    result: Result | pd.DataFrame,
    table: pd.DataFrame,
    draw: Callable[..., Axes] | None,
    look: Look,
    titles: tuple[str, str],
    note: str,
    options: Mapping[str, Any],
) -> Figure:
    """Draw a table with a title above and a note below, in the style of the package."""
    import matplotlib.pyplot as plt

    with style(look.language, **look.settings):
        if draw is not None:
            ax = draw(table, None, **options)
        elif isinstance(result, Result):
            ax = replace(result, table=table).plot(None, **options)
        else:
            raise TypeError("a plain table needs a function to draw it: figure(name, table, draw)")
        figure = cast("Figure", ax.figure)
        scale = fit_preset(figure, look.preset)
        title = "\n".join(
            _wrap(figure, line, 12 * scale) for line in _titles(titles, look.language)
        )
        figure.suptitle(title, x=0.01, ha="left", fontsize=12 * scale, fontweight="bold")
        if note:
            wrapped = _wrap(figure, note, 8 * scale)
            size = 8 * scale
            figure.supxlabel(wrapped, x=0.01, ha="left", fontsize=size, color="#555555")
        plt.close(figure)
    return figure


def _wrap(figure: Figure, text: str, size: float) -> str:
    """Break a text into lines that fit the width of the figure; a letter is half its size wide."""
    n_letters = int(figure.get_size_inches()[0] * 72 / (size * 0.6))
    return "\n".join(map(prose, textwrap.wrap(text, max(20, n_letters))))


def _titles(titles: tuple[str, str], language: Language) -> list[str]:
    en, ar = titles
    chosen = {"en": [en], "ar": [ar or en], "both": [en, ar]}[language]
    return [line for line in chosen if line]
