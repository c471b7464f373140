"""How good are topics? Coherence of their words, exclusivity, diversity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from syriatopics.results import Result

__all__ = ["Quality", "measure_quality"]

Array = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, eq=False, kw_only=True)
class Quality(Result):
    """A row per topic: ``topic, coherence, exclusivity``; ``diversity`` is of all topics.

    Coherence says whether words go together in passages, not whether a topic means
    anything to a reader: read the passages (Hoyle et al. 2021).
    """

    diversity: float

    @property
    def coherence(self) -> float:
        """Mean NPMI over topics."""
        return float(self.table["coherence"].mean())

    @property
    def exclusivity(self) -> float:
        """Mean exclusivity over topics."""
        return float(self.table["exclusivity"].mean())


def measure_quality(phi: Array, counts: sparse.csr_matrix, n_terms: int = 10) -> Quality:
    """Measure topics on the passages that they were fitted on.

    Parameters
    ----------
    phi : ndarray, shape (n_topics, n_vocabulary)
    counts : sparse matrix, shape (n_passages, n_vocabulary)
    n_terms : int
        How many first terms of a topic are looked at.

    Returns
    -------
    Quality
        Coherence is the mean NPMI of the pairs of first terms, counted over passages
        (Bouma 2009; Lau et al. 2014), in [-1, 1]. Exclusivity is the mean share that a
        topic has in its first terms. Diversity is the share of different terms among the
        first terms of all topics (Dieng et al. 2020).
    """
    top = np.argsort(-phi, axis=1, kind="stable")[:, :n_terms]
    present = (counts[:, np.unique(top)] > 0).astype(np.float64)
    column = {term: position for position, term in enumerate(np.unique(top))}
    together = (present.T @ present).toarray() / counts.shape[0]
    single = np.diag(together)
    share = phi / np.maximum(phi.sum(axis=0, keepdims=True), np.finfo(float).tiny)
    rows = []
    for topic, terms in enumerate(top):
        index = [column[term] for term in terms]
        rows.append((topic, _npmi(together, single, index), float(share[topic, terms].mean())))
    return Quality(
        table=pd.DataFrame(rows, columns=["topic", "coherence", "exclusivity"]),
        diversity=len(np.unique(top)) / top.size,
    )


def _npmi(together: Array, single: Array, index: list[int]) -> float:
    first, second = np.triu_indices(len(index), k=1)
    i, j = np.array(index)[first], np.array(index)[second]
    joint = together[i, j]
    values = np.full(len(joint), -1.0)  # words that never meet
    seen = (joint > 0) & (joint < 1)
    values[seen] = np.log(joint[seen] / (single[i][seen] * single[j][seen])) / -np.log(joint[seen])
    values[joint >= 1] = 1.0
    return float(values.mean()) if len(values) else float("nan")
