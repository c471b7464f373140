"""Themes: how much a passage deals with what the researcher defined.

Themes measure emphasis, not frames in the full sense.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from syriatopics.arabic import PhraseMatcher, variant_table
from syriatopics.corpus import Passages
from syriatopics.errors import InputError, choices
from syriatopics.inference import Scores
from syriatopics.lexicons import load
from syriatopics.lexicons.schema import Themes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "METHODS",
    "ThemeHit",
    "ThemeLexicon",
    "ThemeScores",
    "load_themes",
    "score_themes",
    "theme_hits",
]

METHODS = ("lexicon",)


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


@dataclass(frozen=True, eq=False, kw_only=True)
class ThemeScores(Scores):
    """Scores of themes, with the threshold from which a theme is assigned.

    Attributes
    ----------
    table : DataFrame
        Passage × theme, in [0, 1].
    threshold : float
    method : str
    themes : Themes
        The lexicon that defined them.
    """

    threshold: float
    method: str
    themes: Themes

    @cached_property
    def assigned(self) -> pd.DataFrame:
        """Passage × theme: whether the passage deals with the theme."""
        return self.table >= self.threshold

    def weights(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        """Return what is averaged into a share: whether a theme is assigned."""
        return np.asarray(self.assigned, dtype=np.float64)

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw in how many passages each theme is."""
        from syriatopics.plots import bars

        counts = self.assigned.sum().rename("passages").rename_axis("theme").reset_index()
        counts["theme"] = counts["theme"].map(self.labels or {}).fillna(counts["theme"])
        return bars(counts, ax, name="theme", value="passages", xlabel="passages", **options)


def score_themes(
    passages: Passages, method: str = "lexicon", *, themes: Themes | None = None
) -> ThemeScores:
    """Score how much each passage deals with each theme.

    Parameters
    ----------
    passages : Passages
    method : {"lexicon"}
        "lexicon" counts the words and phrases of the theme lexicon.
    themes : Themes, optional
        The lexicon; by default the shipped one.

    Returns
    -------
    ThemeScores
        ``1 - 2 ** -h`` for a passage with `h` different entries of a theme; one entry
        gives 0.5, which is the threshold. Weak entries count beside another one only.

    Raises
    ------
    InputError
        If the method is not known.

    Examples
    --------
    >>> from syriatopics import load_seeds
    >>> scores = score_themes(load_seeds().passages())
    >>> bool(scores.assigned["humanitarian"].any())
    True
    """
    if method not in METHODS:
        raise InputError(f"Method {method!r} is not known. Methods: {choices(METHODS)}.")
    themes = load_themes() if themes is None else themes
    counter = ThemeLexicon(themes)
    strengths = np.array([counter.strengths(text) for text in passages.texts], dtype=np.float64)
    table = pd.DataFrame(
        1 - 2.0 ** -strengths.reshape(len(passages), len(themes.ids)),
        index=pd.Index(passages.table["passage_id"], name="passage_id"),
        columns=themes.ids,
    )
    return ThemeScores(
        table=table,
        notes=("Themes measure emphasis, not frames.",),
        passages=passages,
        labels={theme.id: theme.en for theme in themes.theme},
        threshold=0.5,
        method=method,
        themes=themes,
    )


def theme_hits(text: str, themes: Themes | None = None) -> list[ThemeHit]:
    """Return the entries of the lexicon that stand in a text, with their place.

    Examples
    --------
    >>> [hit.theme for hit in theme_hits("إيصال المساعدات إلى النازحين")]
    ['humanitarian', 'humanitarian']
    """
    return list(ThemeLexicon(load_themes() if themes is None else themes).hits(text))


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
        self._ids = themes.ids
        self._matcher = PhraseMatcher(entries, blocked, fold=variant_table())

    def hits(self, text: str) -> Iterator[ThemeHit]:
        """Yield the entries in a text, in order."""
        for match in self._matcher.find_in(text):
            theme, weak = match.id
            yield ThemeHit(theme, match.form, match.start, match.end, weak)

    def strengths(self, text: str) -> list[float]:
        """Return for each theme the number of different entries that count."""
        found: dict[str, set[tuple[str, bool]]] = {theme: set() for theme in self._ids}
        for hit in self.hits(text):
            found[hit.theme].add((hit.entry, hit.weak))
        return [_strength(found[theme]) for theme in self._ids]


def _strength(entries: set[tuple[str, bool]]) -> float:
    strong = sum(not weak for _, weak in entries)
    return float(len(entries)) if strong or len(entries) > 1 else 0.0
