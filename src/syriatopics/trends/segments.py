"""Segments: how many breaks a series has, and where, all of them together.

Breaks are added one by one, for as long as one of the segments still has a step that chance does
not explain; after each, all of them are placed anew by dynamic programming (``ruptures``).
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from syriatopics.inference import MIN_ARTICLES
from syriatopics.trends.daily import DaySeries
from syriatopics.trends.dating import date_of_step
from syriatopics.trends.steps import BLOCK, StepTest, step_test

__all__ = ["Break", "Search", "find_breaks"]

Array = np.ndarray[Any, np.dtype[np.float64]]

# Dynamic programming looks at so many places at most; days are counted again afterwards.
_PLACES = 300


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
    """What was found: the p-value of the whole series (None: not testable), and its breaks."""

    p: float | None
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
) -> Search:
    """Find the breaks of a series.

    Parameters
    ----------
    series : DaySeries
    blocks : {"week", "article", "named"}
    alpha : float
        A break is added while the best of its segment has a p-value up to this.
    level : float
        Of the interval of the date.
    n_permutations, max_breaks : int
    seed : list of int
        Each segment draws from a generator of this seed and its own ends, so that the
        order of the search is irrelevant.
    """
    known: dict[tuple[int, int], StepTest | None] = {}

    def test(start: int, end: int) -> StepTest | None:
        if (start, end) not in known:
            rng = np.random.default_rng([*seed, start, end])
            known[start, end] = step_test(series.cut(start, end), blocks, n_permutations, rng)
        return known[start, end]

    whole = test(0, series.n_days)
    positions: list[int] = []
    while len(positions) < max_breaks:
        edges = [0, *positions, series.n_days]
        tests = [(found.p, start + found.position) for start, end in pairwise(edges)
                 if (found := test(start, end)) is not None]  # fmt: skip
        if not tests or min(tests)[0] > alpha:
            break
        added = sorted([*positions, min(tests)[1]])
        positions = _together(series, len(added)) or added
    positions = _prune(positions, series.n_days, alpha, test)
    breaks = [_dated(series, blocks, level, seed, edges, test) for edges in _local(positions, series.n_days)]  # fmt: skip
    return Search(None if whole is None else whole.p, breaks)


def _local(positions: list[int], end: int) -> list[tuple[int, int]]:
    """Return the stretch around each break, from the one before to the one behind."""
    edges = [0, *positions, end]
    return [(edges[n], edges[n + 2]) for n in range(len(positions))]


def _prune(
    positions: list[int], end: int, alpha: float, test: Callable[[int, int], StepTest | None]
) -> list[int]:
    """Drop breaks that do not stand beside their neighbours, the weakest first."""
    while positions:
        found = [test(*edges) for edges in _local(positions, end)]
        p = [1.0 if step is None else step.p for step in found]
        worst = int(np.argmax(p))
        if p[worst] <= alpha:
            break
        positions = positions[:worst] + positions[worst + 1 :]
    return positions


def _dated(
    series: DaySeries,
    blocks: str,
    level: float,
    seed: list[int],
    edges: tuple[int, int],
    test: Callable[[int, int], StepTest | None],
) -> Break:
    start, end = edges
    found = test(start, end)
    day = date_of_step(series.cut(start, end), blocks, level, np.random.default_rng([*seed, start]))
    assert found is not None
    assert day is not None
    return Break(start + day.position, start + day.low, start + day.high, found.p, start, end)


def _together(series: DaySeries, n_breaks: int) -> list[int] | None:
    """Place `n_breaks` breaks so that the levels between them leave the least squared error."""
    import ruptures
    from ruptures.exceptions import BadSegmentationParameters

    width = max(1, -(-series.n_days // _PLACES))
    edges = np.arange(0, series.n_days, width)
    count = np.add.reduceat(series.count, edges, axis=1)
    total = np.add.reduceat(series.total / np.sqrt(series.spread()), edges, axis=1)
    search = ruptures.Dynp(custom_cost=_level_cost(), min_size=max(1, -(-BLOCK // width)), jump=1)
    try:
        found = search.fit(np.concatenate([count, total]).T).predict(n_breaks)
    except (BadSegmentationParameters, AssertionError):
        return None
    finally:
        search.seg.cache_clear()  # the cache of ruptures outlives the search otherwise
    positions = [int(edges[place]) for place in found[:-1]]
    all_edges = [0, *positions, series.n_days]
    enough = all(series.count[:, a:b].sum() >= MIN_ARTICLES for a, b in pairwise(all_edges))
    return positions if enough else None


def _level_cost() -> Any:
    """Return a cost for ``ruptures``: squared error around a level, days weighing by articles."""
    from ruptures.base import BaseCost

    class LevelCost(BaseCost):  # type: ignore[misc]
        model = "levels"
        min_size = 1

        def fit(self, signal: Array) -> LevelCost:
            self.signal = signal
            before = np.zeros((1, signal.shape[1]))
            running = np.concatenate([before, np.cumsum(signal, axis=0)])
            self._count, self._total = np.split(running, 2, axis=1)
            return self

        def error(self, start: int, end: int) -> float:
            count = self._count[end] - self._count[start]
            total = self._total[end] - self._total[start]
            if count.sum() < MIN_ARTICLES:
                return float("inf")
            return -float((total[count > 0] ** 2 / count[count > 0]).sum())

    return LevelCost()
