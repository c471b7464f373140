"""Topics by non-negative matrix factorisation of TF-IDF weights (scikit-learn)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from syriatopics.errors import InputError, TooSmallError
from syriatopics.matrix import DocumentTermMatrix
from syriatopics.topics.engine import as_matrix, one_thread, tfidf
from syriatopics.topics.fitted import FittedTopics, assemble

__all__ = ["NMF"]


@dataclass(frozen=True, kw_only=True)
class NMF:
    """Which words stand together? Non-negative matrix factorisation.

    A good first model offline: quick, deterministic, readable at any size.

    Parameters
    ----------
    n_topics : int
    random_state : int
    max_iter : int

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

        dtm = as_matrix(source)
        if self.n_topics < 2:
            raise InputError(f"n_topics={self.n_topics}: a topic model has at least 2 topics.")
        if self.n_topics > min(dtm.shape):
            raise TooSmallError(
                f"{self.n_topics} topics from {dtm.shape[0]} passages and {dtm.shape[1]} terms: "
                "ask for fewer topics, or cut the articles into smaller passages."
            )
        engine = decomposition.NMF(
            n_components=self.n_topics,
            init="nndsvda",
            random_state=self.random_state,
            max_iter=self.max_iter,
            tol=1e-4,
        )
        with one_thread():
            weights = engine.fit_transform(tfidf(dtm.counts))
        scale = engine.components_.sum(axis=1)
        notes = []
        if engine.n_iter_ >= self.max_iter:
            notes.append(f"NMF stopped after {self.max_iter} rounds before it had settled.")
        return assemble(
            np.asarray(weights * scale, dtype=np.float64),
            np.asarray(engine.components_, dtype=np.float64),
            dtm,
            f"NMF(n_topics={self.n_topics}, random_state={self.random_state})",
            notes,
        )
