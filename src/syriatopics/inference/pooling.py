"""Pooling: what all groups of a result tell together of how alike articles of a block are.

A month holds four weeks, which say little of how much weeks differ; twelve months hold fifty. And
a story that begins on a Friday runs into the next week: the weeks of a month are no independent
draws either. Where groups are periods, what articles of nearby days share is therefore estimated
from days (:mod:`syriatopics.inference.nearness`) and tells both what blocks do to a share and how
much of it blocks show by themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from syriatopics.inference.nearness import STRETCH, Nearness, near_products
from syriatopics.inference.periods import NOWHERE
from syriatopics.inference.resampling import Array, Codes, Estimate

__all__ = ["Spread", "chains_of", "spread_of", "together"]


# Groups are periods if they follow one another, at least so many, none longer than a quarter: in
# longer ones the blocks of the group tell enough.
_PERIODS, _LONGEST = 4, STRETCH + 1


class Spread(NamedTuple):
    """By how much nearness widens the variance of a share, and how much of that blocks show.

    Attributes
    ----------
    effect, shown : ndarray, shape (k,)
        Over the variance of as many independent articles.
    """

    effect: Array
    shown: Array


def together(
    found: Sequence[Estimate], spreads: Sequence[Spread | None] | None = None
) -> list[Estimate]:
    """Return the estimates of one result, each knowing how alike articles are in all of them.

    The correlation of two articles of one block is estimated from all groups (by moments),
    and tells what the blocks of each group do to its share.

    Parameters
    ----------
    found : sequence of Estimate
        With the same columns.
    spreads : sequence of Spread, optional
        What the days of each group's articles do to its share: taken instead, where known.
    """
    used = [e for e in found if len(e.sizes) > 1 and len(e.sizes) < e.n]
    edges = [e.edges for e in found if e.n]
    if edges:
        reach = np.stack(
            [np.nanmin([e[0] for e in edges], axis=0), np.nanmax([e[1] for e in edges], axis=0)]
        )
        found = [e._replace(edges=reach) for e in found]
    if not used:
        return list(found)
    alike = _alike(used)
    pooled = []
    for e, spread in zip(found, spreads or [None] * len(found), strict=True):
        if spread is None:
            widened = (e.sizes**2).sum() / e.squares.sum() - 1 if e.n else 0.0
            pooled.append(e._replace(typical=1 + alike * widened))
            continue
        beyond = np.maximum(spread.effect / np.maximum(spread.shown, 1e-9), 1.0)
        pooled.append(e._replace(typical=spread.effect, beyond=beyond))
    # Blocks that run into each other tell less: as many fewer as each shows too little.
    told = float(np.mean([e.beyond for e in pooled if e.n]))
    behind = float(sum(one.freedom for one in used)) / told
    return [e._replace(behind=behind) for e in pooled]


def _alike(used: Sequence[Estimate]) -> Array:
    """Return the correlation of two articles of one block, for each column."""
    excess, pairs = np.zeros(used[0].mean.shape), np.zeros(used[0].mean.shape)
    for one in used:
        a, w = one.weights, one.squares
        near = one.sizes**2 - w
        expected = float(near @ (1 - 2 * a) + near.sum() * (a @ a))
        with np.errstate(invalid="ignore", divide="ignore"):
            more = (one.variance / one.alone**2 - 1) * one.spent
        known = np.isfinite(more)
        excess[known] += more[known]
        pairs[known] += expected
    found = np.divide(excess, pairs, out=np.zeros_like(pairs), where=pairs > 0)
    return np.asarray(np.clip(found, 0.0, 1.0))


def spread_of(
    near: Nearness, days: Codes, blocks: np.ndarray[Any, Any], weights: Array | None = None
) -> Spread | None:
    """Return what the days of the articles of one group do to its share.

    Parameters
    ----------
    near : Nearness
    days : ndarray of int, shape (n,)
        An article without a day is alone.
    blocks : ndarray, shape (n,)
    weights : ndarray, shape (n,), optional
        Equal by default.
    """
    dated = days != NOWHERE
    if not dated.any():
        return None
    weights = np.ones(len(days)) if weights is None else weights
    names, block = np.unique(blocks, return_inverse=True)
    first = int(days[dated].min())
    by_day = np.zeros((int(days[dated].max()) - first + 1, len(names)))
    np.add.at(by_day, (days[dated] - first, block[dated]), weights[dated])
    pairs = near_products(by_day, by_day)
    itself = np.arange(len(names))
    pairs[0, itself, itself] -= np.bincount(block[dated], weights[dated] ** 2, len(names))
    alone = np.bincount(block, weights**2, len(names))
    # Covariances of sums over blocks: of articles by themselves, and by the days between two.
    mixed = np.concatenate([np.diag(alone)[None], pairs])
    share = np.bincount(block, weights, len(names)) / weights.sum()
    across, whole = mixed.sum(axis=2), mixed.sum(axis=(1, 2))
    squares = np.einsum("cbb->c", mixed) - 2 * across @ share + (share @ share) * whole
    alike = np.vstack([np.ones(near.within.shape[1]), near.within])
    left = alone.sum() * (1 + share @ share) - 2 * share @ alone
    effect = whole @ alike / alone.sum()
    return Spread(effect, squares @ alike / left if left > 1e-9 else effect)


def chains_of(groups: pd.DataFrame, days: Codes) -> Codes | None:
    """Return which groups follow one another as periods of one line; None where they do not.

    Parameters
    ----------
    groups : DataFrame
        A row per article, and a column per grouping; one of them may be periods.
    days : ndarray of int, shape (n,)

    Examples
    --------
    >>> days = np.arange(120)
    >>> chains_of(pd.DataFrame({"month": days // 30}), days).max(), chains_of(
    ...     pd.DataFrame({"outlet": days % 5}), days
    ... )
    (np.int64(0), None)
    """
    if not len(days) or (days == NOWHERE).any():
        return None
    for column in reversed(groups.columns):
        others = [name for name in groups.columns if name != column]
        line: Codes = np.zeros(len(days), dtype=np.int64)
        if others:
            line = groups.groupby(others, sort=False).ngroup().to_numpy(dtype=np.int64)
        cells = pd.DataFrame({"line": line, "period": groups[column].to_numpy(), "day": days})
        ends = cells.groupby(["line", "period"], sort=False)["day"].agg(["min", "max"])
        ends = ends.reset_index().sort_values(["line", "min"], ignore_index=True)
        follows = (ends["min"] > ends["max"].shift()) | (ends["line"] != ends["line"].shift())
        long = (ends["max"] - ends["min"] > _LONGEST).any()
        if follows.all() and not long and len(ends) >= _PERIODS * ends["line"].nunique():
            return line
    return None
