"""Scale: the same steps over partitions, in one process, in several, or on a Dask cluster."""

from __future__ import annotations

from syriatopics.scale.build import build_partitions
from syriatopics.scale.store import Partitions, open_partitions

__all__ = ["Partitions", "build_partitions", "open_partitions"]
