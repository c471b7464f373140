"""The date of a step, with the days between which it lies.

The best day has an interval by inverting the likelihood ratio: every day is inside on which a
step would fit almost as well, in units of the long-run variance. Quantiles of the best day of
resampled series are far too narrow where news is dependent (they hold the true day in 55 to 85 %
instead of 95), since noise that put the best day where it is stays in every resample.

References
----------
Eo & Morley (2015), Likelihood-ratio-based confidence sets for the timing of structural breaks,
Quantitative Economics 6. Politis & Romano (1995), Bias-corrected nonparametric spectral estimation,
Journal of Time Series Analysis 16.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from syriatopics.inference.resampling import Array
from syriatopics.order import largest
from syriatopics.trends.daily import DaySeries, noise
from syriatopics.trends.levels import Sums, residual_of, step_gains

__all__ = ["StepDate", "date_of_step"]


_WHITE = 60
# How far dependence is looked for, in days; the kernel is flat up to half of it.
_REACH = 28


class StepDate(NamedTuple):
    """The first day of a new level, and the first and last day that it may be; in the series."""

    position: int
    low: int
    high: int


def date_of_step(
    series: DaySeries, blocks: str, level: float, rng: np.random.Generator
) -> StepDate | None:
    """Date the step of a series that has one.

    Parameters
    ----------
    series : DaySeries
    blocks : {"week", "article", "named"}
    level : float
        Of the interval.
    rng : Generator

    Returns
    -------
    StepDate or None
        None where no step may stand.
    """
    sums = series.binned(1)
    gain = step_gains(sums, series.spread())
    best = int(largest(gain))
    if np.isneginf(gain[best]):
        return None
    before = series.day < best
    levels = np.column_stack([_levels(series, side) for side in (before, ~before)])
    residual = series.value - levels[series.group, np.where(before, 0, 1)]
    variance = _Variance(series, residual, best, blocks, rng)
    n = np.maximum(series.count.sum(axis=1), 1)
    each = np.array([variance.of(unit) for unit in np.eye(len(n))]) / n
    each = np.where(each > 0, each, 1.0)
    # Groups that step together share their stories: their evidence is worth less than its sum.
    size = (levels[:, 1] - levels[:, 0]) / each
    alone = float((size**2 * each * n).sum())
    together = max(variance.of(size) / alone, 1.0) if alone > 0 else 1.0
    exact = step_gains(sums, each[:, None])
    limit = -2 * np.log(1 - np.sqrt(level)) * together
    inside = np.flatnonzero(exact >= exact[best] - limit)
    return StepDate(best, int(inside[0]), int(inside[-1]))


def _levels(series: DaySeries, side: np.ndarray[Any, Any]) -> Array:
    groups = len(series.count)
    n = np.bincount(series.group[side], minlength=groups)
    level: Array = np.bincount(
        series.group[side], series.value[side], minlength=groups
    ) / np.maximum(n, 1)
    return level


class _Variance:
    """The long-run variance of a weighted sum of residuals.

    Removing a step takes variance away with it. How much is seen in white noise with the
    same number of articles on the same days, and is given back.
    """

    def __init__(
        self, series: DaySeries, residual: Array, best: int, blocks: str, rng: np.random.Generator
    ) -> None:
        self._series, self._residual, self._blocks = series, residual, blocks
        whole = Sums(*(part[None] for part in series.binned(1)))
        self._day_sums = residual_of(whole, np.array([[best]]))[0][0]
        self._kept = _kept_in_white_noise(series, rng) if blocks == "week" else (1.0, 1.0)

    def of(self, weights: Array) -> float:
        """Return the variance of the sum over all articles; a weight for each group."""
        weighted = weights[self._series.group] * self._residual
        alone = float((weighted**2).sum())
        if self._blocks == "article":
            return alone
        if self._blocks == "named":
            assert self._series.story is not None
            _, block = np.unique(self._series.story, return_inverse=True)
            return float((np.bincount(block, weighted) ** 2).sum())
        flat, triangle = _long_run((weights @ self._day_sums)[None, :])
        return max(float(flat[0]) / self._kept[0], float(triangle[0]) / self._kept[1], alone)


def _kept_in_white_noise(series: DaySeries, rng: np.random.Generator) -> tuple[float, float]:
    pooled = DaySeries.of(series.day, np.zeros_like(series.group), series.value, 1)
    even = np.ones(len(series.value))
    shares = []
    for total in noise(pooled, even, False, 1, _WHITE, rng):
        count = np.broadcast_to(pooled.binned(1).n, total.shape)
        drawn = Sums(count, total, np.zeros_like(total))
        best = step_gains(drawn, np.ones((1, 1))).argmax(axis=-1)
        residual, _ = residual_of(drawn, best[:, None])
        shares.append(np.stack(_long_run(residual))[..., 0] / len(series.value))
    flat, triangle = np.concatenate(shares, axis=1).mean(axis=1)
    return float(flat), float(triangle)


def _long_run(residual: Array) -> tuple[Array, Array]:
    """Return the long-run variance of sums by day (times the days), by two kernels.

    The first kernel is flat up to a fortnight, then falls: it is twice a triangle less one
    of half its width. The second is the triangle, which is never negative. A triangle is the
    mean square of a moving sum.

    Parameters
    ----------
    residual : ndarray, shape (..., n_days)
    """
    wide = _triangle(residual, _REACH)
    return 2 * wide - _triangle(residual, _REACH // 2), wide


def _triangle(residual: Array, width: int) -> Array:
    edge = np.zeros((*residual.shape[:-1], width))
    running = np.cumsum(np.concatenate([edge, residual, edge[..., :-1]], axis=-1), axis=-1)
    moving = running[..., width:] - running[..., :-width]
    found: Array = (moving**2).sum(axis=-1) / width
    return found
