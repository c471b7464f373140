"""Prevalence: how much of a theme, by outlet or any other grouping, and how sure is that?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.corpus import Passages
from syriatopics.inference.groups import blocks_of, estimates_of, groups_of, produced, with_column
from syriatopics.inference.intervals import DEFAULT, interval
from syriatopics.inference.resampling import (
    MIN_ARTICLES,
    MIN_BLOCKS,
    Estimate,
    article_means,
    estimate,
)
from syriatopics.inference.scores import HasScores, Scores, as_scores
from syriatopics.order import settled
from syriatopics.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Prevalence", "cell_note", "groups_of", "prevalence", "shares_of"]


@dataclass(frozen=True, eq=False, kw_only=True)
class Prevalence(Result):
    """Shares by group: ``<by>, theme, share, low, high, n_articles, n_passages, note``."""

    by: tuple[str, ...]
    label_name: str
    labels: dict[str, str]
    scores: Scores
    groups: pd.DataFrame

    def passages(self, theme: str, n: int = 5, **group: str) -> Passages:
        """Return passages behind a share: those with most of `theme`, in the group named."""
        table = self.scores.passages.table
        mask = pd.Series(True, index=table.index)
        for name, value in group.items():
            column = self.groups[name] if name in self.groups else table[name]
            mask &= (column == value).to_numpy()
        weights = pd.Series(settled(self.scores.table[theme]), index=table.index)
        best = weights[mask & (weights > 0)].sort_values(ascending=False, kind="stable").index[:n]
        return Passages(table.loc[best].reset_index(drop=True), self.scores.passages.unit)

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the shares as points, with their intervals where there are any."""
        from syriatopics.plots import shares

        return shares(self.table, ax, **{"by": self.by[0], "labels": self.labels, **options})


def prevalence(
    scores: Scores | HasScores,
    by: str | Sequence[str] | pd.Series = "outlet",
    *,
    production: str = "all",
    block: str | pd.Series = "article",
    level: float = 0.95,
    method: str = DEFAULT,
    n_resamples: int = 2000,
    random_state: int = 0,
) -> Prevalence:
    """Estimate the share of each theme or topic in each group.

    The scores are averaged within an article and then over articles, so that a long
    article does not speak for its outlet; the article, or a block of articles, is the unit
    of uncertainty.

    Parameters
    ----------
    scores : Scores or FittedTopics
    by : str, list of str or Series
        Columns of ``scores.documents``, or one value per passage.
    production : {"all", "own"}
        Whether wire copy, translations and republished articles count.
    block : {"article", "day", "week", "month", "quarter"} or Series
        What is taken as independent; a Series gives the block (story) of each article id.
        News comes in bursts: where periods are compared, take weeks or stories.
    level : float
        Of the intervals.
    method : {"score", "percentile", "t", "bootstrap_t"}
        How the interval is made; see :func:`syriatopics.inference.intervals.interval`.
    n_resamples, random_state : int
        Of the methods that resample.

    Returns
    -------
    Prevalence
        Its table has a row per group and theme. ``low`` and ``high`` are NaN in cells
        with fewer than 15 articles (or six blocks), and ``note`` says so; a single article
        describes itself and no outlet.

    Raises
    ------
    InputError
        If a column, the method or the block is not there.

    Examples
    --------
    >>> from syriatopics.corpus import load_seeds
    >>> from syriatopics.framing import score_themes
    >>> shares = prevalence(score_themes(load_seeds().passages()))
    >>> shares.table["note"].iloc[0]
    'one article: describes this article, not the outlet'
    """
    scores = as_scores(scores)
    table, columns = with_column(scores.passages.table, by)
    stands, notes = produced(table, production)
    groups, more = groups_of(table, columns)
    groups.loc[~stands, :] = np.nan
    blocks = blocks_of(table, block)
    rows: list[dict[str, Any]] = []
    for values, found, articles, n_passages in estimates_of(scores, groups, blocks):
        named = dict(zip(columns, values, strict=True))
        cells = _cells(found, len(articles), n_passages, (method, level, n_resamples, random_state))
        rows += [
            {**named, scores.label_name: label, **cell}
            for label, cell in zip(scores.table.columns, cells, strict=True)
        ]
    return Prevalence(
        table=pd.DataFrame(rows),
        notes=(*scores.notes, *notes, *more, *_warnings(rows)),
        by=columns,
        label_name=scores.label_name,
        labels=scores.labels or {},
        scores=scores,
        groups=groups,
    )


def shares_of(
    weights: np.ndarray[Any, Any],
    article: np.ndarray[Any, Any],
    level: float,
    n_resamples: int,
    random_state: int,
    *,
    method: str = DEFAULT,
    block: np.ndarray[Any, Any] | None = None,
) -> list[dict[str, Any]]:
    """Return the estimates of one group: a dict per column of `weights`.

    `block` holds the block of each passage's article; by default the article itself.
    """
    means, articles = article_means(weights, article)
    blocks = None
    if block is not None:
        first = dict(zip(article[::-1], block[::-1], strict=True))
        blocks = np.array([first[name] for name in articles], dtype=object)
    n_passages = int((~np.isnan(weights).any(axis=1)).sum())
    found = estimate(means, block=blocks)
    return _cells(found, len(articles), n_passages, (method, level, n_resamples, random_state))


def _cells(
    found: Estimate, n_articles: int, n_passages: int, how: tuple[str, float, int, int]
) -> list[dict[str, Any]]:
    note = cell_note(n_articles, len(found.sizes))
    low = high = np.full(found.mean.shape, np.nan)
    if not note:
        low, high = interval(found, *how)
    return [
        {
            "share": found.mean[k],
            "low": low[k],
            "high": high[k],
            "n_articles": n_articles,
            "n_passages": n_passages,
            "note": note,
        }
        for k in range(len(found.mean))
    ]


def cell_note(n_articles: int, n_blocks: int | None = None) -> str:
    """Say what the number of articles, and of blocks, behind a cell allows."""
    if n_articles == 0:
        return "no article"
    if n_articles == 1:
        return "one article: describes this article, not the outlet"
    if n_articles < MIN_ARTICLES:
        return f"{n_articles} articles: too few for an interval (from {MIN_ARTICLES})"
    if n_blocks is not None and n_blocks < MIN_BLOCKS:
        return f"{n_blocks} blocks of articles: too few for an interval (from {MIN_BLOCKS})"
    return ""


def _warnings(rows: Sequence[dict[str, Any]]) -> list[str]:
    counts = {row["n_articles"] for row in rows}
    if counts == {1}:
        return [
            "Every group is a single article: differences describe these articles, not their outlets."
        ]
    return []
