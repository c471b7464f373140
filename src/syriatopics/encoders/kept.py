"""Vectors on the disk, by text hash and fingerprint of the encoder: made once, found again."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from syriatopics.encoders.contract import Vectors
from syriatopics.errors import InputError

__all__ = ["VectorStore", "default_folder"]

_AT_ONCE = 500


def default_folder() -> Path:
    """Return where vectors are kept: ``SYRIATOPICS_CACHE``, or the user's cache folder."""
    named = os.environ.get("SYRIATOPICS_CACHE")
    if named:
        return Path(named) / "vectors"
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "syriatopics" / "vectors"


class VectorStore:
    """The vectors of one encoder. No text is in it, only its hash.

    Parameters
    ----------
    folder : path
    fingerprint : str
        Of the encoder.
    """

    def __init__(self, folder: str | Path, fingerprint: str) -> None:
        name = hashlib.sha256(fingerprint.encode()).hexdigest()[:32]
        self.path = Path(folder) / f"{name}.sqlite"

    def find(self, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
        """Return the vectors that are there; one whose bytes are not whole is none."""
        found: dict[bytes, Vectors] = {}
        if not self.path.exists():
            return found
        with self._opened() as held:
            for start in range(0, len(keys), _AT_ONCE):
                part = list(keys[start : start + _AT_ONCE])
                marks = ",".join("?" * len(part))
                rows = held.execute(
                    f"SELECT key, vector, check_sum FROM vectors WHERE key IN ({marks})",  # noqa: S608
                    part,
                )
                for key, vector, check in rows:
                    if len(vector) % 4 == 0 and _check(key, vector) == check:
                        found[key] = np.frombuffer(vector, dtype="<f4").astype(np.float32)
        return found

    def add(self, keys: Iterable[bytes], vectors: Vectors) -> None:
        """Keep vectors, all of them or none."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        rows = [
            (key, blob := np.asarray(vector, dtype="<f4").tobytes(), _check(key, blob))
            for key, vector in zip(keys, vectors, strict=True)
        ]
        with self._opened() as held:
            held.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        held = None
        try:
            held = sqlite3.connect(self.path, timeout=60)
            held.execute(
                "CREATE TABLE IF NOT EXISTS vectors "
                "(key BLOB PRIMARY KEY, vector BLOB NOT NULL, check_sum BLOB NOT NULL)"
            )
            with held:
                yield held
        except sqlite3.DatabaseError as error:
            raise InputError(
                f"{self.path} is no store of vectors any more ({error}): remove it, and vectors are "
                "made again."
            ) from None
        finally:
            if held is not None:
                held.close()


def _check(key: bytes, vector: bytes) -> bytes:
    return hashlib.blake2b(key + vector, digest_size=8).digest()
