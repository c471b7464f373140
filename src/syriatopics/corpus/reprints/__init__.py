"""Reprints: the same text under several mastheads, and what each of them did to it."""

from __future__ import annotations

from syriatopics.corpus.reprints.find import find_reprints
from syriatopics.corpus.reprints.removal import without_reprints
from syriatopics.corpus.reprints.result import Reprints

__all__ = ["Reprints", "find_reprints", "without_reprints"]
