"""Pictures: ``(table, ax) → ax``. Nothing here computes; nothing here knows a result class."""

from __future__ import annotations

from syriatopics.plots.calendars import calendar_heat
from syriatopics.plots.changes import (
    break_lines,
    decomposition_bars,
    lag_lines,
    power_lines,
    smooth_lines,
)
from syriatopics.plots.copies import sharing
from syriatopics.plots.coverage import coverage
from syriatopics.plots.events import change_bars, event_steps, mark_events
from syriatopics.plots.meanings import meaning_points
from syriatopics.plots.opposed import opposed
from syriatopics.plots.panels import trend_panels
from syriatopics.plots.ribbons import telling_ribbons
from syriatopics.plots.shares import balance, differences, heat, shares
from syriatopics.plots.specifications import specification_curve
from syriatopics.plots.style import COLOURS, LANGUAGES, label, language, say, style
from syriatopics.plots.time import timeline, trend_lines
from syriatopics.plots.topics import (
    contrasts,
    model_comparison,
    topic_quality,
    topic_search,
    topic_stability,
    topic_tree,
)
from syriatopics.plots.validation import agreement_points, corrected_points, intrusion_points
from syriatopics.plots.words import bars, keyness_bars, moving_words, topic_words

__all__ = [
    "COLOURS",
    "LANGUAGES",
    "agreement_points",
    "balance",
    "bars",
    "break_lines",
    "calendar_heat",
    "change_bars",
    "contrasts",
    "corrected_points",
    "coverage",
    "decomposition_bars",
    "differences",
    "event_steps",
    "heat",
    "intrusion_points",
    "keyness_bars",
    "label",
    "lag_lines",
    "language",
    "mark_events",
    "meaning_points",
    "model_comparison",
    "moving_words",
    "opposed",
    "power_lines",
    "say",
    "shares",
    "sharing",
    "smooth_lines",
    "specification_curve",
    "style",
    "telling_ribbons",
    "timeline",
    "topic_quality",
    "topic_search",
    "topic_stability",
    "topic_tree",
    "topic_words",
    "trend_lines",
    "trend_panels",
]
