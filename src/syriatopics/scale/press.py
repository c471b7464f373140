"""The user's own outlets, kept in the store: every process reads articles by the same list.

A list is named by what it holds. So a store that is finished stays whole while a run with another
list goes on, or is ended.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from syriatopics.corpus.parse.publishers import Publishers, load_publishers
from syriatopics.files import sha256_of, write_atomically
from syriatopics.scale.ledger import read_whole

__all__ = ["forget_outlets", "keep_outlets", "publishers_of"]

_BEGINS, _ENDS = "outlets-", ".toml"


def keep_outlets(folder: Path, outlets: str | Path | None) -> dict[str, str]:
    """Copy the user's list into the store; return the file with its hash, or nothing.

    Raises
    ------
    LexiconError
        If the list breaks its schema.
    """
    if outlets is None:
        return {}
    load_publishers(outlets)  # what is wrong with it is said of the user's file, before anything
    sha256 = sha256_of(Path(outlets))
    name = f"{_BEGINS}{sha256[:16]}{_ENDS}"
    write_atomically(folder / name, Path(outlets).read_bytes())
    return {name: sha256}


def forget_outlets(folder: Path, kept: Mapping[str, str]) -> None:
    """Remove the lists of earlier runs, once nothing rests on them any more."""
    for file in folder.glob(f"{_BEGINS}*{_ENDS}"):
        if file.name not in kept:
            file.unlink()


def publishers_of(folder: str | Path, files: Mapping[str, str]) -> Publishers:
    """Return everybody who is known to a store with these files."""
    for name, sha256 in files.items():
        if name.startswith(_BEGINS):
            return _own(str(folder), name, sha256)
    return load_publishers()


@lru_cache(maxsize=2)
def _own(folder: str, name: str, sha256: str) -> Publishers:
    read_whole(Path(folder), name, sha256)
    return load_publishers(Path(folder) / name)
