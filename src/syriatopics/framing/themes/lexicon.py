"""The theme lexicon: its words and phrases, found in passages, and what they count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from syriatopics.arabic import PhraseMatcher, variant_table
from syriatopics.arabic.spans import PhraseFinder
from syriatopics.framing.themes.rules import Days, Ways, entries_of
from syriatopics.inference.resampling import Array
from syriatopics.lexicons import load
from syriatopics.lexicons.schema import Themes

__all__ = ["ThemeHit", "ThemeLexicon", "compiled", "load_themes", "theme_hits"]


def load_themes(path: str | Path | None = None) -> Themes:
    """Return the theme lexicon, with the user's own themes on top where `path` is given.

    Examples
    --------
    >>> load_themes().ids[:3]
    ['humanitarian', 'political_transition', 'military_security']
    """
    return load("themes", path)


class ThemeHit(NamedTuple):
    """An entry of the lexicon in a passage; start and end count in the passage's text."""

    theme: str
    entry: str
    start: int
    end: int
    weak: bool


def theme_hits(text: str, themes: Themes | None = None, date: object = None) -> list[ThemeHit]:
    """Return the entries of the lexicon that stand in a text, with their place.

    Entries that count only in company (rules of the lexicon) are left out where they have none,
    and themes that are not valid on the date, if one is given.

    Examples
    --------
    >>> [hit.theme for hit in theme_hits("إيصال المساعدات إلى النازحين")]
    ['humanitarian', 'humanitarian']
    >>> theme_hits("مصر تكتب دستورها وتجري انتخابات حرة")
    []
    """
    return list(compiled(themes).hits(text, date))


def compiled(themes: Themes | None = None) -> ThemeLexicon:
    """Return a lexicon ready for matching; one that was asked for before is at hand."""
    return _compiled("" if themes is None else themes.model_dump_json(by_alias=True))


@lru_cache(maxsize=4)
def _compiled(themes: str) -> ThemeLexicon:
    return ThemeLexicon(Themes.model_validate_json(themes) if themes else load_themes())


class ThemeLexicon:
    """The theme lexicon, compiled for matching.

    Parameters
    ----------
    themes : Themes
    """

    def __init__(self, themes: Themes) -> None:
        self.themes = themes
        self._ids = themes.ids
        self._ways = Ways(themes)
        blocked = [form for theme in themes.theme for form in theme.not_]
        self._matcher = PhraseMatcher(entries_of(themes), blocked, fold=variant_table())
        self._finder = PhraseFinder(self._matcher)

    def hits(self, text: str, date: object = None) -> Iterator[ThemeHit]:
        """Yield the entries that may count in a text, in order."""
        found = [(match, way) for match in self._matcher.find_in(text) for way in match.id]
        ways = np.array([way for _, way in found], dtype=np.int64).reshape(-1, 4)
        days = None if date is None else _day(date)
        held = self._ways.hold([text], np.zeros(len(found), dtype=np.int64), ways, days)
        for (match, way), holds in zip(found, held.tolist(), strict=True):
            if holds:
                theme = self._ids[way.theme]
                yield ThemeHit(theme, match.form, match.start, match.end, bool(way.weak))

    def scores(self, texts: Sequence[str], days: Days | None = None) -> Array:
        """Return ``1 - 2 ** -h`` for each text and theme, `h` being the number of entries."""
        return np.asarray(1 - 2.0 ** -self.strengths(texts, days))

    def strengths(self, texts: Sequence[str], days: Days | None = None) -> Array:
        """Return for each text and theme the number of different entries that count.

        Parameters
        ----------
        texts : sequence of str
        days : ndarray of datetime64, shape (n_texts,), optional
            When each text was written; NaT or left out, where nothing is known, every theme
            is valid.
        """
        entries, rows, codes = self._finder.find(texts)
        which = [way for entry in entries for way in entry.id]
        ways = np.array(which, dtype=np.int64).reshape(-1, 4)
        counts = np.array([len(entry.id) for entry in entries], dtype=np.int64)
        first = np.cumsum(counts) - counts
        spread = np.repeat(first[codes], counts[codes]) + _ranks(counts[codes])
        rows, hits = np.repeat(rows, counts[codes]), ways[spread]
        held = self._ways.hold(texts, rows, hits, days)
        hits, rows = hits[held], rows[held]
        # What is written in several ways is one entry.
        places = np.unique(np.column_stack([rows, hits[:, [0, 3, 1]]]), axis=0)
        shape = (len(texts), len(self._ids))
        cells = places[:, 0] * shape[1] + places[:, 1]
        n_cells = shape[0] * shape[1]
        found = np.bincount(cells, minlength=n_cells).reshape(shape)
        strong = np.bincount(cells[places[:, 3] == 0], minlength=n_cells).reshape(shape)
        # A weak entry counts beside another one only.
        return np.where((strong > 0) | (found > 1), found, 0).astype(np.float64)


def _day(date: object) -> Days:
    return np.asarray(pd.to_datetime(pd.Series([date])).to_numpy(dtype="datetime64[D]"))


def _ranks(counts: np.ndarray) -> np.ndarray:
    """Return 0, 1, … for each count, one after the other."""
    ends = np.cumsum(counts)
    return np.asarray(np.arange(counts.sum()) - np.repeat(ends - counts, counts), dtype=np.int64)
