"""Groups of passages, blocks of articles, and whose production an article is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from syriatopics.errors import InputError, choices
from syriatopics.inference.resampling import Estimate, article_means, estimate
from syriatopics.inference.scores import Scores

__all__ = [
    "BLOCKS",
    "PRODUCTION",
    "blocks_of",
    "estimates_of",
    "groups_of",
    "produced",
    "with_column",
]

# So many articles without an outlet are shown each by itself; more are left out, and said.
_SHOWN_ALONE = 5
BLOCKS = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q"}
PRODUCTION = ("own", "all")
_FOREIGN = ("wire", "translated", "republished")


def with_column(
    table: pd.DataFrame, by: str | Sequence[str] | pd.Series
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the table with the grouping in it, and the names of its columns.

    Parameters
    ----------
    table : DataFrame
        A row per passage.
    by : str, list of str or Series
        Columns of the table, or one value per passage (periods, events, voices).
    """
    if isinstance(by, pd.Series):
        if len(by) != len(table):
            raise InputError(
                f"{len(by)} groups for {len(table)} passages: there must be one for each."
            )
        name = str(by.name or "group")
        return table.assign(**{name: by.to_numpy()}), (name,)
    return table, (by,) if isinstance(by, str) else tuple(by)


def groups_of(table: pd.DataFrame, columns: Sequence[str]) -> tuple[pd.DataFrame, list[str]]:
    """Return the grouping columns; an article without an outlet stands by itself.

    Returns
    -------
    groups : DataFrame
        The columns, with NaN where a passage belongs to no group.
    notes : list of str
    """
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise InputError(
            f"No column {missing[0]!r} to group by. Columns: {choices(table.columns)}."
        )
    groups = table[list(columns)].reset_index(drop=True).astype(object)
    notes = []
    if "outlet" in columns:
        nameless = groups["outlet"].isna().to_numpy()
        articles = sorted(set(table["article_id"][nameless]))
        if 0 < len(articles) <= _SHOWN_ALONE:
            ids = table["article_id"].reset_index(drop=True)
            groups.loc[nameless, "outlet"] = ids[nameless] + " (no outlet)"
            notes.append("Articles without an outlet are shown by themselves, never as a group.")
        elif articles:
            notes.append(f"{len(articles):,} articles without an outlet are left out.")
    for name in columns:
        without = groups[name].isna().to_numpy()
        lost = int(table["n_passages"][without].sum() if "n_passages" in table else without.sum())
        if lost and name != "outlet":
            notes.append(f"{lost:,} passages without {name} are left out.")
    return groups, notes


def blocks_of(table: pd.DataFrame, block: str | pd.Series = "article") -> np.ndarray[Any, Any]:
    """Return for each passage the block that its article is taken in.

    Parameters
    ----------
    table : DataFrame
        A row per passage, with ``article_id`` and ``date``.
    block : {"article", "day", "week", "month", "quarter"} or Series
        A Series gives the block of each article by its id (stories). An article without a
        date, or without a story, is a block of its own.

    Returns
    -------
    ndarray of str, shape (n_passages,)

    Raises
    ------
    InputError
        If the block is not known.
    """
    own = table["article_id"].astype(str)
    if isinstance(block, pd.Series):
        found = table["article_id"].map(block)
    elif block == "article":
        return np.asarray(own)
    elif block in BLOCKS:
        when = table["date"].dt.to_period(BLOCKS[block])
        found = when.astype(str).where(when.notna())
    else:
        raise InputError(
            f"Block {block!r} is not known. Blocks: {choices(['article', *BLOCKS])}, or a Series "
            "by article id."
        )
    return np.asarray(found.astype(object).where(found.notna(), "article " + own).astype(str))


def produced(table: pd.DataFrame, production: str) -> tuple[np.ndarray[Any, Any], list[str]]:
    """Say which passages stand for the outlet's own production, or for all of it.

    Parameters
    ----------
    table : DataFrame
        A row per passage; without a column ``production`` every article stands.
    production : {"own", "all"}
        "own" leaves out wire copy, translations and republished articles. An article of
        which nobody says who made it stays, and is counted in the notes.
    """
    if production not in PRODUCTION:
        raise InputError(f"Production {production!r} is not known. Choices: {choices(PRODUCTION)}.")
    everyone = np.ones(len(table), dtype=bool)
    if production == "all" or "production" not in table:
        return everyone, []
    made = table["production"].fillna("unknown")
    articles = table["article_id"]
    foreign = made.isin(_FOREIGN).to_numpy()
    notes = []
    if foreign.any():
        counts = made[foreign].groupby(articles[foreign]).first().value_counts().sort_index()
        said = ", ".join(f"{n:,} {name}" for name, n in counts.items())
        notes.append(f"Own production: left out are {said} articles.")
    unknown = articles[(made == "unknown").to_numpy()].nunique()
    if unknown:
        notes.append(f"{unknown:,} articles of unknown production are taken as the outlet's own.")
    return ~foreign, notes


def estimates_of(
    scores: Scores,
    groups: pd.DataFrame,
    block: np.ndarray[Any, Any],
    labels: Sequence[str] | None = None,
) -> Iterator[tuple[tuple[Any, ...], Estimate, np.ndarray[Any, Any], int]]:
    """Yield for each group its values, its estimate, its articles and its number of passages.

    Parameters
    ----------
    scores : Scores
    groups : DataFrame
        As :func:`groups_of` gives them, with NaN where a row is left out.
    block : ndarray of str
        As :func:`blocks_of` gives them.
    labels : sequence of str, optional
        The themes to estimate; by default all.
    """
    weights, sizes = scores.weights(), scores.sizes()
    if labels is not None:
        weights = weights[:, [list(scores.table.columns).index(label) for label in labels]]
    article = scores.passages.table["article_id"].to_numpy()
    columns = list(groups.columns)
    for values, index in groups.groupby(columns, sort=True, observed=True).indices.items():
        means, articles = article_means(weights[index], article[index], sizes[index])
        first = dict(zip(article[index][::-1], block[index][::-1], strict=True))
        blocks = np.array([first[name] for name in articles], dtype=object)
        scored = int(sizes[index][~np.isnan(weights[index]).any(axis=1)].sum())
        key = values if isinstance(values, tuple) else (values,)
        yield key, estimate(means, block=blocks), articles, scored
