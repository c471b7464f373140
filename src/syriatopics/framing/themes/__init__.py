"""Themes: three scorers, coded passages, and how far they agree."""

from __future__ import annotations

from syriatopics.framing.themes.classifier import ThemeClassifier, train_classifier
from syriatopics.framing.themes.coded import Coded, load_coded
from syriatopics.framing.themes.lexicon import ThemeHit, compiled, load_themes, theme_hits
from syriatopics.framing.themes.scores import METHODS, ThemeScores, score_themes
from syriatopics.framing.themes.triangulation import Triangulation, triangulate

__all__ = [
    "METHODS",
    "Coded",
    "ThemeClassifier",
    "ThemeHit",
    "ThemeScores",
    "Triangulation",
    "compiled",
    "load_coded",
    "load_themes",
    "score_themes",
    "theme_hits",
    "train_classifier",
    "triangulate",
]
