"""Curves: local straight lines through days, for all outlets, themes and resamples at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from syriatopics.trends.panel import Panel

__all__ = ["BLOCK_DAYS", "Curves", "Grid", "best_bandwidth", "curves_of"]

Array = np.ndarray[Any, np.dtype[np.float64]]
Codes = np.ndarray[Any, np.dtype[np.int64]]

# What is resampled together, and what a day may not look at when bandwidths are compared.
BLOCK_DAYS = 14
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
    """

    at: Array
    start: int
    count: Array
    total: Array

    @classmethod
    def of(cls, panel: Panel, day: Codes, n_at: int) -> Grid:
        """Count the articles of a panel by day."""
        start, span = int(day.min()), int(day.max() - day.min()) + 1
        count = np.zeros((len(panel.groups), span))
        total = np.zeros((len(panel.groups), span, panel.values.shape[1]))
        np.add.at(count, (panel.group, day - start), 1)
        np.add.at(total, (panel.group, day - start), panel.values)
        at = np.unique(np.linspace(start, start + span - 1, min(n_at, span)).round())
        return cls(at, start, count, total)

    def blocks(self) -> Codes:
        """Return the block of each day."""
        return np.arange(self.count.shape[1]) // BLOCK_DAYS


@dataclass(frozen=True, eq=False)
class Curves:
    """Curves with their resamples.

    Attributes
    ----------
    share : ndarray, shape (j, n_at, k)
    deviation : ndarray, shape (n_resamples, j, n_at, k)
        Resampled curves less the curve (every block pulls by a random amount, a multiplier
        bootstrap), widened for small numbers of blocks.
    n : ndarray, shape (j, n_at)
        How many articles stand behind a day, in effect.
    blocks : ndarray, shape (j, n_at)
        And how many blocks.
    """

    share: Array
    deviation: Array
    n: Array
    blocks: Array

    def difference(self, first: int, second: int) -> Curves:
        """Return the curve of one group less that of another."""
        pair = [first, second]
        return Curves(
            (self.share[first] - self.share[second])[None],
            self.deviation[:, [first]] - self.deviation[:, [second]],
            self.n[pair].min(axis=0)[None],
            self.blocks[pair].min(axis=0)[None],
        )

    def bands(self, level: float) -> tuple[Array, Array]:
        """Return half the width of the interval of each day, and of the band of the whole curve."""
        se = np.sqrt(np.nanmean(self.deviation**2, axis=0))
        df = np.maximum(self.blocks - 1, 1)[..., None]
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


def _moments(grid: Grid, weight: Array, away: Array) -> tuple[Array, Array]:
    """Return moments by block: articles (b, j, n_at, 3) and values (b, j, n_at, 2, k)."""
    blocks = grid.blocks()
    edges = np.flatnonzero(np.diff(blocks, prepend=-1))
    powers = np.stack([weight, weight * away, weight * away**2], axis=-1)
    articles, values = [], []
    for first, last in zip(edges, [*edges[1:], len(blocks)], strict=True):
        part = powers[first:last]
        articles.append(np.einsum("jd,dgp->jgp", grid.count[:, first:last], part))
        values.append(np.einsum("jdk,dgp->jgpk", grid.total[:, first:last], part[..., :2]))
    return np.stack(articles), np.stack(values)


def curves_of(grid: Grid, bandwidth: float, n_resamples: int, rng: np.random.Generator) -> Curves:
    """Fit the curves of all groups and themes, and resample blocks of days.

    Parameters
    ----------
    grid : Grid
    bandwidth : float
        In days, on either side.
    n_resamples : int
    rng : Generator
    """
    weight, away = _kernel(grid, bandwidth)
    articles, values = _moments(grid, weight, away)
    s, u = articles.sum(axis=0), values.sum(axis=0)
    share = _line(s[..., 0], s[..., 1], s[..., 2], u[..., 0, :], u[..., 1, :])
    with np.errstate(invalid="ignore", divide="ignore"):
        n = np.nan_to_num(s[..., 0] ** 2 / (grid.count @ weight**2))
        n[~_within(grid)] = 0.0
        blocks = np.nan_to_num(s[..., 0] ** 2 / (articles[..., 0] ** 2).sum(axis=0))
        widened = 1 / np.sqrt(1 - 1 / np.maximum(blocks, 1.25))
    influence = _influence(articles, values, share) * widened[..., None]
    signs = rng.standard_normal((n_resamples, len(articles)))
    return Curves(share, np.tensordot(signs, influence, axes=1), n, blocks)


def _within(grid: Grid) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return which points lie between the first and the last article of their group."""
    inside = np.zeros((len(grid.count), len(grid.at)), dtype=bool)
    for row, count in zip(inside, grid.count, strict=True):
        days = grid.start + np.flatnonzero(count)
        if len(days):
            row[:] = (grid.at >= days[0]) & (grid.at <= days[-1])
    return inside


def _influence(articles: Array, values: Array, share: Array) -> Array:
    """Return how far each block pulls each point of each curve, shape (b, j, n_at, k).

    What a block leaves over around the line of a day, put through the weights of that line.
    """
    s, u = articles.sum(axis=0), values.sum(axis=0)
    s0, s1, s2 = (s[..., power, None] for power in range(3))
    spread = s0 * s2 - s1**2
    flat = spread <= 1e-9 * np.maximum(s0 * s2, 1e-300)
    with np.errstate(invalid="ignore", divide="ignore"):
        slope = np.where(flat, 0.0, (s0 * u[..., 1, :] - s1 * u[..., 0, :]) / spread)
        first = values[..., 0, :] - share * articles[..., 0, None] - slope * articles[..., 1, None]
        second = values[..., 1, :] - share * articles[..., 1, None] - slope * articles[..., 2, None]
        line = (s2 * first - s1 * second) / spread
        found: Array = np.nan_to_num(np.where(flat, first / s0, line))
    return found


def best_bandwidth(grid: Grid) -> float:
    """Return the bandwidth that predicts best, days of the own fortnight left out.

    Days near by belong to the same stories: a bandwidth that may look at them follows the
    stories and not the trend.
    """
    span = grid.count.shape[1]
    middles = np.arange(grid.start + 3, grid.start + span, 7, dtype=float)
    weekly = Grid(middles, grid.start, grid.count, grid.total)
    week = np.arange(span) // 7
    edges = np.flatnonzero(np.diff(week, prepend=-1))
    count = np.add.reduceat(grid.count, edges, axis=1)[:, : len(middles)]
    total = np.add.reduceat(grid.total, edges, axis=1)[:, : len(middles)]
    tried = [w for w in _BANDWIDTHS if w <= max(span / 2, 60)] or [60]
    errors = []
    for bandwidth in tried:
        weight, away = _kernel(weekly, bandwidth, apart=BLOCK_DAYS / 2 + 3)
        moments = [grid.count @ (weight * away**power) for power in range(3)]
        u = [np.einsum("jdk,dg->jgk", grid.total, weight * away**power) for power in range(2)]
        line = np.clip(np.nan_to_num(_line(*moments, *u)), -1, 1)
        # Without the constant sum of squares: what the line explains of the weeks.
        errors.append(float((count[..., None] * line**2 - 2 * line * total).sum()))
    return float(tried[int(np.argmin(errors))])
