"""Moments: what products of residuals of nearby days are expected to be, and are.

Residuals are values less the means of their group and of their stretch of days; that changes every
product of two articles in a known way. See :mod:`syriatopics.inference.nearness`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import numpy as np
from scipy.optimize import nnls

from syriatopics.inference.resampling import Array

__all__ = ["BINS", "EDGES", "Moments"]


# Distances in days that share a correlation: the same day, one or two days, and so on. Six weeks
# apart, articles stand alone.
EDGES = (0, 1, 3, 7, 14, 28, 42)
BINS = len(EDGES) - 1
# How much of a stretch is looked across: two days that lie as far apart as its ends tell nothing of
# each other once the level is gone.
_ACROSS = 2 / 3


class Moments:
    """Sums of products of residuals by distance, and what they are expected to be.

    Each sum is expected to be a known mixture of the variance and of the covariances, since
    the residuals are the values less the means of their group and stretch.
    """

    def __init__(self, count: Array, stretch: int) -> None:
        self._count = count
        self._bins = int(np.searchsorted(EDGES[1:], _ACROSS * stretch, side="right"))
        n = max(1, count.shape[1] // stretch)
        self._edges = np.append(np.arange(n) * stretch, count.shape[1])
        self._within = np.zeros((BINS + 1, BINS + 1))
        self._across = np.zeros((BINS, BINS))
        for part in self._parts():
            self._expect(count[:, part], _near(part.stop - part.start))

    def _parts(self) -> Iterator[slice]:
        for start, stop in pairwise(self._edges.tolist()):
            yield slice(start, stop)

    def _expect(self, n: Array, near: Array) -> None:
        """Add the mixtures of one stretch; n: articles by group and day."""
        total = n.sum(axis=1)
        reach = np.einsum("bst,gt->gbs", near, n)  # articles so far away from a day
        for g in np.flatnonzero(total > 1):
            others = reach[g].copy()
            others[0] -= 1
            pairs = others @ n[g]
            self._within[:BINS, :BINS] += (
                np.diag(pairs)
                - 2 / total[g] * (others * n[g]) @ others.T
                + np.outer(pairs, pairs) / total[g] ** 2
            )
            self._within[:BINS, BINS] -= pairs / total[g]
            self._within[BINS, :BINS] -= pairs / total[g]
            self._within[BINS, BINS] += total[g] - 1
        for g in np.flatnonzero(total):
            for h in np.flatnonzero(total):
                if g == h:
                    continue
                pairs = reach[h] @ n[g]
                self._across += (
                    np.diag(pairs)
                    - (reach[h] * n[g]) @ reach[h].T / total[g]
                    - (reach[g] * n[h]) @ reach[g].T / total[h]
                    + np.outer(pairs, pairs) / (total[g] * total[h])
                )

    def solve(self, total: Array, squares: Array) -> tuple[Array, Array]:
        """Return the correlations within and across groups, for sums of values by day."""
        within, across, alone = np.zeros(BINS), np.zeros(BINS), 0.0
        for part in self._parts():
            near, n = _near(part.stop - part.start), self._count[:, part]
            size, sums = np.maximum(n.sum(axis=1), 1), total[:, part].sum(axis=1)
            left = total[:, part] - n * (sums / size)[:, None]
            alone += float((squares[:, part].sum(axis=1) - sums**2 / size).sum())
            own = np.einsum("gs,bst,gt->b", left, near, left, optimize=True)
            together = left.sum(axis=0)
            within += own
            across += np.einsum("s,bst,t->b", together, near, together, optimize=True) - own
        within[0] -= alone
        falling = np.triu(np.ones((BINS, BINS)))
        falling[:, self._bins :] = 0.0
        steps = np.zeros((BINS + 1, BINS + 1))
        steps[:BINS, :BINS], steps[BINS, BINS] = falling, 1
        found = _non_negative(self._within, np.append(within, alone), steps)
        variance = found[BINS]
        if variance <= 0:
            return np.zeros(BINS), np.zeros(BINS)
        between = _non_negative(self._across, across, falling)
        return np.minimum(found[:BINS] / variance, 1), np.minimum(between / variance, 1)


def _non_negative(mixture: Array, sums: Array, steps: Array) -> Array:
    """Solve ``mixture @ steps @ x = sums`` for x >= 0; return ``steps @ x``."""
    # A stretch of few days can make a variance negative: it tells nothing then.
    weight = np.sqrt(np.maximum(np.diag(mixture), 0.0))
    known = weight > 1e-6
    if not known.any():
        return np.zeros(len(sums))
    scaled = (mixture @ steps)[known] / weight[known, None]
    found: Array = steps @ nnls(scaled, sums[known] / weight[known])[0]
    return found


@lru_cache(maxsize=8)
def _near(n: int) -> Array:
    """Return which two of `n` days are how far apart, shape (n_distances, n, n)."""
    apart = np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
    bins = [(apart >= low) & (apart < high) for low, high in pairwise(EDGES)]
    return np.stack(bins).astype(float)
