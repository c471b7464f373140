"""Counts: which terms stand in which passage, and how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from numbers import Integral
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import numpy as np
import pandas as pd
from scipy import sparse

from syriatopics.arabic import ArabicAnalyzer
from syriatopics.arabic.names_learned import count_with_names
from syriatopics.arabic.normalize import require_text
from syriatopics.corpus import Corpus, Passages
from syriatopics.corpus.passages import metadata_of
from syriatopics.errors import InputError, TooSmallError

if TYPE_CHECKING:
    from syriatopics.arabic.encoder import Encoded

__all__ = [
    "DocumentTermMatrix",
    "chosen_terms",
    "count_all_terms",
    "count_terms",
    "empty_notes",
    "matrix_of",
]


@dataclass(frozen=True, eq=False)
class DocumentTermMatrix:
    """Counts of terms in passages.

    Attributes
    ----------
    counts : scipy.sparse.csr_matrix of int64, shape (n_passages, n_terms)
    terms : ndarray of str, shape (n_terms,)
        Match keys, in alphabetical order.
    display : dict of str to str
        For each term the form that people read.
    passages : Passages
        The passages, in the order of the rows.
    analyzer : ArabicAnalyzer
        The fitted analyzer that gave the terms.
    notes : tuple of str
    """

    counts: sparse.csr_matrix
    terms: np.ndarray[Any, np.dtype[Any]]
    display: Mapping[str, str]
    passages: Passages
    analyzer: ArabicAnalyzer
    notes: tuple[str, ...] = field(default=())

    @property
    def shape(self) -> tuple[int, int]:
        """Number of passages, number of terms."""
        return int(self.counts.shape[0]), int(self.counts.shape[1])

    @property
    def documents(self) -> pd.DataFrame:
        """A row of metadata per passage, without the text."""
        return self.passages.table[metadata_of(self.passages.table)]

    @property
    def newsroom(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Which terms say how something is reported, not what (وقال, الثلاثاء, مصدر أمني)."""
        return np.array([self.analyzer.is_newsroom(term) for term in self.terms], dtype=bool)

    def content(self) -> DocumentTermMatrix:
        """Return the matrix without the words of the newsroom: what topics are made of.

        Examples
        --------
        >>> from syriatopics.corpus import load_seeds
        >>> dtm = count_terms(load_seeds())
        >>> "قال" in dtm.terms, "قال" in dtm.content().terms
        (True, False)
        """
        left_out = self.newsroom
        if not left_out.any():
            return self
        kept = np.flatnonzero(~left_out)
        totals = np.asarray(self.counts.sum(axis=0)).ravel()
        examples = [self.terms[j] for j in np.argsort(-totals, kind="stable") if left_out[j]][:3]
        shown = "، ".join(self.display[term] for term in examples)
        note = f"{left_out.sum()} words of the newsroom ({shown} …) are left out: keyness shows them apart."
        return replace(
            self,
            counts=self.counts[:, kept],
            terms=self.terms[kept],
            display={term: self.display[term] for term in self.terms[kept]},
            notes=(*self.notes, note),
        )

    def where(self, mask: Sequence[bool] | np.ndarray[Any, Any] | pd.Series) -> DocumentTermMatrix:
        """Return the rows for which `mask` is true; the vocabulary stays."""
        chosen = np.asarray(mask, dtype=bool)
        return replace(self, counts=self.counts[chosen], passages=self.passages.where(chosen))

    def count(self, passages: Corpus | Passages | Iterable[str]) -> DocumentTermMatrix:
        """Count other passages in the vocabulary of this matrix; other terms are dropped."""
        passages = _require_passages(passages)
        place = {term: column for column, term in enumerate(self.terms)}
        parts = []
        for piece in passages.pieces():
            encoded = self.analyzer.vocabulary_analyzer().encode(piece.texts)
            columns = np.array([place.get(term, -1) for term in encoded.terms], dtype=np.int64)
            shape = (len(piece), len(self.terms))
            parts.append(_tally(encoded.rows, columns[encoded.codes], shape))
        counts = sparse.vstack(parts, format="csr") if parts else self.counts[:0]
        notes = tuple(empty_notes(counts, passages))
        return replace(self, counts=counts, passages=passages, notes=notes)

    def frequent(self, n: int | None = None) -> pd.DataFrame:
        """Return the most frequent terms: ``term, display, count, n_passages``."""
        table = pd.DataFrame(
            {
                "term": self.terms,
                "display": [self.display[term] for term in self.terms],
                "count": np.asarray(self.counts.sum(axis=0)).ravel(),
                "n_passages": np.diff(self.counts.tocsc().indptr),
            }
        )
        table = table.sort_values("count", ascending=False, kind="stable", ignore_index=True)
        return table if n is None else table.head(n)

    def __repr__(self) -> str:
        rows, columns = self.shape
        return f"<DocumentTermMatrix: {rows:,} passages, {columns:,} terms>"


