"""Topics by latent Dirichlet allocation (scikit-learn), in one batch or in many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from syriatopics.matrix import DocumentTermMatrix
from syriatopics.topics.assembly import assemble_learned
from syriatopics.topics.engine import Array, one_thread, ready
from syriatopics.topics.fitted import FittedTopics
from syriatopics.topics.learning import CountStream, Learned, whole
from syriatopics.topics.projection import Dirichlet

__all__ = ["LDA"]

# From so many passages variational Bayes learns online: batches settle much sooner.
_LARGE = 2_000
_BATCH, _READ = 512, 8 * 512
# So many passages, seen anew or again, settle the topics.
_ENOUGH = 1_000_000
_FLOOR = 50


@dataclass(frozen=True, kw_only=True)
class LDA:
    """Of which topics is each passage a mixture? Latent Dirichlet allocation.

    Parameters
    ----------
    n_topics : int
    random_state : int
    max_iter : int or None
        Rounds over the passages; None: 100 in one batch, 10 in many, and fewer from 100,000
        passages on.
    batches : bool or None
        Whether to learn online, in batches; None: from 2,000 passages on.
    alpha, eta : float or None
        Priors of topics in passages, and of terms in topics; None: ``1 / n_topics``.

    References
    ----------
    Blei, D., Ng, A. & Jordan, M. (2003). Latent Dirichlet allocation. JMLR 3.
    Hoffman, M., Blei, D. & Bach, F. (2010). Online learning for latent Dirichlet
    allocation. NIPS 23.

    Examples
    --------
    >>> from syriatopics.corpus import load_seeds
    >>> LDA(n_topics=4, max_iter=5).fit(load_seeds().passages()).n_topics
    4
    """

    n_topics: int = 10
    random_state: int = 0
    max_iter: int | None = None
    batches: bool | None = None
    alpha: float | None = None
    eta: float | None = None

    def fit(self, source: DocumentTermMatrix | object) -> FittedTopics:
        """Fit the model to counts, or to passages, which are counted first.

        Raises
        ------
        InputError
            If `n_topics` is below 2.
        TooSmallError
            If there are fewer than 50 passages, or fewer passages or terms than topics.
        """
        data = ready(
            source,
            self.n_topics,
            "LDA",
            self.floor,
            "NMF works on fewer; sentences as passages are more.",
        )
        return assemble_learned(self.learn(data), data, self.name)

    @property
    def name(self) -> str:
        """The specification in words."""
        return f"LDA(n_topics={self.n_topics}, random_state={self.random_state})"

    @property
    def floor(self) -> int:
        """The fewest passages on which the model says anything."""
        return _FLOOR

    def learn(self, counts: CountStream) -> Learned:
        """Learn topics from passages that come in canonical order."""
        batches = counts.n_passages >= _LARGE if self.batches is None else self.batches
        with one_thread():
            return self._online(counts) if batches else self._at_once(whole(counts))

    def _at_once(self, counts: sparse.csr_matrix) -> Learned:
        rounds = self.max_iter or 100
        # The bound is looked at every tenth round, to see whether it has settled.
        engine = self._engine(learning_method="batch", max_iter=rounds, evaluate_every=10)
        theta = np.asarray(engine.fit_transform(counts))
        notes = []
        if engine.n_iter_ >= rounds:
            notes.append(f"LDA stopped after {rounds} rounds before it had settled.")
        return self._learned(engine, notes, theta)

    def _online(self, counts: CountStream) -> Learned:
        # Ten rounds, and from 100,000 passages on fewer: one is enough for a million.
        rounds = self.max_iter or max(1, min(10, round(_ENOUGH / counts.n_passages)))
        engine = self._engine(
            learning_method="online",
            learning_offset=50.0,
            batch_size=_BATCH,
            total_samples=counts.n_passages,
        )
        for _ in range(rounds):
            for batch in counts.batches(_READ):
                engine.partial_fit(batch)
        often = "round" if rounds == 1 else "rounds"
        note = f"{counts.n_passages:,} passages: LDA learned online, in {rounds} {often}."
        return self._learned(engine, [note])

    def _learned(self, engine: Any, notes: list[str], theta: Array | None = None) -> Learned:
        alpha = np.full(self.n_topics, float(engine.doc_topic_prior_))
        projection = Dirichlet(np.asarray(engine.exp_dirichlet_component_), alpha)
        return Learned(np.asarray(engine.components_), projection, tuple(notes), theta)

    def _engine(self, **options: Any) -> Any:
        from sklearn.decomposition import LatentDirichletAllocation

        return LatentDirichletAllocation(
            self.n_topics,
            doc_topic_prior=self.alpha,
            topic_word_prior=self.eta,
            perp_tol=0.1,
            random_state=self.random_state,
            **options,
        )
