"""The corpus statement: the paragraph that the data section of a paper needs."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from syriatopics.corpus.passages import article_dates
from syriatopics.corpus.selection import Selection
from syriatopics.corpus.silences import find_silences
from syriatopics.corpus.words import line_key
from syriatopics.errors import InputError, choices
from syriatopics.escaping import number_of
from syriatopics.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from syriatopics.corpus.corpus import Corpus

__all__ = ["PERIODS", "CorpusSummary", "summarise"]

PERIODS = {"D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year"}
_NAMELESS = "(no outlet)"
_UNDATED, _WINDOW = "(no date)", "(window)"
_SAID = {
    "printed": "with a printed date that nothing refutes",
    "inferred": "dated by their text",
    "conflict": "whose printed date the text refutes",
    "unknown": "without a date",
}


@dataclass(frozen=True, eq=False, kw_only=True)
class CorpusSummary(Result):
    """A row per outlet: ``outlet, n_articles, n_words, n_passages, first, last, n_windows``, statuses.

    First and last are days of articles whose printed date is believed. An article whose text gives
    but a window of days counts in ``n_windows``: the middle of a window is no day.

    Attributes
    ----------
    text : str
        The same in sentences.
    periods : DataFrame
        ``period, outlet, n_articles, n_words, n_passages``.
    removed : DataFrame
        How many stretches and characters were removed: ``kind, spans, characters``.
    coverage : DataFrame
        The articles beside the whole output of an outlet, where it is stated: ``outlet,
        start, end, n_articles, n_published, share, source``.
    silences : DataFrame
        Stretches without an article that are longer than chance allows: ``outlet, start,
        end, n_days``.
    """

    text: str
    periods: pd.DataFrame
    removed: pd.DataFrame
    coverage: pd.DataFrame
    silences: pd.DataFrame

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the number of words by outlet."""
        from syriatopics.plots import bars

        return bars(self.table, ax, name="outlet", value="n_words", xlabel="words", **options)

    def _repr_html_(self) -> str:
        return f'<p dir="auto">{html.escape(self.text)}</p>{super()._repr_html_()}'


def summarise(corpus: Corpus, period: str = "Y", copies: str = "near") -> CorpusSummary:
    """Summarise a corpus.

    Parameters
    ----------
    corpus : Corpus
    period : {"D", "W", "M", "Q", "Y"}
        How long the periods of the table ``periods`` are.
    copies : {"near", "exact"}
        Which copies are counted.

    Raises
    ------
    InputError
        If the period, or the kind of copies, is not known.
    """
    if copies not in _COPIES:
        raise InputError(f"Copies {copies!r} are not known. Choices: {choices(_COPIES)}.")
    if period not in PERIODS:
        raise InputError(f"Period {period!r} is not known. Periods: {choices(PERIODS)}.")
    table = _placed(corpus)
    removed = _removed(corpus)
    selection = corpus.selection or Selection()
    coverage, silences = selection.coverage(table), find_silences(table)
    sentences = [
        *selection.sentences(),
        *_sizes(table),
        *_dates(table),
        *_COPIES[copies](corpus),
        *_removals(corpus, removed),
        *_skips(corpus),
        *_gaps(selection, coverage, silences),
        f"Fingerprint of the corpus: {corpus.fingerprint[:16]}.",
    ]
    return CorpusSummary(
        table=_by_outlet(table),
        notes=corpus.notes,
        text=" ".join(sentences),
        periods=_by_period(table, period),
        removed=removed,
        coverage=coverage,
        silences=silences,
    )


# ---- tables ------------------------------------------------------------------------------


def _placed(corpus: Corpus) -> pd.DataFrame:
    """Return the table of a corpus with the day of each article, or the window that it lies in."""
    placed = [
        (when, None, None) if a.date_status == "printed" else (None, start, end)
        for a in corpus.articles
        for when, start, end in (article_dates(a),)
    ]
    found = pd.DataFrame(placed, columns=["when", "start", "end"], dtype="object")
    days = {name: pd.to_datetime(found[name]).astype("datetime64[s]") for name in found.columns}
    window = days["start"].notna() & days["end"].notna()
    return corpus.table.assign(**days, window=window)


def _by_outlet(table: pd.DataFrame) -> pd.DataFrame:
    outlets = table["outlet"].fillna(_NAMELESS)
    rows = (
        table.groupby(outlets, sort=True)
        .agg(
            n_articles=("article_id", "size"),
            n_words=("n_words", "sum"),
            n_passages=("n_passages", "sum"),
            first=("when", "min"),
            last=("when", "max"),
            n_windows=("window", "sum"),
        )
        .reset_index()
    )
    statuses = pd.crosstab(outlets, table["date_status"])
    return rows.merge(statuses.reset_index().rename_axis(None, axis=1), on="outlet")


def _by_period(table: pd.DataFrame, period: str) -> pd.DataFrame:
    days, starts, ends = (table[c].dt.to_period(period) for c in ("when", "start", "end"))
    names = days.where(days.notna(), starts.where(starts == ends)).astype("object")
    names = names.map(str).where(names.notna(), _UNDATED)
    names = names.mask((names == _UNDATED) & table["window"], _WINDOW)
    return (
        table.assign(period=names, outlet=table["outlet"].fillna(_NAMELESS))
        .groupby(["period", "outlet"], sort=True)
        .agg(
            n_articles=("article_id", "size"),
            n_words=("n_words", "sum"),
            n_passages=("n_passages", "sum"),
        )
        .reset_index()
    )


