"""Ratios: the share of some mentions, or words, among all, where articles hold unequally many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from syriatopics.inference.intervals import interval
from syriatopics.inference.prevalence import cell_note
from syriatopics.inference.resampling import Estimate, estimate

__all__ = ["ratio", "ratio_rows"]


def ratio(
    counts: pd.DataFrame, label: str, kinds: Sequence[str], *, weight: str | None = None
) -> tuple[Estimate, int]:
    """Estimate the share of each kind among what is counted.

    Parameters
    ----------
    counts : DataFrame
        A row per mention (or quotation), with ``article_id, block``, the column `label`, and
        the column `weight` if there is one.
    label : str
        The column that says of which kind a row is.
    kinds : sequence of str
        The kinds, in the order of the result.
    weight : str, optional
        What a row counts (its words); by default 1.

    Returns
    -------
    found : Estimate
        A column per kind; the block of articles is the unit of uncertainty.
    n_articles : int

    Examples
    --------
    >>> rows = pd.DataFrame({"article_id": ["a", "a", "b"], "block": ["a", "a", "b"],
    ...                      "label": ["regime", "state", "regime"]})
    >>> ratio(rows, "label", ["regime", "state"])[0].mean.round(2)
    array([0.67, 0.33])
    """
    blocks, index = np.unique(counts["block"].to_numpy(dtype=str), return_inverse=True)
    amount = np.ones(len(counts)) if weight is None else counts[weight].to_numpy(dtype=float)
    sums = np.zeros((len(blocks), len(kinds)))
    place = pd.Index(kinds).get_indexer(counts[label])
    known = place >= 0
    np.add.at(sums, (index[known], place[known]), amount[known])
    sizes = np.bincount(index, weights=amount, minlength=len(blocks)).astype(float)
    return estimate(sums, sizes, block=blocks), counts["article_id"].nunique()


def ratio_rows(found: Estimate, n_articles: int, level: float = 0.95) -> list[dict[str, Any]]:
    """Return ``share, low, high, n_articles, note`` for each column of an estimate."""
    note = cell_note(n_articles, len(found.sizes))
    low = high = np.full(found.mean.shape, np.nan)
    if not note:
        low, high = interval(found, "score", level)
    return [
        {"share": share, "low": lower, "high": upper, "n_articles": n_articles, "note": note}
        for share, lower, upper in zip(found.mean, low, high, strict=True)
    ]
