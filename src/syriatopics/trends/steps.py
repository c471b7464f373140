"""Steps in a level: are there any that nothing smoother explains?

A step must beat three rivals: a level that stays, a drift, and a season, each with weeks that hang
together as they do here (see :mod:`syriatopics.trends.weekly`). It is held against each of them by
a likelihood ratio of models that do not contain each other (Cox): how often does a series that drifts
as this one does, and has no step, look as much like steps? The p-value is that of the rival which
does best. Where there are two years and more, drift (bending once a year) and season are one rival.

References
----------
Cox (1962), Further results on tests of separate families of hypotheses, JRSS B 24. Bai & Perron
(1998), Estimating and testing linear models with multiple structural changes, Econometrica 66.
Zhang & Siegmund (2007), A modified Bayes information criterion, Biometrics 63 (the price of a step).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from syriatopics.inference.resampling import Array, Codes
from syriatopics.order import largest
from syriatopics.trends.daily import DaySeries, noise
from syriatopics.trends.levels import least_articles
from syriatopics.trends.weekly import Dependence, Weekly, dependence, fit, independent

__all__ = ["SHORTEST", "StepTest", "bin_width", "shortest_series", "step_test"]


# A level lasts a fortnight at least: stories rarely run longer.
SHORTEST = 14
_FEWEST = 8
# Long series are looked at in wider bins than weeks; pairs of steps at so many places at most.
_BINS, _PLACES = 104, 26
_YEAR = 365.25
# In units of twice the log-likelihood: what a second step must explain, and each bend of a rival
# that stays beside a step.
_SECOND, _BEND = 10.0, 4.0
_MOST_BENDS = 5
_PRIOR = 0.05


class StepTest(NamedTuple):
    """Whether steps tell more than any smooth course.

    Attributes
    ----------
    p : float
    n_breaks : int
        One or two; 0 where p is above the level of the test.
    shape : str
        What the series looks like: "level", "drift", "season", "drift and season" or "break".
    slope : (float, float, float)
        Of a straight line, in a year, with its limits.
    fading : float
        See :class:`syriatopics.trends.weekly.Dependence`.
    """

    p: float
    n_breaks: int
    shape: str
    slope: tuple[float, float, float]
    fading: float


class _Steps(NamedTuple):
    """Steps at every place that may begin a new level, shape (w, m), and pairs of places."""

    columns: Array
    first: Codes
    second: Codes


def bin_width(series: DaySeries) -> int:
    """Return how many days a bin has in which breaks are looked for."""
    return max(7, -(-series.n_days // _BINS))


def shortest_series(blocks: str) -> int:
    """Return how many days a series must have: eight weeks where weeks tell what is alike."""
    return _FEWEST * 7 if blocks == "week" else 2 * SHORTEST


def step_test(
    series: DaySeries,
    blocks: str,
    n_draws: int,
    rng: np.random.Generator,
    *,
    alpha: float = 0.05,
    level: float = 0.95,
) -> StepTest | None:
    """Test whether a series has breaks.

    Parameters
    ----------
    series : DaySeries
    blocks : {"week", "article", "named"}
        What chance is: weeks that hang together as here; articles by themselves; or named
        blocks whose departures from the rival change sign.
    n_draws : int
    rng : Generator
    alpha : float
        From which p-value on there are breaks.
    level : float
        Of the limits of the slope.

    Returns
    -------
    StepTest or None
        None where no break may stand: too few articles or days, or too rare a theme.
    """
    if series.n_days < shortest_series(blocks) or _too_rare(series):
        return None
    weekly = Weekly.of(series, bin_width(series))
    steps, rivals = _places(weekly, bin_width(series)), _rivals(weekly, series.n_days)
    if not steps.columns.shape[1] or len(weekly.n) < _FEWEST // 2:
        return None
    alike = _alike(weekly, steps, rivals) if blocks == "week" else independent(weekly)
    line = fit(weekly, _line(rivals), alike)
    slope = line.interval(np.eye(len(line.coefficients))[1] * 2 * _YEAR / series.n_days, level)
    if line.variance < 1e-12:
        return StepTest(1.0, 0, "level", slope, 0.0)
    chance = _chance(series, weekly, alike, blocks, n_draws, rng)
    found = {
        name: _against(weekly, steps, design, rivals["level"], alike, chance)
        for name, design in rivals.items()
    }
    worst = max(found, key=lambda name: found[name][0])
    p, n_breaks = found[worst]
    if p <= alpha:
        return StepTest(p, n_breaks, "break", slope, alike.fading)
    shape = "level" if found["level"][0] > alpha else worst
    return StepTest(p, 0, shape, slope, alike.fading)


def _too_rare(series: DaySeries) -> bool:
    """Return whether the smallest level may hold less than two articles' worth of a theme.

    A single article then makes a break: in themes of .005 one is found in 8 % where 5 are asked.
    """
    least = least_articles(float(len(series.value)))
    return float(np.abs(series.value).mean()) * least < 2


def _places(weekly: Weekly, width: int) -> _Steps:
    """Return steps at all places that leave enough on either side."""
    before = np.concatenate([[0.0], np.cumsum(weekly.n)])
    least, apart = least_articles(weekly.articles), max(1, -(-SHORTEST // width))
    week = weekly.week
    at = np.array([
        c for c in range(1, len(week))
        if min(before[c], before[-1] - before[c]) >= least
        and min(week[c] - week[0], week[-1] + 1 - week[c]) >= apart
    ], dtype=np.int64)  # fmt: skip
    some = np.arange(0, len(at), max(1, -(-len(at) // _PLACES)))
    first, second = (some[part] for part in np.triu_indices(len(some), 1))
    kept = (before[at[second]] - before[at[first]] >= least) & (
        week[at[second]] - week[at[first]] >= apart
    )
    columns = (week[:, None] >= week[at][None, :]).astype(float)
    return _Steps(columns, first[kept], second[kept])


def _rivals(weekly: Weekly, n_days: int) -> Mapping[str, Array]:
    """Return what a level may do without a step: a design each."""
    years, one = n_days / _YEAR, np.ones((len(weekly.day), 1))
    when, turn = 2 * weekly.day / n_days - 1, 2 * np.pi * weekly.day / _YEAR
    season = np.column_stack([np.sin(turn), np.cos(turn)])
    if years < 2:
        return {
            "level": one,
            "drift": np.column_stack([one, when]),
            "season": np.column_stack([one, season]),
        }
    bends = np.polynomial.legendre.legvander(when, int(min(years, _MOST_BENDS)))
    return {"level": one, "drift and season": np.column_stack([bends, season])}


def _line(rivals: Mapping[str, Array]) -> Array:
    """Return a straight line, beside the season where that can be told apart."""
    if "drift" in rivals:
        return rivals["drift"]
    whole = rivals["drift and season"]
    return whole[:, [0, 1, -2, -1]]


def _alike(weekly: Weekly, steps: _Steps, rivals: Mapping[str, Array]) -> Dependence:
    """Estimate how weeks hang together, with and without the best step beside all rivals."""
    smooth = np.column_stack([rivals["level"], *(one[:, 1:] for one in rivals.values())])
    weight = 1 / np.sqrt(1 / weekly.n + _PRIOR)[:, None]
    _, gain = _gains(weight * smooth, weight * steps.columns, weight * weekly.mean[:, None])
    best = int(largest(gain[:, 0]))
    return dependence(weekly, [smooth, np.column_stack([smooth, steps.columns[:, best]])])


def _chance(
    series: DaySeries, weekly: Weekly, alike: Dependence, blocks: str, n: int,
    rng: np.random.Generator,
) -> tuple[Array, Array]:  # fmt: skip
    """Draw weeks without a level, whitened, shape (w, n), and sums of squares within weeks."""
    if blocks != "named" or series.story is None:
        drawn = rng.standard_normal((len(weekly.n), n))
        return drawn, rng.chisquare(max(weekly.free, 1.0), n) * (weekly.free > 0)
    mean = series.total.sum(axis=1) / np.maximum(series.count.sum(axis=1), 1)
    residual = series.value - mean[series.group]
    sums = np.concatenate(list(noise(series, residual, True, bin_width(series), n, rng)))
    spread = float((residual**2).mean())
    white = alike.whiten @ (sums.sum(axis=1)[:, weekly.week] / weekly.n).T
    return white / np.sqrt(spread), np.full(n, weekly.inner / spread)


def _against(
    weekly: Weekly, steps: _Steps, rival: Array, level: Array, alike: Dependence,
    chance: tuple[Array, Array],
) -> tuple[float, int]:  # fmt: skip
    """Return how often a rival with no step looks as much like steps, and how many steps do best."""
    course = fit(weekly, rival, alike)
    noise_, within = chance
    seen = np.column_stack([
        alike.whiten @ weekly.mean,
        (alike.whiten @ (rival @ course.coefficients))[:, None] + np.sqrt(course.variance) * noise_,
    ])  # fmt: skip
    inner = np.concatenate([[weekly.inner], course.variance * within])
    white = alike.whiten @ steps.columns

    def fits(squares: Array, price: float = 0.0) -> Array:
        found: Array = -weekly.articles * np.log(np.maximum(inner + squares, 1e-300)) - price
        return found

    alone, gain = _gains(alike.whiten @ level, white, seen)
    best = [fits(alone - gain.max(axis=0))]
    if len(steps.first):
        two = _pairs(alike.whiten @ level, white, seen, steps)
        best.append(fits(alone - two, _SECOND))
    smooth = alone
    if rival.shape[1] > 1:
        smooth, gain = _gains(alike.whiten @ rival, white, seen)
        bends = rival.shape[1] - level.shape[1]
        best.append(fits(smooth - gain.max(axis=0), _BEND * bends))
    ratio = np.max(best, axis=0) - fits(smooth)
    p = float((ratio >= ratio[0] - 1e-9).mean())
    two_best = len(steps.first) > 0 and int(np.argmax([one[0] for one in best])) == 1
    return p, 2 if two_best else 1


def _beside(base: Array, white: Array, seen: Array) -> tuple[Array, Array]:
    """Return steps and series once a whitened design is taken out."""
    basis, _ = np.linalg.qr(base)
    return white - basis @ (basis.T @ white), seen - basis @ (basis.T @ seen)


def _gains(base: Array, white: Array, seen: Array) -> tuple[Array, Array]:
    """Return the squares a design leaves, shape (r,), and what each step takes off, (m, r)."""
    step, left = _beside(base, white, seen)
    size = np.maximum((step**2).sum(axis=0), 1e-9)[:, None]
    return (left**2).sum(axis=0), (step.T @ left) ** 2 / size


def _pairs(base: Array, white: Array, seen: Array, steps: _Steps) -> Array:
    """Return what the best pair of steps takes off, shape (r,)."""
    step, left = _beside(base, white, seen)
    product, shared = step.T @ left, step.T @ step
    a, b = steps.first, steps.second
    one, two, both = shared[a, a][:, None], shared[b, b][:, None], shared[a, b][:, None]
    area = np.maximum(one * two - both**2, 1e-9)
    best = np.empty(seen.shape[1])
    for part in np.array_split(np.arange(len(best)), -(-len(a) * len(best) // 1_000_000)):
        x, y = product[a][:, part], product[b][:, part]
        best[part] = ((x**2 * two - 2 * x * y * both + y**2 * one) / area).max(axis=0)
    return best
