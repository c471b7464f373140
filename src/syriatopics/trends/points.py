"""Points in time: the articles whose day is known, for everything that counts in days."""

from __future__ import annotations

import numpy as np

from syriatopics.inference import MIN_ARTICLES
from syriatopics.inference.periods import NARROW
from syriatopics.inference.resampling import Codes
from syriatopics.plots.span import stretch
from syriatopics.trends.panel import Panel

__all__ = ["points_of"]


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
    near = np.zeros_like(narrow)
    among = stretch(day[narrow], np.ones(int(narrow.sum()), dtype=np.int64), MIN_ARTICLES)
    near[np.flatnonzero(narrow)[among]] = True
    notes = []
    for mask, why in ((~narrow, "window is longer than a week"),
                      (narrow & ~near, "day lies half a year and more from all others")):  # fmt: skip
        lost = len(np.unique(panel.articles[mask]))
        if lost:
            notes.append(f"{lost:,} article{'s' if lost > 1 else ''} whose {why} left out.")
    return panel.where(near), day[near], tuple(notes)
