"""Passages as vectors: an offline space, a model by name or path, or arrays that a user brings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.preprocessing import normalize

from syriatopics import extras
from syriatopics.errors import InputError
from syriatopics.topics.engine import Array, bm25, inverse_frequency

__all__ = ["OfflineSpace", "check_vectors", "encode_by_name", "offline_space"]

_DIMENSIONS = 100
_STATIC = "model2vec:"


@dataclass(frozen=True, eq=False)
class OfflineSpace:
    """Latent semantic analysis: BM25 weights on the main axes of the corpus.

    Attributes
    ----------
    axes : ndarray, shape (n_dimensions, n_terms)
    idf : ndarray, shape (n_terms,)
    length : float
        Mean number of terms of a passage.
    """

    axes: Array
    idf: Array
    length: float

    def vectors(self, counts: sparse.csr_matrix) -> Array:
        """Return vectors of length one; zero where no term is known."""
        return np.asarray(normalize(self.weights(counts) @ self.axes.T))

    def weights(self, counts: sparse.csr_matrix) -> sparse.csr_matrix:
        """Return the BM25 weights of counts."""
        return bm25(counts, self.idf, self.length)


def offline_space(counts: sparse.csr_matrix, random_state: int) -> OfflineSpace:
    """Learn the space of a corpus: TF-IDF with BM25's saturation, then SVD."""
    from sklearn.decomposition import TruncatedSVD

    idf = inverse_frequency(counts)
    length = float(counts.sum() / counts.shape[0])
    dimensions = max(1, min(_DIMENSIONS, min(counts.shape) - 1))
    svd = TruncatedSVD(dimensions, random_state=random_state).fit(bm25(counts, idf, length))
    return OfflineSpace(np.asarray(svd.components_), idf, length)


def check_vectors(vectors: np.ndarray[Any, Any], n: int) -> Array:
    """Return embeddings as float64, one row per passage.

    Raises
    ------
    InputError
        If they are no numbers, have another shape, or hold NaN; the message says where.
    """
    try:
        given = np.asarray(vectors, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"embeddings are no array of numbers ({error}).") from None
    if given.ndim != 2 or len(given) != n or given.shape[1] < 2:
        raise InputError(
            f"embeddings have shape {given.shape}; {n} passages want one row each, "
            "of at least 2 dimensions."
        )
    if not np.isfinite(given).all():
        row = int(np.argwhere(~np.isfinite(given))[0][0])
        raise InputError(f"embeddings hold a value that is no number, first in row {row}.")
    return given


def encode_by_name(name: str, texts: Sequence[str]) -> Array:
    """Return the vectors of texts by a model of sentence-transformers or model2vec.

    Parameters
    ----------
    name : str
        A folder that holds a model, or a name on the Hugging Face hub, from which it is
        fetched where it is not there yet; ``model2vec:…`` for static models.
    texts : sequence of str

    Raises
    ------
    InputError
        If there is no such model.
    NotInstalledError
        If the library is missing.
    """
    try:
        model = _load_static(name) if _is_static(name) else _load_sentence(name)
    except (OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:200]
        raise InputError(f"No embedding model {name!r} can be loaded: {reason}") from None
    return check_vectors(model.encode(list(texts), show_progress_bar=False), len(texts))


def _is_static(name: str) -> bool:
    if name.startswith(_STATIC):
        return True
    settings = Path(name) / "config.json"
    if not settings.is_file() or (Path(name) / "modules.json").is_file():
        return False
    try:
        return bool(
            json.loads(settings.read_text(encoding="utf-8")).get("model_type") == "model2vec"
        )
    except (ValueError, AttributeError):
        return False


def _load_static(name: str) -> Any:
    static_model = extras.load("model2vec:StaticModel", f"The embedding model {name!r}")
    return static_model.from_pretrained(name.removeprefix(_STATIC))


def _load_sentence(name: str) -> Any:
    transformer = extras.load(
        "sentence_transformers:SentenceTransformer", f"The embedding model {name!r}"
    )
    # Weights of the safetensors kind only: nothing of a model is executed.
    return transformer(
        name, device="cpu", trust_remote_code=False, model_kwargs={"use_safetensors": True}
    )
