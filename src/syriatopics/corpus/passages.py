"""Passages: the units that are analysed, each with its place in the raw text."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Self

import numpy as np
import pandas as pd

from syriatopics.corpus.cutting import parts_of
from syriatopics.errors import InputError, choices
from syriatopics.order import compared
from syriatopics.records import Article
from syriatopics.results import table_html

__all__ = ["PARTS", "KeptTexts", "Passages", "article_dates", "make_passages", "metadata_of"]

UNITS = ("paragraph", "sentence", "article")
PARTS = ("headline", "lead", "body", "all")
METADATA = (
    "passage_id",
    "article_id",
    "outlet",
    "production",
    "genre",
    "date",
    "date_start",
    "date_end",
    "date_status",
)
COLUMNS = (*METADATA, "text", "start", "end", "part", "position")
# What a table of passages can hold beside metadata; every other column is the user's own.
_PLACES = frozenset((*COLUMNS, "n_passages", "n_scored"))


class KeptTexts(Sequence[str], ABC):
    """Texts that stay on the disk, in partitions, and are read a stretch at a time."""

    @abstractmethod
    def take(self, rows: np.ndarray) -> Self:
        """Return some of them, by their places."""

    @abstractmethod
    def stretches(self) -> Iterator[slice]:
        """Yield what is read at once, from the first to the last; no article stands in two."""


@dataclass(frozen=True, eq=False)
class Passages:
    """A table of passages.

    The texts stand in it, or stay on the disk: then ``texts`` reads them as they are asked for, and
    :meth:`pieces` yields passages with their texts, of which one stretch is in memory.

    Attributes
    ----------
    table : DataFrame
        A row per passage: ``passage_id, article_id, outlet, production, genre, date, date_start,
        date_end, date_status, text, start, end, part, position``. Offsets count in the article's
        raw text; the text is what of the body stands inside them. ``part`` is lead for the first
        paragraph, body for the others, headline for a title, which has no offsets where the page
        does not hold it; ``position`` counts from 0 within the headline or the text.
        The other columns of the source stand behind them.
    unit : str
        What a passage is: paragraph, sentence, article, or a window of words.
    notes : tuple of str
    """

    table: pd.DataFrame
    unit: str = "paragraph"
    notes: tuple[str, ...] = ()
    _articles: Sequence[Article] = field(default=(), repr=False)
    _kept: KeptTexts | None = field(default=None, repr=False)

    def __len__(self) -> int:
        return len(self.table)

    def __reduce__(self) -> tuple[type[Passages], tuple[object, ...]]:
        return Passages, (self.table, self.unit, self.notes, (), self._kept)

    def pieces(self) -> Iterator[Passages]:
        """Yield the passages with their texts, a partition at a time; what is in memory is one.

        Examples
        --------
        >>> from syriatopics.corpus import load_seeds
        >>> sum(len(piece) for piece in load_seeds().passages().pieces())
        111
        """
        if self._kept is None:
            yield self
            return
        for place in self._kept.stretches():
            yield self.take(np.arange(len(self))[place]).loaded()

    def loaded(self) -> Passages:
        """Return the same passages with all their texts in memory."""
        if self._kept is None:
            return self
        names = list(self.table)
        table = self.table.assign(
            text=pd.Series(list(self._kept), dtype="str", index=self.table.index)
        )
        behind = names.index("start")
        table = table[[*names[:behind], "text", *names[behind:]]]
        return Passages(table, self.unit, self.notes, self._articles)

    def take(self, rows: np.ndarray) -> Passages:
        """Return some of the passages, by their places."""
        table = self.table.iloc[rows].reset_index(drop=True)
        kept = None if self._kept is None else self._kept.take(rows)
        return Passages(table, self.unit, self.notes, self._articles, kept)

    def part(self, part: str | None) -> Passages:
        """Return the passages of one part of their articles.

        Parameters
        ----------
        part : {"headline", "lead", "body", "all"} or None
            "body" is the text with its lead; "all" the headlines too. Headlines are read
            from the articles where these passages were cut without them. None: as they are.

        Raises
        ------
        InputError
            If the part is not known, or nothing is known of the headlines.
        """
        if part is None:
            return self
        _require_part(part)
        table = self.table
        known = table["part"] if "part" in table else pd.Series("body", index=table.index)
        if part in ("headline", "all") and not (known == "headline").any():
            return self._with_headlines(part)
        wanted = {"body": ["lead", "body"], "all": ["headline", "lead", "body"]}.get(part, [part])
        return self.where(known.isin(wanted))

    def _with_headlines(self, part: str) -> Passages:
        if not self._articles:
            raise InputError(
                "Nothing is known of the headlines of these passages: cut them from a corpus, "
                f"corpus.passages(part={part!r})."
            )
        here = set(self.table["article_id"])
        articles = [article for article in self._articles if article.article_id in here]
        own = [name for name in metadata_of(self.table) if name not in METADATA]
        held = self.table.drop_duplicates("article_id").set_index("article_id")[own]
        more = held.loc[[article.article_id for article in articles]].reset_index(drop=True)
        titles = make_passages(articles, part="headline", more=more).table
        if part == "headline":
            return Passages(titles, self.unit, self.notes, self._articles)
        if self._kept is not None:
            raise InputError(
                "Titles and texts are cut together from a corpus on the disk: corpus.passages(part='all')."
            )
        tables = [titles, self.table]
        order = {article.article_id: n for n, article in enumerate(articles)}
        table = pd.concat(tables, ignore_index=True)
        table = table.iloc[np.argsort(table["article_id"].map(order), kind="stable")]
        return Passages(table.reset_index(drop=True), self.unit, self.notes, self._articles)

    @property
    def texts(self) -> Sequence[str]:
        """The texts, in the order of the table."""
        return list(self.table["text"]) if self._kept is None else self._kept

    def where(self, mask: Sequence[bool] | np.ndarray | pd.Series) -> Passages:
        """Return the passages for which `mask` is true."""
        return self.take(np.flatnonzero(np.asarray(mask, dtype=bool)))

    def most(self, weights: pd.Series, n: int = 5) -> Passages:
        """Return the passages with the most weight, the heaviest first.

        Parameters
        ----------
        weights : Series
            By passage id; passages that are not in it, or have no weight, are left out.
        n : int
        """
        heavy = (
            weights[weights > 0]
            .sort_index()
            .sort_values(ascending=False, key=compared, kind="stable")
        )
        rows = pd.Series(np.arange(len(self)), index=self.table["passage_id"])
        return self.take(rows.loc[heavy.index[:n]].to_numpy()).loaded()

    def _repr_html_(self) -> str:
        shown = [name for name in ("passage_id", "outlet", "date", "text") if name in self.table]
        return table_html(self.table[shown], rows=10)


def metadata_of(table: pd.DataFrame) -> list[str]:
    """Return the columns of a table of passages that say something of an article.

    Those of :data:`METADATA`, and the other columns of the source and of the outlets.
    """
    return [*(c for c in METADATA if c in table), *(c for c in table if c not in _PLACES)]


def make_passages(
    articles: Sequence[Article],
    unit: str | int = "paragraph",
    part: str = "body",
    more: pd.DataFrame | None = None,
) -> Passages:
    """Cut articles into passages.

    Parameters
    ----------
    articles : sequence of Article
    more : DataFrame, optional
        Other columns, a row per article in their order; each passage gets those of its article.
    unit : {"paragraph", "sentence", "article"} or int
        A number is a window of so many words. A paragraph longer than some 200 words is
        split at the ends of sentences.
    part : {"body", "lead", "headline", "all"}
        "body" is the text, of which "lead" is the first paragraph. A headline is one passage,
        whatever the unit; passages of the text keep their ids beside it.

    Raises
    ------
    InputError
        If the unit or the part is not known.
    """
    _require_part(part)
    if not (isinstance(unit, int) and unit > 0) and unit not in UNITS:
        raise InputError(
            f"Unit {unit!r} is not known. Units: {choices(UNITS)}, or a number of words."
        )
    rows: list[tuple[object, ...]] = []
    of: list[int] = []
    for place, article in enumerate(articles):
        when, first, last = article_dates(article)
        about = (
            article.outlet,
            article.production,
            article.genre,
            when,
            first,
            last,
            article.date_status,
        )
        for position, name, piece in parts_of(article, unit, part):
            number = "title" if name == "headline" else f"{position:03d}"
            passage = (f"{article.article_id}:{number}", article.article_id, *about)
            of.append(place)
            rows.append((*passage, *piece, name, position))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    for column in ("date", "date_start", "date_end"):
        table[column] = pd.to_datetime(table[column]).astype("datetime64[s]")
    whole = not table["start"].isna().any()
    for column in ("start", "end"):
        table[column] = table[column].astype("int64" if whole else "Int64")
    table["position"] = table["position"].astype("int64")
    if more is not None and len(more.columns):
        table = pd.concat([table, more.take(of).set_axis(table.index, axis=0)], axis=1)
    name = f"{unit} words" if isinstance(unit, int) else unit
    return Passages(table, name, _articles=articles)


def _require_part(part: str) -> None:
    if part not in PARTS:
        raise InputError(f"Part {part!r} is not known. Parts: {choices(PARTS)}.")


def article_dates(article: Article) -> tuple[datetime | None, datetime | None, datetime | None]:
    """Return the date by which an article is placed in time, and its window.

    The printed date where it is believed, else the middle of the event window; None where
    nothing is known.
    """
    first = _midnight(article.event_start)
    last = _midnight(article.event_end)
    if article.date_status == "printed" and article.date_printed is not None:
        return article.date_printed, first or article.date_printed, last or article.date_printed
    if first is not None and last is not None:
        return datetime.combine((first + (last - first) / 2).date(), time()), first, last
    return None, first, last


def _midnight(day: object) -> datetime | None:
    return datetime.combine(day, time()) if day is not None else None  # type: ignore[arg-type]
