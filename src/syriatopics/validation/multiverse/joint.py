"""Joint inference: could so many specifications agree if the groups meant nothing?

Specifications of one corpus are no independent tests. So articles change sides, and all
specifications are looked at together, as Simonsohn, Simmons and Nelson propose.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from syriatopics.inference.resampling import Array
from syriatopics.validation.multiverse.comparison import Bools

__all__ = ["joint_test"]


def joint_test(estimates: Array, seen: Bools, permuted: Array, beyond: Bools) -> pd.DataFrame:
    """Hold three statistics of the whole curve against those of permuted groups.

    Parameters
    ----------
    estimates : ndarray, shape (n_specifications,)
    seen : ndarray of bool, shape (n_specifications,)
        Whether each is beyond chance by itself.
    permuted, beyond : ndarray, shape (n_specifications, n_permutations)
        The same under the permutations.

    Returns
    -------
    DataFrame
        ``statistic, observed, expected, p``: the median estimate, how many estimates have
        the sign that most have, and how many are beyond chance with that sign. ``expected``
        is the mean under the permutations; ``p`` counts both directions. How many share a sign
        is told and not tested: specifications of one corpus move together, so that under
        chance too most curves lie on one side (the test rejected 0 of 800 times).

    Examples
    --------
    >>> chance = np.random.default_rng(0).normal(size=(4, 99))
    >>> joint_test(np.full(4, 5.0), np.full(4, True), chance, np.abs(chance) > 2)["p"].tolist()
    [0.01, nan, 0.01]
    """
    usable = ~np.isnan(permuted).any(axis=0) if permuted.size else np.zeros(0, dtype=bool)
    observed = _statistics(estimates[:, None], seen[:, None])
    columns = ["statistic", "observed", "expected", "p"]
    names = ("median", "same_sign", "beyond_chance")
    if not len(estimates) or not usable.any():
        rows: list[tuple[Any, ...]] = [
            (name, value[0] if len(estimates) else np.nan, np.nan, np.nan)
            for name, value in zip(names, observed, strict=True)
        ]
        return pd.DataFrame(rows, columns=columns)
    chance = _statistics(permuted[:, usable], beyond[:, usable])
    rows = []
    for name, found, drawn in zip(names, observed, chance, strict=True):
        # As large as that, up to rounding: a permutation may give the very division observed.
        larger = (np.abs(drawn) >= np.abs(found[0]) - 1e-12).sum()
        p = np.nan if name == "same_sign" else (1 + larger) / (1 + usable.sum())
        rows.append((name, found[0], drawn.mean(), p))
    return pd.DataFrame(rows, columns=columns)


def _statistics(estimates: Array, beyond: Bools) -> tuple[Array, Array, Array]:
    """Return the three statistics, each of shape (n_permutations,)."""
    if not len(estimates):
        nothing = np.full(estimates.shape[1], np.nan)
        return nothing, nothing, nothing
    positive, negative = (estimates > 0).sum(axis=0), (estimates < 0).sum(axis=0)
    ahead, behind = (beyond & (estimates > 0)).sum(axis=0), (beyond & (estimates < 0)).sum(axis=0)
    with_sign = np.where(positive >= negative, ahead, behind)
    return np.median(estimates, axis=0), np.maximum(positive, negative), with_sign
