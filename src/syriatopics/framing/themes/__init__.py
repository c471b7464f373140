"""The theme lexicon: its words and phrases, and when a theme is valid."""

from __future__ import annotations

from syriatopics.framing.themes.lexicon import (
    ThemeHit,
    ThemeLexicon,
    compiled,
    load_themes,
    theme_hits,
)
from syriatopics.framing.themes.validity import days_of, validity_notes

__all__ = [
    "ThemeHit",
    "ThemeLexicon",
    "compiled",
    "days_of",
    "load_themes",
    "theme_hits",
    "validity_notes",
]
