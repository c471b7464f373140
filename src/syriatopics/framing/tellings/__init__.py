"""Tellings: how an article tells what a source says, sentence by sentence."""

from __future__ import annotations

from syriatopics.framing.tellings.making import tellings
from syriatopics.framing.tellings.result import Tellings
from syriatopics.framing.tellings.shares import TellingShares

__all__ = ["TellingShares", "Tellings", "tellings"]
