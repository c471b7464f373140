"""What a fitted topic model is: θ, φ, and the way back from a topic to the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.arabic.characters import ARABIC_LETTERS
from syriatopics.corpus import Passages
from syriatopics.errors import InputError, ModelError
from syriatopics.inference import Scores
from syriatopics.matrix import DocumentTermMatrix
from syriatopics.results import Result
from syriatopics.topics.quality import Quality, measure_quality

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["FittedTopics", "assemble"]

Array = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, eq=False, kw_only=True)
class FittedTopics(Result):
    """A fitted topic model.

    Attributes
    ----------
    table : DataFrame
        A row per topic: ``topic, share, n_passages, words``; topics are numbered by share.
    theta : ndarray, shape (n_passages, n_topics)
        Topics in passages; rows sum to 1. A passage that lost all its terms has a row of
        NaN: what it is about is not known.
    phi : ndarray, shape (n_topics, n_terms)
        Terms in topics; rows sum to 1.
    dtm : DocumentTermMatrix
        What the model was fitted on.
    model : str
        How the model was specified.
    """

    theta: Array
    phi: Array
    dtm: DocumentTermMatrix
    model: str

    @property
    def n_topics(self) -> int:
        """Number of topics."""
        return int(self.phi.shape[0])

    @property
    def terms(self) -> np.ndarray[Any, np.dtype[Any]]:
        """The vocabulary: match keys, in the order of the columns of φ."""
        return self.dtm.terms

    @property
    def documents(self) -> pd.DataFrame:
        """The metadata of the passages, in the order of the rows of θ."""
        return self.dtm.documents

    @cached_property
    def scores(self) -> Scores:
        """θ as scores, for :func:`prevalence` and :func:`trend`."""
        table = pd.DataFrame(
            self.theta, index=pd.Index(self.documents["passage_id"], name="passage_id")
        )
        labels = {str(t): f"{t}: {w}" for t, w in enumerate(self._words(3))}
        table.columns = pd.Index([str(topic) for topic in range(self.n_topics)])
        return Scores(
            table=table,
            passages=self.dtm.passages,
            label_name="topic",
            labels=labels,
            notes=self.notes,
        )

    def top_terms(self, n: int = 10) -> pd.DataFrame:
        """Return the `n` most probable terms of each topic: ``topic, rank, term, display, weight``."""
        order = _first(self.phi, n)
        rows = [
            (topic, rank, self.terms[j], self.dtm.display[self.terms[j]], self.phi[topic, j])
            for topic in range(self.n_topics)
            for rank, j in enumerate(order[topic])
        ]
        return pd.DataFrame(rows, columns=["topic", "rank", "term", "display", "weight"])

    def passages(self, topic: int, n: int = 5) -> Passages:
        """Return the passages with most of a topic, one per article, to be read before naming it."""
        if not 0 <= topic < self.n_topics:
            raise InputError(f"No topic {topic}. Topics here: 0 to {self.n_topics - 1}.")
        weight = np.nan_to_num(self.theta[:, topic])
        table = self.dtm.passages.table.assign(weight=weight)
        best = (
            table.iloc[np.argsort(-weight, kind="stable")]
            .query("weight > 0")
            .drop_duplicates("article_id")
            .head(n)
        )
        return Passages(best.reset_index(drop=True), self.dtm.passages.unit)

    def quality(self, n_terms: int = 10) -> Quality:
        """Measure coherence, exclusivity and diversity of the topics."""
        return measure_quality(self.phi, self.dtm.counts, n_terms)

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the topics with their shares and words."""
        from syriatopics.plots import topic_words

        return topic_words(self.table, ax, **options)

    def _words(self, n: int) -> list[str]:
        return _words(self.phi, self.dtm, n)


def _first(phi: Array, n: int) -> np.ndarray[Any, Any]:
    """Return the columns of the largest values of each row; ties in alphabetical order."""
    return np.argsort(-phi, axis=1, kind="stable")[:, :n]


def _words(phi: Array, dtm: DocumentTermMatrix, n: int) -> list[str]:
    return ["، ".join(dtm.display[dtm.terms[j]] for j in row) for row in _first(phi, n)]


def assemble(
    theta: Array, phi: Array, dtm: DocumentTermMatrix, model: str, notes: Sequence[str] = ()
) -> FittedTopics:
    """Make fitted topics of the raw matrices of an engine.

    Rows are normalised, topics numbered by share, and the words looked at: topics of an
    Arabic corpus whose words have no Arabic letter are an error, not a result.

    Parameters
    ----------
    theta : ndarray, shape (n_passages, n_topics)
        Non-negative weights; a row of zeros is a passage about which nothing is known.
    phi : ndarray, shape (n_topics, n_terms)
        Non-negative weights.
    dtm : DocumentTermMatrix
    model : str
    notes : sequence of str

    Raises
    ------
    ModelError
        If an engine gave values that cannot be shown.
    """
    if not (np.isfinite(phi).all() and (phi >= 0).all()):
        raise ModelError(f"{model} gave topic weights that are negative or not finite.")
    empty = theta.sum(axis=1) <= 0
    with np.errstate(invalid="ignore", divide="ignore"):
        theta = theta / theta.sum(axis=1, keepdims=True)
        phi = phi / phi.sum(axis=1, keepdims=True)
    theta[empty] = np.nan
    if np.isnan(phi).any():
        raise ModelError(f"{model} gave a topic without terms. Ask for fewer topics.")
    share = np.nanmean(theta, axis=0)
    order = np.lexsort((np.arange(len(share)), -np.round(share, 9)))
    theta, phi, share = theta[:, order], phi[order], share[order]
    _guard_script(phi, dtm, model)
    table = pd.DataFrame(
        {
            "topic": range(len(phi)),
            "share": share,
            "n_passages": np.bincount(np.argmax(theta[~empty], axis=1), minlength=len(phi)),
            "words": _words(phi, dtm, 10),
        }
    )
    said = [f"{int(empty.sum())} passages without a term of the vocabulary have no topics."]
    return FittedTopics(
        table=table,
        notes=(*dtm.notes, *notes, *(said if empty.any() else ())),
        theta=theta,
        phi=phi,
        dtm=dtm,
        model=model,
    )


def _guard_script(phi: Array, dtm: DocumentTermMatrix, model: str) -> None:
    arabic = pd.Series(dtm.terms).str.contains(f"[{ARABIC_LETTERS}]", regex=True).to_numpy()
    if not arabic.any():
        return
    for topic, row in enumerate(_first(phi, 10)):
        if not arabic[row].any():
            words = ", ".join(map(str, dtm.terms[row][:5]))
            raise ModelError(
                f"{model}: no word of topic {topic} has an Arabic letter ({words}). "
                "The text was damaged on its way into the model."
            )
