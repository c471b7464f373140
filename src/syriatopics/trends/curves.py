"""Curves: local straight lines through days, for all outlets and themes at once, with bands.

A point of a curve is a weighted sum of the articles around it, so that the covariance of all points
follows from how alike articles of nearby days are (``inference/nearness.py``). What a curve leaves
over is no measure of that: at the ends a line bends towards the stories it stands on.

References
----------
Cleveland, W. & Devlin, S. (1988), Locally weighted regression, JASA 83. Montiel Olea, J. &
Plagborg-Møller, M. (2019), Simultaneous confidence bands, Journal of Applied Econometrics 34.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy import stats
from threadpoolctl import threadpool_limits

from syriatopics.inference.nearness import (
    Nearness,
    near_products,
    nearness_of_days,
    normal_draws,
    root_of,
)
from syriatopics.inference.resampling import Array, Codes
from syriatopics.order import largest
from syriatopics.trends.panel import Panel

__all__ = ["Curves", "Grid", "best_bandwidth", "curves_of"]


# What a day may not look at when bandwidths are compared: days near by tell the same stories.
_APART = 10
# How much of what groups share is taken off the variance of their difference. All of it would be
# too sure: it is estimated (differences on a day then hold some 90 % where 95 are asked).
_SHARED = 0.5
_BANDWIDTHS = (60, 90, 120, 180, 270, 365, 540, 730)


@dataclass(frozen=True, eq=False)
class Grid:
    """Articles by day, and the days at which curves are drawn.

    Attributes
    ----------
    at : ndarray, shape (n_at,)
        Days since 1970-01-01.
    start : int
        The first day.
    count : ndarray, shape (j, n_days)
    total : ndarray, shape (j, n_days, k)
    squares : ndarray, shape (j, n_days, k)
        Sums of squared values.
    """

    at: Array
    start: int
    count: Array
    total: Array
    squares: Array

    @classmethod
    def of(cls, panel: Panel, day: Codes, n_at: int) -> Grid:
        """Count the articles of a panel by day."""
        start, span = int(day.min()), int(day.max() - day.min()) + 1
        count = np.zeros((len(panel.groups), span))
        total = np.zeros((len(panel.groups), span, panel.values.shape[1]))
        np.add.at(count, (panel.group, day - start), 1)
        np.add.at(total, (panel.group, day - start), panel.values)
        squares = np.zeros_like(total)
        np.add.at(squares, (panel.group, day - start), panel.values**2)
        at = np.unique(np.linspace(start, start + span - 1, min(n_at, span)).round())
        return cls(at, start, count, total, squares)


@dataclass(frozen=True, eq=False)
class Curves:
    """Curves with their error.

    Attributes
    ----------
    share : ndarray, shape (j, n_at, k)
    variance : ndarray, shape (j, j, n_at, k)
        Covariances of groups on the same day.
    deviation : ndarray, shape (n_resamples, j, n_at, k)
        Draws of how far the curves are off, for what is asked of all days at once.
    n : ndarray, shape (j, n_at)
        How many articles stand behind a day, in effect.
    """

    share: Array
    variance: Array
    deviation: Array
    n: Array

    def difference(self, first: int, second: int) -> Curves:
        """Return the curve of one group less that of another."""
        pair = [first, second]
        shared = self.variance[first, second]
        variance = self.variance[first, first] + self.variance[second, second] - 2 * shared
        return Curves(
            (self.share[first] - self.share[second])[None],
            np.maximum(variance, 0.0)[None, None],
            self.deviation[:, [first]] - self.deviation[:, [second]],
            self.n[pair].min(axis=0)[None],
        )

    def bands(self, level: float) -> tuple[Array, Array]:
        """Return half the width of the interval of each day, and of the band of the whole curve."""
        groups = np.arange(len(self.share))
        se = np.sqrt(self.variance[groups, groups])
        df = np.maximum(self.n - 1, 1)[..., None]
        day = stats.t.ppf((1 + level) / 2, df) * se
        with np.errstate(invalid="ignore", divide="ignore"):
            away = np.abs(self.deviation) / np.where(se > 0, se, np.nan)
        shown = np.broadcast_to((self.n >= 15)[None, ..., None], away.shape)
        worst = np.where(shown & ~np.isnan(away), away, 0.0).max(axis=2)
        # The normal quantile of the worst day, on the scale of Student's.
        reach = np.quantile(worst, level, axis=0)[:, None, :]
        tail = np.maximum(stats.norm.sf(np.maximum(reach, stats.norm.ppf((1 + level) / 2))), 1e-12)
        return day, stats.t.isf(tail, df) * se


def _kernel(grid: Grid, bandwidth: float, apart: float = -1.0) -> tuple[Array, Array]:
    """Return tricube weights (n_days, n_at), and the distance in bandwidths."""
    days = grid.start + np.arange(grid.count.shape[1])
    away = (days[:, None] - grid.at[None, :]) / bandwidth
    weight = np.clip(1 - np.abs(away) ** 3, 0, None) ** 3
    weight[np.abs(away) * bandwidth <= apart] = 0.0
    return weight, away


def _line(s0: Array, s1: Array, s2: Array, u0: Array, u1: Array) -> Array:
    """Return the height of local lines, from moments: s (...,), u (..., k)."""
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = s0 * s2 - s1**2
        flat = spread <= 1e-9 * np.maximum(s0 * s2, 1e-300)
        line = (s2[..., None] * u0 - s1[..., None] * u1) / spread[..., None]
        found: Array = np.where(flat[..., None], u0 / s0[..., None], line)
    return found


def _smoother(count: Array, weight: Array, away: Array) -> Array:
    """Return what an article of each day weighs in each point of a curve, (n_days, n_at)."""
    s0, s1, s2 = (count @ (weight * away**power) for power in range(3))
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = s0 * s2 - s1**2
        flat = spread <= 1e-9 * np.maximum(s0 * s2, 1e-300)
        found: Array = np.where(flat, weight / s0, weight * (s2 - s1 * away) / spread)
    return np.nan_to_num(found, posinf=0.0, neginf=0.0)


def curves_of(grid: Grid, bandwidth: float, n_resamples: int, rng: np.random.Generator) -> Curves:
    """Fit the curves of all groups and themes, and draw how far they are off.

    Parameters
    ----------
    grid : Grid
    bandwidth : float
        In days, on either side.
    n_resamples : int
    rng : Generator
    """
    weight, away = _kernel(grid, bandwidth)
    smoothers = [_smoother(count, weight, away) for count in grid.count]
    held = grid.count @ weight
    with np.errstate(invalid="ignore", divide="ignore"):
        n = np.nan_to_num(held**2 / (grid.count @ weight**2))
    n[~_within(grid)] = 0.0
    share = np.stack([s.T @ total for s, total in zip(smoothers, grid.total, strict=True)])
    share[held <= 0] = np.nan
    deviation = np.empty((n_resamples, *share.shape))
    j, n_at, k = share.shape
    variance = np.empty((j, j, n_at, k))
    with threadpool_limits(limits=1):  # the number of cores changes no digit
        for column, covariance in enumerate(_covariances(grid, smoothers, share)):
            root = root_of(covariance)
            whole = (root @ root).reshape(j, n_at, j, n_at)
            variance[..., column] = np.einsum("gaha->gha", whole)
            drawn = normal_draws(root, n_resamples, rng)
            deviation[..., column] = drawn.reshape(n_resamples, j, n_at)
    return Curves(share, variance, deviation, n)


def _covariances(grid: Grid, smoothers: list[Array], share: Array) -> Array:
    """Return the covariance of all points of all groups, shape (k, j * n_at, j * n_at)."""
    j, n_at, k = len(smoothers), len(grid.at), grid.total.shape[2]
    found = np.zeros((k, j, n_at, j, n_at))
    alike, spread = _left_over(grid, smoothers, share)
    sums = [s * count[:, None] for s, count in zip(smoothers, grid.count, strict=True)]
    for g in range(j):
        alone = sums[g].T @ smoothers[g]
        for h in range(g, j):
            products = near_products(sums[g], sums[h])
            for column in range(k):
                if g == h:
                    rho = alike.within[:, column]
                    # An article is wholly like itself, more than like others of its day.
                    part = np.tensordot(rho, products, axes=1) + (1 - rho[0]) * alone
                else:
                    rho = _SHARED * alike.across[:, column]
                    part = np.tensordot(rho, products, axes=1)
                part *= spread[g, column] * spread[h, column]
                found[column, g, :, h], found[column, h, :, g] = part, part.T
    return found.reshape(k, j * n_at, j * n_at)


def _left_over(grid: Grid, smoothers: list[Array], share: Array) -> tuple[Nearness, Array]:
    """Return how alike articles of nearby days are, and how far they lie from the curves."""
    days = grid.start + np.arange(grid.count.shape[1])
    curve = np.array(
        [[np.interp(days, grid.at, np.nan_to_num(one)) for one in group.T] for group in share]
    ).transpose(0, 2, 1)
    squares = grid.squares - 2 * curve * grid.total + curve**2 * grid.count[..., None]
    nearest = np.abs(grid.at[:, None] - days).argmin(axis=0)
    spent = [
        float(n @ s[np.arange(len(days)), nearest])
        for n, s in zip(grid.count, smoothers, strict=True)
    ]
    free = np.maximum(grid.count.sum(axis=1) - spent, 1)[:, None]
    spread = np.sqrt(np.maximum(squares.sum(axis=1), 0.0) / free)
    return nearness_of_days(grid.count, grid.total, grid.squares), spread


def _within(grid: Grid) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return which points lie between the first and the last article of their group."""
    inside = np.zeros((len(grid.count), len(grid.at)), dtype=bool)
    for row, count in zip(inside, grid.count, strict=True):
        days = grid.start + np.flatnonzero(count)
        if len(days):
            row[:] = (grid.at >= days[0]) & (grid.at <= days[-1])
    return inside


