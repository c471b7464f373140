"""Events: articles of different outlets on one thing, so that selection and framing are told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import TfidfTransformer

from syriatopics.corpus import Corpus, Passages
from syriatopics.encoders import FIRST_WORDS, Encoder, as_encoder, centred, encode_texts
from syriatopics.errors import InputError, TooSmallError
from syriatopics.inference import Contrasts, HasScores, Scores, as_scores, contrasts
from syriatopics.inference.floors import cell_note
from syriatopics.inference.intervals import interval
from syriatopics.inference.resampling import estimate
from syriatopics.matrix import count_terms
from syriatopics.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["MatchedEvents", "matched_events"]

# So many days with articles are multiplied at once with those around them.
_DAYS = 3


@dataclass(frozen=True, eq=False, kw_only=True)
class MatchedEvents(Result):
    """A row per matched article: ``event, article_id, outlet, date, similarity``.

    ``similarity`` is the cosine with the nearest article of another outlet in the event.

    Attributes
    ----------
    coverage : DataFrame
        Selection: ``outlet, n_articles, n_matched, share, low, high, note``, the share of an
        outlet's dated articles that another outlet matches.
    """

    coverage: pd.DataFrame
    corpus: Corpus = field(repr=False)

    @cached_property
    def headlines(self) -> pd.DataFrame:
        """The headlines of each event beside each other.

        Columns ``event, article_id, outlet, date, headline, act, agent, named, labels, themes``: is the agent
        of an act of violence named or dropped, by which label is who called, which themes has it words of.
        """
        from syriatopics.framing.headlines import headlines_of

        return headlines_of(self.corpus, self.table)

    def contrasts(self, scores: Scores | HasScores, **options: Any) -> Contrasts:
        """Compare outlets on the same events: framing, with selection held fixed.

        Parameters
        ----------
        scores : Scores or FittedTopics
            Of the corpus that was matched.
        **options
            Of :func:`syriatopics.contrasts`; the block is the event.
        """
        whole = as_scores(scores)
        mask = whole.passages.table["article_id"].isin(self.table["article_id"]).to_numpy()
        if not mask.any():
            raise InputError("No matched event: there is nothing to compare within events.")
        inside = whole.where(mask)
        events = self.table.set_index("article_id")["event"].map("event {}".format)
        return contrasts(inside, "outlet", **{"blocks": events, **options})

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw how many articles of each outlet are matched."""
        from syriatopics.plots import bars

        return bars(self.coverage, ax, name="outlet", value="n_matched", **options)


def matched_events(
    corpus: Corpus,
    *,
    window: int = 2,
    threshold: float = 0.3,
    encoder: str | Encoder | None = None,
) -> MatchedEvents:
    """Match articles of different outlets that tell of the same event.

    Two articles are matched if they were written within `window` days, and each is the
    other's nearest in its outlet (TF-IDF, cosine) with at least `threshold`. Matches that
    hang together are one event.

    Parameters
    ----------
    corpus : Corpus
    window : int
        In days, by the date that places an article in time.
    threshold : float
        Of the cosine, from 0 to 1.
    encoder : str or Encoder, optional
        As of :func:`syriatopics.embed`: the likeness is then half that of words, half that of the
        meaning of the first 80 words, centred on the corpus.

    Returns
    -------
    MatchedEvents
        Empty, with a note, where nothing matches. Reprints of one agency text match too:
        leave them out first (``corpus.without_reprints``) where own texts are compared.

    Raises
    ------
    InputError
        If the window is negative or the threshold no share.

    Examples
    --------
    >>> from syriatopics import load_seeds
    >>> len(matched_events(load_seeds()))
    0
    """
    _require(window, threshold)
    articles = corpus.passages("article")
    return _matched(
        corpus,
        articles,
        lambda: count_terms(articles, min_df=2, max_df=0.5).counts,
        window,
        threshold,
        encoder,
    )


def _require(window: int, threshold: float) -> None:
    if window < 0 or not 0 < threshold <= 1:
        raise InputError(
            f"window={window}, threshold={threshold}: days from 0, and a cosine above 0 up to 1."
        )


def _matched(
    corpus: Corpus,
    articles: Passages,
    counts_of: Callable[[], sparse.csr_matrix],
    window: int,
    threshold: float,
    encoder: str | Encoder | None = None,
) -> MatchedEvents:
    placed = (articles.table["date"].notna() & articles.table["outlet"].notna()).to_numpy()
    notes = []
    if not placed.all():
        notes.append(f"{int((~placed).sum()):,} articles without date or outlet cannot be matched.")
    table = articles.table[placed].reset_index(drop=True)
    edges: list[tuple[int, int, float]] = []
    if table["outlet"].nunique() < 2:
        notes.append("Fewer than two outlets have dated articles: there is nothing to match.")
    else:
        try:
            weights = TfidfTransformer(sublinear_tf=True).fit_transform(counts_of()[placed])
            if encoder is not None:
                texts = articles.where(placed).texts
                made = as_encoder(encoder, texts)
                vectors = centred(encode_texts(made, texts, words=FIRST_WORDS))
                weights = sparse.hstack([weights, vectors], format="csr") / np.sqrt(2)
                notes.append(f"Likeness by words and by the encoder {made.name!r}, half and half.")
            edges = list(_mutual(weights, table, window, threshold))
        except TooSmallError as error:
            notes.append(str(error))
    found = _table(table, edges)
    notes.append(f"{found['event'].nunique():,} events, {len(found):,} articles.")
    coverage = _coverage(table, found)
    return MatchedEvents(table=found, notes=tuple(notes), coverage=coverage, corpus=corpus)


