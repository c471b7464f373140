"""Weeks: a theme by week, and how far weeks hang together.

Articles of one week are alike since they tell the same stories, and one week is like the next.
So a week has a surprise of its own beside its articles, which fades from week to week: a random
effect with first-order autocorrelation. How large it is and how slowly it fades is found by
restricted maximum likelihood over a grid.

References
----------
Patterson & Thompson (1971), Recovery of inter-block information when block sizes are unequal,
Biometrika 58. Turner et al. (2021), Evaluation of statistical methods used in the analysis of
interrupted time series studies, BMC Medical Research Methodology 21 (why restricted likelihood).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy import stats

from syriatopics.inference.resampling import Array, Codes
from syriatopics.order import largest
from syriatopics.trends.daily import DaySeries

__all__ = ["SLOWEST", "Dependence", "Fit", "Weekly", "dependence", "fit", "independent"]


# The variance of the surprise of a week over that of an article, and how much of it is left a
# week later. What fades more slowly than that is taken for a trend.
_SIZES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
_FADING = (0.0, 0.3, 0.6)
SLOWEST = _FADING[-1]
_LEAST = 1e-12


@dataclass(frozen=True, eq=False)
class Weekly:
    """The weeks (or longer bins) that hold articles.

    Attributes
    ----------
    week : ndarray of int, shape (w,)
        The number of the bin.
    day : ndarray, shape (w,)
        Its middle, from the start of the series.
    n, mean : ndarray, shape (w,)
        Articles (in effect), and the mean of their values less that of their group.
    inner, free : float
        The sum of squares within bins, and its degrees of freedom.
    """

    week: Codes
    day: Array
    n: Array
    mean: Array
    inner: float
    free: float

    @classmethod
    def of(cls, series: DaySeries, width: int) -> Weekly:
        """Count a series by bins; of each group its mean is taken off."""
        sums = series.binned(width)
        level = sums.total.sum(axis=1) / np.maximum(sums.n.sum(axis=1), 1)
        n, total = sums.n.sum(axis=0), (sums.total - level[:, None] * sums.n).sum(axis=0)
        squares = sums.squares - 2 * level[:, None] * sums.total + level[:, None] ** 2 * sums.n
        held = np.flatnonzero(n)
        n, total = n[held], total[held]
        inner = float(squares.sum() - (total**2 / n).sum())
        day = np.minimum((held + 0.5) * width, series.n_days)
        return cls(held, day, n, total / n, max(inner, 0.0), float(n.sum() - len(n)))

    @property
    def articles(self) -> float:
        """How many articles there are."""
        return float(self.n.sum())


class Dependence(NamedTuple):
    """How weeks hang together.

    Attributes
    ----------
    whiten : ndarray, shape (w, w)
        Makes the means of weeks independent, with the variance of an article.
    fading : float
        The correlation of the surprises of neighbouring weeks; 0 where there are none.
    """

    whiten: Array
    fading: float


class Fit(NamedTuple):
    """What generalised least squares give: coefficients, their covariance, variance, freedom."""

    coefficients: Array
    covariance: Array
    variance: float
    freedom: float

    def interval(self, row: Array, level: float) -> tuple[float, float, float]:
        """Return a weighted sum of coefficients with its limits."""
        middle = float(row @ self.coefficients)
        reach = float(stats.t.ppf((1 + level) / 2, self.freedom))
        reach *= max(float(row @ self.covariance @ row), 0.0) ** 0.5
        return middle, middle - reach, middle + reach


def independent(weekly: Weekly) -> Dependence:
    """Return that weeks differ by no more than their articles make them."""
    return Dependence(np.diag(np.sqrt(weekly.n)), 0.0)


def dependence(weekly: Weekly, designs: Sequence[Array]) -> Dependence:
    """Estimate how weeks hang together, whatever their level does.

    Parameters
    ----------
    weekly : Weekly
    designs : sequence of ndarray, shape (w, p)
        What the level may do. With several, the size is what suits them best on average: one
        that knows no step takes a step for dependence, one that looks for the best takes
        dependence for a step.
    """
    apart = np.abs(np.subtract.outer(weekly.week, weekly.week)).astype(np.float64)
    alone = np.diag(1 / weekly.n)
    grid = [(0.0, 0.0), *((size, fading) for size in _SIZES for fading in _FADING)]
    alike = {fading: np.power(fading, apart) for fading in _FADING}
    roots = np.linalg.cholesky(np.stack([alone + size * alike[f] for size, f in grid]))
    whiten = np.linalg.inv(roots)
    likelihood = -2 * np.log(np.diagonal(roots, axis1=1, axis2=2)).sum(axis=1) * len(designs)
    for design in designs:
        basis, triangle = np.linalg.qr(whiten @ design)
        left = whiten @ weekly.mean
        left = left - np.einsum("gwp,gvp,gv->gw", basis, basis, left, optimize=True)
        free = weekly.articles - design.shape[1]
        spread = np.abs(np.diagonal(triangle, axis1=1, axis2=2))
        likelihood -= 2 * np.log(np.maximum(spread, _LEAST)).sum(axis=1)
        likelihood -= free * np.log(np.maximum(weekly.inner + (left**2).sum(axis=1), _LEAST))
    best = int(largest(likelihood))
    return Dependence(whiten[best], grid[best][1])


def fit(weekly: Weekly, design: Array, alike: Dependence) -> Fit:
    """Fit a linear model of the means of weeks.

    Parameters
    ----------
    weekly : Weekly
    design : ndarray, shape (w, p)
    alike : Dependence
    """
    white = alike.whiten @ design
    inverse = np.linalg.pinv(white.T @ white)
    found = inverse @ (white.T @ (alike.whiten @ weekly.mean))
    left = alike.whiten @ weekly.mean - white @ found
    free = len(weekly.mean) - np.linalg.matrix_rank(white)
    variance = (weekly.inner + float(left @ left)) / max(weekly.free + free, 1.0)
    return Fit(found, inverse * variance, variance, float(max(free, 1)))
