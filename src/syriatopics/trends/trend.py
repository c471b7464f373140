"""Trend: how a theme moves over time, as a share with its basis in every period."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from syriatopics.inference import MIN_ARTICLES, HasScores, Scores
from syriatopics.inference.blocks import (
    ShareError,
    design_effect,
    intraclass,
    share_error,
    t_interval,
    wilson_interval,
)
from syriatopics.inference.prevalence import cell_note
from syriatopics.results import Result
from syriatopics.trends.calendar import calendar_notes
from syriatopics.trends.panel import BlockChoice, Panel, block_codes, panel_of
from syriatopics.trends.placing import Placement, place

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from syriatopics.trends.changepoints import Changepoints

__all__ = ["Trend", "trend", "trend_of"]

Array = np.ndarray[Any, np.dtype[np.float64]]
Codes = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, eq=False, kw_only=True)
class Trend(Result):
    """Shares by period: ``period, outlet, theme, share, low, high, n_articles, n_passages, note``.

    A balance of two themes has the same columns; its shares are differences in [-1, 1].
    """

    period: str
    label_name: str
    labels: Mapping[str, str]
    by: str = "outlet"
    blocks: str = "week"
    panel: Panel = field(repr=False)

    def changepoints(self, **options: Any) -> Changepoints:
        """Find where the level of each line changes: see :func:`changepoints`."""
        from syriatopics.trends.changepoints import changepoints_of

        return changepoints_of(self.panel, **{"blocks": self.blocks, **options})

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the shares over time; lines break where a period is empty."""
        from syriatopics.plots import trend_lines, trend_panels

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
    blocks: BlockChoice = "week",
    windows: str = "omit",
    balance: tuple[str, str] | None = None,
    level: float = 0.95,
    n_resamples: int = 2000,
    random_state: int = 0,
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
    blocks : {"week", "article"}, name of a column, or mapping of article id to block
        What is resampled. "article" asks what was printed in the period: how sure is the
        share of such articles, the news being what it was? Intervals of two periods must
        not be compared by it. "week" lets the news vary too: the weeks of a period are
        resampled, and an interval is never narrower than that of its articles. Named
        blocks, such as stories, do so best: how alike their articles are is estimated over
        all periods. Periods of a week or less hold one week: their intervals are those of
        articles.
    windows : {"omit", "spread", "middle"}
        What to do with an article that was written in a window of more than one period:
        leave it out, spread it over the periods by their days, or place it in the middle.
    balance : (str, str), optional
        Two themes: the trend is then that of the difference of their shares, as in
        ``balance=("humanitarian", "political_transition")``.
    level : float
        Of the intervals.
    n_resamples, random_state : int

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
    >>> trend(score_themes(load_seeds().passages()), period="Y").table["period"].unique().tolist()
    ['2016', '2017', '2018', '2019', '2020', '2021', '2022']
    """
    panel = panel_of(scores, by, blocks)
    return trend_of(
        panel.contrast(*balance) if balance else panel,
        period,
        blocks=blocks,
        windows=windows,
        level=level,
        n_resamples=n_resamples,
        random_state=random_state,
    )


def trend_of(
    panel: Panel,
    period: str,
    *,
    blocks: BlockChoice = "week",
    windows: str = "omit",
    level: float = 0.95,
    n_resamples: int = 2000,
    random_state: int = 0,
) -> Trend:
    """Estimate the trend of a panel: see :func:`trend`."""
    placed = place(panel, period, windows)
    codes = None if period in ("D", "W") and panel.story is None else _codes(panel, placed, blocks)
    rho = _likeness(panel, placed) if panel.story is not None else None
    cells = list(_cells(panel, placed))
    estimates = []
    for cell in cells:
        seed = [random_state, zlib.crc32(panel.groups[cell.group].encode()), cell.ordinal]
        own = None if codes is None or rho is not None else codes[cell.rows]
        error = _error(panel, placed, cell, own, n_resamples, np.random.default_rng(seed))
        if rho is not None and len(cell.rows):
            effect = design_effect(rho, codes[cell.rows])  # type: ignore[index]
            error = error._replace(se=error.se * np.sqrt(effect))
        estimates.append(error)
    return Trend(
        table=_table(panel, placed, cells, estimates, level),
        notes=(*panel.notes, *placed.notes, *_notes(panel, placed, period, blocks)),
        period=period,
        label_name=panel.label_name,
        labels=panel.names,
        by=panel.column,
        blocks=blocks if isinstance(blocks, str) else "named",
        panel=panel,
    )


class _Cell(NamedTuple):
    """A period and a group, with the rows of the placement that fall into it."""

    period: int
    ordinal: int
    group: int
    rows: Codes


def _cells(panel: Panel, placed: Placement) -> Iterator[_Cell]:
    n_groups = len(panel.groups)
    key = placed.period * n_groups + panel.group[placed.unit]
    order = np.argsort(key, kind="stable")
    edges = np.searchsorted(key[order], np.arange(len(placed.periods) * n_groups + 1))
    ordinals = placed.periods.asi8
    for number in range(len(placed.periods) * n_groups):
        period, group = divmod(number, n_groups)
        rows = order[edges[number] : edges[number + 1]]
        yield _Cell(period, int(ordinals[period]), group, rows)


def _codes(panel: Panel, placed: Placement, blocks: BlockChoice) -> Codes | None:
    days = (panel.first + panel.last) // 2
    codes = block_codes(panel, days, blocks)
    return None if codes is None else codes[placed.unit]


def _likeness(panel: Panel, placed: Placement) -> Array:
    cells = placed.period * len(panel.groups) + panel.group[placed.unit]
    return intraclass(panel.values[placed.unit], cells, panel.story[placed.unit])  # type: ignore[index]


def _error(
    panel: Panel,
    placed: Placement,
    cell: _Cell,
    blocks: Codes | None,
    n_resamples: int,
    rng: np.random.Generator,
) -> ShareError:
    values, weights = panel.values[placed.unit[cell.rows]], placed.weight[cell.rows]
    missing = np.full(values.shape[1], np.nan)
    if not len(values):
        return ShareError(missing, missing, np.nan, 0.0)
    if len(values) < MIN_ARTICLES:
        n = float(weights.sum() ** 2 / (weights**2).sum())
        return ShareError(weights @ values / weights.sum(), missing, np.nan, n)
    return share_error(values, weights, blocks, n_resamples, rng)


def _table(
    panel: Panel,
    placed: Placement,
    cells: list[_Cell],
    estimates: list[ShareError],
    level: float,
) -> pd.DataFrame:
    """Lay the estimates out: a row per period, group and theme."""
    interval = t_interval if panel.signed else wilson_interval
    k = len(panel.labels)
    missing = np.full(k, np.nan)
    low, high, articles, passages, notes = [], [], [], [], []
    for cell, error in zip(cells, estimates, strict=True):
        enough = error.n >= MIN_ARTICLES
        bounds = interval(error, level) if enough else (missing, missing)
        low.append(bounds[0])
        high.append(bounds[1])
        units = placed.unit[cell.rows]
        articles.append(len(units))
        passages.append(int(panel.n_passages[units].sum()))
        notes.append(_note(placed.weight[cell.rows], error.n))
    names = [str(period) for period in placed.periods]
    return pd.DataFrame(
        {
            "period": np.repeat([names[c.period] for c in cells], k),
            panel.column: np.repeat([panel.groups[c.group] for c in cells], k),
            panel.label_name: np.tile(np.array(panel.labels, dtype=object), len(cells)),
            "share": np.concatenate([e.share for e in estimates]),
            "low": np.concatenate(low),
            "high": np.concatenate(high),
            "n_articles": np.repeat(articles, k),
            "n_passages": np.repeat(passages, k),
            "note": np.repeat(np.array(notes, dtype=object), k),
        }
    )


def _note(weights: Array, n: float) -> str:
    if len(weights) > 1 and weights.max() > weights.sum() / 2:
        return f"one article carries {weights.max() / weights.sum():.0%} of the weight"
    if len(weights) >= MIN_ARTICLES > n:
        return f"{len(weights)} articles, worth {n:.1f}: too few for an interval"
    return cell_note(len(weights))


def _notes(panel: Panel, placed: Placement, period: str, blocks: BlockChoice) -> list[str]:
    pooled = len(panel.groups) == 1
    total = np.bincount(placed.period, minlength=len(placed.periods))
    what = "outlet" if pooled else panel.column
    notes = calendar_notes(calendar_of(panel, placed), total, pooled, what)
    if period in ("D", "W") and panel.story is None and blocks != "article":
        notes.append(
            "Periods of a week or less hold one week: intervals resample articles, and say "
            "nothing of how the news itself varies."
        )
    return notes


def calendar_of(panel: Panel, placed: Placement) -> pd.DataFrame:
    """Return the articles by period and group; by outlet where there is one group only."""
    pooled = len(panel.groups) == 1
    code, names = (panel.outlet, panel.outlets) if pooled else (panel.group, panel.groups)
    known = code[placed.unit] >= 0
    counts = np.zeros((len(placed.periods), max(len(names), 1)), dtype=np.int64)
    np.add.at(counts, (placed.period[known], code[placed.unit][known]), 1)
    return pd.DataFrame(counts, index=[str(p) for p in placed.periods], columns=names or [""])
