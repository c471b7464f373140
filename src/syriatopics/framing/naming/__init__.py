"""Naming: by which of its labels each referent is called, where, and in whose voice."""

from __future__ import annotations

from syriatopics.framing.naming.mentions import Mention, find_mentions
from syriatopics.framing.naming.naming import Naming, naming

__all__ = ["Mention", "Naming", "find_mentions", "naming"]
