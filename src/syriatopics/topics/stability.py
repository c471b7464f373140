"""Would the same topics come again? From other articles, and from another random state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.errors import InputError, TooSmallError
from syriatopics.matrix import DocumentTermMatrix
from syriatopics.results import Result
from syriatopics.topics.engine import as_matrix
from syriatopics.topics.fitted import FittedTopics
from syriatopics.topics.models import TopicModel, vary
from syriatopics.topics.wording import class_tfidf

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Stability", "align", "likeness", "measure_stability"]

Array = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, eq=False, kw_only=True)
class Stability(Result):
    """A row per topic: ``topic, words, articles, articles_lowest, seeds, seeds_lowest``.

    Each value is the cosine of the topic's words with those of its partner in another fit,
    over resamples of articles and over seeds: the mean, and the lowest.
    """

    topics: FittedTopics

    @property
    def articles(self) -> float:
        """Mean stability over resamples of articles."""
        return float(self.table["articles"].mean())

    @property
    def seeds(self) -> float:
        """Mean stability over random states."""
        return float(self.table["seeds"].mean())

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw for each topic how surely it comes again."""
        from syriatopics.plots import topic_stability

        return topic_stability(self.table, ax, **options)


def likeness(one: FittedTopics, two: FittedTopics) -> Array:
    """Return the cosine between the words of topics of two models of one vocabulary.

    Words are weighted by class-based TF-IDF, which is the same measure for every model.
    """
    if not np.array_equal(one.terms, two.terms):
        raise InputError("Topics can be compared only if they were fitted on one vocabulary.")
    a, b = (class_tfidf(t.theta, t.dtm.counts) for t in (one, two))
    a /= np.maximum(np.linalg.norm(a, axis=1, keepdims=True), 1e-12)
    b /= np.maximum(np.linalg.norm(b, axis=1, keepdims=True), 1e-12)
    return np.asarray(a @ b.T)


def align(one: FittedTopics, two: FittedTopics) -> pd.DataFrame:
    """Pair the topics of two models, each once, so that they are most alike in sum.

    Returns
    -------
    DataFrame
        ``topic, partner, likeness``: a row per pair, by the Hungarian method.
    """
    from scipy.optimize import linear_sum_assignment

    alike = likeness(one, two)
    rows, columns = linear_sum_assignment(-alike)
    return pd.DataFrame({"topic": rows, "partner": columns, "likeness": alike[rows, columns]})


def measure_stability(
    model: TopicModel,
    source: DocumentTermMatrix | Any,
    *,
    n_resamples: int = 5,
    n_seeds: int = 5,
    share: float = 0.8,
    random_state: int = 0,
) -> Stability:
    """Fit a model again on other articles, and from other random states, and compare.

    Parameters
    ----------
    model : TopicModel
    source : DocumentTermMatrix, Corpus, Passages or iterable of str
    n_resamples : int
        How many subsamples of articles; where there are fewer than 10 articles, of passages.
    n_seeds : int
        How many other random states.
    share : float
        Of the articles that a subsample holds.
    random_state : int
        Of the resampling.

    Returns
    -------
    Stability

    References
    ----------
    Greene, D., O'Callaghan, D. & Cunningham, P. (2014). How many topics? Stability
    analysis for topic models. ECML PKDD.
    """
    dtm = as_matrix(source)
    base = model.fit(dtm)
    rng = np.random.default_rng(random_state)
    unit, said = _units(dtm)
    names = np.unique(unit)
    size = round(share * len(names))
    if not 0 < size < len(names):
        raise TooSmallError(f"share={share} of {len(names)} {said} leaves nothing to resample.")
    own = int(getattr(model, "random_state", 0))
    others = [vary(model, random_state=own + 1 + n).fit(dtm) for n in range(n_seeds)]
    samples = [
        model.fit(dtm.where(np.isin(unit, rng.permutation(names)[:size])))
        for _ in range(n_resamples)
    ]
    table = base.table[["topic", "words"]].copy()
    for name, fits in (("articles", samples), ("seeds", others)):
        values = np.stack([_partners(base, fit) for fit in fits]) if fits else np.empty((0, 0))
        table[name] = values.mean(axis=0) if fits else np.nan
        table[f"{name}_lowest"] = values.min(axis=0) if fits else np.nan
    notes = (
        f"{n_resamples} subsamples of {size} of {len(names)} {said}, {n_seeds} other random states.",
    )
    return Stability(table=table, notes=notes, topics=base)


def _units(dtm: DocumentTermMatrix) -> tuple[np.ndarray[Any, Any], str]:
    table = dtm.passages.table
    if table["article_id"].nunique() >= 10:
        return table["article_id"].to_numpy(), "articles"
    return table["passage_id"].to_numpy(), "passages (there are too few articles)"


def _partners(base: FittedTopics, fit: FittedTopics) -> Array:
    pairs = align(base, fit)
    found = np.zeros(base.n_topics)
    found[pairs["topic"].to_numpy()] = pairs["likeness"].to_numpy()
    return found
