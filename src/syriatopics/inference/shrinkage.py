"""Shrinkage: shares of small outlets drawn to those of all outlets, as far as outlets are alike.

Ten articles say little of their outlet; that eleven other outlets lie between a tenth and a fifth
says something. Each share counts as that of so many independent articles as would be as sure (the
one estimator tells), and outlets as draws from one distribution, whose middle and width are not
known: both are integrated out, so that limits allow for a width that few outlets leave unsure.

References
----------
Morris, C. (1983). Parametric empirical Bayes inference: theory and applications. JASA 78.
Morris, C. & Lysy, M. (2012). Shrinkage estimation in multilevel normal models. Statistical Science
27 (flat on the variance). Gelman, A. (2006). Prior distributions for variance parameters in
hierarchical models. Bayesian Analysis 1 (flat on the standard deviation). Chen, C., Wakefield, J. &
Lumley, T. (2014). The use of sampling weights in Bayesian hierarchical models for small area
estimation. Spatial and Spatio-temporal Epidemiology 11 (numbers of articles in effect).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy import special, stats

from syriatopics.inference.differences import Difference, pooled_reach
from syriatopics.inference.floors import POOLED_ARTICLES, POOLED_GROUPS
from syriatopics.inference.intervals import design, interval
from syriatopics.inference.resampling import Array, Estimate

__all__ = ["Shrunk", "said_of", "shrunk"]

# Points of the grid over the width of the distribution of outlets, and over its middle.
_WIDTHS, _MIDDLES = 60, 24
_SHOWN = 3


class Shrunk(NamedTuple):
    """Pooled shares of some groups, a row per group and a column per theme.

    Attributes
    ----------
    share, low, high : ndarray, shape (m, k)
    drawn : ndarray, shape (m, k)
        How far a share was drawn to those of all: 0 not at all, 1 the whole way.
    covariance : ndarray, shape (m, m, k)
        Of the pooled shares, were their articles independent.
    own : ndarray, shape (m, k)
        The part of the standard error in which sampling errors of two groups may be alike.
    """

    share: Array
    low: Array
    high: Array
    drawn: Array
    covariance: Array
    own: Array

    def difference(self, a: int, b: int, r: Array) -> Difference:
        """Return the pooled share of one group less that of another, with limits and no p.

        Parameters
        ----------
        a, b : int
        r : ndarray, shape (k,)
            How the shares as they are move together, because groups share blocks.
        """
        gap = self.share[a] - self.share[b]
        both = self.covariance[a, b] + r * self.own[a] * self.own[b]
        with np.errstate(invalid="ignore", divide="ignore"):
            r = np.clip(both / np.sqrt(self.covariance[a, a] * self.covariance[b, b]), -1.0, 1.0)
        below, above = self.share - self.low, self.high - self.share
        low = gap - pooled_reach(below[a], above[b], r)
        high = gap + pooled_reach(above[a], below[b], r)
        missing = np.full(gap.shape, np.nan)
        return Difference(gap, np.maximum(low, -1.0), np.minimum(high, 1.0), missing)


def shrunk(
    found: Sequence[Estimate], level: float = 0.95, lines: Sequence[Any] | None = None
) -> Shrunk:
    """Draw the shares of groups to each other.

    Parameters
    ----------
    found : sequence of Estimate
        Of all groups.
    level : float
        Of the intervals, which hold it on average over groups that are draws of one kind: one
        that is unlike all others is drawn too far.
    lines : sequence, optional
        Groups of one line, such as a month, are drawn to each other; by default all.

    Returns
    -------
    Shrunk
        NaN for groups of fewer than five articles, and for lines of fewer than three groups.

    Examples
    --------
    >>> from syriatopics.inference.resampling import estimate
    >>> held = [np.arange(n) < part for n, part in ((200, 30), (300, 60), (400, 60), (10, 6))]
    >>> pooled = shrunk([estimate(values[:, None].astype(float)) for values in held])
    >>> pooled.share.round(2).ravel().tolist()
    [0.16, 0.2, 0.15, 0.36]
    """
    m, k = len(found), found[0].mean.shape[0] if len(found) else 0
    share, low, high, drawn = (np.full((m, k), np.nan) for _ in range(4))
    whole = Shrunk(share, low, high, drawn, np.zeros((m, m, k)), np.zeros((m, k)))
    for line in dict.fromkeys(lines or [0] * m):
        used = [
            number for number, one in enumerate(found)
            if one.n >= POOLED_ARTICLES and (lines is None or lines[number] == line)
        ]  # fmt: skip
        if len(used) < POOLED_GROUPS:
            continue
        alone = np.stack([found[number].mean for number in used])
        size = np.stack([_in_effect(found[number], level) for number in used])
        for column in range(k):
            part = _pooled(alone[:, column], size[:, column], level)
            for name in ("share", "low", "high", "drawn", "own"):
                getattr(whole, name)[used, column] = getattr(part, name)
            whole.covariance[np.ix_(used, used, [column])] = part.covariance[..., None]
    return whole


def said_of(
    pooled: Shrunk, found: Sequence[Estimate], names: Sequence[str], labels: Sequence[str]
) -> Iterator[str]:
    """Yield notes: what was drawn and how far, and what should not have been."""
    known = np.isfinite(pooled.share)
    if not known.any():
        yield (
            f"Nothing is pooled: {POOLED_GROUPS} groups of {POOLED_ARTICLES} articles are needed to "
            "tell how much groups differ."
        )
        return
    yield (
        f"Pooled: shares of {int(known.any(axis=1).sum())} groups are drawn to each other, the further "
        "the fewer articles there are and the more alike groups are; limits hold on average over "
        "groups. The column unpooled holds what the articles say alone."
    )
    raw = np.stack([one.mean for one in found])
    moved = np.where(known, np.abs(pooled.share - raw), -1.0)
    most = np.argsort(-moved.round(9), axis=None, kind="stable")[:_SHOWN]
    places = [divmod(int(at), len(labels)) for at in most if moved.flat[at] > 0]
    yield "Drawn furthest: " + "; ".join(
        f"{names[i]} ({found[i].n:,} articles), {labels[k]} from {raw[i, k]:.3f} to "
        f"{pooled.share[i, k]:.3f}" for i, k in places
    ) + "."  # fmt: skip
    limits = [interval(one) for one in found]
    odd = [
        f"{names[i]} ({labels[k]})"
        for i, k in np.argwhere(known)
        if not limits[i].low[k] <= pooled.share[i, k] <= limits[i].high[k]
    ]
    if odd:
        more = f" and {len(odd) - _SHOWN:,} more" if len(odd) > _SHOWN else ""
        yield (
            f"Unlike the others: {', '.join(odd[:_SHOWN])}{more}, drawn beyond what its own articles "
            "allow: read it unpooled."
        )


def _in_effect(found: Estimate, level: float) -> Array:
    """Return how many independent articles would be as sure, a variance of few blocks allowed for."""
    effect, freedom = design(found)
    half = (1 + level) / 2
    lost = (stats.norm.ppf(half) / stats.t.ppf(half, np.maximum(freedom, 1.0))) ** 2
    return np.asarray(found.sizes.sum() / effect * lost)


def _pooled(share: Array, size: Array, level: float) -> Shrunk:
    """Return the pooled shares of one theme: shapes (m,) and (m, m)."""
    middle, count, weight = _grid(share, size)
    first = middle * count + share * size
    last = (1 - middle) * count + (1 - share) * size
    mean = first / (first + last)
    inner = mean * (1 - mean) / (first + last + 1)
    drawn = count / (first + last)
    pooled, moved = weight @ mean, weight @ drawn
    away = (mean - pooled) * np.sqrt(weight)[:, None]
    alone = weight @ inner
    covariance = away.T @ away + np.diag(alone)
    spread = np.diag(covariance)
    total = np.maximum(pooled * (1 - pooled) / spread - 1, 1e-9)
    low, high = (
        special.betaincinv(pooled * total, (1 - pooled) * total, part)
        for part in ((1 - level) / 2, (1 + level) / 2)
    )
    own = np.sqrt(alone * (1 - moved))
    return Shrunk(pooled, low, high, moved, covariance, own)


def _grid(share: Array, size: Array) -> tuple[Array, Array, Array]:
    """Return middles, numbers of articles that a middle is worth, and their weights: shape (g, 1), (g,).

    The width is weighed by its root, between flat on the standard deviation and flat on the variance,
    up to that of shares strewn evenly from 0 to 1; the middle is flat. Middles are laid at quantiles
    of what each width leaves possible.
    """
    edge = (np.arange(_WIDTHS) + 0.5) / _WIDTHS
    # Of two articles of one outlet; its root is the width. A wider one would take a theme that is
    # seen nowhere for one that some outlet is full of, and be sure that it is none of these.
    likeness = np.maximum(edge**4 / 3, 1e-7)
    count = 1 / likeness - 1
    told = size / (1 + (size - 1) * likeness[:, None])
    worth = told.sum(axis=1)
    a = (told @ share / 2 + 1)[:, None]
    b = (worth / 2)[:, None] + 2 - a
    middle = special.betaincinv(a, b, (np.arange(_MIDDLES) + 0.5) / _MIDDLES)
    middle = np.clip(middle, 1e-9, 1 - 1e-9)
    laid = stats.beta.logpdf(middle, a, b)
    counts = count[:, None, None]
    one, other = middle[..., None] * counts, (1 - middle[..., None]) * counts
    held = special.betaln(one + share * size, other + (1 - share) * size)
    held -= special.betaln(one, other)
    likely = held.sum(axis=-1) - laid + 2 * np.log(edge)[:, None]
    weight = np.exp(likely - likely.max()).ravel()
    return middle.reshape(-1, 1), np.repeat(count, _MIDDLES)[:, None], weight / weight.sum()
