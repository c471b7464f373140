"""What is told and what tells it: articles and sources as sentences, in whatever language."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from syriatopics.arabic import arabic_share, sentences
from syriatopics.corpus import Corpus, Passages, read_corpus
from syriatopics.corpus.passages import article_dates
from syriatopics.errors import InputError
from syriatopics.inference.periods import NOWHERE, days_of
from syriatopics.records import Article

__all__ = ["Sentences", "as_corpus"]

_WORD = re.compile(r"\w")
COLUMNS = (
    "article_id", "outlet", "production", "date", "paragraph", "inside", "until", "text", "start", "end",
    "n_words", "place",
)  # fmt: skip


def as_corpus(given: Corpus | Article | str, what: str) -> Corpus:
    """Return what was given as a corpus: a text is one article.

    Raises
    ------
    InputError
        If it is none of these, or holds no sentence.
    """
    if isinstance(given, Article):
        return Corpus([given])
    if isinstance(given, str):
        given = read_corpus([given]) if given.strip() else Corpus(())
    if not isinstance(given, Corpus):
        raise InputError(
            f"{what} is of {type(given).__name__}: a corpus, an article or a text is wanted "
            "(read_corpus reads tables and folders)."
        )
    return given


@dataclass(frozen=True, eq=False)
class Sentences:
    """The sentences of a corpus, a row each, in canonical order.

    Attributes
    ----------
    table : DataFrame
        ``article_id, outlet, production, date, paragraph`` (the row among all paragraphs), ``inside,
        until`` (offsets in it), ``text, start, end`` (offsets in the raw text), ``n_words, place`` (in its
        article, from 0).
    corpus : Corpus
    """

    table: pd.DataFrame
    corpus: Corpus

    @classmethod
    def of(cls, corpus: Corpus) -> Sentences:
        """Cut the articles of a corpus; what holds no word is no sentence."""
        rows: list[tuple[Any, ...]] = []
        number = 0
        for article in corpus:
            when = article_dates(article)[0]
            about = (article.article_id, article.outlet, article.production, when)
            place = 0
            for paragraph in article.paragraphs:
                offsets = paragraph.offsets()
                for s in sentences(paragraph):
                    if _WORD.search(s.text):
                        raw = offsets[s.start], offsets[s.end - 1] + 1
                        words = len(s.text.split())
                        rows.append((*about, number, s.start, s.end, s.text, *raw, words, place))
                        place += 1
                number += 1
        table = pd.DataFrame(rows, columns=list(COLUMNS))
        table["date"] = pd.to_datetime(table["date"]).astype("datetime64[s]")
        return cls(table, corpus)

    @cached_property
    def arabic(self) -> pd.Series:
        """Whether each article is in Arabic, by most of its letters."""
        return pd.Series(
            {a.article_id: arabic_share("\n".join(a.paragraphs)) > 0.5 for a in self.corpus},
            dtype=bool,
        )

    @cached_property
    def dated(self) -> pd.DataFrame:
        """The dates of each article: ``date, date_start, date_end, date_status, outlet``."""
        rows = [(a.article_id, *article_dates(a), a.date_status, a.outlet) for a in self.corpus]
        columns = ["article_id", "date", "date_start", "date_end", "date_status", "outlet"]
        table = pd.DataFrame(rows, columns=columns).set_index("article_id")
        for name in columns[1:4]:
            table[name] = pd.to_datetime(table[name])
        return table

    @cached_property
    def days(self) -> pd.Series:
        """The day of each article since 1970, NaN where it is not known to the week.

        The middle of a window of years is no day on which a text can have told another.
        """
        days = days_of(self.dated)
        return pd.Series(np.where(days == NOWHERE, np.nan, days), self.dated.index, dtype=float)

    @property
    def passages(self) -> Passages:
        """The sentences as passages, in their order."""
        ids = self.table["article_id"] + ":s" + self.table["place"].map("{:04d}".format)
        return Passages(self.table.assign(passage_id=ids), "sentence")

    def paragraphs_of(self, chosen: Set[str]) -> tuple[np.ndarray[Any, Any], Passages]:
        """Return the paragraphs of some articles as passages, and which among all each of them is."""
        rows: list[tuple[Any, ...]] = []
        numbers = []
        number = 0
        for article in self.corpus:
            if article.article_id in chosen:
                when = article_dates(article)[0]
                about = (article.article_id, article.outlet, article.production, when)
                for n, paragraph in enumerate(article.paragraphs):
                    rows.append((f"{article.article_id}:{n:03d}", *about, str(paragraph)))
                    numbers.append(number + n)
            number += len(article.paragraphs)
        columns = ["passage_id", "article_id", "outlet", "production", "date", "text"]
        table = pd.DataFrame(rows, columns=columns)
        table["date"] = pd.to_datetime(table["date"]).astype("datetime64[s]")
        return np.array(numbers, dtype=np.int64), Passages(table)

    def at(self, paragraph: Any, place: Any) -> np.ndarray[Any, np.dtype[np.int64]]:
        """Return the sentence that holds an offset of a paragraph; before the first, the first."""
        keys = self.table["paragraph"].to_numpy() * _WIDE + self.table["inside"].to_numpy()
        wanted = np.asarray(paragraph, dtype=np.int64) * _WIDE + np.asarray(place, dtype=np.int64)
        row = np.searchsorted(keys, wanted, side="right") - 1
        there = self.table["paragraph"].to_numpy()
        # What stands before the first word of a paragraph (a mark) is of its first sentence.
        before = (row < 0) | (there[row] != np.asarray(paragraph))
        return np.where(before, row + 1, row)


_WIDE = 1 << 32
