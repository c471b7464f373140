"""Axes: to which side of an opposition (aid – war, talks – arms) the words of a passage lean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.utils.extmath import randomized_svd

from syriatopics.errors import InputError, TooSmallError, choices
from syriatopics.inference.blocks import BlockChoice, Measured, blocks_of
from syriatopics.inference.groups import (
    PRODUCTION,
    first_rows,
    groups_of,
    note_of,
    produced,
)
from syriatopics.inference.intervals import interval
from syriatopics.inference.pooling import together
from syriatopics.inference.resampling import Array, article_means, estimate
from syriatopics.matrix import DocumentTermMatrix
from syriatopics.order import compared
from syriatopics.results import Result
from syriatopics.topics.engine import one_thread

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Axis", "frame_axis", "word_vectors"]

# Word vectors of a smaller corpus follow its accidents (Watanabe 2020 asks for so many).
ENOUGH_PASSAGES = 5000


@dataclass(frozen=True, eq=False, kw_only=True)
class Axis(Result):
    """How passages lean, a row per group.

    Columns ``<by>, bias, low, high, intensity, n_articles, note``. ``bias`` is the mean
    cosine of the words with the axis (positive: to the first pole), ``intensity`` how far words
    lie from the mean of all passages, to either side.

    Attributes
    ----------
    words : DataFrame
        ``term, display, cosine, count``: from the first pole to the second.
    passages : DataFrame
        ``passage_id, bias, intensity``; NaN without a word that has a vector.
    """

    by: str
    words: pd.DataFrame
    passages: pd.DataFrame

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the bias of each group with its interval."""
        from syriatopics.plots import differences

        table = self.table.assign(a=self.table[self.by], b="", theme="bias", q=np.nan)
        return differences(table.rename(columns={"bias": "difference"}), ax, **options)


def word_vectors(
    dtm: DocumentTermMatrix, n_dimensions: int = 100, *, random_state: int = 0
) -> pd.DataFrame:
    """Return word vectors of the corpus itself: singular vectors of positive PMI in passages.

    Parameters
    ----------
    dtm : DocumentTermMatrix
    n_dimensions, random_state : int

    Returns
    -------
    DataFrame
        A row per term, of length one.

    Raises
    ------
    TooSmallError
        If there are fewer terms than dimensions.
    """
    if min(dtm.shape) <= n_dimensions:
        raise TooSmallError(
            f"{dtm.shape[0]:,} passages and {dtm.shape[1]:,} terms give no {n_dimensions} dimensions: "
            "take fewer."
        )
    present = (dtm.counts > 0).astype(float)
    together = sparse.coo_matrix(present.T @ present)
    count = np.asarray(present.sum(axis=0)).ravel()
    pmi = np.log(together.data * dtm.shape[0] / (count[together.row] * count[together.col]))
    kept = (pmi > 0) & (together.row != together.col)
    positive = sparse.csr_matrix(
        (pmi[kept], (together.row[kept], together.col[kept])), shape=together.shape
    )
    with one_thread():
        u, s, _ = randomized_svd(positive, n_dimensions, random_state=random_state)
    vectors = u * np.sqrt(s)
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return pd.DataFrame(vectors / np.where(length > 0, length, 1), index=dtm.terms)


