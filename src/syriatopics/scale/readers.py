"""How a worker opens what a task reads: once in each process."""

from __future__ import annotations

from functools import lru_cache

from syriatopics.files import sha256_of
from syriatopics.scale.ledger import Task
from syriatopics.scale.store import MANIFEST, Partitions, open_store

__all__ = ["opened_store", "store_options"]


def store_options(store: Partitions) -> dict[str, str]:
    """Return the options by which a task names the state that its store is in."""
    return {"manifest": sha256_of(store.folder / MANIFEST)}


def opened_store(task: Task) -> Partitions:
    """Return the store in which a task works."""
    return _opened(task.folder, task.options["manifest"])


@lru_cache(maxsize=2)
def _opened(folder: str, manifest: str) -> Partitions:
    return open_store(folder)
