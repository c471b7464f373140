"""Trend: how a theme moves over time, as a share with its basis in every period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from syriatopics.errors import InputError, choices
from syriatopics.inference import HasScores, Scores, as_scores
from syriatopics.inference.prevalence import groups_of, shares_of
from syriatopics.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["PERIODS", "Trend", "trend"]

# Names for people, and what pandas calls them.
PERIODS = {"D": "D", "W": "W-SUN", "M": "M", "Q": "Q", "Y": "Y"}


@dataclass(frozen=True, eq=False, kw_only=True)
class Trend(Result):
    """Shares by period: ``period, outlet, theme, share, low, high, n_articles, n_passages, note``."""

    period: str
    label_name: str
    labels: dict[str, str]

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the shares over time; lines break where a period is empty."""
        from syriatopics.plots import trend_lines

        return trend_lines(self.table, ax, **{"labels": self.labels, **options})


def trend(
    scores: Scores | HasScores,
    period: str = "M",
    by: str | None = None,
    *,
    level: float = 0.95,
    n_resamples: int = 2000,
    random_state: int = 0,
) -> Trend:
    """Estimate the share of each theme or topic in each period.

    An article is placed by its printed date where that is believed, else by its event
    window if the window lies inside one period. Other articles are left out, and counted
    in the notes. Periods without articles stay empty.

    Parameters
    ----------
    scores : Scores or FittedTopics
    period : {"D", "W", "M", "Q", "Y"}
        Day, week, month, quarter or year.
    by : str, optional
        A column of ``scores.documents`` for one trend per group, such as "outlet".
    level, n_resamples, random_state
        As in :func:`prevalence`.

    Returns
    -------
    Trend
        Its table has a row per period, group and theme, in order of time; without `by`
        the column outlet holds "all".

    Raises
    ------
    InputError
        If the period or the column is not known, or no passage has a date.

    Examples
    --------
    >>> from syriatopics import load_seeds, score_themes
    >>> trend(score_themes(load_seeds().passages()), period="Y").table["period"].unique().tolist()
    ['2016', '2017', '2018', '2019', '2020', '2021', '2022']
    """
    scores = as_scores(scores)
    if period not in PERIODS:
        raise InputError(f"Period {period!r} is not known. Periods: {choices(PERIODS)}.")
    table = scores.passages.table
    placed, notes = _placed(table, PERIODS[period])
    if placed.isna().all():
        raise InputError("No passage has a date: there is no trend to draw.")
    every = pd.period_range(placed.min(), placed.max(), freq=PERIODS[period])
    groups, more = (
        groups_of(table, [by]) if by else (pd.DataFrame({"outlet": ["all"] * len(table)}), [])
    )
    column = groups.columns[0]
    weights, article = scores.weights(), table["article_id"].to_numpy()
    rows = []
    for when in every:
        for group in sorted(groups[column].dropna().unique()):
            chosen = ((placed == when) & (groups[column] == group).to_numpy()).to_numpy()
            cells = shares_of(weights[chosen], article[chosen], level, n_resamples, random_state)
            rows += [
                {"period": str(when), column: group, scores.label_name: label, **cell}
                for label, cell in zip(scores.table.columns, cells, strict=True)
            ]
    return Trend(
        table=pd.DataFrame(rows),
        notes=(*scores.notes, *notes, *more),
        period=period,
        label_name=scores.label_name,
        labels=scores.labels or {},
    )


def _placed(table: pd.DataFrame, freq: str) -> tuple[pd.Series, list[str]]:
    """Return the period of each passage, NaT where its window reaches over more than one."""
    first = table["date_start"].dt.to_period(freq)
    last = table["date_end"].dt.to_period(freq)
    when = table["date"].dt.to_period(freq)
    wide = (first != last) & first.notna() & last.notna()
    notes = []
    for mask, why in (
        (wide, "written in a window of more than one period"),
        (when.isna(), "without a date"),
    ):
        articles = table.loc[mask, "article_id"].nunique()
        if articles:
            notes.append(f"{articles:,} articles {why} are left out.")
    refuted = table.loc[table["date_status"] == "conflict", "article_id"].nunique()
    if refuted:
        notes.append(
            f"{refuted:,} article{'s' if refuted > 1 else ''} whose printed date the text refutes "
            "placed by the event window."
        )
    return when.where(~wide), notes
