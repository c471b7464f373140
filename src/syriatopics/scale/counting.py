"""From passages to counts in two passes: which words there are, then which terms stand where.

Which words are counted as one rests on how often each form occurs in the whole corpus. So the
first pass counts words; the second reads terms, with what the first one learned. A vocabulary
is chosen from the terms of all partitions, and the counts of each are put into its columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from syriatopics.arabic import ArabicAnalyzer
from syriatopics.arabic.names_learned import count_with_names
from syriatopics.matrix import chosen_terms, count_all_terms
from syriatopics.scale.ledger import Files, Made, Task, read_whole
from syriatopics.scale.tables import (
    arrays_of,
    counts_of,
    npz_of,
    table_of,
    write_counts,
)

__all__ = [
    "add_types",
    "choose_vocabulary",
    "count_terms_in",
    "count_types",
    "put_in_columns",
    "strange_terms",
]


def count_types(task: Task, files: Files) -> dict[str, Any]:
    """Count the words of a partition."""
    counts = count_with_names(_texts(files))
    words = sorted(counts)
    numbers = np.array([counts[word] for word in words], dtype=np.int64)
    files.write(f"types/{task.number:05d}.npz", npz_of(words=words, counts=numbers))
    single = [" " not in word for word in words]  # rows that may be names are no words
    return {"types": sum(single), "words": int(numbers[single].sum())}


def add_types(folder: Path, made: Sequence[Made]) -> Counter[str]:
    """Add up the words of all partitions."""
    counts: Counter[str] = Counter()
    for part in made:
        arrays = arrays_of(_read(folder, part))
        counts.update(dict(zip(arrays["words"], arrays["counts"].tolist(), strict=True)))
    return counts


def count_terms_in(task: Task, files: Files) -> dict[str, Any]:
    """Count the terms of the passages of a partition, all of them."""
    analyzer = _analyzer(str(files.path("analyzer.json")), task.options["analyzer"])
    counts, found = count_all_terms(_texts(files), analyzer)
    counts.sort_indices()
    files.write(f"terms/{task.number:05d}.npz", write_counts(counts, terms=found.tolist()))
    return {
        "articles": task.weight,
        "passages": int(counts.shape[0]),
        "tokens": int(counts.sum()),
        "types": len(found),
    }


@lru_cache(maxsize=2)
def _analyzer(path: str, sha256: str) -> ArabicAnalyzer:
    """Load the analyzer once in each process."""
    read_whole(Path(path).parent, Path(path).name, sha256)
    return ArabicAnalyzer.load(path)


def choose_vocabulary(
    folder: Path,
    made: Sequence[Made],
    min_df: int | float,
    max_df: int | float,
    n: int,
    known: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Choose the terms that are kept; those that are known already stay as they are.

    Returns
    -------
    DataFrame
        ``term, count, n_passages``, in alphabetical order.

    Raises
    ------
    TooSmallError
        If none is left.
    """
    frequency, total = _sums(folder, made)
    if known is None:
        found = np.array(list(frequency), dtype=object)
        passages = np.array(list(frequency.values()), dtype=np.int64)
        kept = chosen_terms(found, passages, n, min_df, max_df)
        terms, held = found[kept].tolist(), passages[kept]
    else:
        terms, held = list(known), np.array([frequency[t] for t in known], dtype=np.int64)
    count = np.array([total[term] for term in terms], dtype=np.int64)
    return pd.DataFrame(
        {"term": pd.Series(terms, dtype=object), "count": count, "n_passages": held}
    )


def strange_terms(
    folder: Path, made: Sequence[Made], known: Sequence[str], least: int
) -> list[str]:
    """Return the terms in `least` passages or more that are not known, the most frequent first."""
    frequency, _ = _sums(folder, made)
    for term in known:
        frequency.pop(term, None)
    return [t for n, t in sorted((-n, t) for t, n in frequency.items() if n >= least)]


def _sums(folder: Path, made: Sequence[Made]) -> tuple[Counter[str], Counter[str]]:
    """Return in how many passages each term stands, and how often."""
    frequency: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for part in made:
        arrays = arrays_of(_read(folder, part))
        terms, width = arrays["terms"], len(arrays["terms"])
        held = np.bincount(arrays["indices"], minlength=width).tolist()
        tokens = np.bincount(arrays["indices"], weights=arrays["data"], minlength=width)
        frequency.update(dict(zip(terms, held, strict=True)))
        total.update(dict(zip(terms, tokens.astype(np.int64).tolist(), strict=True)))
    return frequency, total


def put_in_columns(task: Task, files: Files) -> dict[str, Any]:
    """Put the counts of a partition into the columns of the vocabulary."""
    arrays = arrays_of(files.read("terms/"))
    place = _places(str(files.path("vocabulary.parquet")), task.inputs["vocabulary.parquet"])
    columns = np.array([place.get(term, -1) for term in arrays["terms"]], dtype=np.int64)
    local = counts_of(arrays)
    kept = np.flatnonzero(columns >= 0)
    kept = kept[np.argsort(columns[kept])]
    counts = local[:, kept]
    counts.sort_indices()
    counts.indices = columns[kept][counts.indices].astype(local.indices.dtype)
    counts.resize((local.shape[0], len(place)))
    files.write(f"counts/{task.number:05d}.npz", write_counts(counts))
    empty = int((np.diff(counts.indptr) == 0).sum())
    return {"tokens": int(counts.sum()), "empty": empty, "terms": len(place)}


@lru_cache(maxsize=2)
def _places(path: str, sha256: str) -> dict[str, int]:
    content = read_whole(Path(path).parent, Path(path).name, sha256)
    terms = table_of(content, ["term"])["term"].to_pylist()
    return {term: column for column, term in enumerate(terms)}


def _texts(files: Files) -> list[str]:
    texts: list[str] = table_of(files.read("passages/"), ["text"])["text"].to_pylist()
    return texts


def _read(folder: Path, made: Made) -> bytes:
    ((name, sha256),) = made.files.items()
    return read_whole(folder, name, sha256)
