"""Latent semantic analysis: vectors from the corpus itself, without any model or download."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
from scipy import sparse
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits

from syriatopics.encoders.contract import Array, Vectors
from syriatopics.errors import SyriaTopicsError, TooSmallError
from syriatopics.escaping import to_bytes
from syriatopics.matrix import DocumentTermMatrix, count_terms

__all__ = ["LSA", "FittedLSA", "OfflineSpace", "bm25", "inverse_frequency", "offline_space"]

_DIMENSIONS = 100


def inverse_frequency(frequency: np.ndarray[Any, Any], n: int) -> Array:
    """Return the inverse document frequency of terms, in how many of `n` passages each stands."""
    return np.asarray(np.log1p((n - frequency + 0.5) / (frequency + 0.5)))


def bm25(counts: sparse.csr_matrix, idf: Array, length: float | None = None) -> sparse.csr_matrix:
    """Weight counts by BM25: saturated in the count, rows of length one.

    Parameters
    ----------
    counts : sparse matrix, shape (n_passages, n_terms)
    idf : ndarray, shape (n_terms,)
        Of the corpus that the model was fitted on.
    length : float, optional
        Mean number of terms of its passages: in a longer one a term saturates later.

    References
    ----------
    Robertson, S. & Zaragoza, H. (2009). The probabilistic relevance framework: BM25 and
    beyond. Foundations and Trends in Information Retrieval 3.
    """
    k1, b = 1.2, 0.75
    weights = sparse.csr_matrix(counts, dtype=np.float64, copy=True)
    slack: float | Array = k1
    if length is not None:
        lengths = np.asarray(weights.sum(axis=1)).ravel() / length
        slack = np.repeat(k1 * (1 - b + b * lengths), np.diff(weights.indptr))
    weights.data = weights.data * (k1 + 1) / (weights.data + slack) * idf[weights.indices]
    return normalize(weights, copy=False)


@dataclass(frozen=True, eq=False)
class OfflineSpace:
    """Latent semantic analysis: BM25 weights on the main axes of the corpus.

    Attributes
    ----------
    axes : ndarray, shape (n_dimensions, n_terms)
    idf : ndarray, shape (n_terms,)
    length : float
        Mean number of terms of a passage.
    """

    axes: Array
    idf: Array
    length: float

    def vectors(self, counts: sparse.csr_matrix) -> Array:
        """Return vectors of length one; zero where no term is known."""
        return np.asarray(normalize(self.weights(counts) @ self.axes.T))

    def weights(self, counts: sparse.csr_matrix) -> sparse.csr_matrix:
        """Return the BM25 weights of counts."""
        return bm25(counts, self.idf, self.length)


def offline_space(counts: sparse.csr_matrix, random_state: int) -> OfflineSpace:
    """Learn the space of a corpus: TF-IDF with BM25's saturation, then SVD."""
    from sklearn.decomposition import TruncatedSVD

    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    idf = inverse_frequency(frequency, counts.shape[0])
    length = float(counts.sum() / counts.shape[0])
    dimensions = max(1, min(_DIMENSIONS, min(counts.shape) - 1))
    # A corpus of one passage has no variance, of which a share could be explained.
    with np.errstate(invalid="ignore", divide="ignore"):
        svd = TruncatedSVD(dimensions, random_state=random_state).fit(bm25(counts, idf, length))
    return OfflineSpace(np.asarray(svd.components_), idf, length)


@dataclass(frozen=True)
class LSA:
    """The space of a corpus, to be learnt from its texts.

    Parameters
    ----------
    random_state : int

    Examples
    --------
    >>> texts = ["سوريا روسيا الأسد", "سوريا تركيا الحدود", "روسيا تركيا الحدود"] * 4
    >>> LSA().fit(texts).encode(["روسيا"]).shape
    (1, 2)
    """

    random_state: int = 0
    name: ClassVar[str] = "lsa"

    def fit(self, texts: Sequence[str]) -> FittedLSA:
        """Learn the space; the order of the texts does not matter.

        Raises
        ------
        TooSmallError
            If the texts hold fewer than two terms.
        """
        ordered = sorted(set(texts))
        dtm = count_terms(ordered, min_df=min(2, max(len(ordered) // 2, 1)), max_df=1.0)
        if dtm.shape[1] < 2:
            raise TooSmallError(
                f"One term ({dtm.terms[0]}) in {len(ordered)} texts is no space of words."
            )
        with threadpool_limits(limits=1):
            space = offline_space(dtm.counts, self.random_state)
        digest = hashlib.sha256(to_bytes("\x1e".join(ordered))).hexdigest()
        return FittedLSA(f"lsa-{self.random_state}-{digest[:32]}", space, dtm)


@dataclass(frozen=True, eq=False)
class FittedLSA:
    """An encoder that knows the words of a corpus."""

    fingerprint: str
    space: OfflineSpace = field(repr=False)
    dtm: DocumentTermMatrix = field(repr=False)
    name: ClassVar[str] = "lsa"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of length one; zero where no term is known."""
        if not len(texts):
            return np.empty((0, len(self.space.axes)), dtype=np.float32)
        counts = self._counts(texts)
        with threadpool_limits(limits=1):
            return np.asarray(self.space.vectors(counts), dtype=np.float32)

    def _counts(self, texts: Sequence[str]) -> Any:
        try:
            return self.dtm.count(list(texts)).counts
        except SyriaTopicsError:
            return sparse.csr_matrix((len(texts), self.dtm.shape[1]), dtype=np.int64)