def _removed(corpus: Corpus) -> pd.DataFrame:
    removed = corpus.removed
    return (
        removed.assign(characters=removed["end"] - removed["start"])
        .groupby("kind")
        .agg(spans=("kind", "size"), characters=("characters", "sum"))
        .sort_values("characters", ascending=False)
        .reset_index()
    )


# ---- sentences ---------------------------------------------------------------------------


def _sizes(table: pd.DataFrame) -> Iterator[str]:
    named = table["outlet"].dropna()
    nameless = len(table) - len(named)
    outlets = number_of(named.nunique(), "outlet") if len(named) else "unknown outlets"
    rest = f"; {number_of(nameless, 'has', 'have')} no outlet" if nameless and len(named) else ""
    yield (
        f"The corpus holds {number_of(len(table), 'article')} ({table['n_words'].sum():,} words, "
        f"{number_of(int(table['n_passages'].sum()), 'passage')}) of {outlets}{rest}."
    )
    when = table["when"].dropna()
    if len(when):
        days = f"{when.min():%Y-%m-%d} to {when.max():%Y-%m-%d}"
        every = (
            "Their days are"
            if len(when) == len(table)
            else f"{number_of(len(when), 'has a day:', 'have days:')}"
        )
        yield f"{every} {days}."
    windows = table[table["window"]]
    if len(windows):
        longest = windows.loc[(windows["end"] - windows["start"]).idxmax()]
        yield (
            f"{number_of(len(windows), 'has', 'have')} no day but a window in which the text can have been "
            f"written; the longest is {longest['start']:%Y-%m-%d} to {longest['end']:%Y-%m-%d}."
        )


def _dates(table: pd.DataFrame) -> Iterator[str]:
    statuses = table["date_status"].value_counts()
    found = [f"{statuses[s]:,} {words}" for s, words in _SAID.items() if s in statuses]
    yield f"Dates: {', '.join(found)}."


def _near_copies(corpus: Corpus) -> Iterator[str]:
    found = corpus.reprints().table
    if not len(found):
        yield "No article is a near copy of another."
        return
    across = int((found["n_outlets"] > 1).sum())
    yield (
        f"Near copies: {number_of(len(found), 'article')} in "
        f"{number_of(found['cluster'].nunique(), 'cluster')}, "
        f"{across:,} of them in clusters of several outlets."
    )


def _exact_copies(corpus: Corpus) -> Iterator[str]:
    texts = pd.Series([" ".join(map(line_key, a.paragraphs)) for a in corpus.articles], dtype=str)
    texts = texts.where(texts != "", corpus.table["article_id"])  # nothing is no copy of nothing
    within = int(pd.DataFrame({"t": texts, "o": corpus.table["outlet"]}).duplicated().sum())
    copies = int(texts.duplicated().sum())
    rest = f", {within:,} of them in the same outlet" if copies else ""
    yield f"Exact copies of another article: {copies:,}{rest}."


_COPIES = {"near": _near_copies, "exact": _exact_copies}


def _removals(corpus: Corpus, removed: pd.DataFrame) -> Iterator[str]:
    if len(removed):
        kinds = ", ".join(f"{row.kind} {row.spans:,}" for row in removed.itertuples())
        yield f"Removed from the text, with its place kept: {kinds}."
    if len(corpus.recurring):
        yield (
            "Lines that recur in an outlet, learned from the corpus and removed as boilerplate: "
            f"{len(corpus.recurring):,}."
        )
    if len(corpus.flags):
        kinds = _by_kind(corpus.flags)
        yield f"Places flagged as damaged and left as they are: {len(corpus.flags):,} ({kinds})."
    if len(corpus.repairs):
        kinds = _by_kind(corpus.repairs)
        yield f"Places put right, and recorded: {len(corpus.repairs):,} ({kinds})."


def _by_kind(table: pd.DataFrame) -> str:
    """Say in how many articles each kind of place stands."""
    articles = table.groupby("kind")["article_id"].nunique().sort_values(ascending=False)
    return ", ".join(f"{kind} in {number_of(int(n), 'article')}" for kind, n in articles.items())


def _skips(corpus: Corpus) -> Iterator[str]:
    reasons = pd.Series([why.partition(":")[0] for why in corpus.skipped["reason"]]).value_counts()
    if len(reasons):
        said = [f"{why} {n:,}" for why, n in reasons.items()]
        yield f"Not read: {number_of(len(corpus.skipped), 'item')}: {_listed(said)}."


def _gaps(selection: Selection, coverage: pd.DataFrame, silences: pd.DataFrame) -> Iterator[str]:
    for row in coverage.itertuples():
        share = f" ({row.share:.1%})" if row.n_published else ""
        yield (
            f"{row.outlet}, {row.start} to {row.end}: {row.n_articles:,} of "
            f"{number_of(row.n_published, 'article')} published{share}."
        )
    stated = [
        f"{gap.outlet or 'all outlets'} {gap.start} to {gap.end}"
        f"{f' ({gap.reason})' if gap.reason else ''}"
        for gap in selection.gaps
    ]
    if stated:
        yield f"Not collected: {_listed(stated)}."
    unknown = [
        f"{row.outlet} {row.start:%Y-%m-%d} to {row.end:%Y-%m-%d}"
        for row in silences.itertuples()
        if not any(
            gap.outlet in (None, row.outlet)
            and pd.Timestamp(gap.start) <= row.end
            and row.start <= pd.Timestamp(gap.end)
            for gap in selection.gaps
        )
    ]
    if unknown:
        yield f"Silent for longer than chance allows, without a stated gap: {_listed(unknown)}."


def _listed(items: Sequence[str], most: int = 5) -> str:
    more = f" and {len(items) - most} more" if len(items) > most else ""
    return "; ".join(items[:most]) + more
