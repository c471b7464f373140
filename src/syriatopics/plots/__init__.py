"""Pictures: ``(table, ax) → ax``. Nothing here computes; nothing here knows a result class."""

from __future__ import annotations

from syriatopics.plots.copies import sharing
from syriatopics.plots.shares import balance, heat, shares
from syriatopics.plots.style import COLOURS, LANGUAGES, label, language, say, style
from syriatopics.plots.time import timeline, trend_lines
from syriatopics.plots.words import bars, keyness_bars, topic_words

__all__ = [
    "COLOURS",
    "LANGUAGES",
    "balance",
    "bars",
    "heat",
    "keyness_bars",
    "label",
    "language",
    "say",
    "shares",
    "sharing",
    "style",
    "timeline",
    "topic_words",
    "trend_lines",
]
