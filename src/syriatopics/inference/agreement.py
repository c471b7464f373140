"""Agreement: do two coders, or a coder and a machine, say the same?"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from syriatopics.errors import InputError
from syriatopics.inference.resampling import Array, draws

__all__ = ["ASSESSABLE", "Accuracy", "accuracy", "krippendorff_alpha", "per_label"]

# With fewer positives an F1 says little: its interval is some .4 wide.
ASSESSABLE = 30


def krippendorff_alpha(codes: Array) -> float:
    """Return Krippendorff's α for nominal codes [1]_.

    Parameters
    ----------
    codes : ndarray, shape (n_units, n_coders)
        One column per coder; NaN where a coder left a unit out.

    Returns
    -------
    float
        1 for full agreement, 0 for what chance would give; NaN where all codes are equal,
        or no unit was coded twice.

    References
    ----------
    .. [1] Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability.

    Examples
    --------
    >>> krippendorff_alpha(np.array([[1, 1], [0, 0], [1, 1], [0, 0]]))
    1.0
    """
    codes = np.asarray(codes, dtype=float)
    if codes.ndim != 2:
        raise InputError(f"Codes have {codes.ndim} dimensions: two are needed, units and coders.")
    values = np.unique(codes[~np.isnan(codes)])
    counts = np.stack([(codes == value).sum(axis=1) for value in values], axis=1).astype(float)
    coded = counts.sum(axis=1)
    counts, coded = counts[coded > 1], coded[coded > 1]
    total = coded.sum()
    if not total:
        return float("nan")
    share = counts.sum(axis=0)
    expected = total**2 - (share**2).sum()
    if not expected:
        return float("nan")
    observed = ((coded**2 - (counts**2).sum(axis=1)) / (coded - 1)).sum()
    return float(1 - (total - 1) * observed / expected)


class Accuracy(NamedTuple):
    """How well predictions meet codes: precision, recall and F1, which has an interval."""

    precision: float
    recall: float
    f1: float
    low: float
    high: float


def accuracy(
    predicted: np.ndarray[Any, Any],
    coded: np.ndarray[Any, Any],
    weights: Array | None = None,
    *,
    level: float = 0.95,
    n_resamples: int = 2000,
    random_state: int = 0,
) -> Accuracy:
    """Return precision, recall and F1 of one label, with a bootstrap interval of F1 over units.

    Parameters
    ----------
    predicted, coded : ndarray of bool, shape (n_units,)
    weights : ndarray, shape (n_units,), optional
        Of a sample that was drawn with unequal chances.

    Examples
    --------
    >>> accuracy(np.array([True, True]), np.array([True, False])).f1
    0.6666666666666666
    """
    weight = np.ones(len(coded)) if weights is None else weights
    hit = weight * (predicted & coded)
    table = np.stack([hit, weight * predicted, weight * coded], axis=1).astype(float)
    both, said, meant = table.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        precision, recall, f1 = (
            float(np.divide(both, said)),
            float(np.divide(both, meant)),
            float(np.divide(2 * both, said + meant)),
        )
        sums = np.concatenate([w @ table for w in draws(len(coded), n_resamples, random_state)])
        again = 2 * sums[:, 0] / (sums[:, 1] + sums[:, 2])
    if np.isnan(again).all():
        return Accuracy(precision, recall, f1, np.nan, np.nan)
    low, high = np.nanquantile(again, [(1 - level) / 2, (1 + level) / 2])
    return Accuracy(precision, recall, f1, float(low), float(high))


def per_label(
    predicted: pd.DataFrame,
    coded: pd.DataFrame,
    weights: Array | None = None,
    *,
    random_state: int = 0,
) -> pd.DataFrame:
    """Compare predictions with codes, label by label.

    Parameters
    ----------
    predicted, coded : DataFrame of bool, units × labels

    Returns
    -------
    DataFrame
        ``label, positives, precision, recall, f1, low, high, alpha, note``; a label with
        fewer than 30 positives is "not assessable".
    """
    rows = []
    for label in coded.columns:
        p, c = predicted[label].to_numpy(bool), coded[label].to_numpy(bool)
        found = accuracy(p, c, weights, random_state=random_state)
        positives = int(c.sum())
        note = "" if positives >= ASSESSABLE else f"not assessable below {ASSESSABLE} positives"
        alpha = krippendorff_alpha(np.stack([p, c], axis=1))
        rows.append(
            {"label": label, "positives": positives}
            | found._asdict()
            | {"alpha": alpha, "note": note}
        )
    return pd.DataFrame(rows)
