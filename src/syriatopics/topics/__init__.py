"""Topics: what models estimate. Every model is a specification whose ``fit`` gives FittedTopics."""

from __future__ import annotations

from syriatopics.topics.embedding import EmbeddingTopics
from syriatopics.topics.fitted import FittedTopics
from syriatopics.topics.nmf import NMF
from syriatopics.topics.quality import Quality

__all__ = ["NMF", "EmbeddingTopics", "FittedTopics", "Quality"]
