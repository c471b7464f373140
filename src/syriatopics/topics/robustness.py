"""Does a finding hang on the number of topics or on the random state?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.errors import InputError, choices
from syriatopics.inference.resampling import MIN_ARTICLES, article_means, bootstrap_means
from syriatopics.matrix import DocumentTermMatrix
from syriatopics.results import Result
from syriatopics.topics.engine import as_matrix
from syriatopics.topics.fitted import FittedTopics
from syriatopics.topics.models import TopicModel, vary
from syriatopics.topics.stability import likeness

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Robustness", "contrast_across"]


@dataclass(frozen=True, eq=False, kw_only=True)
class Robustness(Result):
    """A row per fit: ``n_topics, seed, topic, likeness, contrast, low, high, words``.

    `contrast` is the share of the topic in the focal group less that in the reference;
    low and high are its 95 % interval, over articles.
    """

    focal: str
    reference: str

    @property
    def same_sign(self) -> float:
        """Share of the fits in which the contrast has the sign that most have."""
        positive = float((self.table["contrast"] > 0).mean())
        return max(positive, 1 - positive)

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the contrast of every fit."""
        from syriatopics.plots import contrasts

        return contrasts(self.table, ax, focal=self.focal, reference=self.reference, **options)


def contrast_across(
    model: TopicModel,
    source: DocumentTermMatrix | Any,
    topic: int,
    *,
    focal: str,
    reference: str,
    by: str = "outlet",
    n_topics: Sequence[int] = (),
    seeds: Sequence[int] = (0, 1, 2),
) -> Robustness:
    """Follow the contrast of two groups in one topic across numbers of topics and seeds.

    Parameters
    ----------
    model : TopicModel
        Its own fit says which topic is meant.
    source : DocumentTermMatrix, Passages or iterable of str
    topic : int
        Of the model's own fit. In every other fit it is the topic whose words are most
        alike; `likeness` says how much.
    focal, reference : str
        The groups.
    by : str
        A column of ``dtm.documents``.
    n_topics : sequence of int
        Numbers to try beside the model's own.
    seeds : sequence of int

    Returns
    -------
    Robustness
        Intervals are given from 15 articles in each group on.

    Raises
    ------
    InputError
        If the column, a group or the topic is not there.
    """
    dtm = as_matrix(source)
    if by not in dtm.documents:
        raise InputError(f"No column {by!r}. Columns: {choices(dtm.documents.columns)}.")
    groups = dtm.documents[by].to_numpy()
    for name in (focal, reference):
        if name not in set(groups):
            known = choices(name for name in set(groups) if isinstance(name, str))
            raise InputError(f"No passage belongs to {by} {name!r}. There are: {known}.")
    base = model.fit(dtm)
    base._topic(topic)
    numbers = sorted({*map(int, n_topics), base.n_topics})
    rows = []
    for k in numbers:
        for seed in seeds:
            fitted = vary(model, n_topics=k, random_state=int(seed)).fit(dtm)
            alike = likeness(base, fitted)[topic]
            partner = int(alike.argmax())
            rows.append(
                {
                    "n_topics": k,
                    "seed": int(seed),
                    "topic": partner,
                    "likeness": float(alike[partner]),
                    **_contrast(fitted, partner, groups, focal, reference),
                    "words": fitted.table["words"][partner],
                }
            )
    table = pd.DataFrame(rows)
    return Robustness(
        table=table, focal=focal, reference=reference, notes=tuple(_notes(table, base, topic))
    )


def _contrast(
    fitted: FittedTopics, topic: int, groups: np.ndarray[Any, Any], focal: str, reference: str
) -> dict[str, float]:
    article = fitted.documents["article_id"].to_numpy()
    share = fitted.theta[:, [topic]]
    one, two = (
        article_means(share[groups == name], article[groups == name])[0]
        for name in (focal, reference)
    )
    low = high = float("nan")
    if min(len(one), len(two)) >= MIN_ARTICLES:
        apart = bootstrap_means(one) - bootstrap_means(two, random_state=1)
        low, high = (float(q) for q in np.quantile(apart, [0.025, 0.975]))
    return {"contrast": float(one.mean() - two.mean()), "low": low, "high": high}


def _notes(table: pd.DataFrame, base: FittedTopics, topic: int) -> list[str]:
    positive = int((table["contrast"] > 0).sum())
    return [
        f"Topic {topic} ({base.table['words'][topic]}) in {len(table)} fits: the contrast is "
        f"positive in {positive}, from {table['contrast'].min():+.3f} to {table['contrast'].max():+.3f}.",
        f"Likeness of the topic's words to its partner's: {table['likeness'].min():.2f} at least.",
    ]
