"""Steps in a level: are there any?

The statistic is the squared error that one to three breaks remove: one finds a shift, two find
a burst that passes. News is dependent in time, so that it is held against what stretches of four
weeks in another order give, and both are divided by the long-run variance of what the breaks leave
over. Weeks permuted without that division find a break in 10 to 40 % of series that have none, as
soon as stories run on from one week to the next; articles by themselves find one in more than half.
Stretches of two weeks find one in 9 % where 5 are asked, of four in 6 to 7 %.

References
----------
Bai & Perron (1998), Estimating and testing linear models with multiple structural changes,
Econometrica 66 (the double maximum test). Romano & Tirlea (2022), Permutation testing for
dependence in time series, Journal of Time Series Analysis 43. Politis & Romano (1995),
Bias-corrected nonparametric spectral estimation, Journal of Time Series Analysis 16. Cameron,
Gelbach & Miller (2008), Bootstrap-based improvements for inference with clustered errors, Review
of Economics and Statistics 90.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from syriatopics.trends.daily import DaySeries, chunks, noise
from syriatopics.trends.levels import Sums, best_cuts, residual_of

__all__ = ["SHORTEST", "StepTest", "bin_width", "long_run", "shortest_series", "step_test"]

Array = np.ndarray[Any, np.dtype[np.float64]]

# A level lasts a fortnight at least: stories rarely run longer.
SHORTEST = 14
# How far dependence is looked for, in days; the kernel is flat up to half of it.
REACH = 28
MAX_BREAKS = 3
# Long series are looked at in wider bins than weeks.
_BINS = 160
_FEWEST = 8
# So many weeks are permuted together; short series are permuted by weeks.
_TOGETHER = 4


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
    """Return how many days a series must have: eight weeks where weeks are permuted."""
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
        What chance is: stretches of weeks in another order; articles by themselves; or named
        blocks whose departures from the mean change sign.
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
        None where no break may stand: too few articles or days.
    """
    if series.n_days < shortest_series(blocks):
        return None
    width = bin_width(series)
    sums, scale = series.binned(width), series.spread()
    observed = _statistics(sums, scale, max_breaks, width, blocks)
    if np.isneginf(observed[0]).all():
        return None
    drawn = (
        _shuffled(sums, width, n_permutations, rng)
        if blocks == "week"
        else _signed(series, sums, width, blocks, n_permutations, rng)
    )
    chance = [_statistics(some, scale, max_breaks, width, blocks) for some in drawn]
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


def _statistics(sums: Sums, scale: Array, max_breaks: int, width: int, blocks: str) -> Array:
    """Return the statistic for each number of breaks, shape (m, r)."""
    if sums.n.ndim == 2:
        sums = Sums(*(part[None] for part in sums))
    cuts = best_cuts(sums, scale, max_breaks, max(1, -(-SHORTEST // width)))
    if blocks != "week":
        return cuts.gain
    n = np.maximum(sums.n.sum(axis=-1), 1)
    found = []
    for gain, position in zip(cuts.gain, cuts.position, strict=True):
        residual, squares = residual_of(sums, position)
        variance = np.maximum(long_run(residual, width)[0], squares / 2) / n
        variance = np.where(variance > 0, variance, np.inf)
        # The gain of each group in units of its own long-run variance.
        before = sums.squares.sum(axis=-1) - sums.total.sum(axis=-1) ** 2 / n
        each = ((before - squares) / variance).sum(axis=-1)
        found.append(np.where(np.isneginf(gain), -np.inf, each))
    return np.array(found)


def long_run(residual: Array, width: int) -> tuple[Array, Array]:
    """Return the long-run variance of sums by bin (times the bins), by two kernels.

    The first kernel is flat up to a fortnight, then falls: it is twice a triangle less one
    of half its width. The second is the triangle, which is never negative. A triangle is the
    mean square of a moving sum.

    Parameters
    ----------
    residual : ndarray, shape (..., n_bins)
    width : int
        Of a bin, in days.
    """
    half = max(1, round(REACH / 2 / width))
    wide = _triangle(residual, 2 * half)
    return 2 * wide - _triangle(residual, half), wide


def _triangle(residual: Array, width: int) -> Array:
    edge = np.zeros((*residual.shape[:-1], width))
    running = np.cumsum(np.concatenate([edge, residual, edge[..., :-1]], axis=-1), axis=-1)
    moving = running[..., width:] - running[..., :-width]
    found: Array = (moving**2).sum(axis=-1) / width
    return found


def _shuffled(sums: Sums, width: int, n: int, rng: np.random.Generator) -> Iterator[Sums]:
    """Yield the series with its blocks in other orders; the first block may begin half way."""
    groups, bins = sums.n.shape
    length = _TOGETHER if width == 7 and bins >= 2 * _FEWEST else 1
    offset = int(rng.integers(length))
    n_blocks = -(-(bins + offset) // length)
    padded = np.zeros((3, groups, n_blocks * length))
    padded[:, :, offset : offset + bins] = np.stack(sums)
    cut = padded.reshape(3, groups, n_blocks, length)
    for size in chunks(n, padded[0].size * 4):
        order = rng.permuted(np.tile(np.arange(n_blocks), (size, 1)), axis=1)
        drawn = cut[:, :, order].transpose(0, 2, 1, 3, 4).reshape(3, size, groups, -1)
        yield Sums(*drawn)


def _signed(
    series: DaySeries,
    sums: Sums,
    width: int,
    blocks: str,
    n: int,
    rng: np.random.Generator,
) -> Iterator[Sums]:
    """Yield the series with noise of its own in place of its values."""
    mean = series.total.sum(axis=1) / np.maximum(series.count.sum(axis=1), 1)
    residual = series.value - mean[series.group]
    for total in noise(series, residual, blocks == "named", width, n, rng):
        like = (np.broadcast_to(part, total.shape) for part in (sums.n, sums.squares))
        yield Sums(next(like), total, next(like))
