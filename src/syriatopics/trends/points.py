"""Points in time: the articles whose day is known, for everything that counts in days."""

from __future__ import annotations

from typing import Any

import numpy as np

from syriatopics.inference import MIN_ARTICLES
from syriatopics.inference.periods import NARROW
from syriatopics.inference.resampling import Codes
from syriatopics.trends.panel import Panel

__all__ = ["points_of"]


# A gap of so many days cuts off the few articles, of so small a share, before or behind all others.
_GAP, _FEW = 180, 0.02


def points_of(panel: Panel) -> tuple[Panel, Codes, tuple[str, ...]]:
    """Return the articles whose day is known to about a week, with their day.

    Parameters
    ----------
    panel : Panel

    Returns
    -------
    panel : Panel
    day : ndarray of int
        The middle of the window.
    notes : tuple of str
        How many articles are left out.
    """
    narrow = panel.last - panel.first <= NARROW
    day = (panel.first + panel.last) // 2
    near = narrow.copy()
    near[narrow] = _among_others(day[narrow])
    notes = []
    for mask, why in ((~narrow, "window is longer than a week"),
                      (narrow & ~near, "day lies half a year and more from all others")):  # fmt: skip
        lost = len(np.unique(panel.articles[mask]))
        if lost:
            notes.append(f"{lost:,} article{'s' if lost > 1 else ''} whose {why} left out.")
    return panel.where(near), day[near], tuple(notes)


def _among_others(day: Codes) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return which of the days, in order, are no lonely ones before or behind a long gap."""
    starts = np.flatnonzero(np.diff(day, prepend=day[:1] - 2 * _GAP) > _GAP)
    sizes = np.diff([*starts, len(day)])
    large = np.flatnonzero(sizes >= max(MIN_ARTICLES, _FEW * len(day)))
    kept = np.ones(len(day), dtype=bool)
    if len(large):
        kept[: starts[large[0]]] = False
        kept[starts[large[-1]] + sizes[large[-1]] :] = False
    return kept
