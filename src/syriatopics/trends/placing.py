"""Placing articles in periods: by their day, or by the window in which they were written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from syriatopics.errors import InputError, TooSmallError, choices
from syriatopics.inference.periods import frequency, period_numbers
from syriatopics.inference.resampling import Array, Codes
from syriatopics.trends.panel import Panel

__all__ = ["WINDOWS", "Placement", "place"]


WINDOWS = ("omit", "spread", "middle")


@dataclass(frozen=True, eq=False)
class Placement:
    """Which article counts in which period, and how much.

    Attributes
    ----------
    unit : ndarray of int
        Row of the panel; an article that is spread stands here more than once.
    period : ndarray of int
        Index into `periods`.
    weight : ndarray of float
        The weights of an article sum to 1.
    periods : PeriodIndex
        Every period from the first to the last, empty ones too.
    notes : tuple of str
    """

    unit: Codes
    period: Codes
    weight: Array
    periods: pd.PeriodIndex
    notes: tuple[str, ...]


def place(panel: Panel, period: str, windows: str = "omit") -> Placement:
    """Place the articles of a panel in periods.

    Parameters
    ----------
    panel : Panel
    period : {"D", "W", "M", "Q", "Y"}
    windows : {"omit", "spread", "middle"}
        What to do with an article that was written in a window of more than one period:
        leave it out, spread it over the periods by their days in the window, or place it
        in the middle.

    Raises
    ------
    InputError
        If period or choice is not known, or no article is left.
    """
    freq = frequency(period)
    if windows not in WINDOWS:
        raise InputError(f"Windows {windows!r} is not known. Choices: {choices(WINDOWS)}.")
    first, last = period_numbers(panel.first, period), period_numbers(panel.last, period)
    wide = first != last
    notes = _notes(panel, wide, windows)
    unit = np.arange(len(panel))
    if windows == "middle":
        ordinal, weight = (
            period_numbers((panel.first + panel.last) // 2, period),
            np.ones(len(panel)),
        )
    else:
        unit, ordinal, weight = unit[~wide], first[~wide], np.ones(int((~wide).sum()))
        if windows == "spread":
            parts = [_spread(panel, int(row), period) for row in np.flatnonzero(wide)]
            unit = np.concatenate(
                [unit, np.repeat(np.flatnonzero(wide), [len(p[0]) for p in parts])]
            )
            ordinal = np.concatenate([ordinal, *(p[0] for p in parts)])
            weight = np.concatenate([weight, *(p[1] for p in parts)])
    if not len(unit):
        raise TooSmallError(
            f"Every article is written in a window of more than one period ({period}): choose a "
            "longer period, or windows='spread'."
        )
    start, end = int(ordinal.min()), int(ordinal.max())
    periods = pd.PeriodIndex.from_ordinals(np.arange(start, end + 1), freq=freq)
    return Placement(unit, ordinal - start, weight, periods, notes)


def _spread(panel: Panel, row: int, period: str) -> tuple[Codes, Array]:
    days = np.arange(panel.first[row], panel.last[row] + 1)
    ordinals, counts = np.unique(period_numbers(days, period), return_counts=True)
    return ordinals, counts / len(days)


def _notes(panel: Panel, wide: np.ndarray[Any, Any], windows: str) -> tuple[str, ...]:
    n = len(np.unique(panel.articles[wide]))
    if not n:
        return ()
    what = {
        "omit": "left out",
        "spread": "spread over these periods by their days",
        "middle": "placed in the middle of the window",
    }[windows]
    plural = "article is" if n == 1 else "articles are"
    return (f"{n:,} {plural} written in a window of more than one period: {what}.",)
