"""The corpus statement: the paragraph that the data section of a paper needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from syriatopics.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from syriatopics.corpus.corpus import Corpus

__all__ = ["CorpusSummary", "summarise"]


@dataclass(frozen=True, eq=False, kw_only=True)
class CorpusSummary(Result):
    """A row per outlet: ``outlet, n_articles, n_words, n_passages, first, last`` and date statuses.

    Attributes
    ----------
    text : str
        The same in sentences.
    removed : DataFrame
        How many lines and characters were removed, by kind.
    """

    text: str
    removed: pd.DataFrame

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the number of words by outlet."""
        from syriatopics.plots import bars

        return bars(self.table, ax, name="outlet", value="n_words", xlabel="words", **options)


def summarise(corpus: Corpus) -> CorpusSummary:
    """Summarise a corpus."""
    table = corpus.table
    when = table["date_printed"].where(table["date_status"] == "printed", table["event_start"])
    rows = (
        table.assign(outlet=table["outlet"].fillna("(no outlet)"), when=when)
        .groupby("outlet", sort=True)
        .agg(
            n_articles=("article_id", "size"),
            n_words=("n_words", "sum"),
            n_passages=("n_passages", "sum"),
            first=("when", "min"),
            last=("when", "max"),
        )
        .reset_index()
    )
    statuses = pd.crosstab(table["outlet"].fillna("(no outlet)"), table["date_status"])
    rows = rows.merge(statuses.reset_index().rename_axis(None, axis=1), on="outlet")
    removed = corpus.removed
    by_kind = (
        removed.assign(characters=removed["end"] - removed["start"])
        .groupby("kind")
        .agg(spans=("kind", "size"), characters=("characters", "sum"))
        .sort_values("characters", ascending=False)
        .reset_index()
    )
    return CorpusSummary(
        table=rows, notes=corpus.notes, text=_text(corpus, by_kind), removed=by_kind
    )


def _text(corpus: Corpus, removed: pd.DataFrame) -> str:
    table = corpus.table
    named = table["outlet"].dropna()
    parts = [
        f"The corpus holds {len(table):,} articles ({table['n_words'].sum():,} words, "
        f"{table['n_passages'].sum():,} passages)",
        f" of {named.nunique()} outlets" if len(named) else " of unknown outlets",
    ]
    nameless = int(table["outlet"].isna().sum())
    if nameless and len(named):
        parts.append(f"; {nameless:,} have no outlet")
    statuses = table["date_status"].value_counts()
    said = {
        "printed": "with a printed date that nothing refutes",
        "inferred": "dated by their text",
        "conflict": "whose printed date the text refutes",
        "unknown": "without a date",
    }
    dates = [f"{statuses[s]:,} {words}" for s, words in said.items() if s in statuses]
    parts.append(f". Dates: {', '.join(dates)}.")
    if len(removed):
        kinds = ", ".join(f"{row.kind} {row.spans:,}" for row in removed.itertuples())
        parts.append(f" Removed from the text, with its place kept: {kinds}.")
    parts.append(f" Fingerprint {corpus.fingerprint[:16]}.")
    return "".join(parts)
