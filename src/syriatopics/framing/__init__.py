"""Framing: how much outlets deal with a theme, and in which words."""

from __future__ import annotations

from syriatopics.framing.agents import Agents, agents
from syriatopics.framing.axes import Axis, frame_axis, word_vectors
from syriatopics.framing.concordance import Concordance, kwic
from syriatopics.framing.events import MatchedEvents, matched_events
from syriatopics.framing.keyness import Keyness, keyness
from syriatopics.framing.naming import Naming, naming
from syriatopics.framing.stability import Stability, contrast_stability
from syriatopics.framing.themes import (
    Coded,
    ThemeClassifier,
    ThemeHit,
    ThemeScores,
    Triangulation,
    load_coded,
    load_themes,
    score_themes,
    theme_hits,
    train_classifier,
    triangulate,
)
from syriatopics.framing.trial import Trial, try_entry
from syriatopics.framing.voices import Quotations, VoiceShares, quotations

__all__ = [
    "Agents",
    "Axis",
    "Coded",
    "Concordance",
    "Keyness",
    "MatchedEvents",
    "Naming",
    "Quotations",
    "Stability",
    "ThemeClassifier",
    "ThemeHit",
    "ThemeScores",
    "Trial",
    "Triangulation",
    "VoiceShares",
    "agents",
    "contrast_stability",
    "frame_axis",
    "keyness",
    "kwic",
    "load_coded",
    "load_themes",
    "matched_events",
    "naming",
    "quotations",
    "score_themes",
    "theme_hits",
    "train_classifier",
    "triangulate",
    "try_entry",
    "word_vectors",
]
