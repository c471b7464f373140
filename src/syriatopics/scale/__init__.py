"""Scale: the same steps over partitions, in one process, in several, or on a Dask cluster."""

from __future__ import annotations

from syriatopics.scale.build import build_partitions
from syriatopics.scale.store import Partitions, open_partitions
from syriatopics.scale.sums import article_counts
from syriatopics.scale.themes import score_partitions

__all__ = [
    "Partitions",
    "article_counts",
    "build_partitions",
    "open_partitions",
    "score_partitions",
]
