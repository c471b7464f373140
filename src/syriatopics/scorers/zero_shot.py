"""Themes by their definitions alone: no word list, no codings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from syriatopics.corpus import Passages
from syriatopics.encoders import Encoder
from syriatopics.encoders.lsa import LSA
from syriatopics.lexicons.schema import Themes
from syriatopics.order import settled
from syriatopics.scorers.contract import Scored
from syriatopics.scorers.meaning import ThemeSpace

__all__ = ["ZeroShot"]


@dataclass(frozen=True)
class ZeroShot:
    """Give a passage the themes whose definition it is like.

    What counts as alike is read off the corpus: a theme is assigned where the likeness lies two
    standard deviations above the mean of all passages, since no cosine of one encoder means what
    that of another does. It is for a first look, and to find passages to code; how often a theme
    is assigned says nothing of how often it is there.

    Parameters
    ----------
    encoder : str or Encoder
        As in :func:`syriatopics.embed`; "e5" and other models of meaning do far better than "lsa".
    deviations : float
        How far above the mean.

    Examples
    --------
    >>> from syriatopics import load_seeds, score_themes
    >>> scores = score_themes(load_seeds(), ZeroShot())
    >>> bool(scores.table.notna().all(axis=None))
    True
    """

    encoder: str | Encoder | LSA = "lsa"
    deviations: float = 2.0
    name: ClassVar[str] = "zero_shot"
    threshold: ClassVar[float] = 0.5
    looks_at_all: ClassVar[bool] = True

    def score(self, passages: Passages, themes: Themes) -> Scored:
        """Score passages; see the contract of scorers."""
        texts = passages.texts
        if not len(texts):
            return Scored(np.empty((0, len(themes.ids))), themes.ids, [])
        space, vectors = ThemeSpace.of(self.encoder, texts, themes)
        likeness = settled(space.likeness(vectors))
        filled = np.abs(vectors).sum(axis=1) > 0
        known = np.sort(likeness[filled], axis=0)
        if not len(known):
            return Scored(np.full(likeness.shape, np.nan), themes.ids, ["No passage holds a word."])
        spread = np.maximum(known.std(axis=0), 1e-6)
        z = (likeness - known.mean(axis=0)) / spread
        values = settled(1 / (1 + np.exp(-np.clip(2 * (z - self.deviations), -30, 30))))
        values[~filled] = np.nan
        notes = [
            f"Likeness to definitions by the encoder {space.encoder.name!r}, assigned from "
            f"{self.deviations:g} standard deviations above the corpus on."
        ]
        return Scored(values, themes.ids, notes)
