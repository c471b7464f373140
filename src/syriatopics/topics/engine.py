"""What the engines share: one gate for input, one order, one thread, and weights of counts."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from numbers import Integral
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning
from threadpoolctl import threadpool_limits

from syriatopics.errors import InputError, TooSmallError
from syriatopics.escaping import to_bytes
from syriatopics.matrix import DocumentTermMatrix, count_terms

__all__ = [
    "Ready",
    "as_matrix",
    "canonical_order",
    "digest",
    "one_thread",
    "ready",
    "require_size",
    "surprise",
]

Array = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, eq=False)
class Ready:
    """Counts as an engine gets them: passages that hold terms, in canonical order.

    Attributes
    ----------
    dtm : DocumentTermMatrix
        As it was given.
    rows : ndarray of int
        Which row of `dtm` each row of `counts` is.
    counts : scipy.sparse.csr_matrix of int64
    """

    dtm: DocumentTermMatrix
    rows: np.ndarray[Any, np.dtype[np.int64]]
    counts: sparse.csr_matrix

    @property
    def n_passages(self) -> int:
        """How many passages hold terms."""
        return len(self.rows)

    @property
    def frequency(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """In how many passages each term stands."""
        return np.bincount(self.counts.indices, minlength=self.counts.shape[1])

    def batches(self, size: int) -> Iterator[sparse.csr_matrix]:
        """Yield the counts of `size` passages after `size` passages."""
        for start in range(0, self.n_passages, size):
            yield self.counts[start : start + size]

    def spread(self, theta: Array) -> Array:
        """Return `theta` in the order of `dtm`; passages without terms get zeros."""
        whole = np.zeros((self.dtm.shape[0], theta.shape[1]))
        whole[self.rows] = theta
        return whole


def as_matrix(source: DocumentTermMatrix | Any) -> DocumentTermMatrix:
    """Return counts of content: of `source`, or of the corpus, passages or texts that it is."""
    dtm = source if isinstance(source, DocumentTermMatrix) else count_terms(source)
    return dtm.content()


def ready(
    source: DocumentTermMatrix | Any, n_topics: int, name: str, floor: int = 0, instead: str = ""
) -> Ready:
    """Check that a model can be fitted, and bring the passages into canonical order.

    The order is that of a digest of their texts: the same whatever the order of the
    corpus, and with no two neighbours of one article, as engines that learn in batches
    want it.

    Parameters
    ----------
    source : DocumentTermMatrix, Corpus, Passages or iterable of str
    n_topics : int
    name : str
        Of the model, for messages.
    floor : int
        The fewest passages on which the model says anything.
    instead : str
        What to use below it.

    Raises
    ------
    InputError
        If `n_topics` is below 2.
    TooSmallError
        If there are fewer passages than the floor, or fewer passages or terms than topics.
    """
    dtm = as_matrix(source)
    filled = np.flatnonzero(np.diff(dtm.counts.indptr))
    require_size(n_topics, (len(filled), dtm.shape[1]), name, floor, instead)
    held = dtm.passages.take(filled)
    rows = filled[canonical_order(held.texts, held.table["passage_id"].to_numpy())]
    return Ready(dtm, rows, dtm.counts[rows])


def require_size(
    n_topics: int, shape: tuple[int, int], name: str, floor: int = 0, instead: str = ""
) -> None:
    """Refuse a number of topics that so many passages with terms, and terms, cannot give."""
    n_passages, n_terms = shape
    if not isinstance(n_topics, Integral):
        raise InputError(f"n_topics={n_topics!r} is no whole number: write n_topics=12.")
    if n_topics < 2:
        raise InputError(f"n_topics={n_topics}: a topic model has at least 2 topics.")
    if n_passages < floor:
        raise TooSmallError(
            f"{n_passages} passages with terms are too few for {name} (at least {floor}). {instead}"
        )
    if n_topics > min(n_passages, n_terms):
        raise TooSmallError(
            f"{n_topics} topics from {n_passages} passages and {n_terms} terms: "
            "ask for fewer topics, or cut the articles into smaller passages."
        )


def canonical_order(
    texts: Sequence[str], ids: Sequence[str]
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the places of passages in canonical order: by a digest of the text, then by id."""
    keys = list(zip(map(digest, texts), ids, strict=True))
    return np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.int64)


def digest(text: str) -> bytes:
    """Return the eight bytes by which a passage has its place in the canonical order."""
    return hashlib.blake2b(to_bytes(text), digest_size=8).digest()


def surprise(counts: sparse.csr_matrix) -> Array:
    """Return how many bits each term says, as keyATM weights its tokens."""
    total = np.maximum(np.asarray(counts.sum(axis=0), dtype=np.float64).ravel(), 1)
    return np.asarray(-np.log2(total / total.sum()))


@contextmanager
def one_thread() -> Iterator[None]:
    """Run with one BLAS thread, so that the number of cores changes no digit.

    Whether an engine settled is said in the notes of the result, not as a warning. A fit that
    leaves nothing over has an error a hair below zero, whose root scikit-learn warns of.
    """
    with threadpool_limits(limits=1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        warnings.filterwarnings("ignore", "invalid value encountered in sqrt", RuntimeWarning)
        yield
