"""How alike sentences are: by the words they share, or by an encoder that knows both languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from syriatopics.encoders import Encoder, as_encoder, centred, encode_texts
from syriatopics.encoders.lsa import LSA, FittedLSA, bm25, inverse_frequency
from syriatopics.errors import InputError, SyriaTopicsError
from syriatopics.framing.tellings.aligning import Array, Chance, chance
from syriatopics.framing.tellings.texts import Sentences
from syriatopics.matrix import count_terms

__all__ = ["Space", "dense", "space_of"]

_WORDS = "the words that sentences share"


@dataclass(frozen=True, eq=False)
class Space:
    """The sentences of both sides as vectors of length one.

    Attributes
    ----------
    sides : two matrices
        A row per sentence: dense for an encoder, sparse for words.
    name : str
    """

    sides: tuple[Any, Any]
    name: str

    def of(self, source: Any, article: Any) -> tuple[Array, Array]:
        """Return the vectors of some sentences of each side."""
        one, two = self.sides[0][source], self.sides[1][article]
        if not sparse.issparse(one):
            return dense(one), dense(two)
        # Of all words only those of the two texts are columns.
        held = np.unique(np.concatenate([one.indices, two.indices]))
        return dense(one[:, held]), dense(two[:, held])

    def means(self, side: int, place: Any, weights: Any) -> Any:
        """Return the mean of each article of a side, of length one."""
        n = int(place.max()) + 1 if len(place) else 0
        gather = sparse.csr_matrix((weights, (place, np.arange(len(place)))), (n, len(place)))
        found: Any = gather @ self.sides[side]
        squares = found.multiply(found) if sparse.issparse(found) else found**2
        size = np.sqrt(np.asarray(squares.sum(axis=1), dtype=np.float64)).ravel()
        return sparse.diags_array(1 / np.where(size > 0, size, 1.0)) @ found

    def chance(self, source: Any, article: Any, apart: Any) -> Chance:
        """Learn how alike sentences are that have nothing to do with each other."""
        return chance(dense(self.sides[0][source] @ self.sides[1][article].T), apart)


def dense(matrix: Any) -> Array:
    """Return a matrix that may be sparse as an array."""
    return np.asarray(matrix.toarray() if sparse.issparse(matrix) else matrix, dtype=np.float64)


def space_of(sides: tuple[Sentences, Sentences], encoder: str | Encoder | LSA | None) -> Space:
    """Return the space of two sides.

    Raises
    ------
    InputError
        If they are in two languages, and likeness is that of words.
    """
    texts = [side.table["text"].tolist() for side in sides]
    arabic = [side.table["article_id"].map(side.arabic).to_numpy(dtype=bool) for side in sides]
    both = np.concatenate(arabic)
    words_alone = encoder in (None, "lsa") or isinstance(encoder, (LSA, FittedLSA))
    if words_alone and both.any() and not both.all():
        raise InputError(
            "Source and article are in two languages, which share no words: take "
            'encoder="e5" (pip install syriatopics[e5]), or a model that knows both.'
        )
    if encoder is None:
        return Space(_by_words(texts), _WORDS)
    ready = as_encoder(encoder, [*texts[0], *texts[1]])
    one, two = _encoded(ready, texts, arabic)
    if both.all():
        # Of one language words tell as much as meaning does, and never that a sentence on oil is one on gas.
        words = _by_words(texts)
        held = tuple(
            sparse.hstack([part, sparse.csr_matrix(vectors)], format="csr") / np.sqrt(2)
            for part, vectors in zip(words, (one, two), strict=True)
        )
        return Space(
            (held[0], held[1]), f"{_WORDS} and by the encoder {ready.name!r}, half and half"
        )
    return Space((one, two), f"the encoder {ready.name!r}")


def _by_words(texts: Sequence[list[str]]) -> tuple[Any, Any]:
    """Return BM25 weights: a word that few sentences have tells them from all others."""
    try:
        counts = count_terms([*texts[0], *texts[1]], min_df=1, max_df=1.0).counts
    except SyriaTopicsError:  # no word at all
        return sparse.csr_matrix((len(texts[0]), 1)), sparse.csr_matrix((len(texts[1]), 1))
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    idf = inverse_frequency(frequency, counts.shape[0])
    weights = sparse.csr_matrix(bm25(counts, idf, float(counts.sum() / counts.shape[0])))
    return weights[: len(texts[0])], weights[len(texts[0]) :]


def _encoded(
    encoder: Encoder, texts: Sequence[list[str]], arabic: Sequence[Any]
) -> tuple[Array, Array]:
    """Return vectors, each language freed of what all its sentences share."""
    values = [encode_texts(encoder, part).astype(np.float64) for part in texts]
    width = max(part.shape[1] for part in values)
    values = [part if part.any() else np.zeros((len(part), width)) for part in values]
    for language in (True, False):
        chosen = [here == language for here in arabic]
        centre = _centre(texts, values, chosen)
        for part, here in zip(values, chosen, strict=True):
            part[here] = centred(part[here], centre)
    return values[0], values[1]


def _centre(texts: Sequence[list[str]], values: Sequence[Array], chosen: Sequence[Any]) -> Array:
    """Return the mean of the sentences of a language, each once, summed in one order."""
    known = {
        texts[side][row]: values[side][row]
        for side in range(len(texts))
        for row in np.flatnonzero(chosen[side])
        if values[side][row].any()
    }
    if not known:
        return np.zeros(values[0].shape[1])
    return np.asarray(np.mean([known[text] for text in sorted(known)], axis=0))
