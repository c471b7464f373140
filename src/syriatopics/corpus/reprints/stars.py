"""From pairs to clusters, without chains.

A near copy of a near copy need be no near copy: a digest of the day holds five stories that
have nothing in common. So a cluster is a star: every article in it is a near copy of the one
in its middle (Aslam, Pelekhov & Rus 2004, "The star clustering algorithm"). The middle is the
article that resembles its copies most; a digest, which resembles each of them little, is none.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.sparse import csr_array

from syriatopics.corpus.reprints.grams import Numbers
from syriatopics.corpus.reprints.pairs import Pairs

__all__ = ["stars"]


def stars(pairs: Pairs, first: Numbers) -> Numbers:
    """Return for each article the middle of its cluster: itself where it has no copy.

    An article whose copies all belong to other stars follows the one that it resembles most,
    so that no article with a near copy stands alone.

    Parameters
    ----------
    pairs : Pairs
    first : ndarray of int64, shape (n_articles,)
        The article that stands for those with the same 5-grams.
    """
    n = len(first)
    graph = _graph(pairs, n)
    copies = np.bincount(first, minlength=n)
    # Cubed: a digest resembles each of many stories a little, a story its copies a lot.
    resembles = graph.power(3) @ copies.astype(np.float64) + copies - 1
    middle = np.full(n, -1, dtype=np.int64)
    # Rounded, so that the order of a sum cannot decide between equals.
    for article in np.lexsort((np.arange(n), -np.round(resembles, 9))).tolist():
        if middle[article] >= 0 or first[article] != article:
            continue
        near = graph.indices[graph.indptr[article] : graph.indptr[article + 1]]
        middle[near[middle[near] < 0]] = article
        middle[article] = article
    _join_the_lonely(middle, graph, copies)
    return middle[first]


def _graph(pairs: Pairs, n: int) -> Any:
    ends = np.concatenate([pairs.left, pairs.right])
    others = np.concatenate([pairs.right, pairs.left])
    graph = csr_array((np.tile(pairs.resemblance, 2), (ends, others)), shape=(n, n))
    graph.sort_indices()
    return graph


def _join_the_lonely(middle: Numbers, graph: Any, copies: Numbers) -> None:
    sizes = np.bincount(middle[middle >= 0], minlength=len(middle))
    lonely = (sizes[np.maximum(middle, 0)] == 1) & (copies == 1) & (np.diff(graph.indptr) > 0)
    for article in np.flatnonzero(lonely).tolist():
        start, end = graph.indptr[article], graph.indptr[article + 1]
        middle[article] = middle[graph.indices[start + int(graph.data[start:end].argmax())]]
