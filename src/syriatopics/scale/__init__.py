"""Scale: the same steps over partitions, in one process, in several, or on a Dask cluster."""

from __future__ import annotations

from syriatopics.scale.build import build_partitions
from syriatopics.scale.copies import find_copies, without_copies
from syriatopics.scale.store import Partitions, open_partitions
from syriatopics.scale.stored_topics import StoredTopics, open_topics
from syriatopics.scale.sums import article_counts
from syriatopics.scale.themes import score_partitions
from syriatopics.scale.training import fit_topics

__all__ = [
    "Partitions",
    "StoredTopics",
    "article_counts",
    "build_partitions",
    "find_copies",
    "fit_topics",
    "open_partitions",
    "open_topics",
    "score_partitions",
    "without_copies",
]
