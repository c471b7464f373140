"""Tellings: what became of the sentences of a source in the articles that tell it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from syriatopics.corpus import Passages
from syriatopics.errors import InputError, choices
from syriatopics.framing.tellings.changes import changes_of
from syriatopics.framing.tellings.shares import KINDS, SAID, TellingShares, telling_shares
from syriatopics.framing.tellings.texts import Sentences
from syriatopics.framing.tellings.view import tellings_html
from syriatopics.inference.blocks import BlockChoice
from syriatopics.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Tellings"]


@dataclass(frozen=True, eq=False, kw_only=True)
class Tellings(Result):
    """A row per link between a sentence of a source and one of the article that tells it.

    Columns ``source_id, article_id, outlet, link, kind, similarity, source_sentence, source_start,
    source_end, target_sentence, start, end, n_others, others_told``. Kinds: kept (the same words; across
    languages the same numbers, dates and known names), changed, split (one sentence told in several), merged
    (several in one), moved (told out of order), dropped, added. Sentences of one ``link`` belong together;
    ``similarity`` is theirs, the cosine of what sets both apart from other sentences. Offsets count in
    the raw text of each side. ``n_others`` articles tell the same source, and the share ``others_told``
    of them tells this sentence: what all drop is no choice of one.

    Attributes
    ----------
    pairs : DataFrame
        ``source_id, article_id, outlet, source_language, direction`` (which of the two was written first, by
        its date), ``days`` (between them), ``told`` (share of the words of the source that are told),
        ``new`` (share of the words of the article that no sentence of the source tells), ``by_length`` (share
        of the source that an article of that length drops at least) and ``by_style`` (what the outlet drops
        of other sources, on average).
    sources, articles : Sentences
    """

    pairs: pd.DataFrame
    sources: Sentences = field(repr=False)
    articles: Sentences = field(repr=False)

    @cached_property
    def changes(self) -> pd.DataFrame:
        """What sentences that are told say otherwise, and the themes of the others.

        Columns ``source_id, article_id, outlet, link, aspect, of, change, source, target, source_words,
        words``: a row for each thing that one side has and the other has not. Aspects: name (``of`` is the
        referent of naming, or the name itself; source and target are labels), number, date, speaker, cue (the
        stance of the words that introduce speech), speech (direct or reported), hedge (doubt and distance),
        and theme (of what was dropped or added). ``change`` is replaced, dropped or added. Of a source in
        another language only numbers, dates and names with a known spelling are compared.
        """
        return changes_of(self.table, (self.sources, self.articles))

    def shares(
        self,
        by: str = "outlet",
        *,
        of: str = "source",
        blocks: BlockChoice = "auto",
        level: float = 0.95,
    ) -> TellingShares:
        """Estimate what becomes of sentences in the tellings of each outlet.

        Parameters
        ----------
        by : str
            A column of `pairs`: outlet, source_language, direction.
        of : {"source", "article"}
            Of the sentences of the sources (kept, …, dropped), or of those of the articles (kept, …, added).
        blocks, level
            As in :func:`syriatopics.prevalence`; all wire copy counts, since what is made of it is asked.

        Returns
        -------
        TellingShares
        """
        return telling_shares(self.table, self.pairs, self.articles, by, of, blocks, level)

    def passages(
        self, kind: str | None = None, *, side: str = "article", n: int = 5, **group: Any
    ) -> Passages:
        """Return sentences behind a number, those that are least like their counterpart first.

        Parameters
        ----------
        kind : str, optional
            As in the table; by default all.
        side : {"article", "source"}
            Which text they are taken from; what was dropped stands in the source alone.
        n : int
        **group
            Such as ``outlet="amad"`` or ``article_id="…"``.

        Raises
        ------
        InputError
            If there is no such kind, side or column.
        """
        if kind is not None and kind not in KINDS:
            raise InputError(f"No kind {kind!r}. Kinds: {choices(KINDS)}.")
        if side not in ("article", "source"):
            raise InputError(f"side={side!r}: choices are article, source.")
        if unknown := [name for name in group if name not in self.table]:
            raise InputError(f"No column {unknown[0]!r}. Columns: {choices(self.table.columns)}.")
        rows = self.table if kind is None else self.table[self.table["kind"] == kind]
        for name, value in group.items():
            rows = rows[rows[name] == value]
        home, column = (
            (self.sources, "source_row")
            if kind == "dropped" or side == "source"
            else (self.articles, "row")
        )
        rows = rows[rows[column] >= 0].drop_duplicates(column)
        passages = home.passages
        weight = pd.Series(
            2.0 - rows["similarity"].to_numpy(),
            passages.table["passage_id"].to_numpy()[rows[column]],
        )
        return passages.most(weight, n)

    def plot(self, ax: Axes | None = None, *, article: str | None = None, **options: Any) -> Axes:
        """Draw source and article side by side, and what became of each sentence.

        Parameters
        ----------
        ax : Axes, optional
        article : str, optional
            Which article; by default the first.
        **options
            Of :func:`syriatopics.plots.telling_ribbons`.
        """
        from syriatopics.plots import telling_ribbons

        names = self.pairs["article_id"].tolist()
        if article is not None and article not in names:
            raise InputError(f"{article!r} tells no source here. Articles: {choices(names)}.")
        chosen = article if article is not None else names[0] if names else ""
        table = self.table[self.table["article_id"] == chosen]
        if len(table):
            table = table[table["source_id"] == table["source_id"].iloc[0]]
            arabic = self.sources.arabic[table["source_id"].iloc[0]], self.articles.arabic[chosen]
            options = {"arabic": tuple(map(bool, arabic)), **options}
        drawn: Axes = telling_ribbons(table, ax, **{"kinds": SAID, **options})
        return drawn

    def html(self) -> str:
        """Return the pairs side by side, word by word; all text is escaped."""
        return tellings_html(self.table)

    def _repr_html_(self) -> str:
        return self.html()
