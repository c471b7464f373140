"""The report: one HTML file in which every number opens the passages behind it."""

from __future__ import annotations

from syriatopics.report.context import ReportOptions
from syriatopics.report.report import Report, make_report

__all__ = ["Report", "ReportOptions", "make_report"]
