"""Differences of two shares: between groups, and between two themes of one group."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import stats

from syriatopics.inference.intervals import design, interval
from syriatopics.inference.resampling import Array, Estimate

__all__ = ["Difference", "correlation", "difference", "pooled_reach"]


class Difference(NamedTuple):
    """The first share less the second, for each column."""

    difference: Array
    low: Array
    high: Array
    p: Array


def difference(
    a: Estimate, b: Estimate, level: float = 0.95, n_resamples: int = 2000, random_state: int = 0
) -> Difference:
    """Compare two estimates, column by column.

    The interval puts the score intervals of the two shares together (Newcombe's method of
    variance estimates recovery [1]_ [2]_); the test takes the shares as equal and asks how
    rare so large a difference would then be. Blocks that both estimates rest on (the same
    week, the same article) enter through their correlation.

    Parameters
    ----------
    a, b : Estimate
        With the same number of columns.
    level : float
    n_resamples, random_state : int

    Returns
    -------
    Difference
        NaN where an estimate rests on fewer than two blocks.

    References
    ----------
    .. [1] Newcombe, R. G. (1998). Interval estimation for the difference between
       independent proportions. Statistics in Medicine 17.
    .. [2] Zou, G. Y. & Donner, A. (2008). Construction of confidence limits about effect
       measures. Statistics in Medicine 27.

    Examples
    --------
    >>> from syriatopics.inference.resampling import estimate
    >>> half, none = np.tile([[0.0], [1.0]], (20, 1)), np.zeros((40, 1))
    >>> result = difference(estimate(half, block=np.arange(40)), estimate(none, block=np.arange(40, 80)))
    >>> bool(result.low[0] > 0), bool(result.p[0] < 0.001)
    (True, True)
    """
    gap = a.mean - b.mean
    missing = np.full(gap.shape, np.nan)
    if min(len(a.sizes), len(b.sizes)) < 2:
        return Difference(gap, missing, missing, missing)
    (a_low, a_high), (b_low, b_high) = (
        interval(e, "score", level, n_resamples, random_state) for e in (a, b)
    )
    r = correlation(a, b)
    low = gap - pooled_reach(a.mean - a_low, b_high - b.mean, r)
    high = gap + pooled_reach(a_high - a.mean, b.mean - b_low, r)
    return Difference(gap, np.maximum(low, -1.0), np.minimum(high, 1.0), _test(a, b, r))


def pooled_reach(first: Array, second: Array, r: Array) -> Array:
    """Return how far a difference reaches, from how far its two parts do, correlated by `r`."""
    return np.sqrt(np.maximum(first**2 + second**2 - 2 * r * first * second, 0.0))


def correlation(a: Estimate, b: Estimate) -> Array:
    """Return how two estimates move together because they share blocks; 0 where they share none.

    Returns
    -------
    ndarray, shape (k,)
    """
    _, first, second = np.intersect1d(a.blocks, b.blocks, return_indices=True)
    shared = (a.influence[first] * b.influence[second]).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        r = shared / (a.error * b.error)
    return np.asarray(np.clip(np.nan_to_num(r), -1.0, 1.0))


def _test(a: Estimate, b: Estimate, r: Array) -> Array:
    n_a, n_b = a.sizes.sum(), b.sizes.sum()
    pooled = (n_a * a.mean + n_b * b.mean) / (n_a + n_b)
    spread = pooled * (1 - pooled)
    v_a, v_b = spread * design(a) / n_a, spread * design(b) / n_b
    variance = v_a + v_b - 2 * r * np.sqrt(v_a * v_b)
    # Welch and Satterthwaite: the smaller sample rules
    freedom = (v_a + v_b) ** 2
    with np.errstate(invalid="ignore", divide="ignore"):
        freedom = freedom / (v_a**2 / (len(a.sizes) - 1) + v_b**2 / (len(b.sizes) - 1))
        t = (a.mean - b.mean) / np.sqrt(variance)
    p = 2 * stats.t.sf(np.abs(t), freedom)
    return np.asarray(np.where(a.mean == b.mean, 1.0, p))
