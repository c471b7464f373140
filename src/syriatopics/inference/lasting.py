"""Lasting: what runs on from one block of time into the next, and how much less sure that makes.

A story that begins on a Friday runs into the next week, so that sums over neighbouring weeks move
together. How far they do is estimated from all themes of a comparison at once: the first lag of Newey
and West, by moments, since residuals of few blocks look less alike than the blocks are, in a known way.

References
----------
Newey, W. & West, K. (1987). A simple, positive semi-definite, heteroskedasticity and autocorrelation
consistent covariance matrix. Econometrica 55.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from syriatopics.inference.floors import FEW_BLOCKS
from syriatopics.inference.resampling import Array, Estimate

__all__ = ["lasting", "named"]

Codes = np.ndarray[Any, np.dtype[np.int64]]

_UNITS = ("day", "week", "month")


def named(unit: str, numbers: Codes) -> np.ndarray[Any, np.dtype[np.str_]]:
    """Return the names of blocks of time, by which their neighbours are known."""
    return np.char.add(f"{unit} ", numbers.astype(str))


def lasting(*found: Estimate) -> float:
    """Return by how much the variance of a share, or of the first share less the second, grows.

    Blocks are neighbours if they are called so: ``"week 12"`` and ``"week 13"``.

    Parameters
    ----------
    *found : one or two Estimate

    Returns
    -------
    float
        1 where blocks are no periods, are fewer than five, or do not run on; and where nearness
        has told already what lies beyond the ends of blocks.

    Examples
    --------
    >>> from syriatopics.inference.resampling import estimate
    >>> walk = np.cumsum(np.random.default_rng(0).standard_normal(60))[:, None]
    >>> weeks = named("week", np.arange(60))
    >>> lasting(estimate(walk, block=weeks)) > 2, lasting(estimate(walk))
    (True, 1.0)
    """
    when = [_numbers(e.blocks) for e in found]
    known = [w >= 0 for w in when]
    near = any((e.beyond != 1).any() for e in found)
    scale = np.sum([e.alone**2 for e in found], axis=0)
    told = scale > 0
    if near or min(int(k.sum()) for k in known) < FEW_BLOCKS or not told.any():
        return 1.0
    signs = (1.0, -1.0)[: len(found)]
    pulls = [s * e.influence[k] for s, e, k in zip(signs, found, known, strict=True)]
    step, place = np.unique(
        np.concatenate([w[k] for w, k in zip(when, known, strict=True)]), return_inverse=True
    )
    moved = np.zeros((len(step), len(scale)))
    np.add.at(moved, place, np.concatenate(pulls))
    moved = moved[:, told] / np.sqrt(scale[told])
    ratio = float((moved * _beside(step, moved)).sum() / (moved**2).sum())
    # Squares and products of neighbours, as they are expected: of independent blocks, and more for
    # each unit of correlation; last what both are before means are taken off.
    parts = [_expected(e, w, k) for e, w, k in zip(found, when, known, strict=True)]
    (squares, products), (squares_more, products_more), (alone, pairs) = np.sum(parts, axis=0)
    slope = products_more - ratio * squares_more
    if slope <= 0:
        return 1.0
    alike = min(max(float(ratio * squares - products) / slope, 0.0), 1.0)
    shown = max(1 + alike * squares_more / squares, 0.2)
    return max(float((1 + alike * pairs / alone) / shown), 1.0)


def _expected(found: Estimate, when: Codes, known: np.ndarray[Any, Any]) -> Array:
    """Return sums of squares and of products of neighbours in the residuals of one group."""
    a, own, when = found.weights[known], found.squares[known] / found.sizes.sum() ** 2, when[known]
    root, near = np.sqrt(own), _beside(when, a)
    tied = root * _beside(when, root)
    return np.array(
        [
            [own.sum() - 2 * a @ own + a @ a * own.sum(), a @ near * own.sum() - 2 * near @ own],
            [a @ a * tied.sum() - 2 * a @ tied, tied.sum() * (1 + a @ near) - 2 * near @ tied],
            [own.sum(), tied.sum()],
        ]
    )


def _numbers(blocks: np.ndarray[Any, Any]) -> Codes:
    """Return the numbers of blocks of time, -1 for those that are none."""
    unit = str(blocks[-1]).partition(" ")[0] if len(blocks) else ""
    if unit not in _UNITS:
        return np.full(len(blocks), -1, dtype=np.int64)
    parts = [str(name).split(" ") for name in blocks]
    told = [int(p[1]) if p[0] == unit and p[1:] and p[1].isdecimal() else -1 for p in parts]
    return np.array(told, dtype=np.int64)


def _beside(step: Codes, values: Array) -> Array:
    """Return for each step the sum of the values one step before and one after it."""
    found, order = np.zeros_like(values), np.argsort(step)
    follows = np.flatnonzero(np.diff(step[order]) == 1)
    here, there = order[follows], order[follows + 1]
    found[here] += values[there]
    found[there] += values[here]
    return found
