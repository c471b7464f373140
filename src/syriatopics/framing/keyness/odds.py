"""Log-odds of words in two groups, with a variance clustered by blocks; many partings at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse, stats

from syriatopics.framing.keyness.units import Units

__all__ = ["Odds", "Parting"]

Array = np.ndarray[Any, np.dtype[np.float64]]


class Parting(NamedTuple):
    """What a way to part the rows in two gives: arrays of shape (n_partings, n_terms)."""

    difference: Array
    variance: Array
    freedom: Array

    @property
    def z(self) -> Array:
        """The difference over its standard error."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(self.difference / np.sqrt(self.variance))

    @property
    def p(self) -> Array:
        """Two-sided p-values, by Student's t with the degrees of freedom of the blocks."""
        return np.asarray(2 * stats.t.sf(np.abs(self.z), self.freedom))


class _Side(NamedTuple):
    """One group in every parting: log-odds, and the sums that its variance is made of."""

    log_odds: Array
    slope: Array
    rest: Array
    total: Array
    variance: Array
    n: Array


class Odds:
    """Log-odds of every term for any way to part the rows of `units` in two.

    The log-odds of a term carry an informative Dirichlet prior; its variance is that of the
    sum of the blocks' influences (the sandwich estimate), and blocks that stand in both
    groups count with their covariance.

    Parameters
    ----------
    units : Units
    alpha : ndarray, shape (n_terms,)
        Pseudo-counts of the terms.
    prior : float
        Pseudo-counts of all terms, also those left out.
    """

    def __init__(self, units: Units, alpha: Array, prior: float) -> None:
        self._units, self._alpha, self._prior = units, alpha, prior

    def observed(self) -> Parting:
        """Return the figures of the groups as they are."""
        return self.of(self._units.focal[None, :].astype(float))

    def shuffled(self, n: int, random_state: int, chunk: int = 100) -> Iterator[Parting]:
        """Yield the figures of `n` random partings, some at a time."""
        rng = np.random.default_rng(random_state)
        for start in range(0, n, chunk):
            yield self.of(self._units.shuffled(rng, min(chunk, n - start)))

    def of(self, sides: Array) -> Parting:
        """Return the figures of partings, given as 1 (focal) and 0: shape (n, n_rows)."""
        one, two = self._side(sides), self._side(1 - sides)
        with np.errstate(invalid="ignore", divide="ignore"):
            variance = one.variance + two.variance - 2 * self._covariance(sides, one, two)
            freedom = (one.variance + two.variance) ** 2 / (
                one.variance**2 / (one.n - 1) + two.variance**2 / (two.n - 1)
            )
        return Parting(one.log_odds - two.log_odds, np.maximum(variance, 0), freedom)

    def _side(self, rows: Array) -> _Side:
        units = self._units
        length = rows @ units.length
        counted = rows @ units.counts
        y = counted + self._alpha
        rest = length[:, None] + self._prior - y
        n = rows.sum(axis=1)[:, None]
        # influence of a row on a term: count (1/y + 1/rest) - length / rest
        slope = 1 / y + 1 / rest
        total = slope * counted - length[:, None] / rest
        squares = (
            slope**2 * (rows @ self._squares)
            - 2 * slope * (rows @ self._products) / rest
            + (rows @ units.length**2)[:, None] / rest**2
        )
        with np.errstate(invalid="ignore", divide="ignore"):
            variance = np.where(n > 1, n / (n - 1) * (squares - total**2 / n), np.nan)
        return _Side(np.log(y) - np.log(rest), slope, rest, total, variance, n)

    def _covariance(self, sides: Array, one: _Side, two: _Side) -> Array | float:
        """Return how the two log-odds move together through the blocks that they share."""
        units = self._units
        shared = units.partner >= 0
        pairs = shared.sum() // 2
        if not pairs:
            return 0.0
        mine, theirs = sides * shared, (1 - sides) * shared
        both = np.asarray(self._both).ravel()
        lengths = (units.length * units.length[units.partner] * shared).sum() / 2
        joint = (
            one.slope * two.slope * both
            - one.slope * (mine @ self._crossed) / two.rest
            - two.slope * (theirs @ self._crossed) / one.rest
            + lengths / (one.rest * two.rest)
        )
        sum_one = one.slope * (mine @ units.counts) - (mine @ units.length)[:, None] / one.rest
        sum_two = two.slope * (theirs @ units.counts) - (theirs @ units.length)[:, None] / two.rest
        mean_one, mean_two = one.total / one.n, two.total / two.n
        centred = joint - mean_one * sum_two - mean_two * sum_one + pairs * mean_one * mean_two
        scale = np.sqrt(one.n / (one.n - 1) * two.n / (two.n - 1))
        return np.asarray(scale * centred)

    @cached_property
    def _squares(self) -> sparse.csr_matrix:
        return self._units.counts.multiply(self._units.counts).tocsr()

    @cached_property
    def _products(self) -> sparse.csr_matrix:
        return sparse.diags(self._units.length) @ self._units.counts

    @cached_property
    def _crossed(self) -> sparse.csr_matrix:
        """Counts of a row times the length of its partner."""
        units = self._units
        other = np.where(units.partner >= 0, units.length[units.partner], 0.0)
        return sparse.diags(other) @ units.counts

    @cached_property
    def _both(self) -> Array:
        units = self._units
        first = np.flatnonzero(units.focal & (units.partner >= 0))
        pairs = units.counts[first].multiply(units.counts[units.partner[first]])
        return np.asarray(pairs.sum(axis=0), dtype=float)
