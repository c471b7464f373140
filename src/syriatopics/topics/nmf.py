"""Topics by non-negative matrix factorisation of TF-IDF weights (scikit-learn)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from syriatopics.matrix import DocumentTermMatrix
from syriatopics.topics.assembly import assemble
from syriatopics.topics.engine import one_thread, ready, tfidf
from syriatopics.topics.fitted import FittedTopics
from syriatopics.topics.projection import Factor

__all__ = ["NMF"]

# From so many passages the factorisation learns in batches.
_LARGE = 100_000


@dataclass(frozen=True, kw_only=True)
class NMF:
    """Which words stand together? Non-negative matrix factorisation.

    A good first model offline: quick, deterministic, readable at any size.

    Parameters
    ----------
    n_topics : int
    random_state : int
    max_iter : int
    batches : bool or None
        Whether to learn in batches (MiniBatchNMF); None: from 100,000 passages on.

    References
    ----------
    Lee, D. & Seung, H. (1999). Learning the parts of objects by non-negative matrix
    factorization. Nature 401.

    Examples
    --------
    >>> from syriatopics.corpus import load_seeds
    >>> NMF(n_topics=4).fit(load_seeds().passages()).n_topics
    4
    """

    n_topics: int = 10
    random_state: int = 0
    max_iter: int = 400
    batches: bool | None = None

    def fit(self, source: DocumentTermMatrix | object) -> FittedTopics:
        """Fit the model to counts, or to passages, which are counted first.

        Raises
        ------
        InputError
            If `n_topics` is below 2.
        TooSmallError
            If there are fewer passages or terms than topics.
        """
        from sklearn import decomposition

        data = ready(source, self.n_topics, "NMF")
        batches = len(data.rows) >= _LARGE if self.batches is None else self.batches
        options = {
            "n_components": self.n_topics,
            "init": "nndsvda",
            "random_state": self.random_state,
            "max_iter": self.max_iter,
            "tol": 1e-4,
        }
        engine = (
            decomposition.MiniBatchNMF(**options, batch_size=4096, fresh_restarts=False)
            if batches
            else decomposition.NMF(**options)
        )
        with one_thread():
            weights, idf = tfidf(data.counts)
            theta = engine.fit_transform(weights)
        components = np.asarray(engine.components_, dtype=np.float64)
        notes = []
        if batches:
            notes.append(f"{len(data.rows):,} passages: NMF learned in batches of 4,096.")
        elif engine.n_iter_ >= self.max_iter:
            notes.append(f"NMF stopped after {self.max_iter} rounds before it had settled.")
        return assemble(
            data.spread(np.asarray(theta * components.sum(axis=1), dtype=np.float64)),
            components,
            data.dtm,
            f"NMF(n_topics={self.n_topics}, random_state={self.random_state})",
            notes,
            projection=Factor(components, idf),
        )
