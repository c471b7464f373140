"""What a comparison of outlets on this corpus cannot show, found in the corpus itself."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

__all__ = ["caveats"]

_BORROWED = {"translated": "translated", "wire": "wire copy", "republished": "republished"}


def caveats(table: pd.DataFrame) -> tuple[str, ...]:
    """Return the sentences that every figure comparing outlets has to carry.

    Parameters
    ----------
    table : DataFrame
        ``Corpus.table``.

    Returns
    -------
    tuple of str
        Empty when nothing stands against reading a difference as one of outlets.
    """
    found = []
    named = table[table["outlet"].notna()]
    sizes = named["outlet"].value_counts()
    if len(sizes) and (sizes == 1).all():
        found.append("Each outlet has one article: a share describes the article, not the outlet.")
    elif (sizes == 1).any():
        single = ", ".join(sorted(sizes.index[sizes == 1]))
        found.append(
            f"One article only: {single}; its share describes the article, not the outlet."
        )
    if _no_shared_year(named):
        found.append("No two outlets share a year: outlet and time cannot be told apart.")
    borrowed = named[named["production"].isin(list(_BORROWED))]
    whole = [
        f"{outlet} ({' and '.join(sorted({_BORROWED[p] for p in rows['production']}))})"
        for outlet, rows in borrowed.groupby("outlet")
        if len(rows) == sizes[outlet]
    ]
    if whole:
        found.append(f"No text of its own: {', '.join(whole)}.")
    if len(named) < len(table) and len(table) - len(named) <= 5:
        found.append("Articles without an outlet stand by themselves.")
    return tuple(found)


def _no_shared_year(named: pd.DataFrame) -> bool:
    when = named["date_printed"].where(named["date_status"] == "printed", named["event_start"])
    years = when.dt.year.groupby(named["outlet"]).agg(lambda column: frozenset(column.dropna()))
    sets = [found for found in years if found]
    return len(sets) > 1 and all(not a & b for a, b in combinations(sets, 2))
