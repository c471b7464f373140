"""Levels: the best ways to cut a series into stretches of one level each.

Dynamic programming over many series at once: what ``ruptures`` does for one, done for the
thousand permuted series that tell what chance would give.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from syriatopics.inference import MIN_ARTICLES

__all__ = ["Cuts", "Sums", "best_cuts", "least_articles", "residual_of", "step_gains"]

Array = np.ndarray[Any, np.dtype[np.float64]]
Codes = np.ndarray[Any, np.dtype[np.int64]]

# A level holds a twentieth of the articles at least: in a few, every difference is large.
_EDGE = 0.05


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


class Cuts(NamedTuple):
    """For 1 to m breaks: the squared error removed, and the bins that begin a new level.

    Attributes
    ----------
    gain : ndarray, shape (m, r)
        -inf where so many breaks have no room.
    position : list of ndarray of int, shapes (r, 1) to (r, m)
    """

    gain: Array
    position: list[Codes]


def least_articles(n: float) -> float:
    """Return how many articles a level must hold in a series of `n`."""
    return max(float(MIN_ARTICLES), _EDGE * n)


def best_cuts(sums: Sums, scale: Array, max_breaks: int, shortest: int) -> Cuts:
    """Cut each of `r` series into 2 to ``max_breaks + 1`` levels, as well as can be.

    Parameters
    ----------
    sums : Sums
        Shape (r, j, n_bins); the j groups of a series step together.
    scale : ndarray, shape (j, 1)
        The variance of each group: gains are summed in these units.
    max_breaks : int
    shortest : int
        How many bins a level has at least.

    Returns
    -------
    Cuts
    """
    left, n_left = _running(sums.total), _running(sums.n)
    r, _, n_edges = n_left.shape
    least = least_articles(float(n_left[0, :, -1].sum()))
    whole = _explained(left, n_left, scale, n_edges - 1, slice(0, 1))[:, 0]
    best = np.full((max_breaks + 1, r, n_edges), -np.inf)
    came = np.zeros((max_breaks + 1, r, n_edges), dtype=np.int64)
    for end in range(shortest, n_edges):
        starts = slice(0, end - shortest + 1)
        held = n_left[:, :, end, None] - n_left[:, :, starts]
        worth = _explained(left, n_left, scale, end, starts)
        worth[held.sum(axis=1) < least] = -np.inf
        best[0, :, end] = worth[:, 0]
        for breaks in range(1, max_breaks + 1):
            candidates = best[breaks - 1, :, starts] + worth
            came[breaks, :, end] = at = candidates.argmax(axis=1)
            best[breaks, :, end] = candidates[np.arange(r), at]
    positions = [_back(came, breaks, r) for breaks in range(1, max_breaks + 1)]
    return Cuts(best[1:, :, -1] - whole, positions)


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


def _running(values: Array) -> Array:
    return np.concatenate([np.zeros((*values.shape[:-1], 1)), np.cumsum(values, axis=-1)], axis=-1)


def _explained(left: Array, n_left: Array, scale: Array, end: int, starts: slice) -> Array:
    """Return the sum of squares that one level explains from each of `starts` to `end`."""
    total = left[:, :, end, None] - left[:, :, starts]
    count = n_left[:, :, end, None] - n_left[:, :, starts]
    explained: Array = (total**2 / (np.maximum(count, 1e-9) * scale)).sum(axis=1)
    return explained


def _back(came: Codes, breaks: int, r: int) -> Codes:
    """Follow the pointers back from the last bin."""
    rows, at = np.arange(r), np.full(r, came.shape[-1] - 1)
    found = np.zeros((r, breaks), dtype=np.int64)
    for n in range(breaks, 0, -1):
        at = came[n, rows, at]
        found[:, n - 1] = at
    return found


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
