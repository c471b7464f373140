"""Drawing one figure of a study, so that the same table gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

import pandas as pd

from syriatopics.plots.fitting import fit
from syriatopics.plots.notes import in_arabic
from syriatopics.plots.presets import PRESETS
from syriatopics.plots.style import Language, style
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

    preset = PRESETS[look.preset]
    with style(look.language, page=preset.page, least=preset.least, **look.settings):
        if draw is not None:
            ax = draw(table, None, **options)
        elif isinstance(result, Result):
            ax = replace(result, table=table).plot(None, **options)
        else:
            raise TypeError("a plain table needs a function to draw it: figure(name, table, draw)")
        figure = cast("Figure", ax.figure)
        below = in_arabic(note) if look.language == "ar" else note
        fit(figure, preset, "\n".join(_titles(titles, look.language)), below)
        plt.close(figure)
    return figure


def _titles(titles: tuple[str, str], language: Language) -> list[str]:
    en, ar = titles
    chosen = {"en": [en], "ar": [ar or en], "both": [en, ar]}[language]
    return [line for line in chosen if line]
