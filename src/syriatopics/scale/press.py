"""The user's own outlets, kept in the store: every process reads articles by the same list."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from syriatopics.corpus.parse.publishers import Publishers, load_publishers
from syriatopics.files import sha256_of, write_atomically
from syriatopics.scale.ledger import read_whole

__all__ = ["keep_outlets", "publishers_of"]

_NAME = "outlets.toml"


def keep_outlets(folder: Path, outlets: str | Path | None) -> dict[str, str]:
    """Copy the user's list into the store; return the file with its hash, or nothing.

    Raises
    ------
    LexiconError
        If the list breaks its schema.
    """
    if outlets is None:
        (folder / _NAME).unlink(missing_ok=True)
        return {}
    load_publishers(outlets)  # what is wrong with it is said of the user's file, before anything
    write_atomically(folder / _NAME, Path(outlets).read_bytes())
    return {_NAME: sha256_of(folder / _NAME)}


def publishers_of(folder: str | Path, files: Mapping[str, str]) -> Publishers:
    """Return everybody who is known to a store with these files."""
    return _own(str(folder), files[_NAME]) if _NAME in files else load_publishers()


@lru_cache(maxsize=2)
def _own(folder: str, sha256: str) -> Publishers:
    read_whole(Path(folder), _NAME, sha256)
    return load_publishers(Path(folder) / _NAME)
