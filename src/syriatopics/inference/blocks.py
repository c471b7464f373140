"""Blocks: which articles stand and fall together, and how much less a share is sure for it.

News comes in stories and bursts. Ten articles on one siege are not ten draws of what an outlet
writes about: an interval that takes them for ten is far too narrow as soon as periods are
compared. What is taken as independent is one choice per result, made here for every function.

References
----------
Cameron & Miller (2015), A practitioner's guide to cluster-robust inference, Journal of Human
Resources 50(2). Korn & Graubard (1998), Confidence intervals for proportions with small expected
number of positive counts estimated from survey data, Survey Methodology 24(2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from syriatopics.errors import InputError, choices
from syriatopics.inference.lasting import named
from syriatopics.inference.likeness import Choice, choose
from syriatopics.inference.nearness import STRETCH, Nearness, nearness
from syriatopics.inference.periods import NOWHERE, days_of, period_numbers
from syriatopics.inference.pooling import Spread, chains_of, spread_of
from syriatopics.inference.resampling import Array, Codes

__all__ = ["UNITS", "BlockChoice", "Blocks", "Measured", "blocks_of"]

BlockChoice: TypeAlias = "str | Mapping[str, Any] | pd.Series[Any]"

UNITS = ("auto", "article", "day", "week", "month", "story")
_PERIOD = {"day": "D", "week": "W", "month": "M"}
# From this share of 5-grams of words on, two articles are near copies, and tell one story.
_COPIES = 0.5


@dataclass(frozen=True, eq=False)
class Blocks:
    """What is taken as independent.

    Attributes
    ----------
    unit : str
        One of :data:`UNITS` but "auto"; or "named", or the name of a column.
    codes : ndarray of str, shape (n,)
        The block of each passage.
    notes : tuple of str
        What was taken, and why.
    near : Nearness, optional
        Where groups are periods: how alike articles of nearby days are, over the ends of blocks.
    days : ndarray of int, shape (n,), optional
        The day of each passage, where `near` is known.
    """

    unit: str
    codes: np.ndarray[Any, Any]
    notes: tuple[str, ...] = ()
    near: Nearness | None = None
    days: Codes | None = None

    def spread(self, rows: Codes, weights: Array | None = None) -> Spread | None:
        """Return what nearness does to a share of articles, given by a row of each."""
        if self.near is None or self.days is None or not len(rows):
            return None
        return spread_of(self.near, self.days[rows], self.codes[rows], weights)


@dataclass(frozen=True, eq=False)
class Measured:
    """What is compared: "auto" looks in it for how alike articles are.

    Attributes
    ----------
    values : ndarray, shape (n, k)
        A row per passage: what is averaged within an article, or counted in it.
    sizes : ndarray, shape (n,)
        What it is a share of: passages, or words.
    groups : DataFrame or ndarray, n rows
        The group of each passage; NaN where it is in none.
    counted : bool
        Whether every passage (word) counts alike, or every article.
    """

    values: Any
    sizes: Array
    groups: Any
    counted: bool = False


def blocks_of(
    table: pd.DataFrame, blocks: BlockChoice | Blocks = "auto", measured: Measured | None = None
) -> Blocks:
    """Return for each passage the block that its article is taken in.

    Parameters
    ----------
    table : DataFrame
        A row per passage, with ``article_id`` and ``date``.
    blocks : {"auto", "article", "day", "week", "month", "story"}, a column, or Series
        "auto" asks the corpus: articles, where those of one day, week, month (or story, if
        there is such a column) are no more alike than others; else the smallest of these
        beyond which there is no more likeness. "story" is a column of that name, else
        articles that are near copies are one. A Series or mapping gives the block of each
        article by its id. An article without a date, or without a story, stands alone.
    measured : Measured, optional
        Without it "auto" takes weeks.

    Raises
    ------
    InputError
        If the choice is not known.
    """
    if isinstance(blocks, Blocks):
        return blocks
    table = table.reset_index(drop=True)
    if not isinstance(blocks, str):
        return Blocks("named", _alone(table, table["article_id"].map(blocks)), _said("named"))
    if blocks == "article":
        return Blocks("article", table["article_id"].astype(str).to_numpy(), _said("article"))
    if blocks in _PERIOD:
        return Blocks(blocks, _by_day(table, blocks), _said(blocks))
    if blocks == "story":
        return Blocks("story", _stories(table), _said("story"))
    if blocks == "auto":
        return _auto(table, measured)
    if blocks in table:
        return Blocks(blocks, _alone(table, table[blocks]), _said(f"the column {blocks}"))
    raise InputError(
        f"Blocks {blocks!r} are not known. Blocks: {choices(UNITS)}, a column of the passages, or "
        "a Series by article id."
    )


def _said(unit: str) -> tuple[str, ...]:
    if unit == "article":
        return ("Blocks: articles, as asked; news that comes in bursts is not allowed for.",)
    return (f"Blocks: {unit}, as asked.",)


def _alone(table: pd.DataFrame, named: pd.Series) -> np.ndarray[Any, Any]:
    """Return names of blocks; what has none is a block of its own."""
    own = "article " + table["article_id"].astype(str)
    return np.asarray(named.astype(object).where(named.notna(), own).astype(str))


def _by_day(table: pd.DataFrame, unit: str) -> np.ndarray[Any, Any]:
    day = days_of(table)
    known = day != NOWHERE
    number = np.full(len(table), -1, dtype=np.int64)
    number[known] = period_numbers(day[known], _PERIOD[unit])
    return _alone(table, pd.Series(named(unit, number)).where(known))


def _stories(table: pd.DataFrame) -> np.ndarray[Any, Any]:
    """Return the column "story"; without one, near copies are found in the texts."""
    if "story" in table:
        return _alone(table, table["story"])
    if "text" not in table:
        raise InputError(
            'blocks="story" needs a column "story", or texts in memory: give the clusters of the corpus, '
            "blocks=corpus.reprints().table.set_index('article_id')['cluster']."
        )
    from syriatopics.corpus.reprints.grams import shared_grams
    from syriatopics.corpus.reprints.pairs import find_pairs
    from syriatopics.corpus.reprints.stars import stars

    texts = table.groupby("article_id", sort=True)["text"].agg("\n".join)
    grams = shared_grams(texts.tolist())
    middle = stars(find_pairs(grams, _COPIES), grams.first)
    return np.asarray(table["article_id"].map(dict(zip(texts.index, middle, strict=True))), str)


def _auto(table: pd.DataFrame, measured: Measured | None) -> Blocks:
    dated = days_of(table) != NOWHERE
    if measured is None or (not dated.any() and "story" not in table):
        unit = "week" if dated.any() else "article"
        why = "" if dated.any() else ": no article has a date that would tell which are near"
        codes = blocks_of(table, unit).codes
        return Blocks(unit, codes, (f"Blocks (auto): {unit}{why}.",))
    row, values, sizes, cells = _by_article(table, measured)
    if not len(row):
        return Blocks("article", blocks_of(table, "article").codes, ("Blocks (auto): no article.",))
    day = days_of(table)
    line = chains_of(_frame(measured.groups).iloc[row], day[row])
    levels = {"article": np.arange(len(row))}
    if "story" in table:
        levels["story"] = pd.factorize(_stories(table)[row])[0]
    for unit in _PERIOD:
        if line is None or unit != "month":
            levels[unit] = pd.factorize(_by_day(table, unit)[row])[0]
    if line is None or measured.counted:
        found = choose(values, sizes, cells, levels)
        return Blocks(found.unit, blocks_of(table, found.unit).codes, (_why(found),))
    # Weeks are no more than a few in a month: what is alike is looked for over quarters.
    quarter = (day[row] - day[row].min()) // STRETCH
    found = choose(values, sizes, line * (quarter.max() + 1) + quarter, levels)
    if found.unit not in _PERIOD:
        return Blocks(found.unit, blocks_of(table, found.unit).codes, (_why(found),))
    per_cell = pd.Series(levels["week"]).groupby(cells).nunique().median()
    unit = found.unit if per_cell > 1 else "day"
    said = _why(found)[:-1] + ", also over the ends of weeks: by the days between them."
    return Blocks(
        unit, blocks_of(table, unit).codes, (said,), nearness(values, day[row], line), day
    )


def _frame(groups: Any) -> pd.DataFrame:
    return pd.DataFrame(groups).reset_index(drop=True)


def _by_article(table: pd.DataFrame, measured: Measured) -> tuple[Codes, Array, Array, Codes]:
    """Return the first row of each article in each group, and what is measured of it."""
    groups = _frame(measured.groups)
    used = groups.notna().all(axis=1).to_numpy()
    if not hasattr(measured.values, "tocsr"):
        used = used & ~np.isnan(measured.values).any(axis=1)
    cell = groups[used].groupby(list(groups.columns), sort=False).ngroup().to_numpy()
    key = pd.factorize(
        table["article_id"][used].astype(str)
        + "\x1f"
        + pd.Series(cell.astype(str), table.index[used])
    )[0]
    n = int(key.max()) + 1 if len(key) else 0
    _, first = np.unique(key, return_index=True)
    row = np.asarray(np.flatnonzero(used)[first], dtype=np.int64)
    cells = np.asarray(cell[first], dtype=np.int64)
    sizes: Array = np.bincount(key, measured.sizes[used], n).astype(float)
    sums = _sums(measured.values[np.flatnonzero(used)], key, n)
    if measured.counted:
        return row, sums, sizes, cells
    return row, sums / sizes[:, None], np.ones(n), cells


def _sums(values: Any, key: Codes, n: int) -> Array:
    if hasattr(values, "tocsr"):
        from scipy import sparse

        heavy = np.argsort(-np.asarray(values.sum(axis=0)).ravel(), kind="stable")[:200]
        gather = sparse.csr_matrix((np.ones(len(key)), (key, np.arange(len(key)))), (n, len(key)))
        found: Array = np.asarray((gather @ values.tocsc()[:, heavy]).todense(), dtype=float)
        return found
    sums = np.zeros((n, values.shape[1]))
    np.add.at(sums, key, values)
    return sums


def _why(found: Choice) -> str:
    looked = ", ".join(f"{unit} {ratio:.2f}" for unit, ratio in found.ratio.items())
    told = (
        f" (mean squares over those of the next smaller block: {looked}; 1 where articles are no "
        "more alike)" if looked else ""
    )  # fmt: skip
    if found.unit == "article":
        said = "Blocks (auto): articles, since those of near days are no more alike than others"
    elif found.unit in found.untold:
        said = "Blocks (auto): week, since articles of one day are alike"
    else:
        said = f"Blocks (auto): {found.unit}, since articles of one {found.unit} are alike"
    if not looked:
        said = "Blocks (auto): articles"
    few = f"; too few blocks to tell of {' and '.join(found.untold)}" if found.untold else ""
    return f"{said}{told}{few}."
