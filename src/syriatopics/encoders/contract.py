"""The contract of encoders: what turns texts into vectors of meaning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, runtime_checkable

import numpy as np

from syriatopics.errors import InputError

__all__ = ["Encoder", "Vectors", "centred", "check_vectors"]

Array = np.ndarray[Any, np.dtype[np.float64]]
Vectors = np.ndarray[Any, np.dtype[np.float32]]


@runtime_checkable
class Encoder(Protocol):
    """Anything that gives texts their vectors, each text for itself."""

    @property
    def name(self) -> str:
        """How results call it."""

    @property
    def fingerprint(self) -> str:
        """Of everything that a vector hangs on beside its text: model, weights, version."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return float32 of shape (n_texts, n_dimensions)."""


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


def centred(vectors: np.ndarray[Any, Any], centre: np.ndarray[Any, Any] | None = None) -> Array:
    """Return vectors less what all have in common, of length one; zero stays zero.

    Encoders such as e5 put all texts into a narrow cone: two that have nothing in common are alike to
    .8. What tells is how a text differs from the mean of its corpus.

    Parameters
    ----------
    vectors : ndarray, shape (n, d)
    centre : ndarray, shape (d,), optional
        The mean of the corpus; by default that of `vectors`, empty ones left out.
    """
    given = np.asarray(vectors, dtype=np.float64)
    filled = np.abs(given).sum(axis=1) > 0
    if centre is None:
        centre = given[filled].mean(axis=0) if filled.any() else np.zeros(given.shape[1])
    out = np.where(filled[:, None], given - centre, 0.0)
    length = np.linalg.norm(out, axis=1, keepdims=True)
    return np.asarray(out / np.where(length > 0, length, 1.0))
