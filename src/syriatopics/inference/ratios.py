"""Ratios: the share of some mentions, or words, among all, where articles hold unequally many."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from syriatopics.inference.resampling import Estimate, estimate

__all__ = ["ratio"]


def ratio(
    counts: pd.DataFrame, label: str, kinds: Sequence[str], *, weight: str | None = None
) -> Estimate:
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
    Estimate
        A column per kind; the block of articles is the unit of uncertainty.

    Examples
    --------
    >>> rows = pd.DataFrame({"article_id": ["a", "a", "b"], "block": ["a", "a", "b"],
    ...                      "label": ["regime", "state", "regime"]})
    >>> ratio(rows, "label", ["regime", "state"]).mean.round(2)
    array([0.67, 0.33])
    """
    names, first, index = np.unique(
        counts["article_id"].to_numpy(dtype=str), return_index=True, return_inverse=True
    )
    amount = np.ones(len(counts)) if weight is None else counts[weight].to_numpy(dtype=float)
    sums = np.zeros((len(names), len(kinds)))
    place = pd.Index(kinds).get_indexer(counts[label])
    known = place >= 0
    np.add.at(sums, (index[known], place[known]), amount[known])
    sizes = np.bincount(index, weights=amount, minlength=len(names)).astype(float)
    return estimate(sums, sizes, block=counts["block"].to_numpy(dtype=str)[first])
