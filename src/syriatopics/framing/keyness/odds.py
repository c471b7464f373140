"""How unequally a word is used in two groups of articles, and whether chance among articles does that.

The size of a difference is the log-odds ratio with an informative Dirichlet prior. Its test is on rates, not
on logarithms: where a word stands in a handful of articles that all fall on one side, a log-ratio is huge
and its usual standard error is not, and random halves of one outlet then "differ" in several words each.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import numpy as np
from scipy import sparse, stats

from syriatopics.framing.keyness.units import Units
from syriatopics.inference.resampling import Array

__all__ = ["Odds", "Parting"]

# So many blocks that hold a word tell as much of its scatter in a group as both groups together.
ENOUGH = 10.0


class Parting(NamedTuple):
    """What a way to part the rows in two gives: arrays of shape (n_partings, n_terms)."""

    difference: Array
    z: Array
    freedom: Array

    @property
    def p(self) -> Array:
        """Two-sided p-values, by Student's t with the degrees of freedom of the blocks."""
        return np.asarray(2 * stats.t.sf(np.abs(self.z), self.freedom))


class _Side(NamedTuple):
    """One group in every parting: its sums, its rates, and how far its rows scatter about them."""

    rows: Array
    n: Array
    length: Array
    counted: Array
    rate: Array
    squared_length: Array
    scatter: Array
    holding: Array


class Odds:
    """The difference between two groups of rows, for any way to part them.

    The variance of a group's rate is that of the sum of its blocks (the sandwich estimate),
    drawn to the scatter of both groups together where few of its blocks hold the word: a
    group in which a rare word happens not to stand says nothing of how it scatters. Blocks
    that stand in both groups count with their covariance.

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
        """Return the figures of the groups as they are.

        Blocks that run on into each other make z smaller here, and not in other partings, which
        break the order of blocks.
        """
        found = self.of(self._units.focal[None, :].astype(float))
        return found._replace(z=found.z / np.sqrt(self._units.lasts))

    def shuffled(self, n: int, random_state: int, chunk: int = 100) -> Iterator[Parting]:
        """Yield the figures of `n` random partings, some at a time."""
        rng = np.random.default_rng(random_state)
        for start in range(0, n, chunk):
            yield self.of(self._units.rows.shuffled(rng, min(chunk, n - start)))

    def partings(self, n: int, random_state: int, chunk: int = 100) -> Iterator[Parting]:
        """Yield all partings where they are no more than `n`, else so many random ones."""
        rows = self._units.rows
        if rows.number > n:
            yield from self.shuffled(n, random_state, chunk)
            return
        every = rows.every()
        for start in range(0, len(every), chunk):
            yield self.of(every[start : start + chunk])

    def of(self, sides: Array) -> Parting:
        """Return the figures of partings, given as 1 (focal) and 0: shape (n, n_rows)."""
        # A side without a token has no rate: its figures are NaN, and no warning.
        with np.errstate(invalid="ignore", divide="ignore"):
            one, two = self._side(sides), self._side(1 - sides)
            together = (one.scatter + two.scatter) / (one.squared_length + two.squared_length)
            v_one, v_two = (self._variance(side, together) for side in (one, two))
            # What moves together is taken off, yet no word is surer than if its tokens were
            # independent: of a rare one that falls alike in shared blocks nothing would be left.
            tokens = one.counted / one.length**2 + two.counted / two.length**2
            variance = v_one + v_two - 2 * self._covariance(one, two)
            # A word that stands equally often in every block scatters not at all.
            least = np.where(v_one + v_two > 1e-9 * tokens, v_one + v_two, tokens)
            variance = np.maximum(variance, np.minimum(least, tokens))
            freedom = (v_one + v_two) ** 2 / (v_one**2 / (one.n - 1) + v_two**2 / (two.n - 1))
            freedom = np.where(v_one + v_two == 0, one.n + two.n - 2, freedom)
            z = (one.rate - two.rate) / np.sqrt(variance)
        return Parting(self._log_odds(one) - self._log_odds(two), z, freedom)

    def _side(self, rows: Array) -> _Side:
        units = self._units
        length = (rows @ units.length)[:, None]
        counted = rows @ units.counts
        rate = counted / length
        squared = (rows @ units.length**2)[:, None]
        scatter = rows @ self._squares - 2 * rate * (rows @ self._products) + rate**2 * squared
        n = rows.sum(axis=1)[:, None]
        holding = rows @ self._present
        return _Side(rows, n, length, counted, rate, squared, np.maximum(scatter, 0), holding)

    @staticmethod
    def _variance(side: _Side, together: Array) -> Array:
        drawn = side.holding * side.scatter + ENOUGH * together * side.squared_length
        scatter = drawn / (side.holding + ENOUGH)
        widened = side.n / (side.n - 1) * scatter / side.length**2
        return np.asarray(np.where(side.n > 1, widened, np.nan))

    def _log_odds(self, side: _Side) -> Array:
        y = side.counted + self._alpha
        # Where one word is all there is, half a token stands for the others.
        rest = np.maximum(side.length + self._prior - y, 0.5)
        return np.asarray(np.log(y) - np.log(rest))

    def _covariance(self, one: _Side, two: _Side) -> Array | float:
        """Return how the two rates move together through the blocks that they share."""
        units = self._units
        shared = units.partner >= 0
        if not shared.any():
            return 0.0
        lengths = (units.length * units.length[units.partner] * shared).sum() / 2
        joint = (
            np.asarray(self._both).ravel()
            - two.rate * ((one.rows * shared) @ self._crossed)
            - one.rate * ((two.rows * shared) @ self._crossed)
            + one.rate * two.rate * lengths
        )
        scale = np.sqrt(one.n / (one.n - 1) * two.n / (two.n - 1))
        return np.asarray(scale * joint / (one.length * two.length))

    @cached_property
    def _present(self) -> sparse.csr_matrix:
        return (self._units.counts > 0).astype(float)

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
