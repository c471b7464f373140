"""Sums by article: the small table from which shares, contrasts, trends and keyness are estimated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from syriatopics.corpus import Passages
from syriatopics.corpus.passages import metadata_of
from syriatopics.errors import InputError, choices
from syriatopics.inference import ArticleScores, Scores
from syriatopics.matrix import DocumentTermMatrix
from syriatopics.scale.store import Partitions

__all__ = ["article_counts", "scores_of", "sums_of"]

_SUM = "sum of "


def sums_of(scores: Scores) -> pd.DataFrame:
    """Add the scores of passages up by article.

    Parameters
    ----------
    scores : Scores
        Of one partition: no article stands in two.

    Returns
    -------
    DataFrame
        A row per article: its metadata, ``n_passages``, ``n_scored``, and a column per label.
    """
    weights = scores.weights()
    table = scores.passages.table
    scored = ~np.isnan(weights).any(axis=1)
    article, first = _articles(table)
    sums = np.zeros((len(first), weights.shape[1]))
    np.add.at(sums, article[scored], weights[scored])
    n_scored = np.bincount(article[scored], minlength=len(first))
    sums[n_scored == 0] = np.nan
    found = _metadata(table, article, first).assign(n_scored=n_scored.astype(np.int64))
    columns = [f"{_SUM}{label}" for label in scores.table.columns]
    return pd.concat([found, pd.DataFrame(sums, columns=columns)], axis=1)


def scores_of(
    tables: Sequence[pd.DataFrame],
    labels: Sequence[object],
    label_name: str = "theme",
    names: Mapping[str, str] | None = None,
    notes: Sequence[str] = (),
) -> ArticleScores:
    """Put the sums of all partitions together.

    Parameters
    ----------
    tables : sequence of DataFrame
        Of :func:`sums_of`.
    labels : sequence
        The columns of the scores, in order.
    label_name, names, notes
        As in :class:`syriatopics.inference.Scores`.

    Returns
    -------
    ArticleScores
        In the order of the article ids.
    """
    if not tables:
        raise InputError("No partition is left: there is nothing to estimate from.")
    whole = pd.concat(tables, ignore_index=True)
    whole = whole.sort_values("article_id", kind="stable", ignore_index=True)
    sums = whole[[f"{_SUM}{label}" for label in labels]].set_axis(pd.Index(labels), axis=1)
    return ArticleScores(
        table=sums.set_axis(pd.Index(whole["passage_id"], name="passage_id"), axis=0),
        passages=Passages(whole[[*_metadata_columns(whole), "n_passages"]], "article"),
        n_scored=whole["n_scored"].to_numpy(dtype=np.int64),
        label_name=label_name,
        labels=dict(names) if names else None,
        notes=tuple(notes),
    )


def article_counts(
    store: Partitions, by: str = "outlet", values: Sequence[str] | None = None
) -> DocumentTermMatrix:
    """Add the counts of passages up by article.

    Words of two groups of articles are compared from it as from the passages
    (:func:`syriatopics.keyness`), with the same result to the last bit: what is compared are
    sums over articles, or over larger blocks.

    Parameters
    ----------
    store : Partitions
    by : str
        A column of the passages.
    values : sequence of str, optional
        Only articles with one of these values, which are those that are to be compared:
        memory grows with them.

    Returns
    -------
    DocumentTermMatrix
        A row per article, in the order of their ids; its texts are left out.

    Raises
    ------
    InputError
        If there is no such column or value.

    Examples
    --------
    >>> import tempfile
    >>> from syriatopics.corpus.seeds import seeds_folder
    >>> from syriatopics.scale import build_partitions
    >>> store = build_partitions(seeds_folder(), tempfile.mkdtemp() + "/store")
    >>> article_counts(store).shape[0]
    5
    """
    tables, matrices, seen = [], [], set()
    for number in range(len(store)):
        table = store.passages(number).table
        if by not in table:
            raise InputError(f"No column {by!r} to group by. Columns: {choices(table.columns)}.")
        seen.update(table[by].dropna().unique())
        counts = store.counts(number)
        if values is not None:
            chosen = table[by].isin(list(values)).to_numpy()
            table, counts = table[chosen].reset_index(drop=True), counts[chosen]
        if not len(table):
            continue
        article, first = _articles(table)
        shape = (len(first), len(table))
        gather = sparse.csr_matrix(
            (np.ones(len(article), dtype=np.int64), (article, np.arange(len(article)))), shape=shape
        )
        matrices.append(sparse.csr_matrix(gather @ counts))
        tables.append(_metadata(table, article, first))
    if missing := [value for value in values or () if value not in seen]:
        raise InputError(f"No passage belongs to {missing[0]!r}. Groups here: {choices(seen)}.")
    whole = pd.concat(tables, ignore_index=True)
    empty = sum(part["empty"] for part in store.manifest["partitions"])
    said = f"{empty} of {store.n_passages} passages lost all their terms to stop words and pruning."
    return DocumentTermMatrix(
        counts=sparse.csr_matrix(sparse.vstack(matrices)),
        terms=np.array(store.vocabulary, dtype=object),
        display=store.display,
        passages=Passages(whole, "article"),
        analyzer=store.analyzer,
        notes=(said,) if empty else (),
    )


def _metadata_columns(sums: pd.DataFrame) -> list[str]:
    return [c for c in metadata_of(sums) if not c.startswith(_SUM)]


def _articles(table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the number of each passage's article, and the first passage of each article."""
    article, _ = pd.factorize(table["article_id"])
    _, first = np.unique(article, return_index=True)
    return article, first


def _metadata(table: pd.DataFrame, article: np.ndarray, first: np.ndarray) -> pd.DataFrame:
    found = table.iloc[first][metadata_of(table)].reset_index(drop=True)
    n_passages = np.bincount(article, minlength=len(first)).astype(np.int64)
    return found.assign(passage_id=found["article_id"], n_passages=n_passages)
