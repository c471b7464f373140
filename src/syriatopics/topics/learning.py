"""What a model learns from: counts in canonical order, in memory or read batch by batch.

NMF and LDA see passages through this window only. So the same specification gives the same
topics, digit by digit, whether the counts lie in memory or in the partitions of a store.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy import sparse

from syriatopics.topics.engine import Array
from syriatopics.topics.projection import Projection

__all__ = ["CountStream", "Learned", "LearnsInBatches", "whole"]


class CountStream(Protocol):
    """Passages that hold terms, in canonical order, as often as a model wants to see them."""

    @property
    def n_passages(self) -> int:
        """How many there are."""
        ...

    @property
    def frequency(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """In how many of them each term stands, shape (n_terms,)."""
        ...

    def batches(self, size: int) -> Iterator[sparse.csr_matrix]:
        """Yield counts of `size` passages after `size` passages; the last batch may be smaller."""
        ...


@dataclass(frozen=True, eq=False)
class Learned:
    """What an engine found, before the topics are numbered.

    Attributes
    ----------
    phi : ndarray, shape (n_topics, n_terms)
        Weights, not normalised.
    projection : Projection
        How passages get their θ.
    notes : tuple of str
    theta : ndarray or None, shape (n_passages, n_topics)
        Weights in the order of the stream, where the engine gave them on the way.
    """

    phi: Array
    projection: Projection
    notes: tuple[str, ...] = ()
    theta: Array | None = None


class LearnsInBatches(Protocol):
    """A specification that can learn from a stream."""

    n_topics: int

    @property
    def name(self) -> str:
        """The specification in words."""
        ...

    @property
    def floor(self) -> int:
        """The fewest passages on which the model says anything."""
        ...

    def learn(self, counts: CountStream) -> Learned:
        """Learn topics from passages that come in canonical order."""
        ...


def whole(counts: CountStream) -> sparse.csr_matrix:
    """Return all counts of a stream as one matrix, for engines that want to see all at once."""
    return sparse.vstack(list(counts.batches(10_000)), format="csr")
