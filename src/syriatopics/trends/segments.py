"""Segments: how many breaks a series has, and where, all of them together.

A series is cut where chance does not explain its levels, and each segment is looked at again.
At the end all breaks are placed anew together by dynamic programming (``ruptures``), and each
is dated between its neighbours.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from syriatopics.inference.resampling import Array
from syriatopics.trends.daily import DaySeries
from syriatopics.trends.dating import date_of_step
from syriatopics.trends.levels import Sums, least_articles
from syriatopics.trends.steps import SHORTEST, StepTest, bin_width, step_test

__all__ = ["Break", "Search", "find_breaks", "place_together"]


class Break(NamedTuple):
    """A break: the first day of the new level, its interval, p, and the segment it stands in.

    All count in the series.
    """

    position: int
    low: int
    high: int
    p: float
    start: int
    end: int


class Search(NamedTuple):
    """What was found: the test of the whole series (None: not testable), and its breaks."""

    test: StepTest | None
    breaks: list[Break]


def find_breaks(
    series: DaySeries,
    blocks: str,
    *,
    alpha: float,
    level: float,
    n_permutations: int,
    max_breaks: int,
    seed: list[int],
    whole: StepTest | None = None,
) -> Search:
    """Find the breaks of a series.

    Parameters
    ----------
    series : DaySeries
    blocks : {"week", "article", "named"}
    alpha : float
        The chance of a break in a series without one. Segments of a series that has some
        share it among them.
    level : float
        Of the interval of the date.
    n_permutations, max_breaks : int
    seed : list of int
        Each segment draws from a generator of this seed and its own ends, so that the
        order of the search is irrelevant.
    whole : StepTest, optional
        The test of the whole series, where it has been made.

    Returns
    -------
    Search
        The p-value of a break is that of the test which found it: how often a series
        without a break shows so strong ones.
    """

    def test(start: int, end: int, at: float) -> StepTest | None:
        rng = np.random.default_rng([*seed, start, end])
        return step_test(series.cut(start, end), blocks, n_permutations, rng, alpha=at, level=level)

    whole = whole or test(0, series.n_days, alpha)
    found: dict[int, float] = {}
    open_: list[tuple[int, int, StepTest | None]] = [(0, series.n_days, whole)]
    while open_:
        start, end, outcome = open_.pop(0)
        if outcome is None or not outcome.n_breaks or len(found) + outcome.n_breaks > max_breaks:
            continue
        inner = [start + at for at in place_together(series.cut(start, end), outcome.n_breaks)]
        worst = max([p for at, p in found.items() if at in (start, end)], default=0.0)
        found |= {at: max(outcome.p, worst) for at in inner}
        shared = alpha / (len(found) + 1)
        open_ += [(a, b, test(a, b, shared)) for a, b in pairwise([start, *inner, end])]
    return Search(whole, _placed(series, blocks, level, seed, found))


def _placed(
    series: DaySeries, blocks: str, level: float, seed: list[int], found: dict[int, float]
) -> list[Break]:
    """Place all breaks together, then date each of them between its neighbours."""
    if not found:
        return []
    places = place_together(series, len(found)) or sorted(found)
    edges = [0, *places, series.n_days]
    breaks = []
    for n, place in enumerate(places):
        p = found[min(found, key=lambda at: abs(at - place))]
        start, end = edges[n], edges[n + 2]
        rng = np.random.default_rng([*seed, start, end])
        day = date_of_step(series.cut(start, end), blocks, level, rng)
        if day is None:
            breaks.append(Break(edges[n + 1], start, end - 1, p, start, end))
        else:
            breaks.append(
                Break(start + day.position, start + day.low, start + day.high, p, start, end)
            )
    return breaks


def place_together(series: DaySeries, n_breaks: int) -> list[int]:
    """Place breaks so that the levels between them leave the least squared error.

    Parameters
    ----------
    series : DaySeries
    n_breaks : int

    Returns
    -------
    list of int
        The first day of each new level, in order; empty where so many have no room.
    """
    import ruptures
    from ruptures.exceptions import BadSegmentationParameters

    width = bin_width(series)
    sums = series.binned(width)
    search = ruptures.Dynp(
        custom_cost=_level_cost(sums, series.spread()),
        min_size=max(1, -(-SHORTEST // width)),
        jump=1,
    )
    try:
        found = search.fit(sums.total.T).predict(n_breaks)
    except (BadSegmentationParameters, AssertionError):
        return []
    finally:
        search.seg.cache_clear()  # the cache of ruptures outlives the search otherwise
    return [place * width for place in found[:-1]]


def _level_cost(sums: Sums, scale: Array) -> Any:
    """Return a cost for ``ruptures``: squared error around a level, bins weighing by articles."""
    from ruptures.base import BaseCost

    before = np.zeros((len(scale), 1))
    count = np.concatenate([before, np.cumsum(sums.n, axis=1)], axis=1)
    total = np.concatenate([before, np.cumsum(sums.total, axis=1)], axis=1)
    least = least_articles(float(count[:, -1].sum()))

    class LevelCost(BaseCost):  # type: ignore[misc]
        model = "levels"
        min_size = 1

        def fit(self, signal: Array) -> LevelCost:
            self.signal = signal
            return self

        def error(self, start: int, end: int) -> float:
            held = count[:, end] - count[:, start]
            if held.sum() < least:
                return 1e12
            inside = total[:, end] - total[:, start]
            return -float((inside**2 / (np.maximum(held, 1e-9) * scale[:, 0])).sum())

    return LevelCost()
