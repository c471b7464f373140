"""Scale: the same steps over partitions, in one process, in several, or on a Dask cluster."""

from __future__ import annotations

from syriatopics.scale.opening import open_corpus
from syriatopics.scale.stored import StoredCorpus

__all__ = ["StoredCorpus", "open_corpus"]
