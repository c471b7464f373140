"""The texts of a store: on the disk, and read a partition at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, overload

import numpy as np

from syriatopics.corpus.passages import KeptTexts
from syriatopics.scale.ledger import read_whole
from syriatopics.scale.tables import table_of

__all__ = ["StoredTexts"]

Rows = np.ndarray[Any, np.dtype[np.int64]]
# Rows that jump between partitions more often than this for each partition are read at once.
_RUNS = 2


@dataclass(frozen=True, eq=False, repr=False)
class StoredTexts(KeptTexts):
    """Texts of passages in the files of a store.

    Attributes
    ----------
    folder : Path
    files : tuple of (str, str)
        Each file with its hash, in the order of the partitions.
    starts : ndarray of int64
        Which row of all is the first of each file.
    rows : ndarray of int64
        The rows that are here, among those of all files.
    """

    folder: Path
    files: tuple[tuple[str, str], ...]
    starts: Rows
    rows: Rows

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return self._read(self.rows[place])
        return self._read(self.rows[[place]])[0]

    def __iter__(self) -> Iterator[str]:
        for place in self.stretches():
            yield from self._read(self.rows[place])

    def take(self, rows: Rows) -> StoredTexts:
        """Return some of the texts, by their places."""
        return replace(self, rows=self.rows[rows])

    def stretches(self) -> Iterator[slice]:
        """Yield what is read at once: a partition, or all where the rows are in no order."""
        file = self._file(self.rows)
        cuts = [0, *(np.flatnonzero(np.diff(file)) + 1).tolist(), len(file)]
        if len(cuts) - 1 > _RUNS * len(self.files):
            cuts = [0, len(file)]
        yield from (slice(a, b) for a, b in pairwise(cuts) if b > a)

    def _file(self, rows: Rows) -> Rows:
        return np.searchsorted(self.starts, rows, "right") - 1

    def _read(self, rows: Rows) -> list[str]:
        found = np.empty(len(rows), dtype=object)
        file = self._file(rows)
        for number in np.unique(file).tolist():
            inside = file == number
            texts = _texts(self.folder, *self.files[number])
            found[inside] = texts[rows[inside] - self.starts[number]]
        return list(found)


@lru_cache(maxsize=2)
def _texts(folder: Path, name: str, sha256: str) -> np.ndarray[Any, Any]:
    column = table_of(read_whole(folder, name, sha256), ["text"])["text"]
    return np.array([*column.to_pylist(), None], dtype=object)[:-1]
