"""What stands beside a word, as vectors: of the corpus' own words, or of an encoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import sparse

from syriatopics.arabic import ArabicAnalyzer
from syriatopics.corpus import Passages
from syriatopics.encoders import Encoder, as_encoder, centred, encode_texts
from syriatopics.errors import InputError, TooSmallError
from syriatopics.framing.axes import word_vectors
from syriatopics.inference.resampling import Array
from syriatopics.matrix import DocumentTermMatrix, matrix_of
from syriatopics.order import ranked

if TYPE_CHECKING:
    from syriatopics.arabic.encoder import Encoded

__all__ = ["Contexts", "Words", "contexts_of"]

Places = np.ndarray[Any, np.dtype[np.int64]]

# From so many passages word vectors are learnt at most: more change them little, and take long.
_LEARNT = 30_000
_DIMENSIONS = 100
# Arora et al. (2017): a frequent word says less of what stands beside it.
_FREQUENT = 1e-3


@dataclass(frozen=True, eq=False)
class Words:
    """The words of a corpus as it was read, with their vectors.

    Attributes
    ----------
    encoded : Encoded
    vectors : ndarray, shape (n_terms, d)
        A row per term of `encoded`, zero for one that is too rare; of length one.
    weights : ndarray, shape (n_terms,)
    """

    encoded: Encoded
    analyzer: ArabicAnalyzer = field(repr=False)
    vectors: Array
    weights: Array
    counts: Array

    @classmethod
    def of(
        cls, passages: Passages, analyzer: ArabicAnalyzer | None, vectors: pd.DataFrame | None
    ) -> Words:
        """Read passages, and learn word vectors if none are given."""
        texts = passages.texts
        analyzer = ArabicAnalyzer(names=None).fit(texts) if analyzer is None else analyzer
        encoded = analyzer.vocabulary_analyzer().encode(texts)
        known = _learnt(encoded, passages, analyzer) if vectors is None else vectors
        table = np.zeros((len(encoded.terms), known.shape[1]))
        place = pd.Index(known.index).get_indexer(encoded.terms)
        table[place >= 0] = known.to_numpy(dtype=float)[place[place >= 0]]
        counts = np.bincount(encoded.codes, minlength=len(encoded.terms)).astype(float)
        weights = _FREQUENT / (_FREQUENT + counts / max(counts.sum(), 1))
        return cls(encoded, analyzer, table, weights * (np.abs(table).sum(axis=1) > 0), counts)

    def node(self, word: str) -> int:
        """Return the code of a word.

        Raises
        ------
        InputError
            If it is no single term, or stands in none of the passages.
        """
        terms = self.analyzer.vocabulary_analyzer()(word)
        if len(terms) != 1 or terms[0] not in self.encoded.terms:
            why = f"{len(terms)} terms" if len(terms) != 1 else "in none of the passages"
            raise InputError(
                f"{word!r} is {why}: the meaning of one term of the passages is compared."
            )
        return self.encoded.terms.index(terms[0])

    def nearest(self, direction: Array, n: int, least: float = 5) -> list[tuple[str, str, float]]:
        """Return term, display and cosine of the words that lie in a direction."""
        cosine = self.vectors @ (direction / max(float(np.linalg.norm(direction)), 1e-300))
        cosine[(self.counts < least) | (self.weights == 0)] = -np.inf
        best = [k for k in ranked(cosine)[:n] if np.isfinite(cosine[k])]
        terms = [self.encoded.terms[k] for k in best]
        return [
            (t, self.analyzer.display(t), float(cosine[k]))
            for t, k in zip(terms, best, strict=True)
        ]


def _learnt(encoded: Encoded, passages: Passages, analyzer: ArabicAnalyzer) -> pd.DataFrame:
    n = len(passages)
    dtm = matrix_of(encoded, passages, analyzer, min_df=2 if n < 2_000 else 5, max_df=1.0)
    if n > _LEARNT:
        rows = np.unique(np.linspace(0, n - 1, _LEARNT).astype(np.int64))
        held = np.asarray((dtm.counts[rows] > 0).sum(axis=0)).ravel() > 1
        dtm = DocumentTermMatrix(
            counts=dtm.counts[rows][:, held], terms=dtm.terms[held], display={},
            passages=passages.where(np.isin(np.arange(n), rows)), analyzer=analyzer,
        )  # fmt: skip
    least = min(dtm.shape) - 1
    if least < 2:
        raise TooSmallError(f"{n:,} passages hold too few words for word vectors.")
    return word_vectors(dtm, min(_DIMENSIONS, least))


@dataclass(frozen=True, eq=False)
class Contexts:
    """The contexts of a word: the passage of each place, and its vector; what says nothing is left out."""

    rows: Places
    vectors: Array


def contexts_of(
    words: Words, node: int, window: int, kept: Sequence[bool] | None = None
) -> Contexts:
    """Return the contexts of all places of a word: the weighted mean of the words beside it.

    Parameters
    ----------
    words : Words
    node : int
    window : int
        Terms on either side, within the passage. Other places of the word itself say nothing of it.
    kept : sequence of bool, optional
        Which of its places count.
    """
    rows, codes = words.encoded.rows, words.encoded.codes
    places = np.flatnonzero(codes == node)
    if kept is not None:
        places = places[np.asarray(kept, dtype=bool)]
    i, j = [], []
    for step in (*range(-window, 0), *range(1, window + 1)):
        there = places + step
        inside = np.flatnonzero((there >= 0) & (there < len(codes)))
        inside = inside[rows[there[inside]] == rows[places[inside]]]
        inside = inside[codes[there[inside]] != node]
        i.append(inside)
        j.append(codes[there[inside]])
    beside, terms = np.concatenate(i), np.concatenate(j)
    weights = words.weights[terms]
    gather = sparse.csr_matrix((weights, (beside, terms)), (len(places), len(words.weights)))
    total = np.asarray(gather.sum(axis=1)).ravel()
    said = total > 0
    vectors = np.asarray(gather @ words.vectors)[said] / total[said, None]
    return Contexts(np.asarray(rows[places[said]], dtype=np.int64), vectors)


def encoded_contexts(passages: Passages, rows: Places, encoder: str | Encoder) -> Array:
    """Return the vectors of the passages of a word, by an encoder, centred on them."""
    texts = passages.table["text"].iloc[rows].tolist()
    return centred(encode_texts(as_encoder(encoder, passages.texts), texts))
