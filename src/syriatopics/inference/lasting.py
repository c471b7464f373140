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

from typing import Any, NamedTuple

import numpy as np

from syriatopics.inference.floors import FEW_BLOCKS
from syriatopics.inference.resampling import Array, Codes, Estimate

__all__ = ["lasting", "named"]


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
    sides = [
        _Rows.of(e, w, k, n) for n, (e, w, k) in enumerate(zip(found, when, known, strict=True))
    ]
    rows = _Rows(*(np.concatenate(part) for part in zip(*sides, strict=True)))
    step, place = np.unique(rows.when, return_inverse=True)
    shared = len(step) < len(rows.when)
    # Sides that share weeks are looked at by their difference in each; others as one flow of news.
    moved = np.zeros((len(step), len(scale)))
    np.add.at(moved, place, rows.pull * (rows.sign if shared else 1.0))
    moved = moved[:, told] / np.sqrt(scale[told])
    total = float((moved**2).sum())
    if total < 1e-12:
        return 1.0
    ratio = float((moved * _beside(step, moved)).sum()) / total
    parts = sides if shared else [rows]
    expected = np.sum([part.expected() for part in parts], axis=0)
    (squares, products), (squares_more, products_more), (alone, pairs) = expected
    slope = products_more - ratio * squares_more
    if slope <= 0:
        return 1.0
    alike = min(max(float(ratio * squares - products) / slope, 0.0), 1.0)
    shown = max(1 + alike * squares_more / squares, 0.2)
    return max(float((1 + alike * pairs / alone) / shown), 1.0)


class _Rows(NamedTuple):
    """Blocks of one or two sides: when, how each pulls, its variance, weights by side, and sign."""

    when: Codes
    pull: Array
    own: Array
    weights: Array
    sign: Array

    @classmethod
    def of(cls, found: Estimate, when: Codes, known: np.ndarray[Any, Any], side: int) -> _Rows:
        """Return the rows of a side, of two."""
        own = found.squares[known] / found.sizes.sum() ** 2
        weights = np.zeros((len(own), 2))
        weights[:, side] = found.weights[known]
        sign = np.full((len(own), 1), 1.0 - 2 * side)
        return cls(when[known], found.influence[known], own, weights, sign)

    def expected(self) -> Array:
        """Return sums of squares, and of products of neighbours, in the residuals.

        First of independent blocks, then more for each unit of correlation; last the variance of the
        difference, and what each unit of correlation adds to it.
        """
        inside, near = (self.weights > 0).astype(float), _beside(self.when, self.weights)
        root = np.sqrt(self.own)[:, None]
        # Covariances of blocks with whole sides: residuals are blocks less what the side takes off.
        sums = []
        for c, diagonal, beside in (
            (root**2 * inside, self.own.sum(), 0.0),
            (
                root * _beside(self.when, root * inside),
                0.0,
                (root * _beside(self.when, root)).sum(),
            ),
        ):
            taken = self.weights @ (inside.T @ c)
            sums.append(
                (
                    diagonal - 2 * (c * self.weights).sum() + (taken * self.weights).sum(),
                    beside - 2 * (c * near).sum() + (taken * near).sum(),
                )
            )
        signed = root * self.sign
        pairs = (signed * _beside(self.when, signed)).sum()
        return np.array([*sums, (self.own.sum(), pairs)])


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
