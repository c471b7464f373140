"""What the method does at this size: intervals and tests on planted articles whose truth is known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from syriatopics.inference.differences import difference
from syriatopics.inference.groups import note_of
from syriatopics.inference.lasting import named
from syriatopics.inference.likeness import choose
from syriatopics.inference.periods import period_numbers
from syriatopics.inference.pooling import together
from syriatopics.inference.resampling import Estimate, estimate
from syriatopics.trends.worlds import Drawn, Step, World, draw
from syriatopics.validation.claims.claim import Claim

__all__ = ["coverage_at_size", "world_like"]

_THEME = "theme"
_YEAR = ("2020-01-01", "2020-12-31")


def world_like(
    claim: Claim, found: dict[str, Any], documents: pd.DataFrame, alone: bool = False
) -> World:
    """Return a world of the size of a comparison: articles, passages, days, shares.

    Parameters
    ----------
    claim : Claim
    found : dict
        ``share_a, share_b, n_a, n_b``.
    documents : DataFrame
        A row per passage of the articles compared: ``article_id, date``.
    alone : bool
        Whether articles are independent, as those compared were taken; else they come in stories.
    """
    sizes = documents.groupby("article_id").size()
    low, high = (max(1, int(q)) for q in sizes.quantile([0.1, 0.9]))
    first, second = (min(max(found[name], 0.0), 1.0) for name in ("share_a", "share_b"))
    if claim.smallest is not None:
        # Power at the estimate says no more than p does (Hoenig & Heisey 2001).
        first = second + claim.smallest if second + claim.smallest <= 1 else second - claim.smallest
    world = World(
        themes={_THEME: second},
        outlets={"a": found["n_a"], "b": found["n_b"]},
        contrasts={"a": {_THEME: first - second}},
        n_articles=found["n_a"] + found["n_b"],
        passages=(low, high),
    )
    if alone:
        world = replace(world, story_size=1.0, likeness=0.0)
    if claim.kind == "contrast":
        days = documents["date"].dropna()
        start, end = (str(d.date()) for d in (days.min(), days.max())) if len(days) else _YEAR
        return replace(world, start=start, end=end)
    # The two periods one behind the other, with the step between them.
    before, after = sorted(claim.spans.values())
    start = before[0]
    middle = start + (before[1] - before[0]) + pd.Timedelta(days=1)
    end = middle + (after[1] - after[0])
    earlier, later = (second, first) if claim.spans[claim.sides[0]] == after else (first, second)
    step = Step(_THEME, str(middle.date()), later - earlier)
    return replace(
        world, themes={_THEME: earlier}, outlets={"all": 1.0}, contrasts={}, effects=(step,),
        start=str(start.date()), end=str(end.date()),
    )  # fmt: skip


def coverage_at_size(
    claim: Claim,
    world: World,
    *,
    level: float = 0.95,
    n_replicates: int = 500,
    random_state: int = 0,
) -> pd.DataFrame:
    """Draw planted corpora of this size, and ask the same question of each.

    Returns
    -------
    DataFrame
        A row with the difference planted that was estimated, and one with none:
        ``planted, n_articles, n_replicates, n_intervals, coverage, low, high, detected``.
        ``coverage`` is the share of intervals that hold what was planted, with its Wilson
        interval; ``detected`` the share that leave out zero: the power in the first row,
        the rate of false alarms in the second.
    """
    return pd.DataFrame(
        _scenario(claim, one, level, n_replicates, [random_state, n])
        for n, one in enumerate((world, _without(world)))
    )


def _without(world: World) -> World:
    contrasts = {name: dict.fromkeys(themes, 0.0) for name, themes in world.contrasts.items()}
    return replace(world, contrasts=contrasts, effects=())


def _scenario(
    claim: Claim, world: World, level: float, n_replicates: int, seed: list[int]
) -> dict[str, Any]:
    planted = _planted(claim, world)
    intervals = []
    for number in range(n_replicates):
        drawn = draw(world, np.random.default_rng([*seed, number]))
        first, second = _sides(claim, world, drawn)
        gap = difference(first, second, level)
        if not (note_of(first) or note_of(second) or gap.note):
            intervals.append((gap.low[0], gap.high[0]))
    low, high = np.array(intervals).reshape(-1, 2).T
    held, beyond = (low <= planted) & (planted <= high), (low > 0) | (high < 0)
    row = {"planted": planted, "n_articles": world.n_articles, "n_replicates": n_replicates}
    row |= {"n_intervals": len(low)} | dict.fromkeys(
        ("coverage", "low", "high", "detected"), np.nan
    )
    if len(low):
        reach = stats.binomtest(int(held.sum()), len(held)).proportion_ci(method="wilson")
        row |= {"coverage": held.mean(), "low": reach.low, "high": reach.high}
        row |= {"detected": beyond.mean()}
    return row


def _planted(claim: Claim, world: World) -> float:
    if claim.kind == "contrast":
        return float(world.contrasts["a"][_THEME])
    change = sum(step.change for step in world.effects if isinstance(step, Step))
    return float(change if _later_first(claim) else -change)


def _later_first(claim: Claim) -> bool:
    return claim.spans[claim.sides[0]] == max(claim.spans.values())


def _sides(claim: Claim, world: World, drawn: Drawn) -> tuple[Estimate, Estimate]:
    if claim.kind == "contrast":
        in_a = drawn.outlet == 0
    else:
        before = min(claim.spans.values())
        later = drawn.day >= (before[1] - before[0]).days + 1
        in_a = later if _later_first(claim) else ~later
    levels = {"article": np.arange(len(drawn.day)), "story": drawn.story}
    for unit, period in (("day", "D"), ("week", "W"), ("month", "M")):
        levels[unit] = period_numbers(world.first + drawn.day, period)
    asked: str = claim.blocks
    if asked == "auto":
        told = {name: codes for name, codes in levels.items() if name != "story"}
        asked = choose(drawn.values, np.ones(len(in_a)), in_a.astype(np.int64), told).unit
    # Neighbours are known by their names, as in a corpus.
    block = named(asked, levels[asked])
    first, second = together([estimate(drawn.values[s], block=block[s]) for s in (in_a, ~in_a)])
    return first, second
