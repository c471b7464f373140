"""Windows: the weeks before and after a day, and before and after every other day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy import stats

from syriatopics.inference import MIN_ARTICLES
from syriatopics.inference.intervals import wilson
from syriatopics.inference.resampling import Array, Codes, Interval

__all__ = ["Around", "Change", "Weeks", "around"]


# Weeks of a stretch are alike: stories run on from one to the next.
_STRETCH = 3


@dataclass(frozen=True, eq=False)
class Weeks:
    """Articles by week, counted from a day: week `origin` begins on it.

    Attributes
    ----------
    n : ndarray, shape (n_weeks,)
    total, squares : ndarray, shape (n_weeks, k)
        Sums of values and squared values.
    origin : int
    """

    n: Array
    total: Array
    squares: Array
    origin: int

    @classmethod
    def of(cls, values: Array, day: Codes, origin: int) -> Weeks:
        """Count articles by weeks before and after the day `origin`."""
        week = (day - origin) // 7
        first = min(int(week.min()), -1)
        size = max(int(week.max()), 0) - first + 1
        n, total = np.zeros(size), np.zeros((size, values.shape[1]))
        squares = np.zeros_like(total)
        np.add.at(n, week - first, 1)
        np.add.at(total, week - first, values)
        np.add.at(squares, week - first, values**2)
        return cls(n, total, squares, -first)


class _ShareError(NamedTuple):
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


class _Likeness(NamedTuple):
    """By how much the variance of a mean grows because weeks differ, and what that rests on."""

    effect: Array
    df: float


class Around(NamedTuple):
    """The change around the event, and around days without it; arrays by column.

    Attributes
    ----------
    change : Change
        Its p and limits are those of days without the event: NaN where these are too few.
    placebo_low, placebo_high : ndarray, shape (k,)
    n_placebo : int
    """

    change: Change
    placebo_low: Array
    placebo_high: Array
    n_placebo: int


def around(series: Weeks, weeks: int, gap: int, signed: bool, level: float) -> Around:
    """Compare windows before and after the origin, and around every other week.

    A change counts in units of how far weeks let it reach. p is the share of other days on which
    it reaches as far, and the limits are stretched until they say the same.

    Parameters
    ----------
    series : Weeks
    weeks : int
        The length of a window.
    gap : int
        Weeks between the two windows.
    signed : bool
        Whether values are differences in [-1, 1] and no shares.
    level : float
        Of the interval.
    """
    alike = _alike(series, weeks)

    def change(at: int) -> Change:
        return _change(series, at, weeks, gap, alike, signed, level)

    observed = change(series.origin)
    missing = np.full(series.total.shape[1], np.nan)
    placebos = []
    for at in range(weeks, len(series.n) - weeks - gap + 1):
        if abs(at - series.origin) >= weeks + gap:
            one = change(at)
            if min(one.n_before, one.n_after) >= MIN_ARTICLES:
                placebos.append(one)
    n = len(placebos)
    rank = int(np.ceil(level * (n + 1) - 1e-9))
    if rank > n or min(observed.n_before, observed.n_after) < MIN_ARTICLES:
        bare = observed._replace(low=missing, high=missing, p=missing)
        return Around(bare, missing, missing, n)
    clear = np.array([_clear(one) for one in placebos])
    p = (1 + (clear >= _clear(observed) * (1 - 1e-9)).sum(axis=0)) / (1 + n)
    stretched = np.sort(clear, axis=0)[rank - 1]
    low = observed.change - stretched * (observed.change - observed.low)
    high = observed.change + stretched * (observed.high - observed.change)
    if not signed:
        low, high = np.maximum(low, -1.0), np.minimum(high, 1.0)
    tails = [(1 - level) / 2, (1 + level) / 2]
    quiet = np.quantile([one.change for one in placebos], tails, axis=0)
    return Around(observed._replace(low=low, high=high, p=p), quiet[0], quiet[1], n)


def _clear(one: Change) -> Array:
    """Return how far a change is from none, in units of what its weeks let it reach."""
    reach = np.where(one.change > 0, one.change - one.low, one.high - one.change)
    found: Array = np.abs(one.change) / np.maximum(reach, 1e-12)
    return found


def _change(
    series: Weeks, at: int, weeks: int, gap: int, alike: _Likeness, signed: bool, level: float
) -> Change:
    before = _error(series, at - weeks, at, alike)
    after = _error(series, at + gap, at + gap + weeks, alike)
    return _change_of(before, after, signed=signed, level=level)


def _error(series: Weeks, first: int, last: int, alike: _Likeness) -> _ShareError:
    """Return the share of a window with its standard error, from weeks and from articles."""
    part = slice(max(first, 0), max(last, 0))
    n, total, squares = series.n[part], series.total[part], series.squares[part]
    size = n.sum()
    if size < MIN_ARTICLES:
        missing = np.full(total.shape[1], np.nan)
        share = total.sum(axis=0) / size if size else missing
        return _ShareError(share, missing, 1.0, float(size))
    share = total.sum(axis=0) / size
    variance = np.maximum(squares.sum(axis=0) / size - share**2, 0) / (size - 1)
    held = n > 0
    weeks = int(held.sum())
    pooled = np.sqrt(variance * alike.effect)
    if weeks < 2:
        return _ShareError(share, pooled, max(size - 1, 1.0), float(size))
    pull = ((total - share * n[:, None])[held] ** 2).sum(axis=0) / size**2
    in_effect = size**2 / (n**2).sum()
    own = np.sqrt(pull / (1 - 1 / in_effect))
    # The weeks of one window are few, and can look alike by chance; those of the whole
    # corpus say how much weeks differ.
    df = np.where(pooled >= own, max(alike.df, weeks - 1.0), weeks - 1.0)
    return _ShareError(share, np.maximum(own, pooled), df, float(size))


def _alike(series: Weeks, weeks: int) -> _Likeness:
    """Return by how much the variance of a mean grows because weeks differ, for each column.

    Taken from stretches of some weeks within longer windows of the whole series, the levels
    of these windows removed.
    """
    k = series.total.shape[1]
    found, expected, freedom = np.zeros(k), np.zeros(k), 0
    length = max(2 * weeks, 4 * _STRETCH)
    for start in range(series.origin % length, len(series.n) - length + 1, length):
        part = slice(start, start + length)
        size = series.n[part].sum()
        if size < MIN_ARTICLES:
            continue
        share = series.total[part].sum(axis=0) / size
        spread = (
            np.maximum(series.squares[part].sum(axis=0) / size - share**2, 0) * size / (size - 1)
        )
        edges = np.arange(0, length, _STRETCH)
        n = np.add.reduceat(series.n[part], edges)
        left = np.add.reduceat(series.total[part], edges, axis=0) - share * n[:, None]
        found += (left**2).sum(axis=0)
        expected += spread * (size - (n**2).sum() / size)
        freedom += int((n > 0).sum()) - 1
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.where(expected > 0, found / expected, 1.0)
    return _Likeness(np.maximum(ratio, 1.0), float(freedom))


def _change_of(before: _ShareError, after: _ShareError, *, signed: bool, level: float) -> Change:
    """Compare two shares that rest on different articles.

    The interval puts the intervals of the two shares together (Newcombe 1998, method 10;
    Zou & Donner 2008); the test is Welch's.
    """
    change = after.share - before.share
    interval = _t_interval if signed else _wilson_interval
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


def _wilson_interval(error: _ShareError, level: float) -> Interval:
    """Return Wilson's score interval with the effective number of articles."""
    p = np.clip(error.share, 0.0, 1.0)
    known = (error.se > 0) & (p > 0) & (p < 1)
    n = np.full_like(p, error.n)
    n[known] = p[known] * (1 - p[known]) / error.se[known] ** 2
    return wilson(p, n, stats.t.ppf((1 + level) / 2, error.df))


def _t_interval(error: _ShareError, level: float) -> Interval:
    """Return Student's interval, for values that are no shares, such as a balance in [-1, 1]."""
    half = stats.t.ppf((1 + level) / 2, error.df) * error.se
    return Interval(error.share - half, error.share + half)
