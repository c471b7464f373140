"""Agreement: do two coders, or a coder and a machine, say the same?"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from syriatopics.errors import InputError
from syriatopics.inference.floors import MIN_HOLDING
from syriatopics.inference.resampling import Array, draws

__all__ = [
    "ASSESSABLE",
    "AlphaInterval",
    "alpha_interval",
    "alpha_of",
    "alpha_sums",
    "f1_drawn",
    "gwet_ac1",
    "krippendorff_alpha",
    "limits_of",
    "per_label",
]

# With fewer positives an F1 says little: its interval is some .4 wide.
ASSESSABLE = 30
# Degrees of freedom of α are not taken to be fewer: its interval would say nothing at all.
_LEAST = 3.0
_SAMPLES = 2000


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
    return float(alpha_of(alpha_sums(codes).sum(axis=0)[None])[0])


def alpha_sums(codes: Array) -> Array:
    """Return what each unit adds to Krippendorff's α, so that units can be summed and resampled.

    Parameters
    ----------
    codes : ndarray, shape (n_units, n_coders)
        One column per coder; NaN where a coder left a unit out.

    Returns
    -------
    ndarray, shape (n_units, 1 + n_values)
        The disagreement inside the unit, and how often each value was given in it; all 0
        where a unit was coded once or never.
    """
    codes = np.asarray(codes, dtype=float)
    if codes.ndim != 2:
        raise InputError(f"Codes have {codes.ndim} dimensions: two are needed, units and coders.")
    values = np.unique(codes[~np.isnan(codes)])
    counts = np.zeros((len(codes), len(values)))
    for k, value in enumerate(values):
        counts[:, k] = (codes == value).sum(axis=1)
    coded = counts.sum(axis=1)
    paired = coded > 1
    apart = (coded**2 - (counts**2).sum(axis=1)) / np.where(paired, coded - 1, 1)
    return np.where(paired[:, None], np.column_stack([apart, counts]), 0.0)


def alpha_of(sums: Array) -> Array:
    """Return Krippendorff's α from sums over units, a row for each set of units.

    Parameters
    ----------
    sums : ndarray, shape (n, 1 + n_values)
        Of rows that :func:`alpha_sums` gives.

    Returns
    -------
    ndarray, shape (n,)
        NaN where all codes are equal, or no unit was coded twice.
    """
    observed, given = sums[:, 0], sums[:, 1:]
    total = given.sum(axis=1)
    expected = total**2 - (given**2).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = 1 - (total - 1) * observed / expected
    return np.asarray(np.where(expected > 0, found, np.nan))


def gwet_ac1(codes: Array) -> float:
    """Return Gwet's AC1, the agreement of coders beyond chance where codes may be rare [1]_.

    Krippendorff's α takes chance from how often each code is given: where a theme is rare,
    almost all agreement is then chance, and α is low though coders hardly ever differ. AC1
    takes chance from the passages that are hard, and is to be read beside α, not in its place.

    Parameters
    ----------
    codes : ndarray, shape (n_units, n_coders)
        One column per coder; NaN where a coder left a unit out.

    Returns
    -------
    float
        NaN where no unit was coded twice, or one code alone was given.

    References
    ----------
    .. [1] Gwet, K. (2008). Computing inter-rater reliability and its variance in the presence
       of high agreement. British Journal of Mathematical and Statistical Psychology 61.

    Examples
    --------
    >>> codes = np.array([[0, 0]] * 118 + [[1, 0]] * 5 + [[0, 1]] * 2 + [[1, 1]])
    >>> round(gwet_ac1(codes), 2), round(krippendorff_alpha(codes), 2)
    (0.94, 0.2)
    """
    sums = alpha_sums(codes)
    counts = sums[:, 1:]
    coded = counts.sum(axis=1)
    paired = coded > 1
    k = counts.shape[1]
    if not paired.any() or k < 2:
        return float("nan")
    # Inside a unit, disagreement is counted over all pairs of coders.
    agreed = 1 - (sums[paired, 0] / coded[paired]).mean()
    given = (counts[paired] / coded[paired, None]).mean(axis=0)
    chance = float((given * (1 - given)).sum() / (k - 1))
    return float((agreed - chance) / (1 - chance))


class AlphaInterval(NamedTuple):
    """Krippendorff's α with its interval."""

    alpha: float
    low: float
    high: float