def best_bandwidth(grid: Grid) -> float:
    """Return the bandwidth that predicts best, days within ten days left out.

    Days near by belong to the same stories: a bandwidth that may look at them follows the
    stories and not the trend.
    """
    span = grid.count.shape[1]
    middles = np.arange(grid.start + 3, grid.start + span, 7, dtype=float)
    weekly = replace(grid, at=middles)
    week = np.arange(span) // 7
    edges = np.flatnonzero(np.diff(week, prepend=-1))
    count = np.add.reduceat(grid.count, edges, axis=1)[:, : len(middles)]
    total = np.add.reduceat(grid.total, edges, axis=1)[:, : len(middles)]
    tried = [w for w in _BANDWIDTHS if w <= max(span / 2, 60)] or [60]
    errors = []
    for bandwidth in tried:
        weight, away = _kernel(weekly, bandwidth, apart=_APART)
        moments = [grid.count @ (weight * away**power) for power in range(3)]
        u = [np.einsum("jdk,dg->jgk", grid.total, weight * away**power) for power in range(2)]
        line = np.clip(np.nan_to_num(_line(*moments, *u)), -1, 1)
        # Without the constant sum of squares: what the line explains of the weeks.
        errors.append(float((count[..., None] * line**2 - 2 * line * total).sum()))
    return float(tried[int(largest(-np.array(errors)))])
