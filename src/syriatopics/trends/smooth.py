"""Smooth trends: how a theme moves from day to day, as a curve with its band.

A local straight line is fitted around each day (LOESS with a tricube kernel in time), articles
near the day weighing more. Bands let the news vary, as much as articles of nearby days are alike; the
difference of two outlets knows that both print the same news.

References
----------
Cleveland & Devlin (1988), Locally weighted regression, JASA 83. De Brabanter et al. (2011), Kernel
regression in the presence of correlated errors, Journal of Machine Learning Research 12.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.errors import InputError
from syriatopics.inference import MIN_ARTICLES, HasScores, Scores
from syriatopics.inference.behind import Behind
from syriatopics.inference.groups import PRODUCTION
from syriatopics.trends.curves import Curves, Grid, best_bandwidth, curves_of
from syriatopics.trends.panel import Panel, panel_of
from syriatopics.trends.points import points_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Smooth", "smooth"]


_POINTS = 100


@dataclass(frozen=True, eq=False, kw_only=True)
class Smooth(Behind):
    """Curves, a row per day, group and theme.

    Columns ``date, outlet, theme, share, low, high, low_all, high_all, n_articles``: the
    interval of the day, the band that holds the whole curve, and how many articles the
    day rests on, in effect. Days that rest on fewer than 15 are empty.

    Attributes
    ----------
    bandwidth : float
        How many days on either side a day looks at.
    """

    bandwidth: float
    label_name: str
    labels: Mapping[str, str]
    by: str
    signed: bool

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the curves with their bands."""
        from syriatopics.plots import smooth_lines

        given = {"by": self.by, "labels": self.labels, "signed": self.signed}
        return smooth_lines(self.table, ax, **{**given, **options})


def smooth(
    scores: Scores | HasScores,
    by: str | None = None,
    *,
    themes: Sequence[str] | None = None,
    balance: tuple[str, str] | None = None,
    difference: tuple[str, str] | None = None,
    production: str = PRODUCTION[0],
    bandwidth: float | None = None,
    level: float = 0.95,
    n_resamples: int = 1000,
    random_state: int = 0,
) -> Smooth:
    """Draw a smooth curve through the articles, with a band.

    Parameters
    ----------
    scores : Scores or FittedTopics
    by : str, optional
        A column of ``scores.documents`` for a curve per group, such as "outlet".
    themes : list of str, optional
        All by default.
    balance : (str, str), optional
        Two themes whose difference is drawn: above 0 the first is the larger.
    difference : (str, str), optional
        Two groups of `by`: the curve is the first less the second.
    production : {"own", "all"}
        As in :func:`syriatopics.prevalence`.
    bandwidth : float, optional
        How many days on either side a day looks at. By default that which predicts best a
        day whose fortnight is left out, one for all curves. A curve shows nothing that is
        much shorter than its bandwidth, and its band is that of the smoothed curve.
    level : float
    n_resamples, random_state : int

    Raises
    ------
    InputError
        If a column, group or theme is not known, no article has a date, or no day rests
        on 15 articles.

    Examples
    --------
    >>> from syriatopics import load_seeds, score_themes
    >>> smooth(score_themes(load_seeds().passages()), production="all")
    Traceback (most recent call last):
    ...
    syriatopics.errors.InputError: 4 articles have a day: too few for a curve (from 15).
    """
    if difference and by is None:
        by = "outlet"
    if bandwidth is not None and not bandwidth > 0:
        raise InputError(f"bandwidth {bandwidth!r} must be a number of days.")
    panel = panel_of(scores, by, production=production)
    panel = panel.contrast(*balance) if balance else panel.only(themes)
    points, day, lost = points_of(panel)
    if len(points) < MIN_ARTICLES:
        raise InputError(
            f"{len(points)} articles have a day: too few for a curve (from {MIN_ARTICLES})."
        )
    grid = Grid.of(points, day, _POINTS)
    width = float(bandwidth) if bandwidth else best_bandwidth(grid)
    curves = curves_of(grid, width, n_resamples, np.random.default_rng(random_state))
    if not (curves.n >= MIN_ARTICLES).any():
        raise InputError(
            f"No day rests on {MIN_ARTICLES} articles within {width:.0f} days: take a larger bandwidth."
        )
    names = list(points.groups)
    if difference:
        first, second = (points.group_index(name) for name in difference)
        curves, names = curves.difference(first, second), [f"{difference[0]} − {difference[1]}"]
    signed = points.signed or difference is not None
    chosen = "" if bandwidth else ", chosen by how well it predicts days left out"
    return Smooth(
        table=_table(points, grid, curves, names, signed, level),
        notes=(*panel.notes, *lost,
               f"Each day looks at {width:.0f} days on either side{chosen}."),
        bandwidth=width,
        label_name=points.label_name,
        labels=points.names,
        scores=panel.scores,
        by=points.column,
        signed=signed,
    )  # fmt: skip


def _table(
    panel: Panel, grid: Grid, curves: Curves, names: list[str], signed: bool, level: float
) -> pd.DataFrame:
    days = grid.at.astype("int64").astype("datetime64[D]")
    dates = pd.DatetimeIndex(days.astype("datetime64[s]"))
    day, whole = curves.bands(level)
    floor, ceiling = (-1.0 if signed else 0.0), 1.0
    parts = []
    for g, name in enumerate(names):
        for k, label in enumerate(panel.labels):
            share = curves.share[g, :, k]
            limits = {
                word: np.clip(share + sign * reach[g, :, k], floor, ceiling)
                for word, sign, reach in (
                    ("low", -1, day), ("high", 1, day), ("low_all", -1, whole), ("high_all", 1, whole)
                )
            }  # fmt: skip
            values = {"share": np.clip(share, floor, ceiling), **limits, "n_articles": curves.n[g]}
            enough = curves.n[g] >= MIN_ARTICLES
            shown = {word: np.where(enough, value, np.nan) for word, value in values.items()}
            shown["n_articles"] = curves.n[g]
            parts.append(
                pd.DataFrame({"date": dates, panel.column: name, panel.label_name: label, **shown})
            )
    return pd.concat(parts, ignore_index=True)
