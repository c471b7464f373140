"""Windows: the weeks before and after a day, and before and after every other day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from syriatopics.inference import MIN_ARTICLES
from syriatopics.trends.change import Change, ShareError, change_of

__all__ = ["Around", "Weeks", "around"]

Array = np.ndarray[Any, np.dtype[np.float64]]
Codes = np.ndarray[Any, np.dtype[np.int64]]


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
    return change_of(before, after, signed=signed, level=level)


def _error(series: Weeks, first: int, last: int, alike: _Likeness) -> ShareError:
    """Return the share of a window with its standard error, from weeks and from articles."""
    part = slice(max(first, 0), max(last, 0))
    n, total, squares = series.n[part], series.total[part], series.squares[part]
    size = n.sum()
    if size < MIN_ARTICLES:
        missing = np.full(total.shape[1], np.nan)
        share = total.sum(axis=0) / size if size else missing
        return ShareError(share, missing, 1.0, float(size))
    share = total.sum(axis=0) / size
    variance = np.maximum(squares.sum(axis=0) / size - share**2, 0) / (size - 1)
    held = n > 0
    weeks = int(held.sum())
    pooled = np.sqrt(variance * alike.effect)
    if weeks < 2:
        return ShareError(share, pooled, max(size - 1, 1.0), float(size))
    pull = ((total - share * n[:, None])[held] ** 2).sum(axis=0) / size**2
    in_effect = size**2 / (n**2).sum()
    own = np.sqrt(pull / (1 - 1 / in_effect))
    # The weeks of one window are few, and can look alike by chance; those of the whole
    # corpus say how much weeks differ.
    df = np.where(pooled >= own, max(alike.df, weeks - 1.0), weeks - 1.0)
    return ShareError(share, np.maximum(own, pooled), df, float(size))


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
