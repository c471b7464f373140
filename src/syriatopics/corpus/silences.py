"""Days on which an outlet is silent for longer than chance allows: gaps of collecting, perhaps.

A crawler that was down leaves a hole that looks like a quiet week. Nobody can tell the two
apart from the articles alone; a stretch that would be a surprise at the rate of the outlet is
named, and the reader decides.
"""

from __future__ import annotations

from math import log

import pandas as pd

__all__ = ["COLUMNS", "find_silences"]

COLUMNS = ("outlet", "start", "end", "n_days")
_FEWEST = 30
_CHANCE = 0.01
# Weekends and holidays make an even flow uneven: twice the length that chance allows.
_UNEVEN = 2.0


def find_silences(table: pd.DataFrame) -> pd.DataFrame:
    """Find the stretches of days without an article that are too long for an outlet.

    Parameters
    ----------
    table : DataFrame
        Columns ``outlet`` and ``when`` (datetime64, the day by which an article is placed;
        NaT where there is none).

    Returns
    -------
    DataFrame
        ``outlet, start, end, n_days``: first and last silent day. Only outlets with 30 dated
        articles are looked at. With articles at an even rate, an outlet would show one of
        these once in a hundred corpora; the length asked for is twice that.

    Examples
    --------
    >>> days = [*pd.date_range("2016-01-01", "2016-02-29"), *pd.date_range("2016-05-01", "2016-06-30")]
    >>> find_silences(pd.DataFrame({"outlet": "amad", "when": days}))["n_days"].tolist()
    [61]
    """
    rows = []
    placed = table.dropna(subset=["outlet", "when"])
    for outlet, when in placed.groupby("outlet")["when"]:
        days = when.dt.normalize().sort_values()
        if len(days) < _FEWEST:
            continue
        span = (days.iloc[-1] - days.iloc[0]).days + 1
        longest = _UNEVEN * log(span / _CHANCE) * span / len(days)
        silent = days.diff().dt.days.sub(1)
        for last, n in silent[silent > longest].items():
            end = days[last] - pd.Timedelta(days=1)
            rows.append((outlet, end - pd.Timedelta(days=int(n) - 1), end, int(n)))
    return pd.DataFrame(rows, columns=list(COLUMNS))
