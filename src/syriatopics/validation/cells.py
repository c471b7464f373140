"""Cells of corrected shares: one group each, with what the method says and what is left of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from syriatopics.inference.blocks import Blocks
from syriatopics.inference.differences import difference as naive_difference
from syriatopics.inference.floors import MIN_ARTICLES
from syriatopics.inference.groups import first_rows, name_of, note_of
from syriatopics.inference.intervals import interval
from syriatopics.inference.pooling import together
from syriatopics.inference.resampling import Array, Estimate, article_means, estimate
from syriatopics.validation.rectify import Rectified, difference, rectified_interval, rectify

__all__ = ["MIN_CODED", "MIN_POINT", "Cell", "cells_of", "compared", "outcomes_of", "rows_of"]

# From here on an interval is given: it holds its level below that too, and is then more than .3
# wide (see benchmarks/results/validation_correction.md). And from there on a corrected share.
MIN_CODED, MIN_POINT = 30, 10


@dataclass(frozen=True, eq=False)
class Cell:
    """One group: what the method says, and what is left of it."""

    key: tuple[Any, ...]
    naive: Estimate
    rectified: Rectified
    n_articles: int
    n_passages: int

    @property
    def note(self) -> str:
        """What the coded passages, and the articles, allow."""
        coded, articles = self.rectified.n_coded, self.rectified.n_coded_articles
        if coded < min(MIN_POINT, self.n_passages):
            return f"{coded} passages coded: too few to correct (from {MIN_POINT})"
        if cell := note_of(self.naive):
            return cell
        if coded < MIN_CODED or articles < MIN_ARTICLES:
            return (
                f"{coded} passages of {articles} articles coded: too few for an interval (from "
                f"{MIN_CODED} of {MIN_ARTICLES})"
            )
        return ""

    @property
    def corrected(self) -> Array:
        """The corrected share; NaN where too little was coded."""
        few = self.rectified.n_coded < min(MIN_POINT, self.n_passages)
        return np.full_like(self.rectified.coded, np.nan) if few else self.rectified.share


def cells_of(
    said: Array,
    codes: Array,
    chance: Array,
    table: pd.DataFrame,
    groups: pd.DataFrame,
    blocks: Blocks,
) -> tuple[Cell, ...]:
    """Return a cell for each group, in the order of their names."""
    article = table["article_id"].to_numpy()
    found, spreads = [], []
    by = list(groups.columns)
    for values, rows in groups.groupby(by, sort=True, observed=True).indices.items():
        means, articles = article_means(said[rows], article[rows])
        of_article = rows[first_rows(articles, article[rows])]
        spreads.append(blocks.spread(of_article))
        found.append(
            Cell(
                key=values if isinstance(values, tuple) else (values,),
                naive=estimate(means, block=blocks.codes[of_article]),
                rectified=rectify(
                    said[rows], codes[rows], chance[rows], article[rows], blocks.codes[rows]
                ),
                n_articles=len(articles),
                n_passages=len(rows),
            )
        )
    naive = together([cell.naive for cell in found], spreads)
    return tuple(replace(cell, naive=one) for cell, one in zip(found, naive, strict=True))


def outcomes_of(
    cells: Sequence[Cell], groups: pd.DataFrame, article: np.ndarray[Any, Any]
) -> tuple[Array, list[str]]:
    """Return for each passage what its article brings to the corrected shares, and where there is nothing.

    NaN in cells of which too few passages were coded for an interval.
    """
    values = np.full((len(groups), cells[0].rectified.outcome.shape[1]), np.nan)
    few = []
    rows_of_cell = groups.groupby(list(groups.columns), sort=True, observed=True).indices.values()
    for cell, rows in zip(cells, rows_of_cell, strict=True):
        if cell.note:
            few.append(f"{name_of(cell.key)}: {cell.note}")
            continue
        at = np.searchsorted(cell.rectified.articles, article[rows])
        values[rows] = cell.rectified.outcome[at]
    return values, few


def rows_of(
    cell: Cell, columns: Sequence[str], themes: Sequence[str], level: float, doubt: Array
) -> list[dict[str, Any]]:
    """Return the rows of a cell, one for each theme; `doubt` is how far codes may be off."""
    missing = np.full(len(themes), np.nan)
    low, high = (missing, missing) if cell.note else rectified_interval(cell.rectified, level)
    low, high = np.maximum(low - doubt, 0.0), np.minimum(high + doubt, 1.0)
    n_low, n_high = (missing, missing) if note_of(cell.naive) else interval(cell.naive, level)
    named = dict(zip(columns, cell.key, strict=True))
    counts = {
        "n_coded": cell.rectified.n_coded,
        "n_articles": cell.n_articles,
        "n_passages": cell.n_passages,
        "note": cell.note,
    }
    return [
        {**named, "theme": theme, "share": cell.corrected[k], "low": low[k], "high": high[k]}
        | {"naive": cell.naive.mean[k], "naive_low": n_low[k], "naive_high": n_high[k]}
        | {"coded": cell.rectified.coded[k], "power": cell.rectified.power[k], **counts}
        for k, theme in enumerate(themes)
    ]


def compared(
    a: str,
    first: Cell,
    b: str,
    second: Cell,
    themes: Sequence[str],
    level: float,
    doubt: Array,
) -> list[dict[str, Any]]:
    """Return the rows of a contrast of two cells, one for each theme."""
    note = next((f"{name}: {c.note}" for name, c in ((a, first), (b, second)) if c.note), "")
    missing = np.full(len(themes), np.nan)
    gap, low, high, p = first.corrected - second.corrected, missing, missing, missing
    if not note:
        gap, low, high, p = difference(first.rectified, second.rectified, level)
        # The same coders read both sides: their doubt is that of one.
        low, high = np.maximum(low - doubt, -1.0), np.minimum(high + doubt, 1.0)
    naive = naive_difference(first.naive, second.naive, level)
    few = note_of(first.naive) or note_of(second.naive) or naive.note
    n_low, n_high = (missing, missing) if few else (naive.low, naive.high)
    return [
        {"a": a, "b": b, "theme": theme, "difference": gap[k], "low": low[k], "high": high[k]}
        | {"p": p[k], "q": np.nan}
        | {"naive": naive.difference[k], "naive_low": n_low[k], "naive_high": n_high[k]}
        | {"share_a": first.corrected[k], "share_b": second.corrected[k]}
        | {"n_a": first.n_articles, "n_b": second.n_articles}
        | {"coded_a": first.rectified.n_coded, "coded_b": second.rectified.n_coded}
        | {"note": note}
        for k, theme in enumerate(themes)
    ]
