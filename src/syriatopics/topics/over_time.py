"""What topics whose words move give: words by period, tests, and the passages behind them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import stats

from syriatopics.corpus import Passages
from syriatopics.errors import InputError, choices
from syriatopics.inference.floors import MIN_BLOCKS
from syriatopics.order import ranked
from syriatopics.results import Result
from syriatopics.topics.fitted import FittedTopics
from syriatopics.topics.movement import Parted, Slopes, slopes, smoothed_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["WordsOverTime"]

Array = np.ndarray[Any, np.dtype[np.float64]]
Places = np.ndarray[Any, np.dtype[np.int64]]
_YEAR = 365.25
_ENDS = (0.05, 0.95)
_CHANGES = (
    "topic", "term", "display", "share", "before", "after", "change", "low", "high", "p", "q",
)  # fmt: skip


@dataclass(frozen=True, eq=False, kw_only=True)
class WordsOverTime(Result):
    """A row per topic and period: ``topic, period, n_words, words``, the words read most.

    ``n_words`` is how many words of the period belong to the topic; 0 in an empty period, whose
    words are those of its neighbours.

    Attributes
    ----------
    topics : FittedTopics
    phi : ndarray, shape (n_periods, n_topics, n_terms)
        Smoothed shares of words; rows sum to 1.
    periods : tuple of str
    """

    topics: FittedTopics
    phi: Array
    periods: tuple[str, ...]
    parted: Parted = field(repr=False)
    day: Places = field(repr=False)
    period: Places = field(repr=False)
    blocks: Places = field(repr=False)
    smoothing: float = 1.0
    random_state: int = 0

    @cached_property
    def tests(self) -> pd.DataFrame:
        """Do the words move? A row per topic: ``topic, words, n_blocks, p, q, note``.

        Within outlets, and whatever becomes of the shares of topics. ``q`` is by Benjamini and
        Hochberg over the topics.
        """
        rows = []
        for topic in range(self.topics.n_topics):
            found = self._slopes(topic, None)
            few = found.n_blocks < MIN_BLOCKS
            note = f"{found.n_blocks} blocks: too few for a test (from {MIN_BLOCKS})" if few else ""
            words = self.topics.table["words"].iloc[topic]
            rows.append((topic, words, found.n_blocks, np.nan if few else found.p, np.nan, note))
        table = pd.DataFrame(rows, columns=["topic", "words", "n_blocks", "p", "q", "note"])
        tested = table["p"].notna()
        if tested.any():
            table.loc[tested, "q"] = stats.false_discovery_control(table.loc[tested, "p"])
        return table

    @property
    def summary(self) -> str:
        """One sentence: of how many topics the words move, and of which most surely."""
        tested = self.tests.dropna(subset=["p"])
        if tested.empty:
            few = next(iter(self.tests["note"]), "")
            return f"Whether words move is not tested: {few}. Words are smoothed over periods."
        moved = tested[tested["q"] < 0.05]
        first = tested.loc[tested["p"].idxmin()]
        how = "Within outlets, blocks dealt new signs; words are smoothed over periods."
        if moved.empty:
            return f"The words of no topic move (q < .05; {len(tested)} tested). {how}"
        said = f"most surely those of topic {first['topic']} (p = {first['p']:.3f})"
        return f"The words of {len(moved)} of {len(tested)} topics move (q < .05), {said}. {how}"

    def changes(self, topic: int, n: int = 10, *, outlet: str | None = None) -> pd.DataFrame:
        """Return the words that a topic gains and loses most surely, gains first.

        Parameters
        ----------
        topic : int
        n : int
            So many of each.
        outlet : str, optional
            In one outlet; by default within all of them.

        Returns
        -------
        DataFrame
            ``topic, term, display, share, before, after, change, low, high, p, q``. ``share,
            before, after`` are shares among the topic's words: over all time, and as smoothed in
            the periods between which nine tenths of the passages lie. ``change`` is that of a
            straight line over this time, as a multiple of ``share``, with its 95 % interval;
            ``q`` over the words looked at. A word whose line within outlets goes one way, and
            whose share goes the other, is left out.
            Without p where there are too few blocks.

        Raises
        ------
        InputError
            If there is no such topic or outlet.
        """
        topic = self.topics._topic(topic)
        found = self._slopes(topic, outlet)
        rows = self._rows(outlet)
        ends = np.quantile(self.day[rows], _ENDS, method="nearest")
        years = float(np.ptp(ends)) / _YEAR
        early, late = self._ends
        phi = self._words(rows) if outlet is not None else self.phi
        scale = years / np.maximum(found.share, 1e-12)
        reach = stats.t.isf(0.025, max(found.n_blocks - 1, 1)) * found.error * scale
        few = found.n_blocks < MIN_BLOCKS
        p = np.full(len(found.terms), np.nan) if few else found.p_words
        change = found.slope * scale
        terms = self.topics.terms[found.terms]
        table = pd.DataFrame(
            {
                "topic": topic,
                "term": terms,
                "display": [self.topics.dtm.display[term] for term in terms],
                "share": found.share,
                "before": phi[early, topic, found.terms],
                "after": phi[late, topic, found.terms],
                "change": change,
                "low": np.where(few, np.nan, change - reach),
                "high": np.where(few, np.nan, change + reach),
                "p": p,
                "q": p if few or not len(p) else stats.false_discovery_control(p),
            },
            columns=list(_CHANGES),
        )
        with np.errstate(invalid="ignore", divide="ignore"):
            sure = np.nan_to_num(found.slope / found.error)
        # A word that outlets lose and the corpus gains tells of the mix of outlets alone.
        way = table["after"].to_numpy() - table["before"].to_numpy()
        gains = [i for i in ranked(sure) if sure[i] > 0 and way[i] > 0][:n]
        losses = [i for i in ranked(-sure) if sure[i] < 0 and way[i] < 0][:n]
        return table.iloc[[*gains, *reversed(losses)]].reset_index(drop=True)

    def passages(self, topic: int, term: str, n: int = 5, *, period: str | None = None) -> Passages:
        """Return the passages of a topic in which a word stands, those with most of it first.

        Parameters
        ----------
        topic : int
        term : str
            As in the column ``term`` or ``display``.
        n : int
        period : str, optional
            One of `periods`.

        Raises
        ------
        InputError
            If the topic, word or period is not there.
        """
        topic, dtm = self.topics._topic(topic), self.topics.dtm
        term = term.strip()
        column = next((j for j, t in enumerate(dtm.terms) if term in (t, dtm.display[t])), None)
        if column is None:
            raise InputError(f"The word {term!r} is not among the {len(dtm.terms):,} terms.")
        mine = np.asarray(dtm.counts[:, [column]].todense(), dtype=float).ravel()
        weights = mine * np.nan_to_num(self.topics.theta[:, topic])
        if period is not None:
            if period not in self.periods:
                raise InputError(f"No period {period!r}. Periods: {choices(self.periods)}.")
            weights = weights * (self.period == self.periods.index(period))
        return dtm.passages.most(pd.Series(weights, dtm.passages.table["passage_id"]), n)

    def plot(
        self, ax: Axes | None = None, *, topic: int | None = None, n: int = 4, **options: Any
    ) -> Axes:
        """Draw the words that a topic gains and loses, by default of the topic that moves most."""
        from syriatopics.plots import moving_words

        if topic is None:
            topic = int(self.tests["p"].fillna(1.0).to_numpy().argmin())
        changes = self.changes(topic, n)
        column = {term: j for j, term in enumerate(self.topics.terms)}
        n_words = self.table[self.table["topic"] == topic]["n_words"].to_numpy()
        early, late = self._ends
        rows = [
            (
                period,
                row.display,
                row.change,
                row.low * row.high > 0,
                self.phi[t, topic, column[row.term]],
                n_words[t],
            )
            for row in changes.itertuples()
            for t, period in enumerate(self.periods)
            if early <= t <= late
        ]
        table = pd.DataFrame(rows, columns=["period", "word", "change", "sure", "share", "n_words"])
        label = self.topics.scores.labels or {}
        return moving_words(table, ax, **{"topic": label.get(str(topic), ""), **options})

    def _words(self, rows: Places) -> Array:
        """Return the smoothed words of some passages alone."""
        period = np.full(len(self.period), -1, dtype=np.int64)
        period[rows] = self.period[rows]
        return smoothed_words(self.parted, period, len(self.periods), self.smoothing)[0]

    @property
    def _ends(self) -> tuple[int, int]:
        """The periods between which nine tenths of the passages lie: a stray date is no end."""
        inside = self.period[self.period >= 0]
        early, late = np.quantile(inside, _ENDS, method="nearest")
        return int(early), int(late)

    def _rows(self, outlet: str | None) -> Places:
        table = self.topics.dtm.passages.table
        used = self.period >= 0
        if outlet is not None:
            here = (table["outlet"] == outlet).to_numpy()
            if not here.any():
                raise InputError(
                    f"No outlet {outlet!r}. Outlets: {choices(table['outlet'].unique())}."
                )
            used = used & here
        return np.flatnonzero(used)

    def _slopes(self, topic: int, outlet: str | None) -> Slopes:
        rows = self._rows(outlet)
        outlets = pd.get_dummies(self.topics.dtm.passages.table["outlet"].iloc[rows], dtype=float)
        _, blocks = np.unique(self.blocks[rows], return_inverse=True)
        # A stray date of years before would decide every slope alone: it counts as the end it is at.
        day = self.day[rows].astype(float)
        if len(rows):
            first, last = np.quantile(day, _ENDS, method="nearest")
            day = np.clip(day, first, last) - first
        years = day / _YEAR
        return slopes(
            self.parted, topic, rows, years, outlets.to_numpy(), blocks, self.random_state
        )
