"""The estimator behind corrected shares: what the method says everywhere, less where it errs.

A method scores every passage; people have coded some, drawn with known chances. The mean of
the scores is pulled straight by the weighted mean of (code − score) over the coded ones.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from scipy import stats

from syriatopics.inference.differences import correlation, pooled_reach
from syriatopics.inference.floors import MIN_ARTICLES
from syriatopics.inference.intervals import wilson
from syriatopics.inference.resampling import Array, Estimate, Interval, estimate

__all__ = ["Rectified", "difference", "rectified_interval", "rectify"]


class Rectified(NamedTuple):
    """Corrected shares of one group, a column per theme.

    Attributes
    ----------
    found : Estimate
        The corrected share and its error, from blocks of articles.
    coded : ndarray, shape (k,)
        The weighted mean of the codes alone.
    power : ndarray, shape (k,)
        How far the scores are believed: 0 leaves the codes alone, 1 takes scores in full.
    seen : ndarray of int, shape (k,)
        In how many coded articles there was something to learn: the least of those with
        the theme, those without it somewhere, and those in which score and code differ.
    n_coded, n_coded_articles : int
    sampling : ndarray, shape (k,)
        The part of the squared error that comes of which passages were coded, and falls with their
        number; the rest is how shares vary between blocks of articles, however many are coded.
    in_effect : float
        How many equally weighted blocks of articles stand behind it, of the coded ones or of
        all, whichever are fewer.
    blocks, coded_in_effect : float
        The same of all blocks, and of the coded articles.
    articles : ndarray, shape (n_articles,)
    outcome : ndarray, shape (n_articles, k)
        What each article brings to the corrected share, which is their mean: any estimator of
        shares of articles, such as a regression, is corrected when it takes these. Of a
        single article they say nothing, and may lie outside [0, 1].
    """

    found: Estimate
    coded: Array
    power: Array
    seen: np.ndarray[Any, Any]
    n_coded: int
    n_coded_articles: int
    sampling: Array
    in_effect: float
    blocks: float
    coded_in_effect: float
    articles: np.ndarray[Any, Any]
    outcome: Array

    @property
    def share(self) -> Array:
        """The corrected share, which may not leave [0, 1] however little was coded."""
        return np.clip(self.found.mean, 0.0, 1.0)

    @property
    def spread(self) -> Array:
        """The variance of a single draw, taken no nearer to nought than half an article makes it."""
        least = 0.5 / (self.coded_in_effect + 1)
        share = np.clip(self.share, least, 1 - least)
        return np.asarray(share * (1 - share))

    @property
    def df(self) -> float:
        """Degrees of freedom: a mean and the trust in the scores were read off the coded articles."""
        return max(self.in_effect - 2.0, 1.0)


def rectify(
    scores: Array,
    codes: Array,
    chance: Array,
    article: np.ndarray[Any, Any],
    block: np.ndarray[Any, Any] | None = None,
    power: float | None = None,
) -> Rectified:
    """Correct the mean share of each theme, every article counting alike.

    Parameters
    ----------
    scores : ndarray, shape (n_passages, k)
        What the method says of every passage.
    codes : ndarray, shape (n_passages, k)
        What people say; rows of NaN where nobody has read.
    chance : ndarray, shape (n_passages,)
        With which each passage was drawn to be read; used where it was. A common factor is
        of no matter.
    article : ndarray, shape (n_passages,)
    block : ndarray, shape (n_passages,), optional
        Articles that cannot be taken as independent.
    power : float, optional
        How far the scores are believed; by default what makes the variance least [2]_.

    Returns
    -------
    Rectified
        NaN where nothing was coded.

    Notes
    -----
    With weights w = 1 / (passages of the article) for all and v = w / chance for the coded,
    the share is Σvy/Σv + λ (Σwf/Σw − Σvf/Σv): prediction-powered inference [1]_ with tuned
    power, or design-based supervised learning [3]_ with normalised weights. The error is that
    of a sum over articles, coded and other.

    References
    ----------
    .. [1] Angelopoulos, A. N. et al. (2023). Prediction-powered inference. Science 382.
    .. [2] Angelopoulos, A. N., Duchi, J. C. & Zrnic, T. (2023). PPI++: efficient
       prediction-powered inference. arXiv:2311.01453.
    .. [3] Egami, N. et al. (2023). Using imperfect surrogates for downstream inference:
       design-based supervised learning. NeurIPS 36.
    """
    names, first, index, size = np.unique(
        article, return_index=True, return_inverse=True, return_counts=True
    )
    read = ~np.isnan(codes).any(axis=1)
    n, k = len(size), scores.shape[1]
    means = _sums(scores / size[index][:, None], index, n)
    of_read = index[read]
    n_read_articles = len(np.unique(of_read))
    if not read.any():
        missing = np.full(k, np.nan)
        empty = np.full((n, k), np.nan)
        nobody = np.zeros(k, dtype=int)
        return Rectified(
            estimate(empty), missing, missing, nobody, 0, 0, missing, 0.0, 0.0, 0.0, names, empty
        )
    weight = 1 / size[of_read] / chance[read]
    weight = weight / weight.sum()
    y, f = codes[read], scores[read]
    coded, seen = weight @ y, weight @ f
    # How far each article pulls the mean of the codes, and what the scores take off that.
    pull = _sums(weight[:, None] * (y - coded), of_read, n)
    relief = (means - means.mean(axis=0)) / n - _sums(weight[:, None] * (f - seen), of_read, n)
    if n_read_articles < MIN_ARTICLES:
        # Too few articles to tell what varies between them: passages must do.
        trust = _least_variance(weight[:, None] * (y - coded), weight[:, None] * (seen - f))
    else:
        trust = _least_variance(pull, relief)
    trust = trust if power is None else np.full(k, float(power))
    share = coded + trust * (means.mean(axis=0) - seen)
    left = weight[:, None] * (y - coded - trust * (f - seen))
    outcome = share + n * (pull + trust * relief)
    blocks = names if block is None else block[first]
    found = estimate(outcome, block=blocks)
    _, of_block = np.unique(blocks, return_inverse=True)
    every = _in_effect(np.ones(n), of_block)
    in_effect = min(_in_effect(weight, of_block[of_read]), every)
    widened = np.sqrt(in_effect / max(in_effect - 2, 1.0))
    kinds = [
        (_sums(kind.astype(float), of_read, n) > 0).sum(axis=0)
        for kind in (y > 0, y < 1, np.abs(y - f) > 0.25)
    ]
    return Rectified(
        found._replace(error=found.error * widened),
        coded, trust, np.min(kinds, axis=0), int(read.sum()), n_read_articles,
        (left**2).sum(axis=0), in_effect, every, _in_effect(weight, of_read), names, outcome,
    )  # fmt: skip


def _sums(values: Array, index: np.ndarray[Any, Any], n: int) -> Array:
    """Sum rows by article."""
    return np.stack([np.bincount(index, column, minlength=n) for column in values.T], axis=1)


def _in_effect(weight: Array, index: np.ndarray[Any, Any]) -> float:
    """Return how many blocks of equal weight would be as many as these."""
    sums = np.bincount(index, weight)
    return float(sums.sum() ** 2 / (sums**2).sum())


def _least_variance(pull: Array, relief: Array) -> Array:
    spread = (relief**2).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        best = -(pull * relief).sum(axis=0) / spread
    return np.asarray(np.clip(np.where(spread > 1e-18, best, 0.0), 0.0, 1.0)) + 0.0


def guarded_variance(rectified: Rectified) -> Array:
    """Return the variance, which must not rest on errors that were not seen.

    A method that was right in every passage read may still err elsewhere, and a theme that was
    read twice may lie elsewhere in numbers. So one article is added to those that told
    something, with the variance of the codes alone; where none did, that is all there is. It is
    counted in articles, as what was seen is: a dozen months are not a dozen passages.
    """
    alone = rectified.spread / max(rectified.coded_in_effect, 1.0)
    seen = rectified.seen
    return np.asarray((seen * rectified.found.error**2 + alone) / (seen + 1))


def rectified_interval(rectified: Rectified, level: float = 0.95) -> Interval:
    """Return Wilson's interval, for as many independent articles as would be as sure."""
    share = rectified.share
    n = rectified.spread / guarded_variance(rectified)
    return wilson(share, n, stats.t.ppf((1 + level) / 2, rectified.df))


def difference(
    a: Rectified, b: Rectified, level: float = 0.95
) -> tuple[Array, Array, Array, Array]:
    """Return the first share less the second: difference, low, high, p, for each theme."""
    gap = np.asarray(a.share - b.share)
    r = correlation(a.found, b.found)
    (a_low, a_high), (b_low, b_high) = rectified_interval(a, level), rectified_interval(b, level)
    low = gap - pooled_reach(a.share - a_low, b_high - b.share, r)
    high = gap + pooled_reach(a_high - a.share, b.share - b_low, r)
    v_a, v_b = guarded_variance(a), guarded_variance(b)
    variance = v_a + v_b - 2 * r * np.sqrt(v_a * v_b)
    with np.errstate(invalid="ignore", divide="ignore"):
        freedom = (v_a + v_b) ** 2 / (v_a**2 / a.df + v_b**2 / b.df)
        p = 2 * stats.t.sf(np.abs(gap) / np.sqrt(variance), freedom)
    p = np.where(gap == 0, 1.0, p)
    return gap, np.maximum(low, -1.0), np.minimum(high, 1.0), p
