"""Change: by how much the level of a theme differs between two stretches of time."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from scipy import stats

from syriatopics.inference import MIN_ARTICLES
from syriatopics.inference.intervals import wilson
from syriatopics.inference.resampling import Interval

__all__ = ["Change", "ShareError", "change_between", "change_of"]

Array = np.ndarray[Any, np.dtype[np.float64]]
Codes = np.ndarray[Any, np.dtype[np.int64]]


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


class Change(NamedTuple):
    """Levels before and after, their difference with its interval, and p; for each column.

    Attributes
    ----------
    before, after, change, low, high, p : ndarray, shape (k,)
        Interval and p are NaN where a side has fewer than 15 articles.
    n_before, n_after : int
    """

    before: Array
    after: Array
    change: Array
    low: Array
    high: Array
    p: Array
    n_before: int
    n_after: int


def change_between(
    before: tuple[Array, Codes | None],
    after: tuple[Array, Codes | None],
    *,
    signed: bool,
    level: float,
    n_resamples: int,
    rng: np.random.Generator,
) -> Change:
    """Compare two stretches of time.

    Parameters
    ----------
    before, after : (ndarray, shape (n, k); ndarray of int, shape (n,), or None)
        A row per article, and the block of each article (None: its own).
    signed : bool
        Whether values are differences in [-1, 1] and no shares.
    level : float
        Of the interval.
    n_resamples : int
    rng : Generator
    """
    errors = []
    for values, blocks in (before, after):
        if len(values) < MIN_ARTICLES:
            missing = np.full(values.shape[1], np.nan)
            share = values.mean(axis=0) if len(values) else missing
            errors.append(ShareError(share, missing, 1.0, float(len(values))))
        else:
            errors.append(share_error(values, np.ones(len(values)), blocks, n_resamples, rng))
    return change_of(errors[0], errors[1], signed=signed, level=level)


def change_of(before: ShareError, after: ShareError, *, signed: bool, level: float) -> Change:
    """Compare two shares that rest on different articles.

    The interval puts the intervals of the two shares together (Newcombe 1998, method 10;
    Zou & Donner 2008); the test is Welch's.
    """
    change = after.share - before.share
    interval = t_interval if signed else wilson_interval
    with np.errstate(invalid="ignore", divide="ignore"):
        (low_b, high_b), (low_a, high_a) = interval(before, level), interval(after, level)
        low = change - np.hypot(after.share - low_a, high_b - before.share)
        high = change + np.hypot(high_a - after.share, before.share - low_b)
        variance = before.se**2 + after.se**2
        df = variance**2 / (before.se**4 / before.df + after.se**4 / after.df)
        p = 2 * stats.t.sf(np.abs(change) / np.sqrt(variance), df)
    unknown = np.isnan(before.se) | np.isnan(after.se)
    p = np.where(change == 0, 1.0, p)
    low, high, p = (np.where(unknown, np.nan, part) for part in (low, high, p))
    if not signed:
        low, high = np.maximum(low, -1.0), np.minimum(high, 1.0)
    n = round(before.n), round(after.n)
    return Change(before.share, after.share, change, low, high, p, *n)


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


def wilson_interval(error: ShareError, level: float) -> Interval:
    """Return Wilson's score interval with the effective number of articles."""
    p = np.clip(error.share, 0.0, 1.0)
    known = (error.se > 0) & (p > 0) & (p < 1)
    n = np.full_like(p, error.n)
    n[known] = p[known] * (1 - p[known]) / error.se[known] ** 2
    return wilson(p, n, stats.t.ppf((1 + level) / 2, error.df))


def t_interval(error: ShareError, level: float) -> Interval:
    """Return Student's interval, for values that are no shares, such as a balance in [-1, 1]."""
    half = stats.t.ppf((1 + level) / 2, error.df) * error.se
    return Interval(error.share - half, error.share + half)
