"""Which words say what a topic is? Four rankings of the same φ."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse
from scipy.stats import rankdata

from syriatopics.errors import InputError, choices
from syriatopics.order import ranked, settled

__all__ = ["RANKINGS", "class_tfidf", "first", "rank_weights"]

Array = np.ndarray[Any, np.dtype[np.float64]]

RANKINGS = ("probability", "frex", "lift", "ctfidf")


def rank_weights(by: str, phi: Array, theta: Array, counts: sparse.csr_matrix) -> Array:
    """Return the weights by which the terms of topics are ordered.

    Parameters
    ----------
    by : {"probability", "frex", "lift", "ctfidf"}
        "probability": φ. "frex": the harmonic mean of the ranks of a term by probability
        and by exclusivity. "lift": φ over the share of the term in the corpus. "ctfidf":
        class-based TF-IDF, as BERTopic names its topics.
    phi : ndarray, shape (n_topics, n_terms)
    theta : ndarray, shape (n_passages, n_topics)
    counts : sparse matrix, shape (n_passages, n_terms)

    Returns
    -------
    ndarray, shape (n_topics, n_terms)

    Raises
    ------
    InputError
        If `by` is not known.

    References
    ----------
    Bischof, J. & Airoldi, E. (2012). Summarizing topical content with word frequency and
    exclusivity. ICML. Grootendorst, M. (2022). BERTopic. arXiv:2203.05794.
    """
    if by not in RANKINGS:
        raise InputError(f"Ranking {by!r} is not known. Rankings: {choices(RANKINGS)}.")
    if by == "probability":
        return phi
    if by == "frex":
        return _frex(phi)
    if by == "ctfidf":
        return class_tfidf(theta, counts)
    total = np.asarray(counts.sum(axis=0), dtype=np.float64).ravel()
    return np.asarray(phi / np.maximum(total / total.sum(), 1e-12))


def first(weights: Array, n: int) -> np.ndarray[Any, Any]:
    """Return the columns of the `n` largest values of each row; ties in alphabetical order."""
    n = min(n, weights.shape[1])
    weights = settled(weights)
    if n * 20 > weights.shape[1]:
        return ranked(weights)[:, :n]
    # All values from the n-th largest up, so that ties are broken by the alphabet alone.
    floor = np.partition(weights, -n, axis=1)[:, -n]
    rows = [np.flatnonzero(row >= low) for row, low in zip(weights, floor, strict=True)]
    return np.stack([c[ranked(w[c])[:n]] for w, c in zip(weights, rows, strict=True)])


def class_tfidf(theta: Array, counts: sparse.csr_matrix) -> Array:
    """Return class-based TF-IDF of topics, each passage weighted by its θ."""
    mass = np.asarray((sparse.csr_matrix(counts).T @ np.nan_to_num(theta)).T)
    total = mass.sum(axis=0)
    mean = mass.sum(axis=1).mean()
    idf = np.log1p(mean / np.maximum(total, 1e-12))
    return np.asarray(mass / np.maximum(mass.sum(axis=1, keepdims=True), 1e-12) * idf)


def _frex(phi: Array, balance: float = 0.5) -> Array:
    share = phi / np.maximum(phi.sum(axis=0, keepdims=True), np.finfo(float).tiny)
    n = phi.shape[1]
    frequent = np.stack([rankdata(row, method="max") for row in phi]) / n
    exclusive = np.stack([rankdata(row, method="max") for row in share]) / n
    frex = 1 / (balance / exclusive + (1 - balance) / frequent)
    # Terms without weight in a topic rank last, however exclusive rounding makes them.
    return np.asarray(np.where(phi > 0, frex, 0.0))
