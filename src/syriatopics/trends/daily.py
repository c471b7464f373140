"""A theme by day: how many articles, and what they add up to, in one outlet or in several."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from syriatopics.inference.resampling import Array, Codes
from syriatopics.trends.levels import Sums

__all__ = ["DaySeries", "chunks", "noise"]


# How many numbers are held in memory at once while series are drawn.
_HELD = 1_500_000


@dataclass(frozen=True, eq=False)
class DaySeries:
    """One theme by day, in `j` groups.

    Attributes
    ----------
    start : int
        The first day, counted from 1970-01-01.
    count, total, squares : ndarray, shape (j, n_days)
        Articles, and the sums of their values and squared values.
    day, group, value : ndarray, shape (n,)
        The articles themselves; days count from `start`.
    story : ndarray of int, shape (n,), or None
        Named blocks.
    """

    start: int
    count: Array
    total: Array
    squares: Array
    day: Codes
    group: Codes
    value: Array
    story: Codes | None = None

    @classmethod
    def of(
        cls, day: Codes, group: Codes, value: Array, n_groups: int, story: Codes | None = None,
        start: int | None = None,
    ) -> DaySeries:  # fmt: skip
        """Count articles by day; `day` counts from 1970-01-01, `start` is the first by default."""
        start = int(day.min()) if start is None else start
        span = int(day.max()) - start + 1
        flat = group * span + (day - start)
        count, total, squares = (
            np.bincount(flat, weights, minlength=n_groups * span)
            .reshape(n_groups, span)
            .astype(float)
            for weights in (None, value, value**2)
        )
        return cls(start, count, total, squares, day - start, group, value, story)

    @property
    def n_days(self) -> int:
        """The length of the series."""
        return int(self.count.shape[1])

    def cut(self, first: int, last: int) -> DaySeries:
        """Return the days from `first` up to, not with, `last`."""
        kept = (self.day >= first) & (self.day < last)
        return DaySeries(
            self.start + first,
            self.count[:, first:last],
            self.total[:, first:last],
            self.squares[:, first:last],
            self.day[kept] - first,
            self.group[kept],
            self.value[kept],
            None if self.story is None else self.story[kept],
        )

    def binned(self, width: int) -> Sums:
        """Return the sums of bins of `width` days; the last bin may be shorter."""
        edges = np.arange(0, self.n_days, width)
        return Sums(
            *(
                np.add.reduceat(part, edges, axis=1)
                for part in (self.count, self.total, self.squares)
            )
        )

    def spread(self) -> Array:
        """Return the variance of the values of each group, shape (j, 1); 1 where there is none."""
        n = np.maximum(self.count.sum(axis=1), 1)
        mean = self.total.sum(axis=1) / n
        variance = self.squares.sum(axis=1) / n - mean**2
        return np.where(variance > 1e-12, variance, 1.0)[:, None]


def noise(
    series: DaySeries,
    residual: Array,
    named: bool,
    width: int,
    n: int,
    rng: np.random.Generator,
) -> Iterator[Array]:
    """Yield sums by bin of series without a step, shape (some, j, n_bins), `n` in all.

    Parameters
    ----------
    series : DaySeries
    residual : ndarray, shape (n_articles,)
        What is left of the values without the step.
    named : bool
        Whether the residuals of a named block change sign together, at random. Else each
        article stands alone: the sum of a day is a normal draw of the same variance.
    n : int
    rng : Generator
    """
    groups, bins = len(series.count), -(-series.n_days // width)
    flat = series.group * bins + series.day // width
    if not named or series.story is None:
        deviation = np.sqrt(np.bincount(flat, residual**2, minlength=groups * bins))
        for size in chunks(n, groups * bins * 4):
            drawn = rng.standard_normal((size, groups * bins)) * deviation
            yield drawn.reshape(size, groups, bins)
        return
    _, block = np.unique(series.story, return_inverse=True)
    shape = (int(block.max()) + 1, groups * bins)
    by_block = csr_array((residual, (block, flat)), shape=shape)
    for size in chunks(n, max(shape[0], shape[1] * 4)):
        signs = rng.integers(0, 2, (size, shape[0])) * 2.0 - 1.0
        yield np.asarray(signs @ by_block).reshape(size, groups, bins)


def chunks(n: int, each: int) -> Iterator[int]:
    """Yield sizes that add up to `n`, so that no more than some millions of numbers are held."""
    step = max(1, _HELD // max(each, 1))
    for start in range(0, n, step):
        yield min(step, n - start)
