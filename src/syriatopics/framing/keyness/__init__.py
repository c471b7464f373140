"""Keyness: which words set two groups apart, beyond what chance among articles does?"""

from __future__ import annotations

from syriatopics.framing.keyness.compare import keyness
from syriatopics.framing.keyness.result import Keyness

__all__ = ["Keyness", "keyness"]
