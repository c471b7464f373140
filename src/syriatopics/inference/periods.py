"""Periods: the days on which an article can have been written, and what they are counted in."""

from __future__ import annotations

import numpy as np
import pandas as pd

from syriatopics.errors import InputError, choices
from syriatopics.inference.resampling import Codes

__all__ = [
    "NARROW",
    "NOWHERE",
    "PERIODS",
    "days_of",
    "frequency",
    "period_numbers",
    "span",
    "windows_of",
]


# Names for people, and what pandas calls them.
PERIODS = {"D": "D", "W": "W-SUN", "M": "M", "Q": "Q", "Y": "Y"}
# The day of an article of which nobody knows one.
NOWHERE = np.iinfo(np.int64).min
# A window up to so many days is a point in time for everything that counts in weeks.
NARROW = 7
_RANGE = ".."


def frequency(period: str) -> str:
    """Return what pandas calls a period.

    Raises
    ------
    InputError
        If the period is not known.
    """
    if period not in PERIODS:
        raise InputError(f"Period {period!r} is not known. Periods: {choices(PERIODS)}.")
    return PERIODS[period]


def windows_of(table: pd.DataFrame) -> tuple[Codes, Codes]:
    """Return the first and last day of each passage; a believed printed date is one day.

    Parameters
    ----------
    table : DataFrame
        With ``date``, and ``date_status, date_start, date_end`` where they are known.

    Returns
    -------
    first, last : ndarray of int
        Days since 1970-01-01; :data:`NOWHERE` where nothing is known.
    """
    date = table["date"]
    start, end = (table.get(name, date) for name in ("date_start", "date_end"))
    printed = date.notna() & (table.get("date_status", "printed") == "printed")
    first, last = start.where(~printed, date), end.where(~printed, date)
    known = first.notna().to_numpy() & last.notna().to_numpy()
    days = [
        np.where(known, pd.to_datetime(one).to_numpy("datetime64[D]").astype(np.int64), NOWHERE)
        for one in (first, last)
    ]
    return days[0], days[1]


def days_of(table: pd.DataFrame) -> Codes:
    """Return the day of each passage, the middle of a window up to a week; else NOWHERE."""
    first, last = windows_of(table)
    known = (first != NOWHERE) & (last - first <= NARROW)
    return np.where(known, first + (last - first) // 2, NOWHERE)


def period_numbers(days: Codes, period: str) -> Codes:
    """Return the number of the period in which each day lies.

    Examples
    --------
    >>> period_numbers(np.array([0, 31]), "M").tolist()
    [0, 1]
    """
    index = pd.DatetimeIndex(days.astype("datetime64[D]").astype("datetime64[s]"))
    return np.asarray(index.to_period(frequency(period)).asi8, dtype=np.int64)


def span(text: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the first and last day of a period, as 2018, 2018-03, 2018Q1 or two of them.

    Examples
    --------
    >>> [str(day.date()) for day in span("2018Q1")]
    ['2018-01-01', '2018-03-31']
    """
    first, _, last = text.partition(_RANGE)
    try:
        days = (
            pd.Period(first).start_time.normalize(),
            pd.Period(last or first).end_time.normalize(),
        )
    except ValueError:
        raise ValueError(
            f"{text!r} is no period; write 2018, 2018-03, 2018Q1 or 2018-02-18..2018-03-31"
        ) from None
    if days[1] < days[0]:
        raise ValueError(f"{text!r} ends before it begins")
    return days