@runtime_checkable
class Counted(Protocol):
    """A corpus that keeps counts of its paragraphs."""

    def counted(
        self, analyzer: ArabicAnalyzer | None, min_df: int | float, max_df: int | float
    ) -> DocumentTermMatrix | None:
        """Return the counts, or None where others are asked for than it keeps."""


def fitted_on(passages: Passages, analyzer: ArabicAnalyzer | None) -> ArabicAnalyzer:
    """Return a fitted analyzer as it is, and any other fitted on these passages, a stretch at a time."""
    analyzer = ArabicAnalyzer() if analyzer is None else analyzer
    if hasattr(analyzer, "counts_"):
        return analyzer
    words: Counter[str] = Counter()
    for piece in passages.pieces():
        words.update(count_with_names(map(require_text, piece.texts)))
    return ArabicAnalyzer(**analyzer.get_params()).fit_counts(words)


def count_terms(
    passages: Corpus | Passages | Iterable[str],
    analyzer: ArabicAnalyzer | None = None,
    *,
    min_df: int | float = 2,
    max_df: int | float = 0.5,
) -> DocumentTermMatrix:
    """Count the terms of passages.

    Parameters
    ----------
    passages : Corpus, Passages or iterable of str
        Of a corpus its paragraphs are counted.
    analyzer : ArabicAnalyzer, optional
        A fitted analyzer is used as it is; an unfitted one, and the default one, is
        fitted on these passages.
    min_df, max_df : int or float
        Terms in fewer than `min_df`, or in more than `max_df` passages are dropped: as a
        number of passages (int) or as a share of them (float).

    Returns
    -------
    DocumentTermMatrix

    Raises
    ------
    InputError
        If `passages` is one text.
    TooSmallError
        If no term is left; the message says which step removed the last one.

    Examples
    --------
    >>> from syriatopics.corpus import load_seeds
    >>> count_terms(load_seeds()).shape[0] > 100
    True
    """
    if isinstance(passages, Counted):
        made = passages.counted(analyzer, min_df, max_df)
        if made is not None:
            return made
    passages = _require_passages(passages)
    analyzer = fitted_on(passages, analyzer)
    parts = [count_all_terms(piece.texts, analyzer) for piece in passages.pieces()]
    counts, found = _together(parts)
    return _chosen(counts, found, passages, analyzer, min_df, max_df)


def matrix_of(
    encoded: Encoded,
    passages: Passages,
    analyzer: ArabicAnalyzer,
    *,
    min_df: int | float = 2,
    max_df: int | float = 0.5,
) -> DocumentTermMatrix:
    """Count terms that are read already: see :func:`count_terms`."""
    return _chosen(*_all_terms(encoded, len(passages)), passages, analyzer, min_df, max_df)


def _chosen(
    counts: sparse.csr_matrix,
    found: np.ndarray[Any, Any],
    passages: Passages,
    analyzer: ArabicAnalyzer,
    min_df: int | float,
    max_df: int | float,
) -> DocumentTermMatrix:
    """Keep the terms that are neither too rare nor too frequent, in alphabetical order."""
    frequency = np.bincount(counts.indices, minlength=len(found))
    kept = chosen_terms(found, frequency, len(passages), min_df, max_df)
    counts = counts[:, kept]
    counts.sort_indices()
    terms = found[kept]
    return DocumentTermMatrix(
        counts=counts,
        terms=terms,
        display={term: analyzer.display(term) for term in terms},
        passages=passages,
        analyzer=analyzer,
        notes=tuple(empty_notes(counts, passages)),
    )


def count_all_terms(
    texts: Sequence[str], analyzer: ArabicAnalyzer
) -> tuple[sparse.csr_matrix, np.ndarray[Any, Any]]:
    """Count every term of texts.

    Returns
    -------
    counts : csr_matrix of int64, shape (n_texts, n_found)
    found : ndarray of str, shape (n_found,)
        In the order in which they were met.
    """
    return _all_terms(analyzer.vocabulary_analyzer().encode(texts), len(texts))


