"""Drawing passages to be read, each with a known chance: without it no sample speaks for a corpus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from syriatopics.errors import InputError, choices
from syriatopics.inference import Scores
from syriatopics.inference.periods import frequency
from syriatopics.inference.resampling import Array

__all__ = ["DESIGNS", "draw_sample", "uncertainty"]


DESIGNS = ("random", "stratified", "uncertain", "rare")


def draw_sample(
    table: pd.DataFrame,
    n: int,
    design: str = "stratified",
    *,
    period: str | None = "Y",
    scores: Scores | None = None,
    random_state: int = 0,
) -> pd.DataFrame:
    """Draw passages, and say with which chance each was drawn.

    Parameters
    ----------
    table : DataFrame
        A row per passage: ``passage_id, outlet, date``.
    n : int
        How many; all of them if there are fewer.
    design : {"random", "stratified", "uncertain", "rare"}
        "random" gives every passage the same chance. "stratified" draws as many from every
        outlet and period, as far as they hold so many. "uncertain" prefers passages of
        which `scores` are least sure, and "rare" those that `scores` give to themes of which there are
        few; both keep half of the chances for all others.
    period : {"D", "W", "M", "Q", "Y"}, optional
        Of the strata; None: outlets only.
    scores : Scores, optional
        Needed by "uncertain" and "rare".
    random_state : int

    Returns
    -------
    DataFrame
        The rows drawn, in random order, with ``stratum`` and ``probability``. The order is
        part of the design: whoever stops early has read a random part of the sample.

    Raises
    ------
    InputError
        If the design or the period is not known, there is nothing to draw from, or a stratum
        would get no passage: of it the sample could say nothing.
    """
    if design not in DESIGNS:
        raise InputError(f"Design {design!r} is not known. Designs: {choices(DESIGNS)}.")
    if n < 1 or not len(table):
        raise InputError(f"{n} of {len(table)} passages cannot be drawn: take one at least.")
    # The order of the table has no say in what is drawn.
    table = table.sort_values("passage_id", kind="stable", ignore_index=True)
    rng = np.random.default_rng(random_state)
    n = min(n, len(table))
    stratum = pd.Series("all", index=table.index)
    if design == "stratified":
        stratum = strata(table, period)
        chance = _equal_chances(stratum, n)
    elif design == "random":
        chance = np.full(len(table), n / len(table))
    else:
        sizes = uncertainty if design == "uncertain" else rarity
        chance = _uneven_chances(_sizes(design, scores, table, sizes), n)
    chosen = np.concatenate(
        [
            members[_systematic(chance[members], rng)]
            for _, members in sorted(stratum.groupby(stratum).indices.items())
        ]
    )
    drawn = table.assign(stratum=stratum, probability=chance).iloc[rng.permutation(chosen)]
    return drawn.reset_index(drop=True)


def strata(table: pd.DataFrame, period: str | None = "Y") -> pd.Series[str]:
    """Return the outlet and the period of each passage, as one word."""
    outlet = table["outlet"].astype(object).where(table["outlet"].notna(), "no outlet").astype(str)
    if period is None:
        return outlet
    when = pd.to_datetime(table["date"]).dt.to_period(frequency(period))
    return outlet + " · " + when.astype(str).where(when.notna(), "undated")


def uncertainty(scores: Scores) -> pd.Series[float]:
    """Return how unsure the scores are of each passage, in [0, 1], by passage id.

    The most unsure theme counts: 1 where a score lies on the threshold from which the theme is
    assigned (.5 where there is none), 0 where every score is 0 or 1.

    Examples
    --------
    >>> from syriatopics import load_seeds, score_themes
    >>> float(uncertainty(score_themes(load_seeds().passages())).max())
    1.0
    """
    values = np.nan_to_num(scores.table.to_numpy(dtype=float))
    threshold = np.asarray(getattr(scores, "limits", 0.5), dtype=float)
    below, above = values / threshold, (1 - values) / (1 - threshold)
    unsure = np.clip(np.minimum(below, above), 0.0, 1.0).max(axis=1)
    return pd.Series(unsure, index=scores.table.index)


def rarity(scores: Scores) -> pd.Series[float]:
    """Return how rare the rarest theme is that the scores give to each passage, in [0, 1], by id.

    1 for the rarest theme of all, less by how many more passages another one has; 0 for none.

    Examples
    --------
    >>> from syriatopics import load_seeds, score_themes
    >>> float(rarity(score_themes(load_seeds().passages())).max())
    1.0
    """
    held = np.nan_to_num(np.asarray(scores.weights(), dtype=np.float64))
    total = held.sum(axis=0)
    least = total[total > 0].min() if (total > 0).any() else 1.0
    worth = np.where(total > 0, least / np.maximum(total, 1e-12), 0.0)
    return pd.Series((held * worth).max(axis=1), index=scores.table.index)


def _sizes(
    design: str,
    scores: Scores | None,
    table: pd.DataFrame,
    sizes: Callable[[Scores], pd.Series[float]],
) -> Array:
    if scores is None:
        raise InputError(f'The design "{design}" goes by scores: give scores=score_themes(…).')
    if set(scores.table.index) != set(table["passage_id"]):
        raise InputError(
            "The scores are not those of the passages to draw from: score corpus.passages(unit)."
        )
    return np.asarray(sizes(scores).reindex(table["passage_id"]), dtype=np.float64)


def _equal_chances(stratum: pd.Series[str], n: int) -> Array:
    """Share `n` out evenly among strata; what a small one cannot take goes to the others."""
    sizes = stratum.value_counts().sort_index()
    if n < len(sizes):
        raise InputError(
            f"{n} passages cannot be shared out among {len(sizes)} strata of outlet and period, of "
            f"which each needs one: take n={len(sizes)} at least, a longer period, or period=None."
        )
    take = pd.Series(0, index=sizes.index)
    left = n
    while left > 0 and (take < sizes).any():
        open_ = take.index[take < sizes]
        share, rest = divmod(left, len(open_))
        more = pd.Series(share, index=open_)
        more.iloc[:rest] += 1
        more = np.minimum(more, sizes[open_] - take[open_])
        take[open_] += more
        left = n - int(take.sum())
    return np.asarray(stratum.map(take / sizes), dtype=np.float64)


def _uneven_chances(unsure: Array, n: int) -> Array:
    """Half of the chances go by uncertainty, half to all alike; none is above 1 or at 0."""
    if n >= len(unsure):
        return np.ones(len(unsure))
    size = unsure + max(float(unsure.mean()), 1e-9)
    chance = np.zeros(len(size))
    certain = np.zeros(len(size), dtype=bool)
    while True:
        left = n - int(certain.sum())
        chance = np.where(certain, 1.0, left * size / size[~certain].sum())
        if not (over := (chance >= 1) & ~certain).any() or (certain | over).all():
            return np.minimum(chance, 1.0)
        certain |= over


def _systematic(chance: Array, rng: np.random.Generator) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Draw a fixed number of rows, each with its chance exactly: equal steps in a random order."""
    order = rng.permutation(len(chance))
    ends = np.cumsum(chance[order])
    n = round(float(ends[-1]))
    # Sums of floats miss the whole number by a hair, and a row with it.
    ends *= n / ends[-1]
    steps = rng.random() + np.arange(n)
    places = np.searchsorted(ends, steps, side="right").clip(0, len(chance) - 1)
    return np.sort(order[np.unique(places)])
