"""Topics by latent Dirichlet allocation (scikit-learn), in one batch or in many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from syriatopics.matrix import DocumentTermMatrix
from syriatopics.topics.assembly import assemble
from syriatopics.topics.engine import one_thread, ready
from syriatopics.topics.fitted import FittedTopics
from syriatopics.topics.projection import Dirichlet

__all__ = ["LDA"]

# From so many passages variational Bayes learns online: batches settle much sooner.
_LARGE = 2_000
_FLOOR = 50


@dataclass(frozen=True, kw_only=True)
class LDA:
    """Of which topics is each passage a mixture? Latent Dirichlet allocation.

    Parameters
    ----------
    n_topics : int
    random_state : int
    max_iter : int or None
        Rounds over the passages; None: 100 in one batch, 10 in many.
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
            _FLOOR,
            "NMF works on fewer; sentences as passages are more.",
        )
        batches = len(data.rows) >= _LARGE if self.batches is None else self.batches
        rounds = self.max_iter or (10 if batches else 100)
        engine = self._engine(batches, rounds)
        with one_thread():
            theta = engine.fit_transform(data.counts)
        notes = [f"{len(data.rows):,} passages: LDA learned online."] if batches else []
        if not batches and engine.n_iter_ >= rounds:
            notes.append(f"LDA stopped after {rounds} rounds before it had settled.")
        return assemble(
            data.spread(np.asarray(theta)),
            np.asarray(engine.components_),
            data.dtm,
            f"LDA(n_topics={self.n_topics}, random_state={self.random_state})",
            notes,
            projection=Dirichlet(
                np.asarray(engine.exp_dirichlet_component_),
                np.full(self.n_topics, float(engine.doc_topic_prior_)),
            ),
        )

    def _engine(self, batches: bool, rounds: int) -> Any:
        from sklearn.decomposition import LatentDirichletAllocation

        return LatentDirichletAllocation(
            self.n_topics,
            doc_topic_prior=self.alpha,
            topic_word_prior=self.eta,
            learning_method="online" if batches else "batch",
            learning_offset=50.0,
            batch_size=512,
            max_iter=rounds,
            # The bound is looked at every tenth round, to see whether it has settled.
            evaluate_every=-1 if batches else 10,
            perp_tol=0.1,
            random_state=self.random_state,
        )
