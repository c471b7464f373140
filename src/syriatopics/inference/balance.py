"""Balance: humanitarian against political transition, or any two themes, within each group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import stats

from syriatopics.errors import InputError, choices
from syriatopics.inference.behind import Behind
from syriatopics.inference.blocks import BlockChoice
from syriatopics.inference.caveats import caveats_of
from syriatopics.inference.differences import correlation, difference
from syriatopics.inference.groups import PRODUCTION, cells_of, grouped, note_of
from syriatopics.inference.intervals import design
from syriatopics.inference.resampling import Estimate
from syriatopics.inference.scores import HasScores, Scores, as_scores

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Balance", "balance"]

HUMANITARIAN, POLITICAL = "humanitarian", "political_transition"


@dataclass(frozen=True, eq=False, kw_only=True)
class Balance(Behind):
    """Two themes against each other, a row per group.

    Columns ``<by>, first, second, difference, low, high, p, log_ratio, log_ratio_low,
    log_ratio_high, n_articles, note``; ``first`` and ``second`` are shares.
    """

    by: tuple[str, ...]
    first: str
    second: str
    labels: dict[str, str]

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the difference in each group, with its interval and the two shares."""
        from syriatopics.plots import balance

        named = {"first": self.first, "second": self.second, "labels": self.labels}
        return balance(self.table, ax, **{"by": self.by[0], **named, **options})


def balance(
    scores: Scores | HasScores,
    by: str | Sequence[str] | pd.Series = "outlet",
    *,
    first: str = HUMANITARIAN,
    second: str = POLITICAL,
    production: str = PRODUCTION[0],
    blocks: BlockChoice = "auto",
    level: float = 0.95,
) -> Balance:
    """Weigh two themes against each other within each group.

    Both shares come from the same articles, which the interval takes into account. The
    difference is the measure; the log-ratio is for readers who are used to it. So that a
    share of zero has a logarithm, half an article is added to either side of both shares:
    ``log((n s1 + ½) / (n s2 + ½))``; where neither theme occurs there is none.

    Parameters
    ----------
    scores : Scores or FittedTopics
    by, production, blocks, level
        As in :func:`syriatopics.inference.contrasts`.
    first, second : str
        Columns of the scores.

    Returns
    -------
    Balance
        Intervals are NaN where a group has fewer than 15 articles; ``note`` says so.

    Raises
    ------
    InputError
        If a theme or a column is not there.

    Examples
    --------
    >>> from syriatopics import load_seeds, score_themes
    >>> result = balance(score_themes(load_seeds().passages()))
    >>> result.table["low"].isna().all()
    np.True_
    """
    scores = as_scores(scores)
    labels = list(scores.table.columns)
    for name in (first, second):
        if name not in labels:
            raise InputError(
                f"No {scores.label_name} {name!r} in the scores. There are: {choices(labels)}."
            )
    pair = (first, second)
    found = grouped(scores, by, production, blocks, pair)
    rows = [
        dict(zip(found.columns, cell.key, strict=True)) | _weigh(cell.found, level)
        for cell in cells_of(scores, found, pair)
    ]
    return Balance(
        table=pd.DataFrame(rows),
        notes=(
            *scores.notes,
            *found.notes,
            "Log-ratio: half an article added to each side.",
            *caveats_of(scores.passages.table.reset_index(drop=True), found.groups),
        ),
        by=found.columns,
        first=first,
        second=second,
        labels=scores.labels or {},
        scores=scores,
        groups=found.groups,
    )


def _weigh(found: Estimate, level: float) -> dict[str, Any]:
    one, two = found.column(0), found.column(1)
    gap = difference(one, two, level)
    ratio = _log_ratio(one, two, level)
    note = note_of(found) or gap.note
    row = {
        "first": one.mean[0], "second": two.mean[0], "difference": gap.difference[0],
        "low": gap.low[0], "high": gap.high[0], "p": gap.p[0],
        "log_ratio": ratio[0], "log_ratio_low": ratio[1], "log_ratio_high": ratio[2],
    }  # fmt: skip
    if note:
        row |= dict.fromkeys(("low", "high", "p", "log_ratio_low", "log_ratio_high"), np.nan)
    return row | {"n_articles": found.n, "note": note}


def _log_ratio(one: Estimate, two: Estimate, level: float) -> tuple[float, float, float]:
    """Return the log-ratio of two shares with its interval (delta method)."""
    n = one.n
    if one.mean[0] == two.mean[0] == 0:
        return np.nan, np.nan, np.nan
    shares = [(n * e.mean[0] + 0.5) / (n + 1) for e in (one, two)]
    value = float(np.log(shares[0] / shares[1]))
    if n < 2:
        return value, np.nan, np.nan
    designs = [design(e) for e in (one, two)]
    spread = [
        float(np.sqrt(found.effect[0] * s * (1 - s) / n) / s)
        for found, s in zip(designs, shares, strict=True)
    ]
    r = float(correlation(one, two)[0])
    error = np.sqrt(spread[0] ** 2 + spread[1] ** 2 - 2 * r * spread[0] * spread[1])
    freedom = min(found.freedom[0] for found in designs)
    reach = float(stats.t.ppf((1 + level) / 2, freedom) * error)
    return value, value - reach, value + reach
