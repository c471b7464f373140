"""What a fitted topic model is: θ, φ, and the way back from a topic to the text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import sparse

from syriatopics.arabic import english
from syriatopics.corpus import Passages
from syriatopics.errors import InputError, ModelError
from syriatopics.escaping import to_bytes
from syriatopics.inference import Scores
from syriatopics.matrix import DocumentTermMatrix
from syriatopics.order import ranked, settled
from syriatopics.results import Result
from syriatopics.topics.projection import Cluster, Projection, project
from syriatopics.topics.quality import Quality, measure_quality
from syriatopics.topics.wording import first, rank_weights

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from syriatopics.topics.codebook import Codebook
    from syriatopics.topics.hierarchy import Hierarchy
    from syriatopics.topics.report import TopicReport

__all__ = ["FittedTopics"]

Array = np.ndarray[Any, np.dtype[np.float64]]
# So many words of a topic are part of what a model is known by.
_FIRST_WORDS = 50
# A passage of so many terms counts half: enough to leave headings behind, and little to paragraphs.
_FEW_TERMS = 3


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
    projection : Projection or None
        How new passages get their θ.
    mapping : ndarray or None, shape (n_topics of the engine, n_topics)
        Which topic each topic of the engine became.
    names : dict of int to (str, str)
        Labels given by a reader: Arabic, English.
    draws : ndarray or None, shape (n_draws, n_passages, n_topics)
        θ drawn from its posterior, where the model was asked for it; carries the
        uncertainty of the model into :func:`effects`. Not saved.
    """

    theta: Array
    phi: Array
    dtm: DocumentTermMatrix
    model: str
    projection: Projection | None = None
    mapping: Array | None = None
    names: Mapping[int, tuple[str, str]] | None = None
    draws: Array | None = None

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
    def fingerprint(self) -> str:
        """A hash of the model: specification, vocabulary, first words of the topics in their order.

        No digits of φ: among so many, the last that is kept is somewhere the choice of a processor.
        """
        digest = hashlib.sha256(self.model.encode())
        digest.update(to_bytes("\x1f".join(map(str, self.terms))))
        digest.update(ranked(self.phi)[:, :_FIRST_WORDS].astype("<i8").tobytes())
        return digest.hexdigest()[:16]

    @cached_property
    def scores(self) -> Scores:
        """θ as scores, for :func:`prevalence` and :func:`trend`."""
        return self._as_scores(self.theta, self.dtm.passages, self.notes)

    @property
    def labels(self) -> pd.DataFrame:
        """A label per topic: ``topic, ar, en``; its first words where no reader has named it."""
        words = [w.split("، ") for w in word_lists(self.phi, self.dtm, 3)]
        rows = [(t, "، ".join(w), ", ".join(map(english, w))) for t, w in enumerate(words)]
        table = pd.DataFrame(rows, columns=["topic", "ar", "en"])
        for topic, (ar, en) in (self.names or {}).items():
            table.loc[topic, ["ar", "en"]] = [ar or table["ar"][topic], en or table["en"][topic]]
        return table

    def named(self, labels: Mapping[int, str | tuple[str, str]]) -> FittedTopics:
        """Return the same topics with labels: ``{topic: (Arabic, English)}`` or one for both."""
        given = {
            self._topic(topic): (label, label) if isinstance(label, str) else label
            for topic, label in labels.items()
        }
        return replace(self, names={**(self.names or {}), **given})

    def edited(self, codebook: Codebook) -> FittedTopics:
        """Return the topics as a codebook names, merges, drops and splits them.

        Numbered anew by share; figures made of them follow.

        Raises
        ------
        ModelError
            If the codebook is of another model.
        InputError
            If an edit cannot be done, or fewer than two topics are left.
        """
        from syriatopics.topics.codebook import Codebook
        from syriatopics.topics.editing import edit_topics

        if not isinstance(codebook, Codebook):
            raise InputError(
                "edited wants a codebook: st.read_codebook(path) reads one from a file."
            )
        codebook.require_of(self)
        rows = codebook.table.to_dict("records")
        names = {r["topic"]: (r["ar"], r["en"]) for r in rows if r["ar"] or r["en"]}
        return edit_topics(self, {r["topic"]: r["edit"] for r in rows}, names)

    def top_terms(self, n: int = 10, by: str = "probability") -> pd.DataFrame:
        """Return the `n` first terms of each topic: ``topic, rank, term, display, weight``.

        `by` is "probability", "frex" (frequent and exclusive), "lift" (over the share in the
        corpus) or "ctfidf" (class-based TF-IDF).
        """
        weights = rank_weights(by, self.phi, self.theta, self.dtm.counts)
        order = first(weights, n)
        rows = [
            (topic, rank, self.terms[j], self.dtm.display[self.terms[j]], weights[topic, j])
            for topic in range(self.n_topics)
            for rank, j in enumerate(order[topic])
        ]
        return pd.DataFrame(rows, columns=["topic", "rank", "term", "display", "weight"])

    def passages(
        self, topic: int, n: int = 5, reprints: Mapping[str, object] | None = None
    ) -> Passages:
        """Return the passages with most of a topic, to be read before naming it.

        A heading of one word is all of one topic and says nothing of it: θ counts for less in
        a passage of few terms.

        Parameters
        ----------
        topic, n : int
        reprints : mapping of str to object, optional
            Article id → cluster of near copies; one article of each cluster is shown.
        """
        weight = settled(np.nan_to_num(self.theta[:, self._topic(topic)]))
        n_terms = np.asarray(self.dtm.counts.sum(axis=1), dtype=float).ravel()
        told = settled(weight * n_terms / (n_terms + _FEW_TERMS))
        table = self.dtm.passages.table.reset_index(drop=True).assign(weight=weight, _told=told)
        clusters = reprints or {}
        articles = table["article_id"]
        table["_story"] = [str(clusters.get(a, f"\x00{a}")) for a in articles]
        best = (
            table.sort_values(["_told", "passage_id"], ascending=[False, True], kind="stable")
            .query("weight > 0")
            .drop_duplicates("article_id")
            .drop_duplicates("_story")
            .head(n)
        )
        shown = self.dtm.passages.take(best.index.to_numpy()).loaded()
        return replace(shown, table=shown.table.assign(weight=best["weight"].to_numpy()))

    def transform(
        self,
        passages: DocumentTermMatrix | Passages | Iterable[str],
        embeddings: np.ndarray[Any, Any] | None = None,
    ) -> Array:
        """Return θ of passages that the model has not seen, shape (n_passages, n_topics).

        A passage without a known term has a row of NaN. A model with covariates reads them
        from the passages; one fitted on given embeddings wants `embeddings` here too.
        """
        return self._transform(self._counted(passages), embeddings)

    def score(
        self,
        passages: DocumentTermMatrix | Passages | Iterable[str],
        embeddings: np.ndarray[Any, Any] | None = None,
    ) -> Scores:
        """Return θ of new passages as scores, for :func:`prevalence` and :func:`trend`."""
        dtm = self._counted(passages)
        return self._as_scores(self._transform(dtm, embeddings), dtm.passages, dtm.notes)

    def merge(self, groups: Sequence[Sequence[int]]) -> FittedTopics:
        """Return the topics with each group made one; the others stay. Numbered anew by share."""
        from syriatopics.topics.hierarchy import merge

        return merge(self, groups)

    def hierarchy(self) -> Hierarchy:
        """Return which topics are alike: a tree over class-based TF-IDF, by Ward's method."""
        from syriatopics.topics.hierarchy import grow

        return grow(self)

    def report(
        self, topic: int, n: int = 5, reprints: Mapping[str, object] | None = None
    ) -> TopicReport:
        """Return what there is to know of a topic: words, passages, outlets, period."""
        from syriatopics.topics.report import report

        return report(self, self._topic(topic), n, reprints)

    def quality(self, n_terms: int = 10, reference: DocumentTermMatrix | None = None) -> Quality:
        """Measure coherence (on the corpus, or on a reference corpus), exclusivity, diversity."""
        return measure_quality(self.phi, self.dtm, n_terms, reference)

    def save(self, folder: str | Path) -> None:
        """Write the model into a folder: JSON, npz and Parquet, no pickle."""
        from syriatopics.topics.saving import save_topics

        save_topics(self, folder)

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the topics with their shares and words."""
        from syriatopics.plots import topic_words

        return topic_words(self.table, ax, **options)

    def _topic(self, topic: int) -> int:
        if not isinstance(topic, Integral) or not 0 <= topic < self.n_topics:
            raise InputError(f"No topic {topic!r}. Topics here: 0 to {self.n_topics - 1}.")
        return int(topic)

    def _counted(
        self, passages: DocumentTermMatrix | Passages | Iterable[str]
    ) -> DocumentTermMatrix:
        if isinstance(passages, str):
            raise InputError("transform wants passages or a list of texts, not one text.")
        if not isinstance(passages, DocumentTermMatrix):
            return self.dtm.count(passages)
        content = passages.content()
        if not np.array_equal(content.terms, self.terms):
            return self.dtm.count(passages.passages)
        return content

    def _transform(self, dtm: DocumentTermMatrix, embeddings: np.ndarray[Any, Any] | None) -> Array:
        if self.projection is None or self.mapping is None:
            raise ModelError(f"{self.model} does not say how new passages get topics.")
        vectors = self._vectors(dtm, embeddings)
        theta = project(self.projection, dtm.counts, dtm.documents, vectors) @ self.mapping
        if (self.mapping.sum(axis=1) > 0).all():
            return theta
        # Topics were dropped: what is left is the whole, as in the passages of the fit.
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(theta / theta.sum(axis=1, keepdims=True))

    def _projected(self, dtm: DocumentTermMatrix, counts: sparse.csr_matrix) -> Array:
        """Return θ of passages from other counts than their own, as held-out measures need."""
        return self._transform(replace(dtm, counts=counts), None)

    def _vectors(
        self, dtm: DocumentTermMatrix, embeddings: np.ndarray[Any, Any] | None
    ) -> Array | None:
        from syriatopics.encoders import FIRST_WORDS, as_encoder, check_vectors, encode_texts

        if embeddings is not None:
            return check_vectors(embeddings, dtm.shape[0])
        if isinstance(self.projection, Cluster) and self.projection.encoder is not None:
            encoder = as_encoder(self.projection.encoder, dtm.passages.texts)
            found = encode_texts(encoder, dtm.passages.texts, words=FIRST_WORDS)
            return np.asarray(found, dtype=np.float64)
        return None

    def _as_scores(self, theta: Array, passages: Passages, notes: tuple[str, ...]) -> Scores:
        names = self.names or {}
        labels = {
            str(t): f"{' · '.join(dict.fromkeys(filter(None, names.get(t, ())))) or t}: {w}"
            for t, w in enumerate(word_lists(self.phi, self.dtm, 3))
        }
        table = pd.DataFrame(
            theta,
            index=pd.Index(passages.table["passage_id"], name="passage_id"),
            columns=pd.Index([str(topic) for topic in range(self.n_topics)]),
        )
        return Scores(
            table=table, passages=passages, label_name="topic", labels=labels, notes=notes
        )


def word_lists(phi: Array, dtm: DocumentTermMatrix, n: int) -> list[str]:
    """Return the first words of each topic, as people read them."""
    return ["، ".join(dtm.display[dtm.terms[j]] for j in row) for row in first(phi, n)]
