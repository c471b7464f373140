"""Likeness: are articles of one day, week, month or story more alike than others?

Articles that come in bursts are no independent draws, and blocks that are not needed cost power.
So the corpus is asked, once for a result and for all its themes together: do sums of articles
over larger blocks scatter more than sums over smaller ones? That is the preliminary test of
variance components. It is made at .25, since what it misses is paid for by the test behind it.

References
----------
Bozivich, H., Bancroft, T. & Hartley, H. (1956). Power of analysis of variance test procedures for
certain incompletely specified models. Annals of Mathematical Statistics 27.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from scipy import stats

from syriatopics.inference.floors import FEW_BLOCKS
from syriatopics.inference.resampling import Array, Codes

__all__ = ["Choice", "choose"]


# How sure the corpus must be that larger blocks are needed: hardly at all; not even that where so
# few blocks are there that they could not tell; and rather sure for months, which leave no test where they
# are few, while what runs on from week to week is allowed for without them (:mod:`lasting`).
_ALPHA, _BLIND, _MONTH, _BLIND_BELOW = 0.25, 0.5, 0.1, 6.0
# Where articles of a day are alike, so few weeks are taken unasked: the parting in which two weeks and
# two differ most is the one in which weeks of a side look most alike.
_FEW_WEEKS = 2.0 * (FEW_BLOCKS - 1)
# More columns than that (the words of a vocabulary) say no more of it.
_COLUMNS = 200


class Choice(NamedTuple):
    """What was taken as independent, and why.

    Attributes
    ----------
    unit : str
    ratio : dict of str to float
        For each unit that was looked at: by how much it scatters more than the one before.
    untold : tuple of str
        Units of which too few blocks are there to tell; weeks are taken nevertheless where days are alike.
    """

    unit: str
    ratio: dict[str, float]
    untold: tuple[str, ...]


class _Scatter(NamedTuple):
    """Mean squares of sums over blocks, a column per theme, with their degrees of freedom.

    `alike` is how many independent columns tell as much as these: words that come and go with the
    same weeks are one.
    """

    squares: Array
    freedom: float
    alike: float


def choose(values: Array, sizes: Array, cells: Codes, levels: Mapping[str, Codes]) -> Choice:
    """Choose what is taken as independent.

    Parameters
    ----------
    values : ndarray, shape (n, k)
        A row per article and cell: its mean, or a count.
    sizes : ndarray, shape (n,)
        What a count is a share of.
    cells : ndarray of int, shape (n,)
        Groups, whose levels are no likeness.
    levels : mapping of str to ndarray of int
        Blocks of each unit, the smaller first; the first holds articles.

    Examples
    --------
    >>> weekly = np.repeat(np.random.default_rng(0).random(20), 10)[:, None]
    >>> levels = {"article": np.arange(200), "week": np.arange(200) // 10}
    >>> choose(weekly, np.ones(200), np.zeros(200, int), levels).unit
    'week'
    """
    _, cell = np.unique(cells, return_inverse=True)
    left = _residuals(values, sizes, cell)
    names = list(levels)
    unit, ratio, untold = names[0], {}, []
    if not left.shape[1]:
        return Choice(unit, {}, tuple(names[1:]))
    base = _scatter(left, sizes, cell, levels[unit])
    for name in names[1:]:
        here = _scatter(left, sizes, cell, levels[name])
        few = unit == "day" and name == "week" and here.freedom < _FEW_WEEKS - 1e-9
        if few or here.freedom < 1.5:
            untold.append(name)
        if few:
            unit, base = name, here
        if name in untold or base.freedom <= here.freedom:
            continue
        with np.errstate(invalid="ignore", divide="ignore"):
            f = float(np.nanmean(here.squares / base.squares))
        told = here.freedom * base.alike
        alpha = _MONTH if name == "month" else _BLIND if told < _BLIND_BELOW else _ALPHA
        ratio[name] = f
        if f > stats.f.isf(alpha, told, base.freedom * base.alike):
            unit, base = name, here
    return Choice(unit, ratio, tuple(untold))


def _residuals(values: Array, sizes: Array, cell: Codes) -> Array:
    """Return what is left of values once the share of their cell is taken off; dull columns go."""
    if values.shape[1] > _COLUMNS:
        values = values[:, np.argsort(-values.sum(axis=0), kind="stable")[:_COLUMNS]]
    n = int(cell.max()) + 1
    total = np.maximum(np.bincount(cell, sizes, n), 1e-300)[:, None]
    sums = np.zeros((n, values.shape[1]))
    np.add.at(sums, cell, values)
    left = values - sizes[:, None] * (sums / total)[cell]
    spread = np.sqrt((left**2).mean(axis=0))
    kept = spread > 1e-12
    found: Array = left[:, kept] / spread[kept]
    return found


def _scatter(left: Array, sizes: Array, cell: Codes, blocks: Codes) -> _Scatter:
    """Return the mean square of sums over blocks within cells, as of articles were they alone."""
    n_cells = int(cell.max()) + 1
    _, block = np.unique(blocks, return_inverse=True)
    key, place = np.unique(cell * (block.max() + 1) + block, return_inverse=True)
    of_cell = key // (block.max() + 1)
    sums = np.zeros((len(key), left.shape[1]))
    np.add.at(sums, place, left)
    size, squares = np.bincount(place, sizes), np.bincount(place, sizes**2)
    total = np.bincount(of_cell, size, n_cells)
    share = size / np.maximum(total[of_cell], 1e-300)
    whole = np.bincount(of_cell, squares, n_cells)
    spent = squares * (1 - 2 * share) + share**2 * whole[of_cell]
    freedom = float(spent.sum() ** 2 / max((spent**2).sum(), 1e-300))
    n_blocks = np.bincount(of_cell, minlength=n_cells)
    held = n_blocks > 1
    if not held.any():
        return _Scatter(np.full(left.shape[1], np.nan), 0.0, 1.0)
    # Kish's number of blocks counts the means that were taken off too.
    freedom *= float((n_blocks[held] - 1).sum() / n_blocks[held].sum())
    scatter = (sums**2).sum(axis=0)
    scaled = sums / np.sqrt(np.maximum(scatter, 1e-300))
    shared = float(((scaled.T @ scaled) ** 2).sum())
    alike = sums.shape[1] ** 2 / shared if shared else 1.0  # no theme differs anywhere
    return _Scatter(scatter / spent.sum(), freedom, alike)
