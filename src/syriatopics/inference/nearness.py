"""Nearness: how alike are articles of nearby days, and what does that do to a share?

News comes in stories and bursts. Nobody has told which article belongs to which story, but days
tell much of it: the correlation of two articles is estimated by the days between them, from all
pairs within stretches of some weeks whose level is taken out. Taking it out changes every
product of two articles in a known way, which the estimate takes back (the method of moments); and
a correlation never grows with distance, nor falls below zero.

References
----------
Conley, T. (1999). GMM estimation with cross sectional dependence. Journal of Econometrics 92.
Searle, S., Casella, G. & McCulloch, C. (1992). Variance components, chapter 5 (moments).
Lawson, C. & Hanson, R. (1995). Solving least squares problems (non-negative least squares).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from syriatopics.inference.moments import BINS, EDGES, Moments
from syriatopics.inference.resampling import Array, Codes

__all__ = [
    "STRETCH",
    "Nearness",
    "near_products",
    "nearness",
    "nearness_of_days",
    "normal_draws",
    "root_of",
]


# The days of a stretch whose level is taken out. What changes more slowly is a trend, no story.
STRETCH = 91


@dataclass(frozen=True, eq=False)
class Nearness:
    """Correlations of two articles by the days between them, a column per theme.

    Attributes
    ----------
    within : ndarray, shape (n_distances, k)
        Of two articles of one group, such as an outlet.
    across : ndarray, shape (n_distances, k)
        Of articles of different groups; zeros where there is one group.
    """

    within: Array
    across: Array


def nearness(
    values: Array, days: Codes, groups: Codes | None = None, stretch: int = STRETCH
) -> Nearness:
    """Estimate how alike articles of nearby days are.

    Parameters
    ----------
    values : ndarray, shape (n, k)
        A row per article, a column per theme.
    days : ndarray of int, shape (n,)
    groups : ndarray of int, shape (n,), optional
        Outlets, whose levels differ; one by default.
    stretch : int
        In how many days a level may change: what is slower is no likeness. Correlations are
        looked for over two thirds of it, and six weeks at most.

    Returns
    -------
    Nearness
        Zeros where no two articles are near each other.

    Examples
    --------
    A story a day, each told by five articles that are the same:

    >>> day = np.repeat(np.arange(100), 5)
    >>> told = np.random.default_rng(0).random(100)[day][:, None]
    >>> nearness(told, day).within[:2, 0].round().tolist()
    [1.0, 0.0]
    """
    groups = np.zeros(len(days), dtype=np.int64) if groups is None else groups
    days = days - days.min()
    shape = (int(groups.max()) + 1, int(days.max()) + 1)
    count, total = np.zeros(shape), np.zeros((*shape, values.shape[1]))
    squares = np.zeros_like(total)
    np.add.at(count, (groups, days), 1)
    np.add.at(total, (groups, days), values)
    np.add.at(squares, (groups, days), values**2)
    return nearness_of_days(count, total, squares, stretch)


def nearness_of_days(
    count: Array, total: Array, squares: Array, stretch: int = STRETCH
) -> Nearness:
    """Estimate how alike articles of nearby days are, from sums by day: see :func:`nearness`.

    Parameters
    ----------
    count : ndarray, shape (j, n_days)
        Articles by group and day.
    total, squares : ndarray, shape (j, n_days, k)
        Sums of their values and squared values.
    stretch : int
    """
    n = np.maximum(count.sum(axis=1), 1)[:, None]
    mean = total.sum(axis=1) / n
    spread = np.sqrt(np.maximum(squares.sum(axis=1) / n - mean**2, 0.0))
    spread = np.where(spread > 1e-9, spread, np.inf)[:, None, :]
    moments = Moments(count, stretch)
    found = [
        moments.solve(total[..., k] / spread[..., k], squares[..., k] / spread[..., k] ** 2)
        for k in range(total.shape[2])
    ]
    within, across = (np.array(part).T for part in zip(*found, strict=True))
    return Nearness(within, across)


def near_products(one: Array, other: Array) -> Array:
    """Return sums of products of all pairs of days, both ways, by the distance between them.

    Parameters
    ----------
    one, other : ndarray, shapes (n_days, q) and (n_days, r)

    Returns
    -------
    ndarray, shape (n_distances, q, r)
    """
    day = np.arange(len(one))
    running = np.concatenate([np.zeros((1, other.shape[1])), np.cumsum(other, axis=0)])

    def between(low: np.ndarray[Any, Any], high: np.ndarray[Any, Any]) -> Array:
        """Return the sum of `other` over the days from `low` to, not with, `high`."""
        inside: Array = running[np.clip(high, 0, len(one))] - running[np.clip(low, 0, len(one))]
        return inside

    found = np.zeros((BINS, one.shape[1], other.shape[1]))
    for number, (low, high) in enumerate(pairwise(EDGES)):
        near = between(day + low, day + high)
        found[number] = one.T @ (near + between(day - high + 1, day - low + 1) if low else near)
    return found


def root_of(covariance: Array) -> Array:
    """Return the symmetric root of a covariance; what is no covariance in it is left out.

    The sign and the rotation of eigenvectors are the choice of the linear algebra at hand; in
    the symmetric root they cancel.

    Returns
    -------
    ndarray, of the shape of `covariance`
    """
    sizes, axes = np.linalg.eigh(covariance)
    root: Array = (axes * np.sqrt(np.maximum(sizes, 0.0))) @ axes.T
    return root


def normal_draws(root: Array, n: int, rng: np.random.Generator) -> Array:
    """Draw from the normal distribution whose covariance has this root (:func:`root_of`).

    Returns
    -------
    ndarray, shape (n, len(root))
    """
    drawn: Array = rng.standard_normal((n, len(root))) @ root
    return drawn
