"""The passages behind each number, and which of them a report of limited size can hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

__all__ = ["KEPT", "LISTED", "Entry", "Ledger", "Marks", "Rows", "Span", "stratified"]

Rows = np.ndarray[Any, np.dtype[np.intp]]
Span = tuple[int, int]
# Gives the stretches of a passage that count, for its position in the table.
Marks = Callable[[int], Sequence[Span]]

# So many passages, the clearest first, are held for every number even where they were not drawn.
KEPT = 10
# More than so many behind one number are not listed; their number is said.
LISTED = 100


class Entry(NamedTuple):
    """What stands behind one number.

    ``rows`` are positions in the table of passages, the clearest first; ``marks`` gives the
    stretches of a passage that count.
    """

    label: str
    rows: Rows
    marks: Marks


class Ledger:
    """Numbers and their passages, in the order in which the sections name them."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, label: str, rows: Rows, marks: Marks = lambda row: ()) -> int | None:
        """Enter the passages behind a number; return their place, or None if there are none."""
        if not len(rows):
            return None
        self._entries.append(Entry(label, rows, marks))
        return len(self._entries) - 1

    def held(self, sample: Rows) -> Rows:
        """Return the passages that a report holds: the sample, and the first behind each number."""
        clearest = [entry.rows[:KEPT] for entry in self._entries]
        return np.unique(np.concatenate([sample, *clearest]))


def stratified(table: pd.DataFrame, size: int, random_state: int) -> Rows:
    """Draw passages at random, from every outlet and year in proportion.

    Parameters
    ----------
    table : DataFrame
        Columns ``outlet, date``.
    size : int
        How many are drawn; every stratum gives one at least, so it may be a few more.
    random_state : int

    Returns
    -------
    ndarray of int
        Positions in `table`, in order; all of them where there are no more than `size`.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"outlet": ["a"] * 90 + ["b"] * 10, "date": pd.NaT})
    >>> rows = stratified(table, 20, random_state=0)
    >>> int((rows < 90).sum()), int((rows >= 90).sum())
    (18, 2)
    """
    if len(table) <= size:
        return np.arange(len(table))
    year = pd.to_datetime(table["date"]).dt.year.fillna(0).astype(int)
    strata = pd.Series(table["outlet"].fillna("").astype(str) + "\x1f" + year.astype(str))
    members = strata.reset_index(drop=True).groupby(strata.to_numpy(), sort=True).indices
    sizes = np.array([len(found) for found in members.values()])
    exact = size * sizes / sizes.sum()
    wanted = np.maximum(1, np.floor(exact).astype(int))
    missing = max(0, size - int(wanted.sum()))
    for position in np.argsort(-(exact - np.floor(exact)), kind="stable")[:missing]:
        wanted[position] = min(wanted[position] + 1, sizes[position])
    rng = np.random.default_rng(random_state)
    drawn = [
        rng.choice(found, n, replace=False)
        for found, n in zip(members.values(), wanted, strict=True)
    ]
    return np.sort(np.concatenate(drawn)).astype(np.intp)
