"""How good are topics? Coherence of their words, exclusivity, diversity, held-out likelihood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import sparse

from syriatopics.errors import TooSmallError
from syriatopics.matrix import DocumentTermMatrix
from syriatopics.results import Result
from syriatopics.topics.coherence import c_v, meetings_in_passages, meetings_in_windows, npmi
from syriatopics.topics.engine import as_matrix
from syriatopics.topics.wording import first

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from syriatopics.topics.models import TopicModel

__all__ = ["Quality", "held_out", "measure_quality"]

Array = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, eq=False, kw_only=True)
class Quality(Result):
    """A row per topic: ``topic, coherence, c_v, exclusivity``; ``diversity`` is of all topics.

    Coherence says whether words go together in passages, not whether a topic means
    anything to a reader: read the passages (Hoyle et al. 2021).
    """

    diversity: float

    @property
    def coherence(self) -> float:
        """Mean NPMI over topics."""
        return float(self.table["coherence"].mean())

    @property
    def c_v(self) -> float:
        """Mean c_v over topics."""
        return float(self.table["c_v"].mean())

    @property
    def exclusivity(self) -> float:
        """Mean exclusivity over topics."""
        return float(self.table["exclusivity"].mean())

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw topics by coherence and exclusivity."""
        from syriatopics.plots import topic_quality

        return topic_quality(self.table, ax, **options)


def measure_quality(
    phi: Array,
    dtm: DocumentTermMatrix,
    n_terms: int = 10,
    reference: DocumentTermMatrix | Any = None,
) -> Quality:
    """Measure topics on the passages that they were fitted on, or on a reference corpus.

    Parameters
    ----------
    phi : ndarray, shape (n_topics, n_vocabulary)
    dtm : DocumentTermMatrix
    n_terms : int
        How many first terms of a topic are looked at.
    reference : DocumentTermMatrix, Passages or iterable of str, optional
        Where the meetings of words are counted; by default `dtm`.

    Returns
    -------
    Quality
        Coherence is the mean NPMI of the pairs of first terms, counted over passages
        (Bouma 2009; Lau et al. 2014), in [-1, 1]; c_v counts over sliding windows and
        compares whole vectors (Röder et al. 2015), in [0, 1]. Exclusivity is the mean share
        that a topic has in its first terms. Diversity is the share of different terms among
        the first terms of all topics (Dieng et al. 2020).
    """
    where = dtm
    notes: tuple[str, ...] = ()
    if reference is not None:
        passages = reference.passages if isinstance(reference, DocumentTermMatrix) else reference
        where = dtm.count(passages)
        notes = (f"Coherence was counted on a reference corpus of {where.shape[0]:,} passages.",)
    top = first(phi, n_terms)
    in_passages = meetings_in_passages(where.counts, top)
    in_windows = meetings_in_windows(where, top)
    share = phi / np.maximum(phi.sum(axis=0, keepdims=True), np.finfo(float).tiny)
    rows = [
        (topic, npmi(in_passages, words), c_v(in_windows, words), float(share[topic, words].mean()))
        for topic, words in enumerate(top)
    ]
    return Quality(
        table=pd.DataFrame(rows, columns=["topic", "coherence", "c_v", "exclusivity"]),
        diversity=len(np.unique(top)) / top.size,
        notes=notes,
    )


def held_out(
    model: TopicModel,
    source: DocumentTermMatrix | Any,
    *,
    share: float = 0.2,
    random_state: int = 0,
) -> float:
    """Return how well a model foretells the second half of passages that it has not seen.

    Articles are set aside whole. Of each of their passages one half of the terms gives θ,
    and the other half is scored. For all models alike, the words of a topic are those of
    the training passages, weighted by θ; so models that give no probabilities can be
    compared with those that do.

    Parameters
    ----------
    model : TopicModel
    source : DocumentTermMatrix, Corpus, Passages or iterable of str
    share : float
        Of the articles that are set aside.
    random_state : int

    Returns
    -------
    float
        Mean log-likelihood of a term, in nats; nearer to 0 is better.

    Raises
    ------
    TooSmallError
        If no passage is left on one side.
    """
    dtm = as_matrix(source)
    article = dtm.passages.table["article_id"].to_numpy()
    rng = np.random.default_rng(random_state)
    names = np.unique(article)
    # Of a few articles each is too much of the corpus: passages are set aside instead.
    unit = article if len(names) >= 10 else dtm.passages.table["passage_id"].to_numpy()
    names = np.unique(unit)
    aside = np.isin(unit, rng.permutation(names)[: max(1, round(share * len(names)))])
    if aside.all():
        raise TooSmallError("Nothing is left to fit a model on when passages are set aside.")
    fitted = model.fit(dtm.where(~aside))
    rest = dtm.where(aside)
    seen, hidden = _halves(rest.counts, rng)
    theta = np.nan_to_num(fitted._projected(rest, seen), nan=1 / fitted.n_topics)
    words = np.asarray((fitted.dtm.counts.T @ np.nan_to_num(fitted.theta)).T) + 0.01
    words /= words.sum(axis=1, keepdims=True)
    hidden = hidden.tocoo()
    if not hidden.nnz:
        raise TooSmallError("The passages that were set aside hold no terms.")
    chance = np.einsum("nk,kn->n", theta[hidden.row], words[:, hidden.col])
    return float(hidden.data @ np.log(chance) / hidden.data.sum())


def _halves(
    counts: sparse.csr_matrix, rng: np.random.Generator
) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    seen = counts.copy()
    seen.data = rng.binomial(counts.data, 0.5)
    hidden = sparse.csr_matrix(counts - seen)
    seen.eliminate_zeros()
    hidden.eliminate_zeros()
    return seen, hidden
