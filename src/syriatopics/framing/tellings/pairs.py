"""Which article tells which source: reprints, or candidates by meaning, days and chance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse, stats

from syriatopics.corpus import Corpus
from syriatopics.encoders.lsa import inverse_frequency
from syriatopics.framing.tellings.aligning import ALPHA
from syriatopics.framing.tellings.marks import across
from syriatopics.framing.tellings.space import Space, dense
from syriatopics.framing.tellings.texts import Sentences
from syriatopics.order import ranked

__all__ = ["candidates", "reprinted", "tells", "unrelated_rows"]

# What tells a source is written from so many days before it (time zones, dates of print) until so many after.
_BEFORE, _AFTER = 2, 30
# How rarely texts that have nothing to do with each other are taken for a pair.
_SURE = 0.005
# What shared names, numbers and dates add to likeness by an encoder: chosen on the even sentences of PUD,
# where short texts that share a third or a fifth of their sentences find each other oftener from .1 to .5.
_SHARED = 0.25
# Of so many sentences on each side at most chance is learnt.
_ENOUGH = 1_500


def reprinted(corpus: Corpus) -> list[tuple[str, str]]:
    """Return source and article for each article that is a near copy of one of another outlet.

    The source of a cluster is its article that was certainly first, else the one that all others are near
    copies of.
    """
    found = corpus.reprints()
    pairs = []
    for row in found.clusters.itertuples():
        source = row.earliest if isinstance(row.earliest, str) else row.middle
        pairs += [(source, other) for other in found.members(row.cluster) if other != source]
    return pairs


def candidates(sources: Sentences, articles: Sentences, space: Space) -> list[tuple[str, str]]:
    """Return for each article the source that it is most like, of those written in time for it.

    Like are texts by their vectors and, where these are an encoder's, by names, numbers and dates in both.
    Whether it tells it is said by their sentences: see :func:`tells`.

    Parameters
    ----------
    sources, articles : Sentences
    space : Space
    """
    names = [list(dict.fromkeys(side.table["article_id"])) for side in (sources, articles)]
    if not all(names):
        return []
    means = [
        space.means(
            n, pd.factorize(side.table["article_id"])[0], side.table["n_words"].to_numpy(float)
        )
        for n, side in enumerate((sources, articles))
    ]
    likeness = dense(means[0] @ means[1].T)
    # Among words names stand already; of one source there is nothing to choose.
    if not sparse.issparse(means[0]) and len(names[0]) > 1:
        likeness = likeness + _SHARED * _shared(sources, articles)
    apart = articles.days[names[1]].to_numpy() - sources.days[names[0]].to_numpy()[:, None]
    # NaN, a day that nobody knows, is in time.
    late = (apart < -_BEFORE) | (apart > _AFTER)
    # Of several, an article that stands on both sides is no source of itself.
    same = np.zeros(likeness.shape, dtype=bool)
    for i, name in enumerate(names[0]):
        if likeness.size > 1 and name in names[1]:
            same[i, names[1].index(name)] = sources.corpus[name] == articles.corpus[name]
    likeness = np.where(late | same, -np.inf, likeness)
    best = [int(ranked(column)[0]) for column in likeness.T]
    return [(names[0][i], names[1][j]) for j, i in enumerate(best) if likeness[i, j] > -np.inf]


def _shared(sources: Sentences, articles: Sentences) -> Any:
    """Return how much each source and article share of names, numbers and dates: 0 to 1, rare ones most."""
    sides = [_marks_of(side) for side in (sources, articles)]
    place = {mark: n for n, mark in enumerate(sorted({m for side in sides for _, m in side}))}
    counts = []
    for side, found in zip((sources, articles), sides, strict=True):
        rows, columns = [row for row, _ in found], [place[mark] for _, mark in found]
        shape = side.table["article_id"].nunique(), len(place)
        counts.append(sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape))
    every = sparse.vstack(counts)
    idf = inverse_frequency(np.asarray(every.sum(axis=0)).ravel(), every.shape[0])
    one, two = (dense(matrix @ sparse.diags_array(idf)) for matrix in counts)
    size = np.linalg.norm(one, axis=1)[:, None] * np.linalg.norm(two, axis=1)[None, :]
    return one @ two.T / np.maximum(size, 1e-12)


def _marks_of(side: Sentences) -> list[tuple[int, tuple[str, str, str]]]:
    """Return what the sentences of each article hold, articles by their place."""
    article = pd.factorize(side.table["article_id"])[0]
    marks = across(side, range(len(side.table)))
    return sorted({(int(article[row]), m[:3]) for row, found in marks.items() for m in found})


def tells(linked: int, sentences: int) -> bool:
    """Say whether so many sentences of the shorter text can have a counterpart by chance alone.

    Examples
    --------
    >>> tells(1, 10), tells(5, 10)
    (False, True)
    """
    return bool(stats.binom.sf(linked - 1, sentences, ALPHA) < _SURE)


def unrelated_rows(
    sources: Sentences, articles: Sentences, pairs: Sequence[tuple[str, str]]
) -> tuple[Any, Any, Any]:
    """Return rows of sentences on both sides, and which of their pairs are of texts that are no pair.

    Returns
    -------
    source rows, article rows : ndarray of int
    apart : ndarray of bool
    """
    chosen = [_spread(len(side.table)) for side in (sources, articles)]
    told = pd.DataFrame(pairs, columns=["source", "article"])
    ids = [
        side.table["article_id"].to_numpy()[rows]
        for side, rows in zip((sources, articles), chosen, strict=True)
    ]
    # Two articles that tell one source tell of each other too: what counts is the source.
    of_article = told.groupby("article")["source"].agg(set).to_dict()
    family = [{*of_article.get(name, set()), name} for name in ids[1]]
    apart = np.ones((len(ids[0]), len(ids[1])), dtype=bool)
    for name in set(ids[0]):
        held = np.array([name in members for members in family], dtype=bool)
        apart[np.ix_(ids[0] == name, held)] = False
    return (*chosen, apart)


def _spread(n: int) -> Any:
    """Return places spread over all, so that none of a text is favoured."""
    return (
        np.unique(np.linspace(0, n - 1, min(n, _ENOUGH)).astype(np.int64))
        if n
        else np.zeros(0, int)
    )
