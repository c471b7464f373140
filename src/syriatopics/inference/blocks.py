"""Blocks: articles that stand and fall together, and what that does to a share.

News comes in stories and bursts. Ten articles on one siege are not ten draws of what an outlet
writes about: an interval that resamples them one by one is far too narrow as soon as periods
are compared. Here whole blocks are resampled: weeks, or stories where somebody has named them.

References
----------
Cameron & Miller (2015), A practitioner's guide to cluster-robust inference, Journal of Human
Resources 50(2). Korn & Graubard (1998), Confidence intervals for proportions with small expected
number of positive counts estimated from survey data, Survey Methodology 24(2).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from scipy import stats

from syriatopics.inference.resampling import Interval

__all__ = [
    "ShareError",
    "design_effect",
    "intraclass",
    "resampled_error",
    "share_error",
    "t_interval",
    "week_codes",
    "wilson_interval",
]

Array = np.ndarray[Any, np.dtype[np.float64]]
Codes = np.ndarray[Any, np.dtype[np.int64]]

WEEK = 7
# 1970-01-05, from which days are counted in weeks, was a Monday.
_MONDAY = 4
_HELD = 2_000_000


class ShareError(NamedTuple):
    """A share with its standard error, for each column.

    Attributes
    ----------
    share, se : ndarray, shape (k,)
    df : float or ndarray, shape (k,)
        Degrees of freedom behind `se`.
    n : float
        How many articles stand behind it, in effect: fewer where some weigh more than others.
    """

    share: Array
    se: Array
    df: float | Array
    n: float


def week_codes(days: Codes, length: int = WEEK) -> Codes:
    """Return the number of the block of `length` days in which each day falls.

    Parameters
    ----------
    days : ndarray of int
        Days since 1970-01-01.
    length : int
        Blocks of 7 days begin on Mondays.

    Examples
    --------
    >>> week_codes(np.array([4, 10, 11])).tolist()
    [0, 0, 1]
    """
    return (days - _MONDAY) // length


def resampled_error(
    values: Array,
    weights: Array,
    blocks: Codes,
    n_resamples: int,
    rng: np.random.Generator,
) -> Array:
    """Resample blocks and return the standard error of the weighted mean, for each column.

    Parameters
    ----------
    values : ndarray, shape (n, k)
        A row per article.
    weights : ndarray, shape (n,)
    blocks : ndarray of int, shape (n,)
        Articles of one block are drawn together.
    n_resamples : int
    rng : Generator

    Returns
    -------
    ndarray, shape (k,)
        NaN where there is a single block. Widened for small and unequal numbers of blocks,
        so that its square is unbiased for independent articles.
    """
    size, sums = _block_sums(values, weights, blocks)
    n_blocks = len(size)
    if n_blocks < 2:
        return np.full(values.shape[1], np.nan)
    step = max(1, _HELD // n_blocks)
    centred = sums - size[:, None] * (sums.sum(axis=0) / size.sum())
    means = []
    for start in range(0, n_resamples, step):
        drawn = _counts(n_blocks, min(step, n_resamples - start), rng)
        means.append((drawn @ centred) / (drawn @ size)[:, None])
    in_effect = size.sum() ** 2 / (size**2).sum()
    widened: Array = np.concatenate(means).std(axis=0) / np.sqrt(1 - 1 / in_effect)
    return widened


def _counts(n: int, n_resamples: int, rng: np.random.Generator) -> Array:
    """Return how often each of `n` units is drawn, shape (n_resamples, n)."""
    drawn = rng.integers(0, n, size=(n_resamples, n)) + n * np.arange(n_resamples)[:, None]
    counts: Array = np.bincount(drawn.ravel(), minlength=n_resamples * n).astype(float)
    return counts.reshape(n_resamples, n)


def _block_sums(values: Array, weights: Array, blocks: Codes) -> tuple[Array, Array]:
    _, index = np.unique(blocks, return_inverse=True)
    size: Array = np.bincount(index, weights).astype(float)
    sums: Array = np.column_stack([np.bincount(index, weights * column) for column in values.T])
    return size, sums


def share_error(
    values: Array,
    weights: Array,
    blocks: Codes | None,
    n_resamples: int,
    rng: np.random.Generator,
) -> ShareError:
    """Return a share with its standard error, from articles or from blocks of them.

    Parameters
    ----------
    values : ndarray, shape (n, k)
        A row per article.
    weights : ndarray, shape (n,)
    blocks : ndarray of int, shape (n,), or None
        None: articles are resampled one by one. Else the standard error is the larger of
        that of blocks and that of articles: four weeks can look alike by chance, and are
        then no better evidence than their articles.
    n_resamples : int
    rng : Generator
    """
    total = weights.sum()
    share = weights @ values / total
    n = float(total**2 / (weights**2).sum())
    se = resampled_error(values, weights, np.arange(len(values)), n_resamples, rng)
    n_blocks = len(np.unique(blocks)) if blocks is not None else 0
    if blocks is None or n_blocks < 2:
        return ShareError(share, se, max(n - 1, 1.0), n)
    of_blocks = resampled_error(values, weights, blocks, n_resamples, rng)
    return ShareError(share, np.fmax(se, of_blocks), n_blocks - 1.0, n)


def intraclass(values: Array, cells: Codes, blocks: Codes) -> Array:
    """Return how alike two articles of one block are, pooled over cells, for each column.

    Parameters
    ----------
    values : ndarray, shape (n, k)
        A row per article.
    cells : ndarray of int, shape (n,)
        Outlet and period: their levels are no likeness.
    blocks : ndarray of int, shape (n,)

    Returns
    -------
    ndarray, shape (k,)
        The intraclass correlation of the analysis of variance, in [0, 1]; 0 where no cell
        holds two blocks.

    Examples
    --------
    >>> alike = np.repeat([[0.0], [1.0], [0.0], [1.0]], 5, axis=0)
    >>> intraclass(alike, np.zeros(20, int), np.repeat([0, 1, 2, 3], 5)).tolist()
    [1.0]
    """
    _, cell = np.unique(cells, return_inverse=True)
    _, block = np.unique(blocks, return_inverse=True)
    pairs, pair = np.unique(cell * (block.max() + 1) + block, return_inverse=True)
    of_cell = pairs // (block.max() + 1)
    n_cell, n_pair = np.bincount(cell), np.bincount(pair)
    n, n_cells, n_pairs = len(values), len(n_cell), len(pairs)
    if n_pairs == n_cells or n == n_pairs:
        return np.zeros(values.shape[1])
    found = []
    for column in values.T:
        residual = column - (np.bincount(cell, column) / n_cell)[cell]
        sums = np.bincount(pair, residual)
        between = float((sums**2 / n_pair).sum())
        within = float((residual**2).sum()) - between
        mean_between, mean_within = between / (n_pairs - n_cells), within / (n - n_pairs)
        squares = np.bincount(of_cell, n_pair.astype(float) ** 2)
        size = (n - (squares / n_cell).sum()) / (n_pairs - n_cells)
        spread = mean_between + (size - 1) * mean_within
        found.append((mean_between - mean_within) / spread if spread > 0 else 0.0)
    alike: Array = np.clip(np.array(found), 0.0, 1.0)
    return alike


def design_effect(rho: Array, blocks: Codes) -> Array:
    """Return by how much the variance of a mean grows when articles of a block are alike.

    Parameters
    ----------
    rho : ndarray, shape (k,)
        From :func:`intraclass`.
    blocks : ndarray of int, shape (n,)
        The blocks of the articles behind the mean.

    Examples
    --------
    >>> design_effect(np.array([0.5]), np.array([0, 0, 0, 1, 1, 1])).tolist()
    [2.0]
    """
    sizes = np.unique(blocks, return_counts=True)[1].astype(float)
    effect: Array = 1 + rho * ((sizes**2).sum() / sizes.sum() - 1)
    return effect


def wilson_interval(error: ShareError, level: float) -> Interval:
    """Return Wilson's score interval with the effective number of articles.

    The standard error says how many independent articles the share is worth; with so many
    the interval is that of a proportion. It stays inside [0, 1], and holds for rare themes,
    where percentiles of resampled shares cover 55 to 95 % where 95 is asked (shares of .05,
    15 to 60 articles).
    """
    p = np.clip(error.share, 0.0, 1.0)
    known = (error.se > 0) & (p > 0) & (p < 1)
    n = np.full_like(p, error.n)
    n[known] = p[known] * (1 - p[known]) / error.se[known] ** 2
    z2 = stats.t.ppf((1 + level) / 2, error.df) ** 2
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = np.sqrt(z2 * (p * (1 - p) / n + z2 / (4 * n**2))) / (1 + z2 / n)
    return Interval(np.clip(middle - half, 0, 1), np.clip(middle + half, 0, 1))


def t_interval(error: ShareError, level: float) -> Interval:
    """Return Student's interval, for values that are no shares, such as a balance in [-1, 1]."""
    half = stats.t.ppf((1 + level) / 2, error.df) * error.se
    return Interval(error.share - half, error.share + half)
