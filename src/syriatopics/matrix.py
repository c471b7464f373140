"""Counts: which terms stand in which passage, and how often."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer

from syriatopics.arabic import ArabicAnalyzer
from syriatopics.corpus import Passages
from syriatopics.errors import TooSmallError

__all__ = ["DocumentTermMatrix", "count_terms"]

METADATA = (
    "passage_id",
    "article_id",
    "outlet",
    "production",
    "date",
    "date_start",
    "date_end",
    "date_status",
)


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
        columns = self.passages.table.columns
        return self.passages.table[[name for name in METADATA if name in columns]]

    def where(self, mask: Sequence[bool] | np.ndarray[Any, Any] | pd.Series) -> DocumentTermMatrix:
        """Return the rows for which `mask` is true; the vocabulary stays."""
        chosen = np.asarray(mask, dtype=bool)
        return replace(self, counts=self.counts[chosen], passages=self.passages.where(chosen))

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


def count_terms(
    passages: Passages | Iterable[str],
    analyzer: ArabicAnalyzer | None = None,
    *,
    min_df: int | float = 2,
    max_df: int | float = 0.5,
) -> DocumentTermMatrix:
    """Count the terms of passages.

    Parameters
    ----------
    passages : Passages or iterable of str
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
    TooSmallError
        If no term is left; the message says which step removed the last one.

    Examples
    --------
    >>> from syriatopics.corpus import load_seeds
    >>> count_terms(load_seeds().passages()).shape[0] > 100
    True
    """
    if not isinstance(passages, Passages):
        passages = _as_passages(list(passages))
    texts = passages.texts
    analyzer = ArabicAnalyzer() if analyzer is None else analyzer
    if not hasattr(analyzer, "counts_"):
        analyzer = ArabicAnalyzer(**analyzer.get_params()).fit(texts)
    vectorizer = CountVectorizer(
        analyzer=analyzer.vocabulary_analyzer(), min_df=min_df, max_df=max_df, dtype=np.int64
    )
    try:
        counts = vectorizer.fit_transform(texts)
    except ValueError as error:
        raise TooSmallError(_why_empty(texts, analyzer, min_df, max_df)) from error
    terms = vectorizer.get_feature_names_out().astype(object)
    counts.sort_indices()
    return DocumentTermMatrix(
        counts=sparse.csr_matrix(counts),
        terms=terms,
        display={term: analyzer.display(term) for term in terms},
        passages=passages,
        analyzer=analyzer,
        notes=tuple(_notes(counts, passages)),
    )


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
    texts: Sequence[str], analyzer: ArabicAnalyzer, min_df: int | float, max_df: int | float
) -> str:
    if not texts:
        return "There is no passage to count."
    terms = analyzer.transform(texts)
    if not any(terms):
        return (
            f"None of the {len(texts)} passages holds a term: stop words, short words and other "
            "scripts are all there is."
        )
    frequency: dict[str, int] = {}
    for passage in terms:
        for term in set(passage):
            frequency[term] = frequency.get(term, 0) + 1
    most = max(frequency.values())
    return (
        f"No term is left: {len(frequency)} terms in {len(texts)} passages, the most frequent in "
        f"{most}; min_df={min_df} and max_df={max_df} drop them all."
    )


def _notes(counts: sparse.csr_matrix, passages: Passages) -> Iterable[str]:
    empty = int((np.asarray(counts.sum(axis=1)).ravel() == 0).sum())
    if empty:
        yield f"{empty} of {len(passages)} passages lost all their terms to stop words and pruning."
