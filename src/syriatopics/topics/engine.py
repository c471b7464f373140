"""What the engines share: counts as weights, one thread, and the gate through which input comes."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from scipy import sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfTransformer
from threadpoolctl import threadpool_limits

from syriatopics.matrix import DocumentTermMatrix, count_terms

__all__ = ["as_matrix", "one_thread", "tfidf"]


def as_matrix(source: DocumentTermMatrix | Any) -> DocumentTermMatrix:
    """Return counts: `source` itself, or the counts of the passages or texts that it is."""
    return source if isinstance(source, DocumentTermMatrix) else count_terms(source)


def tfidf(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Weight counts by TF-IDF: sublinear in the count, rows of length one."""
    return TfidfTransformer(sublinear_tf=True).fit_transform(counts)


@contextmanager
def one_thread() -> Iterator[None]:
    """Run with one BLAS thread, so that the number of cores changes no digit.

    Whether an engine settled is said in the notes of the result, not as a warning.
    """
    with threadpool_limits(limits=1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        yield
