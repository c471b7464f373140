"""Passages and definitions of themes in one space of meaning, centred on the corpus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from syriatopics.encoders import Encoder, as_encoder, centred, encode_texts
from syriatopics.encoders.lsa import LSA
from syriatopics.inference.resampling import Array
from syriatopics.lexicons.schema import Themes

__all__ = ["ThemeSpace", "definitions"]


def definitions(themes: Themes) -> list[str]:
    """Return each theme as a text: its name and its definition, in Arabic where it is given."""
    return [f"{theme.ar}: {theme.definition_ar or theme.definition}" for theme in themes.theme]


@dataclass(frozen=True, eq=False)
class ThemeSpace:
    """An encoder, and what all passages of the corpus have in common.

    Attributes
    ----------
    encoder : Encoder
    centre : ndarray, shape (d,)
    themes : ndarray, shape (n_themes, d)
        The definitions, centred.
    """

    encoder: Encoder
    centre: Array
    themes: Array

    @classmethod
    def of(
        cls, encoder: str | Encoder | LSA | None, texts: Sequence[str], themes: Themes
    ) -> tuple[ThemeSpace, Array]:
        """Return the space of a corpus, and its passages in it."""
        ready = as_encoder(encoder, texts)
        vectors = encode_texts(ready, texts).astype(np.float64)
        defined = encode_texts(ready, definitions(themes)).astype(np.float64)
        if not np.abs(vectors).sum():  # no passage holds a word, and nothing says how wide they are
            vectors = np.zeros((len(texts), defined.shape[1]))
        filled = np.abs(vectors).sum(axis=1) > 0
        # Sums in one order, so that the order of the passages changes no digit.
        order = sorted(np.flatnonzero(filled), key=lambda k: texts[int(k)])
        centre = vectors[order].mean(axis=0) if len(order) else np.zeros(vectors.shape[1])
        # Definitions lie in a corner of their own: what tells is how they differ from each other.
        return cls(ready, centre, centred(defined)), centred(vectors, centre)

    def vectors(self, texts: Sequence[str]) -> Array:
        """Return passages in the space, of length one; zero for one without a word."""
        found = encode_texts(self.encoder, texts)
        if not np.abs(found).sum():
            return np.zeros((len(texts), len(self.centre)))
        return centred(found, self.centre)

    def likeness(self, vectors: Array) -> Array:
        """Return the cosine of passages and definitions."""
        return np.asarray(vectors @ self.themes.T)
