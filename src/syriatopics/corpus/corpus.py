"""The corpus: articles in canonical order, and everything that is asked of them as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from syriatopics.corpus.attributes import outlet_attributes
from syriatopics.corpus.audit import DateAudit, audit_table
from syriatopics.corpus.caveats import caveats
from syriatopics.corpus.mentions import mention_table
from syriatopics.corpus.parse.publishers import Publishers, load_publishers
from syriatopics.corpus.parse.recurring import COLUMNS as RECURRING
from syriatopics.corpus.passages import Passages, article_dates, make_passages
from syriatopics.corpus.tables import (
    article_table,
    evidence_table,
    extra_columns,
    fingerprint,
    flag_table,
    removed_table,
    repair_table,
)
from syriatopics.errors import CorpusError, InputError, TooSmallError, choices
from syriatopics.escaping import number_of
from syriatopics.records import Article
from syriatopics.results import table_html

if TYPE_CHECKING:
    from syriatopics.corpus.reprints import Reprints
    from syriatopics.corpus.selection import Selection
    from syriatopics.corpus.statement import CorpusSummary

__all__ = ["Corpus", "passages_of"]

SKIPPED = ("path", "place", "reason")


class Corpus:
    """Articles, in the order of their ids, however they came.

    Parameters
    ----------
    articles : iterable of Article
    notes : tuple of str
        What reading needed: guesses, skips, encodings.
    recurring : DataFrame, optional
        The lines that were removed because they recur in an outlet: ``outlet, n_articles,
        share, text``.
    selection : Selection, optional
        How the articles were chosen, for the corpus statement.
    publishers : Publishers, optional
        The outlets, agencies and papers that are known; by default those of the shipped list.
    skipped : DataFrame, optional
        What was not read: ``path, place, reason``.
    columns : DataFrame, optional
        What became of each column of the table that was read: ``column, as, why``.

    Examples
    --------
    >>> from syriatopics.corpus import load_seeds
    >>> len(load_seeds())
    5
    """

    def __init__(
        self,
        articles: Iterable[Article],
        notes: tuple[str, ...] = (),
        recurring: pd.DataFrame | None = None,
        selection: Selection | None = None,
        publishers: Publishers | None = None,
        skipped: pd.DataFrame | None = None,
        columns: pd.DataFrame | None = None,
    ) -> None:
        self.articles: Sequence[Article] = tuple(sorted(articles, key=lambda a: a.article_id))
        self.notes = notes
        self.recurring = pd.DataFrame(columns=list(RECURRING)) if recurring is None else recurring
        self.selection = selection
        self.publishers = load_publishers() if publishers is None else publishers
        self.skipped = pd.DataFrame(columns=list(SKIPPED)) if skipped is None else skipped
        self.columns = pd.DataFrame(columns=["column", "as", "why"]) if columns is None else columns

    def __len__(self) -> int:
        return len(self.articles)

    def __iter__(self) -> Iterator[Article]:
        return iter(self.articles)

    def __getitem__(self, article_id: str) -> Article:
        try:
            return self._by_id[article_id]
        except KeyError:
            raise InputError(
                f"No article {article_id!r}. Articles here: {choices(self._by_id)}."
            ) from None

    @property
    def outlines(self) -> Sequence[Article]:
        """What is known of each article; those of a corpus on the disk leave the text out."""
        return self.articles

    @cached_property
    def _by_id(self) -> dict[str, Article]:
        return {article.article_id: article for article in self.outlines}

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row per article: what is known of it, its size, and the other columns of its source."""
        return article_table(self.articles, self.passages(), self._more)

    @cached_property
    def _more(self) -> pd.DataFrame:
        """The other columns of the sources, and the attributes of the outlets, by article."""
        attributes = outlet_attributes(self.articles, self.publishers)
        extra = extra_columns(self.articles).drop(columns=attributes.columns, errors="ignore")
        return pd.concat([extra, attributes], axis=1).sort_index(axis=1)

    @cached_property
    def outlets(self) -> list[str]:
        """The outlets that are known, in alphabetical order."""
        return sorted({a.outlet for a in self.outlines if a.outlet is not None})

    @cached_property
    def caveats(self) -> tuple[str, ...]:
        """What a comparison of outlets on this corpus cannot show."""
        return caveats(self.table)

    @cached_property
    def fingerprint(self) -> str:
        """A hash of every id, raw text and stated value: what a result was computed from."""
        return fingerprint(self.articles)

    def passages(self, unit: str | int = "paragraph", part: str = "body") -> Passages:
        """Cut the articles into passages: paragraphs, sentences, articles or windows of words.

        Parameters
        ----------
        unit : {"paragraph", "sentence", "article"} or int
            A number is a window of so many words.
        part : {"body", "lead", "headline", "all"}
            The text; its first paragraph; the titles, a passage each; titles and text.

        Examples
        --------
        >>> from syriatopics import load_seeds
        >>> load_seeds().passages(part="headline").table["part"].unique().tolist()
        ['headline']
        """
        if unit == "paragraph" and part == "body":
            return self._paragraphs
        return make_passages(self.articles, unit, part, self._more)

    @cached_property
    def _paragraphs(self) -> Passages:
        return make_passages(self.articles, "paragraph", more=self._more)

    @cached_property
    def removed(self) -> pd.DataFrame:
        """A row per removed span: ``article_id, line, start, end, kind, text, reason``."""
        return removed_table(self.articles)

    @cached_property
    def evidence(self) -> pd.DataFrame:
        """A row per article and field: ``article_id, field, value, evidence``."""
        return evidence_table(self.articles)

    @cached_property
    def flags(self) -> pd.DataFrame:
        """A row per place that looks damaged: ``article_id, start, end, kind, text``."""
        return flag_table(self.articles)

    @cached_property
    def repairs(self) -> pd.DataFrame:
        """A row per place that was put right: ``article_id, start, end, kind, text``."""
        return repair_table(self.articles)

    def largest_outlets(self, n: int) -> list[str]:
        """Return the `n` outlets with the most words, the largest first."""
        words = self.table.groupby("outlet")["n_words"].sum().sort_values(ascending=False)
        if len(words) < n:
            raise TooSmallError(f"{n} outlets are asked for, {len(words)} are known here.")
        return [str(outlet) for outlet in words.index[:n]]

    def date_audit(self) -> DateAudit:
        """Hold the printed date of each article against what its text allows."""
        return DateAudit(table=audit_table(self.articles))

    def date_mentions(self) -> pd.DataFrame:
        """Find the dates that the texts name, أمس and الشهر الماضي counted from the printed date.

        Returns
        -------
        DataFrame
            ``article_id, outlet, text, start, end`` (offsets into the raw text), ``year, month,
            day, unit, part, relation, evidence``, as in :func:`syriatopics.arabic.find_dates`.
        """
        return mention_table(self.articles)

    def reprints(self, threshold: float = 0.5) -> Reprints:
        """Find the articles that are near copies of each other, and whose text they are.

        Two articles are near copies when `threshold` of the 5-grams of words of the shorter
        one stand in the other. Words are compared by their match keys; candidates are found
        by MinHash, and every pair is then counted exactly.

        Parameters
        ----------
        threshold : float
            Above 0, at most 1.

        Returns
        -------
        Reprints
            The same whatever the order of the articles. Kept: a second call costs nothing.

        Raises
        ------
        InputError
            If the threshold is no share.

        Examples
        --------
        >>> from syriatopics.corpus import load_seeds
        >>> len(load_seeds().reprints())
        0
        """
        from syriatopics.corpus.reprints import find_reprints

        if threshold not in self._reprints:
            self._reprints[threshold] = find_reprints(self, threshold)
        return self._reprints[threshold]

    @cached_property
    def _reprints(self) -> dict[float, Reprints]:
        return {}

    def without_reprints(self, across: str = "mark", threshold: float = 0.5) -> Corpus:
        """Return the corpus with one copy of each text per outlet.

        Within an outlet the first copy stays, by the dates that can be trusted. What
        several outlets print is marked, excluded or kept.

        Parameters
        ----------
        across : {"mark", "exclude", "keep"}
            "mark": the articles stay, and their production, origin and evidence are those
            that credited copies give. "exclude": all of them go, the first one too, so that
            no outlet is credited for its date. "keep": they stay as they are.
        threshold : float
            As in :meth:`reprints`.

        Raises
        ------
        InputError
            If `across` is none of these.
        CorpusError
            If no article is left.

        Examples
        --------
        >>> from syriatopics.corpus import load_seeds
        >>> load_seeds().without_reprints("exclude").notes[-1]
        '0 articles share their text with another outlet and are left out.'
        """
        from syriatopics.corpus.reprints import without_reprints

        return self._smaller(*without_reprints(self.reprints(threshold), across))

    def summary(self, period: str = "Y", copies: str = "near") -> CorpusSummary:
        """Return the corpus statement: what the data section of a paper needs.

        Parameters
        ----------
        period : {"D", "W", "M", "Q", "Y"}
            The periods by which articles and words are counted beside the outlets.
        copies : {"near", "exact"}
            Which copies are counted: those of :meth:`reprints`, which takes a minute for some
            ten thousand articles, or articles of the same words.

        Returns
        -------
        CorpusSummary
            ``.text`` is the paragraph, ``.table`` a row per outlet, ``.periods`` a row per
            period and outlet.

        Examples
        --------
        >>> from syriatopics.corpus import load_seeds
        >>> load_seeds().summary().table["n_articles"].sum()
        np.int64(5)
        """
        from syriatopics.corpus.statement import summarise

        return summarise(self, period, copies)

    def export(self, folder: str | Path, text: bool = True, for_r: bool = False) -> Path:
        """Write an archive of the corpus.

        Parameters
        ----------
        folder : path
            A folder that does not exist yet, or is empty.
        text : bool
            Whether the texts go into it. Without them it holds ids, offsets, hashes, counts
            and dates: what may be shared where the texts may not.
        for_r : bool
            Whether counts of terms go into it for R: Matrix Market, vocabulary, docvars.

        Returns
        -------
        Path
            The folder.

        Raises
        ------
        InputError
            If the folder holds something.

        Examples
        --------
        >>> import tempfile
        >>> from syriatopics.corpus import load_seeds
        >>> folder = load_seeds().export(tempfile.mkdtemp(), text=False)
        >>> sorted(path.name for path in folder.iterdir())[:3]
        ['README.md', 'articles.csv', 'manifest.json']
        """
        from syriatopics.corpus.archive import export

        return export(self, Path(folder), text, for_r)

    def of_outlets(self, *names: str) -> Corpus:
        """Return the articles of the outlets named, in any spelling that is known."""
        names = tuple(n if n in self.outlets else self.publishers.settled(n) for n in names)
        unknown = sorted(set(names) - set(self.outlets))
        if unknown:
            raise InputError(
                f"No article is of outlet {unknown[0]!r}. Outlets here: {choices(self.outlets)}."
            )
        return self._smaller(a for a in self.outlines if a.outlet in names)

    def between(self, start: str, end: str) -> Corpus:
        """Return the articles placed between two days, both included.

        An article is placed by its printed date where that is believed, else by the
        middle of its event window; articles without either are left out, and counted in
        the notes.
        """
        first, last = _day(start), _day(end)
        placed = [(article, article_dates(article)[0]) for article in self.outlines]
        undated = sum(when is None for _, when in placed)
        many = ("article without a date is", "articles without a date are")
        note = (f"{number_of(undated, *many)} left out.",) if undated else ()
        kept = (
            a
            for a, when in placed
            if when is not None and first <= pd.Timestamp(when) < last + pd.Timedelta(days=1)
        )
        return self._smaller(kept, note)

    def _smaller(self, articles: Iterable[Article], notes: tuple[str, ...] = ()) -> Corpus:
        smaller = Corpus(
            articles,
            (*self.notes, *notes),
            self.recurring,
            self.selection,
            self.publishers,
            self.skipped,
            self.columns,
        )
        if not len(smaller):
            raise CorpusError("No article is left.")
        return smaller

    def __repr__(self) -> str:
        names = ", ".join(self.outlets) or "no outlet known"
        return f"<Corpus of {number_of(len(self), 'article')}: {names}>"

    def _repr_html_(self) -> str:
        shown = ["article_id", "outlet", "title", "date_printed", "date_status", "n_words"]
        return table_html(self.table[shown])


def passages_of(source: Corpus | Passages, part: str | None = None) -> Passages:
    """Return passages of one part of their articles; of a corpus its paragraphs."""
    if isinstance(source, Corpus):
        return source.passages(part=part or "body")
    if not isinstance(source, Passages):
        raise InputError(
            f"It is of {type(source).__name__}: a corpus or its passages are wanted "
            "(read_corpus reads tables and folders)."
        )
    return source.part(part)


def _day(text: str) -> pd.Timestamp:
    try:
        return pd.Timestamp(text).normalize()
    except ValueError:
        raise InputError(f"{text!r} is no day. Write it as 2016-07-15.") from None
