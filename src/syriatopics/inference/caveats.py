"""Caveats: what speaks against reading a comparison as one, asked for every pair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from syriatopics.inference.periods import NOWHERE, days_of, period_numbers

__all__ = ["apart"]

_SHOWN = 3


def apart(
    table: pd.DataFrame, groups: pd.DataFrame, pairs: Sequence[tuple[str, str]]
) -> Iterator[str]:
    """Yield a note where two groups share no week: what differs may be the news.

    Parameters
    ----------
    table : DataFrame
        A row per passage.
    groups : DataFrame
        The group of each passage, with NaN where it is in none.
    pairs : sequence of (str, str)
        Names of groups, as in the result.
    """
    day = days_of(table)
    used = groups.notna().all(axis=1).to_numpy() & (day != NOWHERE)
    week = np.full(len(table), NOWHERE)
    week[used] = period_numbers(day[used], "W")
    names = pd.Series([" · ".join(map(str, row)) for row in groups[used].to_numpy()], dtype=object)
    weeks = {name: set(week[used][rows]) for name, rows in names.groupby(names).indices.items()}
    lost = [
        f"{a} and {b}"
        for a, b in pairs
        if weeks.get(a) and weeks.get(b) and not weeks[a] & weeks[b]
    ]
    if lost:
        more = f", and {len(lost) - _SHOWN:,} pairs more" if len(lost) > _SHOWN else ""
        yield (
            f"No week holds articles of both {'; '.join(lost[:_SHOWN])}{more}: what differs may be "
            "the news, and stretches of time that are alike look surer than they are."
        )
