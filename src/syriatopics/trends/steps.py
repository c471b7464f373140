"""Steps in a level: are there any?

The statistic is the squared error that one to three breaks remove: one finds a shift, two find
a burst that passes. News is dependent in time, so that it is held against what series without a
break give in which articles of nearby days are as alike as they are here (normal draws with that
covariance; see ``inference/nearness.py``). Weeks in another order find a break in 10 to 40 % of
series that have none, as soon as stories run on from one week to the next; articles by themselves
find one in more than half.

References
----------
Bai & Perron (1998), Estimating and testing linear models with multiple structural changes,
Econometrica 66 (the double maximum test). Davison & Hinkley (1997), Bootstrap methods and their
application, chapter 4 (Monte Carlo tests). Cameron, Gelbach & Miller (2008), Bootstrap-based
improvements for inference with clustered errors, Review of Economics and Statistics 90 (stories
that change sign).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from threadpoolctl import threadpool_limits

from syriatopics.inference.nearness import nearness, normal_draws, root_of
from syriatopics.trends.daily import DaySeries, chunks, noise
from syriatopics.trends.levels import Sums, best_cuts, least_articles

__all__ = ["SHORTEST", "StepTest", "bin_width", "shortest_series", "step_test"]

Array = np.ndarray[Any, np.dtype[np.float64]]

# A level lasts a fortnight at least: stories rarely run longer.
SHORTEST = 14
MAX_BREAKS = 3
# Long series are looked at in wider bins than weeks.
_BINS = 160
_FEWEST = 8


class StepTest(NamedTuple):
    """How often chance does as well.

    Attributes
    ----------
    p : float
        That there is any break.
    n_breaks : int
        The fewest breaks that stand out by themselves at the level of the test; 0 if none.
    """

    p: float
    n_breaks: int


def bin_width(series: DaySeries) -> int:
    """Return how many days a bin has in which breaks are looked for."""
    return max(7, -(-series.n_days // _BINS))


def shortest_series(blocks: str) -> int:
    """Return how many days a series must have: eight weeks where days tell what is alike."""
    return _FEWEST * 7 if blocks == "week" else 2 * SHORTEST


def step_test(
    series: DaySeries,
    blocks: str,
    n_permutations: int,
    rng: np.random.Generator,
    *,
    max_breaks: int = MAX_BREAKS,
    alpha: float = 0.05,
) -> StepTest | None:
    """Test whether a series has breaks.

    Parameters
    ----------
    series : DaySeries
    blocks : {"week", "article", "named"}
        What chance is: series in which articles of nearby days are as alike as here; articles
        by themselves; or named blocks whose departures from the mean change sign.
    n_permutations : int
    rng : Generator
    max_breaks : int
        Each number of breaks up to this is tested; the best of them is held against the
        best of chance.
    alpha : float
        From which p-value a number of breaks stands out.

    Returns
    -------
    StepTest or None
        None where no break may stand: too few articles or days, or too rare a theme.
    """
    if series.n_days < shortest_series(blocks):
        return None
    width = bin_width(series)
    sums, scale = series.binned(width), series.spread()
    observed = _gains(sums, scale, max_breaks, width)
    if np.isneginf(observed[0]).all() or _too_rare(series):
        return None
    drawn = (_near if blocks == "week" else _apart)(series, width, blocks, n_permutations, rng)
    chance = [
        _gains(Sums(np.broadcast_to(sums.n, some.shape), some, some), scale, max_breaks, width)
        for some in drawn
    ]
    return _combined(np.concatenate([observed, *chance], axis=1), alpha)


def _combined(statistics: Array, alpha: float) -> StepTest:
    """Return the p-value of the best number of breaks, each in terms of its own chance.

    Parameters
    ----------
    statistics : ndarray, shape (m, 1 + n_permutations)
        The observed series is the first column.
    """
    n = statistics.shape[1]
    order = np.sort(statistics, axis=1)
    reached = [
        n - np.searchsorted(row, own * (1 - 1e-12), side="left")
        for row, own in zip(order, statistics, strict=True)
    ]
    p = np.array(reached) / n
    best = p.min(axis=0)
    standing = np.flatnonzero(p[:, 0] <= alpha)
    overall = float((best <= best[0] + 1e-12).mean())
    return StepTest(overall, int(standing[0]) + 1 if len(standing) and overall <= alpha else 0)


def _too_rare(series: DaySeries) -> bool:
    """Return whether the smallest level may hold less than one article's worth of a theme.

    A single article then makes a break: in themes of .005 one is found in 8 % where 5 are asked.
    """
    least = least_articles(float(len(series.value)))
    return float(np.abs(series.value).mean()) * least < 1


def _gains(sums: Sums, scale: Array, max_breaks: int, width: int) -> Array:
    """Return the statistic for each number of breaks, shape (m, r)."""
    if sums.n.ndim == 2:
        sums = Sums(*(part[None] for part in sums))
    return best_cuts(sums, scale, max_breaks, max(1, -(-SHORTEST // width))).gain


def _near(
    series: DaySeries, width: int, blocks: str, n: int, rng: np.random.Generator
) -> Iterator[Array]:
    """Yield sums by bin of series in which articles of nearby days are as alike as here."""
    alike = nearness(series.value[:, None], series.day, series.group)
    with threadpool_limits(limits=1):  # the number of cores changes no digit
        drawn = normal_draws(root_of(alike.covariance(series.count, width)), n, rng)
    drawn = drawn.reshape(n, len(series.count), -1) * np.sqrt(series.spread())
    start = 0
    for size in chunks(n, drawn[0].size * 4):
        yield drawn[start : start + size]
        start += size


def _apart(
    series: DaySeries, width: int, blocks: str, n: int, rng: np.random.Generator
) -> Iterator[Array]:
    """Yield sums by bin of series with noise of their own in place of their values."""
    mean = series.total.sum(axis=1) / np.maximum(series.count.sum(axis=1), 1)
    residual = series.value - mean[series.group]
    return noise(series, residual, blocks == "named", width, n, rng)
