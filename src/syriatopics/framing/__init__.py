"""Framing: how much outlets deal with a theme, and in which words."""

from __future__ import annotations

from syriatopics.framing.keyness import Keyness, keyness
from syriatopics.framing.themes import (
    ThemeHit,
    ThemeScores,
    load_themes,
    score_themes,
    theme_hits,
)

__all__ = [
    "Keyness",
    "ThemeHit",
    "ThemeScores",
    "keyness",
    "load_themes",
    "score_themes",
    "theme_hits",
]
