"""Trends: how themes and topics shift over time, and when."""

from __future__ import annotations

from syriatopics.trends.changepoints import Changepoints, changepoints
from syriatopics.trends.composition import Decomposition, decompose
from syriatopics.trends.events import EventTest, event_test, load_events
from syriatopics.trends.interaction import Interaction, interaction
from syriatopics.trends.leads import LeadLag, lead_lag
from syriatopics.trends.planted import PlantedCorpus, planted_corpus
from syriatopics.trends.power import Power, plan_study
from syriatopics.trends.smooth import Smooth, smooth
from syriatopics.trends.study import EventStudy, event_study
from syriatopics.trends.trend import Trend, trend
from syriatopics.trends.worlds import Slope, Step, World

__all__ = [
    "Changepoints",
    "Decomposition",
    "EventStudy",
    "EventTest",
    "Interaction",
    "LeadLag",
    "PlantedCorpus",
    "Power",
    "Slope",
    "Smooth",
    "Step",
    "Trend",
    "World",
    "changepoints",
    "decompose",
    "event_study",
    "event_test",
    "interaction",
    "lead_lag",
    "load_events",
    "plan_study",
    "planted_corpus",
    "smooth",
    "trend",
]
