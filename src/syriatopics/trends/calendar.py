"""The calendar of a corpus: which outlet stands in which period, and what that rules out.

Where no period holds two outlets, a change over time and a difference of outlets are the same
thing, and no method can tell them apart.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from syriatopics.inference import MIN_ARTICLES

__all__ = ["calendar_notes", "confounded", "mix_shift"]

_FEW = 6
_SHIFT = 0.2


def calendar_notes(
    counts: pd.DataFrame, total: np.ndarray, pooled: bool, what: str = "outlet"
) -> list[str]:
    """Return what the calendar says against reading a line as a trend.

    Parameters
    ----------
    counts : DataFrame
        Articles by period (rows, in order of time, empty ones too) and group (columns).
    total : ndarray, shape (n_periods,)
        All articles of each period, those without a group too.
    pooled : bool
        Whether the groups are drawn as one line.
    what : str
        What the groups are.
    """
    notes = []
    filled = np.flatnonzero(total)
    if len(filled) == 1:
        notes.append(f"One period holds articles ({counts.index[filled[0]]}): there is no trend.")
    gaps = [(a, b) for a, b in pairwise(filled) if b - a > 1]
    if gaps:
        a, b = max(gaps, key=lambda gap: gap[1] - gap[0])
        empty = sum(b - a - 1 for a, b in gaps)
        notes.append(
            f"{empty:,} period{'s' if empty > 1 else ''} without an article stay"
            f"{'' if empty > 1 else 's'} empty; the longest gap lies between "
            f"{counts.index[a]} and {counts.index[b]}."
        )
    if counts.shape[1] > 1:
        notes += _parts(counts, filled, what)
        notes += confounded(counts, what)
        notes += _alone(counts, what)
        shift = mix_shift(counts)
        if pooled and shift > _SHIFT:
            notes.append(
                f"The mix of {what}s changes: up to {shift:.0%} of the articles of one period would "
                f"have to change their {what} to give the mix of another. The pooled line moves "
                "with it; see decompose and standardise."
            )
    return notes


def _parts(counts: pd.DataFrame, filled: np.ndarray, what: str) -> list[str]:
    """Say which groups begin late or end early."""
    found = []
    for name in counts.columns:
        own = np.flatnonzero(counts[name].to_numpy())
        if len(own) and (own[0] > filled[0] or own[-1] < filled[-1]):
            span = f"{counts.index[own[0]]} to {counts.index[own[-1]]}"
            found.append(f"{name} ({counts.index[own[0]] if own[0] == own[-1] else span})")
    if not found or len(filled) == 1:
        return []
    shown = ", ".join(found[:_FEW]) + (
        f" and {len(found) - _FEW} more" if len(found) > _FEW else ""
    )
    return [f"Not there from the first period to the last: {shown}."]


def _alone(counts: pd.DataFrame, what: str) -> list[str]:
    """Say which periods hold one group only, where others hold several."""
    held = (counts.to_numpy() > 0).sum(axis=1)
    if held.max(initial=0) < 2 or not (held == 1).any():
        return []
    named = [
        f"{counts.index[at]} ({counts.columns[int(np.argmax(counts.iloc[at]))]})"
        for at in np.flatnonzero(held == 1)
    ]
    more = f" and {len(named) - _FEW} more" if len(named) > _FEW else ""
    return [
        f"One {what} alone: {', '.join(named[:_FEW])}{more}. What differs from other periods there "
        f"may be a difference of {what}s."
    ]


def confounded(counts: pd.DataFrame, what: str = "outlet") -> list[str]:
    """Say where groups and periods cannot be told apart, for want of overlap.

    Examples
    --------
    >>> apart = pd.DataFrame({"a": [3, 0], "b": [0, 3]}, index=["2018", "2019"])
    >>> confounded(apart)
    ['No period holds two outlets: a change over time may as well be a difference of outlets.']
    """
    held = counts.to_numpy() > 0
    held = held[held.any(axis=1)][:, held.any(axis=0)]
    if held.shape[0] < 2 or held.shape[1] < 2:
        return []
    if (held.sum(axis=1) < 2).all():
        return [
            f"No period holds two {what}s: a change over time may as well be a difference of "
            f"{what}s."
        ]
    rows, columns = held.nonzero()
    size = sum(held.shape)
    edges = csr_array((np.ones(len(rows)), (rows, held.shape[0] + columns)), shape=(size, size))
    parts, _ = connected_components(edges, directed=False)
    if parts == 1:
        return []
    return [
        f"{what.capitalize()}s and periods fall into {parts} parts without overlap: between the "
        f"parts a change over time may as well be a difference of {what}s."
    ]


def mix_shift(counts: pd.DataFrame) -> float:
    """Return the largest distance between the mixes of two periods, in [0, 1].

    The distance is the share of articles that would have to change their group (total
    variation). Periods of fewer than :data:`MIN_ARTICLES` articles do not count.

    Examples
    --------
    >>> mix_shift(pd.DataFrame({"a": [80, 20], "b": [20, 80]}))
    0.6
    """
    rows = counts.to_numpy(float)
    rows = rows[rows.sum(axis=1) >= MIN_ARTICLES]
    if len(rows) < 2:
        return 0.0
    mix = rows / rows.sum(axis=1, keepdims=True)
    worst = max(
        float(np.abs(mix[n + 1 :] - row).sum(axis=1).max()) for n, row in enumerate(mix[:-1])
    )
    return round(worst / 2, 6)
