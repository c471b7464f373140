"""Units: the blocks of articles that the words of two groups come in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from syriatopics.inference.lasting import lasting
from syriatopics.inference.partings import Rows
from syriatopics.inference.resampling import Array, estimate

__all__ = ["Units", "units_of"]

# So many of the most frequent words tell how far blocks run on into each other.
_TELLING = 200


@dataclass(frozen=True, eq=False)
class Units:
    """Words of two groups, a row per block and group.

    Attributes
    ----------
    counts : csr_matrix, shape (n_rows, n_terms)
    length : ndarray, shape (n_rows,)
        All tokens of the row, also those of terms that are left out.
    focal : ndarray of bool, shape (n_rows,)
        Whether the row belongs to the focal group.
    partner : ndarray of int, shape (n_rows,)
        The row of the same block in the other group, -1 where there is none.
    names : ndarray of str, shape (n_rows,)
        The block of each row.
    """

    counts: sparse.csr_matrix
    length: Array
    focal: np.ndarray[Any, np.dtype[np.bool_]]
    partner: np.ndarray[Any, np.dtype[np.int64]]
    names: np.ndarray[Any, np.dtype[np.str_]]

    @property
    def lasts(self) -> float:
        """By how much blocks that run on into each other widen the variance of a difference."""
        total = np.asarray(self.counts.sum(axis=0)).ravel()
        heavy = np.argsort(-total, kind="stable")[:_TELLING]
        sides = (
            estimate(self.counts[side][:, heavy].toarray(), self.length[side], self.names[side])
            for side in (self.focal, ~self.focal)
        )
        return lasting(*sides)

    @property
    def rows(self) -> Rows:
        """The blocks of both groups, which can be dealt out anew."""
        return Rows(self.focal, self.partner)


def units_of(
    counts: sparse.csr_matrix,
    block: np.ndarray[Any, Any],
    focal: np.ndarray[Any, Any],
    reference: np.ndarray[Any, Any],
    kept: np.ndarray[Any, Any],
) -> Units:
    """Sum the counts of passages within blocks and groups.

    Parameters
    ----------
    counts : csr_matrix, shape (n_passages, n_terms)
    block : ndarray of str, shape (n_passages,)
    focal, reference : ndarray of bool, shape (n_passages,)
    kept : ndarray of int
        The terms that are compared.
    """
    sums, names = [], []
    for chosen in (focal, reference):
        labels, index = np.unique(block[chosen], return_inverse=True)
        gather = sparse.csr_matrix((np.ones(len(index)), (index, np.arange(len(index)))))
        sums.append(sparse.csr_matrix(gather @ counts[chosen]))
        names.append(labels)
    together = sparse.csr_matrix(sparse.vstack(sums))
    n_focal = len(names[0])
    _, first, second = np.intersect1d(names[0], names[1], return_indices=True)
    partner = np.full(together.shape[0], -1, dtype=np.int64)
    partner[first], partner[second + n_focal] = second + n_focal, first
    return Units(
        counts=sparse.csr_matrix(together[:, kept]).astype(float),
        length=np.asarray(together.sum(axis=1), dtype=float).ravel(),
        focal=np.arange(together.shape[0]) < n_focal,
        partner=partner,
        names=np.concatenate(names),
    )
