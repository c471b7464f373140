"""BERTopic as an engine: vectors and counts in, clusters out; no text goes through it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from syriatopics import extras
from syriatopics.errors import InputError
from syriatopics.topics.engine import Array

__all__ = ["Clusters", "cluster"]

_LARGE = 5_000
_WANTED_BY = "EmbeddingTopics"


class Clusters(NamedTuple):
    """Which cluster each passage is in (-1: none), and the clusters that have a name."""

    assigned: np.ndarray[Any, np.dtype[np.int64]]
    names: dict[int, str]


def cluster(
    vectors: Array,
    counts: sparse.csr_matrix,
    *,
    n_topics: int,
    density: bool,
    small: bool,
    guided: Mapping[str, Array] | None,
    zero_shot: Mapping[str, Array] | None,
    min_similarity: float,
    random_state: int,
) -> Clusters:
    """Cluster vectors by BERTopic.

    Parameters
    ----------
    vectors : ndarray, shape (n_passages, n_dimensions)
        Of length one.
    counts : sparse matrix, shape (n_passages, n_terms)
    n_topics : int
    density : bool
        UMAP and HDBSCAN instead of k-means.
    small : bool
        PCA before k-means.
    guided, zero_shot : mapping of str to ndarray, optional
        Vectors of seed words, by topic.
    min_similarity : float
        From which cosine on zero-shot topics take a passage.
    random_state : int

    Raises
    ------
    InputError
        If zero-shot topics leave too few passages for the clusters.
    NotInstalledError
        If BERTopic is not installed.
    """
    bertopic = extras.load("bertopic:BERTopic", _WANTED_BY)
    seeds = {**(guided or {}), **(zero_shot or {})}
    model = bertopic(
        # The default, English, deletes every letter that is not ASCII.
        language="multilingual",
        embedding_model=_embedder(seeds, vectors.shape[1]) if seeds else None,
        umap_model=_reducer(vectors, density, small, random_state),
        hdbscan_model=_clusterer(vectors, density, n_topics, random_state),
        vectorizer_model=_columns_as_words(counts.shape[1]),
        seed_topic_list=[[name] for name in guided] if guided else None,
        zeroshot_topic_list=list(zero_shot) if zero_shot else None,
        zeroshot_min_similarity=min_similarity,
        calculate_probabilities=False,
        verbose=False,
    )
    documents = _as_documents(counts)
    try:
        assigned, _ = model.fit_transform(documents, embeddings=vectors.copy())
    except ValueError as error:
        if zero_shot is None:
            raise
        raise InputError(
            f"Themes at a cosine of {min_similarity} leave too few passages for {n_topics} clusters "
            f"({error}): raise min_similarity, or ask for fewer topics."
        ) from error
    found = set(assigned)
    if density and len(found - {-1}) > n_topics:
        # What belongs to no cluster is one more to BERTopic.
        model.reduce_topics(documents, nr_topics=n_topics + (-1 in found))
        assigned = model.topics_
    labels = {topic: str(label) for topic, label in model.topic_labels_.items()}
    named = {t: label for t, label in labels.items() if zero_shot and label in zero_shot}
    return Clusters(np.asarray(assigned, dtype=np.int64), named)


def _as_documents(counts: sparse.csr_matrix) -> list[str]:
    """Write counts as texts whose words are the numbers of columns, for BERTopic to count."""
    words = np.arange(counts.shape[1]).astype(str).astype(object)
    lengths = np.add.reduceat(counts.data, counts.indptr[:-1])
    parts = np.split(np.repeat(words[counts.indices], counts.data), np.cumsum(lengths)[:-1])
    return [" ".join(part) for part in parts]


def _columns_as_words(n_terms: int) -> Any:
    from sklearn.feature_extraction.text import CountVectorizer

    return CountVectorizer(analyzer=str.split, vocabulary=[str(n) for n in range(n_terms)])


def _embedder(seeds: Mapping[str, Array], dimensions: int) -> Any:
    """Return what BERTopic asks for the vectors of seed words: they are known already."""
    base: Any = extras.load("bertopic.backend:BaseEmbedder", _WANTED_BY)

    class Known(base):  # type: ignore[misc]
        def embed(self, documents: Sequence[str], verbose: bool = False) -> Array:
            return np.stack([seeds.get(name, np.zeros(dimensions)) for name in documents])

    return Known()


def _reducer(vectors: Array, density: bool, small: bool, random_state: int) -> Any:
    if density:
        return extras.load("umap:UMAP", _WANTED_BY)(
            n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine",
            random_state=random_state, n_jobs=1,
        )  # fmt: skip
    if small:
        from sklearn.decomposition import PCA

        return PCA(n_components=min(10, *vectors.shape), random_state=random_state)
    return extras.load("bertopic.dimensionality:BaseDimensionalityReduction", _WANTED_BY)()


def _clusterer(vectors: Array, density: bool, n_topics: int, random_state: int) -> Any:
    if density:
        return extras.load("hdbscan:HDBSCAN", _WANTED_BY)(
            min_cluster_size=max(10, len(vectors) // 200), prediction_data=True
        )
    from sklearn.cluster import KMeans

    rounds = 10 if len(vectors) < _LARGE else 5
    return KMeans(n_clusters=n_topics, n_init=rounds, random_state=random_state)
