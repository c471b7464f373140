"""Caveats: what speaks against reading a comparison as one, asked for every pair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from syriatopics.inference.periods import NOWHERE, days_of, period_numbers

__all__ = ["caveats_of", "outlets_in_groups"]

_SHOWN = 3
# From here on a difference of mixes is named: so many articles would have to change their kind.
_MIXED = 0.2


def caveats_of(
    table: pd.DataFrame, groups: pd.DataFrame, pairs: Sequence[tuple[str, str]] | None = None
) -> list[str]:
    """Return what speaks against comparing groups.

    Pairs that share no week or differ in their mix, and months that hold nothing of a group.

    Parameters
    ----------
    table : DataFrame
        A row per passage.
    groups : DataFrame
        The group of each passage, with NaN where it is in none.
    pairs : sequence of (str, str), optional
        Names of groups, as in the result; by default every pair, if they are outlets: periods share
        no week by themselves.
    """
    used = groups.notna().all(axis=1).to_numpy()
    if pairs is None:
        if "outlet" not in groups.columns:
            return []
        names = groups[used].drop_duplicates().sort_values(list(groups.columns))
        pairs = list(combinations(names_of(names), 2))
    return [*_apart(table, groups, pairs), *_mixes(table, groups, pairs)]


def _times(table: pd.DataFrame, groups: pd.DataFrame, period: str) -> dict[str, set[int]]:
    """Return the weeks or months in which each group has an article."""
    day = days_of(table)
    used = groups.notna().all(axis=1).to_numpy() & (day != NOWHERE)
    number = period_numbers(day[used], period)
    names = pd.Series(names_of(groups[used]), dtype=object)
    return {name: set(number[rows]) for name, rows in names.groupby(names).indices.items()}


def name_of(key: Sequence[object]) -> str:
    """Return the name of a group of several columns."""
    return " · ".join(map(str, key))


def names_of(groups: pd.DataFrame) -> np.ndarray[Any, Any]:
    """Return the name of the group in each row."""
    return np.array([name_of(row) for row in groups.to_numpy()], dtype=object)


def _apart(
    table: pd.DataFrame, groups: pd.DataFrame, pairs: Sequence[tuple[str, str]]
) -> Iterator[str]:
    """Yield a note where two groups share no week: what differs may be the news."""
    weeks = _times(table, groups, "W")
    lost = [
        f"{a} and {b}"
        for a, b in pairs
        if weeks.get(a) and weeks.get(b) and not weeks[a] & weeks[b]
    ]
    if lost:
        yield (
            f"No week holds articles of both {_first(lost)}: what differs may be the news, and "
            "stretches of time that are alike look surer than they are."
        )
    if len(lost) < len(pairs):
        yield from _lacking(_times(table, groups, "M"), {name for pair in pairs for name in pair})


def _lacking(months: dict[str, set[int]], names: set[str]) -> Iterator[str]:
    """Yield a note where months hold articles of some of these groups, and none of others."""
    held = {name: months[name] for name in sorted(names & months.keys())}
    every = sorted(set().union(*held.values()))
    said = []
    for month in every:
        without = [name for name, own in held.items() if month not in own]
        if without:
            said.append(f"{pd.Period(ordinal=month, freq='M')} without {_first(without, ', ')}")
    if said:
        yield (
            f"{len(said):,} of {len(every):,} months lack a group: {_first(said)}: what differs may be "
            "the news of these months."
        )


def _first(said: Sequence[str], between: str = "; ") -> str:
    more = f", and {len(said) - _SHOWN:,} more" if len(said) > _SHOWN else ""
    return between.join(said[:_SHOWN]) + more


def _mixes(
    table: pd.DataFrame, groups: pd.DataFrame, pairs: Sequence[tuple[str, str]]
) -> Iterator[str]:
    """Yield a note where two groups differ in genre or production: a difference may be that of the mix."""
    used = groups.notna().all(axis=1).to_numpy() & ~table["article_id"].duplicated().to_numpy()
    names = names_of(groups[used])
    for column in ("genre", "production"):
        if column not in table:
            continue
        kind = table[column][used].fillna("unknown").astype(str).to_numpy()
        counts = pd.crosstab(names, kind)
        share = counts.div(counts.sum(axis=1), axis=0)
        away = {
            f"{a} and {b}": float((share.loc[a] - share.loc[b]).abs().sum() / 2)
            for a, b in pairs
            if a in share.index and b in share.index
        }
        unlike = [f"{name} ({part:.0%})" for name, part in away.items() if part > _MIXED]
        if unlike:
            yield (
                f"{_first(unlike)} differ in {column}, by so many articles: the difference may be that "
                "of the mix; compare within one, or standardise."
            )


def outlets_in_groups(table: pd.DataFrame, groups: pd.DataFrame) -> bool:
    """Say whether groups are made of whole outlets: types of outlets, of which some hold several."""
    if "outlet" in groups or "outlet" not in table:
        return False
    used = groups.notna().all(axis=1).to_numpy() & table["outlet"].notna().to_numpy()
    keys = groups[used].groupby(list(groups.columns), sort=False).ngroup().to_numpy()
    pairs = pd.DataFrame(
        {"group": keys, "outlet": table["outlet"].to_numpy()[used]}
    ).drop_duplicates()
    n_groups = pairs["group"].nunique()
    return bool(n_groups > 1 and pairs["outlet"].is_unique and len(pairs) > n_groups)
