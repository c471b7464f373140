"""From the scores of passages to one difference, with its interval and what chance would give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from syriatopics.inference.differences import difference
from syriatopics.inference.groups import note_of
from syriatopics.inference.pooling import together
from syriatopics.inference.resampling import Array, Codes, Estimate, estimate
from syriatopics.validation.multiverse.comparison import Bools, Comparison

__all__ = ["Scored", "by_article", "measure", "permuted_statistics"]

_HELD = 2_000_000


@dataclass(frozen=True, eq=False)
class Scored:
    """How much of the theme is in each passage of the articles compared.

    Attributes
    ----------
    weights : ndarray, shape (n_passages,)
        What is averaged into a share; NaN for a passage that could not be scored.
    assigned : ndarray of bool, shape (n_passages,)
        Whether the passage deals with the theme.
    article : ndarray of int, shape (n_passages,)
        Place of its article in the comparison; -1 for none.
    n_words : ndarray of int, shape (n_passages,)
    """

    weights: Array
    assigned: Bools
    article: Codes
    n_words: Codes


def by_article(
    scored: Scored, comparison: Comparison, production: str, denominator: str
) -> tuple[Array, Array]:
    """Return for each article what is counted, and what it is a share of (0: nothing).

    Parameters
    ----------
    scored : Scored
    comparison : Comparison
    production : {"own", "all"}
    denominator : {"article", "passage", "word", "any"}

    Returns
    -------
    values, sizes : ndarray, shape (n_articles,)
    """
    n = len(comparison.articles)
    kept = ~np.isnan(scored.weights) & (scored.article >= 0)
    article, weights = scored.article[kept], scored.weights[kept]
    count = np.bincount(article, minlength=n).astype(float)
    if denominator == "word":
        words = scored.n_words[kept].astype(float)
        values, sizes = np.bincount(article, weights * words, n), np.bincount(article, words, n)
    elif denominator == "any":
        held = np.bincount(article, scored.assigned[kept], n)
        values, sizes = (held > 0).astype(float), (count > 0).astype(float)
    elif denominator == "passage":
        values, sizes = np.bincount(article, weights, n), count
    else:
        values = np.bincount(article, weights, n) / np.maximum(count, 1)
        sizes = (count > 0).astype(float)
    counts = comparison.own if production == "own" else np.ones(n, dtype=bool)
    return np.where(counts, values, 0.0), np.where(counts, sizes, 0.0)


def measure(values: Array, sizes: Array, comparison: Comparison, level: float) -> dict[str, Any]:
    """Return the difference of two shares: ``estimate, low, high, p, share_a, share_b, n_a, n_b, note``.

    There is no interval, and the note says why, where a group has too few articles or blocks.
    """
    first, second = together(
        [
            _side(values, sizes, comparison.block, side)
            for side in (comparison.in_a, ~comparison.in_a)
        ]
    )
    gap = difference(first, second, level, lasts=comparison.lasts)
    named = ((comparison.a, first), (comparison.b, second))
    note = "; ".join(f"{name}: {said}" for name, e in named if (said := note_of(e))) or gap.note
    row: dict[str, Any] = {"estimate": float(gap.difference[0])}
    for name, value in (("low", gap.low), ("high", gap.high), ("p", gap.p)):
        row[name] = float("nan") if note else float(value[0])
    shares = {"share_a": float(first.mean[0]), "share_b": float(second.mean[0])}
    return row | shares | {"n_a": first.n, "n_b": second.n, "note": note}


def _side(values: Array, sizes: Array, block: Codes, side: Bools) -> Estimate:
    here = side & (sizes > 0)
    return estimate(values[here, None], sizes[here], block[here])


def permuted_statistics(
    values: Array, sizes: Array, block: Codes, in_a: Bools, level: float
) -> tuple[Array, Bools]:
    """Return the difference, and whether it is beyond chance, for many divisions into two groups.

    The standard error is that of the difference of two ratios, from the sums of blocks;
    blocks with articles on both sides enter with both.

    Parameters
    ----------
    values, sizes : ndarray, shape (n,)
        Of :func:`by_article`.
    block : ndarray of int, shape (n,)
    in_a : ndarray of bool, shape (n_divisions, n)
    level : float

    Returns
    -------
    difference : ndarray, shape (n_divisions,)
    beyond : ndarray of bool, shape (n_divisions,)
    """
    kept = sizes > 0
    order = np.flatnonzero(kept)[np.argsort(block[kept], kind="stable")]
    values, sizes, block = values[order], sizes[order], block[order]
    if not len(order) or not len(in_a):
        return np.full(len(in_a), np.nan), np.zeros(len(in_a), dtype=bool)
    starts = np.flatnonzero(np.r_[True, block[1:] != block[:-1]])
    n_blocks = len(starts)
    step = max(1, _HELD // len(order))
    gaps, errors = [], []
    for begin in range(0, len(in_a), step):
        side = in_a[begin : begin + step][:, order].astype(float)
        gap, pull = np.zeros(len(side)), np.zeros(side.shape)
        with np.errstate(invalid="ignore", divide="ignore"):
            for part, sign in ((side, 1.0), (1 - side, -1.0)):
                total = part @ sizes
                mean = part @ values / total
                gap += sign * mean
                pull += sign * part * (values - mean[:, None] * sizes) / total[:, None]
        sums = np.add.reduceat(pull, starts, axis=1)
        gaps.append(gap)
        errors.append(np.sqrt((sums**2).sum(axis=1) * n_blocks / max(n_blocks - 1, 1)))
    found = np.concatenate(gaps)
    critical = stats.t.ppf((1 + level) / 2, max(n_blocks - 2, 1))
    beyond = np.abs(found) > critical * np.concatenate(errors)
    return found, np.asarray(beyond)
