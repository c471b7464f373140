"""The theme lexicon: its words and phrases, found in passages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from syriatopics.arabic import PhraseMatcher, variant_table
from syriatopics.arabic.spans import PhraseFinder
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


def theme_hits(text: str, themes: Themes | None = None) -> list[ThemeHit]:
    """Return the entries of the lexicon that stand in a text, with their place.

    Examples
    --------
    >>> [hit.theme for hit in theme_hits("إيصال المساعدات إلى النازحين")]
    ['humanitarian', 'humanitarian']
    """
    return list(compiled(themes).hits(text))


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
        entries: dict[tuple[str, bool], Sequence[str]] = {}
        blocked: list[str] = []
        for theme in themes.theme:
            entries[theme.id, False] = theme.entries
            entries[theme.id, True] = theme.weak
            blocked += theme.not_
        self.themes = themes
        self._ids = themes.ids
        self._matcher = PhraseMatcher(entries, blocked, fold=variant_table())
        self._finder = PhraseFinder(self._matcher)

    def hits(self, text: str) -> Iterator[ThemeHit]:
        """Yield the entries in a text, in order."""
        for match in self._matcher.find_in(text):
            theme, weak = match.id
            yield ThemeHit(theme, match.form, match.start, match.end, weak)

    def scores(self, texts: Sequence[str]) -> Array:
        """Return ``1 - 2 ** -h`` for each text and theme, `h` being the number of entries."""
        return np.asarray(1 - 2.0 ** -self.strengths(texts))

    def strengths(self, texts: Sequence[str]) -> Array:
        """Return for each text and theme the number of different entries that count."""
        entries, rows, codes = self._finder.find(texts)
        places = np.unique(rows * max(len(entries), 1) + codes)
        rows, codes = np.divmod(places, max(len(entries), 1))
        themes = np.array([self._ids.index(entry.id[0]) for entry in entries], dtype=np.int64)
        weak = np.array([entry.id[1] for entry in entries], dtype=bool)
        cells = rows * len(self._ids) + themes[codes]
        shape = (len(texts), len(self._ids))
        n_cells = shape[0] * shape[1]
        found = np.bincount(cells, minlength=n_cells).reshape(shape)
        strong = np.bincount(cells[~weak[codes]], minlength=n_cells).reshape(shape)
        # A weak entry counts beside another one only.
        return np.where((strong > 0) | (found > 1), found, 0).astype(np.float64)
