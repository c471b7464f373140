"""Topics by non-negative matrix factorisation of BM25 weights (scikit-learn)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from syriatopics.encoders.lsa import bm25, inverse_frequency
from syriatopics.matrix import DocumentTermMatrix
from syriatopics.topics.assembly import assemble_learned
from syriatopics.topics.engine import Array, one_thread, ready
from syriatopics.topics.factorising import batch_size, factorise
from syriatopics.topics.fitted import FittedTopics
from syriatopics.topics.learning import CountStream, Learned, whole
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
        Whether to learn in batches of 4,096 and more; None: from 100,000 passages on.

    Notes
    -----
    Counts are weighted by BM25, as in the offline space of EmbeddingTopics. How much of a topic is in
    a passage is measured by the length of its part, as the error is that the model makes least: by the
    sum, topics of many small weights would take passages whose words say something else.

    Topics of hundreds of articles read better when they are learned from whole articles:
    ``fit(corpus.passages("article"))``, and ``score(corpus.passages())`` for the paragraphs.

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
        data = ready(source, self.n_topics, "NMF", self.floor)
        return assemble_learned(self.learn(data), data, self.name)

    @property
    def name(self) -> str:
        """The specification in words."""
        return f"NMF(n_topics={self.n_topics}, random_state={self.random_state})"

    @property
    def floor(self) -> int:
        """The fewest passages on which the model says anything."""
        return 0

    def learn(self, counts: CountStream) -> Learned:
        """Learn topics from passages that come in canonical order."""
        batches = counts.n_passages >= _LARGE if self.batches is None else self.batches
        with one_thread():
            idf = inverse_frequency(counts.frequency, counts.n_passages)
            if batches:
                return self._in_batches(counts, idf)
            return self._at_once(bm25(whole(counts), idf), idf)

    def _at_once(self, weights: sparse.csr_matrix, idf: Array) -> Learned:
        from sklearn import decomposition

        engine = decomposition.NMF(
            self.n_topics,
            init="nndsvda",
            random_state=self.random_state,
            max_iter=self.max_iter,
            tol=1e-4,
        )
        found = engine.fit_transform(weights)
        components = np.asarray(engine.components_, dtype=np.float64)
        notes = []
        if engine.n_iter_ >= self.max_iter:
            notes.append(f"NMF stopped after {self.max_iter} rounds before it had settled.")
        projection = Factor(components, idf)
        return Learned(components, projection, tuple(notes), projection.sized(found))

    def _in_batches(self, counts: CountStream, idf: Array) -> Learned:
        found = factorise(counts, idf, self.n_topics, self.random_state, self.max_iter)
        notes = [
            f"{counts.n_passages:,} passages: NMF learned in batches of {batch_size(counts.n_passages):,}, "
            f"in {found.n_rounds} rounds."
        ]
        if not found.settled:
            notes.append(f"NMF stopped after {found.n_rounds} rounds before it had settled.")
        return Learned(found.components, Factor(found.components, idf), tuple(notes))
