"""Differences of two shares: between groups, and between two themes of one group."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import stats

from syriatopics.inference.floors import FEW_BLOCKS
from syriatopics.inference.intervals import Design, design, wilson
from syriatopics.inference.lasting import lasting
from syriatopics.inference.partings import Rows, permuted_p
from syriatopics.inference.resampling import Array, Estimate

__all__ = ["Difference", "correlation", "difference", "pooled_reach"]


class Difference(NamedTuple):
    """The first share less the second, for each column; ``note`` says why nothing is tested."""

    difference: Array
    low: Array
    high: Array
    p: Array
    note: str = ""


def difference(
    a: Estimate,
    b: Estimate,
    level: float = 0.95,
    random_state: int = 0,
    lasts: float | None = None,
) -> Difference:
    """Compare two estimates, column by column.

    The interval puts the score intervals of the two shares together (Newcombe's method of
    variance estimates recovery [1]_ [2]_); the test takes the shares as equal and asks how
    rare so large a difference would then be. Blocks that both estimates rest on (the same
    week, the same article) enter through their correlation. With fewer than five blocks on a
    side, or fewer than six that both share, p comes from dealing the blocks out anew. Weeks that
    run on into each other widen both (:func:`syriatopics.inference.lasting.lasting`).

    Parameters
    ----------
    a, b : Estimate
        With the same number of columns.
    level : float
    random_state : int
        Of the partings, where there are too many to go through all.
    lasts : float, optional
        What runs on from block to block, where more columns than these have told it.

    Returns
    -------
    Difference
        NaN, with a note, where so few blocks cannot tell chance from anything.

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
    if min(a.n, b.n) < 2:
        return Difference(gap, missing, missing, missing)
    rows = Rows.of(a.blocks, b.blocks)
    shared = bool((rows.partner >= 0).any())
    grouped = len(a.sizes) < a.n or len(b.sizes) < b.n
    freedom = _freedom(a, b)
    few = grouped and (
        min(len(a.sizes), len(b.sizes)) < FEW_BLOCKS or (shared and freedom < FEW_BLOCKS - 0.6)
    )
    if few and rows.least_p > 1 - level + 1e-12:
        note = (
            f"{len(a.sizes)} and {len(b.sizes)} blocks"
            + (f", {int((rows.partner >= 0).sum() / 2)} of them shared" if shared else "")
            + f": no p below {rows.least_p:.2g} is possible"
        )
        return Difference(gap, missing, missing, missing, note)
    lasts = lasting(a, b) if lasts is None else lasts
    one, two = design(a, lasts), design(b, lasts)
    r = correlation(a, b)
    if shared:
        one, two = (part._replace(freedom=np.full(gap.shape, freedom)) for part in (one, two))
    low_a, high_a, low_b, high_b = (
        limit
        for e, part in ((a, one), (b, two))
        for limit in wilson(
            e.mean, e.sizes.sum() / part.effect, stats.t.ppf((1 + level) / 2, part.freedom)
        )
    )
    low = gap - pooled_reach(a.mean - low_a, high_b - b.mean, r)
    high = gap + pooled_reach(high_a - a.mean, b.mean - low_b, r)
    p = permuted_p(a, b, lasts, random_state) if few else _test(a, b, one, two, r, shared)
    return Difference(gap, np.maximum(low, -1.0), np.minimum(high, 1.0), p)


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


def _freedom(a: Estimate, b: Estimate) -> float:
    """Return the degrees of freedom of a difference: its blocks in effect, less one."""
    names, place = np.unique(np.concatenate([a.blocks, b.blocks]), return_inverse=True)
    each = np.concatenate([e.squares / e.sizes.sum() ** 2 for e in (a, b)])
    weight = np.bincount(place, each, len(names))
    return max(float(weight.sum() ** 2 / (weight**2).sum()) - 1, 1.0)


def _test(a: Estimate, b: Estimate, one: Design, two: Design, r: Array, shared: bool) -> Array:
    n_a, n_b = a.sizes.sum(), b.sizes.sum()
    pooled = (n_a * a.mean + n_b * b.mean) / (n_a + n_b)
    spread = pooled * (1 - pooled)
    v_a, v_b = spread * one.effect / n_a, spread * two.effect / n_b
    variance = v_a + v_b - 2 * r * np.sqrt(v_a * v_b)
    freedom = one.freedom
    if not shared:
        # Welch and Satterthwaite: the smaller sample rules
        with np.errstate(invalid="ignore", divide="ignore"):
            freedom = (v_a + v_b) ** 2 / (v_a**2 / one.freedom + v_b**2 / two.freedom)
        grouped = len(a.sizes) < a.n or len(b.sizes) < b.n
        most = max(a.behind, b.behind)
        freedom = np.minimum(freedom, most) if grouped and most > 0 else freedom
    with np.errstate(invalid="ignore", divide="ignore"):
        t = (a.mean - b.mean) / np.sqrt(variance)
    p = 2 * stats.t.sf(np.abs(t), freedom)
    return np.asarray(np.where(a.mean == b.mean, 1.0, p))
