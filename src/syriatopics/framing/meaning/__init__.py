"""Meaning: one word in the company that different outlets, or years, give it."""

from __future__ import annotations

from syriatopics.framing.meaning.result import Meaning, meaning

__all__ = ["Meaning", "meaning"]
