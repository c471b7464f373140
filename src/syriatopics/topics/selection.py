"""How many topics, and by which model? Evidence side by side, and a suggestion with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.errors import InputError
from syriatopics.matrix import DocumentTermMatrix
from syriatopics.order import largest
from syriatopics.results import Result
from syriatopics.topics.engine import as_matrix
from syriatopics.topics.models import TopicModel, vary
from syriatopics.topics.nmf import NMF
from syriatopics.topics.quality import held_out
from syriatopics.topics.stability import align, measure_stability

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Comparison", "TopicSearch", "compare_models", "search_topics"]

_JUDGED = ("coherence", "exclusivity", "stability", "held_out")
# A number of topics this close to the best mean score counts as level with it.
_LEVEL = 0.05


@dataclass(frozen=True, eq=False, kw_only=True)
class TopicSearch(Result):
    """A row per K: ``n_topics, coherence, c_v, exclusivity, diversity, stability, held_out, score``.

    Attributes
    ----------
    best : int
        The suggestion.
    reason : str
        Why; a help for the reader of the passages, who decides.
    """

    best: int
    reason: str

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the trade-off between the measures over K."""
        from syriatopics.plots import topic_search

        return topic_search(self.table, ax, **{"best": self.best, **options})


@dataclass(frozen=True, eq=False, kw_only=True)
class Comparison(Result):
    """A row per model: its measures, ``model, n_topics, coherence, …``, and ``like_first``."""

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the models by coherence and stability."""
        from syriatopics.plots import model_comparison

        return model_comparison(self.table, ax, **options)


def search_topics(
    source: DocumentTermMatrix | Any,
    n_topics: Sequence[int] = (4, 6, 8, 10, 15, 20, 30),
    *,
    model: TopicModel | None = None,
    n_resamples: int = 3,
    random_state: int = 0,
) -> TopicSearch:
    """Fit a model for several numbers of topics and weigh what speaks for each.

    Parameters
    ----------
    source : DocumentTermMatrix, Corpus, Passages or iterable of str
    n_topics : sequence of int
    model : TopicModel, optional
        By default NMF.
    n_resamples : int
        Subsamples of articles for the stability.
    random_state : int

    Returns
    -------
    TopicSearch
        ``score`` is the mean of coherence, exclusivity, stability and held-out likelihood,
        each brought to [0, 1] over the numbers tried. Suggested is the smallest number
        that is level with the best: fewer topics are read more carefully.

    Raises
    ------
    InputError
        If fewer than two numbers are given.

    Examples
    --------
    >>> from syriatopics.corpus import load_seeds
    >>> found = search_topics(load_seeds().passages(), [3, 5], n_resamples=1)
    >>> found.best in (3, 5)
    True
    """
    numbers = sorted(set(map(int, n_topics)))
    if len(numbers) < 2:
        raise InputError(f"n_topics={list(n_topics)}: a search compares at least two numbers.")
    dtm = as_matrix(source)
    spec = NMF(random_state=random_state) if model is None else model
    rows = [
        {"n_topics": k, **_measures(vary(spec, n_topics=k), dtm, n_resamples, random_state)}
        for k in numbers
    ]
    table = pd.DataFrame(rows)
    table["score"] = _scores(table)
    level = table[table["score"] >= table["score"].max() - _LEVEL]
    best = int(level["n_topics"].iloc[0])
    return TopicSearch(
        table=table,
        best=best,
        reason=_reason(table, best),
        notes=(
            _reason(table, best),
            "Measures say which words go together, not what a reader understands: read the passages.",
        ),
    )


def compare_models(
    models: Sequence[TopicModel],
    source: DocumentTermMatrix | Any,
    *,
    n_resamples: int = 3,
    random_state: int = 0,
) -> Comparison:
    """Fit several models on the same counts and measure them side by side.

    Parameters
    ----------
    models : sequence of TopicModel
    source : DocumentTermMatrix, Corpus, Passages or iterable of str
    n_resamples : int
    random_state : int

    Returns
    -------
    Comparison
        ``like_first`` is the mean cosine of the topics' words with their partners in the
        first model.

    Raises
    ------
    InputError
        If no model is given.
    """
    if not models:
        raise InputError("compare_models wants at least one model.")
    dtm = as_matrix(source)
    base = models[0].fit(dtm)
    rows = []
    for model in models:
        fitted = base if model is models[0] else model.fit(dtm)
        rows.append(
            {
                "model": fitted.model,
                "n_topics": fitted.n_topics,
                **_measures(model, dtm, n_resamples, random_state),
                "like_first": float(align(base, fitted)["likeness"].mean()),
            }
        )
    return Comparison(table=pd.DataFrame(rows), notes=("All models saw the same counts.",))


def _measures(
    model: TopicModel, dtm: DocumentTermMatrix, n_resamples: int, random_state: int
) -> dict[str, float]:
    again = measure_stability(
        model, dtm, n_resamples=n_resamples, n_seeds=0, random_state=random_state
    )
    quality = again.topics.quality()
    return {
        "coherence": quality.coherence,
        "c_v": quality.c_v,
        "exclusivity": quality.exclusivity,
        "diversity": quality.diversity,
        "stability": again.articles,
        "held_out": held_out(model, dtm, random_state=random_state),
    }


def _scores(table: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return the mean of the measures, each from 0 (worst tried) to 1 (best tried)."""
    values = table[list(_JUDGED)].to_numpy(dtype=float)
    low, high = values.min(axis=0), values.max(axis=0)
    spread = np.where(high > low, high - low, 1.0)
    return np.asarray(((values - low) / spread).mean(axis=1))


def _reason(table: pd.DataFrame, best: int) -> str:
    chosen = table.set_index("n_topics").loc[best]
    leaders = [
        f"{name.replace('_', '-')} is best at {int(table['n_topics'].iloc[largest(table[name])])}"
        for name in _JUDGED
    ]
    return (
        f"K = {best}: mean score {chosen['score']:.2f}, level with the best tried "
        f"({table['score'].max():.2f}); coherence {chosen['coherence']:.2f}, exclusivity "
        f"{chosen['exclusivity']:.2f}, stability {chosen['stability']:.2f}, held-out "
        f"{chosen['held_out']:.2f} a term. {'; '.join(leaders)}."
    )