def alpha_interval(
    codes: Array, article: np.ndarray[Any, Any], *, level: float = 0.95
) -> AlphaInterval:
    """Return Krippendorff's α with an interval from leaving out each article in turn.

    Units of one article are left out together: a coder who misreads an article misreads all of
    it. The jackknife is made on the logarithm of disagreement over chance, with half a
    disagreement of two coders added, and Student's t with as many degrees of freedom as
    articles in effect tell something: where a theme is rare these are few, and resampling [1]_
    would hold .88 for .95.

    Parameters
    ----------
    codes : ndarray, shape (n_units, n_coders)
    article : ndarray, shape (n_units,)
    level : float

    Returns
    -------
    AlphaInterval
        Without an interval where fewer than five articles hold anything but the commonest code:
        with two or three, limits that reach from -1 to 1 would still hold .88 for .95.

    References
    ----------
    .. [1] Zapf, A. et al. (2016). Measuring inter-rater reliability for nominal data: which
       coefficients and confidence intervals are appropriate? BMC Medical Research
       Methodology 16.

    Examples
    --------
    >>> codes = np.tile([[1, 1], [0, 0], [1, 0], [0, 0]], (10, 1))
    >>> found = alpha_interval(codes, np.arange(40))
    >>> found.low < found.alpha < found.high
    True
    """
    sums = alpha_sums(codes)
    paired = sums[:, 1:].sum(axis=1) > 0
    whole = sums.sum(axis=0)
    alpha = float(alpha_of(whole[None])[0])
    names, index = np.unique(article[paired], return_inverse=True)
    none = AlphaInterval(alpha, float("nan"), float("nan"))
    if len(names) < 2 or np.isnan(alpha):
        return none
    of_article = np.zeros((len(names), sums.shape[1]))
    np.add.at(of_article, index, sums[paired])
    rarer = np.delete(of_article, [0, 1 + int(whole[1:].argmax())], axis=1)
    if (rarer.sum(axis=1) > 0).sum() < MIN_HOLDING:
        return none
    added = np.zeros(sums.shape[1])
    added[0] = 1.0
    here = float(alpha_of((whole + added)[None])[0])
    without = alpha_of(whole + added - of_article)
    without = without[~np.isnan(without)]
    if len(without) < 2:
        return none
    away = np.log(1 - without)
    away = (away - away.mean()) ** 2
    n = len(away)
    # With no disagreement at all its scatter is that of the one that was added.
    spread = (n - 1) / n * away.sum() + (whole[0] == 0)
    in_effect = away.sum() ** 2 / max((away**2).sum(), 1e-300)
    reach = stats.t.ppf((1 + level) / 2, max(in_effect - 1, _LEAST)) * np.sqrt(spread)
    low, high = (1 - (1 - here) * np.exp(sign * reach) for sign in (1, -1))
    high = 1.0 if whole[0] == 0 else max(high, alpha)
    return AlphaInterval(alpha, float(max(low, -1.0)), float(high))


def f1_drawn(
    said: Array, meant: Array, unit: np.ndarray[Any, Any], n_resamples: int, random_state: int
) -> tuple[Array, Array]:
    """Return F1 of each column, and that of samples in which whole units are drawn.

    Parameters
    ----------
    said, meant : ndarray, shape (n, k)
        1 (or the weight of the row) where a label was given, else 0.
    unit : ndarray, shape (n,)
        What is drawn: rows by themselves, or their articles.
    n_resamples, random_state : int

    Returns
    -------
    f1 : ndarray, shape (k,)
        NaN where nobody gave the label.
    drawn : ndarray, shape (n_resamples, k)
    """
    k = said.shape[1]
    names, index = np.unique(unit, return_inverse=True)
    sums = np.zeros((len(names), 2 * k))
    np.add.at(sums, index, np.column_stack([np.minimum(said, meant), said + meant]))
    again = np.concatenate([w @ sums for w in draws(len(sums), n_resamples, random_state)])
    with np.errstate(invalid="ignore", divide="ignore"):
        found, drawn = (2 * s[:, :k] / s[:, k:] for s in (sums.sum(axis=0, keepdims=True), again))
    return found[0], drawn


def limits_of(drawn: Array, level: float) -> tuple[float, float]:
    """Return the quantiles between which so many of the samples lie; NaN where none tells."""
    if np.isnan(drawn).all():
        return np.nan, np.nan
    low, high = np.nanquantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


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
    weights : ndarray, shape (n_units,), optional
        Of a sample that was drawn with unequal chances.

    Returns
    -------
    DataFrame
        ``label, positives, precision, recall, f1, low, high, alpha, note``; a label with
        fewer than 30 positives is "not assessable".
    """
    weight = np.ones(len(coded)) if weights is None else weights
    said, meant = (
        part.to_numpy(float) * weight[:, None] for part in (predicted[coded.columns], coded)
    )
    f1, drawn = f1_drawn(said, meant, np.arange(len(coded)), _SAMPLES, random_state)
    rows = []
    for k, label in enumerate(coded.columns):
        p, c = predicted[label].to_numpy(bool), coded[label].to_numpy(bool)
        positives, both = int(c.sum()), np.minimum(said[:, k], meant[:, k]).sum()
        with np.errstate(invalid="ignore", divide="ignore"):
            precision, recall = (float(both / part[:, k].sum()) for part in (said, meant))
        low, high = limits_of(drawn[:, k], 0.95)
        note = "" if positives >= ASSESSABLE else f"not assessable below {ASSESSABLE} positives"
        rows.append(
            {"label": label, "positives": positives, "precision": precision, "recall": recall}
            | {"f1": float(f1[k]), "low": low, "high": high}
            | {"alpha": krippendorff_alpha(np.stack([p, c], axis=1)), "note": note}
        )
    return pd.DataFrame(rows)
