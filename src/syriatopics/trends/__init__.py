"""Trends: how themes and topics shift over time, and when."""

from __future__ import annotations

from syriatopics.trends.changepoints import Changepoints, changepoints
from syriatopics.trends.composition import Decomposition, decompose
from syriatopics.trends.leads import LeadLag, lead_lag
from syriatopics.trends.trend import Trend, trend

__all__ = [
    "Changepoints",
    "Decomposition",
    "LeadLag",
    "Trend",
    "changepoints",
    "decompose",
    "lead_lag",
    "trend",
]
