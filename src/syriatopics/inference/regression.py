"""Regression of shares on groups and time, clustered by article or block, over draws of θ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from scipy import stats

from syriatopics.inference.resampling import Array

__all__ = ["Combination", "Fit", "fit_draws"]


class Combination(NamedTuple):
    """A linear combination of the coefficients, for every label."""

    estimate: Array
    low: Array
    high: Array
    p: Array


@dataclass(frozen=True)
class Fit:
    """A fitted regression.

    Attributes
    ----------
    beta : ndarray, shape (p, k)
    covariance : ndarray, shape (k, p, p)
        Clustered by block; with the variance between draws added to it.
    freedom : int
        Blocks less coefficients.
    """

    beta: Array
    covariance: Array
    freedom: int

    def combine(self, weights: Array, level: float = 0.95) -> Combination:
        """Return ``weights @ beta`` with its interval and test."""
        estimate = weights @ self.beta
        error = np.sqrt(np.maximum(np.einsum("i,kij,j->k", weights, self.covariance, weights), 0))
        if self.freedom < 1:
            missing = np.full(estimate.shape, np.nan)
            return Combination(estimate, missing, missing, missing)
        reach = stats.t.ppf((1 + level) / 2, self.freedom) * error
        with np.errstate(invalid="ignore", divide="ignore"):
            p = 2 * stats.t.sf(np.abs(estimate / error), self.freedom)
        return Combination(estimate, estimate - reach, estimate + reach, p)

    def joint(self, columns: np.ndarray[Any, Any]) -> tuple[Array, Array]:
        """Return F and p of the hypothesis that these coefficients are all zero, for each label."""
        n = len(columns)
        k = self.beta.shape[1]
        if not n or self.freedom <= n:
            return np.full(k, np.nan), np.full(k, np.nan)
        f = np.empty(k)
        for label in range(k):
            b = self.beta[columns, label]
            v = self.covariance[label][np.ix_(columns, columns)]
            # Hotelling's correction: few blocks make the estimate of v itself unsure
            scale = (self.freedom - n + 1) / (self.freedom * n)
            f[label] = scale * float(b @ np.linalg.pinv(v) @ b)
        return f, np.asarray(stats.f.sf(f, n, self.freedom - n + 1))


def fit_draws(design: Array, draws: Array, block: np.ndarray[Any, Any]) -> Fit:
    """Regress each draw of the shares on a design and pool (the method of composition [1]_).

    Parameters
    ----------
    design : ndarray, shape (n_articles, p)
    draws : ndarray, shape (n_draws, n_articles, k)
        Shares of the articles; one draw if θ is taken as known.
    block : ndarray, shape (n_articles,)

    References
    ----------
    .. [1] Roberts, M. et al. (2014). Structural topic models for open-ended survey
       responses. AJPS 58(4).

    Examples
    --------
    >>> x = np.column_stack([np.ones(40), np.arange(40) % 2])
    >>> y = np.tile([[0.0], [1.0]], (20, 1))[None]
    >>> fit_draws(x, y, np.arange(40)).beta.round(6).ravel()[1]
    np.float64(1.0)
    """
    n, p = design.shape
    _, index = np.unique(block, return_inverse=True)
    n_blocks = int(index.max()) + 1
    bread: Array = np.asarray(np.linalg.pinv(design.T @ design), dtype=np.float64)
    beta = np.einsum("pq,nq,dnk->dpk", bread, design, draws)
    within = np.zeros((draws.shape[2], p, p))
    for values, coefficients in zip(draws, beta, strict=True):
        within += _clustered(design, values - design @ coefficients, bread, index, n_blocks)
    covariance = within / len(draws)
    if n_blocks > 1 and n > p:
        covariance *= n_blocks / (n_blocks - 1) * (n - 1) / (n - p)
    if len(draws) > 1:
        away = beta - beta.mean(axis=0)
        between = np.einsum("dpk,dqk->kpq", away, away) / (len(draws) - 1)
        covariance = covariance + (1 + 1 / len(draws)) * between
    return Fit(beta.mean(axis=0), covariance, n_blocks - p)


def _clustered(
    design: Array, residuals: Array, bread: Array, index: np.ndarray[Any, Any], n_blocks: int
) -> Array:
    scores = np.zeros((n_blocks, design.shape[1], residuals.shape[1]))
    np.add.at(scores, index, design[:, :, None] * residuals[:, None, :])
    meat = np.einsum("bpk,bqk->kpq", scores, scores)
    return np.asarray(bread @ meat @ bread)
