"""Windows: the weeks before and after a day, and before and after every other day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from syriatopics.inference import MIN_ARTICLES
from syriatopics.inference.resampling import Array, Codes

__all__ = ["Around", "Change", "Weeks", "around"]


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

    A change counts in units of how far the articles of the two windows scatter; what they have in
    common, as stories do, the other days have too. p is the share of other days on which it is
    as clear, and the limits are as wide as makes them say the same.

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
    others = np.arange(weeks, len(series.n) - weeks - gap + 1)
    others = others[np.abs(others - series.origin) >= weeks + gap]
    at = np.append(series.origin, others)
    n_before, before, left = _window(series, at - weeks, weeks)
    n_after, after, left_after = _window(series, at + gap, weeks)
    change = after - before
    with np.errstate(invalid="ignore", divide="ignore"):
        scatter = (left + left_after) / (n_before + n_after - 2)
        unit = np.sqrt(np.maximum(scatter, 0.0) * (1 / n_before + 1 / n_after))
        unit = np.maximum(unit, 1e-12)
        clear = np.abs(change) / unit
    enough = (np.minimum(n_before, n_after) >= MIN_ARTICLES).ravel()
    quiet = np.flatnonzero(enough[1:]) + 1
    n, rank = len(quiet), int(np.ceil(level * (len(quiet) + 1) - 1e-9))
    missing = np.full(series.total.shape[1], np.nan)
    counts = (round(float(n_before[0, 0])), round(float(n_after[0, 0])))
    bare = Change(before[0], after[0], change[0], missing, missing, missing, *counts)
    if rank > n or not enough[0]:
        return Around(bare, missing, missing, n)
    p = (1 + (clear[quiet] >= clear[0] * (1 - 1e-9)).sum(axis=0)) / (1 + n)
    reach, bound = np.sort(clear[quiet], axis=0)[rank - 1] * unit[0], 2.0 if signed else 1.0
    limits = (np.clip(change[0] + sign * reach, -bound, bound) for sign in (-1, 1))
    low, high = limits
    tails = np.quantile(change[quiet], [(1 - level) / 2, (1 + level) / 2], axis=0)
    return Around(bare._replace(low=low, high=high, p=p), tails[0], tails[1], n)


def _window(series: Weeks, first: Codes, weeks: int) -> tuple[Array, Array, Array]:
    """Return articles, shape (n, 1), shares and squares about them, (n, k), of windows of some weeks."""
    ends = (np.clip(edge, 0, len(series.n)) for edge in (first, first + weeks))
    start, stop = ends

    def inside(part: Array) -> Array:
        running = np.concatenate([np.zeros((1, part.shape[1])), np.cumsum(part, axis=0)])
        found: Array = running[stop] - running[start]
        return found

    n, total, squares = inside(series.n[:, None]), inside(series.total), inside(series.squares)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = total / n
    return n, share, squares - n * share**2
