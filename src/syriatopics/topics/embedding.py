"""Topics by clustering passages in a space of meaning (BERTopic)."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from sklearn.preprocessing import normalize

from syriatopics import extras
from syriatopics.encoders import FIRST_WORDS, Encoder, as_encoder, check_vectors, encode_texts
from syriatopics.encoders.lsa import OfflineSpace, offline_space
from syriatopics.errors import InputError, choices
from syriatopics.lexicons import load
from syriatopics.matrix import DocumentTermMatrix
from syriatopics.topics.assembly import assemble
from syriatopics.topics.clustering import Clusters, cluster
from syriatopics.topics.engine import Array, Ready, as_matrix, one_thread, ready
from syriatopics.topics.fitted import FittedTopics
from syriatopics.topics.projection import Cluster, membership, side_by_side

__all__ = ["EmbeddingTopics"]

_FLOOR = 12
# Below this many passages UMAP and HDBSCAN call everything an outlier.
_SMALL = 300
_SHARPNESS = 16.0
# From which cosine on a passage is taken by a theme: offline; and by a model so many standard deviations
# above the mean of all passages and themes, since no cosine of a model means the same as that of another.
_OFFLINE_LIKENESS, _ABOVE = 0.35, 2.0

Groups = Mapping[str, Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class EmbeddingTopics:
    """Which passages are alike? BERTopic, made to work on Arabic and on small corpora.

    Parameters
    ----------
    n_topics : int
        Number of clusters; with HDBSCAN the most that are kept.
    encoder : str, Encoder or None
        As of :func:`syriatopics.embed`: its vectors of the first 80 words of a passage stand beside
        those of the offline space, both centred on the corpus. None or "lsa" is the offline space
        alone: TF-IDF with BM25's saturation, then SVD.
    embeddings : ndarray, optional
        Vectors of one's own in place of both, one row per passage.
    clusterer : {"kmeans", "hdbscan"}
        "kmeans" puts every passage into one of `n_topics` clusters; "hdbscan", behind
        UMAP, finds clusters by density and leaves outliers. k-means agreed best with
        editors' categories (benchmarks/results/topics_quality.md).
    guided : mapping of str to sequence of str, optional
        Seed words by topic, towards which passages are drawn.
    zero_shot : "themes" or mapping of str to sequence of str, optional
        Themes that passages are given to first, where they are like enough to their words;
        only the rest is clustered. "themes" is the theme lexicon.
    min_similarity : float or None
        From which cosine on a theme takes a passage; None: 0.35 offline, by a model two standard
        deviations above the mean of all passages and themes.
    random_state : int

    Notes
    -----
    With fewer than 300 passages UMAP and HDBSCAN leave nothing but outliers; clusters
    then come from PCA and k-means, and the notes of the result say so. θ is the soft
    membership: the cosine of a passage to the centre of each cluster, sharpened. φ is the
    mean weight of a term in a cluster, times the share that the cluster has in it.

    References
    ----------
    Grootendorst, M. (2022). BERTopic: Neural topic modeling with a class-based TF-IDF
    procedure. arXiv:2203.05794.

    Examples
    --------
    >>> model = EmbeddingTopics(n_topics=4, guided={"aid": ["المساعدات", "النازحين"]})
    >>> print(model)
    EmbeddingTopics(n_topics=4, clusterer='kmeans', guided by 1 topics, random_state=0)
    """

    n_topics: int = 8
    encoder: str | Encoder | None = None
    embeddings: np.ndarray[Any, Any] | None = None
    clusterer: Literal["kmeans", "hdbscan"] = "kmeans"
    guided: Groups | None = None
    zero_shot: Literal["themes"] | Groups | None = None
    min_similarity: float | None = None
    random_state: int = 0

    def fit(self, source: DocumentTermMatrix | object) -> FittedTopics:
        """Fit the model to counts, or to passages, which are counted first.

        Raises
        ------
        TooSmallError
            If there are too few passages for any clustering; the message names NMF.
        InputError
            If `embeddings` do not fit the passages, or an option is not known.
        NotInstalledError
            If BERTopic is not installed.
        """
        if self.clusterer not in ("kmeans", "hdbscan"):
            raise InputError(
                f"clusterer={self.clusterer!r} is not known. Choices: {choices(('kmeans', 'hdbscan'))}."
            )
        dtm = as_matrix(source)
        given = self._given(dtm.shape[0])
        data = ready(
            dtm, self.n_topics, "EmbeddingTopics", max(_FLOOR, 2 * self.n_topics),
            "NMF works on fewer; sentences as passages are more.",
        )  # fmt: skip
        extras.require("bertopic", "EmbeddingTopics", "take NMF, LDA or KeywordTopics")
        # BERTopic and its engines warn of their own inside.
        with one_thread(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            space = offline_space(data.counts, self.random_state)
            vectors, centre = self._vectors(given, data, space)
            groups = self._seeds(self._themes(), data.dtm, space, centre)
            likeness = self._likeness(vectors, groups)
            found = cluster(
                vectors,
                data.counts,
                n_topics=self.n_topics,
                density=self.clusterer == "hdbscan" and len(vectors) >= _SMALL,
                small=len(vectors) < _SMALL,
                guided=self._seeds(self.guided, data.dtm, space, centre),
                zero_shot=groups,
                min_similarity=likeness,
                random_state=self.random_state,
            )
        return self._assemble(found, vectors, data, space, centre, likeness)

    @property
    def _encodes(self) -> bool:
        """Whether an encoder stands beside the offline space."""
        return self.encoder is not None and self.encoder != "lsa"

    def _given(self, n: int) -> Array | None:
        if self.embeddings is None:
            return None
        if isinstance(self.embeddings, str) or self._encodes:
            raise InputError(
                "embeddings= takes vectors, encoder= the name of what makes them; one of the two."
            )
        return check_vectors(self.embeddings, n)

    def _encoded(self, texts: Sequence[str], of: Sequence[str]) -> Array:
        found = encode_texts(as_encoder(self.encoder, of), texts, words=FIRST_WORDS)
        return found.astype(np.float64)

    def _vectors(
        self, given: Array | None, data: Ready, space: OfflineSpace
    ) -> tuple[Array, Array | None]:
        """Return vectors of length one, and the centre of the corpus where an encoder made a part."""
        if given is not None:
            return np.asarray(normalize(given[data.rows])), None
        offline = space.vectors(data.counts)
        if not self._encodes:
            return offline, None
        texts = data.dtm.passages.take(data.rows).texts
        found = self._encoded(texts, texts)
        centre = np.concatenate([offline.mean(axis=0), found.mean(axis=0)])
        return side_by_side(offline, found, centre), centre

    def _likeness(self, vectors: Array, groups: dict[str, Array] | None) -> float:
        if self.min_similarity is not None:
            return self.min_similarity
        if groups is None or not self._encodes:
            return _OFFLINE_LIKENESS
        cosines = vectors @ np.stack(list(groups.values())).T
        return float(cosines.mean() + _ABOVE * cosines.std())

    def _themes(self) -> Groups | None:
        if isinstance(self.zero_shot, str):
            if self.zero_shot != "themes":
                raise InputError(
                    f"zero_shot={self.zero_shot!r} is not known. Choices: 'themes', or words by theme."
                )
            return {theme.id: theme.entries for theme in load("themes").theme}
        return self.zero_shot

    def _seeds(
        self,
        groups: Groups | None,
        dtm: DocumentTermMatrix,
        space: OfflineSpace,
        centre: Array | None,
    ) -> dict[str, Array] | None:
        """Return a vector for the words of each group."""
        if groups is None:
            return None
        if not groups or not all(groups.values()):
            raise InputError("Seed words are given by topic, with at least one word each.")
        texts = [" . ".join(words) for words in groups.values()]
        if self.embeddings is not None:
            raise InputError(
                "Guided and zero-shot topics need an encoder or the offline space: words have no "
                "vector among given embeddings."
            )
        counts = dtm.count(texts).counts
        vectors = space.vectors(counts)
        if centre is not None:
            vectors = side_by_side(vectors, self._encoded(texts, dtm.passages.texts), centre)
        elif not np.diff(counts.indptr).all():
            unknown = list(groups)[int(np.argmin(np.diff(counts.indptr)))]
            raise InputError(f"No seed word of {unknown!r} is in the vocabulary of the corpus.")
        return dict(zip(groups, vectors, strict=True))

    def _assemble(
        self,
        found: Clusters,
        vectors: Array,
        data: Ready,
        space: OfflineSpace,
        centre: Array | None,
        likeness: float,
    ) -> FittedTopics:
        topics = sorted(set(found.assigned.tolist()) - {-1})
        if len(topics) < 2:
            raise InputError(
                f"HDBSCAN found {len(topics)} clusters in {len(vectors)} passages: "
                "take clusterer='kmeans', or NMF."
            )
        member = np.stack([found.assigned == topic for topic in topics]).astype(np.float64)
        centres = normalize(member @ vectors / member.sum(axis=1, keepdims=True))
        mean = np.asarray((space.weights(data.counts).T @ member.T).T)
        phi = mean * mean / np.maximum(mean.sum(axis=0), 1e-12)
        offline = self.embeddings is None
        projection = Cluster(
            centres=centres,
            sharpness=_SHARPNESS,
            axes=space.axes if offline else None,
            idf=space.idf if offline else None,
            length=space.length,
            encoder=self.encoder if self._encodes and isinstance(self.encoder, str) else None,
            centre=centre,
        )
        return assemble(
            data.spread(membership(vectors, centres, _SHARPNESS)),
            phi,
            data.dtm,
            str(self),
            self._notes(found, len(vectors), likeness),
            projection=projection,
            names={n: _bilingual(found.names[t]) for n, t in enumerate(topics) if t in found.names},
        )

    def _notes(self, found: Clusters, n: int, likeness: float) -> list[str]:
        notes = []
        if n < _SMALL:
            notes.append(
                f"{n} passages: clusters by PCA and k-means, since UMAP and HDBSCAN want at least {_SMALL}."
            )
        outliers = int((found.assigned == -1).sum())
        if outliers:
            notes.append(
                f"{outliers} of {n} passages belong to no cluster; their θ is the likeness to every cluster."
            )
        if self.zero_shot is not None:
            named = ", ".join(sorted(found.names.values())) or "none"
            notes.append(f"Themes that took passages at a cosine of {likeness:.2f}: {named}.")
        return notes

    def __str__(self) -> str:
        said = f"n_topics={self.n_topics}, clusterer={self.clusterer!r}"
        if self._encodes:
            said += f", encoder={getattr(self.encoder, 'name', self.encoder)!r}"
        elif self.embeddings is not None:
            said += f", embeddings of {np.shape(self.embeddings)[-1]} dimensions"
        if self.guided is not None:
            said += f", guided by {len(self.guided)} topics"
        if self.zero_shot is not None:
            said += f", zero-shot above {self.min_similarity or 'what is usual'}"
        return f"EmbeddingTopics({said}, random_state={self.random_state})"


def _bilingual(theme: str) -> tuple[str, str]:
    """Return Arabic and English label of a theme of the lexicon, or the name twice."""
    known = {t.id: (t.ar, t.en) for t in load("themes").theme}
    return known.get(theme, (theme, theme))
