"""Partings: every other way to deal blocks out to two sides, and what chance alone would give."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, product
from math import comb
from typing import Any, NamedTuple

import numpy as np

from syriatopics.inference.resampling import Array, Estimate

__all__ = ["Rows", "permuted_p"]

_MOST, _DRAWN, _CHUNK = 5000, 1999, 200


class Rows(NamedTuple):
    """Blocks of two groups, a row per block and group.

    Attributes
    ----------
    focal : ndarray of bool, shape (n_rows,)
        Whether the row belongs to the first group.
    partner : ndarray of int, shape (n_rows,)
        The row of the same block in the other group, -1 where there is none.
    """

    focal: np.ndarray[Any, np.dtype[np.bool_]]
    partner: np.ndarray[Any, np.dtype[np.int64]]

    @classmethod
    def of(cls, first: np.ndarray[Any, Any], second: np.ndarray[Any, Any]) -> Rows:
        """Return the rows of two groups, given the names of their blocks."""
        n = len(first)
        partner = np.full(n + len(second), -1, dtype=np.int64)
        _, one, two = np.intersect1d(first, second, return_indices=True)
        partner[one], partner[two + n] = two + n, one
        return cls(np.arange(len(partner)) < n, partner)

    @property
    def _alone(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        return np.flatnonzero(self.partner < 0)

    @property
    def _pairs(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        return np.flatnonzero(self.focal & (self.partner >= 0))

    @property
    def number(self) -> int:
        """How many partings there are: blocks of both groups swap their sides, others are dealt."""
        alone = self._alone
        return int(2 ** len(self._pairs)) * comb(len(alone), int(self.focal[alone].sum()))

    @property
    def least_p(self) -> float:
        """The smallest p that a permutation test of them can give."""
        alone = self._alone
        even = 2 * int(self.focal[alone].sum()) == len(alone)
        return min(1.0, (2 if even else 1) / self.number)

    def shuffled(self, rng: np.random.Generator, n: int) -> Array:
        """Return `n` random partings: shape (n, n_rows), 1 for the first group."""
        sides = np.repeat(self.focal[None, :].astype(float), n, axis=0)
        alone, first = self._alone, self._pairs
        if len(alone):
            sides[:, alone] = rng.permuted(sides[:, alone], axis=1)
        if len(first):
            swap = rng.random((n, len(first))) < 0.5
            sides[:, first] = ~swap
            sides[:, self.partner[first]] = swap
        return sides

    def every(self) -> Array:
        """Return all partings."""
        return _every(self.focal.tobytes(), self.partner.tobytes())


@lru_cache(maxsize=16)
def _every(focal: bytes, partner: bytes) -> Array:
    """Return all partings of rows: asked for again by every pair of outlets of one calendar."""
    rows = Rows(np.frombuffer(focal, dtype=np.bool_), np.frombuffer(partner, dtype=np.int64))
    alone, first = rows._alone, rows._pairs
    found = []
    for chosen in combinations(alone, int(rows.focal[alone].sum())):
        for swap in product((0.0, 1.0), repeat=len(first)):
            side = np.zeros(len(rows.focal))
            side[list(chosen)] = 1.0
            side[first], side[rows.partner[first]] = 1 - np.array(swap), swap
            found.append(side)
    return np.array(found)


def permuted_p(a: Estimate, b: Estimate, lasts: float = 1.0, random_state: int = 0) -> Array:
    """Return how often other partings of the blocks give as large a difference, for each column.

    The difference is held in units of its own standard error, so that blocks of unlike size and
    scatter may be dealt out; and of what blocks that run on into each other add to it (`lasts`), which
    blocks dealt out do not show. All partings are gone through where they are up to 5,000.

    References
    ----------
    Janssen, A. (1997). Studentized permutation tests for non-i.i.d. hypotheses. Statistics and
    Probability Letters 36. Chung, E. & Romano, J. (2013). Exact and asymptotically robust
    permutation tests. Annals of Statistics 41.
    """
    rows = Rows.of(a.blocks, b.blocks)
    sums, sizes = np.concatenate([a.sums, b.sums]), np.concatenate([a.sizes, b.sizes])
    exact = rows.number <= _MOST
    sides = rows.every() if exact else rows.shuffled(np.random.default_rng(random_state), _DRAWN)
    observed = np.abs(_studentised(rows, rows.focal[None].astype(float), sums, sizes))[0] / np.sqrt(
        lasts
    )
    reached = np.zeros(len(observed))
    for part in _parts(sides):
        reached += (np.abs(_studentised(rows, part, sums, sizes)) >= observed - 1e-9).sum(axis=0)
    p: Array = reached / len(sides) if exact else (1 + reached) / (1 + len(sides))
    return p


def _parts(sides: Array) -> Iterator[Array]:
    for start in range(0, len(sides), _CHUNK):
        yield sides[start : start + _CHUNK]


def _studentised(rows: Rows, sides: Array, sums: Array, sizes: Array) -> Array:
    """Return the difference of each parting over its standard error, shape (n_partings, k)."""
    gap, pull = np.zeros((len(sides), sums.shape[1])), np.zeros((len(sides), *sums.shape))
    for side, sign in ((sides, 1.0), (1 - sides, -1.0)):
        total = (side @ sizes)[:, None]
        mean = side @ sums / total
        gap += sign * mean
        left = sums[None] - mean[:, None, :] * sizes[None, :, None]
        pull += sign * side[..., None] * left / total[..., None]
    first = np.flatnonzero(rows.focal & (rows.partner >= 0))
    pull[:, first] += pull[:, rows.partner[first]]
    pull[:, rows.partner[first]] = 0.0
    error = np.sqrt((pull**2).sum(axis=1))
    found: Array = np.divide(
        gap, error, out=np.where(np.abs(gap) > 1e-12, np.inf, 0.0), where=error > 1e-12
    )
    return found
