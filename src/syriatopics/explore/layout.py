"""Where passages stand on the map, and how alike two are: from the corpus itself, no model needed."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from threadpoolctl import threadpool_limits

from syriatopics.encoders.lsa import offline_space
from syriatopics.inference.resampling import Array
from syriatopics.matrix import DocumentTermMatrix

__all__ = ["Layout", "layout", "map_of"]

# So many axes of the space are carried: a byte each for every passage.
DIMENSIONS = 32
_BYTE, _SIDE = 127, 65535


class Layout(NamedTuple):
    """Passages in the space of the corpus, in bytes.

    Attributes
    ----------
    vectors : ndarray of int8, shape (n_passages, d)
        Directions; only angles between them mean anything.
    axes : ndarray of int8, shape (n_terms, d)
        What a term adds to the vector of a question, its weight in it.
    x, y : ndarray of int, shape (n_passages,)
        In 0 … 65,535.
    """

    vectors: np.ndarray[Any, np.dtype[np.int8]]
    axes: np.ndarray[Any, np.dtype[np.int8]]
    x: np.ndarray[Any, Any]
    y: np.ndarray[Any, Any]


def layout(dtm: DocumentTermMatrix, theta: Array, random_state: int) -> Layout:
    """Lay out the passages of a corpus.

    Parameters
    ----------
    dtm : DocumentTermMatrix
    theta : ndarray, shape (n_passages, n_topics)
        Topics, which the map holds apart as far as two dimensions can.
    random_state : int
    """
    with threadpool_limits(limits=1):
        space = offline_space(dtm.counts, random_state)
        axes = (space.axes * space.idf)[:DIMENSIONS].T
        vectors = space.vectors(dtm.counts)[:, :DIMENSIONS]
        x, y = map_of(vectors, theta)
    return Layout(_bytes(vectors), _bytes(axes, per_row=False), _spread(x), _spread(y))


def map_of(vectors: Array, theta: Array) -> tuple[Array, Array]:
    """Return the two directions in which the middles of topics lie furthest apart.

    The middle of each topic weighs as many passages as it has; a sign that nothing decides is
    taken so that the largest part is positive.

    Examples
    --------
    >>> x, y = map_of(np.eye(4), np.repeat(np.eye(2), 2, axis=0))
    >>> bool(x[0] != x[3]), float(abs(x).max()) > 0
    (True, True)
    """
    known = np.nan_to_num(theta)
    weight = known.sum(axis=0)
    middles = known.T @ vectors / np.maximum(weight, 1e-12)[:, None]
    apart = (middles - vectors.mean(axis=0)) * np.sqrt(weight)[:, None]
    _, _, directions = np.linalg.svd(apart, full_matrices=True)
    two = directions[:2] if len(directions) > 1 else np.vstack([directions, 0 * directions])
    signs = np.sign(two[np.arange(2), np.abs(two).argmax(axis=1)])
    found = vectors @ (two * np.where(signs == 0, 1, signs)[:, None]).T
    return found[:, 0], found[:, 1]


def _bytes(values: Array, per_row: bool = True) -> np.ndarray[Any, np.dtype[np.int8]]:
    """Scale rows, or all values, so that the largest fills a byte."""
    largest = np.abs(values).max(axis=1, keepdims=True) if per_row else np.abs(values).max()
    scaled = np.rint(values / np.maximum(largest, 1e-12) * _BYTE)
    return np.asarray(scaled, dtype=np.int8)


def _spread(values: Array) -> np.ndarray[Any, Any]:
    """Bring values to the side of the map: half by size, half by rank, so that no crowd is a dot."""
    if np.ptp(values) < 1e-12:
        return np.full(len(values), _SIDE // 2)
    size = (values - values.min()) / np.ptp(values)
    _, place, number = np.unique(values, return_inverse=True, return_counts=True)
    rank = (np.cumsum(number) - number / 2)[place] / len(values)
    return np.asarray(np.rint((size + rank) / 2 * _SIDE))
