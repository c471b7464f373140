"""Uncertainty from the unit that was sampled: the article, or a block of articles, never the passage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

__all__ = [
    "MIN_ARTICLES",
    "MIN_BLOCKS",
    "Array",
    "Estimate",
    "Interval",
    "article_means",
    "bootstrap_interval",
    "estimate",
    "resampled",
]

Array = np.ndarray[Any, np.dtype[np.float64]]

# Below this many articles in a cell no interval is given: the resampling intervals cover far
# less than they say (see benchmarks/results/framing_coverage.md), and the score interval,
# which holds its level, is too wide to say anything.
MIN_ARTICLES = 15
# And below this many blocks, where articles are taken by weeks or stories.
MIN_BLOCKS = 6


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
    blocks : ndarray, shape (n_blocks,)
        The block of each row, sorted.
    """

    mean: Array
    error: Array
    sums: Array
    sizes: Array
    blocks: np.ndarray[Any, Any]

    @property
    def influence(self) -> Array:
        """How far each block pulls the mean, shape (n_blocks, k); squares add up to the variance."""
        n = len(self.sizes)
        scale = np.sqrt(n / (n - 1)) if n > 1 else np.nan
        pull: Array = scale * (self.sums - self.mean * self.sizes[:, None]) / self.sizes.sum()
        return pull


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
    sizes = np.ones(len(values)) if sizes is None else np.asarray(sizes, dtype=float)
    if block is None:
        sums, blocks = np.asarray(values, dtype=float), np.arange(len(values))
    else:
        blocks, index = np.unique(block, return_inverse=True)
        sums = np.zeros((len(blocks), values.shape[1]))
        np.add.at(sums, index, values)
        sizes = np.bincount(index, weights=sizes, minlength=len(blocks)).astype(float)
    total = sizes.sum()
    mean = sums.sum(axis=0) / total if total else np.full(values.shape[1], np.nan)
    bare = Estimate(mean, np.full(values.shape[1], np.nan), sums, sizes, blocks)
    if len(blocks) < 2 or not total:
        return bare
    return bare._replace(error=np.sqrt((bare.influence**2).sum(axis=0)))


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


def resampled(
    estimated: Estimate, n_resamples: int = 2000, random_state: int = 0
) -> tuple[Array, Array]:
    """Resample the blocks of an estimate.

    Returns
    -------
    means, errors : ndarray, shape (n_resamples, k)
        The share in every resample, and its own standard error.
    """
    sums, sizes = estimated.sums, estimated.sizes
    n = len(sizes)
    products, squares = sums * sizes[:, None], sums**2
    means, errors = [], []
    for weights in draws(n, n_resamples, random_state):
        total = (weights @ sizes)[:, None]
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = weights @ sums / total
            spread = weights @ squares - 2 * mean * (weights @ products)
            spread = spread + mean**2 * (weights @ sizes**2)[:, None]
            errors.append(np.sqrt(n / (n - 1) * np.maximum(spread, 0)) / total)
        means.append(mean)
    return np.concatenate(means), np.concatenate(errors)


def bootstrap_interval(
    values: Array,
    level: float = 0.95,
    n_resamples: int = 2000,
    random_state: int = 0,
    *,
    method: str = "percentile",
    block: np.ndarray[Any, Any] | None = None,
) -> Interval:
    """Return the interval of the column means; NaN below :data:`MIN_ARTICLES` rows.

    Parameters
    ----------
    values : ndarray, shape (n, k)
        One row per article.
    level, n_resamples, random_state, method
        As in :func:`syriatopics.inference.intervals.interval`.
    block : ndarray, shape (n,), optional
        As in :func:`estimate`.
    """
    from syriatopics.inference.intervals import interval  # they rest on this module

    if len(values) < MIN_ARTICLES:
        missing = np.full(values.shape[1], np.nan)
        return Interval(missing, missing)
    return interval(estimate(values, block=block), method, level, n_resamples, random_state)
