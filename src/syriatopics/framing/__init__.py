"""Framing: how much outlets deal with a theme, and in which words."""

from __future__ import annotations

from syriatopics.framing.agents import Agents, agents
from syriatopics.framing.axes import Axis, frame_axis, word_vectors
from syriatopics.framing.collocations import Collocations, collocations, dispersion
from syriatopics.framing.concordance import Concordance, kwic
from syriatopics.framing.events import MatchedEvents, matched_events
from syriatopics.framing.keyness import Keyness, keyness
from syriatopics.framing.meaning import Meaning, meaning
from syriatopics.framing.naming import Naming, naming
from syriatopics.framing.phrases import count_phrases
from syriatopics.framing.stability import Stability, contrast_stability
from syriatopics.framing.tellings import Tellings, tellings
from syriatopics.framing.themes import ThemeHit, load_themes, theme_hits
from syriatopics.framing.trial import Trial, try_entry
from syriatopics.framing.voices import Quotations, VoiceShares, quotations

__all__ = [
    "Agents",
    "Axis",
    "Collocations",
    "Concordance",
    "Keyness",
    "MatchedEvents",
    "Meaning",
    "Naming",
    "Quotations",
    "Stability",
    "Tellings",
    "ThemeHit",
    "Trial",
    "VoiceShares",
    "agents",
    "collocations",
    "contrast_stability",
    "count_phrases",
    "dispersion",
    "frame_axis",
    "keyness",
    "kwic",
    "load_themes",
    "matched_events",
    "meaning",
    "naming",
    "quotations",
    "tellings",
    "theme_hits",
    "try_entry",
    "word_vectors",
]
