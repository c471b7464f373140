"""Trend: how a theme moves over time, as a share with its basis in every period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.inference import HasScores, Scores
from syriatopics.inference.behind import Behind
from syriatopics.inference.blocks import BlockChoice
from syriatopics.inference.groups import PRODUCTION
from syriatopics.trends.calendar import calendar_notes
from syriatopics.trends.cells import blocks_of_panel, estimate_cells
from syriatopics.trends.panel import Panel, panel_of
from syriatopics.trends.placing import Placement, place
from syriatopics.trends.standard import standardised

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from syriatopics.trends.changepoints import Changepoints

__all__ = ["Trend", "trend", "trend_of"]


@dataclass(frozen=True, eq=False, kw_only=True)
class Trend(Behind):
    """Shares by period: ``period, outlet, theme, share, low, high, n_articles, n_passages, note``.

    A balance of two themes has the same columns; its shares are differences in [-1, 1].

    Attributes
    ----------
    unit : str
        What the limits take as independent: articles, weeks, or another block.
    level : float
        Of the limits.
    """

    period: str
    label_name: str
    labels: Mapping[str, str]
    by: str = "outlet"
    blocks: str = "week"
    unit: str = "article"
    level: float = 0.95
    panel: Panel = field(repr=False)

    def changepoints(self, **options: Any) -> Changepoints:
        """Find where the level of each line changes: see :func:`changepoints`."""
        from syriatopics.trends.changepoints import changepoints_of

        return changepoints_of(self.panel, **{"blocks": self.blocks, **options})

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the shares over time; lines break where a period is empty."""
        from syriatopics.plots import trend_lines, trend_panels

        options = {"limits": (self.level, self.unit), **options}
        simple = self.table[self.by].nunique() == 1 and not self.panel.signed
        if simple and "events" not in options:
            return trend_lines(self.table, ax, **{"labels": self.labels, **options})
        given = {"by": self.by, "labels": self.labels, "signed": self.panel.signed}
        return trend_panels(self.table, ax, **{**given, **options})


def trend(
    scores: Scores | HasScores,
    period: str = "M",
    by: str | None = None,
    *,
    production: str = PRODUCTION[0],
    blocks: BlockChoice = "auto",
    windows: str = "omit",
    balance: tuple[str, str] | None = None,
    standardise: str | Mapping[str, float] | None = None,
    level: float = 0.95,
) -> Trend:
    """Estimate the share of each theme or topic in each period.

    The share of a period is the mean of the articles of that period: nothing of earlier or
    later periods goes into it. An article is placed by its printed date where that is
    believed, else by its event window. Periods without articles stay empty; those with
    fewer than 15 get a share and no interval. Articles without a date, or with one in the
    future, are left out and counted in the notes.

    Parameters
    ----------
    scores : Scores or FittedTopics
    period : {"D", "W", "M", "Q", "Y"}
        Day, week, month, quarter or year.
    by : str, optional
        A column of ``scores.documents`` for one trend per group, such as "outlet".
    production : {"own", "all"}
        As in :func:`syriatopics.prevalence`.
    blocks : {"auto", "article", "day", "week", "month", "story"}, a column, or Series
        What is taken as independent, as in :func:`syriatopics.prevalence`, which gives the
        same shares and limits. "article" asks what was printed in the period: how sure is the
        share of such articles, the news being what it was? Intervals of two periods must not
        be compared by it. The others let the news vary too: how alike the articles of one
        block are is estimated over all periods.
    windows : {"omit", "spread", "middle"}
        What to do with an article that was written in a window of more than one period:
        leave it out, spread it over the periods by their days, or place it in the middle.
    balance : (str, str), optional
        Two themes: the trend is then that of the difference of their shares, as in
        ``balance=("humanitarian", "political_transition")``.
    standardise : {"mix", "equal"} or mapping of outlet to weight, optional
        One line in which outlets weigh the same in every period: by their articles in the
        whole corpus, equally, or as given. A period in which one of them has no article
        is empty: it cannot be standardised. Not with `by`.
    level : float
        Of the intervals.

    Returns
    -------
    Trend
        Its table has a row per period, group and theme, in order of time; without `by`
        the column outlet holds "all". Intervals are Wilson's, with the number of
        independent articles that the standard error is worth.

    Raises
    ------
    InputError
        If the period, a column or a theme is not known, or no passage has a date.

    Examples
    --------
    >>> from syriatopics import load_seeds, score_themes
    >>> scores = score_themes(load_seeds().passages())
    >>> trend(scores, period="Y", production="all").table["period"].unique().tolist()
    ['2016', '2017', '2018', '2019', '2020', '2021', '2022']
    """
    panel = panel_of(scores, by, blocks, production)
    return trend_of(
        panel.contrast(*balance) if balance else panel,
        period,
        blocks=blocks,
        windows=windows,
        standardise=standardise,
        level=level,
    )


def trend_of(
    panel: Panel,
    period: str,
    *,
    blocks: BlockChoice = "auto",
    windows: str = "omit",
    standardise: str | Mapping[str, float] | None = None,
    level: float = 0.95,
) -> Trend:
    """Estimate the trend of a panel: see :func:`trend`."""
    placed = place(panel, period, windows)
    notes = _notes(panel, placed)
    if standardise is not None:
        placed = standardised(panel, placed, standardise)
    chosen = blocks_of_panel(panel, placed, blocks)
    table = estimate_cells(panel, placed, chosen, level)
    return Trend(
        table=table,
        notes=(*panel.notes, *placed.notes, *notes, *chosen.notes),
        period=period,
        label_name=panel.label_name,
        labels=panel.names,
        by=panel.column,
        blocks=_unit_of_breaks(panel, blocks),
        unit=chosen.unit,
        level=level,
        panel=panel,
        scores=panel.scores,
    )


def _unit_of_breaks(panel: Panel, blocks: BlockChoice) -> str:
    """Return what chance is to a search for breaks."""
    if isinstance(blocks, str) and blocks == "article":
        return "article"
    return "week" if panel.story is None else "named"


def _notes(panel: Panel, placed: Placement) -> list[str]:
    pooled = len(panel.groups) == 1
    total = np.bincount(placed.period, minlength=len(placed.periods))
    what = "outlet" if pooled else panel.column
    return calendar_notes(calendar_of(panel, placed), total, pooled, what)


def calendar_of(panel: Panel, placed: Placement) -> pd.DataFrame:
    """Return the articles by period and group; by outlet where there is one group only."""
    pooled = len(panel.groups) == 1
    code, names = (panel.outlet, panel.outlets) if pooled else (panel.group, panel.groups)
    known = code[placed.unit] >= 0
    counts = np.zeros((len(placed.periods), max(len(names), 1)), dtype=np.int64)
    np.add.at(counts, (placed.period[known], code[placed.unit][known]), 1)
    return pd.DataFrame(counts, index=[str(p) for p in placed.periods], columns=names or [""])