def _mutual(
    vectors: sparse.csr_matrix, table: pd.DataFrame, window: int, threshold: float
) -> Iterator[tuple[int, int, float]]:
    """Yield pairs of rows that are each other's nearest between two outlets."""
    day = table["date"].to_numpy().astype("datetime64[D]").astype(np.int64)
    rows = {
        name: np.asarray(index)[np.argsort(day[index], kind="stable")]
        for name, index in table.groupby("outlet").indices.items()
    }
    for a, b in combinations(sorted(rows), 2):
        i, j, value = _near(vectors, day, rows[a], rows[b], window, threshold)
        # the nearest comes first; of equals the first in the canonical order
        order = np.lexsort((j, i, -value))
        i, j, value = i[order], j[order], value[order]
        best_i = dict(zip(i[::-1].tolist(), j[::-1].tolist(), strict=True))
        best_j = dict(zip(j[::-1].tolist(), i[::-1].tolist(), strict=True))
        found = [
            (x, y, similarity)
            for x, y, similarity in zip(i.tolist(), j.tolist(), value.tolist(), strict=True)
            if best_i[x] == y and best_j[y] == x
        ]
        yield from found


def _near(
    vectors: sparse.csr_matrix,
    day: np.ndarray[Any, Any],
    first: np.ndarray[Any, Any],
    second: np.ndarray[Any, Any],
    window: int,
    threshold: float,
) -> tuple[np.ndarray[Any, Any], ...]:
    """Return the pairs of rows of two outlets that are near in time and in words.

    Rows are in the order of their days, and only those of near days are multiplied: a
    decade of two outlets costs as many times a week as it has weeks.
    """
    found: list[tuple[Any, Any, Any]] = []
    days, start = np.unique(day[first], return_index=True)
    for place in range(0, len(days), _DAYS):
        last = min(place + _DAYS, len(days)) - 1
        stop = start[last + 1] if last + 1 < len(days) else len(first)
        left = first[start[place] : stop]
        low, high = np.searchsorted(
            day[second], [days[place] - window, days[last] + window + 1], "left"
        )
        right = second[low:high]
        if not len(right):
            continue
        cosine = sparse.coo_matrix(vectors[left] @ vectors[right].T)
        i, j = left[cosine.row], right[cosine.col]
        near = (np.abs(day[i] - day[j]) <= window) & (cosine.data >= threshold)
        found.append((i[near], j[near], cosine.data[near]))
    empty = np.zeros(0, dtype=np.int64)
    parts = list(zip(*found, strict=True)) or [(empty,), (empty,), (empty.astype(float),)]
    return tuple(np.concatenate(part) for part in parts)


def _table(table: pd.DataFrame, edges: list[tuple[int, int, float]]) -> pd.DataFrame:
    columns = ["event", "article_id", "outlet", "date", "similarity"]
    if not edges:
        return pd.DataFrame(columns=columns).astype({"event": "int64", "similarity": float})
    one, two, value = (np.array(part) for part in zip(*edges, strict=True))
    graph = sparse.coo_matrix((np.ones(len(one)), (one, two)), shape=(len(table),) * 2)
    _, component = connected_components(graph, directed=False)
    best = np.zeros(len(table))
    np.maximum.at(best, np.concatenate([one, two]), np.concatenate([value, value]))
    inside = np.flatnonzero(best)
    found = table.iloc[inside][["article_id", "outlet", "date"]].assign(
        event=component[inside], similarity=best[inside]
    )
    first = found.groupby("event")["date"].transform("min")
    found = found.assign(first=first).sort_values(["first", "event", "date", "article_id"])
    found["event"] = pd.factorize(found["event"])[0]
    return found[columns].reset_index(drop=True)


def _coverage(table: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for outlet, members in table.groupby("outlet", sort=True):
        matched = members["article_id"].isin(found["article_id"]).to_numpy(dtype=float)
        note = cell_note(len(matched))
        low, high = interval(estimate(matched[:, None]))
        limits = (np.nan, np.nan) if note else (low[0], high[0])
        rows.append((outlet, len(matched), int(matched.sum()), matched.mean(), *limits, note))
    return pd.DataFrame(
        rows, columns=["outlet", "n_articles", "n_matched", "share", "low", "high", "note"]
    )
