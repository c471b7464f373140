"""Theme scores: how much a passage deals with what the researcher defined, by any scorer.

Themes measure emphasis, not frames in the full sense.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.corpus import Corpus, Passages, passages_of
from syriatopics.encoders import Encoder
from syriatopics.errors import InputError
from syriatopics.framing.themes import load_themes
from syriatopics.inference import Codings, Scores
from syriatopics.lexicons.schema import Themes
from syriatopics.scorers.contract import Scored, Scorer, ready
from syriatopics.scorers.registry import DEFAULT, scorer_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ThemeScores", "score_themes"]


@dataclass(frozen=True, eq=False, kw_only=True)
class ThemeScores(Scores):
    """Scores of themes, with the threshold from which a theme is assigned.

    Attributes
    ----------
    table : DataFrame
        Passage × theme, in [0, 1].
    threshold : float
    thresholds : mapping of str to float
        Of the themes for which the scorer chose another one.
    method : str
    themes : Themes
        The codebook.
    """

    threshold: float
    method: str
    themes: Themes
    thresholds: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def limits(self) -> pd.Series[float]:
        """From which value each theme is assigned."""
        given = [self.thresholds.get(theme, self.threshold) for theme in self.table.columns]
        return pd.Series(given, index=self.table.columns, dtype=np.float64)

    @cached_property
    def assigned(self) -> pd.DataFrame:
        """Passage × theme: whether the passage deals with the theme."""
        return self.table.ge(self.limits, axis=1)

    def weights(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        """Return what is averaged into a share: whether a theme is assigned, NaN where it is not known."""
        held = np.asarray(self.assigned, dtype=np.float64)
        return np.where(np.isnan(np.asarray(self.table, dtype=np.float64)), np.nan, held)

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw in how many passages each theme is."""
        from syriatopics.plots import bars

        counts = self.assigned.sum().rename("passages").rename_axis("theme").reset_index()
        counts["theme"] = counts["theme"].map(self.labels or {}).fillna(counts["theme"])
        return bars(counts, ax, name="theme", value="passages", xlabel="passages", **options)


def score_themes(
    source: Passages | Corpus,
    method: str | Scorer = DEFAULT,
    *,
    themes: Themes | None = None,
    coded: Codings | str | Path | None = None,
    encoder: str | Encoder | None = None,
    part: str | None = None,
    random_state: int = 0,
) -> ThemeScores:
    """Score how much each passage deals with each theme.

    Scorers rest on different things, so that they can be held against each other
    (:func:`agreement`), and each can be put right by passages that people coded
    (:func:`corrected_shares`).

    Parameters
    ----------
    source : Passages or Corpus
    method : str or Scorer
        A scorer of :mod:`syriatopics.scorers` or of one's own, or the name of one: "lexicon" counts
        words and phrases of the theme lexicon; "keywords" fits keyATM with them as keywords;
        "classifier" learns from coded passages; "taught" lets the lexicon teach an encoder;
        "zero_shot" goes by the definitions alone.
    themes : Themes, optional
        The codebook; by default the shipped theme lexicon.
    coded : Codings or path, optional
        Needed by "classifier" where it is given by name: see :func:`read_codings`.
    encoder : str or Encoder, optional
        What turns passages into vectors (:func:`embed`), for the scorers that use them: "classifier"
        has none by default, "taught" and "zero_shot" have "lsa".
    part : {"headline", "lead", "body", "all"}, optional
        Which part of the articles; by default the passages as they are.
    random_state : int
        Of scorers given by name.

    Returns
    -------
    ThemeScores

    Raises
    ------
    InputError
        If the method is not known, or lacks what it needs.

    Examples
    --------
    >>> from syriatopics import load_seeds
    >>> scores = score_themes(load_seeds().passages())
    >>> bool(scores.assigned["humanitarian"].any())
    True
    """
    if not isinstance(source, Passages | Corpus):
        raise InputError(f"{type(source).__name__} cannot be scored: give passages or a corpus.")
    codebook = load_themes() if themes is None else themes
    scorer = scorer_of(
        method, coded=coded, encoder=encoder, random_state=random_state, themes=codebook
    )
    return scored_by(scorer, passages_of(source, part), codebook)


def scored_by(scorer: Scorer, passages: Passages, themes: Themes) -> ThemeScores:
    """Return what a scorer says as scores of passages."""
    scored = _scored(scorer, passages, themes)
    names = {theme.id: theme.en for theme in themes.theme}
    return ThemeScores(
        table=pd.DataFrame(
            scored.values,
            index=pd.Index(passages.table["passage_id"], name="passage_id"),
            columns=scored.labels,
        ),
        notes=("Themes measure emphasis, not frames.", *scored.notes),
        passages=passages,
        labels={theme: names.get(theme, theme) for theme in scored.labels},
        threshold=scorer.threshold,
        thresholds=dict(scored.thresholds),
        method=scorer.name,
        themes=themes,
    )


def _scored(scorer: Scorer, passages: Passages, themes: Themes) -> Scored:
    """Ask a scorer, a stretch at a time where texts stay on the disk and it need not see all at once."""
    by_stretch = not getattr(scorer, "looks_at_all", False) and getattr(scorer, "reads_text", True)
    pieces = passages.pieces() if by_stretch else iter([passages])
    taught = scorer if (first := next(pieces, None)) is passages else ready(scorer, themes)
    parts = [
        taught.score(piece, themes) for piece in chain([first] if first else [passages], pieces)
    ]
    values = parts[0].values if len(parts) == 1 else np.concatenate([p.values for p in parts])
    return parts[-1]._replace(values=values)
