"""Intrusion: can readers tell what does not belong to a topic, or to a passage?"""

from __future__ import annotations

from syriatopics.validation.intrusion.draw import topic_intrusion, word_intrusion
from syriatopics.validation.intrusion.questions import IntrusionSet
from syriatopics.validation.intrusion.scores import IntrusionScores

__all__ = ["IntrusionScores", "IntrusionSet", "topic_intrusion", "word_intrusion"]
