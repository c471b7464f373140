"""Levels: what stretches of one level each leave of a series."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from syriatopics.inference import MIN_ARTICLES
from syriatopics.inference.resampling import Array, Codes

__all__ = ["Sums", "least_articles", "residual_of", "step_gains"]


# A level holds a tenth of the articles at least: in a few, every difference is large.
_EDGE = 0.1


class Sums(NamedTuple):
    """Sums by bin (a day, a week) of one series or of many, shape (..., j, n_bins).

    Attributes
    ----------
    n, total, squares : ndarray
        Articles, and the sums of their values and squared values.
    """

    n: Array
    total: Array
    squares: Array


def least_articles(n: float) -> float:
    """Return how many articles a level must hold in a series of `n`."""
    return max(float(MIN_ARTICLES), _EDGE * n)


def step_gains(sums: Sums, scale: Array) -> Array:
    """Return the squared error that one break removes, for each bin that may begin a new level.

    Parameters
    ----------
    sums : Sums
        Shape (..., j, n_bins); the groups step together.
    scale : ndarray, shape (j, 1)
        The variance of each group.

    Returns
    -------
    ndarray, shape (..., n_bins)
        -inf where a level would hold too few articles.
    """
    total, count = np.cumsum(sums.total, axis=-1), np.cumsum(sums.n, axis=-1)
    all_total, all_count = total[..., -1:], count[..., -1:]
    total, count = _behind(total), _behind(count)
    rest = all_count - count
    share = np.where(all_count > 0, count / np.maximum(all_count, 1e-9), 0.0)
    spread = np.maximum(count * rest, 1e-9) / np.maximum(all_count, 1e-9)
    gain: Array = ((total - share * all_total) ** 2 / (spread * scale)).sum(axis=-2)
    before, after = count.sum(axis=-2), rest.sum(axis=-2)
    least = np.maximum(float(MIN_ARTICLES), _EDGE * (before + after))
    return np.where((before >= least) & (after >= least), gain, -np.inf)


def _behind(running: Array) -> Array:
    """Return what lies before each bin."""
    return np.concatenate([np.zeros((*running.shape[:-1], 1)), running[..., :-1]], axis=-1)


def residual_of(sums: Sums, positions: Codes) -> tuple[Array, Array]:
    """Return what the levels between `positions` leave over.

    Parameters
    ----------
    sums : Sums
        Shape (r, j, n_bins).
    positions : ndarray of int, shape (r, m)
        The bins that begin a new level, in order.

    Returns
    -------
    residual : ndarray, shape (r, j, n_bins)
        Sums by bin.
    squares : ndarray, shape (r, j)
        The sum of squares of the articles.
    """
    r, j, n_bins = sums.total.shape
    level = (np.arange(n_bins)[None, :, None] >= positions[:, None, :]).sum(axis=2)
    mean = np.zeros((r, j, n_bins))
    for n in range(positions.shape[1] + 1):
        inside = (level == n)[:, None, :]
        count = (sums.n * inside).sum(axis=-1, keepdims=True)
        total = (sums.total * inside).sum(axis=-1, keepdims=True)
        mean += inside * (total / np.maximum(count, 1))
    squares = sums.squares - 2 * mean * sums.total + mean**2 * sums.n
    return sums.total - sums.n * mean, squares.sum(axis=-1)
