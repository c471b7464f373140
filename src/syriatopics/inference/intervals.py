"""Intervals of shares that hold what they promise, also where a theme is rare.

Four methods stand side by side; :data:`DEFAULT` was chosen by their coverage on planted corpora
with bursts and stories (benchmarks/framing_coverage.py). The percentile, t and bootstrap-t
intervals cover far less than 95 % where few articles hold the theme: a sample that happens to
hold none, or one, says that the share is 0 for certain.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy import stats

from syriatopics.errors import InputError, choices
from syriatopics.inference.lasting import lasting
from syriatopics.inference.resampling import Array, Estimate, Interval, resampled

__all__ = ["DEFAULT", "METHODS", "Design", "design", "interval", "wilson"]

DEFAULT = "score"
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


def interval(
    estimated: Estimate,
    method: str = DEFAULT,
    level: float = 0.95,
    n_resamples: int = 2000,
    random_state: int = 0,
) -> Interval:
    """Return an interval for each share of an estimate.

    Parameters
    ----------
    estimated : Estimate
    method : {"score", "percentile", "t", "bootstrap_t"}
        "score" is Wilson's interval [1]_ for the number of independent articles that
        would be as sure as these blocks are, after the survey literature [2]_; it needs no resampling.
    level : float
    n_resamples, random_state : int
        Of the two methods that resample.

    Returns
    -------
    Interval
        NaN where nothing tells how alike the articles of a block are.

    Raises
    ------
    InputError
        If the method is not known.

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
    if method not in METHODS:
        raise InputError(f"Interval {method!r} is not known. Methods: {choices(METHODS)}.")
    if estimated.n < 2 or not estimated.sizes.sum():
        missing = np.full(estimated.mean.shape, np.nan)
        return Interval(missing, missing)
    if len(estimated.sizes) < 2 and (method != DEFAULT or not estimated.behind):
        missing = np.full(estimated.mean.shape, np.nan)
        return Interval(missing, missing)
    return METHODS[method](estimated, level, n_resamples, random_state)


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
    """Return Wilson's score interval of shares that `n` independent articles would be as sure of."""
    middle = (share + t**2 / (2 * n)) / (1 + t**2 / n)
    reach = t / (1 + t**2 / n) * np.sqrt(share * (1 - share) / n + t**2 / (4 * n**2))
    return Interval(np.maximum(middle - reach, 0.0), np.minimum(middle + reach, 1.0))


def _score(estimated: Estimate, level: float, _n: int, _state: int) -> Interval:
    effect, freedom = design(estimated)
    t = stats.t.ppf((1 + level) / 2, freedom)
    return wilson(estimated.mean, estimated.sizes.sum() / effect, t)


def _student(estimated: Estimate, level: float, _n: int, _state: int) -> Interval:
    reach = stats.t.ppf((1 + level) / 2, len(estimated.sizes) - 1) * estimated.error
    return _within(estimated.mean - reach, estimated.mean + reach)


def _percentile(estimated: Estimate, level: float, n_resamples: int, state: int) -> Interval:
    means, _ = resampled(estimated, n_resamples, state)
    tail = (1 - level) / 2
    low, high = np.nanquantile(means, [tail, 1 - tail], axis=0)
    return Interval(low, high)


def _bootstrap_t(estimated: Estimate, level: float, n_resamples: int, state: int) -> Interval:
    means, errors = resampled(estimated, n_resamples, state)
    away = means - estimated.mean
    with np.errstate(invalid="ignore", divide="ignore"):
        t = np.where(errors > 0, away / errors, np.where(away == 0, 0.0, np.sign(away) * np.inf))
    tail = (1 - level) / 2
    small, large = np.quantile(t, [tail, 1 - tail], axis=0, method="inverted_cdf")
    with np.errstate(invalid="ignore"):
        low, high = (
            estimated.mean - large * estimated.error,
            estimated.mean - small * estimated.error,
        )
    certain = estimated.error == 0
    return _within(np.where(certain, estimated.mean, low), np.where(certain, estimated.mean, high))


def _within(low: Array, high: Array) -> Interval:
    return Interval(np.clip(low, 0.0, 1.0), np.clip(high, 0.0, 1.0))


METHODS: dict[str, Callable[[Estimate, float, int, int], Interval]] = {
    "score": _score,
    "percentile": _percentile,
    "t": _student,
    "bootstrap_t": _bootstrap_t,
}
