"""Shares as ratios of sums over blocks of articles: the unit that was sampled, never the passage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

__all__ = ["Array", "Codes", "Estimate", "Interval", "article_means", "draws", "estimate"]

Array = np.ndarray[Any, np.dtype[np.float64]]
Codes = np.ndarray[Any, np.dtype[np.int64]]


class Interval(NamedTuple):
    """An interval for each column."""

    low: Array
    high: Array


class Estimate(NamedTuple):
    """A ratio of sums over articles, with what its uncertainty rests on.

    Attributes
    ----------
    mean : ndarray, shape (k,)
    error : ndarray, shape (k,)
        Standard error from the variance among blocks; NaN for a single block.
    sums : ndarray, shape (n_blocks, k)
        Of the values, within blocks.
    sizes : ndarray, shape (n_blocks,)
        What the sums are shares of: articles, or mentions.
    squares : ndarray, shape (n_blocks,)
        Sums of the squared sizes of articles, within blocks.
    blocks : ndarray, shape (n_blocks,)
        The block of each row, sorted.
    n : int
        Articles.
    alone : ndarray, shape (k,)
        The standard error if no two articles were alike.
    holding : ndarray, shape (k,)
        In how many articles there is something of it, or of the rest, whichever are fewer.
    edges : ndarray, shape (2, k)
        The least and the largest share that an article has.
    typical : ndarray, shape (k,)
        By how much blocks of such sizes widen the variance in all groups of a result: see
        :func:`syriatopics.inference.pooling.together`.
    behind : float
        Degrees of freedom behind `typical`.
    beyond : ndarray, shape (k,)
        By how much the variance is larger than blocks show, where they are no independent draws.
    """

    mean: Array
    error: Array
    sums: Array
    sizes: Array
    squares: Array
    blocks: np.ndarray[Any, Any]
    n: int
    alone: Array
    holding: Array
    edges: Array
    typical: Array
    behind: float
    beyond: Array

    @property
    def influence(self) -> Array:
        """How far each block pulls the mean, shape (n_blocks, k); squares add up to the variance."""
        n = len(self.sizes)
        scale = np.sqrt(n / (n - 1)) if n > 1 else np.nan
        pull: Array = scale * (self.sums - self.mean * self.sizes[:, None]) / self.sizes.sum()
        return pull

    @property
    def weights(self) -> Array:
        """The share of each block in the whole, shape (n_blocks,)."""
        found: Array = self.sizes / self.sizes.sum()
        return found

    @property
    def spent(self) -> float:
        """What is left of the squared sizes once the mean is taken off: the blocks in effect."""
        return _left(self.squares, self.weights)

    @property
    def variance(self) -> Array:
        """The variance of the share, unbiased for blocks of unequal size."""
        n = len(self.sizes)
        found: Array = self.error**2 * (n - 1) / n * self.squares.sum() / self.spent
        return found * self.beyond

    @property
    def freedom(self) -> float:
        """Degrees of freedom of the variance among blocks, after Bell and McCaffrey.

        As many as blocks less one where all are of one size; fewer where some are large.
        """
        w, a = self.squares, self.weights
        if len(w) < 2:
            return 0.0
        total, aa, aw, ww = w.sum(), a @ a, a @ w, w @ w
        # The squared length of diag(w) - a w' - w a' + total a a', the covariance of residuals.
        low = np.array([[total, -1.0], [-1.0, 0.0]]) @ np.array([[aa, aw], [aw, ww]])
        squared = ww + 2 * (-2 * (w * a) @ w + total * (w * a) @ a) + np.trace(low @ low)
        return float(self.spent**2 / max(squared, 1e-300))

    def column(self, k: int) -> Estimate:
        """Return the estimate of one column."""
        return self._replace(
            mean=self.mean[[k]], error=self.error[[k]], sums=self.sums[:, [k]],
            alone=self.alone[[k]], holding=self.holding[[k]], edges=self.edges[:, [k]],
            typical=self.typical[[k]], beyond=self.beyond[[k]],
        )  # fmt: skip


def _left(squares: Array, weights: Array) -> float:
    return float(squares.sum() * (1 + weights @ weights) - 2 * weights @ squares)


def estimate(
    values: Array,
    sizes: Array | None = None,
    block: np.ndarray[Any, Any] | None = None,
) -> Estimate:
    """Estimate shares, and how sure they are, from one row per article.

    Parameters
    ----------
    values : ndarray, shape (n, k)
        One row per article: its mean, or a count.
    sizes : ndarray, shape (n,), optional
        What a count is a share of; by default 1, so that the share is the mean.
    block : ndarray, shape (n,), optional
        Articles that cannot be taken as independent (a week, a story); by default each
        article is its own block.

    Returns
    -------
    Estimate
        NaN where there is no article.

    Examples
    --------
    >>> estimate(np.array([[0.0], [1.0]])).mean
    array([0.5])
    """
    values = np.asarray(values, dtype=float)
    n, k = values.shape
    size = np.ones(n) if sizes is None else np.asarray(sizes, dtype=float)
    blocks, index = (
        (np.arange(n), np.arange(n)) if block is None else np.unique(block, return_inverse=True)
    )
    sums = np.array([np.bincount(index, column, len(blocks)) for column in values.T]).T
    sums = sums.reshape(len(blocks), k).astype(float)
    of_block = np.bincount(index, size, minlength=len(blocks)).astype(float)
    squares = np.bincount(index, size**2, minlength=len(blocks)).astype(float)
    total, missing = size.sum(), np.full(k, np.nan)
    mean = sums.sum(axis=0) / total if total else missing
    held = np.minimum((values > 0).sum(axis=0), (values < size[:, None]).sum(axis=0))
    bare = Estimate(
        mean, missing, sums, of_block, squares, blocks, n, missing, held.astype(float),
        _edges(values, size), np.ones(k), 0.0, np.ones(k),
    )  # fmt: skip
    if not total or n < 2:
        return bare
    pull = (values - mean * size[:, None]) / total
    scale = (size**2).sum() / max(_left(size**2, size / total), 1e-300)
    bare = bare._replace(alone=np.sqrt((pull**2).sum(axis=0) * scale))
    if len(blocks) < 2:
        return bare
    return bare._replace(error=np.sqrt((bare.influence**2).sum(axis=0)))


def _edges(values: Array, size: Array) -> Array:
    held = size > 0
    if not held.any():
        return np.full((2, values.shape[1]), np.nan)
    shares = values[held] / size[held, None]
    return np.stack([shares.min(axis=0), shares.max(axis=0)])


def article_means(
    weights: Array, article: np.ndarray[Any, Any], sizes: Array | None = None
) -> tuple[Array, np.ndarray[Any, Any]]:
    """Average passages within their article.

    Parameters
    ----------
    weights : ndarray, shape (n_passages, k)
        A row of NaN is left out.
    article : ndarray, shape (n_passages,)
        The article of each passage.
    sizes : ndarray, shape (n_passages,), optional
        How many passages each row is the sum of; by default one.

    Returns
    -------
    means : ndarray, shape (n_articles, k)
    articles : ndarray, shape (n_articles,)
        The articles, sorted; those without a scored passage are left out.
    """
    scored = ~np.isnan(weights).any(axis=1)
    articles, index = np.unique(article[scored], return_inverse=True)
    sums = np.zeros((len(articles), weights.shape[1]))
    np.add.at(sums, index, weights[scored])
    held = None if sizes is None else sizes[scored]
    return sums / np.bincount(index, held, minlength=len(articles))[:, None], articles


def draws(n: int, n_resamples: int, random_state: int, chunk: int = 2_000_000) -> Iterator[Array]:
    """Yield how often each of `n` units is drawn in every resample, some resamples at a time.

    Parameters
    ----------
    n, n_resamples, random_state : int
    chunk : int
        How many weights are held in memory at once; it changes nothing in the result.
    """
    rng = np.random.default_rng(random_state)
    step = max(1, chunk // max(n, 1))
    for start in range(0, n_resamples, step):
        rows = min(step, n_resamples - start)
        drawn = rng.integers(0, n, size=(rows, n)) + n * np.arange(rows)[:, None]
        yield np.bincount(drawn.ravel(), minlength=rows * n).reshape(rows, n).astype(float)
