"""Movement: which words of a topic come and go, whatever becomes of the topic's share.

The topics of a model are held fixed: they keep their numbers and their shares. Each word of each
passage is parted among the topics by how much each of them explains it (the E step of PLSA), the
parts are summed by period, and neighbouring periods lend each other words. So an empty period has
the words of those around it, and a thin one is not led by a single article.

Whether the words move is a score test. What a passage says of a word beyond what its topics
explain should have no slope in time, once the mix of topics and of outlets is taken out; blocks of
articles whose signs are dealt out anew tell how steep a slope chance gives.

References
----------
Hofmann, T. (1999). Probabilistic latent semantic indexing. SIGIR.
Blei, D. & Lafferty, J. (2006). Dynamic topic models. ICML.
Hagemann, A. (2019). Placebo inference on treatment effects when the number of clusters is small.
Journal of Econometrics 213 (sign changes of cluster sums).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse, stats

from syriatopics.order import ranked

__all__ = ["Parted", "Slopes", "part_words", "slopes", "smoothed_words"]

Array = np.ndarray[Any, np.dtype[np.float64]]
Places = np.ndarray[Any, np.dtype[np.int64]]

_ROUNDS = 20
# How much of every topic is the vocabulary at large, so that a word it never had may come to it.
_OPEN = 0.05
# Words of all time that a period of a topic is thought to hold already.
_PRIOR = 50.0
# A slope is looked for in words of which a topic has so many, and in no more than the first; in a
# small corpus in its few most frequent ones.
_RARE, _FIRST = 20.0, 100
_SCARCE, _FEW = 3.0, 20
_FLIPS = 999
_TINY = 1e-300


@dataclass(frozen=True, eq=False)
class Parted:
    """Words of passages, parted among topics.

    Attributes
    ----------
    theta : ndarray, shape (n_passages, n_topics)
    phi : ndarray, shape (n_topics, n_terms)
        Words of each topic over all time; rows sum to 1.
    ratio : csr_matrix, shape (n_passages, n_terms)
        Counts over what all topics together expect.
    """

    theta: Array
    phi: Array
    ratio: sparse.csr_matrix

    def of(self, topic: int, rows: Places) -> sparse.csr_matrix:
        """Return how much of each word of some passages belongs to a topic."""
        mine = sparse.diags(self.theta[rows, topic]) @ self.ratio[rows]
        return sparse.csr_matrix(mine @ sparse.diags(self.phi[topic]))


class Slopes(NamedTuple):
    """Slopes in time of the words of a topic, steepest first by |z|; and of all together.

    Attributes
    ----------
    terms : ndarray of int
        Columns of the words looked at.
    share : ndarray
        Of the topic's words, over all time.
    slope, error : ndarray
        Change of that share in the unit of time, and its standard error.
    p_words : ndarray
        Of each word, by a t on the blocks.
    p : float
        Of the topic: that no word has a slope. NaN where there is no word to look at.
    n_blocks : int
        Blocks that hold words of the topic.
    """

    terms: Places
    share: Array
    slope: Array
    error: Array
    p_words: Array
    p: float
    n_blocks: int


def part_words(counts: sparse.csr_matrix, theta: Array, phi: Array) -> Parted:
    """Part the words of passages among topics whose θ is given.

    Parameters
    ----------
    counts : csr_matrix, shape (n_passages, n_terms)
    theta : ndarray, shape (n_passages, n_topics)
        Rows of NaN (nothing is known) belong to no topic.
    phi : ndarray, shape (n_topics, n_terms)
        Where the words begin: a topic may gain words that it has not there.
    """
    theta = np.nan_to_num(theta)
    counts = sparse.csr_matrix(counts, dtype=np.float64)
    total = np.asarray(counts.sum(axis=0), dtype=np.float64).ravel()
    phi = (1 - _OPEN) * phi + _OPEN * total / max(total.sum(), 1.0)
    row = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    ratio = _ratio(counts, row, theta, phi)
    for _ in range(_ROUNDS):
        phi = phi * np.asarray((ratio.T @ theta).T)
        phi = phi / np.maximum(phi.sum(axis=1, keepdims=True), _TINY)
        ratio = _ratio(counts, row, theta, phi)
    return Parted(theta, phi, ratio)


def _ratio(counts: sparse.csr_matrix, row: Places, theta: Array, phi: Array) -> sparse.csr_matrix:
    # One topic at a time: passages × topics × words would not fit into memory.
    expected = np.zeros(len(row))
    for weight, words in zip(theta.T, phi, strict=True):
        expected += weight[row] * words[counts.indices]
    data = np.where(expected > 0, counts.data / np.maximum(expected, _TINY), 0.0)
    return sparse.csr_matrix((data, counts.indices, counts.indptr), counts.shape)


def smoothed_words(
    parted: Parted, period: Places, n_periods: int, smoothing: float
) -> tuple[Array, Array]:
    """Return the words of topics in each period, and how many words each topic has there.

    Parameters
    ----------
    parted : Parted
    period : ndarray of int, shape (n_passages,)
        From 0 to `n_periods` - 1; -1 where a passage lies in none.
    n_periods : int
    smoothing : float
        The standard deviation, in periods, of the normal curve by which neighbours lend words.

    Returns
    -------
    phi : ndarray, shape (n_periods, n_topics, n_terms)
    n_words : ndarray, shape (n_periods, n_topics)
    """
    n_topics, n_terms = parted.phi.shape
    sums = np.zeros((n_periods, n_topics, n_terms))
    for t in range(n_periods):
        rows = np.flatnonzero(period == t)
        sums[t] = parted.phi * np.asarray((parted.ratio[rows].T @ parted.theta[rows]).T)
    apart = (np.arange(n_periods)[:, None] - np.arange(n_periods)) ** 2.0
    # In a long gap the nearest periods with text count as if they were near.
    filled = sums.sum(axis=(1, 2)) > 0
    nearest = apart[:, filled].min(axis=1, keepdims=True) if filled.any() else 0.0
    lent = np.exp(-0.5 * np.maximum(apart - nearest, 0) / smoothing**2)
    phi = np.einsum("ts,skv->tkv", lent, sums) + _PRIOR * parted.phi
    return phi / phi.sum(axis=2, keepdims=True), sums.sum(axis=2)


def slopes(
    parted: Parted,
    topic: int,
    rows: Places,
    time: Array,
    mix: Array,
    blocks: Places,
    random_state: int = 0,
) -> Slopes:
    """Test whether the words of a topic have a slope in time.

    Parameters
    ----------
    parted : Parted
    topic : int
    rows : ndarray of int, shape (n,)
        The passages that are looked at.
    time : ndarray, shape (n,)
    mix : ndarray, shape (n, n_columns)
        What else may change the words: the columns of outlets.
    blocks : ndarray of int, shape (n,)
        From 0 up.
    random_state : int
        Of the signs.
    """
    own = parted.of(topic, rows)
    size = np.asarray(own.sum(axis=1), dtype=np.float64).ravel()
    total = np.asarray(own.sum(axis=0), dtype=np.float64).ravel()
    terms = ranked(total)[:_FIRST]
    often = terms[total[terms] >= _RARE]
    few = terms[:_FEW]
    terms = often if len(often) >= _FEW else few[total[few] >= _SCARCE]
    share = total[terms] / max(size.sum(), _TINY)
    held = len(np.unique(blocks[size > 0]))
    if not len(terms) or held < 2:
        nothing = np.full(len(terms), np.nan)
        return Slopes(terms, share, nothing, nothing, nothing, float("nan"), held)
    root = np.sqrt(size)[:, None]
    design = np.column_stack([np.ones(len(rows)), parted.theta[rows], mix]) * root
    beyond = (np.asarray(own[:, terms].todense()) - size[:, None] * share) / np.maximum(root, 1e-12)
    clock = time[:, None] * root
    clock, beyond = (values - design @ _fit(design, values) for values in (clock, beyond))
    sums = _block_sums(design, clock, beyond, blocks)
    spread = float((clock**2).sum())
    squares = np.maximum((sums**2).sum(axis=0), _TINY)
    signs = np.random.default_rng(random_state).choice([-1.0, 1.0], (_FLIPS, len(sums)))
    drawn = ((signs @ sums) ** 2 / squares).sum(axis=1)
    found = clock[:, 0] @ beyond
    reached = (found**2 / squares).sum() * (1 - 1e-9)
    error = np.sqrt(squares * held / (held - 1)) / spread
    slope = found / spread
    p_words = 2 * stats.t.sf(np.abs(slope / error), held - 1)
    p = float((1 + (drawn >= reached).sum()) / (1 + _FLIPS))
    return Slopes(terms, share, slope, error, p_words, p, held)


def _block_sums(design: Array, clock: Array, beyond: Array, blocks: Places) -> Array:
    """Return for each block its part in the slopes, as if it had not been fitted (CR3).

    A block that the fit has seen lies too near to it: without that, chance looks less steep than it
    is wherever a topic stands in few articles.
    """
    whole = design.T @ design
    sums = np.zeros((int(blocks.max()) + 1, beyond.shape[1]))
    order = np.argsort(blocks, kind="stable")
    edges = np.flatnonzero(np.diff(blocks[order])) + 1
    for rows in np.split(order, edges):
        x, c, e = design[rows], clock[rows, 0], beyond[rows]
        others = np.linalg.pinv(whole - x.T @ x, rcond=1e-8, hermitian=True)
        sums[blocks[rows[0]]] = c @ e + (c @ x) @ others @ (x.T @ e)
    return sums


def _fit(design: Array, values: Array) -> Array:
    return np.asarray(np.linalg.lstsq(design, values, rcond=1e-8)[0])
