"""Topics by clustering passages in a space of meaning (BERTopic)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import Normalizer

from syriatopics.errors import InputError, TooSmallError
from syriatopics.matrix import DocumentTermMatrix
from syriatopics.topics.engine import as_matrix, one_thread
from syriatopics.topics.fitted import FittedTopics, assemble

__all__ = ["EmbeddingTopics"]

_FLOOR = 12
# Below this many passages UMAP and HDBSCAN call everything an outlier.
_SMALL = 300
_DIMENSIONS = 50


@dataclass(frozen=True, kw_only=True)
class EmbeddingTopics:
    """Which passages are alike? BERTopic, made to work on Arabic and on small corpora.

    Parameters
    ----------
    n_topics : int
        Number of clusters on a small corpus; on a large one the most that are kept.
    embeddings : ndarray or None
        Precomputed vectors, one row per passage; by default passages are embedded
        offline, by TF-IDF and a singular value decomposition.
    random_state : int

    Notes
    -----
    With fewer than 300 passages UMAP and HDBSCAN leave nothing but outliers; clusters
    then come from PCA and k-means, and the notes of the result say so. θ is the soft
    membership: the cosine of a passage to the centre of each cluster, sharpened.

    References
    ----------
    Grootendorst, M. (2022). BERTopic: Neural topic modeling with a class-based TF-IDF
    procedure. arXiv:2203.05794.
    """

    n_topics: int = 8
    embeddings: np.ndarray[Any, Any] | None = None
    random_state: int = 0

    def fit(self, source: DocumentTermMatrix | object) -> FittedTopics:
        """Fit the model to counts, or to passages, which are counted first.

        Raises
        ------
        TooSmallError
            If there are too few passages for any clustering; the message names NMF.
        InputError
            If `embeddings` do not fit the passages.
        """
        dtm = as_matrix(source)
        n = dtm.shape[0]
        if n < max(_FLOOR, 2 * self.n_topics):
            raise TooSmallError(
                f"{n} passages are too few for {self.n_topics} clusters (at least "
                f"{max(_FLOOR, 2 * self.n_topics)}). NMF works on fewer; sentences as passages are more."
            )
        vectors = self._vectors(dtm)
        model = self._bertopic(dtm, small=n < _SMALL)
        with one_thread():
            assigned, _ = model.fit_transform(dtm.passages.texts, embeddings=vectors)
        return self._assemble(model, np.asarray(assigned), vectors, dtm, n < _SMALL)

    def _vectors(self, dtm: DocumentTermMatrix) -> np.ndarray[Any, np.dtype[np.float64]]:
        if self.embeddings is not None:
            given = np.asarray(self.embeddings, dtype=np.float64)
            if given.ndim != 2 or len(given) != dtm.shape[0]:
                raise InputError(
                    f"embeddings have shape {given.shape}; {dtm.shape[0]} passages want one row each."
                )
            if not np.isfinite(given).all():
                row = int(np.argwhere(~np.isfinite(given))[0][0])
                raise InputError(f"embeddings hold a value that is no number, first in row {row}.")
            return given
        with one_thread():
            return np.asarray(
                _offline_encoder(dtm, self.random_state).fit_transform(dtm.passages.texts)
            )

    def _bertopic(self, dtm: DocumentTermMatrix, small: bool) -> Any:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from bertopic import BERTopic

        return BERTopic(
            # The default, English, deletes every letter that is not ASCII.
            language="multilingual",
            embedding_model=_offline_encoder(dtm, self.random_state),
            umap_model=self._reducer(dtm, small),
            hdbscan_model=self._clusterer(dtm, small),
            vectorizer_model=CountVectorizer(
                analyzer=dtm.analyzer.vocabulary_analyzer(), vocabulary=list(dtm.terms)
            ),
            nr_topics=None,
            calculate_probabilities=False,
            verbose=False,
        )

    def _reducer(self, dtm: DocumentTermMatrix, small: bool) -> Any:
        if small:
            return PCA(n_components=min(10, dtm.shape[0] - 1), random_state=self.random_state)
        from umap import UMAP

        return UMAP(
            n_neighbors=15,
            n_components=5,
            min_dist=0.0,
            metric="cosine",
            random_state=self.random_state,
        )

    def _clusterer(self, dtm: DocumentTermMatrix, small: bool) -> Any:
        if small:
            return KMeans(n_clusters=self.n_topics, n_init=10, random_state=self.random_state)
        from hdbscan import HDBSCAN

        return HDBSCAN(min_cluster_size=max(10, dtm.shape[0] // 200), prediction_data=True)

    def _assemble(
        self,
        model: Any,
        assigned: np.ndarray[Any, Any],
        vectors: np.ndarray[Any, np.dtype[np.float64]],
        dtm: DocumentTermMatrix,
        small: bool,
    ) -> FittedTopics:
        topics = sorted(set(assigned) - {-1})
        weights = model.c_tf_idf_.toarray()[-len(topics) :]
        order = {term: n for n, term in enumerate(model.vectorizer_model.get_feature_names_out())}
        phi = np.maximum(weights[:, [order[term] for term in dtm.terms]], 0)
        theta = _membership(vectors, assigned, topics)
        theta[np.asarray(dtm.counts.sum(axis=1)).ravel() == 0] = 0
        notes = []
        if small:
            notes.append(
                f"{dtm.shape[0]} passages: clusters by PCA and k-means, since UMAP and HDBSCAN want "
                f"at least {_SMALL}."
            )
        outliers = int((assigned == -1).sum())
        if outliers:
            notes.append(
                f"{outliers} of {len(assigned)} passages belong to no cluster; their θ is the likeness "
                "to every cluster."
            )
        spec = f"EmbeddingTopics(n_topics={self.n_topics}, random_state={self.random_state})"
        return assemble(theta, phi, dtm, spec, notes)


def _offline_encoder(dtm: DocumentTermMatrix, random_state: int) -> Pipeline:
    dimensions = max(2, min(_DIMENSIONS, min(dtm.shape) - 1))
    return make_pipeline(
        TfidfVectorizer(
            analyzer=dtm.analyzer.vocabulary_analyzer(),
            vocabulary=list(dtm.terms),
            sublinear_tf=True,
        ),
        TruncatedSVD(dimensions, random_state=random_state),
        Normalizer(copy=False),
    )


def _membership(
    vectors: np.ndarray[Any, np.dtype[np.float64]],
    assigned: np.ndarray[Any, Any],
    topics: Sequence[int],
    sharpness: float = 8.0,
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return how much each passage belongs to each cluster; rows sum to 1."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = vectors / np.where(lengths > 0, lengths, 1)
    centres = np.stack([unit[assigned == topic].mean(axis=0) for topic in topics])
    centres /= np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-12)
    likeness = np.exp(sharpness * (unit @ centres.T))
    return np.asarray(likeness / likeness.sum(axis=1, keepdims=True))
