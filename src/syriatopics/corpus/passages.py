"""Passages: the units that are analysed, each with its place in the raw text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import NamedTuple

import numpy as np
import pandas as pd

from syriatopics.arabic import sentences
from syriatopics.errors import InputError, choices
from syriatopics.order import compared
from syriatopics.records import Article, Paragraph
from syriatopics.results import table_html

__all__ = ["Passages", "article_dates", "make_passages"]

UNITS = ("paragraph", "sentence", "article")
_LONG = 200
_WORD = re.compile(r"\S+")
METADATA = (
    "passage_id",
    "article_id",
    "outlet",
    "production",
    "date",
    "date_start",
    "date_end",
    "date_status",
)
COLUMNS = (*METADATA, "text", "start", "end")


class _Piece(NamedTuple):
    text: str
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Passages:
    """A table of passages.

    Attributes
    ----------
    table : DataFrame
        A row per passage: ``passage_id, article_id, outlet, production, date, date_start,
        date_end, date_status, text, start, end``. Offsets count in the article's raw text; the text
        is what of the body stands inside them.
    unit : str
        What a passage is: paragraph, sentence, article, or a window of words.
    notes : tuple of str
    """

    table: pd.DataFrame
    unit: str = "paragraph"
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.table)

    @property
    def texts(self) -> list[str]:
        """The texts, in the order of the table.

        Raises
        ------
        InputError
            If the rows are sums by article, which leave the texts out.
        """
        if "text" not in self.table:
            raise InputError(
                "These rows are articles without their texts. Partitions.passages_of(ids) reads them."
            )
        return list(self.table["text"])

    def where(self, mask: Sequence[bool] | np.ndarray | pd.Series) -> Passages:
        """Return the passages for which `mask` is true."""
        table = self.table[np.asarray(mask, dtype=bool)].reset_index(drop=True)
        return Passages(table, self.unit, self.notes)

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
        table = self.table.set_index("passage_id", drop=False).loc[heavy.index[:n]]
        return Passages(table.reset_index(drop=True), self.unit, self.notes)

    def _repr_html_(self) -> str:
        shown = [name for name in ("passage_id", "outlet", "date", "text") if name in self.table]
        return table_html(self.table[shown], rows=10)


def make_passages(articles: Sequence[Article], unit: str | int = "paragraph") -> Passages:
    """Cut articles into passages.

    Parameters
    ----------
    articles : sequence of Article
    unit : {"paragraph", "sentence", "article"} or int
        A number is a window of so many words. A paragraph longer than some 200 words is
        split at the ends of sentences.

    Raises
    ------
    InputError
        If the unit is not known.
    """
    if not (isinstance(unit, int) and unit > 0) and unit not in UNITS:
        raise InputError(
            f"Unit {unit!r} is not known. Units: {choices(UNITS)}, or a number of words."
        )
    rows: list[tuple[object, ...]] = []
    for article in articles:
        when, first, last = article_dates(article)
        for number, piece in enumerate(_pieces(article, unit)):
            rows.append(
                (
                    f"{article.article_id}:{number:03d}",
                    article.article_id,
                    article.outlet,
                    article.production,
                    when,
                    first,
                    last,
                    article.date_status,
                    piece.text,
                    piece.start,
                    piece.end,
                )
            )
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    for column in ("date", "date_start", "date_end"):
        table[column] = pd.to_datetime(table[column]).astype("datetime64[s]")
    for column in ("start", "end"):
        table[column] = table[column].astype("int64")
    return Passages(table, f"{unit} words" if isinstance(unit, int) else unit)


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


def _pieces(article: Article, unit: str | int) -> Iterator[_Piece]:
    if isinstance(unit, int):
        yield from _windows(article, unit)
    elif unit == "article":
        if article.paragraphs:
            text = "\n".join(article.paragraphs)
            yield _Piece(text, article.paragraphs[0].start, article.paragraphs[-1].end)
    else:
        for paragraph in article.paragraphs:
            if unit == "sentence":
                offsets = paragraph.offsets()
                yield from (_cut(paragraph, offsets, s.start, s.end) for s in sentences(paragraph))
            else:
                yield from _short_enough(paragraph)


def _short_enough(paragraph: Paragraph) -> Iterator[_Piece]:
    if len(paragraph.split()) <= _LONG:
        yield _Piece(str(paragraph), paragraph.start, paragraph.end)
        return
    offsets = paragraph.offsets()
    start, end, count = 0, 0, 0
    for sentence in sentences(paragraph):
        words = len(sentence.text.split())
        if count and count + words > _LONG:
            yield _cut(paragraph, offsets, start, end)
            start, count = sentence.start, 0
        end, count = sentence.end, count + words
    yield _cut(paragraph, offsets, start, end)


def _cut(paragraph: Paragraph, offsets: Sequence[int], start: int, end: int) -> _Piece:
    """Cut a stretch out of a paragraph; `offsets` are those of all its characters."""
    return _Piece(paragraph[start:end], offsets[start], offsets[end - 1] + 1)


def _windows(article: Article, size: int) -> Iterator[_Piece]:
    """Cut the body into windows of `size` words; a last window under half the size joins the one before."""
    words: list[_Piece] = []
    for paragraph in article.paragraphs:
        offsets = paragraph.offsets()
        words += [
            _Piece(m.group(), offsets[m.start()], offsets[m.end() - 1] + 1)
            for m in _WORD.finditer(paragraph)
        ]
    starts = list(range(0, len(words), size))
    if len(starts) > 1 and len(words) - starts[-1] < size / 2:
        starts.pop()
    for start, end in zip(starts, [*starts[1:], len(words)], strict=True):
        text = " ".join(word.text for word in words[start:end])
        yield _Piece(text, words[start].start, words[end - 1].end)
