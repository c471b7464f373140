"""Prevalence: how much of a theme, by outlet or any other grouping, and how sure is that?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.corpus import Passages
from syriatopics.errors import InputError, choices
from syriatopics.inference.resampling import MIN_ARTICLES, article_means, bootstrap_interval
from syriatopics.inference.scores import HasScores, Scores, as_scores
from syriatopics.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Prevalence", "cell_note", "groups_of", "prevalence", "shares_of"]

# So many articles without an outlet are shown each by itself; more are left out, and said.
_SHOWN_ALONE = 5


@dataclass(frozen=True, eq=False, kw_only=True)
class Prevalence(Result):
    """Shares by group: ``<by>, theme, share, low, high, n_articles, n_passages, note``."""

    by: tuple[str, ...]
    label_name: str
    labels: dict[str, str]
    scores: Scores

    def passages(self, theme: str, n: int = 5, **group: str) -> Passages:
        """Return passages behind a share: those with most of `theme`, in the group named."""
        table = self.scores.passages.table
        mask = pd.Series(True, index=table.index)
        for name, value in group.items():
            mask &= table[name] == value
        weights = pd.Series(self.scores.table[theme].to_numpy(), index=table.index)
        best = weights[mask & (weights > 0)].sort_values(ascending=False, kind="stable").index[:n]
        return Passages(table.loc[best].reset_index(drop=True), self.scores.passages.unit)

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the shares as points, with their intervals where there are any."""
        from syriatopics.plots import shares

        return shares(self.table, ax, **{"by": self.by[0], "labels": self.labels, **options})


def prevalence(
    scores: Scores | HasScores,
    by: str | Sequence[str] = "outlet",
    *,
    level: float = 0.95,
    n_resamples: int = 2000,
    random_state: int = 0,
) -> Prevalence:
    """Estimate the share of each theme or topic in each group.

    The scores are averaged within an article and then over articles, so that a long
    article does not speak for its outlet; intervals come from resampling articles.

    Parameters
    ----------
    scores : Scores or FittedTopics
    by : str or list of str
        Columns of ``scores.documents``.
    level : float
        Of the intervals.
    n_resamples, random_state : int

    Returns
    -------
    Prevalence
        Its table has a row per group and theme. ``low`` and ``high`` are NaN in cells
        with fewer than 15 articles, and ``note`` says so; a single article describes
        itself and no outlet.

    Raises
    ------
    InputError
        If a column is not there.

    Examples
    --------
    >>> from syriatopics.corpus import load_seeds
    >>> from syriatopics.framing import score_themes
    >>> shares = prevalence(score_themes(load_seeds().passages()))
    >>> shares.table["note"].iloc[0]
    'one article: describes this article, not the outlet'
    """
    scores = as_scores(scores)
    columns = (by,) if isinstance(by, str) else tuple(by)
    groups, notes = groups_of(scores.passages.table, columns)
    weights = scores.weights()
    article = scores.passages.table["article_id"].to_numpy()
    rows: list[dict[str, Any]] = []
    for values, index in groups.groupby(list(columns), sort=True, observed=True).indices.items():
        named = dict(zip(columns, values if isinstance(values, tuple) else (values,), strict=True))
        cells = shares_of(weights[index], article[index], level, n_resamples, random_state)
        rows += [
            {**named, scores.label_name: label, **cell}
            for label, cell in zip(scores.table.columns, cells, strict=True)
        ]
    return Prevalence(
        table=pd.DataFrame(rows),
        notes=(*scores.notes, *notes, *_warnings(rows)),
        by=columns,
        label_name=scores.label_name,
        labels=scores.labels or {},
        scores=scores,
    )


def shares_of(
    weights: np.ndarray[Any, Any],
    article: np.ndarray[Any, Any],
    level: float,
    n_resamples: int,
    random_state: int,
) -> list[dict[str, Any]]:
    """Return the estimates of one group: a dict per column of `weights`."""
    means, articles = article_means(weights, article)
    n_passages = int((~np.isnan(weights).any(axis=1)).sum())
    share = means.mean(axis=0) if len(articles) else np.full(weights.shape[1], np.nan)
    low, high = bootstrap_interval(means, level, n_resamples, random_state)
    note = cell_note(len(articles))
    return [
        {
            "share": share[k],
            "low": low[k],
            "high": high[k],
            "n_articles": len(articles),
            "n_passages": n_passages,
            "note": note,
        }
        for k in range(weights.shape[1])
    ]


def cell_note(n_articles: int) -> str:
    """Say what the number of articles behind a cell allows."""
    if n_articles == 0:
        return "no article"
    if n_articles == 1:
        return "one article: describes this article, not the outlet"
    if n_articles < MIN_ARTICLES:
        return f"{n_articles} articles: too few for an interval (from {MIN_ARTICLES})"
    return ""


def groups_of(table: pd.DataFrame, columns: Sequence[str]) -> tuple[pd.DataFrame, list[str]]:
    """Return the grouping columns; an article without an outlet stands by itself.

    Returns
    -------
    groups : DataFrame
        The columns, with NaN where a passage belongs to no group.
    notes : list of str
    """
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise InputError(
            f"No column {missing[0]!r} to group by. Columns: {choices(table.columns)}."
        )
    groups = table[list(columns)].reset_index(drop=True).astype(object)
    notes = []
    if "outlet" in columns:
        nameless = groups["outlet"].isna().to_numpy()
        articles = sorted(set(table["article_id"][nameless]))
        if 0 < len(articles) <= _SHOWN_ALONE:
            ids = table["article_id"].reset_index(drop=True)
            groups.loc[nameless, "outlet"] = ids[nameless] + " (no outlet)"
            notes.append("Articles without an outlet are shown by themselves, never as a group.")
        elif articles:
            notes.append(f"{len(articles):,} articles without an outlet are left out.")
    for name in columns:
        lost = int(groups[name].isna().sum())
        if lost and name != "outlet":
            notes.append(f"{lost:,} passages without {name} are left out.")
    return groups, notes


def _warnings(rows: Sequence[dict[str, Any]]) -> list[str]:
    counts = {row["n_articles"] for row in rows}
    if counts == {1}:
        return [
            "Every group is a single article: differences describe these articles, not their outlets."
        ]
    return []
