"""Change: by how much the level of a theme differs between two stretches of time."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from scipy import stats

from syriatopics.inference import MIN_ARTICLES
from syriatopics.inference.blocks import ShareError, share_error, t_interval, wilson_interval

__all__ = ["Change", "change_between", "change_of"]

Array = np.ndarray[Any, np.dtype[np.float64]]
Codes = np.ndarray[Any, np.dtype[np.int64]]


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
