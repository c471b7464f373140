"""Validation: would the claim survive a reviewer?"""

from __future__ import annotations

from syriatopics.validation.multiverse import Choices, Multiverse, multiverse

__all__ = ["Choices", "Multiverse", "multiverse"]
