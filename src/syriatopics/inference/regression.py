"""Regression of shares on groups and time, clustered by article or block, over draws of θ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from scipy import linalg, stats

from syriatopics.inference.lasting import lasting
from syriatopics.inference.resampling import Array, Codes, estimate

__all__ = ["Combination", "Fit", "fit_draws", "lasts_of"]


class Combination(NamedTuple):
    """A linear combination of the coefficients, for every label."""

    estimate: Array
    low: Array
    high: Array
    p: Array
    freedom: float


@dataclass(frozen=True)
class Fit:
    """A fitted regression.

    Attributes
    ----------
    beta : ndarray, shape (p, k)
    covariance : ndarray, shape (k, p, p)
        Clustered by block (CR2 [1]_); with the variance between draws added to it.
    parts : tuple of ndarray, shape (n_blocks, p, p)
        For each clustering the square of what a block of independent articles brings to
        the covariance: degrees of freedom come from it.
    crosses : tuple of ndarray, shape (n_blocks, p, p)
        What ties the residuals of blocks together through the coefficients.
    alone : tuple of ndarray, shape (p, p)
        What of the coefficients single blocks decide: how much these scatter, no other block tells.

    References
    ----------
    .. [1] Pustejovsky, J. & Tipton, E. (2018). Small-sample methods for cluster-robust
       variance estimation and hypothesis testing in fixed effects models. JBES 36.
    """

    beta: Array
    covariance: Array
    parts: tuple[Array, ...]
    crosses: tuple[Array, ...]
    alone: tuple[Array, ...]
    bread: Array

    def freedom(self, weights: Array) -> float:
        """Return the degrees of freedom of ``weights @ beta``, after Bell and McCaffrey [1]_.

        They count how many blocks the combination rests on: few where one group is small, or
        a few articles lie far out in time. With two clusterings the fewer count. None are left
        where a single block decides the combination, or a part of it.

        References
        ----------
        .. [1] Bell, R. & McCaffrey, D. (2002). Bias reduction in standard errors for linear
           regression with multi-stage samples. Survey Methodology 28. Imbens, G. & Kolesár, M.
           (2016). Robust standard errors in small samples. REStat 98.
        """
        found = []
        c = self.bread @ weights
        for own, cross, alone in zip(self.parts, self.crosses, self.alone, strict=True):
            if weights @ alone @ weights > 1e-9 * (weights @ c):
                return 0.0
            # G'G of the working model with independent errors: diag(own) less what coefficients tie.
            diagonal = np.einsum("p,bpq,q->b", c, own, c)
            tied = cross @ c  # (n_blocks, p)
            gram = tied.T @ (tied @ self.bread)
            trace = float(diagonal.sum() - np.einsum("bp,pq,bq->", tied, self.bread, tied))
            square = float(
                (diagonal**2).sum()
                - 2 * (diagonal * np.einsum("bp,pq,bq->b", tied, self.bread, tied)).sum()
                + np.trace(gram @ gram)
            )
            found.append(trace**2 / square if square > 0 else 0.0)
        return min(found)

    def combine(self, weights: Array, level: float = 0.95, lasts: float = 1.0) -> Combination:
        """Return ``weights @ beta`` with its interval and test.

        By `lasts` blocks that run on into each other widen the variance: see :func:`lasts_of`.
        """
        estimate = weights @ self.beta
        variance = lasts * np.einsum("i,kij,j->k", weights, self.covariance, weights)
        error = np.sqrt(np.maximum(variance, 0))
        freedom = self.freedom(weights)
        if freedom < 1:
            missing = np.full(estimate.shape, np.nan)
            return Combination(estimate, missing, missing, missing, freedom)
        reach = stats.t.ppf((1 + level) / 2, freedom) * error
        with np.errstate(invalid="ignore", divide="ignore"):
            p = 2 * stats.t.sf(np.abs(estimate / error), freedom)
        return Combination(estimate, estimate - reach, estimate + reach, p, freedom)

    def joint(self, columns: np.ndarray[Any, Any], lasts: float = 1.0) -> tuple[Array, Array]:
        """Return F and p of the hypothesis that these coefficients are all zero, for each label."""
        n = len(columns)
        k = self.beta.shape[1]
        freedom = min((self.freedom(row) for row in np.eye(len(self.bread))[columns]), default=0.0)
        if not n or freedom <= n:
            return np.full(k, np.nan), np.full(k, np.nan)
        f = np.empty(k)
        for label in range(k):
            b = self.beta[columns, label]
            v = lasts * self.covariance[label][np.ix_(columns, columns)]
            # Hotelling's correction: few blocks make the estimate of v itself unsure
            scale = (freedom - n + 1) / (freedom * n)
            f[label] = scale * float(b @ np.linalg.pinv(v) @ b)
        return f, np.asarray(stats.f.sf(f, n, freedom - n + 1))


def fit_draws(design: Array, draws: Array, blocks: Sequence[np.ndarray[Any, Any]]) -> Fit:
    """Regress each draw of the shares on a design and pool (the method of composition [1]_).

    Parameters
    ----------
    design : ndarray, shape (n_articles, p)
    draws : ndarray, shape (n_draws, n_articles, k)
        Shares of the articles; one draw if θ is taken as known.
    blocks : sequence of ndarray, shape (n_articles,)
        One clustering, or two that do not lie within each other (article and week [2]_):
        their covariances add up, less that of the cells in which both meet.

    References
    ----------
    .. [1] Roberts, M. et al. (2014). Structural topic models for open-ended survey
       responses. AJPS 58(4).
    .. [2] Cameron, A., Gelbach, J. & Miller, D. (2011). Robust inference with multiway
       clustering. JBES 29.

    Examples
    --------
    >>> x = np.column_stack([np.ones(40), np.arange(40) % 2])
    >>> y = np.tile([[0.0], [1.0]], (20, 1))[None]
    >>> fit_draws(x, y, [np.arange(40)]).beta.round(6).ravel()[1]
    np.float64(1.0)
    """
    bread: Array = np.asarray(np.linalg.pinv(design.T @ design), dtype=np.float64)
    beta = np.einsum("pq,nq,dnk->dpk", bread, design, draws)
    codes = [np.unique(one, return_inverse=True)[1].astype(np.int64) for one in blocks]
    clusterings = [(code, 1.0) for code in codes]
    if len(codes) == 2:
        both = np.unique(codes[0] * (codes[1].max() + 1) + codes[1], return_inverse=True)[1]
        clusterings.append((both.astype(np.int64), -1.0))
    within = np.zeros((draws.shape[2], *bread.shape))
    parts, crosses, alone = [], [], []
    for code, sign in clusterings:
        adjusted, own, cross, decided = _adjusted(design, bread, code)
        for values, coefficients in zip(draws, beta, strict=True):
            scores = np.zeros((int(code.max()) + 1, design.shape[1], draws.shape[2]))
            left = values - design @ coefficients
            np.add.at(scores, code, adjusted[:, :, None] * left[:, None, :])
            meat = np.einsum("bpk,bqk->kpq", scores, scores)
            within += sign * np.asarray(bread @ meat @ bread) / len(draws)
        if sign > 0:
            parts.append(own)
            crosses.append(cross)
            alone.append(decided)
    if len(codes) == 2:
        within = _no_negative(within)
    if len(draws) > 1:
        away = beta - beta.mean(axis=0)
        between = np.einsum("dpk,dqk->kpq", away, away) / (len(draws) - 1)
        within = within + (1 + 1 / len(draws)) * between
    return Fit(beta.mean(axis=0), within, tuple(parts), tuple(crosses), tuple(alone), bread)


def lasts_of(
    left: Array, group: Codes, blocks: Sequence[np.ndarray[Any, Any]], members: Sequence[int]
) -> float:
    """Return by how much blocks that run on widen what is said of one group, or of two.

    Parameters
    ----------
    left : ndarray, shape (n_articles, k)
        Residuals: what moves with the columns of the regression does not run on.
    group : ndarray of int, shape (n_articles,)
    blocks : sequence of ndarray, shape (n_articles,)
        As in :func:`fit_draws`; of two clusterings the one that runs on further counts.
    members : one or two int
    """
    inside = [group == g for g in members]
    return max(
        lasting(*(estimate(left[one], block=block[one]) for one in inside)) for block in blocks
    )


def _adjusted(design: Array, bread: Array, code: Codes) -> tuple[Array, Array, Array, Array]:
    """Return rows of the design with which residuals are unbiased (CR2), and sums by block.

    Residuals of a block are too small by I - H of the block; its inverse root, of the size of the
    coefficients and not of the block, takes that back: A = I + X M X'.
    """
    n, p = int(code.max()) + 1, design.shape[1]
    gram = np.zeros((n, p, p))
    np.add.at(gram, code, design[:, :, None] * design[:, None, :])
    # What a row is multiplied with: 1 + M gram of its block, so that sums over rows are sums over blocks.
    inverse, decided = _inverse_root(linalg.sqrtm(bread).real, gram)
    taken = np.eye(p) + inverse @ gram
    rows: Array = np.einsum("ip,ipq->iq", design, taken[code])
    cross = gram @ taken
    return rows, np.swapaxes(taken, 1, 2) @ cross, cross, decided


def _inverse_root(root: Array, gram: Array) -> tuple[Array, Array]:
    """Return M with (I - X B X')^(-1/2) = I + X M X', where B = root @ root, for every block.

    And what of the coefficients blocks decide alone, where I - X B X' has no inverse.
    """
    values, axes = np.linalg.eigh(root @ gram @ root)
    held = np.clip(values, 0.0, 1.0)
    left = 1 - held
    # What a block decides alone (I - H = 0) says nothing of its scatter: it is left as it is.
    factor = np.where(left > 1e-9, 1 / np.sqrt(np.maximum(left, 1e-9)) - 1, -1.0)
    scale = np.where(held > 1e-12, factor / np.maximum(held, 1e-12), 0.5)
    back = np.swapaxes(axes, 1, 2) @ root
    decided: Array = np.einsum("bqp,bq,bqr->pr", back, (left <= 1e-9).astype(float), back)
    return root @ (axes * scale[:, None, :]) @ back, decided


def _no_negative(covariance: Array) -> Array:
    """Return covariances without negative directions, which a difference of two can have."""
    values, axes = np.linalg.eigh(covariance)
    found: Array = np.einsum("kpq,kq,krq->kpr", axes, np.maximum(values, 0.0), axes)
    return found
