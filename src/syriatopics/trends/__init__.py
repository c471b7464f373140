"""Trends: how themes and topics shift over time, and when."""

from __future__ import annotations

from syriatopics.trends.trend import Trend, trend

__all__ = ["Trend", "trend"]
