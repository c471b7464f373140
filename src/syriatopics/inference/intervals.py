"""Intervals of shares that hold what they promise, also where a theme is rare.

Wilson's, for as many independent articles as would be as sure: chosen by coverage on planted
corpora with bursts and stories (benchmarks/framing_coverage.py). Percentile, t and bootstrap-t
intervals cover far less than 95 % where few articles hold the theme: a sample that happens to hold
none says that the share is 0 for certain.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import stats

from syriatopics.inference.lasting import lasting
from syriatopics.inference.resampling import Array, Estimate, Interval

__all__ = ["Design", "design", "interval", "wilson"]

# So many degrees of freedom of a group's own blocks tell as much of how alike their articles are
# as all groups together.
ENOUGH = 4.0


class Design(NamedTuple):
    """Of how many independent articles an estimate is worth.

    Attributes
    ----------
    effect : ndarray, shape (k,)
        The variance of the share over that of as many coin tosses.
    freedom : ndarray, shape (k,)
        Degrees of freedom behind it.
    """

    effect: Array
    freedom: Array


def interval(estimated: Estimate, level: float = 0.95) -> Interval:
    """Return an interval for each share of an estimate.

    Wilson's interval [1]_ for the number of independent articles that would be as sure as these
    blocks are, after the survey literature [2]_.

    Parameters
    ----------
    estimated : Estimate
    level : float

    Returns
    -------
    Interval
        NaN where nothing tells how alike the articles of a block are.

    References
    ----------
    .. [1] Wilson, E. B. (1927). Probable inference, the law of succession, and
       statistical inference. JASA 22.
    .. [2] Franco, C. et al. (2019). Comparative study of confidence intervals for
       proportions in complex sample surveys. Journal of Survey Statistics and
       Methodology 7(3).

    Examples
    --------
    >>> from syriatopics.inference.resampling import estimate
    >>> low, high = interval(estimate(np.zeros((30, 1))))
    >>> low.round(2), high.round(2)
    (array([0.]), array([0.12]))
    """
    alone = len(estimated.sizes) < 2 and not estimated.behind
    if estimated.n < 2 or not estimated.sizes.sum() or alone:
        missing = np.full(estimated.mean.shape, np.nan)
        return Interval(missing, missing)
    effect, freedom = design(estimated)
    t = stats.t.ppf((1 + level) / 2, freedom)
    return wilson(estimated.mean, estimated.sizes.sum() / effect, t)


def design(estimated: Estimate, lasts: float | None = None) -> Design:
    """Return the design effect of each share, and how sure that is.

    It has two parts. How far articles scatter is unsure where few hold the theme, so that one
    is added to them that scatters as widely as an article can (between the least and the
    largest share of an article). By how much blocks widen that is unsure where a group has few,
    so that it is drawn to what blocks do in all groups of the result.

    Parameters
    ----------
    estimated : Estimate
    lasts : float, optional
        What blocks that run on into each other add: that of a difference, for one of its
        sides; by default that of the share itself.
    """
    total, mean = estimated.sizes.sum(), estimated.mean
    spread = mean * (1 - mean)
    least, most = estimated.edges
    with np.errstate(invalid="ignore", divide="ignore"):
        scatter = estimated.alone**2 * total / spread
        widest = np.clip((most - mean) * (mean - least) / spread, 0.01, 1.0)
        clump = estimated.variance / estimated.alone**2
    worst = (
        estimated.squares.sum()
        / total
        * np.where((spread > 0) & (most - least > 1e-9), widest, 1.0)
    )
    holding = estimated.holding
    alone = (holding * np.where(spread > 0, scatter, worst) + worst) / (holding + 1)
    own = estimated.freedom
    if len(estimated.sizes) == estimated.n:
        return Design(alone, np.full(mean.shape, max(own, 1.0)))
    typical, behind = estimated.typical, max(estimated.behind, own, 1e-9)
    enough = ENOUGH if estimated.behind else 0.0
    clump = np.where(np.isfinite(clump), clump, typical)
    x, y = own * clump, enough * typical
    spent = (x**2 / own if own else 0.0) + (y**2 + 2 * x * y) / behind
    freedom = np.minimum((x + y) ** 2 / spent, behind)
    alone = alone * (lasting(estimated) if lasts is None else lasts)
    return Design(np.asarray(alone * (x + y) / max(own + enough, 1e-9)), np.maximum(freedom, 1e-9))


def wilson(share: Array, n: Array, t: Array | float) -> Interval:
    """Return Wilson's score interval of shares that `n` independent articles would be as sure of.

    Shares put right by codings can leave [0, 1] a little: their interval is that of the nearest share.
    """
    share = np.clip(share, 0.0, 1.0)
    middle = (share + t**2 / (2 * n)) / (1 + t**2 / n)
    reach = t / (1 + t**2 / n) * np.sqrt(share * (1 - share) / n + t**2 / (4 * n**2))
    return Interval(np.maximum(middle - reach, 0.0), np.minimum(middle + reach, 1.0))