def frame_axis(
    dtm: DocumentTermMatrix,
    positive: Sequence[str],
    negative: Sequence[str],
    *,
    by: str = "outlet",
    vectors: pd.DataFrame | None = None,
    production: str = PRODUCTION[0],
    blocks: BlockChoice = "auto",
    level: float = 0.95,
) -> Axis:
    """Place passages between two poles, each given by seed words [1]_.

    Parameters
    ----------
    dtm : DocumentTermMatrix
    positive, negative : sequence of str
        Seed words of the poles, as people write them; those the corpus does not hold are named in the notes.
    by : str
        A column of the passages.
    vectors : DataFrame, optional
        A row per term; by default :func:`word_vectors` of this corpus. Embeddings made
        elsewhere fit too, with terms of the matrix as index.
    production, blocks, level
        As in :func:`syriatopics.prevalence`.

    Returns
    -------
    Axis
        With a warning in the notes below 5,000 passages.

    Raises
    ------
    InputError
        If a pole has no seed word that has a vector.

    References
    ----------
    .. [1] Kwak, H. et al. (2021). FrameAxis. PeerJ Computer Science 7.
    .. [2] Watanabe, K. (2020). Latent semantic scaling. Communication Methods and Measures 15.

    Examples
    --------
    >>> from syriatopics import count_terms, load_seeds
    >>> result = frame_axis(count_terms(load_seeds().passages()), ["المساعدات"], ["القوات"])
    >>> "below 5,000" in result.notes[0]
    True
    """
    vectors = word_vectors(dtm) if vectors is None else vectors
    notes = []
    if len(dtm.passages) < ENOUGH_PASSAGES:
        notes.append(
            f"{len(dtm.passages):,} passages: below {ENOUGH_PASSAGES:,} word vectors follow the accidents of "
            "a corpus; take the order of words as a hint, not as a finding."
        )
    known = {term: place for place, term in enumerate(vectors.index)}
    unit = vectors.to_numpy(dtype=float)
    unit = unit / np.maximum(np.linalg.norm(unit, axis=1, keepdims=True), 1e-12)
    poles = [_pole(seeds, dtm, known, unit, notes) for seeds in (positive, negative)]
    axis = poles[0] - poles[1]
    cosine = pd.Series(unit @ (axis / np.linalg.norm(axis)), index=vectors.index).reindex(dtm.terms)
    bias, intensity = _lean(dtm.counts, cosine.to_numpy(dtype=float))
    table = dtm.passages.table.reset_index(drop=True)
    stands, said = produced(table, production)
    groups, more = groups_of(table, (by,))
    groups.loc[~stands, :] = np.nan
    lean = np.column_stack([bias, intensity])
    chosen = blocks_of(table, blocks, Measured(lean, np.ones(len(table)), groups))
    rows = _rows(lean, table, groups, chosen.codes, level)
    count = np.asarray(dtm.counts.sum(axis=0)).ravel()
    words = pd.DataFrame(
        {
            "term": dtm.terms,
            "display": [dtm.display[t] for t in dtm.terms],
            "cosine": cosine.to_numpy(),
        }
    ).assign(count=count)
    return Axis(
        table=pd.DataFrame(rows),
        notes=(*notes, *said, *more, *chosen.notes),
        by=by,
        words=words.dropna().sort_values(
            ["cosine", "term"], ascending=[False, True], key=compared, ignore_index=True
        ),
        passages=pd.DataFrame(
            {"passage_id": table["passage_id"], "bias": bias, "intensity": intensity}
        ),
    )


def _pole(
    seeds: Sequence[str],
    dtm: DocumentTermMatrix,
    known: dict[str, int],
    unit: Array,
    notes: list[str],
) -> Array:
    read = dtm.analyzer.vocabulary_analyzer()
    terms = {seed: next(iter(read(seed)), "") for seed in seeds}
    missing = [seed for seed, term in terms.items() if term not in known]
    places = [known[term] for term in terms.values() if term in known]
    if not places:
        raise InputError(f"None of the seed words {choices(seeds)} has a vector in this corpus.")
    if missing:
        notes.append(f"Seed words that this corpus does not hold: {', '.join(missing)}.")
    return np.asarray(unit[places].mean(axis=0))


def _lean(counts: sparse.csr_matrix, cosine: Array) -> tuple[Array, Array]:
    """Return the mean cosine of each passage, and the mean square about the mean of all."""
    has = ~np.isnan(cosine)
    chosen, values = counts[:, has].astype(float), cosine[has]
    n = np.asarray(chosen.sum(axis=1)).ravel()
    with np.errstate(invalid="ignore", divide="ignore"):
        bias = (chosen @ values) / n
        background = float((chosen @ values).sum() / n.sum())
        intensity = (chosen @ (values - background) ** 2) / n
    return bias, intensity


def _rows(
    values: Array,
    table: pd.DataFrame,
    groups: pd.DataFrame,
    block: np.ndarray[Any, Any],
    level: float,
) -> list[dict[str, Any]]:
    by = groups.columns[0]
    article = table["article_id"].to_numpy()
    cells = groups.groupby(by, sort=True).indices
    found = []
    for index in cells.values():
        means, articles = article_means(values[index], article[index])
        # the score interval is for shares; a mean of cosines is moved into [0, 1]
        moved = np.column_stack([(means[:, 0] + 1) / 2, means[:, 1]])
        found.append(estimate(moved, block=block[index[first_rows(articles, article[index])]]))
    rows = []
    for name, one in zip(cells, together(found), strict=True):
        note = note_of(one)
        low, high = interval(one, level)
        limits = (np.nan, np.nan) if note else (2 * low[0] - 1, 2 * high[0] - 1)
        rows.append(
            {by: name, "bias": 2 * one.mean[0] - 1, "low": limits[0], "high": limits[1]}
            | {"intensity": one.mean[1], "n_articles": one.n, "note": note}
        )
    return rows