def _together(
    parts: Sequence[tuple[sparse.csr_matrix, np.ndarray[Any, Any]]],
) -> tuple[sparse.csr_matrix, np.ndarray[Any, Any]]:
    """Put counts of several pieces below each other, in the terms of all."""
    if len(parts) == 1:
        return parts[0]
    place: dict[str, int] = {}
    columns = [np.array([place.setdefault(t, len(place)) for t in found]) for _, found in parts]
    counts = [
        sparse.csr_matrix(
            (held.data, of[held.indices] if held.nnz else held.indices, held.indptr),
            shape=(held.shape[0], len(place)),
        )
        for (held, _), of in zip(parts, columns, strict=True)
    ]
    whole = (
        sparse.vstack(counts, format="csr") if counts else sparse.csr_matrix((0, 0), dtype=np.int64)
    )
    return whole, np.array([*place, None], dtype=object)[:-1]


def _all_terms(encoded: Encoded, n: int) -> tuple[sparse.csr_matrix, np.ndarray[Any, Any]]:
    found = np.array(encoded.terms, dtype=object)
    return _tally(encoded.rows, encoded.codes, (n, len(found))), found


def chosen_terms(
    found: np.ndarray[Any, Any],
    frequency: np.ndarray[Any, Any],
    n: int,
    min_df: int | float,
    max_df: int | float,
) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return the positions of the terms that are kept, in alphabetical order of the terms.

    Parameters
    ----------
    found : ndarray of str
    frequency : ndarray of int
        In how many passages each of them stands.
    n : int
        How many passages there are.
    min_df, max_df
        As in :func:`count_terms`.

    Raises
    ------
    TooSmallError
        If none is left.
    """
    low, high = _number(min_df, n), _number(max_df, n)
    kept = np.flatnonzero((frequency >= low) & (frequency <= high))
    if not len(kept):
        raise TooSmallError(_why_empty(n, frequency, min_df, max_df))
    return kept[np.argsort(found[kept], kind="stable")]


def _tally(
    rows: np.ndarray[Any, Any], columns: np.ndarray[Any, Any], shape: tuple[int, int]
) -> sparse.csr_matrix:
    """Count pairs of row and column; a column of -1 is no term."""
    known = columns >= 0
    rows, columns = rows[known], columns[known]
    ones = np.ones(len(rows), dtype=np.int64)
    counts = sparse.csr_matrix((ones, (rows, columns)), shape=shape, dtype=np.int64)
    counts.sum_duplicates()
    return counts


def _number(share: int | float, n: int) -> float:
    return float(share if isinstance(share, Integral) else share * n)


def _require_passages(passages: Corpus | Passages | Iterable[str]) -> Passages:
    if isinstance(passages, Corpus):
        return passages.passages()
    if isinstance(passages, str):
        raise InputError("Terms are counted in passages or in a list of texts, not in one text.")
    return passages if isinstance(passages, Passages) else _as_passages(list(passages))


def _as_passages(texts: list[str]) -> Passages:
    table = pd.DataFrame({"text": texts})
    table["passage_id"] = [f"text:{n:06d}" for n in range(len(texts))]
    table["article_id"] = table["passage_id"]
    table["outlet"] = None
    table["production"] = "unknown"
    for column in ("date", "date_start", "date_end"):
        table[column] = pd.Series(pd.NaT, index=table.index, dtype="datetime64[s]")
    table["date_status"] = "unknown"
    table["start"] = 0
    table["end"] = [len(text) for text in texts]
    return Passages(table, "text")


def _why_empty(
    n: int,
    frequency: np.ndarray[Any, Any],
    min_df: int | float,
    max_df: int | float,
) -> str:
    if not n:
        return "There is no passage to count."
    if not len(frequency):
        return (
            f"None of the {n} passages holds a term: stop words, short words and other "
            "scripts are all there is."
        )
    return (
        f"No term is left: {len(frequency)} terms in {n} passages, the most frequent in "
        f"{frequency.max()}; min_df={min_df} and max_df={max_df} drop them all."
    )


def empty_notes(counts: sparse.csr_matrix, passages: Passages) -> Iterable[str]:
    """Say how many passages hold none of the terms."""
    empty = int((np.asarray(counts.sum(axis=1)).ravel() == 0).sum())
    if empty:
        yield f"{empty} of {len(passages)} passages lost all their terms to stop words and pruning."
