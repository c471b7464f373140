"""Coherence: do the first words of a topic stand together in text?"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from syriatopics.matrix import DocumentTermMatrix

__all__ = ["Meetings", "c_v", "meetings_in_passages", "meetings_in_windows", "npmi"]

Array = np.ndarray[Any, np.dtype[np.float64]]

# As Röder et al. have it.
_WINDOW = 110
_EPSILON = 1e-12
_CHUNK = 2_000_000


class Meetings(NamedTuple):
    """How often words meet: ``together[i, j]`` is the share of contexts that hold both."""

    words: np.ndarray[Any, np.dtype[np.int64]]
    together: Array

    def of(self, words: np.ndarray[Any, Any]) -> Array:
        """Return the shares of a few words, as a matrix."""
        index = np.searchsorted(self.words, words)
        return np.asarray(self.together[np.ix_(index, index)])


def meetings_in_passages(counts: sparse.csr_matrix, words: np.ndarray[Any, Any]) -> Meetings:
    """Count meetings over passages."""
    words = np.unique(words)
    present = (counts[:, words] > 0).astype(np.float64)
    return Meetings(words, (present.T @ present).toarray() / counts.shape[0])


def meetings_in_windows(dtm: DocumentTermMatrix, words: np.ndarray[Any, Any]) -> Meetings:
    """Count meetings over windows of 110 terms that slide over the passages."""
    words = np.unique(words)
    encoded = dtm.analyzer.vocabulary_analyzer().encode(dtm.passages.texts)
    place = {str(dtm.terms[word]): n for n, word in enumerate(words)}
    which = np.array([place.get(term, -1) for term in encoded.terms], dtype=np.int64)
    lengths = np.bincount(encoded.rows, minlength=dtm.shape[0])
    windows = np.maximum(lengths - _WINDOW + 1, 1)
    base = np.concatenate([[0], np.cumsum(windows)])
    start = np.concatenate([[0], np.cumsum(lengths)])
    found = which[encoded.codes] if len(encoded.terms) else np.zeros(0, dtype=np.int64)
    at = np.flatnonzero(found >= 0)
    row = encoded.rows[at]
    position = at - start[row]
    # A word stands in every window that begins at most a window's length before it.
    begin = np.clip(position - _WINDOW + 1, 0, windows[row] - 1)
    spans = np.minimum(position, windows[row] - 1) - begin + 1
    together = np.zeros((len(words), len(words)))
    for part in _parts(row, spans):
        together += _together(
            base[row[part]] + begin[part], spans[part], found[at[part]], len(words)
        )
    return Meetings(words, together / max(int(base[-1]), 1))


def _parts(rows: np.ndarray[Any, Any], spans: np.ndarray[Any, Any]) -> list[slice]:
    """Cut occurrences into parts that fit into memory; no passage is cut in two."""
    if not len(rows):
        return []
    number = np.cumsum(spans) // _CHUNK
    # The part of a passage is that of its first occurrence.
    heads = np.flatnonzero(np.concatenate([[True], rows[1:] != rows[:-1]]))
    cuts = heads[np.flatnonzero(np.diff(number[heads])) + 1].tolist()
    return [slice(a, b) for a, b in zip([0, *cuts], [*cuts, len(rows)], strict=True)]


def _together(
    first: np.ndarray[Any, Any],
    spans: np.ndarray[Any, Any],
    words: np.ndarray[Any, Any],
    n_words: int,
) -> Array:
    """Count in how many windows two words stand, from where each one's windows begin."""
    steps = np.arange(spans.sum()) - np.repeat(np.cumsum(spans) - spans, spans)
    window = np.repeat(first, spans) + steps
    low = int(window.min())
    seen = sparse.csr_matrix(
        (np.ones(len(window)), (window - low, np.repeat(words, spans))),
        shape=(int(window.max()) - low + 1, n_words),
    )
    seen.data[:] = 1.0
    return np.asarray((seen.T @ seen).toarray())


def npmi(meetings: Meetings, words: np.ndarray[Any, Any]) -> float:
    """Return the mean normalised pointwise mutual information of the pairs of words."""
    together = meetings.of(words)
    single = np.diag(together)
    i, j = np.triu_indices(len(words), k=1)
    joint = together[i, j]
    values = np.full(len(joint), -1.0)  # words that never meet
    seen = (joint > 0) & (joint < 1)
    values[seen] = np.log(joint[seen] / (single[i][seen] * single[j][seen])) / -np.log(joint[seen])
    values[joint >= 1] = 1.0
    return float(values.mean()) if len(values) else float("nan")


def c_v(meetings: Meetings, words: np.ndarray[Any, Any]) -> float:
    """Return the mean cosine of each word's NPMI vector to that of all words together."""
    together = meetings.of(words)
    single = np.maximum(np.diag(together), _EPSILON)
    joint = together + _EPSILON
    vectors = np.log(joint / np.outer(single, single)) / -np.log(np.minimum(joint, 1 - _EPSILON))
    whole = vectors.sum(axis=0)
    lengths = np.linalg.norm(vectors, axis=1) * np.linalg.norm(whole)
    return float((vectors @ whole / np.maximum(lengths, _EPSILON)).mean())
