"""Distances between the means of two groups of vectors, without the length that chance gives them.

The length of a difference of two means is never nothing: it grows as the groups shrink. What is
left when the products of a block with itself are taken off is unbiased, and below zero half of the time where
there is no difference. p comes from dealing the blocks out anew.

References
----------
Green, B., Hobbs, W., Avila, S., Rodriguez, P., Spirling, A. & Stewart, B. (2025). Measuring distances in
high dimensional spaces. Political Analysis. Anderson, M. (2001). A new method for non-parametric
multivariate analysis of variance. Austral Ecology 26.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from syriatopics.inference.partings import Rows
from syriatopics.inference.resampling import Array

__all__ = ["Distance", "Sums", "block_sums", "distance"]

_DRAWN, _CHUNK = 1999, 250
_MOST = 5000


class Sums(NamedTuple):
    """Vectors of articles, summed within blocks: ``values`` (n_blocks, d), ``sizes``, ``blocks``."""

    values: Array
    sizes: Array
    blocks: np.ndarray[Any, Any]


class Distance(NamedTuple):
    """How far two means lie apart.

    Attributes
    ----------
    squared : float
        Unbiased squared length of the difference; negative where it is less than chance gives, and NaN
        where a side has a single block, which does not say what chance gives.
    plain : float
        The squared length as it is, with what chance adds.
    p : float
        NaN where so few blocks allow no p of .05.
    least_p : float
        The smallest p that these blocks can give.
    """

    squared: float
    plain: float
    p: float
    least_p: float


def block_sums(vectors: Array, blocks: np.ndarray[Any, Any]) -> Sums:
    """Sum vectors, a row per article, within blocks."""
    names, place = np.unique(blocks, return_inverse=True)
    values = np.zeros((len(names), vectors.shape[1]))
    np.add.at(values, place, vectors)
    return Sums(values, np.bincount(place, minlength=len(names)).astype(float), names)


def distance(a: Sums, b: Sums, random_state: int = 0) -> Distance:
    """Return how far the means of two groups lie apart, and how often chance gives as much.

    Parameters
    ----------
    a, b : Sums
        A block that both hold (a week) pairs its two sums: they change sides together.
    random_state : int

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> near, far = rng.normal(size=(40, 5)), rng.normal(size=(40, 5)) + 2
    >>> found = distance(block_sums(near, np.arange(40)), block_sums(far, np.arange(40, 80)))
    >>> round(found.squared), found.p
    (18, 0.0005)
    """
    rows = Rows.of(a.blocks, b.blocks)
    values, sizes = np.concatenate([a.values, b.values]), np.concatenate([a.sizes, b.sizes])
    # What all share changes nothing in a difference, but costs digits.
    values = values - sizes[:, None] * (values.sum(axis=0) / sizes.sum())
    observed = rows.focal[None].astype(float)
    plain, noise = _lengths(rows, observed, values, sizes)
    alone = min(len(a.sizes), len(b.sizes)) < 2
    squared = np.nan if alone else float(plain[0] - noise[0])
    if alone or rows.least_p > 0.05 + 1e-12:
        return Distance(squared, float(plain[0]), np.nan, rows.least_p)
    exact = rows.number <= _MOST
    sides = rows.every() if exact else rows.shuffled(np.random.default_rng(random_state), _DRAWN)
    reached = 0
    ratio = _ratio(plain, noise)[0]
    for start in range(0, len(sides), _CHUNK):
        part = _lengths(rows, sides[start : start + _CHUNK], values, sizes)
        reached += int((_ratio(*part) >= ratio - 1e-9).sum())
    p = reached / len(sides) if exact else (1 + reached) / (1 + len(sides))
    return Distance(squared, float(plain[0]), float(p), rows.least_p)


def _ratio(plain: Array, noise: Array) -> Array:
    """Return lengths over what chance adds to them: a statistic that blocks of unlike size keep level."""
    return np.asarray(plain / np.maximum(noise, 1e-300))


def _lengths(rows: Rows, sides: Array, values: Array, sizes: Array) -> tuple[Array, Array]:
    """Return the squared length of each parting's difference, and what chance adds to it.

    The second is the trace of the covariance of the difference, from how the sums of blocks scatter about the
    mean of their side; the two halves of a block that both sides hold enter as one.
    """
    squares = np.einsum("rd,rd->r", values, values)
    totals, means, pulls = [], [], []
    for side in (sides, 1 - sides):
        total = side @ sizes
        mean = side @ values / total[:, None]
        own = values @ mean.T
        # The squared residual of every row, had it stood on this side.
        left = squares - 2 * sizes * own.T + sizes**2 * np.einsum("pd,pd->p", mean, mean)[:, None]
        pulls.append((side * left).sum(axis=1) * _spread(side, sizes, total) / total**2)
        totals.append(total)
        means.append(mean)
    gap = means[0] - means[1]
    plain = np.einsum("pd,pd->p", gap, gap)
    noise = pulls[0] + pulls[1]
    first = np.flatnonzero(rows.focal & (rows.partner >= 0))
    if len(first):
        noise = noise - 2 * _shared(rows, first, sides, values, sizes, totals, means)
    return plain, noise


def _spread(side: Array, sizes: Array, total: Array) -> Array:
    """Return what unequal blocks take off the scatter about a mean that is their own."""
    weight = side * sizes / total[:, None]
    squares = side @ sizes**2
    left = squares * (1 + (weight**2).sum(axis=1)) - 2 * (weight * sizes**2 * side).sum(axis=1)
    return np.asarray(squares / np.maximum(left, 1e-300))


def _shared(
    rows: Rows,
    first: np.ndarray[Any, Any],
    sides: Array,
    values: Array,
    sizes: Array,
    totals: list[Array],
    means: list[Array],
) -> Array:
    """Return the sum of products of the two halves of shared blocks, over both totals."""
    other = rows.partner[first]
    own = [values @ mean.T for mean in means]
    across = np.einsum("pd,pd->p", means[0], means[1])
    products = np.einsum("rd,rd->r", values[first], values[other])
    found = np.zeros(len(sides))
    for one, two, here in (
        (first, other, sides[:, first]),
        (other, first, sides[:, other]),
    ):
        # `one` stands on the first side, `two` on the second.
        product = (
            products
            - (sizes[two][:, None] * own[1][one]).T
            - (sizes[one][:, None] * own[0][two]).T
            + sizes[one] * sizes[two] * across[:, None]
        )
        found += (here * product).sum(axis=1)
    return found / (totals[0] * totals[1])
