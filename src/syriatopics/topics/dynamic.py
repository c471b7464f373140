"""Topics whose words move: a topic keeps its number, and its words change from period to period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from syriatopics.errors import InputError, TooSmallError, choices
from syriatopics.inference.blocks import BlockChoice, Measured, blocks_of
from syriatopics.inference.periods import NOWHERE, days_of, frequency, period_numbers
from syriatopics.topics.fitted import FittedTopics
from syriatopics.topics.models import TopicModel, vary
from syriatopics.topics.movement import part_words, smoothed_words
from syriatopics.topics.nmf import NMF
from syriatopics.topics.over_time import WordsOverTime
from syriatopics.topics.wording import first

__all__ = ["DynamicTopics"]

Array = np.ndarray[Any, np.dtype[np.float64]]
Places = np.ndarray[Any, np.dtype[np.int64]]
_WORDS = 10
_MOST = 400


@dataclass(frozen=True, kw_only=True)
class DynamicTopics:
    """Which words does a topic gain and lose over time?

    The topics are those of a model that is fitted once, on all periods: a topic keeps its number
    and its share. Its words are read anew in each period, smoothed over the neighbouring ones.

    Parameters
    ----------
    n_topics : int
    period : {"D", "W", "M", "Q", "Y"}
    smoothing : float
        How far periods lend each other words: the standard deviation of a normal curve, in
        periods.
    blocks : {"auto", "article", "day", "week", "month", "story"}, a column, or Series
        What is taken as independent in the test.
    random_state : int
    model : TopicModel, optional
        By default NMF.

    References
    ----------
    Blei, D. & Lafferty, J. (2006). Dynamic topic models. ICML.

    Examples
    --------
    >>> from syriatopics.corpus import load_seeds
    >>> moving = DynamicTopics(n_topics=3, period="Y").fit(load_seeds())
    >>> moving.tests["topic"].tolist()
    [0, 1, 2]
    """

    n_topics: int = 10
    period: str = "M"
    smoothing: float = 1.0
    blocks: BlockChoice = "auto"
    random_state: int = 0
    model: TopicModel | None = None

    def fit(self, source: Any) -> WordsOverTime:
        """Fit the topics, and read their words in each period.

        Parameters
        ----------
        source : FittedTopics, DocumentTermMatrix, Corpus or Passages
            Topics that are fitted already keep their numbers and names.

        Raises
        ------
        InputError
            If the period or `smoothing` is none.
        TooSmallError
            If the passages with a date lie in fewer than two periods.
        """
        frequency(self.period)
        if not self.smoothing > 0:
            raise InputError(f"smoothing={self.smoothing!r}: it is a number of periods above 0.")
        topics = source if isinstance(source, FittedTopics) else self._model().fit(source)
        table = topics.dtm.passages.table
        day = days_of(table)
        dated = np.flatnonzero((day != NOWHERE) & ~np.isnan(topics.theta).any(axis=1))
        numbers = period_numbers(day[dated], self.period)
        if len(np.unique(numbers)) < 2:
            raise TooSmallError(
                f"The {len(dated):,} passages with a date lie in one period of {self.period!r}: words "
                "over time want two. Take a shorter period."
                if len(dated)
                else "No passage has a date: words over time want a column date, or dates in a sidecar."
            )
        period = np.full(len(table), -1, dtype=np.int64)
        period[dated] = numbers - numbers.min()
        parted = part_words(topics.dtm.counts, topics.theta, topics.phi)
        month = np.full(len(table), -1, dtype=np.int64)
        month[dated] = period_numbers(day[dated], "M")
        n_periods = int(period.max()) + 1
        if n_periods > _MOST:
            raise InputError(
                f"period={self.period!r} gives {n_periods:,} periods, at most {_MOST} are read: take a "
                "longer one, or cut the corpus with corpus.between()."
            )
        phi, n_words = smoothed_words(parted, period, n_periods, self.smoothing)
        names = pd.period_range(
            pd.Period(pd.Timestamp(int(day[dated].min()), unit="D"), frequency(self.period)),
            periods=n_periods,
        ).astype(str)
        chosen = blocks_of(
            table,
            self.blocks,
            Measured(
                topics.dtm.counts,
                np.asarray(topics.dtm.counts.sum(axis=1), dtype=float).ravel(),
                # Within months, whatever periods are shown: what is shown decides no test, and what
                # moves from month to month is no likeness of articles.
                pd.Series(month).where(period >= 0),
                counted=True,
            ),
        )
        missing = len(table) - len(dated)
        said = (
            [f"{missing:,} passages without a date (or a topic) are left out."] if missing else []
        )
        empty = [str(names[t]) for t in range(n_periods) if not (period == t).any()]
        if empty:
            said.append(
                f"No passage in {len(empty)} periods ({choices(empty[:5])}): words of their neighbours."
            )
        return WordsOverTime(
            table=_table(topics, phi, n_words, names),
            notes=(*topics.notes, *chosen.notes, *said),
            topics=topics,
            phi=phi,
            periods=tuple(map(str, names)),
            parted=parted,
            day=day,
            period=period,
            blocks=pd.factorize(chosen.codes)[0],
            smoothing=self.smoothing,
            random_state=self.random_state,
        )

    def _model(self) -> TopicModel:
        model = NMF(random_state=self.random_state) if self.model is None else self.model
        return vary(model, n_topics=self.n_topics)


def _table(topics: FittedTopics, phi: Array, n_words: Array, names: Any) -> pd.DataFrame:
    rows = []
    for t, period in enumerate(names):
        order = first(phi[t], _WORDS)
        for topic in range(topics.n_topics):
            words = "، ".join(topics.dtm.display[topics.terms[j]] for j in order[topic])
            rows.append((topic, str(period), float(n_words[t, topic]), words))
    table = pd.DataFrame(rows, columns=["topic", "period", "n_words", "words"])
    return table.sort_values("topic", kind="stable", ignore_index=True)
