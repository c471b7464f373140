"""Tellings: how an article tells what a source says, sentence by sentence."""

from __future__ import annotations

from syriatopics.framing.tellings.result import Tellings, tellings

__all__ = ["Tellings", "tellings"]
