"""What every section works on: the corpus, its scores and counts, and the ledger of evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import numpy as np
import pandas as pd

from syriatopics.arabic import TermMatch
from syriatopics.corpus import Corpus, Passages
from syriatopics.framing import Naming, Quotations, ThemeHit, naming, quotations
from syriatopics.framing.themes import compiled
from syriatopics.inference import Prevalence, prevalence
from syriatopics.lexicons.schema import Themes
from syriatopics.matrix import DocumentTermMatrix, count_terms
from syriatopics.order import ranked
from syriatopics.report.evidence import Ledger, Marks, Rows, Span
from syriatopics.report.parts import Number
from syriatopics.report.words import isolated, percent, visible
from syriatopics.scorers import DEFAULT, Scorer, ThemeScores, scorer_of
from syriatopics.scorers.contract import reads_alone
from syriatopics.scorers.scoring import scored_by
from syriatopics.topics import NMF, Codebook, FittedTopics

__all__ = ["Context", "ReportOptions", "in_order", "scale_top", "share"]

_NAMELESS = " (no outlet)"


@dataclass(frozen=True, kw_only=True)
class ReportOptions:
    """What a report is made with.

    Attributes
    ----------
    title : str
    random_state : int
    trend_period : {"D", "W", "M", "Q", "Y"}
    n_topics, min_df, max_df
        Of the topic model.
    max_passages : int
        A larger corpus is represented by a stratified sample of so many passages.
    codebook : Codebook, optional
        Names, merges, drops and splits of the topics, by hand.
    """

    title: str
    random_state: int = 0
    trend_period: str = "M"
    n_topics: int = 8
    min_df: int = 2
    max_df: float = 0.5
    max_passages: int = 4000
    codebook: Codebook | None = None


@dataclass(frozen=True, kw_only=True)
class Context:
    """A corpus, and what is computed of it once for all sections."""

    corpus: Corpus
    themes: Themes
    options: ReportOptions
    scorer: Scorer = field(default_factory=lambda: scorer_of(DEFAULT))
    ledger: Ledger = field(default_factory=Ledger)

    @cached_property
    def passages(self) -> Passages:
        """The passages of the corpus."""
        return self.corpus.passages()

    @cached_property
    def headlines(self) -> Passages:
        """The headlines of the corpus, which are counted apart from its text."""
        return self.corpus.passages(part="headline")

    @cached_property
    def scores(self) -> ThemeScores:
        """How much each passage deals with each theme."""
        return scored_by(self.scorer, self.passages, self.themes)

    @cached_property
    def shares(self) -> Prevalence:
        """The shares of themes by outlet."""
        return prevalence(self.scores, by="outlet", production="all")

    @cached_property
    def headline_scores(self) -> ThemeScores | None:
        """The same of headlines; None where the scorer knows passages by their ids or was asked for them."""
        if not len(self.headlines) or not reads_alone(self.scorer):
            return None
        return scored_by(self.scorer, self.headlines, self.themes)

    @cached_property
    def dtm(self) -> DocumentTermMatrix:
        """The counts of terms."""
        options = self.options
        return count_terms(self.passages, min_df=options.min_df, max_df=options.max_df)

    @cached_property
    def topics(self) -> FittedTopics:
        """The topics of NMF, with what a codebook makes of them."""
        options = self.options
        fitted = NMF(n_topics=options.n_topics, random_state=options.random_state).fit(self.dtm)
        return fitted if options.codebook is None else fitted.edited(options.codebook)

    @cached_property
    def said(self) -> Quotations:
        """Who speaks in the passages."""
        return quotations(self.passages)

    @cached_property
    def named(self) -> Naming:
        """What is called what in the passages."""
        return naming(self.passages, production="all")

    @property
    def theme_names(self) -> dict[str, str]:
        """The Arabic name of each theme."""
        known = {theme.id: theme.ar for theme in self.themes.theme}
        return {theme: known.get(theme, theme) for theme in self.scores.table}

    def outlet(self, group: object) -> str:
        """Return the Arabic name of an outlet, or of an article that has none."""
        name = str(group)
        if name.endswith(_NAMELESS):
            article = visible(name.removesuffix(_NAMELESS))
            short = article if len(article) <= 9 else f"{article[:8]}…"
            return f"بلا ناشر {isolated(short)}"
        return visible(self.corpus.publishers.name_of(name, "ar"))

    def rows_of(self, group: object) -> Rows:
        """Return the passages of an outlet, or of an article that has none."""
        table, name = self.passages.table, str(group)
        if name.endswith(_NAMELESS):
            alone = table["article_id"] == name.removesuffix(_NAMELESS)
            return np.flatnonzero((table["outlet"].isna() & alone).to_numpy())
        return np.flatnonzero((table["outlet"] == name).to_numpy())

    def with_theme(self, rows: Rows, theme: str) -> Rows:
        """Return those of `rows` that deal with a theme, those that do so most first."""
        scores = self.scores.table[theme].to_numpy(dtype=float)
        chosen = rows[self.scores.assigned[theme].to_numpy()[rows]]
        return in_order(chosen, scores)

    def theme_marks(self, theme: str) -> Marks:
        """Return what marks the words of a theme in a passage."""
        return lambda row: [(hit.start, hit.end) for hit in self._hits(row) if hit.theme == theme]

    def term_marks(self, term: str) -> Marks:
        """Return what marks a term in a passage."""
        return lambda row: [
            (found.start, found.end) for found in self._terms(row) if found.term == term
        ]

    @cached_property
    def _hits(self) -> Callable[[int], list[ThemeHit]]:
        lexicon, texts = compiled(self.themes), self.passages.texts
        days = self.passages.table["date"]
        return cache(lambda row: list(lexicon.hits(texts[row], days.iloc[row])))

    @cached_property
    def _terms(self) -> Callable[[int], list[TermMatch]]:
        reader, texts = self.dtm.analyzer.vocabulary_analyzer(), self.passages.texts
        return cache(lambda row: reader.find(texts[row]))

    def with_term(self, term: str, rows: Rows | None = None) -> Rows:
        """Return the passages that hold a term, those that hold it most often first."""
        column = int(np.flatnonzero(self.dtm.terms == term)[0])
        counts = np.asarray(self.dtm.counts[:, [column]].todense()).ravel()
        found = np.flatnonzero(counts) if rows is None else rows[counts[rows] > 0]
        return in_order(found, counts)

    def by_passage(self, found: pd.DataFrame, group: object = None) -> tuple[Rows, Marks]:
        """Return the passages of a table of places, and what marks these.

        Parameters
        ----------
        found : DataFrame
            Columns ``passage_id, start, end``; offsets count in the passage.
        group : object, optional
            Only the passages of this outlet, or of an article that has none.

        Returns
        -------
        rows : ndarray of int
            Those with most places first.
        marks : callable
        """
        spans: dict[int, list[Span]] = {}
        for name, start, end in found[["passage_id", "start", "end"]].itertuples(index=False):
            spans.setdefault(self._row_of[name], []).append((int(start), int(end)))
        inside = spans.keys() if group is None else spans.keys() & self._members(str(group))
        rows = sorted(inside, key=lambda row: (-len(spans[row]), row))
        return np.array(rows, dtype=np.intp), lambda row: spans[row]

    @cached_property
    def _members(self) -> Callable[[str], frozenset[int]]:
        return cache(lambda group: frozenset(self.rows_of(group).tolist()))

    @cached_property
    def _row_of(self) -> dict[str, int]:
        return {name: row for row, name in enumerate(self.passages.table["passage_id"])}


def in_order(rows: Rows, weight: np.ndarray[Any, Any]) -> Rows:
    """Return `rows`, those with most weight first; ties stay in the order of the corpus."""
    ordered: Rows = rows[ranked(weight[rows])]
    return ordered


def share(cell: Any, evidence: int | None, top: float) -> Number:
    """Make the number of a share: a row of a table with ``share, low, high``."""
    interval = ""
    low = high = None
    if pd.notna(cell.low) and pd.notna(cell.high):
        low, high = float(cell.low) / top, float(cell.high) / top
        interval = f"{percent(cell.low)}–{percent(cell.high)}"
    if pd.isna(cell.share):
        return Number("–")
    value = float(cell.share)
    return Number(percent(value), evidence, value / top, low, high, interval)


def scale_top(table: pd.DataFrame) -> float:
    """Return where a scale of shares ends: the next tenth above everything drawn."""
    reach = float(np.nanmax(table[["share", "high"]].to_numpy(dtype=float), initial=0.0))
    return min(1.0, max(0.1, float(np.ceil(reach * 10 - 1e-9)) / 10))
