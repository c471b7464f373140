"""Framing: how much outlets deal with a theme, and in which words."""

from __future__ import annotations

from syriatopics.framing.concordance import Concordance, kwic
from syriatopics.framing.keyness import Keyness, keyness
from syriatopics.framing.naming import Naming, naming
from syriatopics.framing.stability import Stability, contrast_stability
from syriatopics.framing.themes import (
    ThemeHit,
    ThemeScores,
    load_themes,
    score_themes,
    theme_hits,
)
from syriatopics.framing.voices import Quotations, VoiceShares, quotations

__all__ = [
    "Concordance",
    "Keyness",
    "Naming",
    "Quotations",
    "Stability",
    "ThemeHit",
    "ThemeScores",
    "VoiceShares",
    "contrast_stability",
    "keyness",
    "kwic",
    "load_themes",
    "naming",
    "quotations",
    "score_themes",
    "theme_hits",
]
