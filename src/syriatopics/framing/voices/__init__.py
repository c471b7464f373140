"""Voices: who is quoted or reported, in whose words, and how near the outlet stands to them."""

from __future__ import annotations
