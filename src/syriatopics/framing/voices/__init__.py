"""Voices: who is quoted or reported, in whose words, and how near the outlet stands to them."""

from __future__ import annotations

from syriatopics.framing.voices.quotations import Quotations, quotations
from syriatopics.framing.voices.shares import VoiceShares
from syriatopics.framing.voices.voice import VOICES, listen, voice_of

__all__ = ["VOICES", "Quotations", "VoiceShares", "listen", "quotations", "voice_of"]
