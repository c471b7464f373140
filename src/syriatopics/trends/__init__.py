"""Trends: how themes and topics shift over time, and when."""

from __future__ import annotations

from syriatopics.trends.changepoints import Changepoints, changepoints
from syriatopics.trends.composition import Decomposition, decompose
from syriatopics.trends.interaction import Interaction, interaction
from syriatopics.trends.leads import LeadLag, lead_lag
from syriatopics.trends.smooth import Smooth, smooth
from syriatopics.trends.trend import Trend, trend

__all__ = [
    "Changepoints",
    "Decomposition",
    "Interaction",
    "LeadLag",
    "Smooth",
    "Trend",
    "changepoints",
    "decompose",
    "interaction",
    "lead_lag",
    "smooth",
    "trend",
]
